#include "graph/io/document_reader.h"

#include <utility>

#include "graph/model/vocabulary.h"

namespace dossier::graph {

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

absl::Status ReadDocument(Input& in, const RdfReadOptions& options, const QuadSink& sink) {
  return DocumentReader(in, options, sink).Run();
}

}  // namespace dossier::graph
