// The parts of Backup() and BackupDatabase(). Internal to graph/store: use maintenance.h.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace dossier::graph {

// InvalidArgument when `directory` is there and not an empty directory. Removes an empty one, makes its parents.
absl::Status MakeRoomForBackup(const std::string& directory);

}  // namespace dossier::graph
