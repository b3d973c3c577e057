// A column of term ids that grows without ever being copied: what joins and sorts keep of their inputs.
//
//   TermColumn column;
//   column.Append(batch.columns[0], batch.rows);
//   column[12]
//
// Memory comes in blocks of kBlock ids, so that it never exceeds what is held by more than a block, and goes back in as few steps.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

#include "graph/model/term_id.h"

namespace dossier::query {

class TermColumn {
 public:
  static constexpr size_t kBlock = 1024;

  size_t size() const { return size_; }
  graph::TermId operator[](size_t i) const { return blocks_[i / kBlock][i % kBlock]; }

  // Appends from[begin] .. from[end - 1].
  void Append(const std::vector<graph::TermId>& from, size_t begin, size_t end) {
    while (begin < end) {
      if (size_ == blocks_.size() * kBlock) blocks_.push_back(std::make_unique_for_overwrite<graph::TermId[]>(kBlock));
      const size_t at = size_ % kBlock;
      const size_t count = std::min(end - begin, kBlock - at);
      std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(begin), count, blocks_.back().get() + at);
      size_ += count;
      begin += count;
    }
  }
  void Append(const std::vector<graph::TermId>& from, size_t count) { Append(from, 0, count); }
  void Clear() {
    if (blocks_.size() > 1) blocks_.resize(1);
    if (!blocks_.empty() && size_ > 0) size_ = 0;
  }

 private:
  std::vector<std::unique_ptr<graph::TermId[]>> blocks_;
  size_t size_ = 0;
};

}  // namespace dossier::query
