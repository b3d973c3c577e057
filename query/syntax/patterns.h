// What the actions of the pattern rules do (see terms.h).
#pragma once

#include <optional>
#include <vector>

#include "query/syntax/ast.h"
#include "query/syntax/state.h"

namespace dossier::query::syntax {

void SetSubSelect(ast::GroupPattern& value, ast::Query& query);
void AddTriples(ast::GroupPattern& value, std::vector<ast::Triples>& triples);

template <ast::GroupElement::Kind kind>
void SetKind(ast::GroupElement& value) {
  value.kind = kind;
}
void SetGroupOrUnion(ast::GroupElement& value);
void SetName(ast::GroupElement& value, ast::Node& name);
void SetFilter(ast::GroupElement& value, ast::Expression& condition);
void SetBind(ast::GroupElement& value, ast::Expression& expression);
void SetValues(ast::GroupElement& value, ast::Values& values);

// A row of VALUES must be as long as the list of variables; `at` is where it starts.
void StartRow(State& state, ast::Values& value, Iterator at);
bool AddRow(State& state, ast::Values& value, std::vector<std::optional<graph::Term>>& row);

}  // namespace dossier::query::syntax
