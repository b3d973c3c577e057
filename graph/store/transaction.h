// Transaction over the store's core. Internal to graph/store: use store.h.
//
// Changes are collected as ids in one vector; Commit() sorts them, keeps the last change of each quad, drops those that change nothing
// and writes one batch. Memory: 40 bytes a change, the bytes of the terms seen, and from Commit() on about 120 bytes a change and order read.
#pragma once

#include <memory>
#include <vector>

#include "graph/base/strings.h"
#include "graph/store/dictionary.h"
#include "graph/store/store.h"
#include "graph/store/store_core.h"

namespace rocksdb {
class WriteBatch;
}

namespace dossier::graph {

class TransactionImpl : public Transaction {
 public:
  // Takes over the core's turn and releases it when finished. With `begin` not OK nothing goes.
  TransactionImpl(StoreCore& core, absl::Status begin);
  ~TransactionImpl() override { Finish(); }

  absl::Status Insert(const Quad& quad) override { return AddTerms(quad, true); }
  absl::Status Remove(const Quad& quad) override;
  absl::Status Insert(const IdQuad& quad) override { return AddIds(quad, true); }
  absl::Status Remove(const IdQuad& quad) override { return AddIds(quad, false); }
  absl::StatusOr<TermId> Intern(const Term& term) override;
  absl::Status Commit() override;
  Changes changed() const override { return changed_; }

 private:
  struct Change {
    IdQuad quad;
    bool insert = true;
  };

  absl::Status Usable() const;
  absl::Status AddTerms(const Quad& quad, bool insert);
  absl::Status AddIds(const IdQuad& quad, bool insert);
  absl::Status CheckId(TermId id) const;
  absl::StatusOr<TermId> InternAt(const Term& term, int depth);
  absl::StatusOr<TermId> InternEncoded(const std::string& encoded, TermId::Tag tag);
  void Deduplicate();
  absl::Status DropNoChanges();
  absl::Status FillBatch(rocksdb::WriteBatch& batch, const std::vector<DeltaChange>& changes);
  // Writes everything and gives the ticket to wait for; 0 when there is nothing to write.
  absl::StatusOr<uint64_t> WriteChanges();
  void Finish();

  StoreCore& core_;
  const Database& db_;
  const Dictionary& dictionary_;
  std::shared_ptr<const StoreState> head_;
  bool finished_ = false;
  absl::Status begin_;
  Counters counters_;
  std::vector<Change> changes_;
  size_t deduplicate_at_;
  StringMap<TermId> seen_;  // key bytes -> id, of every dictionary term that was named
  struct NewTerm {
    TermId id;
    std::string ids_key;
    std::string encoded;
  };
  std::vector<NewTerm> new_terms_;
  StringSet new_hash_keys_;  // ids_key of new long terms: two of them could share a hash
  Changes changed_;
};

}  // namespace dossier::graph
