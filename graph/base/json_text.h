// Text as JSON strings (RFC 8259 §7), for the writers of JSON; values are read with Boost.JSON.
//
//   AppendJsonString("a\"b", out);        // "a\\"b" with its quotes
//
// Escapes what must be escaped and nothing else; bytes that are no UTF-8 go through as they are. Thread-safe: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace dossier {

void AppendJsonString(std::string_view text, std::string& out);

}  // namespace dossier
