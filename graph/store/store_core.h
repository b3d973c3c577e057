// The states of a store and who may change them: readers' state, writers' state, group commit, folding. Internal to graph/store.
//
//   core.AcquireTurn();                                      // one writer at a time
//   ASSIGN_OR_RETURN(uint64_t ticket, core.Write(batch, run, counters));   // in the log, not yet on disk, seen by the next writer only
//   core.ReleaseTurn();
//   RETURN_IF_ERROR(core.AwaitDurable(ticket));              // one sync for all who wait; readers see it now
//
// Thread-safe.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "graph/store/base_index.h"
#include "graph/store/delta.h"
#include "graph/store/dictionary.h"
#include "graph/store/range_reader.h"
#include "graph/store/rocks_util.h"
#include "graph/store/store.h"
#include "graph/store/turn.h"

namespace rocksdb {
class WriteBatch;
}

namespace dossier::graph {

// RocksDB's snapshot, released with the last state that uses it.
class Pin {
 public:
  explicit Pin(const Database& database) : db_(database), snapshot_(database.db->GetSnapshot()) {}
  Pin(const Pin&) = delete;
  Pin& operator=(const Pin&) = delete;
  ~Pin() {
    if (snapshot_ != nullptr) db_.db->ReleaseSnapshot(snapshot_);
  }
  const rocksdb::Snapshot* get() const { return snapshot_; }

 private:
  const Database& db_;
  const rocksdb::Snapshot* snapshot_;
};

// Everything that makes one state. Immutable once it is the head.
struct StoreState {
  std::shared_ptr<const Pin> pin;
  std::shared_ptr<const BaseIndex> base;
  Delta delta;
  Counters counters;
  uint64_t first_sequence = 1;  // of the records in the family delta
  uint64_t next_sequence = 1;
  uint64_t ticket = 0;          // number of the commit since opening

  QuadView View(const Database& database) const { return {&database, pin->get(), base.get(), &delta}; }
};

class StoreCore {
 public:
  static absl::StatusOr<std::unique_ptr<StoreCore>> Open(std::unique_ptr<Database> database, const Store::Options& options);
  ~StoreCore();

  const Database& database() const { return *database_; }
  Dictionary& dictionary() { return dictionary_; }
  const Store::Options& options() const { return options_; }

  std::shared_ptr<const StoreState> Published() const;
  std::shared_ptr<const StoreState> Head() const;

  // In the order of asking.
  void AcquireTurn() { turn_.Acquire(); }
  bool AcquireTurnBefore(absl::Time deadline) { return turn_.AcquireBefore(deadline); }
  void ReleaseTurn() { turn_.Release(); }
  // FailedPrecondition when read-only, or the error of a sync after which nobody knows what is on disk.
  absl::Status Writable();
  // `batch` holds the record of `run` under the head's next sequence number, and `counters`.
  absl::StatusOr<uint64_t> Write(rocksdb::WriteBatch& batch, std::shared_ptr<const DeltaRun> run, const Counters& counters);
  absl::Status AwaitDurable(uint64_t ticket);

  absl::Status Fold();
  // Makes term directories while too many vocabularies have to be asked for a term. Writers and readers go on.
  absl::Status MergeVocabularies();
  uint64_t folds() const;
  // Wakes the background fold when there is enough to fold.
  void WantFold();

  // Holds the turn and the right to replace the blocks, with nothing in the delta and all on disk. `folding` is what to hold, and
  // ReleaseTurn() is to be called.
  absl::Status BeginRebase(std::unique_lock<std::mutex>& folding);

  // Replaces the blocks by one atomic step of the database, for whoever holds the turn or has frozen the delta: `apply` does it, `base` is
  // what the index is then.
  absl::Status ReplaceBase(const std::function<absl::Status()>& apply, std::shared_ptr<const BaseIndex> base,
                           uint64_t first_sequence, const Counters* counters);

 private:
  StoreCore(std::unique_ptr<Database> database, const Store::Options& options);
  absl::Status Load();
  absl::StatusOr<std::shared_ptr<const StoreState>> FreezeHoldingTurn();
  absl::Status FoldFrozen(const StoreState& state);
  absl::Status MergeVocabulariesFolding();
  bool IsStopping() const;
  void FoldInBackground();
  uint64_t FoldAt(const StoreState& state) const;

  std::unique_ptr<Database> database_;
  const Store::Options options_;
  Dictionary dictionary_;
  Turn turn_;

  std::mutex apply_mutex_;          // writing to the database and making the state that fits; before state_mutex_
  mutable std::mutex state_mutex_;  // head_, published_: held for moments only
  std::shared_ptr<const StoreState> head_, published_;

  std::mutex sync_mutex_;
  std::condition_variable synced_;
  bool syncing_ = false;
  uint64_t durable_ = 0;
  absl::Status broken_;  // guarded by sync_mutex_

  mutable std::mutex fold_mutex_;
  std::condition_variable fold_wanted_;
  bool stopping_ = false;
  bool wanted_ = false;
  std::mutex folding_;  // one fold at a time
  uint64_t folds_ = 0;  // guarded by fold_mutex_
  std::thread folder_;
};

}  // namespace dossier::graph
