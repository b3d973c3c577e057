// The search for a join order: sets of relations, the ways of computing each, and their costs. Private to the
// planner; see join_group.h.
//
//   JoinSearch search(group, required, services);
//   ASSIGN_OR_RETURN(PlanPtr plan, search.Plan());
//
// join_cost.cc: what a way of computing a set costs. join_order.cc: which sets are looked at, and the plan of
// the cheapest way.
#pragma once

#include <limits>
#include <vector>

#include "query/plan/join_group.h"

namespace dossier::query::plan {

enum class Method : uint8_t { kLeaf, kHash, kMerge, kIndex, kPath, kUnnest, kNest };

// One way of computing a set of relations.
struct Candidate {
  double cost = std::numeric_limits<double>::infinity();
  VarId sorted = -1;  // first sort column
  Method method = Method::kLeaf;
  char component = 0;  // kLeaf: first free component; kIndex: probe; kPath: 's' forward, 'o' backward
  int left = -1, left_candidate = -1;  // sets
  int right = -1, right_candidate = -1;
};

struct RelationSet {
  double rows = -1;   // < 0: cannot be computed
  int relation = -1;  // the one relation it consists of
  VarSet variables, certain;
  std::vector<double> distinct;  // by local variable number
  std::vector<bool> filters;     // those that hold for its rows
  std::vector<Candidate> candidates;
};

class JoinSearch {
 public:
  JoinSearch(const JoinGroup& group, const VarSet& required, const JoinServices& services);
  absl::StatusOr<PlanPtr> Plan();

 private:
  RelationSet& Set(int i) { return sets_[static_cast<size_t>(i)]; }
  int Best(int set);
  // Filters that all rows of the set may be tested with; their cost and selectivity are charged where they
  // first apply.
  void ApplyFilters(RelationSet& set, const RelationSet* left, const RelationSet* right,
                    double* cost_per_row);
  void AddLeaf(size_t index);
  static void Keep(RelationSet& set, const Candidate& candidate);
  // Estimated rows of the join, before filters.
  double JoinRows(const RelationSet& a, const RelationSet& b) const;
  bool Connected(const RelationSet& a, const RelationSet& b) const;
  // How a triple-term relation is added to a set: splitting, making, or not at all (kLeaf). `rows`: of the
  // result.
  static Method TripleTermMethod(const RelationSet& left, const Unnest& unnest, double* rows);
  // What is the same for all ways of computing a set: done for the first way found.
  void Initialise(const RelationSet& left, const RelationSet& right, double rows, RelationSet& out);
  // The cost per row of the filters that first apply to the join; multiplies `rows` by what they keep.
  double FilterCost(const RelationSet& left, const RelationSet* right, const RelationSet& out,
                    double* rows) const;
  // Adds the ways of joining two sets to `out`.
  void Combine(int l, int r, RelationSet& out);
  // Hash joins, and merge joins where both sides are sorted on a variable that both certainly bind.
  void AddJoins(const RelationSet& left, const RelationSet& right, const Candidate& a, Candidate base,
                double output, RelationSet& out);
  // Index joins and path joins: the right relation is looked up for each row of the left.
  void AddLookups(const RelationSet& left, const Relation& right, const Candidate& a, Candidate base,
                  double output, RelationSet& out);
  int Exhaustive(bool bushy);
  // Starts with the smallest relation and always adds the one that gives the cheapest next step.
  int Greedy();
  // For very large groups: the smallest relation that is connected and can be added.
  int SmallestFirst();
  int AsWritten();
  absl::StatusOr<PlanPtr> Build(int index, int candidate_index, const VarSet& needed);
  PlanPtr BuildLeaf(const Relation& relation, const Candidate& candidate, const VarSet& below);
  PlanPtr BuildJoin(const RelationSet& set, const Candidate& candidate, PlanPtr left, PlanPtr right,
                    const VarSet& below);
  const JoinGroup& group_;
  const VarSet& required_;
  const JoinServices& services_;
  std::vector<VarId> locals_;
  std::vector<RelationSet> sets_;
};

}  // namespace dossier::query::plan
