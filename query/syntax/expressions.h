// What the actions of the expression rules do (see terms.h).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "query/syntax/ast.h"
#include "query/syntax/state.h"

namespace dossier::query::syntax {

// Makes `value` the first operand of a new expression of kind `kind`, unless it is such a chain already: a +
// b + c is one flat node.
void Chain(ast::Expression& value, ast::Expression::Kind kind);

template <ast::Expression::Kind kind>
void AddChained(ast::Expression& value, ast::Expression& operand) {
  Chain(value, kind);
  value.operands.push_back(std::move(operand));
}

algebra::Function OperatorOf(Tok kind);

template <ast::Expression::Kind kind>
void StartOperator(State&, ast::Expression& value, Iterator at) {
  Chain(value, kind);
  value.operators.push_back(OperatorOf(at->kind));
}

void StartComparison(State& state, ast::Expression& value, Iterator at);
void MakeIn(ast::Expression& value, algebra::Function function, std::vector<ast::Expression>& list);
template <algebra::Function function>
void SetIn(ast::Expression& value, std::vector<ast::Expression>& list) {
  MakeIn(value, function, list);
}
void AddSigned(ast::Expression& value, ast::Expression& operand);
void MakeUnary(ast::Expression& value, algebra::Function function, ast::Expression& operand);
template <algebra::Function function>
void SetUnary(ast::Expression& value, ast::Expression& operand) {
  MakeUnary(value, function, operand);
}

void SetIriTerm(ast::Expression& value, std::string& iri);
void SetLiteralTerm(ast::Expression& value, graph::Term& literal);
void SetVariableTerm(ast::Expression& value, ast::Variable& variable);
void SetNodeTerm(ast::Expression& value, ast::Node& node);

void StartBuiltin(State& state, ast::Expression& value, Iterator at);
bool SetBuiltinArguments(State& state, ast::Expression& value, std::vector<ast::Expression>& arguments);
void SetFunctionName(ast::Expression& value, std::string& iri);
void SetArguments(ast::Expression& value, std::vector<ast::Expression>& arguments);

void StartAggregate(State& state, ast::Expression& value, Iterator at);
bool CheckStar(State& state, ast::Expression& value, Iterator at);
bool CheckSeparator(State& state, ast::Expression& value, Iterator at);
void SetSeparator(State& state, ast::Expression& value, Iterator at);

template <ast::Expression::Kind kind>
void SetExists(ast::Expression& value, ast::GroupPattern& pattern) {
  value.kind = kind;
  value.pattern = std::move(pattern);
}

}  // namespace dossier::query::syntax
