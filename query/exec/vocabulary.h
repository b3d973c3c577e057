// The terms of one query execution: those of the store's snapshot and those the query itself makes (BIND, aggregates, VALUES).
//
//   ASSIGN_OR_RETURN(TermId id, vocabulary.Intern(Term::Literal("new")));     // the store's id when the store has the term
//   ASSIGN_OR_RETURN(Term term, vocabulary.Lookup(id));
//
// Invariant: equal terms have equal ids, so joins, DISTINCT and GROUP BY work on ids. Ids with Tag::kLocal are this vocabulary's own.
// Made terms are charged to the query's memory budget while the vocabulary lives. Not thread-safe.
#pragma once

#include <optional>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/types/span.h"
#include "graph/store/store.h"
#include "query/exec/blank_scope.h"
#include "query/exec/query_context.h"
#include "query/exec/term_arena.h"

namespace dossier::query {

class Vocabulary {
 public:
  // Both borrowed for the life of the vocabulary.
  Vocabulary(const graph::Snapshot& snapshot, QueryContext& context) : snapshot_(snapshot), context_(context) {}
  ~Vocabulary();
  Vocabulary(const Vocabulary&) = delete;

  absl::StatusOr<graph::TermId> Intern(const graph::Term& term);
  // Precondition: id is bound. DataLoss when the store does not know it.
  absl::StatusOr<graph::Term> Lookup(graph::TermId id) const;
  // Many at once, in the order of `ids`; unbound ids give nullptr-like empty optionals.
  absl::Status LookupMany(absl::Span<const graph::TermId> ids, std::vector<std::optional<graph::Term>>& terms) const;

  // For what the query keeps beside its terms, until the vocabulary goes.
  absl::Status Charge(size_t bytes, std::string_view what);

  const graph::Snapshot& snapshot() const { return snapshot_; }
  QueryContext& context() const { return context_; }
  BlankScope& blank_scope() { return blank_scope_; }

 private:
  const graph::Snapshot& snapshot_;
  QueryContext& context_;
  // A made term is kept once; the index finds it by its hash.
  struct Entry {
    size_t hash;
    uint64_t number;  // in made_
  };
  struct EntryHash {
    using is_transparent = void;
    size_t operator()(const Entry& entry) const { return entry.hash; }
    size_t operator()(const graph::Term& term) const { return term.HashKey(); }
  };
  struct EntryEqual {
    using is_transparent = void;
    const TermArena* made;
    bool operator()(const Entry& a, const Entry& b) const { return a.number == b.number; }
    bool operator()(const Entry& a, const graph::Term& b) const { return made->Equals(a.number, b); }
    bool operator()(const graph::Term& a, const Entry& b) const { return made->Equals(b.number, a); }
  };

  TermArena made_;  // by payload of Tag::kLocal
  absl::flat_hash_set<Entry, EntryHash, EntryEqual> made_ids_{0, EntryHash(), EntryEqual{&made_}};
  BlankScope blank_scope_;
  int64_t charged_ = 0;
};

}  // namespace dossier::query
