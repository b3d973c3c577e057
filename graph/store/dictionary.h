// Terms <-> ids in the database: lookups in both directions and a bounded cache of decoded terms.
//
//   ASSIGN_OR_RETURN(TermId id, dictionary.Find(term, snapshot));     // Unbound(): not there
//   RETURN_IF_ERROR(dictionary.Decode(ids, terms));
//
// Borrows the Database, which must outlive it. Thread-safe. New terms are written by the transaction's batch, not here.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "graph/store/rocks_util.h"
#include "graph/store/term_cache.h"
#include "graph/store/term_codec.h"
#include "graph/store/vocabulary_set.h"

namespace dossier::graph {

// Triple terms nest at most this deep.
inline constexpr int kMaxTermDepth = 500;

class Dictionary {
 public:
  Dictionary(const Database& database, size_t cache_bytes) : db_(database), cache_(cache_bytes) {}

  // The sorted vocabularies of the database at `snapshot`; and what they are after a load or after a directory was made.
  absl::Status LoadVocabularies(const rocksdb::Snapshot* snapshot);
  void SetVocabularies(VocabularySet vocabularies);
  std::shared_ptr<const VocabularySet> vocabularies() const;

  absl::StatusOr<TermId> Find(const Term& term, const rocksdb::Snapshot* snapshot, int depth = 0) const;

  // Where a term with these key bytes is: its id, or Unbound() and the first key of the ids family that is free for it.
  struct Place {
    TermId id;
    std::string free_key;
  };
  absl::StatusOr<Place> Locate(std::string_view key_bytes, TermId::Tag tag, const rocksdb::Snapshot* snapshot) const;

  absl::Status Decode(absl::Span<const TermId> ids, std::vector<Term>& terms) const { return Decode(ids, terms, 0); }

 private:
  // Unbound() when no vocabulary has it.
  absl::StatusOr<TermId> FindInVocabularies(std::string_view key_bytes, TermId::Tag tag, const rocksdb::Snapshot* snapshot) const;
  absl::Status Decode(absl::Span<const TermId> ids, std::vector<Term>& terms, int depth) const;
  // Appends the terms of `ids` (sorted dictionary ids without repeats) to the cache and to `terms`.
  absl::Status Load(absl::Span<const TermId> ids, std::vector<Term>& terms, int depth) const;

  absl::Status LoadFromTerms(absl::Span<const TermId> ids, const std::function<absl::Status(size_t, std::string_view)>& found) const;

  const Database& db_;
  mutable std::mutex mutex_;  // of the pointer below
  std::shared_ptr<const VocabularySet> vocabularies_ = std::make_shared<const VocabularySet>();
  mutable TermCache cache_;
};

// The key of an id in the terms family.
inline std::string TermsKey(TermId id) {
  std::string key(8, '\0');
  PutBigEndian(id.bits(), key.data());
  return key;
}

}  // namespace dossier::graph
