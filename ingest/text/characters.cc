#include "ingest/text/characters.h"

#include <unicode/uchar.h>

namespace dossier::ingest {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

CodePoint DecodeAt(std::string_view text, size_t i) {
  const auto lead = static_cast<unsigned char>(text[i]);
  if (lead < 0x80) return {lead, 1};
  const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() - i < length) return {kReplacement, 1};
  char32_t value = lead & (0xFFu >> (length + 1));
  for (size_t k = 1; k < length; ++k) {
    if (!IsContinuation(text[i + k])) return {kReplacement, 1};
    value = value << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3Fu);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  const bool surrogate = value >= 0xD800 && value < 0xE000;
  if (overlong || surrogate || value > 0x10FFFF) return {kReplacement, 1};
  return {value, length};
}

void AppendUtf8(char32_t c, std::string& out) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out.push_back(static_cast<char>(0xC0 | c >> 6));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else if (c < 0x10000) {
    out.push_back(static_cast<char>(0xE0 | c >> 12));
    out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xF0 | c >> 18));
    out.push_back(static_cast<char>(0x80 | (c >> 12 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  }
}

size_t FindInvalidUtf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const CodePoint c = DecodeAt(text, i);
    if (c.length == 1 && c.value == kReplacement) return i;
    i += c.length;
  }
  return text.size();
}

CharClass ClassOf(char32_t c) {
  if (c < 0x80) {
    if (c >= 'a' && c <= 'z') return CharClass::kLower;
    if (c >= 'A' && c <= 'Z') return CharClass::kUpper;
    if (c >= '0' && c <= '9') return CharClass::kDigit;
    return c == ' ' || (c >= '\t' && c <= '\r') ? CharClass::kSpace : CharClass::kOther;
  }
  if (c == kReplacement) return CharClass::kLower;
  const auto point = static_cast<UChar32>(c);
  if (u_isUWhiteSpace(point) || c == 0x200B || c == 0xFEFF) return CharClass::kSpace;
  if (u_isupper(point) || u_istitle(point)) return CharClass::kUpper;
  if (u_isdigit(point)) return CharClass::kDigit;
  const uint32_t mask = U_GET_GC_MASK(point);
  return (mask & (U_GC_L_MASK | U_GC_M_MASK | U_GC_CF_MASK)) != 0 ? CharClass::kLower : CharClass::kOther;
}

std::string ToLower(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  for (size_t i = 0; i < s.size();) {
    const auto byte = static_cast<unsigned char>(s[i]);
    if (byte < 0x80) {
      out.push_back(byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : s[i]);
      ++i;
      continue;
    }
    const CodePoint c = DecodeAt(s, i);
    if (c.value == kReplacement) {
      out.append(s.substr(i, c.length));
    } else {
      AppendUtf8(static_cast<char32_t>(u_tolower(static_cast<UChar32>(c.value))), out);
    }
    i += c.length;
  }
  return out;
}

}  // namespace dossier::ingest
