// A set of rows of ids, numbered in the order they came: DISTINCT and GROUP BY.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "query/exec/batch.h"

namespace dossier::query {

class RowSet {
 public:
  explicit RowSet(size_t width) : width_(width), slots_(64, 0) {}

  // The number of the row made of `columns[c][row]`; `inserted` tells whether it is new.
  uint32_t Insert(const std::vector<const std::vector<graph::TermId>*>& columns, size_t row, bool* inserted) {
    scratch_.clear();
    uint64_t hash = 0x9E3779B97F4A7C15ull;
    for (const auto* column : columns) {
      const graph::TermId id = (*column)[row];
      scratch_.push_back(id);
      hash = (hash ^ id.bits()) * 0x9E3779B97F4A7C15ull;
      hash ^= hash >> 29;
    }
    return InsertScratch(hash, inserted);
  }
  uint32_t size() const { return count_; }
  const graph::TermId* Row(uint32_t number) const { return rows_.data() + size_t{number} * width_; }
  size_t Bytes() const {
    return rows_.capacity() * sizeof(graph::TermId) + slots_.capacity() * 4 + hashes_.capacity() * 8;
  }

 private:
  uint32_t InsertScratch(uint64_t hash, bool* inserted) {
    if ((size_t{count_} + 1) * 2 > slots_.size()) Grow();
    size_t at = hash & (slots_.size() - 1);
    while (slots_[at] != 0) {
      const uint32_t number = slots_[at] - 1;
      if (hashes_[number] == hash && std::equal(scratch_.begin(), scratch_.end(), Row(number))) {
        *inserted = false;
        return number;
      }
      at = (at + 1) & (slots_.size() - 1);
    }
    *inserted = true;
    slots_[at] = ++count_;
    hashes_.push_back(hash);
    rows_.insert(rows_.end(), scratch_.begin(), scratch_.end());
    return count_ - 1;
  }
  void Grow() {
    slots_.assign(slots_.size() * 2, 0);
    for (uint32_t number = 0; number < count_; ++number) {
      size_t at = hashes_[number] & (slots_.size() - 1);
      while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = number + 1;
    }
  }

  size_t width_;
  uint32_t count_ = 0;
  std::vector<uint32_t> slots_;  // number + 1, 0 = free; a power of two of them
  std::vector<uint64_t> hashes_;
  std::vector<graph::TermId> rows_, scratch_;
};

}  // namespace dossier::query
