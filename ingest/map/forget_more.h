// What goes with a document besides its evidence: for forget.cc alone.
#pragma once

#include <set>
#include <string_view>
#include <vector>

#include "graph/store/store.h"

namespace dossier::ingest {

// Adds the OWL-Time intervals, and their days, that only reifiers in `removed` have as their time.
absl::Status AddUnusedTimes(const graph::Snapshot& snapshot, std::set<graph::IdQuad>& removed);

// What the graph of corrections saved of the document's statements (corrections.h). The corrections themselves stay.
absl::StatusOr<std::vector<graph::Quad>> SavedStatements(const graph::Snapshot& snapshot, std::string_view document_iri);

}  // namespace dossier::ingest
