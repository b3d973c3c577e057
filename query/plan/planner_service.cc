// The planner's way with SERVICE: behind everything it is joined with, so that it can be asked for what is wanted only.
#include <algorithm>

#include "query/plan/planner.h"
#include "query/plan/planner_internal.h"

namespace dossier::query::plan {

using algebra::Expression;

namespace {

constexpr double kCallCost = 100'000;

const algebra::Service* ServiceOf(const Relation& relation) {
  return relation.node == nullptr ? nullptr : std::get_if<algebra::Service>(&relation.node->op);
}

}  // namespace

absl::StatusOr<PlanPtr> Planner::PlanService(const algebra::Service& op, PlanPtr left, const VarSet& required, bool optional) {
  auto node = std::make_shared<PlanNode>();
  Service service{{}, op.silent, optional, op.text, op.visible};
  if (op.endpoint.is_variable()) {
    service.endpoint.variable = op.endpoint.variable();
  } else {
    ASSIGN_OR_RETURN(service.endpoint.constant, vocabulary_.Intern(op.endpoint.constant()));
  }
  for (const Column& column : left->columns) {
    if (required.Has(column.variable)) node->columns.push_back(column);
  }
  for (const auto& [name, variable] : op.visible) {
    if (required.Has(variable) && node->ColumnOf(variable) < 0) node->columns.push_back({variable, true});
  }
  node->op = std::move(service);
  node->rows = left->rows;
  node->cost = left->cost + kCallCost;
  node->children = {std::move(left)};
  return node;
}

absl::StatusOr<PlanPtr> Planner::PlanWithServices(JoinGroup& group, const VarSet& required, const GraphSlot& active,
                                                  const JoinServices& services) {
  std::vector<const algebra::Node*> remote;
  std::vector<Relation> local;
  VarSet wanted = required, answered;
  for (Relation& relation : group.relations) {
    if (ServiceOf(relation) == nullptr) {
      local.push_back(std::move(relation));
      continue;
    }
    remote.push_back(relation.node);
    answered.AddAll(algebra::PossibleVariables(*relation.node));
    wanted.AddAll(algebra::MentionedVariables(*relation.node));
  }
  std::vector<GroupFilter> early;
  std::vector<Expression> late;
  for (GroupFilter& filter : group.filters) {
    if (filter.only_last || filter.needs.Intersects(answered)) {
      wanted.AddAll(algebra::VariablesOf(filter.condition));
      late.push_back(std::move(filter.condition));
    } else {
      early.push_back(std::move(filter));
    }
  }
  PlanPtr plan = MakeUnit(1);
  group.relations = std::move(local);
  group.filters = std::move(early);
  if (!group.relations.empty()) {
    RETURN_IF_ERROR(PlanOpaque(group, wanted));
    RETURN_IF_ERROR(Estimate(group));
    ASSIGN_OR_RETURN(plan, PlanJoins(group, wanted, services));
  } else {
    for (GroupFilter& filter : group.filters) late.push_back(std::move(filter.condition));
  }
  for (size_t i = 0; i < remote.size(); ++i) {
    const bool last = i + 1 == remote.size() && late.empty();
    ASSIGN_OR_RETURN(plan, PlanService(std::get<algebra::Service>(remote[i]->op), std::move(plan), last ? required : wanted, false));
  }
  return late.empty() ? plan : AddFilters(std::move(plan), late, active);
}

}  // namespace dossier::query::plan
