// What the actions of the term rules do. Functions of (state, value, attribute) as Do() in grammar.h takes
// them; bool ones fail the parse with false, after State::Fail() has said why.
#pragma once

#include <optional>
#include <string>

#include "query/syntax/ast.h"
#include "query/syntax/state.h"

namespace dossier::query::syntax {

void StartString(State& state, graph::Term& value, Iterator at);
void SetLanguage(State& state, graph::Term& value, Iterator at);
void SetDatatype(graph::Term& value, std::string& datatype);
void SetNumber(State& state, graph::Term& value, Iterator at);
void SetBoolean(State& state, graph::Term& value, Iterator at);

void SetVariable(ast::Node& value, ast::Variable& variable);
void SetIri(ast::Node& value, std::string& iri);
void SetLiteral(ast::Node& value, graph::Term& literal);
void SetRdfType(ast::Node& value);
void SetNil(ast::Node& value);
void SetVariablePath(ast::Path& value, ast::Variable& variable);
void SetIriPath(ast::Path& value, std::string& iri);
void SetRdfTypePath(ast::Path& value);

// Triple terms of expressions and of VALUES hold less than those of patterns (SPARQL 1.2: ExprTripleTerm,
// TripleTermData).
bool CheckExpressionTripleTerm(State& state, ast::Node& value, ast::Node& triple_term);
bool SetTripleTermData(State& state, std::optional<graph::Term>& value, ast::Node& triple_term);

}  // namespace dossier::query::syntax
