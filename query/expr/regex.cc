#include "query/expr/regex.h"

#include <algorithm>
#include <vector>

#include "graph/base/strings.h"
#include "query/exec/ticker.h"
#include "query/expr/builtin.h"
#include "re2/re2.h"

namespace dossier::query {
namespace {

using algebra::Function;

constexpr size_t kMaxPatternBytes = size_t{64} << 10;
constexpr int64_t kMaxCompiledBytes = int64_t{8} << 20;
constexpr int kMaxGroups = 100;  // that a replacement can name

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
    // Further digits belong to the number as long as there are so many groups.
    int group = next - '0';
    while (i + 1 < replacement.size() && replacement[i + 1] >= '0' && replacement[i + 1] <= '9' &&
           group * 10 + (replacement[i + 1] - '0') <= group_count) {
      group = group * 10 + (replacement[++i] - '0');
    }
    if (group <= group_count) out.append(groups[static_cast<size_t>(group)]);  // a group that took no part is empty
  }
  return true;
}

// The regex of this call: the last one again when pattern and flags are the same, as they nearly always are.
const CompiledRegex* Prepare(BuiltinCall& call, const Operand& pattern, const Operand* flags) {
  if (!pattern.is_simple() || (flags != nullptr && !flags->is_simple())) return nullptr;
  const std::string_view flag_text = flags != nullptr ? std::string_view(flags->text()) : std::string_view();
  if (call.regex == nullptr || call.regex->pattern != pattern.text() || call.regex->flags != flag_text) {
    call.regex = CompileRegex(pattern.text(), flag_text);
    call.state.status = call.state.vocabulary.context().Check();
    if (!call.state.status.ok()) return nullptr;
  }
  return call.regex->error == RegexError::kNone ? call.regex.get() : nullptr;
}

void Regex(BuiltinCall& call, Args args, Operand& out) {
  if (!args[0]->is_string()) return;
  const CompiledRegex* regex = Prepare(call, *args[1], args.size() > 2 ? args[2] : nullptr);
  if (regex == nullptr) return;
  const absl::StatusOr<bool> matches = Matches(*regex, args[0]->text(), call.state.vocabulary.context());
  if (matches.ok()) return out.SetBoolean(*matches);
  call.state.status = matches.status();
}

void DoReplace(BuiltinCall& call, Args args, Operand& out) {
  if (!args[0]->is_string() || !args[2]->is_simple()) return;
  const CompiledRegex* regex = Prepare(call, *args[1], args.size() > 3 ? args[3] : nullptr);
  if (regex == nullptr) return;
  absl::StatusOr<std::optional<std::string>> text =
      Replace(*regex, args[0]->text(), args[2]->text(), kMaxStringBytes, call.state.vocabulary.context());
  if (!text.ok()) {
    call.state.status = text.status();
  } else if (text->has_value()) {
    out.SetTerm(LiteralLike(*args[0], **std::move(text)));
  }
}

absl::Status TooLong(const CompiledRegex& regex) {
  return ResourceExhausted(Cat("regular expression \"", regex.pattern.substr(0, 200), "\": a match with back-references takes too long"));
}

// Whether there is time to match a long text. The steps take what they take: a pattern of many states is slow on some texts only, so
// the beginning of the text is tried, a longer one as long as that takes next to nothing.
absl::Status CheckMatchTime(const re2::RE2& regex, std::string_view text, const QueryContext& context) {
  using Clock = QueryContext::Clock;
  constexpr size_t kLittleWork = 2'000'000, kFirstWork = 200'000, kShortest = 64;
  constexpr auto kTellingTime = std::chrono::milliseconds(2);
  const auto states = static_cast<size_t>(std::max(1, regex.ProgramSize()));
  if (text.size() * states <= kLittleWork) return absl::OkStatus();
  for (size_t bytes = std::max(kShortest, kFirstWork / states); bytes < text.size(); bytes *= 4) {
    const Clock::time_point start = Clock::now();
    regex.Match(Piece(text.substr(0, bytes)), 0, bytes, re2::RE2::UNANCHORED, nullptr, 0);
    const Clock::duration took = Clock::now() - start;
    if (took >= kTellingTime) return context.CheckFor(took * static_cast<int64_t>(text.size() / bytes));
  }
  return context.Check();
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
      std::vector<BacktrackingRegex::Group> groups;
      regex->matches_empty = regex->backtracking->Find("", 0, groups) != BacktrackingRegex::Outcome::kNone;
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
  regex->matches_empty = re2::RE2::PartialMatch("", *regex->re2);
  regex->error = RegexError::kNone;
  return regex;
}

absl::StatusOr<bool> Matches(const CompiledRegex& regex, std::string_view text, const QueryContext& context) {
  if (regex.backtracking == nullptr) {
    RETURN_IF_ERROR(CheckMatchTime(*regex.re2, text, context));
    return re2::RE2::PartialMatch(Piece(text), *regex.re2);
  }
  RETURN_IF_ERROR(context.Check());
  std::vector<BacktrackingRegex::Group> groups;
  switch (regex.backtracking->Find(text, 0, groups)) {
    case BacktrackingRegex::Outcome::kFound:
      return true;
    case BacktrackingRegex::Outcome::kNone:
      return false;
    case BacktrackingRegex::Outcome::kTooLong:
      break;
  }
  return TooLong(regex);
}

namespace {

enum class Step : uint8_t { kMatch, kEnd, kLimit };

// The next match at or behind `from`; groups[0] to groups[count] are parts of `text`.
Step FindNext(const CompiledRegex& regex, std::string_view text, size_t from, int wanted, std::string_view* groups, int& count) {
  if (regex.backtracking == nullptr) {
    re2::StringPiece pieces[kMaxGroups];
    count = std::min(wanted, regex.re2->NumberOfCapturingGroups());
    if (!regex.re2->Match(Piece(text), from, text.size(), re2::RE2::UNANCHORED, pieces, count + 1)) return Step::kEnd;
    for (int i = 0; i <= count; ++i) groups[i] = std::string_view(pieces[i].data(), pieces[i].size());
    return Step::kMatch;
  }
  std::vector<BacktrackingRegex::Group> found;
  const BacktrackingRegex::Outcome outcome = regex.backtracking->Find(text, from, found);
  if (outcome == BacktrackingRegex::Outcome::kTooLong) return Step::kLimit;
  if (outcome == BacktrackingRegex::Outcome::kNone) return Step::kEnd;
  count = std::min(wanted, static_cast<int>(found.size()) - 1);
  for (int i = 0; i <= count; ++i) {
    const BacktrackingRegex::Group group = found[static_cast<size_t>(i)];
    groups[i] = group.begin <= group.end ? text.substr(group.begin, group.end - group.begin) : std::string_view();
  }
  return Step::kMatch;
}

}  // namespace

absl::StatusOr<std::optional<std::string>> Replace(const CompiledRegex& regex, std::string_view text, std::string_view replacement,
                                                   size_t max_bytes, const QueryContext& context) {
  std::string out;
  if (regex.matches_empty) return std::nullopt;
  std::string_view groups[kMaxGroups];
  int group_count = 0;
  size_t done = 0;
  // A malformed replacement is an error also when nothing matches.
  if (!regex.literal && !AppendReplacement(replacement, groups, -1, out)) return std::nullopt;
  out.clear();
  const bool names_groups = !regex.literal && replacement.find('$') != std::string_view::npos;
  const auto too_long = [&] {
    return ResourceExhausted(Cat("REPLACE would make a string of more than ", max_bytes >> 20, " MiB"));
  };
  if (regex.backtracking == nullptr) RETURN_IF_ERROR(CheckMatchTime(*regex.re2, text, context));
  Ticker ticker(context);
  while (done <= text.size()) {
    RETURN_IF_ERROR(regex.backtracking != nullptr ? context.Check() : ticker.Tick());
    const Step step = FindNext(regex, text, done, names_groups ? kMaxGroups - 1 : 0, groups, group_count);
    if (step == Step::kLimit) return TooLong(regex);
    if (step == Step::kEnd) break;
    const auto begin = static_cast<size_t>(groups[0].data() - text.data());
    if (groups[0].empty()) return std::nullopt;  // such as \b: empty only in some places
    out.append(text, done, begin - done);
    if (regex.literal) {
      out.append(replacement);
    } else {
      AppendReplacement(replacement, groups, group_count, out);
    }
    if (out.size() > max_bytes) return too_long();
    done = begin + groups[0].size();
  }
  out.append(text, done, std::string_view::npos);
  if (out.size() > max_bytes) return too_long();
  return out;
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
