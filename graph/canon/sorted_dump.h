// Everything in a snapshot as canonical N-Quads in canonical order: the same bytes for the same content, wherever it was loaded from and in
// whatever order, and whatever its blank nodes were called.
//
//   RETURN_IF_ERROR(SortedDump(*snapshot, {}, [&](std::string_view lines) { return WriteOutput(lines); }));
//
// This is the output of RDFC-1.0 (graph/canon/canonical_labels.h, which also says what is done about triple terms): one line a quad, sorted by
// code point, no line twice. Memory and errors: as CanonicalLabels, and `sink`'s. Thread-safe.
#pragma once

#include <functional>
#include <string_view>

#include "graph/canon/canonical_labels.h"

namespace dossier::graph {

absl::Status SortedDump(const Snapshot& snapshot, const CanonicalOptions& options,
                        const std::function<absl::Status(std::string_view)>& sink);

}  // namespace dossier::graph
