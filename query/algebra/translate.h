// AST -> algebra (SPARQL 1.1 §18.2, SPARQL 1.2 for triple terms and reifiers).
//
//   ASSIGN_OR_RETURN(ast::Query tree, ParseQuery(text, options));
//   ASSIGN_OR_RETURN(algebra::Query query, Translate(tree));
//
// The tree must come from ParseQuery(), which has checked it. Fails only with InvalidArgument where the algebra would be deeper than
// kMaxDepth (long chains of arithmetic operators, OPTIONALs and so on within one another), so that everything behind may recurse. UNION,
// && and || are associative and come out balanced; their length has no limit. Thread-safe (a pure function).
#pragma once

#include "graph/base/status.h"
#include "query/algebra/algebra.h"
#include "query/syntax/ast.h"

namespace dossier::query {

inline constexpr int kMaxDepth = 1000;

absl::StatusOr<algebra::Query> Translate(const ast::Query& tree);

}  // namespace dossier::query
