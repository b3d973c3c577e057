#include <algorithm>
#include <cctype>
#include <utility>

#include "graph/io/document_reader.h"
#include "graph/model/iri.h"
#include "graph/model/vocabulary.h"

namespace dossier::graph {
namespace {

bool IsDigit(int c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string UserBlankNodeLabel(std::string label) {
  if (!label.starts_with("anon")) return label;
  const size_t digits = label.find_first_not_of('u', 4);
  if (digits == std::string::npos || !std::all_of(label.begin() + static_cast<std::ptrdiff_t>(digits), label.end(), IsDigit)) return label;
  return Cat("anonu", std::string_view(label).substr(4));
}

bool DocumentReader::AtKeyword(std::string_view lower) {
  for (size_t i = 0; i < lower.size(); ++i) {
    const int c = in_.Peek(i);
    if (c == Input::kEnd || std::tolower(c) != lower[i]) return false;
  }
  size_t length = 0;
  char32_t next = lex_.PeekCodePoint(lower.size(), length);
  if (next == '.') next = lex_.PeekCodePoint(lower.size() + 1, length);  // "true." ends a statement, "true.x:y" is a name
  return length == 0 || !(Lexer::IsNameChar(next) || next == ':');
}

// At '[': whether only space is between the brackets.
bool DocumentReader::AtEmptyBrackets() {
  size_t ahead = 1;
  while (ahead < Lexer::kMaxToken) {
    int c = in_.Peek(ahead);
    if (c == '#') {
      while (c != '\n' && c != '\r' && c != Input::kEnd && ahead < Lexer::kMaxToken) c = in_.Peek(++ahead);
    }
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') break;
    ++ahead;
  }
  return in_.Peek(ahead) == ']';
}

bool DocumentReader::AtIri() {
  const int c = in_.Peek();
  if (c == '<') return in_.Peek(1) != '<';
  if (c == ':') return true;
  size_t length = 0;
  const char32_t start = lex_.PeekCodePoint(0, length);
  return length > 0 && Lexer::IsNameStart(start);
}

bool DocumentReader::ReadIri(Term& term) {
  std::string iri;
  if (in_.Peek() == '<' ? !ReadIriRefResolved(iri) : !ReadPrefixedName(iri)) return false;
  term = Term::Iri(std::move(iri));
  return true;
}

bool DocumentReader::ReadIriRefResolved(std::string& iri) {
  const size_t begin = in_.offset();
  std::string reference;
  if (!lex_.ReadIriRef(reference)) return false;
  absl::StatusOr<std::string> resolved = ResolveIri(base_, reference);
  if (!resolved.ok()) return lex_.FailAt(begin, MessageOf(resolved.status()));
  iri = *std::move(resolved);
  return true;
}

bool DocumentReader::ReadPrefixName(std::string& prefix) {
  size_t length = 0;
  if (in_.Peek() != ':') {
    if (!Lexer::IsNameStart(lex_.PeekCodePoint(0, length))) return lex_.Expected("a prefix");
    if (!lex_.ReadNameTail(false, prefix)) return false;
  }
  return in_.Take(':') || lex_.Expected("':' after the prefix");
}

bool DocumentReader::ReadPrefixedName(std::string& iri) {
  const size_t begin = in_.offset();
  std::string prefix;
  if (!ReadPrefixName(prefix)) return false;
  const auto it = prefixes_.find(prefix);
  if (it == prefixes_.end()) return lex_.FailAt(begin, Cat("the prefix '", prefix, ":' is not declared"));
  iri = it->second;
  // PN_LOCAL starts neither with '-', '.', U+B7 nor a combining character.
  size_t length = 0;
  const char32_t c = lex_.PeekCodePoint(0, length);
  if (c == '.' || (Lexer::IsNameChar(c) && !Lexer::IsNameStart(c) && c != '_' && !(c >= '0' && c <= '9'))) return true;
  return lex_.ReadNameTail(true, iri);
}

bool DocumentReader::ReadBlankNode(Term& term) {
  std::string label;
  if (!lex_.ReadBlankNodeLabel(label)) return false;
  term = Term::BlankNode(Cat(options_.blank_node_prefix, UserBlankNodeLabel(std::move(label))));
  return true;
}

bool DocumentReader::AtNumber() {
  const int c = in_.Peek();
  if (IsDigit(c)) return true;
  if (c == '.') return IsDigit(in_.Peek(1));
  if (c != '+' && c != '-') return false;
  return IsDigit(in_.Peek(1)) || (in_.Peek(1) == '.' && IsDigit(in_.Peek(2)));
}

bool DocumentReader::ReadNumber(Term& term) {
  std::string text;
  const auto take = [&] {
    text.push_back(static_cast<char>(in_.Peek()));
    in_.Skip();
  };
  const auto take_digits = [&] {
    while (IsDigit(in_.Peek()) && text.size() < Lexer::kMaxToken) take();
  };
  const auto exponent_length = [&](size_t ahead) -> size_t {
    if (in_.Peek(ahead) != 'e' && in_.Peek(ahead) != 'E') return 0;
    const size_t sign = in_.Peek(ahead + 1) == '+' || in_.Peek(ahead + 1) == '-' ? 1 : 0;
    return IsDigit(in_.Peek(ahead + 1 + sign)) ? 2 + sign : 0;
  };
  std::string_view type = xsd::kInteger;
  if (!IsDigit(in_.Peek()) && in_.Peek() != '.') take();
  take_digits();
  if (in_.Peek() == '.' && (IsDigit(in_.Peek(1)) || exponent_length(1) > 0)) {
    type = xsd::kDecimal;
    take();
    take_digits();
  }
  if (size_t n = exponent_length(0); n > 0) {
    type = xsd::kDouble;
    while (n-- > 0) take();
    take_digits();
  }
  if (text.size() >= Lexer::kMaxToken) return lex_.TooLong();
  term = Term::Literal(std::move(text), std::string(type));
  return true;
}

bool DocumentReader::ReadLiteral(Term& term) {
  const int c = in_.Peek();
  if (c == '"' || c == '\'') return ReadQuotedLiteral(term);
  if (c != 't' && c != 'f') return ReadNumber(term);
  term = Term::Literal(c == 't' ? "true" : "false", std::string(xsd::kBoolean));
  in_.Skip(c == 't' ? 4 : 5);
  return true;
}

bool DocumentReader::ReadQuotedLiteral(Term& term) {
  std::string value;
  if (!lex_.ReadString(value, true)) return false;
  if (!lex_.SkipSpace()) return false;
  if (in_.Peek() == '@') {
    std::string language;
    Direction direction = Direction::kNone;
    if (!lex_.ReadLanguage(language, direction)) return false;
    term = Term::LangLiteral(std::move(value), std::move(language), direction);
    return true;
  }
  if (!in_.StartsWith("^^")) {
    term = Term::Literal(std::move(value));
    return true;
  }
  in_.Skip(2);
  if (!lex_.SkipSpace()) return false;
  if (!AtIri()) return lex_.Expected("a datatype IRI after '^^'");
  const size_t begin = in_.offset();
  Term datatype;
  return ReadIri(datatype) && lex_.MakeTyped(std::move(value), datatype.value(), begin, term);
}

}  // namespace dossier::graph
