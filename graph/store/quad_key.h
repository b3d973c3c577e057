// Keys of the quad families, and which range of which family answers a pattern. See docs/storage_format.md.
//
//   ScanPlan plan = PlanScan(pattern, Order::kPso);
//   for (const KeyRange& range : plan) ... seek to range.prefix, keep keys that Accepts()
//
// Thread-safe: pure functions.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "absl/container/inlined_vector.h"
#include "graph/model/term_id.h"
#include "graph/store/rocks_util.h"
#include "graph/store/store.h"

namespace dossier::graph {

inline constexpr size_t kTripleKey = 24;  // a quad of the default graph, in a triple order
inline constexpr size_t kQuadKey = 32;    // any other
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
// 's', 'p', 'o', 'g' -> 0..3.
std::optional<size_t> ColumnNumber(char name);

// The key of `quad` in a triple order; `out` holds kQuadKey bytes. Returns the length.
size_t WriteKey(const QuadColumns& quad, Order order, char* out);
// Reads a key of a family back; false when its length is wrong.
inline bool ReadKey(std::string_view key, const std::array<uint8_t, 4>& order, QuadColumns& out) {
  if (key.size() != kTripleKey && key.size() != kQuadKey) return false;
  out[3] = TermId::DefaultGraph().bits();
  for (size_t i = 0; i < key.size() / 8; ++i) out[order[i]] = GetBigEndian(key.data() + 8 * i);
  return true;
}

// The keys of one family that start with `prefix`; of those, the quads that pass the checks.
struct KeyRange {
  Family family = Family::kSpo;
  Order order = Order::kSpo;
  std::string prefix;
  enum class Lengths : uint8_t { kBoth, kTriplesOnly, kQuadsOnly } lengths = Lengths::kBoth;
  QuadColumns must = {0, 0, 0, 0};  // 0: anything; bound components that the prefix does not cover
  bool checks = false;              // whether any of `must` is set

  bool AcceptsLength(size_t n) const {
    return lengths == Lengths::kBoth || (n == kTripleKey) == (lengths == Lengths::kTriplesOnly);
  }
  bool Accepts(const QuadColumns& quad) const {
    if (!checks) return true;
    for (size_t i = 0; i < 4; ++i) {
      if (must[i] != 0 && must[i] != quad[i]) return false;
    }
    return true;
  }
};

// Ranges to read one after the other.
using ScanPlan = absl::InlinedVector<KeyRange, 2>;
ScanPlan PlanScan(const IdPattern& pattern, Order order);

// The smallest key greater than all keys with `prefix`; empty when there is none.
std::string PrefixEnd(std::string prefix);

// Snapshot::BestOrder.
Order ChooseOrder(const IdPattern& pattern, char first_free);
// A triple order that has the bound components of `pattern` first and `column` (0..2) right behind them.
Order ChooseJoinOrder(const IdPattern& pattern, size_t column);

}  // namespace dossier::graph
