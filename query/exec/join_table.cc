#include "query/exec/join_table.h"

#include <algorithm>
#include <bit>

namespace dossier::query {
namespace {

using graph::TermId;

constexpr size_t kMaskedColumns = 16;  // further may-be-unbound columns are compared row by row

uint64_t Mix(uint64_t hash, TermId id) {
  hash = (hash ^ id.bits()) * 0x9E3779B97F4A7C15ull;
  return hash ^ (hash >> 29);
}

}  // namespace

std::vector<SharedColumn> SharedColumns(const std::vector<plan::Column>& left,
                                        const std::vector<plan::Column>& right) {
  std::vector<SharedColumn> out;
  for (size_t l = 0; l < left.size(); ++l) {
    for (size_t r = 0; r < right.size(); ++r) {
      if (left[l].variable != right[r].variable) continue;
      out.push_back(
          {static_cast<int>(l), static_cast<int>(r), !left[l].maybe_unbound && !right[r].maybe_unbound});
    }
  }
  return out;
}

JoinTable::JoinTable(std::vector<SharedColumn> shared, size_t column_count) : columns_(column_count) {
  for (const SharedColumn& column : shared) (column.certain ? certain_ : uncertain_).push_back(column);
}

JoinTable::Partition& JoinTable::PartitionOf(uint32_t mask) {
  for (Partition& partition : partitions_) {
    if (partition.mask == mask) return partition;
  }
  partitions_.emplace_back();
  partitions_.back().mask = mask;
  return partitions_.back();
}

void JoinTable::Add(const Batch& batch) {
  const size_t masked = std::min(uncertain_.size(), kMaskedColumns);
  if (masked == 0) {
    Partition& partition = PartitionOf(0);
    for (size_t i = 0; i < batch.rows; ++i) partition.rows.push_back(static_cast<uint32_t>(rows_ + i));
  } else {
    for (size_t i = 0; i < batch.rows; ++i) {
      uint32_t mask = 0;
      for (size_t c = 0; c < masked; ++c) {
        if (batch.columns[static_cast<size_t>(uncertain_[c].right)][i].is_bound()) mask |= uint32_t{1} << c;
      }
      PartitionOf(mask).rows.push_back(static_cast<uint32_t>(rows_ + i));
    }
  }
  for (size_t c = 0; c < columns_.size(); ++c) {
    columns_[c].Append(batch.columns[c], batch.rows);
  }
  rows_ += batch.rows;
}

JoinTable::Index& JoinTable::IndexFor(Partition& partition, uint32_t mask) {
  const auto [at, inserted] = partition.indexes.try_emplace(mask);
  Index& index = at->second;
  if (!inserted) return index;
  index.keys = certain_;
  for (size_t c = 0; c < std::min(uncertain_.size(), kMaskedColumns); ++c) {
    if (((mask >> c) & 1) != 0) index.keys.push_back(uncertain_[c]);
  }
  if (index.keys.empty()) return index;
  const size_t count = partition.rows.size();
  index.heads.assign(std::bit_ceil(count * 2 + 1), 0);
  index.next.resize(count);
  // From the last to the first, so that chains keep the order of the rows.
  for (size_t i = count; i-- > 0;) {
    uint64_t hash = 0;
    for (const SharedColumn& key : index.keys)
      hash = Mix(hash, columns_[static_cast<size_t>(key.right)][partition.rows[i]]);
    uint32_t& head = index.heads[hash & (index.heads.size() - 1)];
    index.next[i] = head;
    head = static_cast<uint32_t>(i + 1);
  }
  return index;
}

bool JoinTable::Compatible(const Batch& left, size_t left_row, uint32_t row, bool overlap) const {
  bool shares = !certain_.empty();
  for (const SharedColumn& column : uncertain_) {
    const TermId a = left.columns[static_cast<size_t>(column.left)][left_row];
    const TermId b = columns_[static_cast<size_t>(column.right)][row];
    if (a.is_unbound() || b.is_unbound()) continue;
    if (a != b) return false;
    shares = true;
  }
  return shares || !overlap;
}

template <typename Visit>
void JoinTable::ForEachMatch(const Batch& left, size_t row, bool overlap, Visit visit) {
  uint32_t mask = 0;
  for (size_t c = 0; c < std::min(uncertain_.size(), kMaskedColumns); ++c) {
    if (left.columns[static_cast<size_t>(uncertain_[c].left)][row].is_bound()) mask |= uint32_t{1} << c;
  }
  for (Partition& partition : partitions_) {
    const Index& index = IndexFor(partition, mask & partition.mask);
    if (index.keys.empty()) {
      // Nothing is bound on both sides: all rows are compatible, and none shares a variable with the probing one.
      const bool masks_tell = uncertain_.size() <= kMaskedColumns;
      if (masks_tell && overlap) continue;
      for (uint32_t r : partition.rows) {
        if ((masks_tell || Compatible(left, row, r, overlap)) && !visit(r)) return;
      }
      continue;
    }
    uint64_t hash = 0;
    for (const SharedColumn& key : index.keys)
      hash = Mix(hash, left.columns[static_cast<size_t>(key.left)][row]);
    for (uint32_t at = index.heads[hash & (index.heads.size() - 1)]; at != 0; at = index.next[at - 1]) {
      const uint32_t r = partition.rows[at - 1];
      const bool equal = std::all_of(index.keys.begin(), index.keys.end(), [&](const SharedColumn& key) {
        return left.columns[static_cast<size_t>(key.left)][row] ==
               columns_[static_cast<size_t>(key.right)][r];
      });
      if (equal && (uncertain_.empty() || Compatible(left, row, r, overlap)) && !visit(r)) return;
    }
  }
}

void JoinTable::Probe(const Batch& left, size_t row, bool overlap, std::vector<uint32_t>& matches) {
  ForEachMatch(left, row, overlap, [&](uint32_t r) {
    matches.push_back(r);
    return true;
  });
}

bool JoinTable::HasMatch(const Batch& left, size_t row, bool overlap) {
  bool found = false;
  ForEachMatch(left, row, overlap, [&](uint32_t) {
    found = true;
    return false;
  });
  return found;
}

}  // namespace dossier::query
