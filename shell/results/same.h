// Entities by name, for people who correct the graph: `dossier merge`, `split`, `same`, `.same?`.
//
//   ASSIGN_OR_RETURN(std::string iri, EntityOf(*snapshot, "Hasanov"));     // the one entity called so, also one that was merged
//   ASSIGN_OR_RETURN(std::string text, RenderSame(*snapshot, options));
//
// Errors: NotFound with near names, InvalidArgument naming the entities when there are several.
#pragma once

#include <string>
#include <string_view>

#include "graph/store/store.h"
#include "shell/render/table.h"

namespace dossier::shell {

absl::StatusOr<std::string> EntityOf(const graph::Snapshot& snapshot, std::string_view name);
absl::StatusOr<std::string> RenderSame(const graph::Snapshot& snapshot, const TableOptions& options);

}  // namespace dossier::shell
