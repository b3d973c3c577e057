// Terms packed into large blocks: what a query makes (BIND, aggregates) may be millions of terms, which must neither cost more memory than
// their text nor take long to give back.
//
//   TermArena terms;
//   uint64_t number = terms.Add(term);        // 0, 1, 2, ...
//   terms.Equals(number, term); terms.Get(number)
//
// Equality is term equality (graph/model/term.h). Not thread-safe.
#pragma once

#include <cstdint>
#include <deque>

#include "graph/model/term.h"
#include "query/exec/byte_arena.h"

namespace dossier::query {

class TermArena {
 public:
  uint64_t Add(const graph::Term& term);
  graph::Term Get(uint64_t number) const;
  bool Equals(uint64_t number, const graph::Term& term) const;
  uint64_t size() const { return places_.size(); }

  // What Add() will take, about.
  static size_t BytesOf(const graph::Term& term) { return PackedSize(term) + sizeof(const char*); }

 private:
  static size_t PackedSize(const graph::Term& term);

  std::deque<const char*> places_;  // by number
  ByteArena bytes_;
};

}  // namespace dossier::query
