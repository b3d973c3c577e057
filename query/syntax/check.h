// The rules of SPARQL that no grammar says (SPARQL 1.2 §19.7 notes, §18.2.1 variable scope): scope of BIND
// and AS, projection under GROUP BY, aggregates inside aggregates, blank node labels of two basic graph
// patterns, paths where only predicates may stand, variables in data, blank nodes in what is deleted, ...
//
//   RETURN_IF_ERROR(CheckQuery(text, tree));   RETURN_IF_ERROR(CheckUpdate(text, update));
//
// Errors are SyntaxErrorAt() in `text`. Thread-safe (a pure function).
#pragma once

#include <string_view>

#include "graph/base/status.h"
#include "query/syntax/ast.h"
#include "query/syntax/update_ast.h"

namespace dossier::query::syntax {

absl::Status CheckQuery(std::string_view text, const ast::Query& query);
absl::Status CheckUpdate(std::string_view text, const ast::Update& update);

}  // namespace dossier::query::syntax
