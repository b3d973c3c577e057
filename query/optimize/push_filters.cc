#include "query/optimize/rules.h"
#include "query/optimize/variables.h"

namespace dossier::query::algebra {
namespace {

void Wrap(NodePtr& target, const Expression& condition) {
  target = Make(Filter{std::move(target), condition});
}

// A filter is copied into every branch of a union: only small ones into few branches.
constexpr int kMaxCopiedSize = 64;
constexpr int kMaxBranches = 256;

int SizeOf(const Expression& expression) {
  const auto* call = std::get_if<Call>(&expression.value);
  int size = 1;
  if (call == nullptr) return size;
  for (const Expression& arg : call->args) {
    size += SizeOf(arg);
    if (size > kMaxCopiedSize) break;
  }
  return size;
}

int BranchesOf(const Node& node) {
  const auto* op = std::get_if<Union>(&node.op);
  if (op == nullptr) return 1;
  const int left = BranchesOf(*op->left);
  return left > kMaxBranches ? left : left + BranchesOf(*op->right);
}

// The condition sees the same values in `inner` as in the node around it that can bind `possible` in all.
bool SeesTheSame(const VarSet& mentioned, const VarSet& possible, const Node& inner) {
  return CertainVariables(inner).Contains(mentioned.Intersection(possible));
}

// Pushes into the operand(s) of `input` where that is sound; true when it did (the filter itself is then
// superfluous).
bool PushInto(Node& input, const Expression& condition) {
  const VarSet mentioned = VariablesOf(condition);
  const bool exists = HasExists(condition);
  if (auto* op = std::get_if<Join>(&input.op)) {
    const VarSet possible = PossibleVariables(input);
    for (NodePtr* side : {&op->left, &op->right}) {
      // Plain patterns stay together: the planner places filters among them.
      if (!SeesTheSame(mentioned, possible, **side) || std::holds_alternative<Bgp>((*side)->op)) continue;
      Wrap(*side, condition);
      return true;
    }
    return false;
  }
  if (auto* op = std::get_if<LeftJoin>(&input.op)) {
    // A left row that fails would only fail later, joined or not.
    if (!SeesTheSame(mentioned, PossibleVariables(*op->right), *op->left)) return false;
    Wrap(op->left, condition);
    return true;
  }
  if (auto* op = std::get_if<Minus>(&input.op)) {
    Wrap(op->left, condition);
    return true;
  }
  if (auto* op = std::get_if<Union>(&input.op)) {
    if (SizeOf(condition) > kMaxCopiedSize || BranchesOf(input) > kMaxBranches) return false;
    Wrap(op->left, condition);
    Wrap(op->right, condition);
    return true;
  }
  if (auto* op = std::get_if<Extend>(&input.op)) {
    if (mentioned.Has(op->variable) || IsVolatile(op->expression)) return false;
    Wrap(op->input, condition);
    return true;
  }
  if (auto* op = std::get_if<Graph>(&input.op)) {
    // EXISTS would be matched in another graph; the name is only bound outside.
    if (exists || (op->name.is_variable() && mentioned.Has(op->name.variable()))) return false;
    Wrap(op->input, condition);
    return true;
  }
  if (auto* op = std::get_if<Group>(&input.op)) {
    VarSet keys;
    for (VarId key : op->keys) keys.Add(key);
    if (op->implicit || !keys.Contains(mentioned.Intersection(PossibleVariables(*op->input))) ||
        !keys.Contains(mentioned))
      return false;
    Wrap(op->input, condition);
    return true;
  }
  if (auto* op = std::get_if<Project>(&input.op)) {
    VarSet visible;
    for (VarId v : op->variables) visible.Add(v);
    if (!visible.Contains(mentioned) || std::holds_alternative<OrderBy>(op->input->op)) return false;
    Wrap(op->input, condition);
    return true;
  }
  if (auto* op = std::get_if<Distinct>(&input.op)) {
    Wrap(op->input, condition);
    return true;
  }
  return false;
}

}  // namespace

bool PushFilters(NodePtr& node, const OptimizerOptions&) {
  bool changed = false;
  while (auto* filter = std::get_if<Filter>(&node->op)) {
    if (IsVolatile(filter->condition)) return changed;
    // Filters commute: look below a chain of them.
    Node* input = filter->input.get();
    while (auto* inner = std::get_if<Filter>(&input->op)) input = inner->input.get();
    if (!PushInto(*input, filter->condition)) return changed;
    NodePtr rest = std::move(filter->input);
    node = std::move(rest);
    changed = true;
  }
  return changed;
}

}  // namespace dossier::query::algebra
