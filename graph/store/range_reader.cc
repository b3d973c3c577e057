#include "graph/store/range_reader.h"

#include <algorithm>
#include <cstring>

#include "graph/base/status.h"
#include "graph/base/strings.h"

namespace dossier::graph {
namespace {

std::array<std::vector<TermId>*, 4> ColumnsIn(IdBatch& batch) { return {&batch.subject, &batch.predicate, &batch.object, &batch.graph}; }

}  // namespace

absl::Status BlockLoader::Malformed() const {
  return DataLoss(Cat("database ", view_.database->directory, ": malformed block in order ", kOrderNames[static_cast<size_t>(order_)]));
}

absl::Status BlockLoader::Load(size_t i) {
  if (i == loaded_) return absl::OkStatus();
  loaded_ = unpacked_ = SIZE_MAX;
  block_.reset();
  bytes_.Reset();
  rocksdb::ReadOptions options;
  options.snapshot = view_.snapshot;
  const BlockRecord& record = index_[i];
  const rocksdb::Status status = view_.database->db->Get(options, view_.database->family(Family::kBlocks),
                                                         ToSlice(BlockKey(order_, record.first)), &bytes_);
  if (status.IsNotFound()) return Malformed();
  RETURN_IF_ERROR(view_.database->Check(status));
  block_ = Block::Parse(FromSlice(bytes_));
  if (!block_ || block_->size() != record.quads || bytes_.size() != record.bytes || block_->FirstOf(0) != record.first) {
    block_.reset();
    return Malformed();
  }
  loaded_ = i;
  return absl::OkStatus();
}

absl::Status BlockLoader::Unpack(size_t strip) {
  if (strip == unpacked_) return absl::OkStatus();
  unpacked_ = SIZE_MAX;
  if (!block_->Unpack(strip, columns_)) return Malformed();
  unpacked_ = strip;
  return absl::OkStatus();
}

size_t BlockLoader::LowerBound(const QuadKey& key, size_t size) const {
  size_t low = 0, high = size;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (columns_.Row(middle) < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

absl::Status RangeReader::Seek(const KeyRange& range) {
  range_ = range;
  changes_.clear();
  next_change_ = 0;
  if (!view_.delta->empty()) {
    view_.delta->Gather(order_, range.low, range.high, changes_);
    if (range.checks || range.graphs != KeyRange::Graphs::kAny) {
      std::erase_if(changes_, [&](const DeltaChange& change) { return !range_.Accepts(change.key); });
    }
  }
  position_ = end_ = 0;
  first_strip_ = true;
  strip_ = 0;
  const OrderIndex& index = loader_.index();
  if (index.empty()) {
    block_ = last_block_ = 0;
    return absl::OkStatus();
  }
  block_ = index.BlockOf(range.low, block_);
  if (index[block_].last < range.low) ++block_;
  last_block_ = index.size();
  if (range.high != kLastKey) {
    const size_t last = index.BlockOf(range.high, block_);
    last_block_ = index[last].first < range.high ? last + 1 : last;
  }
  last_block_ = std::max(last_block_, block_);
  return absl::OkStatus();
}

bool RangeReader::SkipsBlock(const BlockRecord& record) const {
  return (range_.graphs == KeyRange::Graphs::kNamedOnly && record.named == 0) ||
         (range_.graphs == KeyRange::Graphs::kDefaultOnly && record.named == record.quads);
}

absl::Status RangeReader::NextStrip(IdBatch& batch, bool& batch_is_full) {
  const OrderIndex& index = loader_.index();
  const BlockRecord& record = index[block_];
  if (strip_ == 0 && SkipsBlock(record)) {
    ++block_;
    first_strip_ = false;
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(loader_.Load(block_));
  const Block& block = loader_.block();
  const bool cut_low = first_strip_ && record.first < range_.low;
  if (cut_low) strip_ = block.StripOf(range_.low);
  const size_t size = block.StripSize(strip_);
  const QuadKey limit = strip_ + 1 < block.strips()    ? block.FirstOf(strip_ + 1)
                        : block_ + 1 < index.size()    ? index[block_ + 1].first
                                                       : kLastKey;
  filter_rows_ = range_.checks || (range_.graphs != KeyRange::Graphs::kAny && block.has_graphs());
  const bool cut_high = range_.high < limit && range_.high != kLastKey;
  const bool has_change = next_change_ < changes_.size() && changes_[next_change_].key < limit;
  if (!cut_low && !cut_high && !filter_rows_ && !has_change) {
    if (batch.size + size > IdBatch::kCapacity) {
      batch_is_full = true;
      return absl::OkStatus();
    }
    const std::array<std::vector<TermId>*, 4> columns = ColumnsIn(batch);
    std::array<uint64_t*, 4> out;
    // A TermId is its bits.
    for (size_t c = 0; c < 4; ++c) out[c] = reinterpret_cast<uint64_t*>(columns[KeyOrder(order_)[c]]->data() + batch.size);
    if (!block.Unpack(strip_, out)) return loader_.Malformed();
    batch.size += size;
  } else {
    RETURN_IF_ERROR(loader_.Unpack(strip_));
    position_ = cut_low ? loader_.LowerBound(range_.low, size) : 0;
    end_ = cut_high ? std::max(position_, loader_.LowerBound(range_.high, size)) : size;
  }
  first_strip_ = false;
  if (!(limit < range_.high)) {
    block_ = last_block_;
  } else if (++strip_ == block.strips()) {
    ++block_;
    strip_ = 0;
  }
  return absl::OkStatus();
}

void RangeReader::Append(const QuadKey& row, IdBatch& batch) {
  const QuadColumns quad = FromKey(row, order_);
  batch.subject[batch.size] = TermId::FromBits(quad[0]);
  batch.predicate[batch.size] = TermId::FromBits(quad[1]);
  batch.object[batch.size] = TermId::FromBits(quad[2]);
  batch.graph[batch.size] = TermId::FromBits(quad[3]);
  ++batch.size;
}

void RangeReader::CopyRows(size_t end, IdBatch& batch) {
  const StripColumns& rows = loader_.columns();
  if (filter_rows_) {
    for (; position_ < end && batch.size < IdBatch::kCapacity; ++position_) {
      const QuadKey row = rows.Row(position_);
      if (range_.Accepts(row)) Append(row, batch);
    }
    return;
  }
  const size_t n = std::min(end - position_, IdBatch::kCapacity - batch.size);
  const std::array<std::vector<TermId>*, 4> columns = ColumnsIn(batch);
  for (size_t c = 0; c < 4 && n > 0; ++c) {
    std::memcpy(static_cast<void*>(columns[KeyOrder(order_)[c]]->data() + batch.size), rows.column[c].data() + position_, 8 * n);
  }
  position_ += n;
  batch.size += n;
}

void RangeReader::MergeRows(IdBatch& batch) {
  const StripColumns& rows = loader_.columns();
  while (position_ < end_ && batch.size < IdBatch::kCapacity) {
    if (next_change_ == changes_.size()) {
      CopyRows(end_, batch);
      continue;
    }
    const QuadKey& key = changes_[next_change_].key;
    size_t stop = position_, high = end_;
    while (stop < high) {
      const size_t middle = (stop + high) / 2;
      if (rows.Row(middle) < key) {
        stop = middle + 1;
      } else {
        high = middle;
      }
    }
    CopyRows(stop, batch);
    if (position_ < stop || batch.size == IdBatch::kCapacity || stop == end_) continue;
    if (rows.Row(stop) == key) {
      if (changes_[next_change_].sign < 0) ++position_;
    } else if (changes_[next_change_].sign > 0) {
      Append(key, batch);
    }
    ++next_change_;
  }
}

absl::Status RangeReader::Fill(IdBatch& batch) {
  bool full = false;
  while (batch.size < IdBatch::kCapacity && !full) {
    if (position_ < end_) {
      MergeRows(batch);
    } else if (block_ < last_block_) {
      RETURN_IF_ERROR(NextStrip(batch, full));
    } else {
      for (; next_change_ < changes_.size() && batch.size < IdBatch::kCapacity; ++next_change_) {
        if (changes_[next_change_].sign > 0) Append(changes_[next_change_].key, batch);
      }
      return absl::OkStatus();
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> RangeReader::BaseHas(const QuadKey& key) {
  const OrderIndex& index = loader_.index();
  if (index.empty()) return false;
  block_ = index.BlockOf(key, block_);
  if (key < index[block_].first || index[block_].last < key) return false;
  RETURN_IF_ERROR(loader_.Load(block_));
  const size_t strip = loader_.block().StripOf(key);
  RETURN_IF_ERROR(loader_.Unpack(strip));
  const size_t size = loader_.block().StripSize(strip);
  const size_t row = loader_.LowerBound(key, size);
  return row < size && loader_.columns().Row(row) == key;
}

// Adds what the rows of `block` before row `row` of `strip` bring beside their number.
absl::Status RangeReader::AddDetails(size_t block, size_t strip, size_t row, bool with_steps, BlockTotals& totals) {
  const bool count_named = loader_.block().has_graphs();
  QuadKey before = block == 0 ? QuadKey{} : loader_.index()[block - 1].last;
  for (size_t s = 0; s <= strip; ++s) {
    const size_t size = s < strip ? loader_.block().StripSize(s) : row;
    if (size == 0) break;
    RETURN_IF_ERROR(loader_.Unpack(s));
    const StripColumns& rows = loader_.columns();
    const size_t graph = GraphColumn(order_);
    for (size_t i = 0; count_named && i < size; ++i) {
      totals.named += rows.column[graph][i] != TermId::DefaultGraph().bits() ? 1 : 0;
    }
    for (size_t i = 0; with_steps && i < size; ++i) {
      const bool step1 = rows.column[0][i] != before[0];
      totals.steps1 += step1 ? 1 : 0;
      totals.steps2 += step1 || rows.column[1][i] != before[1] ? 1 : 0;
      before = rows.Row(i);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<BlockTotals> RangeReader::TotalsBelow(const QuadKey& key, bool with_steps) {
  const OrderIndex& index = loader_.index();
  if (index.empty() || key == kLastKey) return index.Before(index.size());
  const size_t block = index.BlockOf(key, block_);
  block_ = block;
  if (key <= index[block].first) return index.Before(block);
  if (index[block].last < key) return index.Before(block + 1);
  RETURN_IF_ERROR(loader_.Load(block));
  const size_t strip = loader_.block().StripOf(key);
  RETURN_IF_ERROR(loader_.Unpack(strip));
  const size_t row = loader_.LowerBound(key, loader_.block().StripSize(strip));
  BlockTotals totals = index.Before(block);
  totals.quads += strip * kStripQuads + row;
  if (with_steps || loader_.block().has_graphs()) RETURN_IF_ERROR(AddDetails(block, strip, row, with_steps, totals));
  return totals;
}

}  // namespace dossier::graph
