// A set of quads in memory that can be walked in any order of a store: what the operations of an update have changed so far.
//
//   QuadSet added;  added.Insert(quad);
//   added.ForEach({.predicate = p}, Order::kPso, [](const IdQuad& quad) { return true; });
//
// The quads of an order are sorted when it is first asked for, and kept so. Not thread-safe.
#pragma once

#include <array>
#include <optional>

#include "absl/container/btree_set.h"
#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "graph/store/store.h"

namespace dossier::query {

// True when `quad` is one of those that `pattern` stands for.
bool Matches(const graph::IdQuad& quad, const graph::IdPattern& pattern);
// The number of leading columns of `order` that `pattern` binds.
size_t BoundPrefix(const graph::IdPattern& pattern, graph::Order order);

// A quad with its columns in an order's own sequence: compares as the order sorts.
using SortedQuad = std::array<uint64_t, 4>;
SortedQuad ToSorted(const graph::IdQuad& quad, graph::Order order);
graph::IdQuad FromSorted(const SortedQuad& sorted, graph::Order order);

struct QuadHash {
  size_t operator()(const graph::IdQuad& q) const { return absl::HashOf(q.subject, q.predicate, q.object, q.graph); }
};
using QuadHashSet = absl::flat_hash_set<graph::IdQuad, QuadHash>;

class QuadSet {
 public:
  static constexpr size_t kOrders = 7;
  using Index = absl::btree_set<SortedQuad>;

  bool Insert(const graph::IdQuad& quad);  // false: was there
  bool Erase(const graph::IdQuad& quad);   // false: was not there
  bool Contains(const graph::IdQuad& quad) const { return quads_.contains(quad); }
  size_t size() const { return quads_.size(); }
  bool empty() const { return quads_.empty(); }

  // All quads in an order; valid until the set changes.
  const Index& Sorted(graph::Order order) const;
  // Calls visit(quad) for the quads that match, in order, until it returns false.
  template <typename F>
  void ForEach(const graph::IdPattern& pattern, graph::Order order, F&& visit) const {
    const Index& index = Sorted(order);
    const size_t prefix = BoundPrefix(pattern, order);
    const SortedQuad from = Lowest(pattern, order);
    for (auto it = index.lower_bound(from); it != index.end(); ++it) {
      for (size_t i = 0; i < prefix; ++i) {
        if ((*it)[i] != from[i]) return;
      }
      const graph::IdQuad quad = FromSorted(*it, order);
      if (Matches(quad, pattern) && !visit(quad)) return;
    }
  }
  // The smallest key a match can have.
  static SortedQuad Lowest(const graph::IdPattern& pattern, graph::Order order);

 private:
  QuadHashSet quads_;
  mutable std::array<std::optional<Index>, kOrders> indexes_;
};

}  // namespace dossier::query
