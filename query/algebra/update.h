// The algebra of one DELETE/INSERT operation: a query for its solutions, and templates of quads to remove and to insert for each.
//
//   ASSIGN_OR_RETURN(algebra::Modify modify, TranslateModify(operation));   // INSERT DATA, DELETE DATA and DELETE WHERE too
//
// The query's `projection` are the variables of the templates, and its dataset clauses are USING; `blanks` are the variables that
// stand for blank nodes of the INSERT template, a fresh node each for every solution. WITH is in the templates' graphs; its part in the
// pattern is for who runs the query. Errors as Translate(). Thread-safe (a pure function).
#pragma once

#include <optional>
#include <vector>

#include "graph/base/status.h"
#include "query/algebra/algebra.h"
#include "query/syntax/update_ast.h"

namespace dossier::query {

namespace algebra {

struct QuadTemplate {
  std::optional<PatternTerm> graph;  // nothing: the default graph
  TriplePattern triple;
};

struct Modify {
  Query query;
  std::vector<QuadTemplate> remove, insert;
  std::vector<VarId> blanks;
};

}  // namespace algebra

absl::StatusOr<algebra::Modify> TranslateModify(const ast::UpdateOperation& operation);

}  // namespace dossier::query
