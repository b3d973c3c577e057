#include "query/update/quad_set.h"

namespace dossier::query {
namespace {

using graph::IdPattern;
using graph::IdQuad;
using graph::Order;
using graph::TermId;

// Which column comes where: 0 subject, 1 predicate, 2 object, 3 graph.
constexpr std::array<std::array<uint8_t, 4>, QuadSet::kOrders> kColumns = {{
    {0, 1, 2, 3}, {0, 2, 1, 3}, {1, 0, 2, 3}, {1, 2, 0, 3}, {2, 0, 1, 3}, {2, 1, 0, 3}, {3, 0, 1, 2},
}};

const std::array<uint8_t, 4>& ColumnsOf(Order order) { return kColumns[static_cast<size_t>(order)]; }

// What the pattern demands of each column; unbound: anything.
std::array<TermId, 4> Demands(const IdPattern& pattern) {
  return {pattern.subject, pattern.predicate, pattern.object,
          pattern.graphs == IdPattern::Graphs::kOne ? pattern.graph : TermId::Unbound()};
}

}  // namespace

bool Matches(const IdQuad& quad, const IdPattern& pattern) {
  if (pattern.subject.is_bound() && quad.subject != pattern.subject) return false;
  if (pattern.predicate.is_bound() && quad.predicate != pattern.predicate) return false;
  if (pattern.object.is_bound() && quad.object != pattern.object) return false;
  switch (pattern.graphs) {
    case IdPattern::Graphs::kOne:
      return quad.graph == pattern.graph;
    case IdPattern::Graphs::kAnyNamed:
      return quad.graph != TermId::DefaultGraph();
    case IdPattern::Graphs::kAny:
      return true;
  }
  return true;
}

size_t BoundPrefix(const IdPattern& pattern, Order order) {
  const std::array<TermId, 4> demands = Demands(pattern);
  size_t prefix = 0;
  while (prefix < 4 && demands[ColumnsOf(order)[prefix]].is_bound()) ++prefix;
  return prefix;
}

SortedQuad ToSorted(const IdQuad& quad, Order order) {
  const std::array<uint64_t, 4> parts = {quad.subject.bits(), quad.predicate.bits(), quad.object.bits(),
                                         quad.graph.bits()};
  SortedQuad out;
  for (size_t i = 0; i < 4; ++i) out[i] = parts[ColumnsOf(order)[i]];
  return out;
}

IdQuad FromSorted(const SortedQuad& sorted, Order order) {
  std::array<TermId, 4> parts;
  for (size_t i = 0; i < 4; ++i) parts[ColumnsOf(order)[i]] = TermId::FromBits(sorted[i]);
  return {parts[0], parts[1], parts[2], parts[3]};
}

SortedQuad QuadSet::Lowest(const IdPattern& pattern, Order order) {
  const std::array<TermId, 4> demands = Demands(pattern);
  const size_t prefix = BoundPrefix(pattern, order);
  SortedQuad out = {0, 0, 0, 0};
  for (size_t i = 0; i < prefix; ++i) out[i] = demands[ColumnsOf(order)[i]].bits();
  return out;
}

bool QuadSet::Insert(const IdQuad& quad) {
  if (!quads_.insert(quad).second) return false;
  for (size_t i = 0; i < kOrders; ++i) {
    if (indexes_[i]) indexes_[i]->insert(ToSorted(quad, static_cast<Order>(i)));
  }
  return true;
}

bool QuadSet::Erase(const IdQuad& quad) {
  if (quads_.erase(quad) == 0) return false;
  for (size_t i = 0; i < kOrders; ++i) {
    if (indexes_[i]) indexes_[i]->erase(ToSorted(quad, static_cast<Order>(i)));
  }
  return true;
}

const QuadSet::Index& QuadSet::Sorted(Order order) const {
  std::optional<Index>& index = indexes_[static_cast<size_t>(order)];
  if (!index) {
    index.emplace();
    for (const IdQuad& quad : quads_) index->insert(ToSorted(quad, order));
  }
  return *index;
}

}  // namespace dossier::query
