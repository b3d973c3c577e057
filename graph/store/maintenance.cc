#include "graph/store/maintenance.h"

#include <filesystem>
#include <system_error>

#include "graph/base/strings.h"
#include "graph/store/store_impl.h"
#include "graph/store/verifier.h"
#include "rocksdb/utilities/checkpoint.h"

namespace dossier::graph {

namespace fs = std::filesystem;

absl::StatusOr<VerifyReport> VerifyDatabase(const std::string& directory, const VerifyOptions& options) {
  Store::Options open;
  open.create_if_missing = false;
  open.read_only = true;
  ASSIGN_OR_RETURN(const std::unique_ptr<Store> store, Store::Open(directory, open));
  Verifier verifier(static_cast<const StoreImpl&>(*store).core(), options);
  return verifier.Run();
}

absl::Status Backup(const Store& store, const std::string& directory) {
  const StoreCore& core = static_cast<const StoreImpl&>(store).core();
  if (core.options().read_only) return FailedPrecondition("a backup needs the database opened for writing");
  std::error_code error;
  if (fs::exists(directory, error)) {
    if (!fs::is_directory(directory, error) || !fs::is_empty(directory, error)) {
      return InvalidArgument(Cat(directory, " exists and is not empty: a backup wants a directory of its own"));
    }
    fs::remove(directory, error);
    if (error) return FailedPrecondition(Cat(directory, ": ", error.message()));
  }
  const fs::path parent = fs::absolute(directory, error).parent_path();
  fs::create_directories(parent, error);
  if (error) return FailedPrecondition(Cat(parent.string(), ": ", error.message()));
  rocksdb::Checkpoint* raw = nullptr;
  RETURN_IF_ERROR(core.database().Check(rocksdb::Checkpoint::Create(core.database().db.get(), &raw)));
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(raw);
  return FromRocks(checkpoint->CreateCheckpoint(directory), directory);
}

absl::StatusOr<VerifyReport> CheckBackup(const std::string& directory) { return VerifyDatabase(directory, {}); }

}  // namespace dossier::graph
