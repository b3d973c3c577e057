// Questions the planner's parts ask about algebra and plans.
#pragma once

#include "query/optimize/variables.h"
#include "query/plan/plan.h"

namespace dossier::query::plan {

// Patterns, joins, filters, and GRAPH blocks of those: what PlanGroup() flattens into one JoinGroup.
bool IsGroupMember(const algebra::Node& node);
// True when joining keys into the patterns of `node` is the same as joining them with its solutions, and
// helps.
bool CanTakeKeys(const algebra::Node& node);
// True when EXISTS over `pattern` is the same as a join with its solutions on the shared variables: nothing
// in it looks at a variable that it does not bind itself.
bool IsSelfContained(const algebra::Node& pattern);
// Each quad that matches is one row (no variable occurs twice).
bool IsCountable(const Scan& scan);
// `plan` without columns other than `wanted`.
PlanPtr Narrow(PlanPtr plan, const algebra::VarSet& wanted);

}  // namespace dossier::query::plan
