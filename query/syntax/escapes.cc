#include "query/syntax/escapes.h"

#include "graph/model/utf8.h"

namespace dossier::query::syntax {

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<char32_t> CodepointEscape(std::string_view text, size_t i) {
  if (i + 1 >= text.size() || (text[i + 1] != 'u' && text[i + 1] != 'U')) return std::nullopt;
  const size_t digits = text[i + 1] == 'u' ? 4 : 8;
  if (text.size() - i - 2 < digits) return std::nullopt;
  char32_t value = 0;
  for (size_t k = 0; k < digits; ++k) {
    const int digit = HexValue(text[i + 2 + k]);
    if (digit < 0) return std::nullopt;
    value = value * 16 + static_cast<char32_t>(digit);
  }
  return value <= 0x10FFFF ? std::optional(value) : std::nullopt;
}

bool IsSurrogate(char32_t c) { return c >= 0xD800 && c <= 0xDFFF; }

namespace {

std::string DecodeCodepoints(std::string_view body, bool with_characters) {
  std::string out;
  out.reserve(body.size());
  for (size_t i = 0; i < body.size(); ++i) {
    if (body[i] != '\\') {
      out.push_back(body[i]);
      continue;
    }
    if (const auto c = CodepointEscape(body, i)) {
      graph::AppendUtf8(*c, out);
      i += body[i + 1] == 'u' ? 5 : 9;
      continue;
    }
    ++i;
    if (!with_characters || i >= body.size()) continue;
    switch (body[i]) {
      case 't':
        out.push_back('\t');
        break;
      case 'b':
        out.push_back('\b');
        break;
      case 'n':
        out.push_back('\n');
        break;
      case 'r':
        out.push_back('\r');
        break;
      case 'f':
        out.push_back('\f');
        break;
      default:
        out.push_back(body[i]);
    }
  }
  return out;
}

}  // namespace

std::string DecodeString(std::string_view token) {
  const size_t width = token.size() >= 6 && token[1] == token[0] && token[2] == token[0] ? 3 : 1;
  return DecodeCodepoints(token.substr(width, token.size() - 2 * width), true);
}

std::string DecodeIri(std::string_view token) {
  return DecodeCodepoints(token.substr(1, token.size() - 2), false);
}

std::string DecodeLocalName(std::string_view local) {
  std::string out;
  out.reserve(local.size());
  for (size_t i = 0; i < local.size(); ++i) {
    if (local[i] == '\\' && i + 1 < local.size()) ++i;
    out.push_back(local[i]);
  }
  return out;
}

}  // namespace dossier::query::syntax
