// Regular expressions of XPath F&O 3.1 §5.6 on RE2: linear time, whatever the pattern and the text. Patterns with back-references run on
// ICU within limits of time and stack (regex_backtracking.h).
//
//   std::shared_ptr<CompiledRegex> regex = CompileRegex("^a.*b$", "si");
//   if (regex->error == RegexError::kNone) { ASSIGN_OR_RETURN(bool matches, Matches(*regex, text, context)); ... }
//
// The pattern is translated where XPath's syntax differs (\d, \w, \s, \i, \c, class subtraction [a-z-[aeiou]], blocks \p{IsGreek}).
// Limits: a pattern of more than 64 KiB or one that needs more than 8 MiB compiled is invalid. Matching keeps to the time of the query: RE2
// cannot be interrupted, so what a long text will take is first measured on its beginning.
// Thread-safe after compilation.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "graph/base/status.h"
#include "query/exec/query_context.h"
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
// DeadlineExceeded and the like, or ResourceExhausted when a match with back-references reached its limits.
absl::StatusOr<bool> Matches(const CompiledRegex& regex, std::string_view text, const QueryContext& context);

// fn:replace(). `replacement` with $0, $1, ... \$ and \\; literal under flag q. Nothing when the replacement is malformed or the pattern
// matches the empty string; ResourceExhausted for more than `max_bytes`.
absl::StatusOr<std::optional<std::string>> Replace(const CompiledRegex& regex, std::string_view text, std::string_view replacement,
                                                   size_t max_bytes, const QueryContext& context);

// The pattern in the syntax of RE2 and ICU; nothing when it is invalid. `back_reference` is set when it holds one. For
// tests.
std::optional<std::string> TranslatePattern(std::string_view pattern, bool ignore_space,
                                            bool& back_reference);

}  // namespace dossier::query
