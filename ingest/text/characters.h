// UTF-8 and character classes for the text stages, tolerant of any bytes.
//
//   for (size_t i = 0; i < text.size();) { const CodePoint c = DecodeAt(text, i); i += c.length; }
//
// Invalid bytes decode one at a time to U+FFFD and count as letters. Thread-safe: pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dossier::ingest {

struct CodePoint {
  char32_t value = 0;
  size_t length = 1;  // bytes
};

// The code point that starts at byte `i` < text.size().
CodePoint DecodeAt(std::string_view text, size_t i);
void AppendUtf8(char32_t c, std::string& out);
// Offset of the first byte that is not part of valid UTF-8, or text.size().
size_t FindInvalidUtf8(std::string_view text);

enum class CharClass : uint8_t { kSpace, kLower, kUpper, kDigit, kOther };
// Letters without case are kLower; marks and joiners belong to their word and are kLower too.
CharClass ClassOf(char32_t c);
inline bool IsLetter(CharClass c) { return c == CharClass::kLower || c == CharClass::kUpper; }

// Lower case, code point by code point.
std::string ToLower(std::string_view s);

}  // namespace dossier::ingest
