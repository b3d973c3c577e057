// What the actions of the query rules do (see terms.h).
#pragma once

#include <vector>

#include "query/syntax/ast.h"
#include "query/syntax/state.h"

namespace dossier::query::syntax {

template <ast::Query::Form form>
void SetForm(ast::Query& value) {
  value.form = form;
}
void SetVariableExpression(ast::Expression& value, ast::Variable& variable);
void SetProjected(ast::Projection& value, ast::Expression& expression);
bool SetLimit(State& state, ast::SolutionModifier& value, Iterator at);
bool SetOffset(State& state, ast::SolutionModifier& value, Iterator at);
void SetOnlyTriples(ast::GroupPattern& value, std::vector<ast::Triples>& triples);
void SetShortConstruct(ast::Query& value, ast::GroupPattern& pattern);
bool DeclareBase(State& state, ast::Query& value, Iterator at);
bool DeclarePrefix(State& state, ast::Query& value,
                   Iterator at);  // the namespace is the token in front of `at`
void SetQueryBase(State& state, ast::Query& value, Iterator at);

}  // namespace dossier::query::syntax
