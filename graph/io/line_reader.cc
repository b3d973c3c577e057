// RDF 1.2 N-Triples and N-Quads: https://www.w3.org/TR/rdf12-n-triples/, https://www.w3.org/TR/rdf12-n-quads/.
#include "graph/base/strings.h"
#include "graph/io/lexer.h"
#include "graph/io/readers.h"
#include "graph/model/iri.h"

namespace dossier::graph {
namespace {

class LineReader {
 public:
  LineReader(Input& in, const RdfReadOptions& options, const QuadSink& sink)
      : in_(in), lex_(in), options_(options), sink_(sink), quads_(options.format == RdfFormat::kNQuads) {}

  absl::Status Run() {
    if (in_.StartsWith("\xEF\xBB\xBF")) in_.Skip(3);
    while (lex_.SkipSpace() && in_.Peek() != Input::kEnd) {
      if (in_.Peek() == 'V' ? !ReadVersion() : !ReadStatement()) break;
      if (!ReadLineEnd()) break;
    }
    return sink_status_.ok() ? lex_.status() : sink_status_;
  }

 private:
  bool ReadVersion() {
    if (!in_.StartsWith("VERSION")) return lex_.Expected("a subject or VERSION");
    in_.Skip(7);
    lex_.SkipBlanks();
    if (in_.Peek() != '"' && in_.Peek() != '\'') return lex_.Expected("a quoted version");
    std::string version;
    return lex_.ReadString(version, false);
  }

  bool ReadStatement() {
    Quad quad;
    if (!ReadSubject(quad.subject) || !ReadPredicate(quad.predicate) || !ReadObject(quad.object, 0)) return false;
    if (quads_ && in_.Peek() != '.') {
      quad.in_default_graph = false;
      if (in_.Peek() != '<' && in_.Peek() != '_') return lex_.Expected("'.' or a graph name");
      if (!ReadSubject(quad.graph)) return false;
    }
    if (!in_.Take('.')) return lex_.Expected("'.' at the end of the statement");
    sink_status_ = sink_(std::move(quad));
    return sink_status_.ok();
  }

  bool ReadLineEnd() {
    lex_.SkipBlanks();
    if (in_.Peek() == '#' && !lex_.SkipComment()) return false;
    const int c = in_.Peek();
    return c == '\n' || c == '\r' || c == Input::kEnd || lex_.Expected("the end of the line");
  }

  // Each also skips the blanks behind.
  bool ReadIri(Term& term) {
    const size_t begin = in_.offset();
    std::string iri;
    if (!lex_.ReadIriRef(iri)) return false;
    if (!IsAbsoluteIri(iri)) return lex_.FailAt(begin, Cat("<", iri, "> is a relative IRI: expected an absolute one"));
    lex_.SkipBlanks();
    term = Term::Iri(std::move(iri));
    return true;
  }

  bool ReadBlankNode(Term& term) {
    std::string label;
    if (!lex_.ReadBlankNodeLabel(label)) return false;
    lex_.SkipBlanks();
    term = Term::BlankNode(options_.blank_node_prefix.empty() ? std::move(label) : Cat(options_.blank_node_prefix, label));
    return true;
  }

  bool ReadSubject(Term& term) {
    if (in_.Peek() == '<' && in_.Peek(1) != '<') return ReadIri(term);
    if (in_.Peek() == '_') return ReadBlankNode(term);
    return lex_.Expected("an IRI or a blank node");
  }

  bool ReadPredicate(Term& term) {
    if (in_.Peek() == '<' && in_.Peek(1) != '<') return ReadIri(term);
    return lex_.Expected("an IRI as predicate");
  }

  bool ReadObject(Term& term, int depth) {
    if (in_.StartsWith("<<(")) return ReadTripleTerm(term, depth);
    if (in_.Peek() == '"') return ReadLiteral(term);
    if ((in_.Peek() == '<' && in_.Peek(1) != '<') || in_.Peek() == '_') return ReadSubject(term);
    return lex_.Expected("an IRI, a blank node, a literal or a triple term");
  }

  bool ReadLiteral(Term& term) {
    std::string value;
    if (!lex_.ReadString(value, false)) return false;
    lex_.SkipBlanks();
    if (in_.Peek() == '@') {
      std::string language;
      Direction direction = Direction::kNone;
      if (!lex_.ReadLanguage(language, direction)) return false;
      term = Term::LangLiteral(std::move(value), std::move(language), direction);
    } else if (in_.StartsWith("^^")) {
      in_.Skip(2);
      lex_.SkipBlanks();
      if (in_.Peek() != '<') return lex_.Expected("a datatype IRI after '^^'");
      const size_t begin = in_.offset();
      Term datatype;
      if (!ReadIri(datatype) || !lex_.MakeTyped(std::move(value), datatype.value(), begin, term)) return false;
    } else {
      term = Term::Literal(std::move(value));
    }
    lex_.SkipBlanks();
    return true;
  }

  bool ReadTripleTerm(Term& term, int depth) {
    if (depth >= kMaxNesting) return lex_.Fail(Cat("triple terms nest deeper than ", kMaxNesting));
    in_.Skip(3);
    lex_.SkipBlanks();
    Term subject, predicate, object;
    if (!ReadSubject(subject) || !ReadPredicate(predicate) || !ReadObject(object, depth + 1)) return false;
    if (!in_.StartsWith(")>>")) return lex_.Expected("')>>' at the end of the triple term");
    in_.Skip(3);
    lex_.SkipBlanks();
    term = Term::TripleTerm(std::move(subject), std::move(predicate), std::move(object));
    return true;
  }

  Input& in_;
  Lexer lex_;
  const RdfReadOptions& options_;
  const QuadSink& sink_;
  const bool quads_;
  absl::Status sink_status_;
};

}  // namespace

absl::Status ReadLines(Input& in, const RdfReadOptions& options, const QuadSink& sink) {
  return LineReader(in, options, sink).Run();
}

}  // namespace dossier::graph
