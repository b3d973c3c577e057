#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <string_view>

#include "graph/base/strings.h"
#include "query/plan/join_search.h"

namespace dossier::query::plan {
namespace {

constexpr double kMergeRow = 0.5;
constexpr double kTripleTermRow = 15;
constexpr double kPathRow = 60;

double CheapestOf(const RelationSet& set) {
  double cost = std::numeric_limits<double>::infinity();
  for (const Candidate& candidate : set.candidates) cost = std::min(cost, candidate.cost);
  return cost;
}

}  // namespace

void JoinSearch::ApplyFilters(RelationSet& set, const RelationSet* left, const RelationSet* right,
                              double* cost_per_row) {
  set.filters.assign(group_.filters.size(), false);
  for (size_t f = 0; f < group_.filters.size(); ++f) {
    const GroupFilter& filter = group_.filters[f];
    if (filter.only_last || !set.certain.Contains(filter.needs)) continue;
    set.filters[f] = true;
    const bool before = (left != nullptr && left->filters[f]) || (right != nullptr && right->filters[f]);
    if (before) continue;
    set.rows *= filter.selectivity;
    *cost_per_row += filter.cost;
  }
}

void JoinSearch::AddLeaf(size_t index) {
  const Relation& relation = group_.relations[index];
  RelationSet set;
  set.relation = static_cast<int>(index);
  set.variables = relation.variables;
  set.certain = relation.certain;
  set.rows = relation.rows;
  set.distinct.assign(locals_.size(), std::numeric_limits<double>::infinity());
  for (size_t v = 0; v < locals_.size(); ++v) {
    // A triple-term relation has as many values as what it is joined with.
    const bool counted = relation.kind != Relation::Kind::kUnnest && relation.variables.Has(locals_[v]);
    if (counted) set.distinct[v] = std::max(1.0, relation.rows);
  }
  for (const auto& [variable, count] : relation.distinct) {
    const auto at = std::find(locals_.begin(), locals_.end(), variable);
    if (at != locals_.end()) set.distinct[static_cast<size_t>(at - locals_.begin())] = std::max(1.0, count);
  }
  double filter_cost = 0;
  const double rows = set.rows;
  ApplyFilters(set, nullptr, nullptr, &filter_cost);
  switch (relation.kind) {
    case Relation::Kind::kUnnest:
      set.rows = -1;
      break;
    case Relation::Kind::kScan:
      for (char c : std::string_view("spog")) {
        const Slot slot = SlotOf(relation.scan, c);
        if (!slot.is_variable()) continue;
        const PlanPtr scan = MakeScan(relation, services_.best_order(relation.scan, c), relation.variables);
        const VarId sorted = scan->sorted.empty() ? -1 : scan->sorted.front();
        Keep(set, {.cost = kSeek + rows * (1 + filter_cost), .sorted = sorted, .component = c});
      }
      if (set.candidates.empty())
        set.candidates.push_back({.cost = kSeek + rows * (1 + filter_cost), .component = 's'});
      break;
    case Relation::Kind::kPath:
      set.candidates.push_back({.cost = kSeek + rows * (kPathRow + filter_cost)});
      break;
    case Relation::Kind::kPlan: {
      const VarId sorted = relation.plan->sorted.empty() ? -1 : relation.plan->sorted.front();
      set.candidates.push_back({.cost = relation.plan->cost + rows * filter_cost, .sorted = sorted});
      break;
    }
  }
  sets_.push_back(std::move(set));
}

void JoinSearch::Keep(RelationSet& set, const Candidate& candidate) {
  for (Candidate& other : set.candidates) {
    if (other.cost <= candidate.cost && (other.sorted == candidate.sorted || candidate.sorted < 0)) return;
    if (other.sorted == candidate.sorted) {
      other = candidate;
      return;
    }
  }
  set.candidates.push_back(candidate);
}

double JoinSearch::JoinRows(const RelationSet& a, const RelationSet& b) const {
  double rows = std::max(a.rows, 0.0) * std::max(b.rows, 0.0);
  std::array<double, 3> factors = {1, 1,
                                   1};  // the largest ones; further shared variables are taken as dependent
  for (size_t v = 0; v < locals_.size(); ++v) {
    if (!a.variables.Has(locals_[v]) || !b.variables.Has(locals_[v])) continue;
    double d = std::max(std::min(a.distinct[v], a.rows), std::min(b.distinct[v], b.rows));
    for (double& f : factors) {
      if (d > f) std::swap(d, f);
    }
  }
  return rows / (factors[0] * std::sqrt(factors[1]) * std::sqrt(std::sqrt(factors[2])));
}

Method JoinSearch::TripleTermMethod(const RelationSet& left, const Unnest& unnest, double* rows) {
  *rows = left.rows;
  const std::array<const Slot*, 3> slots = {&unnest.subject, &unnest.predicate, &unnest.object};
  if (left.certain.Has(unnest.triple)) {
    for (const Slot* slot : slots) {
      if (!slot->is_variable()) *rows *= 0.2;
      if (slot->is_variable() && left.variables.Has(slot->variable)) *rows *= 0.1;
    }
    return Method::kUnnest;
  }
  const bool parts = std::all_of(slots.begin(), slots.end(), [&](const Slot* slot) {
    return !slot->is_variable() || left.certain.Has(slot->variable);
  });
  return parts && !left.variables.Has(unnest.triple) ? Method::kNest : Method::kLeaf;
}

void JoinSearch::Initialise(const RelationSet& left, const RelationSet& right, double rows,
                            RelationSet& out) {
  out.rows = rows;
  out.variables = left.variables;
  out.variables.AddAll(right.variables);
  out.certain = left.certain;
  out.certain.AddAll(right.certain);
  out.distinct.resize(locals_.size());
  for (size_t v = 0; v < locals_.size(); ++v) out.distinct[v] = std::min(left.distinct[v], right.distinct[v]);
  double unused = 0;
  ApplyFilters(out, &left, right.rows < 0 ? nullptr : &right, &unused);
}

double JoinSearch::FilterCost(const RelationSet& left, const RelationSet* right, const RelationSet& out,
                              double* rows) const {
  double cost = 0;
  for (size_t f = 0; f < group_.filters.size(); ++f) {
    if (!out.filters[f] || left.filters[f] || (right != nullptr && right->filters[f])) continue;
    cost += group_.filters[f].cost;
    *rows *= group_.filters[f].selectivity;
  }
  return cost;
}

void JoinSearch::Combine(int l, int r, RelationSet& out) {
  const RelationSet& left = Set(l);
  const RelationSet& right = Set(r);
  if (left.rows < 0) return;
  const Relation* single =
      right.relation >= 0 ? &group_.relations[static_cast<size_t>(right.relation)] : nullptr;
  const bool function = single != nullptr && single->kind == Relation::Kind::kUnnest;
  if (right.rows < 0 && !function) return;
  double rows = 0;
  Method method = Method::kHash;
  if (function) {
    method = TripleTermMethod(left, single->unnest, &rows);
    if (method == Method::kLeaf) return;
  } else {
    rows = JoinRows(left, right);
  }
  if (out.rows < 0) Initialise(left, right, rows, out);
  double looked_up = rows, joined = rows;  // after filters
  const double lookup_output = rows * (kOutputRow + FilterCost(left, nullptr, out, &looked_up));
  const double join_output = rows * (kOutputRow + FilterCost(left, &right, out, &joined));
  const double cheapest = CheapestOf(out);
  for (size_t i = 0; i < left.candidates.size(); ++i) {
    const Candidate& a = left.candidates[i];
    Candidate base{.sorted = a.sorted, .left = l, .left_candidate = static_cast<int>(i), .right = r};
    if (function) {
      base.method = method;
      base.cost = a.cost + left.rows * kTripleTermRow + lookup_output;
      Keep(out, base);
      continue;
    }
    if (single != nullptr && services_.optimize) AddLookups(left, *single, a, base, lookup_output, out);
    AddJoins(left, right, a, base, join_output, out);
  }
  // Ways of computing one set should agree on its rows and do not: the cheapest one's word counts.
  if (CheapestOf(out) < cheapest) out.rows = function ? looked_up : joined;
}

void JoinSearch::AddJoins(const RelationSet& left, const RelationSet& right, const Candidate& a,
                          Candidate base, double output, RelationSet& out) {
  for (size_t j = 0; j < right.candidates.size(); ++j) {
    const Candidate& b = right.candidates[j];
    base.right_candidate = static_cast<int>(j);
    base.method = Method::kHash;
    base.cost = a.cost + b.cost + left.rows * kProbeRow + right.rows * kBuildRow + output;
    Keep(out, base);
    const bool sorted = a.sorted >= 0 && a.sorted == b.sorted;
    if (!services_.optimize || !sorted || !left.certain.Has(a.sorted) || !right.certain.Has(a.sorted))
      continue;
    base.method = Method::kMerge;
    base.cost = a.cost + b.cost + (left.rows + right.rows) * kMergeRow + output;
    Keep(out, base);
  }
}

void JoinSearch::AddLookups(const RelationSet& left, const Relation& right, const Candidate& a,
                            Candidate base, double output, RelationSet& out) {
  if (right.kind == Relation::Kind::kScan) {
    for (char c : std::string_view("spo")) {
      const Slot slot = SlotOf(right.scan, c);
      if (!slot.is_variable() || !left.certain.Has(slot.variable)) continue;
      const auto local =
          static_cast<size_t>(std::find(locals_.begin(), locals_.end(), slot.variable) - locals_.begin());
      const double keys = std::min(left.rows, left.distinct[local]);
      double distinct = right.rows;
      for (const auto& [variable, count] : right.distinct) {
        if (variable == slot.variable) distinct = std::max(1.0, count);
      }
      base.method = Method::kIndex;
      base.component = c;
      base.cost =
          a.cost + kSeek * keys + left.rows * (kProbeRow + right.rows / std::max(1.0, distinct)) + output;
      Keep(out, base);
    }
  } else if (right.kind == Relation::Kind::kPath) {
    for (char c : std::string_view("so")) {
      const Slot slot = c == 's' ? right.path.subject : right.path.object;
      if (!slot.is_variable() || !left.certain.Has(slot.variable)) continue;
      base.method = Method::kPath;
      base.component = c;
      base.cost = a.cost + left.rows * kPathRow + output;
      Keep(out, base);
    }
  }
}

}  // namespace dossier::query::plan
