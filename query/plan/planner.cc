#include "query/plan/planner.h"

#include <algorithm>

#include "query/exec/batch.h"
#include "query/plan/planner_internal.h"

namespace dossier::query::plan {

using algebra::Expression;

absl::StatusOr<PlanPtr> Planner::Plan(const algebra::Node& root, const VarSet& required,
                                      const GraphSlot& active) {
  return PlanNodeOf(root, required, active, nullptr);
}

absl::StatusOr<PlanPtr> Planner::PlanNodeOf(const algebra::Node& node, const VarSet& required,
                                            const GraphSlot& active, const PlanPtr& keys) {
  RETURN_IF_ERROR(vocabulary_.context().Check());
  const std::optional<uint64_t> top = std::exchange(top_, std::nullopt);
  if (std::holds_alternative<algebra::Union>(node.op)) return PlanUnion(node, required, active, keys);
  if (const auto* op = std::get_if<algebra::Graph>(&node.op); op != nullptr && !IsGroupMember(node))
    return PlanGraph(*op, required);
  if (IsGroupMember(node) || keys != nullptr) return PlanGroup(node, required, active, keys);
  if (const auto* op = std::get_if<algebra::LeftJoin>(&node.op)) return PlanLeftJoin(*op, required, active);
  if (const auto* op = std::get_if<algebra::Minus>(&node.op)) return PlanMinus(*op, required, active);
  if (const auto* op = std::get_if<algebra::Extend>(&node.op)) return PlanExtend(*op, required, active);
  if (const auto* op = std::get_if<algebra::Values>(&node.op)) return PlanValues(*op, required);
  if (const auto* op = std::get_if<algebra::Group>(&node.op)) return PlanGroupBy(*op, active);
  if (const auto* op = std::get_if<algebra::Slice>(&node.op)) return PlanSlice(*op, required, active);
  if (const auto* op = std::get_if<algebra::Distinct>(&node.op))
    return PlanDistinct(*op->input, false, active);
  if (const auto* op = std::get_if<algebra::Reduced>(&node.op)) return PlanDistinct(*op->input, true, active);
  top_ = top;
  if (const auto* op = std::get_if<algebra::Project>(&node.op)) return PlanProject(*op, required, active);
  if (const auto* op = std::get_if<algebra::OrderBy>(&node.op)) return PlanOrderBy(*op, required, active);
  top_ = std::nullopt;
  return PlanService(std::get<algebra::Service>(node.op), MakeUnit(1), required, false);
}

absl::StatusOr<PlanPtr> Planner::PlanLeftJoin(const algebra::LeftJoin& op, const VarSet& required,
                                              const GraphSlot& active) {
  VarSet needed = required;
  needed.AddAll(algebra::PossibleVariables(*op.left).Intersection(algebra::PossibleVariables(*op.right)));
  if (op.condition) needed.AddAll(algebra::VariablesOf(*op.condition));
  const auto* const service = std::get_if<algebra::Service>(&op.right->op);
  if (service != nullptr) needed.AddAll(algebra::MentionedVariables(*op.right));
  ASSIGN_OR_RETURN(PlanPtr left, PlanNodeOf(*op.left, needed, active, nullptr));
  if (service != nullptr && !op.condition) return PlanService(*service, std::move(left), required, true);
  ASSIGN_OR_RETURN(RightSide right, PlanRight(*left, *op.right, needed, active));
  auto node = std::make_shared<PlanNode>();
  node->graph = active;
  for (const Column& column : left->columns) {
    if (required.Has(column.variable)) node->columns.push_back(column);
  }
  for (const Column& column : right.plan->columns) {
    if (required.Has(column.variable) && node->ColumnOf(column.variable) < 0)
      node->columns.push_back({column.variable, true});
  }
  node->op = LeftJoin{op.condition, right.keyed, right.keys};
  node->rows = left->rows * 1.2;
  node->cost = left->cost + right.plan->cost + left->rows + right.plan->rows;
  node->children = {std::move(left), std::move(right.plan)};
  return node;
}

absl::StatusOr<Planner::RightSide> Planner::PlanRight(const PlanNode& left, const algebra::Node& right,
                                                      const VarSet& required, const GraphSlot& active) {
  RightSide side;
  ASSIGN_OR_RETURN(side.plan, PlanNodeOf(right, required, active, nullptr));
  if (!options_.optimize || !CanTakeKeys(right)) return side;
  const VarSet certain = algebra::CertainVariables(right);
  auto source = std::make_shared<PlanNode>();
  source->op = KeySource{};
  VarSet needed = required;
  for (const Column& column : left.columns) {
    if (column.maybe_unbound || !certain.Has(column.variable) || side.plan->ColumnOf(column.variable) < 0)
      continue;
    source->columns.push_back({column.variable});
    side.keys.push_back(column.variable);
    needed.Add(column.variable);
  }
  if (side.keys.empty()) return side;
  source->rows = std::clamp(left.rows, 1.0, static_cast<double>(Batch::kCapacity));
  ASSIGN_OR_RETURN(PlanPtr keyed, PlanNodeOf(right, needed, active, source));
  const double rounds = std::max(1.0, left.rows / static_cast<double>(Batch::kCapacity));
  if (keyed->cost * rounds < side.plan->cost) {
    side.plan = std::move(keyed);
    side.keyed = true;
  } else {
    side.keys.clear();
  }
  return side;
}

absl::StatusOr<PlanPtr> Planner::PlanMinus(const algebra::Minus& op, const VarSet& required,
                                           const GraphSlot& active) {
  const VarSet shared =
      algebra::PossibleVariables(*op.left).Intersection(algebra::PossibleVariables(*op.right));
  if (shared.empty()) return PlanNodeOf(*op.left, required, active, nullptr);
  VarSet needed = required;
  needed.AddAll(shared);
  ASSIGN_OR_RETURN(PlanPtr left, PlanNodeOf(*op.left, needed, active, nullptr));
  ASSIGN_OR_RETURN(PlanPtr right, PlanNodeOf(*op.right, shared, active, nullptr));
  auto node = std::make_shared<PlanNode>();
  node->op = Minus{};
  for (const Column& column : left->columns) {
    if (required.Has(column.variable)) node->columns.push_back(column);
  }
  node->rows = left->rows * 0.5;
  node->cost = left->cost + right->cost + left->rows + 2 * right->rows;
  node->children = {std::move(left), std::move(right)};
  return node;
}

absl::StatusOr<PlanPtr> Planner::PlanUnion(const algebra::Node& root, const VarSet& required,
                                           const GraphSlot& active, const PlanPtr& keys) {
  std::vector<const algebra::Node*> branches, open = {&root};
  while (!open.empty()) {
    const algebra::Node* node = open.back();
    open.pop_back();
    if (const auto* op = std::get_if<algebra::Union>(&node->op)) {
      open.push_back(op->right.get());
      open.push_back(op->left.get());
    } else {
      branches.push_back(node);
    }
  }
  auto node = std::make_shared<PlanNode>();
  node->op = Union{};
  for (const algebra::Node* branch : branches) {
    ASSIGN_OR_RETURN(PlanPtr child, PlanNodeOf(*branch, required, active, keys));
    node->rows += child->rows;
    node->cost += child->cost + child->rows * 0.5;
    for (const Column& column : child->columns) {
      if (node->ColumnOf(column.variable) < 0) node->columns.push_back(column);
    }
    node->children.push_back(std::move(child));
  }
  for (Column& column : node->columns) {
    for (const PlanPtr& child : node->children) column.maybe_unbound |= !child->IsCertain(column.variable);
  }
  return node;
}

absl::StatusOr<PlanPtr> Planner::PlanGraph(const algebra::Graph& op, const VarSet& required) {
  // The block is evaluated in each named graph alone and only then joined with the variable (SPARQL 1.1 §18.6
  // Evaluation of Graph).
  const VarId variable = op.name.variable();
  VarSet needed = required;
  needed.Add(variable);
  GraphSlot current;
  current.kind = GraphSlot::Kind::kCurrent;
  ASSIGN_OR_RETURN(PlanPtr child, PlanNodeOf(*op.input, needed, current, nullptr));
  ASSIGN_OR_RETURN(const std::vector<TermId> graphs, dataset_.NamedGraphs());
  auto node = std::make_shared<PlanNode>();
  node->op = GraphLoop{variable};
  for (const Column& column : child->columns) {
    if (column.variable != variable && required.Has(column.variable)) node->columns.push_back(column);
  }
  if (required.Has(variable)) node->columns.push_back({variable});
  const auto count = static_cast<double>(std::max<size_t>(1, graphs.size()));
  node->rows = child->rows;
  node->cost = child->cost + 20 * count;
  node->children = {std::move(child)};
  return node;
}

absl::StatusOr<PlanPtr> Planner::PlanExtend(const algebra::Extend& op, const VarSet& required,
                                            const GraphSlot& active) {
  VarSet needed = required;
  needed.Remove(op.variable);
  if (!required.Has(op.variable)) return PlanNodeOf(*op.input, needed, active, nullptr);
  needed.AddAll(algebra::VariablesOf(op.expression));
  ASSIGN_OR_RETURN(PlanPtr input, PlanNodeOf(*op.input, needed, active, nullptr));
  auto node = std::make_shared<PlanNode>();
  node->graph = active;
  node->op = Extend{op.variable, op.expression};
  node->columns = input->columns;
  node->columns.push_back({op.variable, !std::holds_alternative<graph::Term>(op.expression.value)});
  node->sorted = input->sorted;
  node->rows = input->rows;
  node->cost = input->cost + 2 * input->rows;
  node->children = {std::move(input)};
  return node;
}

absl::StatusOr<PlanPtr> Planner::PlanValues(const algebra::Values& op, const VarSet& required) {
  auto node = std::make_shared<PlanNode>();
  Rows rows;
  rows.count = op.rows.size();
  for (size_t v = 0; v < op.variables.size(); ++v) {
    if (!required.Has(op.variables[v])) continue;
    std::vector<TermId> column;
    Column info{op.variables[v]};
    for (const auto& row : op.rows) {
      TermId id;
      if (row[v]) {
        ASSIGN_OR_RETURN(id, vocabulary_.Intern(*row[v]));
      } else {
        info.maybe_unbound = true;
      }
      column.push_back(id);
    }
    node->columns.push_back(info);
    rows.columns.push_back(std::move(column));
  }
  node->rows = static_cast<double>(rows.count);
  node->cost = node->rows;
  node->op = std::move(rows);
  return node;
}

absl::StatusOr<PlanPtr> Planner::PlanGroupBy(const algebra::Group& op, const GraphSlot& active) {
  VarSet needed;
  for (VarId v : op.keys) needed.Add(v);
  bool counts_only = op.implicit && !op.aggregates.empty();
  bool distinct_rows = false;
  for (const algebra::AggregateCall& aggregate : op.aggregates) {
    if (aggregate.argument) needed.AddAll(algebra::VariablesOf(*aggregate.argument));
    counts_only &=
        aggregate.function == algebra::Aggregate::kCount && !aggregate.distinct && !aggregate.argument;
    distinct_rows |= aggregate.distinct && !aggregate.argument;  // COUNT(DISTINCT *) looks at all variables
  }
  if (distinct_rows) {
    for (VarId v : algebra::PossibleVariables(*op.input).ToVector()) {
      const bool hidden =
          (*options_.variables)[static_cast<size_t>(v)].hidden;  // blank nodes are no part of solutions
      if (!hidden) needed.Add(v);
    }
  }
  ASSIGN_OR_RETURN(PlanPtr input, PlanNodeOf(*op.input, needed, active, nullptr));
  if (distinct_rows) input = Narrow(std::move(input), needed);
  auto node = std::make_shared<PlanNode>();
  node->graph = active;
  for (VarId v : op.keys) {
    if (node->ColumnOf(v) < 0) node->columns.push_back({v, !input->IsCertain(v)});
  }
  for (const algebra::AggregateCall& a : op.aggregates) {
    node->columns.push_back({a.result, a.function != algebra::Aggregate::kCount});
  }
  const auto* scan = std::get_if<Scan>(&input->op);
  if (options_.optimize && counts_only && scan != nullptr && IsCountable(*scan) &&
      dataset_.CountsExactly(TargetOf(scan->graph))) {
    node->op = CountScan{*scan};
    node->rows = 1;
    node->cost = input->rows * 0.5;
    return node;
  }
  node->op = Group{op.keys, op.aggregates, op.implicit};
  node->rows = op.implicit ? 1 : std::max(1.0, input->rows * 0.3);
  node->cost = input->cost + 3 * input->rows;
  node->children = {std::move(input)};
  return node;
}

absl::StatusOr<PlanPtr> Planner::PlanProject(const algebra::Project& op, const VarSet& required,
                                             const GraphSlot& active) {
  VarSet inner;
  for (VarId v : op.variables) {
    if (required.Has(v)) inner.Add(v);
  }
  const std::optional<uint64_t> top = std::exchange(top_, std::nullopt);
  if (std::holds_alternative<algebra::OrderBy>(op.input->op)) top_ = top;
  ASSIGN_OR_RETURN(PlanPtr input, PlanNodeOf(*op.input, inner, active, nullptr));
  return Narrow(std::move(input), inner);
}

absl::StatusOr<PlanPtr> Planner::PlanOrderBy(const algebra::OrderBy& op, const VarSet& required,
                                             const GraphSlot& active) {
  const std::optional<uint64_t> top = std::exchange(top_, std::nullopt);
  VarSet needed = required;
  for (const algebra::SortKey& key : op.keys) needed.AddAll(algebra::VariablesOf(key.expression));
  ASSIGN_OR_RETURN(PlanPtr input, PlanNodeOf(*op.input, needed, active, nullptr));
  auto node = std::make_shared<PlanNode>();
  node->graph = active;
  node->columns = input->columns;
  node->rows = input->rows;
  node->cost = input->cost + 20 * input->rows;
  if (top) {
    node->op = TopK{op.keys, *top};
    node->rows = std::min(node->rows, static_cast<double>(*top));
  } else {
    node->op = Sort{op.keys};
  }
  node->children = {std::move(input)};
  return node;
}

absl::StatusOr<PlanPtr> Planner::PlanSlice(const algebra::Slice& op, const VarSet& required,
                                           const GraphSlot& active) {
  static constexpr uint64_t kLargestTop = 100000;
  const bool bounded = op.limit && op.offset <= kLargestTop && *op.limit <= kLargestTop;
  if (options_.optimize && bounded) top_ = op.offset + *op.limit;
  ASSIGN_OR_RETURN(PlanPtr input, PlanNodeOf(*op.input, required, active, nullptr));
  top_ = std::nullopt;
  auto node = std::make_shared<PlanNode>();
  node->op = Slice{op.offset, op.limit};
  node->columns = input->columns;
  node->sorted = input->sorted;
  node->rows = op.limit ? std::min(input->rows, static_cast<double>(*op.limit)) : input->rows;
  node->cost = input->cost;
  node->children = {std::move(input)};
  return node;
}

absl::StatusOr<PlanPtr> Planner::PlanDistinct(const algebra::Node& input_node, bool reduced,
                                              const GraphSlot& active) {
  const VarSet all = algebra::PossibleVariables(input_node);
  ASSIGN_OR_RETURN(PlanPtr input, PlanNodeOf(input_node, all, active, nullptr));
  input = Narrow(std::move(input), all);
  auto node = std::make_shared<PlanNode>();
  if (reduced) {
    node->op = Reduced{};
  } else {
    node->op = Distinct{};
  }
  node->columns = input->columns;
  node->sorted = input->sorted;
  node->rows = input->rows * 0.7;
  node->cost = input->cost + 2 * input->rows;
  node->children = {std::move(input)};
  return node;
}

}  // namespace dossier::query::plan
