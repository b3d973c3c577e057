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

constexpr size_t kBushyLimit = 7;
constexpr size_t kLeftDeepLimit = 10;
constexpr size_t kGreedyLimit = 100;  // beyond it the smallest connected relation is next, whatever it costs
constexpr size_t kMaxRelations = 1000;  // plans are as deep as that, and operators recurse

}  // namespace

JoinSearch::JoinSearch(const JoinGroup& group, const VarSet& required, const JoinServices& services)
    : group_(group), required_(required), services_(services) {
  VarSet all;
  for (const Relation& r : group.relations) all.AddAll(r.variables);
  locals_ = all.ToVector();
}

absl::StatusOr<PlanPtr> JoinSearch::Plan() {
  const size_t n = group_.relations.size();
  for (size_t i = 0; i < n; ++i) AddLeaf(i);
  int root = -1;
  if (!services_.optimize) {
    root = AsWritten();
  } else if (n <= kLeftDeepLimit) {
    root = Exhaustive(n <= kBushyLimit);
  } else if (n <= kGreedyLimit) {
    root = Greedy();
  } else {
    root = SmallestFirst();
  }
  if (root < 0) return Internal("no join order found");
  VarSet needed = required_;
  std::vector<algebra::Expression> last;
  for (size_t f = 0; f < group_.filters.size(); ++f) {
    if (sets_[static_cast<size_t>(root)].filters[f]) continue;
    last.push_back(group_.filters[f].condition);
    needed.AddAll(algebra::VariablesOf(group_.filters[f].condition));
  }
  ASSIGN_OR_RETURN(PlanPtr plan, Build(root, Best(root), needed));
  if (last.empty()) return plan;
  return services_.add_filters(std::move(plan), last);
}

int JoinSearch::Best(int set) {
  const auto& candidates = Set(set).candidates;
  size_t best = 0;
  for (size_t i = 1; i < candidates.size(); ++i) {
    if (candidates[i].cost < candidates[best].cost) best = i;
  }
  return static_cast<int>(best);
}

bool JoinSearch::Connected(const RelationSet& a, const RelationSet& b) const {
  return a.variables.Intersects(b.variables);
}

int JoinSearch::Exhaustive(bool bushy) {
  const size_t n = group_.relations.size();
  if (n == 0) return -1;
  const uint32_t full = (uint32_t{1} << n) - 1;
  std::vector<int> set_of(full + 1, -1);
  for (size_t i = 0; i < n; ++i) set_of[size_t{1} << i] = static_cast<int>(i);
  for (uint32_t mask = 1; mask <= full; ++mask) {
    if (std::has_single_bit(mask)) continue;
    RelationSet out;
    for (const bool connected : {true, false}) {
      if (!out.candidates.empty()) break;
      for (uint32_t sub = (mask - 1) & mask; sub != 0; sub = (sub - 1) & mask) {
        const uint32_t rest = mask & ~sub;
        if (!bushy && !std::has_single_bit(rest)) continue;
        const int l = set_of[sub], r = set_of[rest];
        if (l < 0 || r < 0 || Connected(Set(l), Set(r)) != connected) continue;
        Combine(l, r, out);
      }
    }
    if (out.candidates.empty()) continue;
    set_of[mask] = static_cast<int>(sets_.size());
    sets_.push_back(std::move(out));
  }
  return set_of[full];
}

int JoinSearch::Greedy() {
  const size_t n = group_.relations.size();
  std::vector<bool> used(n, false);
  int current = -1;
  for (size_t i = 0; i < n; ++i) {
    if (sets_[i].rows >= 0 && (current < 0 || sets_[i].rows < Set(current).rows))
      current = static_cast<int>(i);
  }
  if (current < 0) return -1;
  used[static_cast<size_t>(current)] = true;
  for (size_t step = 1; step < n; ++step) {
    RelationSet best;
    size_t chosen = n;
    double best_score = std::numeric_limits<double>::infinity();
    for (const bool connected : {true, false}) {
      if (chosen < n) break;
      for (size_t i = 0; i < n; ++i) {
        if (used[i] || Connected(Set(current), sets_[i]) != connected) continue;
        RelationSet out;
        Combine(current, static_cast<int>(i), out);
        if (out.candidates.empty()) continue;
        double cost = std::numeric_limits<double>::infinity();
        for (const Candidate& c : out.candidates) cost = std::min(cost, c.cost);
        const double score = cost + 2 * out.rows;
        if (score >= best_score) continue;
        best_score = score;
        best = std::move(out);
        chosen = i;
      }
    }
    if (chosen == n) return -1;
    used[chosen] = true;
    current = static_cast<int>(sets_.size());
    sets_.push_back(std::move(best));
  }
  return current;
}

int JoinSearch::SmallestFirst() {
  const size_t n = group_.relations.size();
  std::vector<int> open;
  for (size_t i = 0; i < n; ++i) open.push_back(static_cast<int>(i));
  std::stable_sort(open.begin(), open.end(), [&](int a, int b) {
    return (Set(a).rows < 0 ? 0 : Set(a).rows) < (Set(b).rows < 0 ? 0 : Set(b).rows);
  });
  int current = -1;
  while (!open.empty()) {
    bool added = false;
    for (const bool connected : {true, false}) {
      for (auto at = open.begin(); at != open.end() && !added; ++at) {
        RelationSet out;
        if (current < 0) {
          if (Set(*at).rows < 0) continue;
          current = *at;
        } else {
          if (Connected(Set(current), Set(*at)) != connected) continue;
          Combine(current, *at, out);
          if (out.candidates.empty()) continue;
          current = static_cast<int>(sets_.size());
          sets_.push_back(std::move(out));
        }
        open.erase(at);
        added = true;
        break;
      }
      if (added) break;
    }
    if (!added) return -1;
  }
  return current;
}

int JoinSearch::AsWritten() {
  const size_t n = group_.relations.size();
  if (n == 0) return -1;
  int current = 0;
  for (size_t i = 1; i < n; ++i) {
    RelationSet out;
    Combine(current, static_cast<int>(i), out);
    if (out.candidates.empty()) return -1;
    current = static_cast<int>(sets_.size());
    sets_.push_back(std::move(out));
  }
  return current;
}

absl::StatusOr<PlanPtr> JoinSearch::Build(int index, int candidate_index, const VarSet& needed) {
  const RelationSet set = Set(index);
  const Candidate candidate = set.candidates[static_cast<size_t>(candidate_index)];
  const bool uses_right = candidate.method == Method::kHash || candidate.method == Method::kMerge;
  std::vector<algebra::Expression> filters;
  VarSet below = needed;
  for (size_t f = 0; f < group_.filters.size(); ++f) {
    if (!set.filters[f]) continue;
    if (candidate.left >= 0 && Set(candidate.left).filters[f]) continue;
    if (uses_right && Set(candidate.right).filters[f]) continue;
    filters.push_back(group_.filters[f].condition);
    below.AddAll(algebra::VariablesOf(group_.filters[f].condition));
  }
  PlanPtr plan;
  if (candidate.left < 0) {
    plan = BuildLeaf(group_.relations[static_cast<size_t>(set.relation)], candidate, below);
  } else {
    VarSet inputs = below;
    inputs.AddAll(Set(candidate.left).variables.Intersection(Set(candidate.right).variables));
    if (candidate.method == Method::kNest || candidate.method == Method::kUnnest)
      inputs.AddAll(Set(candidate.right).variables);
    ASSIGN_OR_RETURN(PlanPtr left, Build(candidate.left, candidate.left_candidate, inputs));
    PlanPtr right;
    if (uses_right) {
      ASSIGN_OR_RETURN(right, Build(candidate.right, candidate.right_candidate, inputs));
    }
    plan = BuildJoin(set, candidate, std::move(left), std::move(right), below);
  }
  if (filters.empty()) return plan;
  return services_.add_filters(std::move(plan), filters);
}

PlanPtr JoinSearch::BuildLeaf(const Relation& relation, const Candidate& candidate, const VarSet& below) {
  if (relation.kind == Relation::Kind::kPlan) return relation.plan;
  if (relation.kind == Relation::Kind::kScan) {
    return MakeScan(relation, services_.best_order(relation.scan, candidate.component), below);
  }
  auto node = std::make_shared<PlanNode>();
  node->op = relation.path;
  for (VarId v : relation.variables.ToVector()) {
    if (below.Has(v)) node->columns.push_back({v});
  }
  node->rows = relation.rows;
  node->cost = candidate.cost;
  return node;
}

PlanPtr JoinSearch::BuildJoin(const RelationSet& set, const Candidate& candidate, PlanPtr left, PlanPtr right,
                              const VarSet& below) {
  auto node = std::make_shared<PlanNode>();
  const Relation* single = Set(candidate.right).relation >= 0
                               ? &group_.relations[static_cast<size_t>(Set(candidate.right).relation)]
                               : nullptr;
  switch (candidate.method) {
    case Method::kMerge:
      node->op = MergeJoin{candidate.sorted};
      break;
    case Method::kIndex:
      node->op = IndexJoin{single->scan, candidate.component};
      break;
    case Method::kPath:
      node->op = PathJoin{single->path, candidate.component == 's'};
      break;
    case Method::kUnnest:
      node->op = single->unnest;
      break;
    case Method::kNest:
      node->op = Nest{single->unnest.triple, single->unnest.subject, single->unnest.predicate,
                      single->unnest.object};
      break;
    default:
      node->op = HashJoin{};
      break;
  }
  for (VarId v : set.variables.ToVector()) {
    if (!below.Has(v)) continue;
    if (left->ColumnOf(v) < 0 && right != nullptr && right->ColumnOf(v) < 0) continue;
    node->columns.push_back({v, !set.certain.Has(v)});
  }
  for (VarId v : left->sorted) {
    if (node->ColumnOf(v) < 0) break;
    node->sorted.push_back(v);
  }
  node->rows = set.rows;
  node->cost = candidate.cost;
  node->children.push_back(std::move(left));
  if (right != nullptr) node->children.push_back(std::move(right));
  return node;
}

absl::StatusOr<PlanPtr> PlanJoins(const JoinGroup& group, const VarSet& required,
                                  const JoinServices& services) {
  if (group.relations.size() > kMaxRelations) {
    return ResourceExhausted(Cat("the query joins more than ", kMaxRelations, " patterns in one group"));
  }
  return JoinSearch(group, required, services).Plan();
}

}  // namespace dossier::query::plan
