#include <algorithm>

#include "graph/base/strings.h"
#include "graph/io/lexer.h"
#include "graph/io/rdf.h"
#include "graph/model/utf8.h"
#include "graph/model/vocabulary.h"

namespace dossier::graph {
namespace {

// Whether `s` may follow "prefix:" without escapes.
bool IsPlainLocalName(std::string_view s) {
  if (s.empty()) return true;
  if (s[0] == '-' || s[0] == '.' || s.back() == '.') return false;
  for (size_t i = 0; i < s.size();) {
    const size_t n = Utf8SequenceLength(s, i);
    if (n == 0) return false;
    const char32_t c = DecodeUtf8(s, i, n);
    if (!(Lexer::IsNameChar(c) || c == ':' || c == '.')) return false;
    if (i == 0 && n > 1 && !Lexer::IsNameStart(c)) return false;
    i += n;
  }
  return true;
}

size_t CountDigits(std::string_view s) {
  return std::min(s.find_first_not_of("0123456789"), s.size());
}

// Whether the lexical form alone is a token of this datatype: INTEGER, DECIMAL, DOUBLE or BooleanLiteral of Turtle.
bool IsShorthand(std::string_view s, std::string_view datatype) {
  if (datatype == xsd::kBoolean) return s == "true" || s == "false";
  if (s.starts_with('+') || s.starts_with('-')) s.remove_prefix(1);
  const size_t whole = CountDigits(s);
  s.remove_prefix(whole);
  if (datatype == xsd::kInteger) return whole > 0 && s.empty();
  size_t fraction = 0;
  const bool point = s.starts_with('.');
  if (point) {
    s.remove_prefix(1);
    fraction = CountDigits(s);
    s.remove_prefix(fraction);
  }
  if (datatype == xsd::kDecimal) return fraction > 0 && s.empty();
  if (datatype != xsd::kDouble || whole + fraction == 0) return false;
  if (!s.starts_with('e') && !s.starts_with('E')) return false;
  s.remove_prefix(1);
  if (s.starts_with('+') || s.starts_with('-')) s.remove_prefix(1);
  return !s.empty() && CountDigits(s) == s.size();
}

}  // namespace

TurtleWriter::TurtleWriter(std::vector<std::pair<std::string, std::string>> prefixes, bool trig)
    : prefixes_(std::move(prefixes)), trig_(trig) {}

void TurtleWriter::WriteHeader(std::string& out) {
  if (wrote_header_) return;
  wrote_header_ = true;
  for (const auto& [prefix, iri] : prefixes_) Append(out, "PREFIX ", prefix, ": ", Term::Iri(iri).ToNTriples(), "\n");
  if (!prefixes_.empty()) out += "\n";
}

void TurtleWriter::AppendIri(const std::string& iri, std::string& out) const {
  const std::pair<std::string, std::string>* best = nullptr;
  for (const auto& entry : prefixes_) {
    const bool longer = best == nullptr || entry.second.size() > best->second.size();
    if (longer && iri.starts_with(entry.second) && IsPlainLocalName(std::string_view(iri).substr(entry.second.size()))) best = &entry;
  }
  if (best == nullptr) {
    Term::Iri(iri).AppendNTriples(out);
  } else {
    Append(out, best->first, ":", std::string_view(iri).substr(best->second.size()));
  }
}

void TurtleWriter::AppendLiteral(const Term& term, std::string& out) const {
  if (!term.language().empty() || term.datatype() == xsd::kString) {
    term.AppendNTriples(out);
  } else if (IsShorthand(term.value(), term.datatype())) {
    out += term.value();
  } else {
    Term::Literal(term.value()).AppendNTriples(out);
    out += "^^";
    AppendIri(term.datatype(), out);
  }
}

void TurtleWriter::AppendTerm(const Term& term, std::string& out) const {
  switch (term.kind()) {
    case TermKind::kBlankNode: term.AppendNTriples(out); break;
    case TermKind::kIri: AppendIri(term.value(), out); break;
    case TermKind::kLiteral: AppendLiteral(term, out); break;
    case TermKind::kTriple:
      out += "<<( ";
      AppendTerm(term.triple().subject, out);
      out += ' ';
      AppendPredicate(term.triple().predicate, out);
      out += ' ';
      AppendTerm(term.triple().object, out);
      out += " )>>";
      break;
  }
}

void TurtleWriter::AppendPredicate(const Term& term, std::string& out) const {
  if (term.value() == rdf::kType) {
    out += 'a';
  } else {
    AppendTerm(term, out);
  }
}

bool TurtleWriter::InLastGraph(const Quad& quad) const {
  if (open_ == Open::kNothing) return false;
  if (!trig_) return true;
  return quad.in_default_graph == last_.in_default_graph && (quad.in_default_graph || quad.graph == last_.graph);
}

// Writes `quad` as part of the annotation of the last statement, if it is one.
bool TurtleWriter::AddToAnnotation(const Quad& quad, std::string& out) {
  if (!InLastGraph(quad)) return false;
  if (quad.object.is_triple() && quad.predicate.value() == rdf::kReifies) {
    const Triple& triple = quad.object.triple();
    if (triple.subject == last_.subject && triple.predicate == last_.predicate && triple.object == last_.object) {
      CloseAnnotation(out);
      out += " ~ ";
      AppendTerm(quad.subject, out);
      reifier_ = quad.subject;
      open_ = Open::kReifier;
      return true;
    }
  }
  if (open_ == Open::kStatement || quad.subject != reifier_) return false;
  if (open_ == Open::kAnnotation && quad.predicate == last_predicate_) {
    out += " , ";
  } else {
    out += open_ == Open::kReifier ? " {|\n        " : " ;\n        ";
    AppendPredicate(quad.predicate, out);
    out += ' ';
  }
  AppendTerm(quad.object, out);
  last_predicate_ = quad.predicate;
  open_ = Open::kAnnotation;
  return true;
}

void TurtleWriter::CloseAnnotation(std::string& out) {
  if (open_ == Open::kAnnotation) out += " |}";
  if (open_ != Open::kNothing) open_ = Open::kStatement;
}

void TurtleWriter::CloseStatement(std::string& out) {
  CloseAnnotation(out);
  if (open_ == Open::kStatement) out += " .\n";
  open_ = Open::kNothing;
}

void TurtleWriter::EnterGraph(const Quad& quad, std::string& out) {
  if (in_graph_) out += "}\n";
  in_graph_ = trig_ && !quad.in_default_graph;
  if (!in_graph_) return;
  AppendTerm(quad.graph, out);
  out += " {\n";
}

void TurtleWriter::Add(const Quad& quad, std::string& out) {
  WriteHeader(out);
  if (AddToAnnotation(quad, out)) return;
  const bool same_graph = InLastGraph(quad);
  if (same_graph && quad.subject == last_.subject) {
    CloseAnnotation(out);
    if (quad.predicate == last_.predicate) {
      out += " , ";
    } else {
      out += " ;\n    ";
      AppendPredicate(quad.predicate, out);
      out += ' ';
    }
  } else {
    CloseStatement(out);
    if (!same_graph) EnterGraph(quad, out);
    AppendTerm(quad.subject, out);
    out += ' ';
    AppendPredicate(quad.predicate, out);
    out += ' ';
  }
  AppendTerm(quad.object, out);
  open_ = Open::kStatement;
  last_ = quad;
}

void TurtleWriter::Finish(std::string& out) {
  WriteHeader(out);
  CloseStatement(out);
  if (in_graph_) out += "}\n";
  in_graph_ = false;
}

}  // namespace dossier::graph
