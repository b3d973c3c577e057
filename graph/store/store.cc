#include "graph/store/store.h"

#include <utility>

#include "graph/base/strings.h"
#include "graph/store/database.h"
#include "graph/store/snapshot.h"
#include "graph/store/store_impl.h"
#include "graph/store/transaction.h"

namespace dossier::graph {

std::shared_ptr<const Snapshot> StoreImpl::GetSnapshot() const {
  return std::make_shared<const SnapshotImpl>(core_->database(), core_->dictionary(), core_->Published());
}

std::unique_ptr<Transaction> StoreImpl::Begin() {
  core_->AcquireTurn();
  return BeginHoldingTurn();
}

absl::StatusOr<std::unique_ptr<Transaction>> StoreImpl::Begin(absl::Time deadline) {
  RETURN_IF_ERROR(core_->Writable());
  if (!core_->AcquireTurnBefore(deadline)) {
    return DeadlineExceeded("another change of the database was still going on: try again later");
  }
  return BeginHoldingTurn();
}

std::unique_ptr<Transaction> StoreImpl::BeginHoldingTurn() {
  absl::Status status = core_->Writable();
  // After a failed write RocksDB refuses others until told to try again. If this does not help, Commit() will say why.
  if (status.ok()) core_->database().db->Resume().PermitUncheckedError();
  return std::make_unique<TransactionImpl>(*core_, std::move(status));
}

StoreLayout StoreImpl::Layout() const {
  const std::shared_ptr<const StoreState> state = core_->Published();
  StoreLayout layout;
  layout.format = std::string(kFormatValue);
  layout.quads = state->counters.quads;
  layout.blocks = state->base->blocks();
  layout.delta_changes = state->delta.changes();
  layout.folds = core_->folds();
  layout.vocabularies = core_->dictionary().vocabularies()->list().size();
  for (size_t i = 0; i < layout.terms.size(); ++i) layout.terms[i] = state->counters.next[i] - 1;
  const Database& database = core_->database();
  for (size_t i = 0; i < kFamilies; ++i) {
    for (const char* property : {"rocksdb.total-sst-files-size", "rocksdb.total-blob-file-size"}) {
      uint64_t bytes = 0;
      if (database.db->GetIntProperty(database.family(static_cast<Family>(i)), property, &bytes)) layout.file_bytes += bytes;
    }
  }
  return layout;
}

absl::StatusOr<std::unique_ptr<Store>> Store::Open(const std::string& directory, const Options& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, OpenDatabase(directory, options));
  ASSIGN_OR_RETURN(std::unique_ptr<StoreCore> core, StoreCore::Open(std::move(database), options));
  return std::unique_ptr<Store>(std::make_unique<StoreImpl>(std::move(core)));
}

}  // namespace dossier::graph
