// Looking after a database: proving that it agrees with itself, and copying it while it is in use.
//
//   ASSIGN_OR_RETURN(VerifyReport report, VerifyDatabase(directory, {}));
//   for (const std::string& problem : report.problems) ...           // empty: everything agrees
//   RETURN_IF_ERROR(Backup(*store, "/backups/monday"));              // or BackupDatabase(directory, "/backups/monday")
//   ASSIGN_OR_RETURN(VerifyReport report, CheckBackup("/backups/monday"));
//
// Verifying opens the directory for reading only, so it may run beside a writer (it then sees the state at its start). It reads every byte:
// the checksums of all files and blocks, each order against the first one, each id of a quad against the dictionary, each term against the
// id it is found under, and all counts against what was counted.
// Errors: as Store::Open() when there is no database that can be opened; damage found after that is in the report, not in the status.
// Thread-safe.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/store/store.h"

namespace dossier::graph {

struct VerifyOptions {
  size_t max_problems = 100;  // stops looking after so many
  const std::atomic<bool>* cancelled = nullptr;
};

struct VerifyReport {
  uint64_t quads = 0;
  uint64_t terms = 0;
  uint64_t blocks = 0;         // packed blocks, all orders
  uint64_t delta_changes = 0;  // not yet folded into the blocks
  std::vector<std::string> problems;  // each names the place: "order pos: block 17: ...", "dictionary: ...", "counters: ..."
  bool ok() const { return problems.empty(); }
};

absl::StatusOr<VerifyReport> VerifyDatabase(const std::string& directory, const VerifyOptions& options);

// A database of its own in `directory`, which must not exist or be empty: the state of `store` at the call. Files are linked where the file
// system allows it, so that it costs little; writers and readers go on. An interrupted backup leaves no database in `directory`.
absl::Status Backup(const Store& store, const std::string& directory);

// The same without opening it for writing: of a database that another process may be writing to, which goes on meanwhile. Commits up to some
// moment of the call are in it. ResourceExhausted when a writer changed the files again and again while they were being linked.
absl::Status BackupDatabase(const std::string& database, const std::string& directory);

// VerifyDatabase() for a backup.
absl::StatusOr<VerifyReport> CheckBackup(const std::string& directory);

}  // namespace dossier::graph
