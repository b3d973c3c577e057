// Changes that are not yet in the blocks: kept in memory sorted in each order, written to the family `delta`. Internal to graph/store.
//
//   auto run = std::make_shared<const DeltaRun>(changes);          // of one commit, sorted by quad
//   Delta delta = old.With(run);                                   // runs of similar size are merged: there are few
//   delta.Gather(Order::kPos, low, high, changes);                 // net changes of a range
//
// Each change is one relative to the blocks and the changes before it: the sum over the runs is -1 (removed), 0 or 1 (inserted).
// Immutable once made; the orders of a run are made when first asked for. Thread-safe.
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/store/base_index.h"
#include "graph/store/quad_key.h"

namespace dossier::graph {

struct DeltaChange {
  QuadKey key;     // in the order of the view
  int64_t sign = 0;  // +1 inserted, -1 removed
};

// `changes` (of the order spo) in `order`; the quads of the default graph have no place in gspo.
std::vector<DeltaChange> InOrder(Order order, const std::vector<DeltaChange>& changes);

class DeltaRun {
 public:
  struct View {
    std::vector<DeltaChange> changes;    // ascending
    std::vector<int32_t> sum, sum_named;  // of the signs before each; one longer than `changes`
    // The changes in [low, high).
    std::pair<size_t, size_t> Range(const QuadKey& low, const QuadKey& high) const;
  };
  // `changes`: as subject, predicate, object, graph, ascending without repeats.
  explicit DeltaRun(std::vector<DeltaChange> changes);
  DeltaRun(const DeltaRun&) = delete;
  DeltaRun& operator=(const DeltaRun&) = delete;

  size_t size() const { return views_[0].changes.size(); }
  const View& In(Order order) const;

 private:
  static void AddSums(View& view, size_t graph_column);
  mutable std::array<View, kOrders> views_;
  mutable std::array<std::once_flag, kOrders> made_;
};

class Delta {
 public:
  Delta With(std::shared_ptr<const DeltaRun> run) const;
  // A copy whose present runs are left alone by With(), so that a fold can take them away with WithoutFrozen().
  Delta Frozen() const;
  Delta WithoutFrozen() const;
  uint64_t changes() const;
  bool empty() const { return runs_.empty(); }
  // All runs as one, in subject order.
  std::vector<DeltaChange> All() const;

  // Appends the net changes in [low, high), ascending.
  void Gather(Order order, const QuadKey& low, const QuadKey& high, std::vector<DeltaChange>& out) const;
  // Sum of signs in [low, high): of all quads, and of those in named graphs.
  std::pair<int64_t, int64_t> Sum(Order order, const QuadKey& low, const QuadKey& high) const;
  // How many changes Gather() would look at.
  uint64_t CountChanges(Order order, const QuadKey& low, const QuadKey& high) const;
  // Net sign of one quad (subject, predicate, object, graph).
  int64_t SignOf(const QuadKey& quad) const;

 private:
  std::vector<std::shared_ptr<const DeltaRun>> runs_;  // sizes fall geometrically
  size_t frozen_ = 0;  // of these, from the first on
};

// `a` and `b` summed up, ascending; changes that cancel are gone.
std::vector<DeltaChange> MergeChanges(const std::vector<DeltaChange>& a, const std::vector<DeltaChange>& b);

// Records of the family `delta`.
std::string EncodeChanges(const std::vector<DeltaChange>& changes);
std::optional<std::vector<DeltaChange>> DecodeChanges(std::string_view record);

}  // namespace dossier::graph
