#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <string_view>

#include "graph/base/strings.h"
#include "query/plan/join_group.h"

namespace dossier::query::plan {
namespace {

constexpr size_t kBushyLimit = 7;
constexpr size_t kLeftDeepLimit = 10;
constexpr size_t kGreedyLimit = 100;  // beyond it the smallest connected relation is next, whatever it costs
constexpr size_t kMaxRelations = 1000;  // plans are as deep as that, and operators recurse
constexpr double kMergeRow = 0.5;
constexpr double kTripleTermRow = 15;
constexpr double kPathRow = 60;

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

class JoinOrderer {
 public:
  JoinOrderer(const JoinGroup& group, const VarSet& required, const JoinServices& services)
      : group_(group), required_(required), services_(services) {
    VarSet all;
    for (const Relation& r : group.relations) all.AddAll(r.variables);
    locals_ = all.ToVector();
  }

  absl::StatusOr<PlanPtr> Plan() {
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

 private:
  RelationSet& Set(int i) { return sets_[static_cast<size_t>(i)]; }

  int Best(int set) {
    const auto& candidates = Set(set).candidates;
    size_t best = 0;
    for (size_t i = 1; i < candidates.size(); ++i) {
      if (candidates[i].cost < candidates[best].cost) best = i;
    }
    return static_cast<int>(best);
  }

  // Filters that all rows of the set may be tested with; their cost and selectivity are charged where they
  // first apply.
  void ApplyFilters(RelationSet& set, const RelationSet* left, const RelationSet* right,
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

  void AddLeaf(size_t index) {
    const Relation& relation = group_.relations[index];
    RelationSet set;
    set.relation = static_cast<int>(index);
    set.variables = relation.variables;
    set.certain = relation.certain;
    set.rows = relation.rows;
    set.distinct.assign(locals_.size(), std::numeric_limits<double>::infinity());
    for (size_t v = 0; v < locals_.size(); ++v) {
      if (relation.variables.Has(locals_[v])) set.distinct[v] = std::max(1.0, relation.rows);
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

  static void Keep(RelationSet& set, const Candidate& candidate) {
    for (Candidate& other : set.candidates) {
      if (other.cost <= candidate.cost && (other.sorted == candidate.sorted || candidate.sorted < 0)) return;
      if (other.sorted == candidate.sorted) {
        other = candidate;
        return;
      }
    }
    set.candidates.push_back(candidate);
  }

  // Estimated rows of the join, before filters.
  double JoinRows(const RelationSet& a, const RelationSet& b) const {
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

  bool Connected(const RelationSet& a, const RelationSet& b) const {
    return a.variables.Intersects(b.variables);
  }

  // How a triple-term relation is added to a set: splitting, making, or not at all (kLeaf). `rows`: of the
  // result.
  static Method TripleTermMethod(const RelationSet& left, const Unnest& unnest, double* rows) {
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

  // What is the same for all ways of computing a set: done for the first way found.
  void Initialise(const RelationSet& left, const RelationSet& right, double rows, RelationSet& out) {
    out.rows = rows;
    out.variables = left.variables;
    out.variables.AddAll(right.variables);
    out.certain = left.certain;
    out.certain.AddAll(right.certain);
    out.distinct.resize(locals_.size());
    for (size_t v = 0; v < locals_.size(); ++v)
      out.distinct[v] = std::min(left.distinct[v], right.distinct[v]);
    double unused = 0;
    ApplyFilters(out, &left, right.rows < 0 ? nullptr : &right, &unused);
  }

  // The cost per row of the filters that first apply to the join.
  double FilterCost(const RelationSet& left, const RelationSet* right, const RelationSet& out) const {
    double cost = 0;
    for (size_t f = 0; f < group_.filters.size(); ++f) {
      if (out.filters[f] && !left.filters[f] && (right == nullptr || !right->filters[f]))
        cost += group_.filters[f].cost;
    }
    return cost;
  }

  // Adds the ways of joining two sets to `out`.
  void Combine(int l, int r, RelationSet& out) {
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
    const double lookup_output = rows * (kOutputRow + FilterCost(left, nullptr, out));
    const double join_output = rows * (kOutputRow + FilterCost(left, &right, out));
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
  }

  // Hash joins, and merge joins where both sides are sorted on a variable that both certainly bind.
  void AddJoins(const RelationSet& left, const RelationSet& right, const Candidate& a, Candidate base,
                double output, RelationSet& out) {
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

  // Index joins and path joins: the right relation is looked up for each row of the left.
  void AddLookups(const RelationSet& left, const Relation& right, const Candidate& a, Candidate base,
                  double output, RelationSet& out) {
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

  int Exhaustive(bool bushy) {
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

  // Starts with the smallest relation and always adds the one that gives the cheapest next step.
  int Greedy() {
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

  // For very large groups: the smallest relation that is connected and can be added.
  int SmallestFirst() {
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

  int AsWritten() {
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

  absl::StatusOr<PlanPtr> Build(int index, int candidate_index, const VarSet& needed) {
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

  PlanPtr BuildLeaf(const Relation& relation, const Candidate& candidate, const VarSet& below) {
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

  PlanPtr BuildJoin(const RelationSet& set, const Candidate& candidate, PlanPtr left, PlanPtr right,
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

  const JoinGroup& group_;
  const VarSet& required_;
  const JoinServices& services_;
  std::vector<VarId> locals_;
  std::vector<RelationSet> sets_;
};

}  // namespace

absl::StatusOr<PlanPtr> PlanJoins(const JoinGroup& group, const VarSet& required,
                                  const JoinServices& services) {
  if (group.relations.size() > kMaxRelations) {
    return ResourceExhausted(Cat("the query joins more than ", kMaxRelations, " patterns in one group"));
  }
  return JoinOrderer(group, required, services).Plan();
}

}  // namespace dossier::query::plan
