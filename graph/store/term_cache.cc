#include "graph/store/term_cache.h"

#include <utility>

namespace dossier::graph {
namespace {

// What a cached term costs, roughly: its strings, itself and its slot in the map.
size_t CostOf(const Term& term) {
  size_t cost = sizeof(Term) + 32 + term.value().capacity() + term.datatype().capacity() + term.language().capacity();
  if (term.is_triple()) cost += CostOf(term.triple().subject) + CostOf(term.triple().predicate) + CostOf(term.triple().object);
  return cost;
}

}  // namespace

void TermCache::Insert(Shard& shard, TermId id, Term term) {
  const size_t cost = CostOf(term);
  if (cost > shard_bytes_ / 4) return;
  if (shard.young_bytes + cost > shard_bytes_) {
    shard.old = std::move(shard.young);
    shard.young = {};
    shard.young_bytes = 0;
  }
  if (shard.young.try_emplace(id.bits(), std::move(term)).second) shard.young_bytes += cost;
}

bool TermCache::Get(TermId id, Term& term) {
  Shard& shard = ShardOf(id);
  const std::lock_guard lock(shard.mutex);
  if (const auto it = shard.young.find(id.bits()); it != shard.young.end()) {
    term = it->second;
    return true;
  }
  const auto it = shard.old.find(id.bits());
  if (it == shard.old.end()) return false;
  term = std::move(it->second);
  shard.old.erase(it);
  Insert(shard, id, term);
  return true;
}

void TermCache::Put(TermId id, const Term& term) {
  Shard& shard = ShardOf(id);
  const std::lock_guard lock(shard.mutex);
  Insert(shard, id, term);
}

}  // namespace dossier::graph
