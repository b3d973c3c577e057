// Algebra -> algebra: a list of named rules, each sound by itself (SPARQL 1.1 §18) and each switchable off.
//
//   query.root = Optimize(std::move(query.root), {.disabled = {"push-filters"}});
//
// The list is run in order, and again until nothing changes (a few rounds at most). Join order, projection
// pruning and top-k are the planner's: the algebra says what, not how. Pure; thread-safe.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "query/algebra/algebra.h"

namespace dossier::query::algebra {

struct OptimizerOptions {
  std::vector<std::string_view> disabled;
  // Evaluates an expression without variables; nothing for an error. Empty: no constants are folded.
  std::function<std::optional<graph::Term>(const Expression&)> fold;
};

// One rewriting of a node (children are visited by the optimizer). Returns true when it changed something.
struct Rule {
  std::string_view name;
  bool (*apply)(NodePtr& node, const OptimizerOptions& options);
};

// fold-constants, split-conjunctions, push-filters, bind-equal, merge-bgps; in the order they run.
const std::vector<Rule>& Rules();

NodePtr Optimize(NodePtr root, const OptimizerOptions& options);

}  // namespace dossier::query::algebra
