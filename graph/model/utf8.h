// UTF-8 as bytes: checking and writing single code points.
//
//   size_t n = Utf8SequenceLength(text, i);   // 0: no well-formed sequence starts here
//
// Thread-safe: pure functions. Surrogates and overlong forms are not well-formed (Unicode §3.9, table 3-7).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dossier::graph {

// Bytes of the well-formed sequence at `text[i]` (1..4), or 0 when there is none. Precondition: i < text.size().
size_t Utf8SequenceLength(std::string_view text, size_t i);
// The code point of the well-formed sequence at `text[i]` of `length` bytes.
char32_t DecodeUtf8(std::string_view text, size_t i, size_t length);
// Offset of the first byte that belongs to no well-formed sequence, else npos.
size_t FindInvalidUtf8(std::string_view text);
// Precondition: a Unicode scalar value.
void AppendUtf8(char32_t c, std::string& out);

}  // namespace dossier::graph
