// Memory in large blocks that goes back all at once: for millions of small things without destructors.
//
//   ByteArena arena;
//   char* room = arena.Room(12);
//   std::string_view text = arena.Copy("kept as long as the arena");
//
// Not thread-safe.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace dossier::query {

class ByteArena {
 public:
  // `align`: a power of two up to 16.
  char* Room(size_t bytes, size_t align = 1) {
    const size_t padding = (align - used_ % align) % align;
    if (bytes + padding > left_) return NewRoom(bytes);
    used_ += padding;
    left_ -= padding;
    return Take(bytes);
  }
  std::string_view Copy(std::string_view text) {
    if (text.empty()) return {};
    char* const to = Room(text.size());
    std::memcpy(to, text.data(), text.size());
    return {to, text.size()};
  }
  void Clear() { *this = ByteArena(); }

 private:
  static constexpr size_t kFirstBlock = size_t{4} << 10, kLargestBlock = size_t{256} << 10;

  char* NewRoom(size_t bytes) {
    const bool alone = bytes > next_block_ / 4;  // a block of its own; the current one goes on
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(alone ? bytes : next_block_));
    if (alone) return blocks_.back().get();
    block_ = blocks_.back().get();
    used_ = 0;
    left_ = next_block_;
    next_block_ = std::min(kLargestBlock, 2 * next_block_);
    return Take(bytes);
  }
  char* Take(size_t bytes) {
    char* const at = block_ + used_;
    used_ += bytes;
    left_ -= bytes;
    return at;
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* block_ = nullptr;
  size_t used_ = 0, left_ = 0, next_block_ = kFirstBlock;
};

}  // namespace dossier::query
