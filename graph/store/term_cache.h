// A bounded cache of decoded terms by id.
//
//   Term term;
//   if (!cache.Get(id, term)) ... cache.Put(id, term);
//
// Thread-safe. Each shard keeps two generations: when the young one has its share of bytes it becomes the old one and what was old is
// dropped; a hit in the old one moves to the young one. So what is used stays, at the cost of one map operation.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>

#include "absl/container/flat_hash_map.h"
#include "graph/model/term.h"
#include "graph/model/term_id.h"

namespace dossier::graph {

class TermCache {
 public:
  explicit TermCache(size_t bytes) : shard_bytes_(bytes / kShards / 2) {}

  bool Get(TermId id, Term& term);
  void Put(TermId id, const Term& term);

 private:
  static constexpr size_t kShards = 16;
  struct Shard {
    std::mutex mutex;
    absl::flat_hash_map<uint64_t, Term> young, old;
    size_t young_bytes = 0;
  };
  Shard& ShardOf(TermId id) { return shards_[(id.bits() * 0x9E3779B97F4A7C15u) >> 60]; }
  void Insert(Shard& shard, TermId id, Term term);

  const size_t shard_bytes_;
  std::array<Shard, kShards> shards_;
};

}  // namespace dossier::graph
