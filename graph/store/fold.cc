#include "graph/store/fold.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "graph/base/status.h"

namespace dossier::graph {
namespace {

constexpr size_t kFewQuads = kBlockQuads / 4;  // a block with fewer is joined with the next one

class OrderRewriter {
 public:
  OrderRewriter(const QuadView& view, Order order, const ChangeSource& source, TableSink& sink)
      : order_(order), source_(source), sink_(sink), loader_(view, order), index_(view.base->of(order)) {}

  absl::StatusOr<std::shared_ptr<const OrderIndex>> Run() {
    RETURN_IF_ERROR(Refill());
    while (HasChange()) {
      if (index_.empty()) {
        RETURN_IF_ERROR(MergeChangesBelow(kLastKey));
        break;
      }
      const size_t block = std::max(next_block_, index_.BlockOf(Change().key, next_block_));
      if (block > next_block_) RETURN_IF_ERROR(Flush());
      records_.insert(records_.end(), index_.records().begin() + static_cast<std::ptrdiff_t>(next_block_),
                      index_.records().begin() + static_cast<std::ptrdiff_t>(block));
      next_block_ = block;
      RETURN_IF_ERROR(MergeBlock());
      // Small remains are joined with what follows.
      while (pending() > 0 && pending() < kFewQuads && next_block_ < index_.size()) RETURN_IF_ERROR(MergeBlock());
    }
    RETURN_IF_ERROR(Flush());
    records_.insert(records_.end(), index_.records().begin() + static_cast<std::ptrdiff_t>(next_block_), index_.records().end());
    return std::make_shared<const OrderIndex>(std::move(records_));
  }

 private:
  bool HasChange() const { return at_ < changes_.size(); }
  const DeltaChange& Change() const { return changes_[at_]; }
  absl::Status Advance() { return ++at_ < changes_.size() ? absl::OkStatus() : Refill(); }
  absl::Status Refill() {
    at_ = 0;
    changes_.clear();
    return source_(changes_);
  }
  size_t pending() const { return rows_.size() - begin_; }

  absl::Status Add(const QuadKey& row) {
    rows_.push_back(row);
    return pending() >= 2 * kBlockQuads ? Emit(kBlockQuads) : absl::OkStatus();
  }

  absl::Status MergeChangesBelow(const QuadKey& limit) {
    while (HasChange() && (Change().key < limit || limit == kLastKey)) {
      if (Change().sign > 0) RETURN_IF_ERROR(Add(Change().key));
      RETURN_IF_ERROR(Advance());
    }
    return absl::OkStatus();
  }

  // Merges block next_block_ with the changes up to the block after it.
  absl::Status MergeBlock() {
    const size_t block = next_block_++;
    RETURN_IF_ERROR(loader_.Load(block));
    replaced_.push_back(index_[block].first);
    for (size_t strip = 0; strip < loader_.block().strips(); ++strip) {
      RETURN_IF_ERROR(loader_.Unpack(strip));
      for (size_t i = 0; i < loader_.block().StripSize(strip); ++i) {
        const QuadKey row = loader_.columns().Row(i);
        RETURN_IF_ERROR(MergeChangesBelow(row));
        const bool removed = HasChange() && Change().key == row && Change().sign < 0;
        if (!removed) RETURN_IF_ERROR(Add(row));
        if (HasChange() && Change().key == row) RETURN_IF_ERROR(Advance());
      }
    }
    return MergeChangesBelow(next_block_ < index_.size() ? index_[next_block_].first : kLastKey);
  }

  // Writes the next n rows as a block; old blocks before it that nobody replaces go.
  absl::Status Emit(size_t n) {
    BlockRecord record;
    PackBlock(rows_.data() + begin_, n, GraphColumn(order_), bytes_, record);
    RETURN_IF_ERROR(DeleteReplacedBelow(record.first));
    if (!replaced_.empty() && replaced_.front() == record.first) replaced_.pop_front();
    const std::string key = BlockKey(order_, record.first);
    RETURN_IF_ERROR(sink_.Put(Family::kBlocks, key, bytes_));
    RETURN_IF_ERROR(sink_.Put(Family::kIndex, key, record.Encode()));
    records_.push_back(record);
    begin_ += n;
    if (begin_ >= 8 * kBlockQuads || begin_ == rows_.size()) {
      rows_.erase(rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(begin_));
      begin_ = 0;
    }
    return absl::OkStatus();
  }

  absl::Status DeleteReplacedBelow(const QuadKey& key) {
    while (!replaced_.empty() && replaced_.front() < key) {
      const std::string old = BlockKey(order_, replaced_.front());
      RETURN_IF_ERROR(sink_.Delete(Family::kBlocks, old));
      RETURN_IF_ERROR(sink_.Delete(Family::kIndex, old));
      replaced_.pop_front();
    }
    return absl::OkStatus();
  }

  absl::Status Flush() {
    while (pending() > 0) {
      const size_t pieces = (pending() + kBlockQuads - 1) / kBlockQuads;
      RETURN_IF_ERROR(Emit((pending() + pieces - 1) / pieces));
    }
    return DeleteReplacedBelow(kLastKey);
  }

  const Order order_;
  const ChangeSource& source_;
  TableSink& sink_;
  BlockLoader loader_;
  const OrderIndex& index_;
  std::vector<DeltaChange> changes_;
  size_t at_ = 0;
  std::vector<QuadKey> rows_;
  size_t begin_ = 0;  // of the rows not yet written
  std::deque<QuadKey> replaced_;
  size_t next_block_ = 0;
  std::vector<BlockRecord> records_;
  std::string bytes_;
};

}  // namespace

ChangeSource SourceOf(std::vector<DeltaChange> changes) {
  auto rest = std::make_shared<std::vector<DeltaChange>>(std::move(changes));
  return [rest](std::vector<DeltaChange>& out) {
    out = std::exchange(*rest, {});
    return absl::OkStatus();
  };
}

absl::StatusOr<std::shared_ptr<const OrderIndex>> RewriteOrder(const QuadView& view, Order order, const ChangeSource& changes,
                                                               TableSink& sink) {
  return OrderRewriter(view, order, changes, sink).Run();
}

}  // namespace dossier::graph
