// Hash functions of strings: SPARQL 1.1 §17.4.6, over the bytes of UTF-8.
#include <openssl/evp.h>

#include "query/expr/builtin.h"

namespace dossier::query {
namespace {

using algebra::Function;

template <const EVP_MD* (*kAlgorithm)()>
void Hash(BuiltinCall& call, Args args, Operand& out) {
  if (!args[0]->is_simple() || !CheckTime(call.state, args[0]->text().size(), 3)) return;
  const std::string& text = args[0]->text();
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (EVP_Digest(text.data(), text.size(), digest, &size, kAlgorithm(), nullptr) != 1) return;
  static constexpr char kHex[] = "0123456789abcdef";
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) {
    hex.push_back(kHex[digest[i] >> 4]);
    hex.push_back(kHex[digest[i] & 15]);
  }
  out.SetString(std::move(hex));
}

}  // namespace

Builtin FindHashBuiltin(Function function) {
  switch (function) {
    case Function::kMd5:
      return Hash<EVP_md5>;
    case Function::kSha1:
      return Hash<EVP_sha1>;
    case Function::kSha256:
      return Hash<EVP_sha256>;
    case Function::kSha384:
      return Hash<EVP_sha384>;
    case Function::kSha512:
      return Hash<EVP_sha512>;
    default:
      return nullptr;
  }
}

}  // namespace dossier::query
