// A block of patterns that may be joined in any order, and the search for the cheapest order.
//
//   JoinGroup group;                                    // filled by the Planner from BGPs, joins, paths,
//   filters ASSIGN_OR_RETURN(PlanPtr plan, PlanJoins(group, required, services));
//
// Up to 7 relations the search is exhaustive (dynamic programming over subsets, bushy trees), up to 10 over
// left-deep trees, beyond that greedy; ResourceExhausted for more than 1,000. Estimates come with the
// relations (rows, distinct values). Thread-compatible.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "query/optimize/variables.h"
#include "query/plan/plan.h"

namespace dossier::query::plan {

using algebra::VarSet;

struct Relation {
  enum class Kind : uint8_t { kScan, kPath, kUnnest, kPlan };
  Kind kind = Kind::kPlan;
  Scan scan;                            // kScan (its order is chosen by the search)
  PathScan path;                        // kPath
  Unnest unnest;                        // kUnnest: triple = <<( s p o )>>, either way round
  const algebra::Node* node = nullptr;  // kPlan, before it is planned
  PlanPtr plan;                         // kPlan
  VarSet variables, certain;
  double rows = 1;
  std::vector<std::pair<VarId, double>> distinct;  // estimated distinct values; absent: as many as rows
};

struct GroupFilter {
  algebra::Expression condition;
  VarSet needs;            // must be certain before it may be applied; empty: constant
  bool only_last = false;  // volatile, or over variables that may stay unbound
  double selectivity = 0.33;
  double cost = 1;  // per row
};

struct JoinGroup {
  std::vector<Relation> relations;
  std::vector<GroupFilter> filters;
};

// What the search needs from the planner.
struct JoinServices {
  // Puts filters on a plan (as Filter or SemiJoin nodes).
  std::function<absl::StatusOr<PlanPtr>(PlanPtr, const std::vector<algebra::Expression>&)> add_filters;
  // Snapshot::BestOrder for the slots of a scan.
  std::function<graph::Order(const Scan&, char first_free)> best_order;
  bool optimize = true;  // false: hash joins in the order written
};

absl::StatusOr<PlanPtr> PlanJoins(const JoinGroup& group, const VarSet& required,
                                  const JoinServices& services);

// Costs in units of one scanned row; measured ratios of the store (scan 5 M rows/s, lookups 200 k/s).
inline constexpr double kSeek = 20;
inline constexpr double kBuildRow = 2;
inline constexpr double kProbeRow = 1;
inline constexpr double kOutputRow = 0.5;

// Node makers, also used by the planner. Columns are the variables of the pattern that `required` has.
PlanPtr MakeScan(const Relation& relation, graph::Order order, const VarSet& required);
PlanPtr MakeUnit(size_t count);  // Rows without columns: one row, or none
// The component of a scan named by 's', 'p', 'o' or 'g' as a slot.
Slot SlotOf(const Scan& scan, char component);

}  // namespace dossier::query::plan
