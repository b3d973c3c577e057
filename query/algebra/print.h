// Algebra -> an indented s-expression, for golden tests and EXPLAIN.
//
//   Print(query)    // (select (?who)
//                   //   (project (?who)
//                   //     (bgp
//                   //       (triple ?who <urn:dossier:relation/dismiss> ?whom))))
//
// Variables are shown by name; where several have one name, the second is ?x.2 and so on. The same tree always prints the same. Ends
// without a newline. Thread-safe. Recursion is as deep as the tree.
#pragma once

#include <string>
#include <vector>

#include "query/algebra/algebra.h"

namespace dossier::query::algebra {

std::string Print(const Query& query);
std::string Print(const Node& node, const std::vector<Variable>& variables);
std::string Print(const Expression& expression, const std::vector<Variable>& variables);
std::string Print(const PathExpression& path);

}  // namespace dossier::query::algebra
