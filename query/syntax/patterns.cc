#include "query/syntax/patterns.h"

#include <utility>

#include "graph/base/strings.h"
#include "query/syntax/patterns_def.h"

namespace dossier::query::syntax {

using ast::GroupElement;
using ast::GroupPattern;

void SetSubSelect(GroupPattern& value, ast::Query& query) {
  GroupElement element;
  element.kind = GroupElement::Kind::kSubSelect;
  element.span = query.span;
  element.query = std::move(query);
  value.elements.push_back(std::move(element));
}

void AddTriples(GroupPattern& value, std::vector<ast::Triples>& triples) {
  GroupElement element;
  element.kind = GroupElement::Kind::kTriples;
  element.span = triples.front().subject.span;
  element.triples = std::move(triples);
  value.elements.push_back(std::move(element));
}

void SetGroupOrUnion(GroupElement& value) {
  value.kind = value.groups.size() == 1 ? GroupElement::Kind::kGroup : GroupElement::Kind::kUnion;
}

void SetName(GroupElement& value, ast::Node& name) { value.name = std::move(name); }

void SetFilter(GroupElement& value, ast::Expression& condition) {
  value.kind = GroupElement::Kind::kFilter;
  value.expression = std::move(condition);
}

void SetBind(GroupElement& value, ast::Expression& expression) {
  value.kind = GroupElement::Kind::kBind;
  value.expression = std::move(expression);
}

void SetValues(GroupElement& value, ast::Values& values) {
  value.kind = GroupElement::Kind::kValues;
  value.values = std::move(values);
}

void StartRow(State&, ast::Values& value, Iterator at) { value.span = ast::Span{{at->begin, at->end}}; }

bool AddRow(State& state, ast::Values& value, std::vector<std::optional<graph::Term>>& row) {
  if (row.size() != value.variables.size()) {
    return state.Fail(value.span, Cat("this row of VALUES has ", row.size(),
                                      row.size() == 1 ? " value" : " values", " for ", value.variables.size(),
                                      value.variables.size() == 1 ? " variable" : " variables"));
  }
  value.rows.push_back(std::move(row));
  return true;
}

namespace rules {

BOOST_SPIRIT_INSTANTIATE(triples_block_type, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(group_pattern_type, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(data_block_type, Iterator, Context)

}  // namespace rules
}  // namespace dossier::query::syntax
