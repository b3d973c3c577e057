// Transaction over the quad families. Internal to graph/store: use store.h.
//
// Changes are collected as ids in one vector; Commit() sorts them, keeps the last change of each quad, drops those that change nothing
// and writes one batch. Memory: 40 bytes a change, the bytes of the terms seen, and at Commit() the batch (about 200 bytes a quad).
#pragma once

#include <memory>
#include <semaphore>
#include <vector>

#include "graph/base/strings.h"
#include "graph/store/dictionary.h"
#include "graph/store/rocks_util.h"
#include "graph/store/store.h"

namespace rocksdb {
class WriteBatch;
}

namespace dossier::graph {

class TransactionImpl : public Transaction {
 public:
  // Takes over one acquired count of `turn` and releases it when finished. `begin` is the status of the counters' reading.
  TransactionImpl(const Database& database, const Dictionary& dictionary, std::binary_semaphore& turn, Counters counters,
                  absl::Status begin);
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
  absl::Status FillBatch(rocksdb::WriteBatch& batch);
  absl::Status FillOrders(rocksdb::WriteBatch& batch);
  absl::Status CommitChanges();
  void Finish();

  const Database& db_;
  const Dictionary& dictionary_;
  std::binary_semaphore& turn_;
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
