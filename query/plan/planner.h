// Algebra -> plan: chooses scans, join order and join methods from exact counts of the snapshot.
//
//   Planner planner(vocabulary, dataset, {.variables = &query.variables});
//   ASSIGN_OR_RETURN(PlanPtr plan, planner.Plan(*query.root, required));
//
// The plan's columns are those of `required` that the node can bind (in no particular order), perhaps a few
// more. The plan does not refer to the algebra afterwards, except that expressions share the patterns of
// EXISTS. Reads at most some thousand quads for its estimates. Errors: those of the store. Not thread-safe; borrows everything.
#pragma once

#include "query/exec/vocabulary.h"
#include "query/optimize/variables.h"
#include "query/plan/dataset.h"
#include "query/plan/join_group.h"
#include "query/plan/plan.h"

namespace dossier::query::plan {

struct PlannerOptions {
  // Those of the query, borrowed; the planner's own are numbered after them.
  const std::vector<algebra::Variable>* variables = nullptr;
  bool optimize = true;
};

class Planner {
 public:
  Planner(Vocabulary& vocabulary, const Dataset& dataset, const PlannerOptions& options)
      : vocabulary_(vocabulary),
        dataset_(dataset),
        options_(options),
        next_variable_(static_cast<VarId>(options.variables->size())) {}

  // `active`: the graph that patterns outside any GRAPH match in.
  absl::StatusOr<PlanPtr> Plan(const algebra::Node& root, const VarSet& required,
                               const GraphSlot& active = {});

 private:
  // `keys`: a leaf to be joined in with the patterns (see KeySource), or null.
  absl::StatusOr<PlanPtr> PlanNodeOf(const algebra::Node& node, const VarSet& required,
                                     const GraphSlot& active, const PlanPtr& keys);
  absl::StatusOr<PlanPtr> PlanGroup(const algebra::Node& node, const VarSet& required,
                                    const GraphSlot& active, const PlanPtr& keys);
  absl::Status Collect(const algebra::Node& node, const GraphSlot& active, JoinGroup& group);
  absl::Status CollectTriple(const algebra::TriplePattern& triple, const GraphSlot& active, JoinGroup& group);
  absl::Status CollectPath(const algebra::Path& path, const GraphSlot& active, JoinGroup& group);
  void CollectFilter(const algebra::Expression& condition, const VarSet& possible, JoinGroup& group);
  absl::StatusOr<Slot> SlotFor(const algebra::PatternTerm& term, JoinGroup& group,
                               std::vector<Relation>& unnests);
  absl::Status PlanOpaque(JoinGroup& group, const VarSet& required);
  absl::Status Estimate(JoinGroup& group);
  absl::Status EstimateScan(Relation& relation, const VarSet& shared);
  absl::Status SampleDistinct(Relation& relation, char component, VarId variable);

  absl::StatusOr<PlanPtr> AddFilters(PlanPtr plan, const std::vector<algebra::Expression>& conditions,
                                     const GraphSlot& active);
  absl::StatusOr<PlanPtr> TrySemiJoin(PlanPtr plan, const algebra::Expression& condition,
                                      const GraphSlot& active);
  // The right side planned twice: on its own, and fed with the keys of the left; whichever is cheaper.
  struct RightSide {
    PlanPtr plan;
    bool keyed = false;
    std::vector<VarId> keys;
  };
  absl::StatusOr<RightSide> PlanRight(const PlanNode& left, const algebra::Node& right,
                                      const VarSet& required, const GraphSlot& active);

  absl::StatusOr<PlanPtr> PlanLeftJoin(const algebra::LeftJoin& op, const VarSet& required,
                                       const GraphSlot& active);
  absl::StatusOr<PlanPtr> PlanMinus(const algebra::Minus& op, const VarSet& required,
                                    const GraphSlot& active);
  absl::StatusOr<PlanPtr> PlanUnion(const algebra::Node& node, const VarSet& required,
                                    const GraphSlot& active, const PlanPtr& keys);
  absl::StatusOr<PlanPtr> PlanGraph(const algebra::Graph& op, const VarSet& required);
  absl::StatusOr<PlanPtr> PlanExtend(const algebra::Extend& op, const VarSet& required,
                                     const GraphSlot& active);
  absl::StatusOr<PlanPtr> PlanValues(const algebra::Values& op, const VarSet& required);
  absl::StatusOr<PlanPtr> PlanGroupBy(const algebra::Group& op, const GraphSlot& active);
  absl::StatusOr<PlanPtr> PlanProject(const algebra::Project& op, const VarSet& required,
                                      const GraphSlot& active);
  absl::StatusOr<PlanPtr> PlanOrderBy(const algebra::OrderBy& op, const VarSet& required,
                                      const GraphSlot& active);
  // The solutions of `left` joined with what the endpoint answers.
  absl::StatusOr<PlanPtr> PlanService(const algebra::Service& op, PlanPtr left, const VarSet& required, bool optional);
  absl::StatusOr<PlanPtr> PlanWithServices(JoinGroup& group, const VarSet& required, const GraphSlot& active,
                                           const JoinServices& services);
  absl::StatusOr<PlanPtr> PlanSlice(const algebra::Slice& op, const VarSet& required,
                                    const GraphSlot& active);
  absl::StatusOr<PlanPtr> PlanDistinct(const algebra::Node& input, bool reduced, const GraphSlot& active);

  Dataset::Target TargetOf(const GraphSlot& graph) const;  // for estimates

  Vocabulary& vocabulary_;
  const Dataset& dataset_;
  PlannerOptions options_;
  VarId next_variable_;
  std::optional<uint64_t>
      top_;  // set while planning the input of a slice: only so many sorted rows are wanted
};

}  // namespace dossier::query::plan
