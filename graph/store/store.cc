#include "graph/store/store.h"

#include <utility>

#include "graph/base/strings.h"
#include "graph/store/database.h"
#include "graph/store/snapshot.h"
#include "graph/store/transaction.h"

namespace dossier::graph {
namespace {

class StoreImpl : public Store {
 public:
  StoreImpl(std::unique_ptr<Database> database, const Options& options)
      : database_(std::move(database)), dictionary_(*database_, options.cache_bytes / 4), read_only_(options.read_only) {}

  ~StoreImpl() override {
    if (!read_only_) PrepareClosing(*database_);
  }

  std::shared_ptr<const Snapshot> GetSnapshot() const override {
    return std::make_shared<const SnapshotImpl>(*database_, dictionary_);
  }

  std::unique_ptr<Transaction> Begin() override {
    turn_.acquire();
    absl::Status status;
    Counters counters;
    if (read_only_) {
      status = FailedPrecondition(Cat("database ", database_->directory, " is open for reading only"));
    } else {
      // After a failed write RocksDB refuses others until told to try again (after a full disk it looks by itself, every few seconds, and
      // says "busy" here). If this does not help, Commit() will say why.
      database_->db->Resume().PermitUncheckedError();
      const SnapshotImpl snapshot(*database_, dictionary_);
      status = snapshot.status();
      counters = snapshot.counters();
    }
    return std::make_unique<TransactionImpl>(*database_, dictionary_, turn_, counters, std::move(status));
  }

 private:
  std::unique_ptr<Database> database_;
  Dictionary dictionary_;
  const bool read_only_;
  std::binary_semaphore turn_{1};
};

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> Store::Open(const std::string& directory, const Options& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, OpenDatabase(directory, options));
  auto store = std::make_unique<StoreImpl>(std::move(database), options);
  return std::unique_ptr<Store>(std::move(store));
}

}  // namespace dossier::graph
