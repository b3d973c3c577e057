#include "query/expr/regex.h"

#include <algorithm>
#include <vector>

#include "graph/base/strings.h"
#include "query/expr/builtin.h"
#include "re2/re2.h"

namespace dossier::query {
namespace {

using algebra::Function;

constexpr size_t kMaxPatternBytes = size_t{64} << 10;
constexpr int64_t kMaxCompiledBytes = int64_t{8} << 20;
constexpr int kMaxGroups = 10;  // $0 to $9

re2::StringPiece Piece(std::string_view s) { return re2::StringPiece(s.data(), s.size()); }

struct Flags {
  bool valid = true;
  bool dot_all = false, multi_line = false, ignore_case = false, ignore_space = false, literal = false;
};

Flags ParseFlags(std::string_view text) {
  Flags flags;
  for (const char c : text) {
    switch (c) {
      case 's':
        flags.dot_all = true;
        break;
      case 'm':
        flags.multi_line = true;
        break;
      case 'i':
        flags.ignore_case = true;
        break;
      case 'x':
        flags.ignore_space = true;
        break;
      case 'q':
        flags.literal = true;
        break;
      default:
        flags.valid = false;
    }
  }
  return flags;
}

// Appends what `replacement` means for one match; false when it is malformed.
bool AppendReplacement(std::string_view replacement, const std::string_view* groups, int group_count, std::string& out) {
  for (size_t i = 0; i < replacement.size(); ++i) {
    const char c = replacement[i];
    if (c != '$' && c != '\\') {
      out.push_back(c);
      continue;
    }
    if (++i == replacement.size()) return false;
    const char next = replacement[i];
    if (c == '\\') {
      if (next != '\\' && next != '$') return false;
      out.push_back(next);
      continue;
    }
    if (next < '0' || next > '9') return false;
    const int group = next - '0';
    if (group <= group_count)
      out.append(groups[group]);  // a group that took no part is empty
  }
  return true;
}

// The regex of this call: the last one again when pattern and flags are the same, as they nearly always are.
const CompiledRegex* Prepare(BuiltinCall& call, const Operand& pattern, const Operand* flags) {
  if (!pattern.is_simple() || (flags != nullptr && !flags->is_simple())) return nullptr;
  const std::string_view flag_text = flags != nullptr ? std::string_view(flags->text()) : std::string_view();
  if (call.regex == nullptr || call.regex->pattern != pattern.text() || call.regex->flags != flag_text) {
    call.regex = CompileRegex(pattern.text(), flag_text);
  }
  return call.regex->error == RegexError::kNone ? call.regex.get() : nullptr;
}

void FailAtLimit(BuiltinCall& call) {
  call.state.status = ResourceExhausted(
      Cat("regular expression \"", call.regex->pattern.substr(0, 200), "\": a match with back-references takes too long"));
}

void Regex(BuiltinCall& call, Args args, Operand& out) {
  if (!args[0]->is_string()) return;
  const CompiledRegex* regex = Prepare(call, *args[1], args.size() > 2 ? args[2] : nullptr);
  if (regex == nullptr) return;
  const std::optional<bool> matches = Matches(*regex, args[0]->text());
  if (!matches.has_value()) return FailAtLimit(call);
  out.SetBoolean(*matches);
}

void DoReplace(BuiltinCall& call, Args args, Operand& out) {
  if (!args[0]->is_string() || !args[2]->is_simple()) return;
  const CompiledRegex* regex = Prepare(call, *args[1], args.size() > 3 ? args[3] : nullptr);
  if (regex == nullptr) return;
  std::string text;
  switch (Replace(*regex, args[0]->text(), args[2]->text(), kMaxStringBytes, text)) {
    case ReplaceError::kNone:
      return out.SetTerm(LiteralLike(*args[0], std::move(text)));
    case ReplaceError::kInvalid:
      return;
    case ReplaceError::kTooLong:
      CheckStringSize(call.state, kMaxStringBytes + 1);
      return;
    case ReplaceError::kLimit:
      return FailAtLimit(call);
  }
}

}  // namespace

CompiledRegex::~CompiledRegex() = default;

std::shared_ptr<CompiledRegex> CompileRegex(std::string_view pattern, std::string_view flag_text) {
  auto regex = std::make_shared<CompiledRegex>();
  regex->pattern = pattern;
  regex->flags = flag_text;
  regex->error = RegexError::kInvalid;
  const Flags flags = ParseFlags(flag_text);
  if (!flags.valid || pattern.size() > kMaxPatternBytes) return regex;
  std::string translated(pattern);
  if (!flags.literal) {
    bool back_reference = false;
    std::optional<std::string> result = TranslatePattern(pattern, flags.ignore_space, back_reference);
    if (!result.has_value()) return regex;
    if (back_reference) {
      regex->backtracking = BacktrackingRegex::Create(*result, {flags.dot_all, flags.multi_line, flags.ignore_case});
      if (regex->backtracking == nullptr) return regex;
      regex->matches_empty = Matches(*regex, "").value_or(true);
      regex->error = RegexError::kNone;
      return regex;
    }
    translated = *std::move(result);
  }
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMaxCompiledBytes);
  options.set_literal(flags.literal);
  options.set_case_sensitive(!flags.ignore_case);
  options.set_dot_nl(flags.dot_all);
  // Without flag m, RE2's ^ and $ are the ends of the text, as in XPath.
  if (flags.multi_line && !flags.literal) translated.insert(0, "(?m)");
  regex->re2 = std::make_unique<re2::RE2>(Piece(translated), options);
  if (!regex->re2->ok()) return regex;
  regex->literal = flags.literal;
  regex->matches_empty = Matches(*regex, "").value_or(true);
  regex->error = RegexError::kNone;
  return regex;
}

std::optional<bool> Matches(const CompiledRegex& regex, std::string_view text) {
  if (regex.backtracking == nullptr) return re2::RE2::PartialMatch(Piece(text), *regex.re2);
  std::vector<BacktrackingRegex::Group> groups;
  switch (regex.backtracking->Find(text, 0, groups)) {
    case BacktrackingRegex::Outcome::kFound:
      return true;
    case BacktrackingRegex::Outcome::kNone:
      return false;
    case BacktrackingRegex::Outcome::kTooLong:
      break;
  }
  return std::nullopt;
}

namespace {

enum class Step : uint8_t { kMatch, kEnd, kLimit };

// The next match at or behind `from`; groups[0] to groups[count] are parts of `text`.
Step FindNext(const CompiledRegex& regex, std::string_view text, size_t from, std::string_view* groups, int& count) {
  if (regex.backtracking == nullptr) {
    re2::StringPiece pieces[kMaxGroups];
    count = std::min(kMaxGroups - 1, regex.re2->NumberOfCapturingGroups());
    if (!regex.re2->Match(Piece(text), from, text.size(), re2::RE2::UNANCHORED, pieces, count + 1)) return Step::kEnd;
    for (int i = 0; i <= count; ++i) groups[i] = std::string_view(pieces[i].data(), pieces[i].size());
    return Step::kMatch;
  }
  std::vector<BacktrackingRegex::Group> found;
  const BacktrackingRegex::Outcome outcome = regex.backtracking->Find(text, from, found);
  if (outcome == BacktrackingRegex::Outcome::kTooLong) return Step::kLimit;
  if (outcome == BacktrackingRegex::Outcome::kNone) return Step::kEnd;
  count = std::min(kMaxGroups - 1, static_cast<int>(found.size()) - 1);
  for (int i = 0; i <= count; ++i) {
    const BacktrackingRegex::Group group = found[static_cast<size_t>(i)];
    groups[i] = group.begin <= group.end ? text.substr(group.begin, group.end - group.begin) : std::string_view();
  }
  return Step::kMatch;
}

}  // namespace

ReplaceError Replace(const CompiledRegex& regex, std::string_view text, std::string_view replacement,
                     size_t max_bytes, std::string& out) {
  out.clear();
  if (regex.matches_empty) return ReplaceError::kInvalid;
  std::string_view groups[kMaxGroups];
  int group_count = 0;
  size_t done = 0;
  // A malformed replacement is an error also when nothing matches.
  std::string unused;
  if (!regex.literal && !AppendReplacement(replacement, groups, -1, unused)) return ReplaceError::kInvalid;
  while (done <= text.size()) {
    const Step step = FindNext(regex, text, done, groups, group_count);
    if (step == Step::kLimit) return ReplaceError::kLimit;
    if (step == Step::kEnd) break;
    const auto begin = static_cast<size_t>(groups[0].data() - text.data());
    if (groups[0].empty()) return ReplaceError::kInvalid;  // such as \b: empty only in some places
    out.append(text, done, begin - done);
    if (regex.literal) {
      out.append(replacement);
    } else {
      AppendReplacement(replacement, groups, group_count, out);
    }
    if (out.size() > max_bytes) return ReplaceError::kTooLong;
    done = begin + groups[0].size();
  }
  out.append(text, done, std::string_view::npos);
  return out.size() > max_bytes ? ReplaceError::kTooLong : ReplaceError::kNone;
}

Builtin FindRegexBuiltin(Function function) {
  switch (function) {
    case Function::kRegex:
      return Regex;
    case Function::kReplace:
      return DoReplace;
    default:
      return nullptr;
  }
}

}  // namespace dossier::query
