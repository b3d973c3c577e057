#include "graph/store/load_terms.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "graph/base/status.h"
#include "graph/base/strings.h"
#include "graph/model/inline_value.h"
#include "graph/store/term_codec.h"
#include "xxhash.h"

namespace dossier::graph {
namespace {

constexpr size_t kMaxTermBytes = 64u << 20;
constexpr size_t kArenaBytes = 1u << 20;
constexpr size_t kRowsBytes = 1u << 20;

// Terms that are found by an inlined value or by parts get keys that no token and no stored form has.
std::string ValueKey(TermId id) {
  const uint64_t bits = id.bits();
  return std::string("#").append(reinterpret_cast<const char*>(&bits), sizeof bits);
}

uint64_t HashOf(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

}  // namespace

TermTable::TermTable() : entries_(1), slots_(1u << 12) { entries_[0].id = TermId::DefaultGraph(); }

size_t TermTable::bytes() const {
  return entries_.capacity() * sizeof(Entry) + slots_.size() * sizeof(Slot) + arena_bytes_ + rows_.size() * kRowsBytes +
         parts_.capacity() * sizeof parts_[0];
}

std::string_view TermTable::Keep(std::string_view bytes) {
  if (bytes.size() > arena_left_) {
    const size_t size = std::max(kArenaBytes, bytes.size());
    arena_.push_back(std::make_unique_for_overwrite<char[]>(size));
    arena_at_ = arena_.back().get();
    arena_left_ = size;
    arena_bytes_ += size;
  }
  char* at = arena_at_;
  std::memcpy(at, bytes.data(), bytes.size());
  arena_at_ += bytes.size();
  arena_left_ -= bytes.size();
  return {at, bytes.size()};
}

// Keys are hashed without their first byte, so that "<iri" and "iiri" meet.
uint32_t TermTable::Find(uint64_t hash, std::string_view first, std::string_view rest) const {
  const size_t mask = slots_.size() - 1;
  for (size_t at = hash & mask;; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.number == 0) return kNone;
    if (slot.hash != static_cast<uint32_t>(hash >> 32)) continue;
    const std::string_view key = entries_[slot.number].key;
    if (key.size() == rest.size() + 1 && key[0] == first[0] && std::memcmp(key.data() + 1, rest.data(), rest.size()) == 0) {
      return slot.number;
    }
  }
}

void TermTable::Grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  const size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.number == 0) continue;
    size_t at = HashOf(entries_[slot.number].key.substr(1)) & mask;
    while (slots_[at].number != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

uint32_t TermTable::Add(uint64_t hash, Entry entry) {
  if (entries_.size() * 2 > slots_.size()) Grow();
  const size_t mask = slots_.size() - 1;
  size_t at = hash & mask;
  while (slots_[at].number != 0) at = (at + 1) & mask;
  const auto number = static_cast<uint32_t>(entries_.size());
  slots_[at] = {static_cast<uint32_t>(hash >> 32), number};
  entries_.push_back(entry);
  return number;
}

uint32_t TermTable::OfIri(std::string_view iri) const { return Find(HashOf(iri), "i", iri); }

uint32_t TermTable::OfEncoded(std::string_view encoded) {
  const uint64_t hash = HashOf(encoded.substr(1));
  const uint32_t found = Find(hash, encoded, encoded.substr(1));
  if (found != kNone) return found;
  Entry entry;
  entry.key = entry.encoded = Keep(encoded);
  return Add(hash, entry);
}

uint32_t TermTable::OfToken(std::string_view token) const { return Find(HashOf(token.substr(1)), token, token.substr(1)); }

absl::StatusOr<uint32_t> TermTable::AddToken(std::string_view token, const Term& term) {
  Entry entry;
  if (const std::optional<TermId> id = InlineId(term)) {
    entry.id = *id;
  } else {
    const std::string encoded = EncodeTerm(term);
    if (encoded.size() > kMaxTermBytes) return InvalidArgument(Cat("a term of ", encoded.size(), " bytes: the limit is 64 MiB"));
    entry.encoded = Keep(encoded);
  }
  entry.key = Keep(token);
  return Add(HashOf(token.substr(1)), entry);
}

absl::StatusOr<uint32_t> TermTable::OfTermAt(const Term& term) {
  std::string key;
  Entry entry;
  if (const std::optional<TermId> id = InlineId(term)) {
    key = ValueKey(*id);
    entry.id = *id;
  } else if (!term.is_triple()) {
    key = EncodeTerm(term);
    if (key.size() > kMaxTermBytes) return InvalidArgument(Cat("a term of ", key.size(), " bytes: the limit is 64 MiB"));
    return OfEncoded(key);
  } else {
    std::array<uint32_t, 3> parts;
    const std::array<const Term*, 3> terms = {&term.triple().subject, &term.triple().predicate, &term.triple().object};
    for (size_t i = 0; i < 3; ++i) {
      ASSIGN_OR_RETURN(parts[i], OfTermAt(*terms[i]));
      entry.depth = std::max(entry.depth, entries_[parts[i]].depth + 1);
    }
    key = std::string("3").append(reinterpret_cast<const char*>(parts.data()), sizeof parts);
    entry.part = static_cast<uint32_t>(parts_.size());
    if (Find(HashOf(std::string_view(key).substr(1)), key, std::string_view(key).substr(1)) == kNone) parts_.push_back(parts);
  }
  const uint64_t hash = HashOf(std::string_view(key).substr(1));
  const uint32_t found = Find(hash, key, std::string_view(key).substr(1));
  if (found != kNone) return found;
  entry.key = Keep(key);
  return Add(hash, entry);
}

void TermTable::AddQuad(const Row& row) {
  if (rows_.empty() || rows_.back().size() == kRowsBytes / sizeof(Row)) {
    rows_.emplace_back();
    rows_.back().reserve(kRowsBytes / sizeof(Row));
  }
  rows_.back().push_back(row);
  ++quads_;
}

}  // namespace dossier::graph
