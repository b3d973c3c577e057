// Walks ranges of one order: blocks and delta merged. Internal to graph/store.
//
//   RangeReader reader(view, Order::kPos);
//   RETURN_IF_ERROR(reader.Seek(range));
//   RETURN_IF_ERROR(reader.Fill(batch));          // appends; nothing at the end
//
// Seeking forward over small distances is cheap: the current block and strip are kept. Not thread-safe.
#pragma once

#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "graph/store/base_index.h"
#include "graph/store/delta.h"
#include "graph/store/quad_key.h"
#include "graph/store/rocks_util.h"

namespace dossier::graph {

// What a reader reads: one state of the quads. Borrowed; whoever reads keeps the state.
struct QuadView {
  const Database* database = nullptr;
  const rocksdb::Snapshot* snapshot = nullptr;  // null: the newest
  const BaseIndex* base = nullptr;
  const Delta* delta = nullptr;
};

// One block in memory, and one strip of it unpacked.
class BlockLoader {
 public:
  BlockLoader(const QuadView& view, Order order) : view_(view), order_(order), index_(view.base->of(order)) {}

  const OrderIndex& index() const { return index_; }
  // Reads block `i` unless it is here already.
  absl::Status Load(size_t i);
  const Block& block() const { return *block_; }
  // Unpacks a strip of the loaded block unless it is here already.
  absl::Status Unpack(size_t strip);
  const StripColumns& columns() const { return columns_; }
  absl::Status Malformed() const;
  // First row of the unpacked strip that is not below `key`.
  size_t LowerBound(const QuadKey& key, size_t size) const;

 private:
  const QuadView view_;
  const Order order_;
  const OrderIndex& index_;
  rocksdb::PinnableSlice bytes_;
  std::optional<Block> block_;
  size_t loaded_ = SIZE_MAX;
  size_t unpacked_ = SIZE_MAX;  // strip
  StripColumns columns_;
};

class RangeReader {
 public:
  RangeReader(const QuadView& view, Order order) : view_(view), order_(order), loader_(view, order) {}

  // Precondition: range.order is this reader's.
  absl::Status Seek(const KeyRange& range);
  // Appends rows until the batch is full or the range ends; may stop a little earlier when the next strip does not fit.
  absl::Status Fill(IdBatch& batch);
  // Whether Fill() may give more.
  bool HasMore() const { return position_ < end_ || block_ < last_block_ || next_change_ < changes_.size(); }

  // Whether the blocks have `key`.
  absl::StatusOr<bool> BaseHas(const QuadKey& key);

  // Sums over the rows of the blocks below `key`; the steps only if `with_steps`, which costs up to a block's unpacking.
  absl::StatusOr<BlockTotals> TotalsBelow(const QuadKey& key, bool with_steps);

 private:
  // Steps to the next strip; unpacks it into the batch when it can be taken as it is, else into the loader.
  absl::Status NextStrip(IdBatch& batch, bool& batch_is_full);
  // Whether no row of the blocks from the current one on can pass the check of graphs.
  bool SkipsBlock(const BlockRecord& record) const;
  void MergeRows(IdBatch& batch);
  // Takes rows up to `end` or until the batch is full.
  void CopyRows(size_t end, IdBatch& batch);
  void Append(const QuadKey& row, IdBatch& batch);
  absl::Status AddDetails(size_t block, size_t strip, size_t row, bool with_steps, BlockTotals& totals);

  const QuadView view_;
  const Order order_;
  BlockLoader loader_;
  KeyRange range_;
  std::vector<DeltaChange> changes_;  // of the range, those that pass its checks
  size_t next_change_ = 0;
  size_t block_ = 0, last_block_ = 0;  // the next strip to read is strip_ of block_; last_block_ is behind the last one
  size_t strip_ = 0;
  bool first_strip_ = true;
  bool filter_rows_ = false;           // of the unpacked strip
  size_t position_ = 0, end_ = 0;  // rows of the unpacked strip still to be taken
};

}  // namespace dossier::graph
