#include "graph/store/maintenance.h"

#include "graph/base/strings.h"
#include "graph/store/backup.h"
#include "graph/store/database.h"
#include "graph/store/store_impl.h"
#include "graph/store/verifier.h"
#include "rocksdb/utilities/checkpoint.h"

namespace dossier::graph {

namespace {

constexpr int kVerifyAttempts = 5;

}  // namespace

absl::StatusOr<VerifyReport> VerifyDatabase(const std::string& directory, const VerifyOptions& options) {
  Store::Options open;
  open.create_if_missing = false;
  open.read_only = true;
  for (int attempt = 1;; ++attempt) {
    ASSIGN_OR_RETURN(const std::unique_ptr<Store> store, Store::Open(directory, open));
    Verifier verifier(static_cast<const StoreImpl&>(*store).core(), options);
    absl::StatusOr<VerifyReport> report = verifier.Run();
    // A writer merged tables and removed those that were open here: look at the new ones.
    if (!verifier.files_vanished() || attempt == kVerifyAttempts) return report;
  }
}

absl::Status Backup(const Store& store, const std::string& directory) {
  const StoreCore& core = static_cast<const StoreImpl&>(store).core();
  if (core.options().read_only) return BackupDatabase(core.database().directory, directory);
  RETURN_IF_ERROR(MakeRoomForBackup(directory));
  rocksdb::Checkpoint* raw = nullptr;
  RETURN_IF_ERROR(core.database().Check(rocksdb::Checkpoint::Create(core.database().db.get(), &raw)));
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(raw);
  RETURN_IF_ERROR(FromRocks(checkpoint->CreateCheckpoint(directory), directory));
  SealClosed(*core.database().db->GetEnv(), directory);
  return absl::OkStatus();
}

absl::StatusOr<VerifyReport> CheckBackup(const std::string& directory) { return VerifyDatabase(directory, {}); }

}  // namespace dossier::graph
