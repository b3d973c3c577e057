#include "query/syntax/queries.h"

#include <charconv>
#include <utility>

#include "query/syntax/queries_def.h"

namespace dossier::query::syntax {

using ast::Query;

void SetVariableExpression(ast::Expression& value, ast::Variable& variable) {
  ast::Node node;
  node.kind = ast::Node::Kind::kVariable;
  node.span = variable.span;
  node.name = std::move(variable.name);
  value.kind = ast::Expression::Kind::kTerm;
  value.node = std::move(node);
}

void SetProjected(ast::Projection& value, ast::Expression& expression) {
  value.expression = std::move(expression);
}

namespace {

bool SetCount(State& state, std::optional<uint64_t>& value, Iterator at) {
  const std::string_view digits = state.Text(*at);
  uint64_t count = 0;
  if (std::from_chars(digits.data(), digits.data() + digits.size(), count).ec != std::errc()) {
    return state.Fail({at->begin, at->end}, "this number is too large; 18446744073709551615 is the most");
  }
  value = count;
  return true;
}

}  // namespace

bool SetLimit(State& state, ast::SolutionModifier& value, Iterator at) {
  return SetCount(state, value.limit, at);
}
bool SetOffset(State& state, ast::SolutionModifier& value, Iterator at) {
  return SetCount(state, value.offset, at);
}

void SetOnlyTriples(ast::GroupPattern& value, std::vector<ast::Triples>& triples) {
  ast::GroupElement element;
  element.kind = ast::GroupElement::Kind::kTriples;
  element.span = triples.front().subject.span;
  element.triples = std::move(triples);
  value.elements.push_back(std::move(element));
}

void SetShortConstruct(Query& value, ast::GroupPattern& pattern) {
  value.construct_where = true;
  value.where = std::move(pattern);
}

bool DeclareBase(State& state, Query&, Iterator at) { return state.SetBase(*at); }

bool DeclarePrefix(State& state, Query&, Iterator at) {
  std::string_view prefix = state.Text(*(at - 1));
  prefix.remove_suffix(1);
  return state.DeclarePrefix(prefix, *at);
}

void SetQueryBase(State& state, Query& value, Iterator) { value.base = state.base(); }

namespace rules {

BOOST_SPIRIT_INSTANTIATE(prologue_type, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(sub_select_type, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(query_type, Iterator, Context)

}  // namespace rules
}  // namespace dossier::query::syntax
