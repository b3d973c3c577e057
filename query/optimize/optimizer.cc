#include "query/optimize/optimizer.h"

#include <algorithm>

#include "query/algebra/visit.h"
#include "query/optimize/rules.h"

namespace dossier::query::algebra {
namespace {

constexpr int kMaxRounds = 4;

// Before and after the children: filters travel down in one pass, joined patterns are gathered up in one.
bool ApplyEverywhere(NodePtr& node, const Rule& rule, const OptimizerOptions& options) {
  bool changed = rule.apply(node, options);
  ForEachChild(*node, [&](NodePtr& child) {
    if (child != nullptr) changed |= ApplyEverywhere(child, rule, options);
  });
  changed |= rule.apply(node, options);
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
      changed |= ApplyEverywhere(root, rule, options);
    }
    if (!changed) break;
  }
  return root;
}

}  // namespace dossier::query::algebra
