#include <iterator>

#include "query/optimize/rules.h"

namespace dossier::query::algebra {
namespace {

bool IsUnit(const Node& node) {
  const auto* bgp = std::get_if<Bgp>(&node.op);
  return bgp != nullptr && bgp->triples.empty();
}

// Each part becomes a level of the tree, which must not get deep.
constexpr int kMaxParts = 64;

int CountParts(const Expression& expression) {
  const auto* call = std::get_if<Call>(&expression.value);
  if (call == nullptr || call->function != Function::kAnd) return 1;
  int parts = 0;
  for (const Expression& arg : call->args) {
    parts += CountParts(arg);
    if (parts > kMaxParts) break;
  }
  return parts;
}

}  // namespace

bool SplitConjunctions(NodePtr& node, const OptimizerOptions&) {
  bool changed = false;
  while (auto* filter = std::get_if<Filter>(&node->op)) {
    auto* call = std::get_if<Call>(&filter->condition.value);
    if (call == nullptr || call->function != Function::kAnd || call->args.size() < 2 ||
        CountParts(filter->condition) > kMaxParts) {
      return changed;
    }
    NodePtr inner = std::move(filter->input);
    std::vector<Expression> parts = std::move(call->args);
    for (size_t i = parts.size(); i-- > 0;) inner = Make(Filter{std::move(inner), std::move(parts[i])});
    node = std::move(inner);
    changed = true;
  }
  return changed;
}

bool MergeBgps(NodePtr& node, const OptimizerOptions&) {
  bool changed = false;
  while (auto* join = std::get_if<Join>(&node->op)) {
    auto* left = std::get_if<Bgp>(&join->left->op);
    auto* right = std::get_if<Bgp>(&join->right->op);
    NodePtr merged;
    if (left != nullptr && right != nullptr) {
      left->triples.insert(left->triples.end(), std::make_move_iterator(right->triples.begin()),
                           std::make_move_iterator(right->triples.end()));
      merged = std::move(join->left);
    } else if (IsUnit(*join->left)) {
      merged = std::move(join->right);
    } else if (IsUnit(*join->right)) {
      merged = std::move(join->left);
    } else {
      return changed;
    }
    node = std::move(merged);
    changed = true;
  }
  return changed;
}

}  // namespace dossier::query::algebra
