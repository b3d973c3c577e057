// What is known of all blocks of the orders without reading them, with running totals. Internal to graph/store.
//
//   ASSIGN_OR_RETURN(std::shared_ptr<const BaseIndex> base, BaseIndex::Load(database, nullptr));
//   const OrderIndex& pos = base->of(Order::kPos);
//   size_t block = pos.BlockOf(key);
//
// Immutable, so that a snapshot and a fold work on one each. Thread-safe.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/store/block.h"
#include "graph/store/rocks_util.h"
#include "graph/store/store.h"

namespace dossier::graph {

inline constexpr size_t kOrders = 7;

// Sums over the blocks before one.
struct BlockTotals {
  uint64_t quads = 0;
  uint64_t named = 0;
  uint64_t steps1 = 0;  // beginnings of a value of the first column
  uint64_t steps2 = 0;  // beginnings of a pair of the first two
};

class OrderIndex {
 public:
  // `records` ascending.
  explicit OrderIndex(std::vector<BlockRecord> records);

  size_t size() const { return records_.size(); }
  bool empty() const { return records_.empty(); }
  const BlockRecord& operator[](size_t i) const { return records_[i]; }
  const std::vector<BlockRecord>& records() const { return records_; }
  // The last block that begins at or before `key`, or 0; `hint` is tried first.
  size_t BlockOf(const QuadKey& key, size_t hint = SIZE_MAX) const;
  // Of the blocks before block i; i may be size().
  const BlockTotals& Before(size_t i) const { return totals_[i]; }

 private:
  std::vector<BlockRecord> records_;
  std::vector<BlockTotals> totals_;
};

class BaseIndex {
 public:
  using Orders = std::array<std::shared_ptr<const OrderIndex>, kOrders>;
  explicit BaseIndex(Orders orders) : orders_(std::move(orders)) {}
  static absl::StatusOr<std::shared_ptr<const BaseIndex>> Load(const Database& database, const rocksdb::Snapshot* snapshot);

  const OrderIndex& of(Order order) const { return *orders_[static_cast<size_t>(order)]; }
  const Orders& orders() const { return orders_; }
  uint64_t blocks() const;

 private:
  Orders orders_;
};

// Key of a block in the families blocks and index.
std::string BlockKey(Order order, const QuadKey& first);
bool ParseBlockKey(std::string_view key, Order& order, QuadKey& first);

}  // namespace dossier::graph
