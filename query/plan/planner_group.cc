// The planner's way with blocks of patterns: flattening, estimates, filters.
#include <algorithm>
#include <cmath>

#include "absl/container/flat_hash_set.h"
#include "graph/base/strings.h"
#include "query/plan/planner.h"
#include "query/plan/planner_internal.h"

namespace dossier::query::plan {
namespace {

using algebra::Expression;

// Quads looked at to count a pattern exactly, and to estimate distinct values of a column.
constexpr uint64_t kCountLimit = 4096;
constexpr size_t kSampleSize = 128;

double SelectivityOf(const Expression& condition) {
  const auto* call = std::get_if<algebra::Call>(&condition.value);
  if (call == nullptr) return 0.5;
  using algebra::Function;
  if (call->function == Function::kEqual || call->function == Function::kSameTerm) return 0.1;
  if (call->function == Function::kNotEqual || call->function == Function::kBound) return 0.9;
  return 0.33;
}

const algebra::Exists* ExistsOf(const Expression& condition, bool* negated) {
  if (const auto* exists = std::get_if<algebra::Exists>(&condition.value)) {
    *negated = exists->negated;
    return exists;
  }
  const auto* call = std::get_if<algebra::Call>(&condition.value);
  if (call == nullptr || call->function != algebra::Function::kNot || call->args.size() != 1) return nullptr;
  const auto* exists = std::get_if<algebra::Exists>(&call->args[0].value);
  if (exists != nullptr) *negated = !exists->negated;
  return exists;
}

bool IsGround(const algebra::PatternTerm& term) {
  if (term.is_variable()) return false;
  if (term.is_constant()) return true;
  const auto& parts = term.triple();
  return std::all_of(parts.begin(), parts.end(), IsGround);
}

graph::Term GroundTerm(const algebra::PatternTerm& term) {
  if (term.is_constant()) return term.constant();
  const auto& parts = term.triple();
  return graph::Term::TripleTerm(GroundTerm(parts[0]), GroundTerm(parts[1]), GroundTerm(parts[2]));
}

void AddSlot(const Slot& slot, VarSet& out) {
  if (slot.is_variable()) out.Add(slot.variable);
}

Dataset::Triple TripleOf(const Scan& scan) {
  return {scan.subject.constant, scan.predicate.constant, scan.object.constant};
}

}  // namespace

Dataset::Target Planner::TargetOf(const GraphSlot& graph) const {
  switch (graph.kind) {
    case GraphSlot::Kind::kDefault:
      return Dataset::Target::Default();
    case GraphSlot::Kind::kConstant:
      return Dataset::Target::One(graph.constant);
    default:
      return Dataset::Target::AllNamed();
  }
}

absl::StatusOr<PlanPtr> Planner::PlanGroup(const algebra::Node& root, const VarSet& required,
                                           const GraphSlot& active, const PlanPtr& keys) {
  JoinGroup group;
  const algebra::Node* node = &root;
  std::vector<const Expression*> conditions;
  while (const auto* filter = std::get_if<algebra::Filter>(&node->op)) {
    conditions.push_back(&filter->condition);
    node = filter->input.get();
  }
  if (keys != nullptr) {
    Relation relation;
    relation.plan = keys;
    relation.rows = keys->rows;
    for (const Column& column : keys->columns) relation.variables.Add(column.variable);
    relation.certain = relation.variables;
    group.relations.push_back(std::move(relation));
  }
  RETURN_IF_ERROR(Collect(*node, active, group));
  const VarSet possible = algebra::PossibleVariables(*node);
  for (const Expression* condition : conditions) CollectFilter(*condition, possible, group);
  JoinServices services;
  services.optimize = options_.optimize;
  services.add_filters = [&](PlanPtr plan, const std::vector<Expression>& filters) {
    return AddFilters(std::move(plan), filters, active);
  };
  services.best_order = [&](const Scan& scan, char first) {
    graph::IdPattern pattern{.subject = scan.subject.constant,
                             .predicate = scan.predicate.constant,
                             .object = scan.object.constant};
    if (scan.graph.kind == GraphSlot::Kind::kVariable) pattern.graphs = graph::IdPattern::Graphs::kAnyNamed;
    if (scan.graph.kind == GraphSlot::Kind::kConstant) pattern.graph = scan.graph.constant;
    if (!dataset_.CountsExactly(TargetOf(scan.graph))) pattern.graphs = graph::IdPattern::Graphs::kAny;
    const graph::Order order = dataset_.snapshot().BestOrder(pattern, first);
    // A merged graph is read as a set because copies of a triple follow one another, so the graph must not
    // come first.
    return order == graph::Order::kGspo && pattern.graphs == graph::IdPattern::Graphs::kAny
               ? graph::Order::kSpo
               : order;
  };
  const bool has_service = std::any_of(group.relations.begin(), group.relations.end(), [](const Relation& relation) {
    return relation.node != nullptr && std::holds_alternative<algebra::Service>(relation.node->op);
  });
  if (has_service) return PlanWithServices(group, required, active, services);
  RETURN_IF_ERROR(PlanOpaque(group, required));
  if (group.relations.empty()) {
    PlanPtr unit = MakeUnit(1);
    std::vector<Expression> all;
    for (GroupFilter& filter : group.filters) all.push_back(std::move(filter.condition));
    return all.empty() ? unit : AddFilters(std::move(unit), all, active);
  }
  RETURN_IF_ERROR(Estimate(group));
  return PlanJoins(group, required, services);
}

absl::Status Planner::Collect(const algebra::Node& node, const GraphSlot& active, JoinGroup& group) {
  if (const auto* op = std::get_if<algebra::Bgp>(&node.op)) {
    for (const algebra::TriplePattern& triple : op->triples)
      RETURN_IF_ERROR(CollectTriple(triple, active, group));
    return absl::OkStatus();
  }
  if (const auto* op = std::get_if<algebra::Path>(&node.op);
      op != nullptr && active.kind != GraphSlot::Kind::kVariable) {
    return CollectPath(*op, active, group);
  }
  if (const auto* op = std::get_if<algebra::Join>(&node.op)) {
    RETURN_IF_ERROR(Collect(*op->left, active, group));
    return Collect(*op->right, active, group);
  }
  if (const auto* op = std::get_if<algebra::Graph>(&node.op); op != nullptr && IsGroupMember(node)) {
    GraphSlot slot;
    if (op->name.is_constant()) {
      slot.kind = GraphSlot::Kind::kConstant;
      ASSIGN_OR_RETURN(slot.constant, vocabulary_.Intern(op->name.constant()));
      ASSIGN_OR_RETURN(const bool known, dataset_.HasNamedGraph(slot.constant));
      if (!known) {
        Relation nothing;
        nothing.plan = MakeUnit(0);
        nothing.rows = 0;
        group.relations.push_back(std::move(nothing));
        return absl::OkStatus();
      }
    } else {
      slot.kind = GraphSlot::Kind::kVariable;
      slot.variable = op->name.variable();
    }
    return Collect(*op->input, slot, group);
  }
  if (const auto* op = std::get_if<algebra::Filter>(&node.op)) {
    // A filter of an operand may be tested later with the same result if everything it looks at is bound
    // right there.
    const VarSet mentioned = algebra::VariablesOf(op->condition);
    const bool movable = !algebra::HasExists(op->condition) && !algebra::IsVolatile(op->condition);
    if (movable && algebra::CertainVariables(*op->input).Contains(mentioned)) {
      CollectFilter(op->condition, mentioned, group);
      return Collect(*op->input, active, group);
    }
  }
  Relation relation;
  relation.node = &node;
  relation.scan.graph = active;
  relation.variables = algebra::PossibleVariables(node);
  relation.certain = algebra::CertainVariables(node);
  group.relations.push_back(std::move(relation));
  return absl::OkStatus();
}

void Planner::CollectFilter(const Expression& condition, const VarSet& possible, JoinGroup& group) {
  GroupFilter filter;
  filter.condition = condition;
  filter.needs = algebra::VariablesOf(condition).Intersection(possible);
  filter.only_last = algebra::IsVolatile(condition) || !options_.optimize;
  const bool exists = algebra::HasExists(condition);
  filter.selectivity = exists ? 0.5 : SelectivityOf(condition);
  filter.cost = exists ? 20 : 1;
  group.filters.push_back(std::move(filter));
}

absl::StatusOr<Slot> Planner::SlotFor(const algebra::PatternTerm& term, JoinGroup& group,
                                      std::vector<Relation>& unnests) {
  if (term.is_variable()) return Slot{term.variable(), {}};
  if (IsGround(term)) {
    ASSIGN_OR_RETURN(const TermId id, vocabulary_.Intern(GroundTerm(term)));
    return Slot{-1, id};
  }
  Unnest unnest;
  unnest.triple = next_variable_++;
  const auto& parts = term.triple();
  const size_t position = unnests.size();
  unnests
      .emplace_back();  // before those of its parts: a triple term must be at hand before what is inside it
  ASSIGN_OR_RETURN(unnest.subject, SlotFor(parts[0], group, unnests));
  ASSIGN_OR_RETURN(unnest.predicate, SlotFor(parts[1], group, unnests));
  ASSIGN_OR_RETURN(unnest.object, SlotFor(parts[2], group, unnests));
  Relation& relation = unnests[position];
  relation.kind = Relation::Kind::kUnnest;
  relation.variables.Add(unnest.triple);
  for (const Slot& slot : {unnest.subject, unnest.predicate, unnest.object})
    AddSlot(slot, relation.variables);
  relation.certain = relation.variables;
  relation.unnest = unnest;
  return Slot{unnest.triple, {}};
}

absl::Status Planner::CollectTriple(const algebra::TriplePattern& triple, const GraphSlot& active,
                                    JoinGroup& group) {
  std::vector<Relation> unnests;
  Relation relation;
  relation.kind = Relation::Kind::kScan;
  relation.scan.graph = active;
  ASSIGN_OR_RETURN(relation.scan.subject, SlotFor(triple.subject, group, unnests));
  ASSIGN_OR_RETURN(relation.scan.predicate, SlotFor(triple.predicate, group, unnests));
  ASSIGN_OR_RETURN(relation.scan.object, SlotFor(triple.object, group, unnests));
  for (const Slot& slot : {relation.scan.subject, relation.scan.predicate, relation.scan.object})
    AddSlot(slot, relation.variables);
  if (active.kind == GraphSlot::Kind::kVariable) relation.variables.Add(active.variable);
  relation.certain = relation.variables;
  group.relations.push_back(std::move(relation));
  for (Relation& unnest : unnests) group.relations.push_back(std::move(unnest));
  return absl::OkStatus();
}

absl::Status Planner::CollectPath(const algebra::Path& path, const GraphSlot& active, JoinGroup& group) {
  std::vector<Relation> unnests;
  Relation relation;
  relation.kind = Relation::Kind::kPath;
  relation.path.graph = active;
  relation.path.path = std::make_shared<algebra::PathExpression>(path.path);
  ASSIGN_OR_RETURN(relation.path.subject, SlotFor(path.subject, group, unnests));
  ASSIGN_OR_RETURN(relation.path.object, SlotFor(path.object, group, unnests));
  AddSlot(relation.path.subject, relation.variables);
  AddSlot(relation.path.object, relation.variables);
  relation.certain = relation.variables;
  group.relations.push_back(std::move(relation));
  for (Relation& unnest : unnests) group.relations.push_back(std::move(unnest));
  return absl::OkStatus();
}

absl::Status Planner::PlanOpaque(JoinGroup& group, const VarSet& required) {
  VarSet seen, needed = required;  // needed: by what is above, by filters, by two relations
  for (const GroupFilter& filter : group.filters) needed.AddAll(algebra::VariablesOf(filter.condition));
  for (const Relation& relation : group.relations) {
    needed.AddAll(seen.Intersection(relation.variables));
    seen.AddAll(relation.variables);
  }
  for (Relation& relation : group.relations) {
    if (relation.node == nullptr) continue;
    ASSIGN_OR_RETURN(relation.plan, PlanNodeOf(*relation.node, needed, relation.scan.graph, nullptr));
    relation.rows = relation.plan->rows;
    relation.variables = VarSet();
    relation.certain = VarSet();
    for (const Column& column : relation.plan->columns) {
      relation.variables.Add(column.variable);
      if (!column.maybe_unbound) relation.certain.Add(column.variable);
    }
  }
  VarSet certain;
  for (const Relation& relation : group.relations) certain.AddAll(relation.certain);
  for (GroupFilter& filter : group.filters) filter.only_last |= !certain.Contains(filter.needs);
  return absl::OkStatus();
}

absl::Status Planner::Estimate(JoinGroup& group) {
  if (!options_.optimize || group.relations.size() == 1) {
    // Nothing to choose; a count is still wanted for the operators above.
    for (Relation& relation : group.relations) {
      if (relation.kind == Relation::Kind::kScan && options_.optimize)
        RETURN_IF_ERROR(EstimateScan(relation, {}));
    }
    return absl::OkStatus();
  }
  const auto size = static_cast<double>(dataset_.snapshot().size());
  VarSet seen, shared;
  for (const Relation& relation : group.relations) {
    shared.AddAll(seen.Intersection(relation.variables));
    seen.AddAll(relation.variables);
  }
  for (Relation& relation : group.relations) {
    if (relation.kind == Relation::Kind::kScan) {
      RETURN_IF_ERROR(EstimateScan(relation, shared));
    } else if (relation.kind == Relation::Kind::kPath) {
      const int constants =
          (relation.path.subject.is_variable() ? 0 : 1) + (relation.path.object.is_variable() ? 0 : 1);
      relation.rows = constants == 2   ? 1
                      : constants == 1 ? std::max(4.0, std::sqrt(size))
                                       : std::max(16.0, size);
    }
  }
  return absl::OkStatus();
}

absl::Status Planner::EstimateScan(Relation& relation, const VarSet& shared) {
  const Scan& scan = relation.scan;
  const bool s = scan.subject.is_variable(), p = scan.predicate.is_variable(), o = scan.object.is_variable();
  const auto size = static_cast<double>(dataset_.snapshot().size());
  if (s && p && o) {
    relation.rows = size;
  } else {
    ASSIGN_OR_RETURN(const uint64_t count, dataset_.Count(TripleOf(scan), TargetOf(scan.graph), kCountLimit));
    relation.rows = static_cast<double>(count);
    // There are more than the store will count for us: a guess by what is bound.
    if (count >= kCountLimit) relation.rows = std::max(relation.rows * 2, size / (!s ? 200 : !o ? 50 : 10));
  }
  if (!IsCountable(scan) && scan.graph.kind != GraphSlot::Kind::kCurrent) relation.rows *= 0.1;
  for (char c : std::string_view("spo")) {
    const Slot slot = SlotOf(scan, c);
    if (!slot.is_variable() || !shared.Has(slot.variable)) continue;
    RETURN_IF_ERROR(SampleDistinct(relation, c, slot.variable));
  }
  return absl::OkStatus();
}

// Looks at the first quads in the order of the column: runs of equal values tell how often a value repeats.
absl::Status Planner::SampleDistinct(Relation& relation, char component, VarId variable) {
  if (relation.rows < 4) return absl::OkStatus();
  const Scan& scan = relation.scan;
  graph::IdPattern pattern{
      .subject = scan.subject.constant, .predicate = scan.predicate.constant, .object = scan.object.constant};
  const graph::Order order = dataset_.snapshot().BestOrder(pattern, component);
  ASSIGN_OR_RETURN(std::unique_ptr<graph::Cursor> cursor,
                   dataset_.Scan(TripleOf(scan), TargetOf(scan.graph), order));
  graph::IdBatch batch;
  RETURN_IF_ERROR(cursor->Next(batch));
  const size_t sample =
      std::min(batch.size, relation.rows <= static_cast<double>(batch.size) ? batch.size : kSampleSize);
  if (sample == 0) return absl::OkStatus();
  const std::vector<TermId>& column = component == 's'   ? batch.subject
                                      : component == 'p' ? batch.predicate
                                                         : batch.object;
  const absl::flat_hash_set<TermId> distinct(column.begin(),
                                             column.begin() + static_cast<std::ptrdiff_t>(sample));
  const double ratio = static_cast<double>(distinct.size()) / static_cast<double>(sample);
  relation.distinct.emplace_back(variable, std::max(1.0, relation.rows * ratio));
  return absl::OkStatus();
}

absl::StatusOr<PlanPtr> Planner::AddFilters(PlanPtr plan, const std::vector<Expression>& conditions,
                                            const GraphSlot& active) {
  Filter filter;
  std::vector<const Expression*> exists;
  double selectivity = 1;
  for (const Expression& condition : conditions) {
    bool negated = false;
    if (options_.optimize && ExistsOf(condition, &negated) != nullptr) {
      exists.push_back(&condition);
    } else {
      filter.conditions.push_back(condition);
      selectivity *= SelectivityOf(condition);
    }
  }
  // EXISTS last: it costs the most.
  std::vector<const Expression*> slow;
  const auto add = [&](Filter op, double keep) {
    auto node = std::make_shared<PlanNode>();
    node->graph = active;
    node->columns = plan->columns;
    node->sorted = plan->sorted;
    node->rows = plan->rows * keep;
    node->cost = plan->cost + plan->rows * static_cast<double>(op.conditions.size());
    node->op = std::move(op);
    node->children = {std::move(plan)};
    plan = std::move(node);
  };
  if (!filter.conditions.empty()) add(std::move(filter), selectivity);
  for (const Expression* condition : exists) {
    ASSIGN_OR_RETURN(PlanPtr joined, TrySemiJoin(plan, *condition, active));
    if (joined != nullptr) {
      plan = std::move(joined);
    } else {
      slow.push_back(condition);
    }
  }
  for (const Expression* condition : slow) add(Filter{{*condition}}, 0.5);
  return plan;
}

// Null when the pattern is not self-contained or a shared variable may be unbound.
absl::StatusOr<PlanPtr> Planner::TrySemiJoin(PlanPtr plan, const Expression& condition,
                                             const GraphSlot& active) {
  bool negated = false;
  const algebra::Node& pattern = *ExistsOf(condition, &negated)->pattern;
  if (!IsSelfContained(pattern)) return PlanPtr();
  const VarSet mentioned = algebra::MentionedVariables(pattern);
  const VarSet certain = algebra::CertainVariables(pattern);
  VarSet shared;
  for (const Column& column : plan->columns) {
    if (!mentioned.Has(column.variable)) continue;
    if (column.maybe_unbound || !certain.Has(column.variable)) return PlanPtr();
    shared.Add(column.variable);
  }
  ASSIGN_OR_RETURN(RightSide right, PlanRight(*plan, pattern, shared, active));
  auto node = std::make_shared<PlanNode>();
  node->op = SemiJoin{negated, right.keyed, right.keys};
  node->graph = active;
  node->columns = plan->columns;
  node->sorted = plan->sorted;
  node->rows = plan->rows * 0.5;
  node->cost = plan->cost + right.plan->cost + plan->rows + 2 * right.plan->rows;
  node->children = {std::move(plan), std::move(right.plan)};
  return PlanPtr(std::move(node));
}

}  // namespace dossier::query::plan
