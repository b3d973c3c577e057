// Patterns with back-references, which RE2 cannot have: ICU's matcher, bounded in time and stack for each match.
//
//   std::unique_ptr<BacktrackingRegex> regex = BacktrackingRegex::Create("(a+)\\1", {.ignore_case = true});   // null: malformed
//   switch (regex->Find(text, 0, groups)) ...
//
// Offsets are bytes of the UTF-8 text. Thread-safe after creation: each search works on a copy of the matcher.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

struct URegularExpression;

namespace dossier::query {

class BacktrackingRegex {
 public:
  struct Flags {
    bool dot_all = false, multi_line = false, ignore_case = false;
  };
  enum class Outcome : uint8_t {
    kFound,
    kNone,
    kTooLong,   // the limits of a match were reached (some 50 ms, 1 MiB)
  };
  // Part of the text; `begin` > `end` for a group that took no part.
  struct Group {
    size_t begin = 1, end = 0;
  };

  static std::unique_ptr<BacktrackingRegex> Create(std::string_view pattern, Flags flags);
  ~BacktrackingRegex();

  // The first match at or behind byte `from`; groups[0] is all of it. `text` is valid UTF-8.
  Outcome Find(std::string_view text, size_t from, std::vector<Group>& groups) const;

 private:
  explicit BacktrackingRegex(URegularExpression* regex) : regex_(regex) {}
  URegularExpression* regex_;
};

}  // namespace dossier::query
