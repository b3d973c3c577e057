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

// Writes the memory tables out when replaying the log at the next opening would take long. Call before closing a database that was opened
// for writing.
void PrepareClosing(Database& database);

}  // namespace dossier::graph
