// Opening and closing the RocksDB directory of a store. Internal to graph/store.
//
//   ASSIGN_OR_RETURN(std::unique_ptr<Database> database, OpenDatabase(directory, options));
//
// Errors as Store::Open() promises. A directory that is not ours is never written to.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "graph/store/rocks_util.h"
#include "graph/store/store.h"

namespace dossier::graph {

absl::StatusOr<std::unique_ptr<Database>> OpenDatabase(const std::string& directory, const Store::Options& options);

// Closes a database that was opened for writing. Writes the memory tables out when replaying the log at the next opening would take long, and
// seals the directory (seal.h) unless something failed. `sound`: whether all that was written is known to be on disk.
void CloseDatabase(std::unique_ptr<Database> database, bool sound);

// Seals a directory that nobody has open for writing; does nothing when somebody has.
void SealClosed(rocksdb::Env& env, const std::string& directory);

}  // namespace dossier::graph
