// Regular expressions of XPath F&O 3.1 §5.6 on RE2: linear time, whatever the pattern and the text. Patterns with back-references run on
// ICU within limits of time and stack (regex_backtracking.h).
//
//   std::shared_ptr<CompiledRegex> regex = CompileRegex("^a.*b$", "si");
//   if (regex->error == RegexError::kNone && Matches(*regex, text)) ...
//
// The pattern is translated where XPath's syntax differs (\d, \w, \s, \i, \c). Limits: a pattern of more than
// 64 KiB, one that needs more than 8 MiB compiled, counts above 1000, class subtraction ([a-z-[aeiou]]) and
// Unicode blocks (\p{IsGreek}) are invalid.
// Thread-safe after compilation.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "query/expr/regex_backtracking.h"

namespace re2 {
class RE2;
}

namespace dossier::query {

enum class RegexError : uint8_t { kNone, kInvalid };

struct CompiledRegex {
  std::string pattern, flags;  // as written
  RegexError error = RegexError::kNone;
  bool literal = false;  // flag q
  bool matches_empty = false;
  std::unique_ptr<re2::RE2> re2;                      // or
  std::unique_ptr<BacktrackingRegex> backtracking;    // with back-references
  ~CompiledRegex();
};

// Never null.
std::shared_ptr<CompiledRegex> CompileRegex(std::string_view pattern, std::string_view flags);
// Nothing when a match with back-references reached its limits.
std::optional<bool> Matches(const CompiledRegex& regex, std::string_view text);

enum class ReplaceError : uint8_t { kNone, kInvalid, kTooLong, kLimit };
// fn:replace(). `replacement` with $0..$9, \$ and \\; literal under flag q.
ReplaceError Replace(const CompiledRegex& regex, std::string_view text, std::string_view replacement,
                     size_t max_bytes, std::string& out);

// The pattern in the syntax of RE2 and ICU; nothing when it is invalid. `back_reference` is set when it holds one. For
// tests.
std::optional<std::string> TranslatePattern(std::string_view pattern, bool ignore_space,
                                            bool& back_reference);

}  // namespace dossier::query
