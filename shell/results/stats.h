// What a database holds, in numbers: documents, facts, entities by kind, the most frequent relations.
//
//   ASSIGN_OR_RETURN(std::string text, RenderStats(*snapshot, options));
//
// Errors are the store's. Thread-safe.
#pragma once

#include <string>

#include "graph/store/store.h"
#include "shell/render/table.h"

namespace dossier::shell {

absl::StatusOr<std::string> RenderStats(const graph::Snapshot& snapshot, const TableOptions& options);

}  // namespace dossier::shell
