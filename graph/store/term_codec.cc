#include "graph/store/term_codec.h"

#include <algorithm>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "graph/store/rocks_util.h"
#include "xxhash.h"

namespace dossier::graph {
namespace {

constexpr size_t kMaxPlainKey = 64;
// First byte of a stored term; the hash key's first byte must be none of them.
constexpr char kBlank = 'b', kIri = 'i', kString = 's', kTyped = 't', kLanguage = 'l', kLtr = 'm', kRtl = 'n', kTriple = '3';
constexpr char kHashed = '#';

void AppendLength(size_t n, std::string& out) {
  while (n >= 0x80) {
    out.push_back(static_cast<char>((n & 0x7F) | 0x80));
    n >>= 7;
  }
  out.push_back(static_cast<char>(n));
}

// Takes a length-prefixed string off the front of `in`.
bool TakeString(std::string_view& in, std::string_view& out) {
  size_t n = 0;
  for (int shift = 0; shift < 35; shift += 7) {
    if (in.empty()) return false;
    const auto byte = static_cast<unsigned char>(in[0]);
    in.remove_prefix(1);
    n |= static_cast<size_t>(byte & 0x7F) << shift;
    if (byte < 0x80) {
      if (n > in.size()) return false;
      out = in.substr(0, n);
      in.remove_prefix(n);
      return true;
    }
  }
  return false;
}

bool IsLanguageMark(char c) { return c == kLanguage || c == kLtr || c == kRtl; }

char LiteralMark(const Term& term) {
  if (term.language().empty()) return term.datatype() == xsd::kString ? kString : kTyped;
  if (term.direction() == Direction::kNone) return kLanguage;
  return term.direction() == Direction::kLtr ? kLtr : kRtl;
}

}  // namespace

std::string EncodeTerm(const Term& term) {
  std::string out;
  out.reserve(term.value().size() + 8);
  if (!term.is_literal()) {
    out.push_back(term.is_iri() ? kIri : kBlank);
  } else {
    const char mark = LiteralMark(term);
    out.push_back(mark);
    if (mark != kString) {
      const std::string& qualifier = mark == kTyped ? term.datatype() : term.language();
      AppendLength(qualifier.size(), out);
      out += qualifier;
    }
  }
  out += term.value();
  return out;
}

std::string EncodeTripleTerm(const TripleIds& parts) {
  std::string out(25, kTriple);
  for (size_t i = 0; i < 3; ++i) PutBigEndian(parts[i].bits(), out.data() + 1 + 8 * i);
  return out;
}

std::optional<TripleIds> DecodeTripleTerm(std::string_view bytes) {
  if (bytes.size() != 25 || bytes[0] != kTriple) return std::nullopt;
  TripleIds parts;
  for (size_t i = 0; i < 3; ++i) parts[i] = TermId::FromBits(GetBigEndian(bytes.data() + 1 + 8 * i));
  return parts;
}

std::optional<Term> DecodeTerm(std::string_view bytes) {
  if (bytes.empty()) return std::nullopt;
  const char mark = bytes[0];
  bytes.remove_prefix(1);
  if (mark == kIri) return Term::Iri(std::string(bytes));
  if (mark == kBlank) return Term::BlankNode(std::string(bytes));
  if (mark == kString) return Term::Literal(std::string(bytes));
  std::string_view qualifier;
  if ((mark != kTyped && !IsLanguageMark(mark)) || !TakeString(bytes, qualifier)) return std::nullopt;
  if (mark == kTyped) return Term::Literal(std::string(bytes), std::string(qualifier));
  const Direction direction = mark == kLanguage ? Direction::kNone : mark == kLtr ? Direction::kLtr : Direction::kRtl;
  return Term::LangLiteral(std::string(bytes), std::string(qualifier), direction);
}

std::string KeyBytes(std::string_view encoded) {
  std::string key(encoded);
  if (key.empty() || !IsLanguageMark(key[0])) return key;
  std::string_view rest = std::string_view(key).substr(1);
  std::string_view tag;
  if (!TakeString(rest, tag)) return key;
  const auto begin = key.begin() + (tag.data() - key.data());
  std::transform(begin, begin + static_cast<std::ptrdiff_t>(tag.size()), begin,
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return key;
}

bool HasLanguage(std::string_view encoded) { return !encoded.empty() && IsLanguageMark(encoded[0]); }

bool IsHashed(std::string_view key_bytes) { return key_bytes.size() > kMaxPlainKey; }

std::string IdsKey(std::string_view key_bytes, uint8_t probe) {
  if (!IsHashed(key_bytes)) return std::string(key_bytes);
  const XXH128_hash_t hash = XXH3_128bits(key_bytes.data(), key_bytes.size());
  std::string key(18, kHashed);
  PutBigEndian(hash.high64, key.data() + 1);
  PutBigEndian(hash.low64, key.data() + 9);
  key[17] = static_cast<char>(probe);
  return key;
}

size_t CounterOf(TermId::Tag tag) {
  return tag == TermId::Tag::kLiteral ? 3 : static_cast<size_t>(tag) - static_cast<size_t>(TermId::Tag::kBlankNode);
}

TermId::Tag TagOf(const Term& term) {
  switch (term.kind()) {
    case TermKind::kBlankNode: return TermId::Tag::kBlankNode;
    case TermKind::kIri: return TermId::Tag::kIri;
    case TermKind::kTriple: return TermId::Tag::kTripleTerm;
    case TermKind::kLiteral: break;
  }
  return TermId::Tag::kLiteral;
}

bool IsDictionaryTag(TermId::Tag tag) {
  return tag == TermId::Tag::kBlankNode || tag == TermId::Tag::kIri || tag == TermId::Tag::kTripleTerm ||
         tag == TermId::Tag::kLiteral;
}

}  // namespace dossier::graph
