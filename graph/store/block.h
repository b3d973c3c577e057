// A block: up to 4,096 quads of one order, packed. See "Blocks" in docs/storage_format.md. Internal to graph/store.
//
//   PackBlock(rows, n, bytes, record);                          // rows in key order
//   std::optional<Block> block = Block::Parse(bytes);
//   block->Unpack(strip, columns);                              // 256 quads at most
//
// A Block borrows its bytes. Thread-safe: no shared state.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "graph/store/strip_codec.h"

namespace dossier::graph {

inline constexpr size_t kBlockQuads = 4096;

// A quad as numbers in the order of a key; compares as the keys do.
using QuadKey = std::array<uint64_t, 4>;
inline constexpr QuadKey kLastKey = {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX};

// Quads in columns: column c of quad i is at [c][i].
template <size_t kRows>
struct Columns {
  std::array<std::array<uint64_t, kRows>, 4> column;
  QuadKey Row(size_t i) const { return {column[0][i], column[1][i], column[2][i], column[3][i]}; }
  void Set(size_t i, const QuadKey& row) {
    for (size_t c = 0; c < 4; ++c) column[c][i] = row[c];
  }
};
using StripColumns = Columns<kStripQuads>;

// What is known of a block without reading it.
struct BlockRecord {
  QuadKey first = {};  // not in the encoding: it is the key
  QuadKey last = {};
  uint32_t quads = 0;
  uint32_t named = 0;   // quads in named graphs
  uint32_t steps1 = 0;  // changes of the first column inside
  uint32_t steps2 = 0;  // changes of the first two
  uint32_t bytes = 0;
  uint64_t hash = 0;

  std::string Encode() const;
  bool Decode(std::string_view encoded);
  friend bool operator==(const BlockRecord&, const BlockRecord&) = default;
};

// Precondition: 1 <= n <= kBlockQuads, ascending. `graph_column` (0 for gspo, else 3) is where the graph stands.
void PackBlock(const QuadKey* rows, size_t n, size_t graph_column, std::string& bytes, BlockRecord& record);

class Block {
 public:
  // Nothing when the header is malformed. The hash is not looked at: RocksDB checks what it reads from disk.
  static std::optional<Block> Parse(std::string_view bytes);
  bool HashMatches() const;

  size_t size() const { return quads_; }
  size_t strips() const { return (quads_ + kStripQuads - 1) / kStripQuads; }
  size_t StripSize(size_t strip) const { return strip + 1 < strips() ? kStripQuads : quads_ - strip * kStripQuads; }
  bool has_graphs() const { return columns_ == 4; }
  QuadKey FirstOf(size_t strip) const;
  // The last strip that begins at or before `key`, or 0.
  size_t StripOf(const QuadKey& key) const;
  // False when malformed. Pointers to room for StripSize() numbers each, in key order.
  bool Unpack(size_t strip, const std::array<uint64_t*, 4>& out) const;
  bool Unpack(size_t strip, StripColumns& out) const {
    return Unpack(strip, {out.column[0].data(), out.column[1].data(), out.column[2].data(), out.column[3].data()});
  }

 private:
  std::string_view bytes_;
  size_t quads_ = 0;
  size_t columns_ = 0;
};

}  // namespace dossier::graph
