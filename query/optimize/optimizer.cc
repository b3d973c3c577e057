#include "query/optimize/optimizer.h"

#include <algorithm>

#include "query/algebra/visit.h"
#include "query/optimize/rules.h"

namespace dossier::query::algebra {
namespace {

constexpr int kMaxRounds = 4;

bool ApplyTopDown(NodePtr& node, const Rule& rule, const OptimizerOptions& options) {
  bool changed = rule.apply(node, options);
  ForEachChild(*node, [&](NodePtr& child) {
    if (child != nullptr) changed |= ApplyTopDown(child, rule, options);
  });
  return changed;
}

}  // namespace

const std::vector<Rule>& Rules() {
  static const std::vector<Rule> rules = {{"fold-constants", FoldConstants},
                                          {"split-conjunctions", SplitConjunctions},
                                          {"push-filters", PushFilters},
                                          {"bind-equal", BindEqual},
                                          {"merge-bgps", MergeBgps}};
  return rules;
}

NodePtr Optimize(NodePtr root, const OptimizerOptions& options) {
  for (int round = 0; round < kMaxRounds; ++round) {
    bool changed = false;
    for (const Rule& rule : Rules()) {
      if (std::find(options.disabled.begin(), options.disabled.end(), rule.name) != options.disabled.end())
        continue;
      changed |= ApplyTopDown(root, rule, options);
    }
    if (!changed) break;
  }
  return root;
}

}  // namespace dossier::query::algebra
