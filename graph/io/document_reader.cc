// RDF 1.2 Turtle and TriG by recursive descent: https://www.w3.org/TR/rdf12-turtle/, https://www.w3.org/TR/rdf12-trig/.
#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "graph/base/strings.h"
#include "graph/io/lexer.h"
#include "graph/io/readers.h"
#include "graph/model/iri.h"
#include "graph/model/vocabulary.h"

namespace dossier::graph {
namespace {

bool IsDigit(int c) { return c >= '0' && c <= '9'; }

class DocumentReader {
 public:
  DocumentReader(Input& in, const RdfReadOptions& options, const QuadSink& sink)
      : in_(in), lex_(in), options_(options), sink_(sink), trig_(options.format == RdfFormat::kTriG), base_(options.base) {}

  absl::Status Run() {
    if (in_.StartsWith("\xEF\xBB\xBF")) in_.Skip(3);
    while (lex_.SkipSpace() && in_.Peek() != Input::kEnd) {
      if (!ReadStatement()) break;
    }
    return sink_status_.ok() ? lex_.status() : sink_status_;
  }

 private:
  // A nesting level, counted while it exists.
  class Level {
   public:
    explicit Level(int& depth) : depth_(depth) { ++depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    ~Level() { --depth_; }

   private:
    int& depth_;
  };
  bool TooDeep() { return depth_ > kMaxNesting && !lex_.Fail(Cat("the nesting is deeper than ", kMaxNesting)); }

  // --- statements and directives ---
  bool ReadStatement();
  bool ReadAtDirective();
  bool ReadPrefix();
  bool ReadBase();
  bool ReadVersion();
  bool ReadSubjectStatement();
  bool ReadGraphBlock();
  bool ReadTriples();
  bool Expect(char c, std::string_view what) {
    if (!lex_.SkipSpace()) return false;
    return in_.Take(c) || lex_.Expected(what);
  }
  bool ExpectDot() { return Expect('.', "'.' at the end of the statement"); }
  // Whether this word, in any case, is at the place of reading and no name goes on behind it.
  bool AtKeyword(std::string_view lower);
  // The same for a word in this case only.
  bool AtWord(std::string_view word) { return in_.Peek() == word[0] && in_.StartsWith(word) && AtKeyword(word); }

  // --- triples ---
  bool ReadPredicateObjectList(const Term& subject);
  bool ReadObjectList(const Term& subject, const Term& predicate);
  bool ReadAnnotations(const Term& subject, const Term& predicate, const Term& object);
  bool ReadVerb(Term& term);
  bool ReadSubject(Term& term);
  bool ReadObject(Term& term);
  bool ReadBlankNodePropertyList(Term& term);
  bool ReadCollection(Term& term);
  bool ReadTripleTerm(Term& term);
  bool ReadReifiedTriple(Term& term);
  bool ReadReifier(Term& reifier);
  // An IRI, a blank node (with `anon` also "[]") or, as allowed, a literal, a triple term or a reified triple.
  bool ReadSimple(Term& term, bool literal, bool triple, bool reified);
  bool Emit(Term subject, Term predicate, Term object);
  bool EmitReifies(const Term& reifier, Term triple);

  // --- terms ---
  bool AtIri();
  bool ReadIri(Term& term);
  bool ReadIriRefResolved(std::string& iri);
  bool ReadPrefixName(std::string& prefix);
  bool ReadPrefixedName(std::string& iri);
  bool ReadBlankNode(Term& term);
  bool ReadLiteral(Term& term);
  bool ReadNumber(Term& term);
  bool ReadQuotedLiteral(Term& term);
  bool AtNumber();
  bool AtEmptyBrackets();
  Term FreshBlankNode() { return Term::BlankNode(Cat(options_.blank_node_prefix, "anon", ++fresh_)); }

  Input& in_;
  Lexer lex_;
  const RdfReadOptions& options_;
  const QuadSink& sink_;
  const bool trig_;
  std::string base_;
  StringMap<std::string> prefixes_;
  std::optional<Term> graph_;
  uint64_t fresh_ = 0;
  int depth_ = 0;
  absl::Status sink_status_;
};

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

bool DocumentReader::ReadStatement() {
  if (in_.Peek() == '@') return ReadAtDirective();
  if (AtKeyword("prefix")) {
    in_.Skip(6);
    return ReadPrefix();
  }
  if (AtKeyword("base")) {
    in_.Skip(4);
    return ReadBase();
  }
  if (AtKeyword("version")) {
    in_.Skip(7);
    return ReadVersion();
  }
  if (!trig_) return ReadTriples() && ExpectDot();
  if (AtKeyword("graph")) {
    in_.Skip(5);
    Term name;
    if (!lex_.SkipSpace() || !ReadSimple(name, false, false, false)) return false;
    graph_ = std::move(name);
    return lex_.SkipSpace() && ReadGraphBlock();
  }
  if (in_.Peek() == '{') return ReadGraphBlock();
  return ReadSubjectStatement();
}

bool DocumentReader::ReadAtDirective() {
  in_.Skip();
  const auto take = [&](std::string_view word) {
    size_t length = 0;
    if (!in_.StartsWith(word) || Lexer::IsNameChar(lex_.PeekCodePoint(word.size(), length))) return false;
    in_.Skip(word.size());
    return true;
  };
  if (take("prefix")) return ReadPrefix() && ExpectDot();
  if (take("base")) return ReadBase() && ExpectDot();
  if (take("version")) return ReadVersion() && ExpectDot();
  return lex_.Expected("prefix, base or version after '@'");
}

bool DocumentReader::ReadPrefix() {
  std::string prefix, iri;
  if (!lex_.SkipSpace() || !ReadPrefixName(prefix) || !lex_.SkipSpace()) return false;
  if (in_.Peek() != '<') return lex_.Expected("the namespace IRI");
  if (!ReadIriRefResolved(iri)) return false;
  prefixes_[prefix] = std::move(iri);
  return true;
}

bool DocumentReader::ReadBase() {
  if (!lex_.SkipSpace()) return false;
  if (in_.Peek() != '<') return lex_.Expected("the base IRI");
  std::string iri;
  if (!ReadIriRefResolved(iri)) return false;
  base_ = std::move(iri);
  return true;
}

bool DocumentReader::ReadVersion() {
  if (!lex_.SkipSpace()) return false;
  const int c = in_.Peek();
  if ((c != '"' && c != '\'') || in_.StartsWith("\"\"\"") || in_.StartsWith("'''")) return lex_.Expected("a version in quotes");
  std::string version;
  return lex_.ReadString(version, false);
}

// TriG: a graph's name with its block, or triples of the default graph.
bool DocumentReader::ReadSubjectStatement() {
  const bool name_possible = AtIri() || in_.Peek() == '_' || (in_.Peek() == '[' && AtEmptyBrackets());
  if (!name_possible) return ReadTriples() && ExpectDot();
  Term subject;
  if (!ReadSubject(subject) || !lex_.SkipSpace()) return false;
  if (in_.Peek() != '{') return ReadPredicateObjectList(subject) && ExpectDot();
  graph_ = std::move(subject);
  return ReadGraphBlock();
}

bool DocumentReader::ReadGraphBlock() {
  if (!in_.Take('{')) return lex_.Expected("'{'");
  for (;;) {
    if (!lex_.SkipSpace()) return false;
    if (in_.Peek() == '}') break;
    if (!ReadTriples() || !lex_.SkipSpace()) return false;
    if (in_.Peek() == '}') break;
    if (!in_.Take('.')) return lex_.Expected("'.' or '}'");
  }
  in_.Skip();
  graph_.reset();
  return true;
}

bool DocumentReader::ReadTriples() {
  Term subject;
  bool optional = false;  // whether the subject may stand alone
  if (in_.Peek() == '[') {
    optional = !AtEmptyBrackets();
  } else {
    optional = in_.StartsWith("<<") && !in_.StartsWith("<<(");
  }
  if (!ReadSubject(subject) || !lex_.SkipSpace()) return false;
  if (optional && (in_.Peek() == '.' || in_.Peek() == '}')) return true;
  return ReadPredicateObjectList(subject);
}

bool DocumentReader::Emit(Term subject, Term predicate, Term object) {
  Quad quad(std::move(subject), std::move(predicate), std::move(object));
  if (graph_) {
    quad.in_default_graph = false;
    quad.graph = *graph_;
  }
  sink_status_ = sink_(std::move(quad));
  return sink_status_.ok();
}

bool DocumentReader::EmitReifies(const Term& reifier, Term triple) {
  return Emit(reifier, Term::Iri(std::string(rdf::kReifies)), std::move(triple));
}

bool DocumentReader::ReadPredicateObjectList(const Term& subject) {
  for (;;) {
    Term predicate;
    if (!lex_.SkipSpace() || !ReadVerb(predicate) || !ReadObjectList(subject, predicate)) return false;
    if (in_.Peek() != ';') return true;
    while (in_.Take(';')) {
      if (!lex_.SkipSpace()) return false;
    }
    const int c = in_.Peek();
    if (c == '.' || c == ']' || c == '}' || c == '|' || c == Input::kEnd) return true;
  }
}

bool DocumentReader::ReadObjectList(const Term& subject, const Term& predicate) {
  do {
    Term object;
    if (!lex_.SkipSpace() || !ReadObject(object)) return false;
    if (!Emit(subject, predicate, object) || !ReadAnnotations(subject, predicate, object)) return false;
  } while (in_.Take(','));
  return true;
}

bool DocumentReader::ReadAnnotations(const Term& subject, const Term& predicate, const Term& object) {
  const Level level(depth_);
  if (TooDeep()) return false;
  std::optional<Term> reifier;  // the one that a block right here describes
  for (;;) {
    if (!lex_.SkipSpace()) return false;
    if (in_.Peek() == '~') {
      reifier.emplace();
      if (!ReadReifier(*reifier) || !EmitReifies(*reifier, Term::TripleTerm(subject, predicate, object))) return false;
    } else if (in_.StartsWith("{|")) {
      in_.Skip(2);
      if (!reifier) {
        reifier = FreshBlankNode();
        if (!EmitReifies(*reifier, Term::TripleTerm(subject, predicate, object))) return false;
      }
      if (!ReadPredicateObjectList(*reifier) || !lex_.SkipSpace()) return false;
      if (!in_.StartsWith("|}")) return lex_.Expected("'|}' at the end of the annotation");
      in_.Skip(2);
      reifier.reset();
    } else {
      return true;
    }
  }
}

// At '~'.
bool DocumentReader::ReadReifier(Term& reifier) {
  in_.Skip();
  if (!lex_.SkipSpace()) return false;
  if (AtIri() || in_.Peek() == '_' || (in_.Peek() == '[' && AtEmptyBrackets())) return ReadSimple(reifier, false, false, false);
  reifier = FreshBlankNode();
  return true;
}

bool DocumentReader::ReadVerb(Term& term) {
  if (AtWord("a")) {
    in_.Skip();
    term = Term::Iri(std::string(rdf::kType));
    return true;
  }
  if (!AtIri()) return lex_.Expected("a predicate");
  return ReadIri(term);
}

bool DocumentReader::ReadSubject(Term& term) {
  const int c = in_.Peek();
  if (c == '(') return ReadCollection(term);
  if (c == '[') return ReadBlankNodePropertyList(term);
  return ReadSimple(term, false, false, true);
}

bool DocumentReader::ReadObject(Term& term) {
  const int c = in_.Peek();
  if (c == '(') return ReadCollection(term);
  if (c == '[') return ReadBlankNodePropertyList(term);
  return ReadSimple(term, true, true, true);
}

// At '[': whether only space is between the brackets.
bool DocumentReader::AtEmptyBrackets() {
  size_t ahead = 1;
  for (;;) {
    int c = in_.Peek(ahead);
    if (c == '#') {
      while (c != '\n' && c != '\r' && c != Input::kEnd) c = in_.Peek(++ahead);
    }
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') break;
    ++ahead;
  }
  return in_.Peek(ahead) == ']';
}

bool DocumentReader::ReadBlankNodePropertyList(Term& term) {
  const Level level(depth_);
  if (TooDeep()) return false;
  in_.Skip();
  term = FreshBlankNode();
  if (!lex_.SkipSpace()) return false;
  if (in_.Take(']')) return true;
  return ReadPredicateObjectList(term) && Expect(']', "';' or ']'");
}

bool DocumentReader::ReadCollection(Term& term) {
  const Level level(depth_);
  if (TooDeep()) return false;
  in_.Skip();
  const Term first = Term::Iri(std::string(rdf::kFirst)), rest = Term::Iri(std::string(rdf::kRest));
  const Term nil = Term::Iri(std::string(rdf::kNil));
  term = nil;
  Term last;
  for (;;) {
    if (!lex_.SkipSpace()) return false;
    if (in_.Take(')')) break;
    if (in_.Peek() == Input::kEnd) return lex_.Expected("')' at the end of the collection");
    Term object;
    if (!ReadObject(object)) return false;
    Term node = FreshBlankNode();
    if (term == nil) {
      term = node;
    } else if (!Emit(std::move(last), rest, node)) {
      return false;
    }
    if (!Emit(node, first, std::move(object))) return false;
    last = std::move(node);
  }
  return term == nil || Emit(std::move(last), rest, nil);
}

bool DocumentReader::ReadTripleTerm(Term& term) {
  const Level level(depth_);
  if (TooDeep()) return false;
  in_.Skip(3);
  Term subject, predicate, object;
  if (!lex_.SkipSpace() || !ReadSimple(subject, false, false, false)) return false;
  if (!lex_.SkipSpace() || !ReadVerb(predicate)) return false;
  if (!lex_.SkipSpace() || !ReadSimple(object, true, true, false) || !lex_.SkipSpace()) return false;
  if (!in_.StartsWith(")>>")) return lex_.Expected("')>>' at the end of the triple term");
  in_.Skip(3);
  term = Term::TripleTerm(std::move(subject), std::move(predicate), std::move(object));
  return true;
}

bool DocumentReader::ReadReifiedTriple(Term& term) {
  const Level level(depth_);
  if (TooDeep()) return false;
  in_.Skip(2);
  Term subject, predicate, object;
  if (!lex_.SkipSpace() || !ReadSimple(subject, false, false, true)) return false;
  if (!lex_.SkipSpace() || !ReadVerb(predicate)) return false;
  if (!lex_.SkipSpace() || !ReadSimple(object, true, true, true) || !lex_.SkipSpace()) return false;
  if (in_.Peek() == '~') {
    if (!ReadReifier(term) || !lex_.SkipSpace()) return false;
  } else {
    term = FreshBlankNode();
  }
  if (!in_.StartsWith(">>")) return lex_.Expected("'~' or '>>' at the end of the reified triple");
  in_.Skip(2);
  return EmitReifies(term, Term::TripleTerm(std::move(subject), std::move(predicate), std::move(object)));
}

bool DocumentReader::ReadSimple(Term& term, bool literal, bool triple, bool reified) {
  const int c = in_.Peek();
  if (c == '<' && in_.Peek(1) == '<') {
    if (in_.Peek(2) == '(') return triple ? ReadTripleTerm(term) : lex_.Fail("a triple term may only be an object");
    return reified ? ReadReifiedTriple(term) : lex_.Fail("a reified triple may not stand here");
  }
  if (c == '_') return ReadBlankNode(term);
  if (c == '[') {
    return AtEmptyBrackets() ? ReadBlankNodePropertyList(term) : lex_.Fail("a blank node with properties may not stand here");
  }
  if (literal && (c == '"' || c == '\'' || AtNumber() || AtWord("true") || AtWord("false"))) {
    return ReadLiteral(term);
  }
  if (!AtIri()) return lex_.Expected(literal ? "an IRI, a blank node or a literal" : "an IRI or a blank node");
  return ReadIri(term);
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

// User labels that look like ours get a 'u' more, so that the two never meet.
bool DocumentReader::ReadBlankNode(Term& term) {
  std::string label;
  if (!lex_.ReadBlankNodeLabel(label)) return false;
  if (label.starts_with("anon")) {
    const size_t digits = label.find_first_not_of('u', 4);
    if (digits != std::string::npos && std::all_of(label.begin() + static_cast<std::ptrdiff_t>(digits), label.end(), IsDigit)) {
      label.insert(4, "u");
    }
  }
  term = Term::BlankNode(Cat(options_.blank_node_prefix, label));
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

}  // namespace

absl::Status ReadDocument(Input& in, const RdfReadOptions& options, const QuadSink& sink) {
  return DocumentReader(in, options, sink).Run();
}

}  // namespace dossier::graph
