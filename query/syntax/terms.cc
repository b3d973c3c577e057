#include "query/syntax/terms.h"

#include <utility>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "query/syntax/escapes.h"
#include "query/syntax/terms_def.h"

namespace dossier::query::syntax {

using ast::Node;
using ast::Path;
using graph::Term;

void StartString(State& state, Term& value, Iterator at) {
  value = Term::Literal(DecodeString(state.Text(*at)));
}

void SetLanguage(State& state, Term& value, Iterator at) {
  std::string_view tag = state.Text(*at).substr(1);
  graph::Direction direction = graph::Direction::kNone;
  if (const size_t dashes = tag.find("--"); dashes != std::string_view::npos) {
    direction = tag.substr(dashes + 2) == "rtl" ? graph::Direction::kRtl : graph::Direction::kLtr;
    tag = tag.substr(0, dashes);
  }
  value = Term::LangLiteral(value.value(), std::string(tag), direction);
}

void SetDatatype(Term& value, std::string& datatype) {
  value = Term::Literal(value.value(), std::move(datatype));
}

void SetNumber(State& state, Term& value, Iterator at) {
  const bool is_integer = at->kind == Tok::kInteger || at->kind == Tok::kSignedInteger;
  const bool is_decimal = at->kind == Tok::kDecimal || at->kind == Tok::kSignedDecimal;
  const std::string_view type = is_integer   ? graph::xsd::kInteger
                                : is_decimal ? graph::xsd::kDecimal
                                             : graph::xsd::kDouble;
  value = Term::Literal(std::string(state.Text(*at)), std::string(type));
}

void SetBoolean(State&, Term& value, Iterator at) {
  value = Term::Literal(at->kind == Tok::kTrue ? "true" : "false", std::string(graph::xsd::kBoolean));
}

void SetVariable(Node& value, ast::Variable& variable) {
  value.kind = Node::Kind::kVariable;
  value.name = std::move(variable.name);
}

void SetIri(Node& value, std::string& iri) {
  value.kind = Node::Kind::kIri;
  value.name = std::move(iri);
}

void SetLiteral(Node& value, Term& literal) {
  value.kind = Node::Kind::kLiteral;
  value.literal = std::move(literal);
}

void SetRdfType(Node& value) { value.name = graph::rdf::kType; }
void SetNil(Node& value) { value.name = graph::rdf::kNil; }

void SetVariablePath(Path& value, ast::Variable& variable) {
  value.kind = Path::Kind::kVariable;
  value.name = std::move(variable.name);
}

void SetIriPath(Path& value, std::string& iri) { value.name = std::move(iri); }
void SetRdfTypePath(Path& value) { value.name = graph::rdf::kType; }

bool CheckExpressionTripleTerm(State& state, Node& value, Node& triple_term) {
  for (const Node* t = &triple_term; t->kind == Node::Kind::kTripleTerm; t = &t->children[2]) {
    const Node& subject = t->children[0];
    if (subject.kind != Node::Kind::kVariable && subject.kind != Node::Kind::kIri) {
      return state.Fail(subject.span,
                        "the subject of a triple term in an expression is a variable or an IRI");
    }
    if (t->children[2].kind == Node::Kind::kBlankNode) {
      return state.Fail(t->children[2].span,
                        "a triple term in an expression holds no blank nodes; use a variable or BNODE()");
    }
  }
  value = std::move(triple_term);
  return true;
}

namespace {

// Recursion is as deep as the brackets, which CheckNesting() bounds.
std::optional<Term> DataTerm(State& state, const Node& node) {
  if (node.kind == Node::Kind::kIri) return Term::Iri(node.name);
  if (node.kind == Node::Kind::kLiteral) return *node.literal;
  if (node.kind != Node::Kind::kTripleTerm) {
    state.Fail(node.span, "a triple term in VALUES holds only IRIs, literals and triple terms");
    return std::nullopt;
  }
  if (node.children[0].kind != Node::Kind::kIri) {
    state.Fail(node.children[0].span, "the subject of a triple term in VALUES is an IRI");
    return std::nullopt;
  }
  auto predicate = DataTerm(state, node.children[1]);
  auto object = DataTerm(state, node.children[2]);
  if (!predicate || !object) return std::nullopt;
  return Term::TripleTerm(Term::Iri(node.children[0].name), std::move(*predicate), std::move(*object));
}

}  // namespace

bool SetTripleTermData(State& state, std::optional<Term>& value, Node& triple_term) {
  value = DataTerm(state, triple_term);
  return value.has_value();
}

namespace rules {

BOOST_SPIRIT_INSTANTIATE(iri_type, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(variable_type, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(literal_type, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(var_or_iri_type, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(var_or_term_type, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(simple_verb_type, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(reified_triple_type, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(var_or_reifier_id_type, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(expression_triple_term_type, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(data_value_type, Iterator, Context)

}  // namespace rules

}  // namespace dossier::query::syntax
