// How much room text takes on a terminal, and text made safe to send to one.
//
//   DisplayWidth("Erdoğan")            // 7;  "日本" is 4, a combining accent 0
//   Printable("a\x1b[2Jb")             // "a␛[2Jb": articles cannot move the cursor
//
// Thread-safe: pure functions. Any bytes are accepted; invalid UTF-8 counts and prints as U+FFFD.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dossier::shell {

// Columns of a terminal that `text` takes: East Asian wide and emoji two, combining marks and joiners none.
size_t DisplayWidth(std::string_view text);

// The bytes of `text` that fit into `width` columns, cut between characters (never between a letter and its accents).
size_t BytesThatFit(std::string_view text, size_t width);

// `text` with control characters shown as their Unicode pictures, tabs and line breaks as spaces, bidirectional overrides left out and
// invalid bytes as U+FFFD: safe to print.
std::string Printable(std::string_view text);

}  // namespace dossier::shell
