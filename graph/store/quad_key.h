// Quads as keys of the seven orders, and which range of which order answers a pattern. See docs/storage_format.md.
//
//   for (const KeyRange& range : PlanScan(pattern, Order::kPso)) ... read [range.low, range.high), keep rows it Accepts()
//
// Thread-safe: pure functions.
#pragma once

#include <array>
#include <optional>

#include "absl/container/inlined_vector.h"
#include "graph/model/term_id.h"
#include "graph/store/block.h"
#include "graph/store/store.h"

namespace dossier::graph {

inline constexpr size_t kTripleOrders = 6;

// Components of a quad by number: 0 subject, 1 predicate, 2 object, 3 graph.
using QuadColumns = std::array<uint64_t, 4>;
inline QuadColumns ColumnsOf(const IdQuad& q) {
  return {q.subject.bits(), q.predicate.bits(), q.object.bits(), q.graph.bits()};
}
inline QuadColumns ColumnsOf(const IdPattern& p) {
  return {p.subject.bits(), p.predicate.bits(), p.object.bits(),
          p.graphs == IdPattern::Graphs::kOne ? p.graph.bits() : 0};
}
// Column numbers in the order of the key.
const std::array<uint8_t, 4>& KeyOrder(Order order);
// Where the graph stands in the key.
inline size_t GraphColumn(Order order) { return order == Order::kGspo ? 0 : 3; }
// 's', 'p', 'o', 'g' -> 0..3.
std::optional<size_t> ColumnNumber(char name);

inline QuadKey ToKey(const QuadColumns& quad, Order order) {
  const std::array<uint8_t, 4>& columns = KeyOrder(order);
  return {quad[columns[0]], quad[columns[1]], quad[columns[2]], quad[columns[3]]};
}
inline QuadColumns FromKey(const QuadKey& key, Order order) {
  const std::array<uint8_t, 4>& columns = KeyOrder(order);
  QuadColumns quad;
  for (size_t c = 0; c < 4; ++c) quad[columns[c]] = key[c];
  return quad;
}

// The keys of one order in [low, high), kLastKey for no end; of those, the quads that pass the checks.
struct KeyRange {
  Order order = Order::kSpo;
  QuadKey low = {0, 0, 0, 0};
  QuadKey high = kLastKey;
  enum class Graphs : uint8_t { kAny, kDefaultOnly, kNamedOnly } graphs = Graphs::kAny;
  QuadKey must = {0, 0, 0, 0};  // in key order; 0: anything; bound components that the prefix does not cover
  bool checks = false;          // whether any of `must` is set

  bool AcceptsGraph(uint64_t graph) const {
    return graphs == Graphs::kAny || (graph == TermId::DefaultGraph().bits()) == (graphs == Graphs::kDefaultOnly);
  }
  bool Accepts(const QuadKey& key) const {
    for (size_t c = 0; checks && c < 4; ++c) {
      if (must[c] != 0 && must[c] != key[c]) return false;
    }
    return AcceptsGraph(key[GraphColumn(order)]);
  }
};

// Ranges to read one after the other.
using ScanPlan = absl::InlinedVector<KeyRange, 2>;
ScanPlan PlanScan(const IdPattern& pattern, Order order);

// The smallest key greater than all that agree with `key` in the first `columns` columns.
QuadKey PrefixEnd(QuadKey key, size_t columns);

// Snapshot::BestOrder.
Order ChooseOrder(const IdPattern& pattern, char first_free);
// A triple order that has the bound components of `pattern` first and `column` (0..2) right behind them.
Order ChooseJoinOrder(const IdPattern& pattern, size_t column);

}  // namespace dossier::graph
