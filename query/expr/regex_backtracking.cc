#include "query/expr/regex_backtracking.h"

#include <unicode/uregex.h>
#include <unicode/utext.h>

namespace dossier::query {
namespace {

constexpr int32_t kTimeLimit = 50;             // ICU's unit: steps that take roughly a millisecond
constexpr int32_t kStackLimit = 1 << 20;       // bytes

// Closes what ICU opened.
struct Text {
  UText* utext = nullptr;
  explicit Text(std::string_view s) {
    UErrorCode error = U_ZERO_ERROR;
    utext = utext_openUTF8(nullptr, s.data(), static_cast<int64_t>(s.size()), &error);
  }
  Text(const Text&) = delete;
  ~Text() { utext_close(utext); }
};

struct Matcher {
  URegularExpression* regex;
  explicit Matcher(URegularExpression* r) : regex(r) {}
  Matcher(const Matcher&) = delete;
  ~Matcher() { uregex_close(regex); }
};

}  // namespace

std::unique_ptr<BacktrackingRegex> BacktrackingRegex::Create(std::string_view pattern, Flags flags) {
  uint32_t bits = UREGEX_UNIX_LINES;
  if (flags.dot_all) bits |= UREGEX_DOTALL;
  if (flags.multi_line) bits |= UREGEX_MULTILINE;
  if (flags.ignore_case) bits |= UREGEX_CASE_INSENSITIVE;
  const Text text(pattern);
  UErrorCode error = U_ZERO_ERROR;
  URegularExpression* regex = uregex_openUText(text.utext, bits, nullptr, &error);
  if (U_SUCCESS(error)) return std::unique_ptr<BacktrackingRegex>(new BacktrackingRegex(regex));
  uregex_close(regex);
  return nullptr;
}

BacktrackingRegex::~BacktrackingRegex() { uregex_close(regex_); }

BacktrackingRegex::Outcome BacktrackingRegex::Find(std::string_view text, size_t from, std::vector<Group>& groups) const {
  const Text utext(text);
  UErrorCode error = U_ZERO_ERROR;
  const Matcher matcher(uregex_clone(regex_, &error));
  uregex_setTimeLimit(matcher.regex, kTimeLimit, &error);  // a copy has no limits of its own
  uregex_setStackLimit(matcher.regex, kStackLimit, &error);
  uregex_setUText(matcher.regex, utext.utext, &error);
  const bool found = uregex_find64(matcher.regex, static_cast<int64_t>(from), &error) != 0;
  if (U_FAILURE(error)) return Outcome::kTooLong;
  if (!found) return Outcome::kNone;
  const int32_t count = uregex_groupCount(matcher.regex, &error);
  groups.assign(static_cast<size_t>(count) + 1, Group());
  for (int32_t i = 0; i <= count; ++i) {
    const int64_t begin = uregex_start64(matcher.regex, i, &error), end = uregex_end64(matcher.regex, i, &error);
    if (begin >= 0) groups[static_cast<size_t>(i)] = {static_cast<size_t>(begin), static_cast<size_t>(end)};
  }
  return U_FAILURE(error) ? Outcome::kTooLong : Outcome::kFound;
}

}  // namespace dossier::query
