#include "graph/store/quad_key.h"

#include <algorithm>

namespace dossier::graph {
namespace {

constexpr size_t kGraph = 3;
constexpr std::array<std::array<uint8_t, 4>, 7> kKeyOrders = {
    {{0, 1, 2, 3}, {0, 2, 1, 3}, {1, 0, 2, 3}, {1, 2, 0, 3}, {2, 0, 1, 3}, {2, 1, 0, 3}, {3, 0, 1, 2}}};

bool IsNamed(uint64_t graph) { return graph != 0 && graph != TermId::DefaultGraph().bits(); }

// Leading columns of `order` that are bound.
size_t BoundPrefix(const QuadColumns& columns, Order order) {
  size_t n = 0;
  while (n < 4 && columns[KeyOrder(order)[n]] != 0) ++n;
  return n;
}

KeyRange MakeRange(const QuadColumns& columns, Order order, KeyRange::Graphs graphs) {
  KeyRange range;
  range.order = order;
  range.graphs = graphs;
  range.must = ToKey(columns, order);
  // The check of graphs says it all.
  if (graphs == KeyRange::Graphs::kDefaultOnly) range.must[GraphColumn(order)] = 0;
  size_t bound = 0;
  for (; bound < 4 && range.must[bound] != 0; ++bound) {
    range.low[bound] = range.must[bound];
    range.must[bound] = 0;
  }
  range.high = PrefixEnd(range.low, bound);
  for (const uint64_t value : range.must) range.checks |= value != 0;
  return range;
}

}  // namespace

const std::array<uint8_t, 4>& KeyOrder(Order order) { return kKeyOrders[static_cast<size_t>(order)]; }

std::optional<size_t> ColumnNumber(char name) {
  switch (name) {
    case 's': return 0;
    case 'p': return 1;
    case 'o': return 2;
    case 'g': return kGraph;
    default: return std::nullopt;
  }
}

ScanPlan PlanScan(const IdPattern& pattern, Order order) {
  using Graphs = KeyRange::Graphs;
  const QuadColumns columns = ColumnsOf(pattern);
  const bool one = pattern.graphs == IdPattern::Graphs::kOne;
  ScanPlan plan;
  if (order == Order::kGspo) {
    // The default graph is the least id and stands in the order spo only.
    const bool named = one && IsNamed(columns[kGraph]);
    if (!named && pattern.graphs != IdPattern::Graphs::kAnyNamed) {
      plan.push_back(MakeRange(columns, Order::kSpo, Graphs::kDefaultOnly));
    }
    if (named || !one) plan.push_back(MakeRange(columns, Order::kGspo, Graphs::kAny));
    return plan;
  }
  Graphs graphs = Graphs::kAny;
  if (one) graphs = IsNamed(columns[kGraph]) ? Graphs::kNamedOnly : Graphs::kDefaultOnly;
  if (pattern.graphs == IdPattern::Graphs::kAnyNamed) graphs = Graphs::kNamedOnly;
  plan.push_back(MakeRange(columns, order, graphs));
  return plan;
}

QuadKey PrefixEnd(QuadKey key, size_t columns) {
  while (columns > 0 && key[columns - 1] == UINT64_MAX) --columns;
  if (columns == 0) return kLastKey;
  ++key[columns - 1];
  std::fill(key.begin() + static_cast<std::ptrdiff_t>(columns), key.end(), 0);
  return key;
}

Order ChooseOrder(const IdPattern& pattern, char first_free) {
  const QuadColumns columns = ColumnsOf(pattern);
  const bool any_triple_bound = columns[0] != 0 || columns[1] != 0 || columns[2] != 0;
  const bool named_only = pattern.graphs == IdPattern::Graphs::kAnyNamed;
  const bool graph_first = pattern.graphs == IdPattern::Graphs::kOne
                               ? IsNamed(columns[kGraph])
                               : !any_triple_bound && (first_free == 'g' || (first_free == 0 && named_only));
  if (graph_first) {
    size_t bound = 0;
    for (size_t i = 0; i < 3; ++i) bound += columns[i] != 0 ? 1 : 0;
    QuadColumns with_graph = columns;
    with_graph[kGraph] = 1;
    if (BoundPrefix(with_graph, Order::kGspo) == bound + 1) return Order::kGspo;
  }
  const std::optional<size_t> wish = ColumnNumber(first_free);
  Order best = Order::kSpo;
  size_t best_score = 0;
  for (size_t i = 0; i < kTripleOrders; ++i) {
    const auto order = static_cast<Order>(i);
    const size_t bound = std::min<size_t>(BoundPrefix(columns, order), 3);
    const size_t score = 2 * bound + (bound < 3 && wish == KeyOrder(order)[bound] ? 1 : 0) + 1;
    if (score > best_score) {
      best = order;
      best_score = score;
    }
  }
  return best;
}

Order ChooseJoinOrder(const IdPattern& pattern, size_t column) {
  QuadColumns columns = ColumnsOf(pattern);
  columns[column] = 0;
  Order best = Order::kSpo;
  size_t best_score = 0;
  for (size_t i = 0; i < kTripleOrders; ++i) {
    const auto order = static_cast<Order>(i);
    const size_t bound = BoundPrefix(columns, order);
    const size_t score = 2 * bound + (bound < 3 && KeyOrder(order)[bound] == column ? 1 : 0) + 1;
    if (score > best_score) {
      best = order;
      best_score = score;
    }
  }
  return best;
}

}  // namespace dossier::graph
