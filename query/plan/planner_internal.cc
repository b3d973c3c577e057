#include "query/plan/planner_internal.h"

#include <algorithm>

namespace dossier::query::plan {
namespace {

using algebra::VarSet;

// A block whose patterns may be matched as quads with the graph's name as a fourth variable: every solution
// takes at least one quad, and its filters look only at what the block binds itself, so that they may be
// tested later, where the name is bound too.
bool IsQuadBlock(const algebra::Node& node, VarId graph) {
  if (const auto* op = std::get_if<algebra::Bgp>(&node.op)) return !op->triples.empty();
  if (const auto* op = std::get_if<algebra::Join>(&node.op)) {
    return IsQuadBlock(*op->left, graph) && IsQuadBlock(*op->right, graph);
  }
  if (const auto* op = std::get_if<algebra::Filter>(&node.op)) {
    const VarSet mentioned = algebra::VariablesOf(op->condition);
    return IsQuadBlock(*op->input, graph) && !algebra::HasExists(op->condition) &&
           !algebra::IsVolatile(op->condition) && !mentioned.Has(graph) &&
           algebra::CertainVariables(*op->input).Contains(mentioned);
  }
  return false;
}

}  // namespace

bool IsGroupMember(const algebra::Node& node) {
  if (const auto* op = std::get_if<algebra::Graph>(&node.op)) {
    return op->name.is_constant() || IsQuadBlock(*op->input, op->name.variable());
  }
  return std::holds_alternative<algebra::Bgp>(node.op) || std::holds_alternative<algebra::Join>(node.op) ||
         std::holds_alternative<algebra::Filter>(node.op) || std::holds_alternative<algebra::Path>(node.op);
}

bool CanTakeKeys(const algebra::Node& node) {
  if (const auto* op = std::get_if<algebra::Union>(&node.op))
    return CanTakeKeys(*op->left) && CanTakeKeys(*op->right);
  if (const auto* op = std::get_if<algebra::Filter>(&node.op))
    return !algebra::HasExists(op->condition) && CanTakeKeys(*op->input);
  if (const auto* op = std::get_if<algebra::Join>(&node.op))
    return CanTakeKeys(*op->left) && CanTakeKeys(*op->right);
  if (const auto* op = std::get_if<algebra::Graph>(&node.op))
    return IsGroupMember(node) && CanTakeKeys(*op->input);
  return std::holds_alternative<algebra::Bgp>(node.op) || std::holds_alternative<algebra::Path>(node.op) ||
         std::holds_alternative<algebra::Values>(node.op);
}

bool IsSelfContained(const algebra::Node& node) {
  if (std::holds_alternative<algebra::Bgp>(node.op) || std::holds_alternative<algebra::Values>(node.op))
    return true;
  if (const auto* op = std::get_if<algebra::Path>(&node.op)) return !algebra::MatchesZeroLength(op->path);
  if (const auto* op = std::get_if<algebra::Join>(&node.op))
    return IsSelfContained(*op->left) && IsSelfContained(*op->right);
  if (const auto* op = std::get_if<algebra::Union>(&node.op))
    return IsSelfContained(*op->left) && IsSelfContained(*op->right);
  if (const auto* op = std::get_if<algebra::Filter>(&node.op)) {
    return !algebra::HasExists(op->condition) && IsSelfContained(*op->input) &&
           algebra::CertainVariables(*op->input).Contains(algebra::VariablesOf(op->condition));
  }
  if (const auto* op = std::get_if<algebra::Graph>(&node.op))
    return op->name.is_constant() && IsSelfContained(*op->input);
  return false;
}

bool IsCountable(const Scan& scan) {
  std::vector<VarId> seen;
  for (const Slot* slot : {&scan.subject, &scan.predicate, &scan.object}) {
    if (slot->is_variable()) seen.push_back(slot->variable);
  }
  if (scan.graph.kind == GraphSlot::Kind::kVariable) seen.push_back(scan.graph.variable);
  std::sort(seen.begin(), seen.end());
  return std::adjacent_find(seen.begin(), seen.end()) == seen.end() &&
         scan.graph.kind != GraphSlot::Kind::kCurrent;
}

PlanPtr Narrow(PlanPtr plan, const VarSet& wanted) {
  const bool narrow = std::all_of(plan->columns.begin(), plan->columns.end(),
                                  [&](const Column& c) { return wanted.Has(c.variable); });
  if (narrow) return plan;
  auto node = std::make_shared<PlanNode>();
  node->op = Project{};
  for (const Column& column : plan->columns) {
    if (wanted.Has(column.variable)) node->columns.push_back(column);
  }
  for (VarId v : plan->sorted) {
    if (!wanted.Has(v)) break;
    node->sorted.push_back(v);
  }
  node->rows = plan->rows;
  node->cost = plan->cost;
  node->children = {std::move(plan)};
  return node;
}

}  // namespace dossier::query::plan
