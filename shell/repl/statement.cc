#include "shell/repl/statement.h"

#include <algorithm>
#include <array>

namespace dossier::shell {
namespace {

constexpr std::array<std::string_view, 7> kStarts = {"prefix", "select", "ask", "construct", "describe", "base", "version"};
constexpr std::array<std::string_view, 4> kForms = {"select", "ask", "construct", "describe"};
// Forms of updates with braces, and those without.
constexpr std::array<std::string_view, 3> kUpdates = {"insert", "delete", "with"};
constexpr std::array<std::string_view, 7> kGraphUpdates = {"load", "clear", "drop", "create", "add", "move", "copy"};
// What stands behind the first word of those, and not in a question.
constexpr std::array<std::string_view, 5> kGraphWords = {"silent", "graph", "default", "named", "all"};
constexpr std::array<std::string_view, 8> kContinuations = {"limit", "offset", "order", "group", "having", "values", "where", "from"};

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

std::string FirstWord(std::string_view text) {
  text = Trimmed(text);
  std::string word;
  for (const char c : text) {
    if (!IsLetter(c)) break;
    word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return word;
}

template <size_t N>
bool Contains(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// What a look over query text finds.
struct Scan {
  int depth = 0;              // open brackets of any kind
  bool has_form = false;      // SELECT, ASK, INSERT ... has come: it is more than a prologue
  bool is_update = false;     // and the first of them is of an update
  bool has_brace = false;     // or needs none
  bool wants_where = false;   // INSERT or DELETE whose WHERE has not come
  bool in_long_string = false;
  bool ends_with_semicolon = false;   // outside of all brackets
};

// After the quote at `i`; `text.size()` when the string is not closed.
size_t SkipString(std::string_view text, size_t i, bool& unclosed_long) {
  const char quote = text[i];
  const std::string triple(3, quote);
  if (text.substr(i).starts_with(triple)) {
    size_t end = i + 3;
    while (end < text.size() && !text.substr(end).starts_with(triple)) end += text[end] == '\\' ? 2 : 1;
    unclosed_long = end >= text.size();
    return std::min(text.size(), end + 3);
  }
  for (++i; i < text.size() && text[i] != quote && text[i] != '\n'; ++i) {
    if (text[i] == '\\') ++i;
  }
  return std::min(text.size(), i + 1);
}

// After the IRI that starts with '<' at `i`, or after the '<' when it is an operator.
size_t SkipIri(std::string_view text, size_t i) {
  for (size_t end = i + 1; end < text.size(); ++end) {
    if (text[end] == '>') return end + 1;
    if (IsSpace(text[end]) || text[end] == '{' || text[end] == '"' || text[end] == '<') break;
  }
  return i + 1;
}

// A word outside of all brackets.
void CountWord(std::string_view word, Scan& scan) {
  const bool without_braces = Contains(kGraphUpdates, word);
  const bool update = without_braces || Contains(kUpdates, word);
  if (update && !scan.has_form) scan.is_update = true;
  if (update || Contains(kForms, word)) scan.has_form = true;
  if (scan.is_update && without_braces) scan.has_brace = true;
  if (word == "insert" || word == "delete") scan.wants_where = true;
  if (word == "data" || word == "where") scan.wants_where = false;
}

Scan ScanQuery(std::string_view text) {
  Scan scan;
  for (size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (IsSpace(c)) {
      ++i;
      continue;
    }
    scan.ends_with_semicolon = c == ';' && scan.depth <= 0;
    if (c == '#') {
      i = std::min(text.find('\n', i), text.size());
    } else if (c == '"' || c == '\'') {
      i = SkipString(text, i, scan.in_long_string);
    } else if (c == '<') {
      i = SkipIri(text, i);
    } else if (IsLetter(c)) {
      if (scan.depth == 0 && (i == 0 || IsSpace(text[i - 1]) || text[i - 1] == '>')) {
        const std::string word = FirstWord(text.substr(i));
        const bool is_prefix = i + word.size() < text.size() && text[i + word.size()] == ':';
        if (!is_prefix) CountWord(word, scan);
      }
      while (i < text.size() && (IsLetter(text[i]) || text[i] == '_' || text[i] == ':')) ++i;
    } else {
      scan.depth += c == '{' || c == '(' || c == '[' ? 1 : c == '}' || c == ')' || c == ']' ? -1 : 0;
      scan.has_brace = scan.has_brace || c == '{';
      ++i;
    }
  }
  return scan;
}

}  // namespace

StatementKind KindOf(std::string_view text) {
  const std::string_view trimmed = Trimmed(text);
  if (trimmed.empty() || trimmed.front() == '#') return StatementKind::kNothing;
  if (trimmed.front() == '.') return StatementKind::kCommand;
  const std::string word = FirstWord(trimmed);
  if (Contains(kStarts, word)) return StatementKind::kSparql;
  if (Contains(kUpdates, word) && trimmed.find('{') != std::string_view::npos) return StatementKind::kSparql;
  if (Contains(kGraphUpdates, word) || word == "with") {
    const std::string_view rest = Trimmed(trimmed.substr(word.size()));
    const std::string_view next = rest.substr(0, rest.find_first_of(" \t\n"));
    if (rest.starts_with('<') || next.find(':') != std::string_view::npos || Contains(kGraphWords, FirstWord(rest)))
      return StatementKind::kSparql;
  }
  return StatementKind::kQuestion;
}

bool IsUpdate(std::string_view text) { return ScanQuery(text).is_update; }

bool ContinuesQuery(std::string_view line) {
  line = Trimmed(line);
  return !line.empty() && (Contains(kContinuations, FirstWord(line)) || line.front() == '{' || line.front() == '}' || line == ";" ||
                           line.front() == '#');
}

StatementReader::State StatementReader::Add(std::string_view line) {
  const bool blank = Trimmed(line).empty();
  if (state_ == State::kEmpty) {
    const StatementKind kind = KindOf(line);
    if (kind == StatementKind::kNothing) return state_;
    text_ = std::string(Trimmed(line));
    lines_ = 1;
    if (kind != StatementKind::kSparql) {
      while (!text_.empty() && (text_.back() == ';' || IsSpace(text_.back()))) text_.pop_back();
      return state_ = State::kDone;
    }
  } else {
    text_ += '\n';
    text_ += line;
    ++lines_;
  }
  const Scan scan = ScanQuery(text_);
  const bool balanced = scan.depth <= 0 && !scan.in_long_string && scan.has_form && !scan.wants_where;
  if (scan.ends_with_semicolon || (blank && balanced)) {
    state_ = State::kDone;
  } else {
    state_ = balanced && scan.has_brace ? State::kCanEnd : State::kOpen;
  }
  return state_;
}

std::string StatementReader::Take() {
  std::string text = std::move(text_);
  if (KindOf(text) == StatementKind::kSparql && ScanQuery(text).ends_with_semicolon) text.erase(text.rfind(';'));
  text_.clear();
  lines_ = 0;
  state_ = State::kEmpty;
  return text;
}

}  // namespace dossier::shell
