// The quads of a bulk load: packed into one number each, sorted for every order, merged into the blocks. Internal to graph/store.
//
//   ASSIGN_OR_RETURN(LoadedQuads loaded, WriteQuads(core, head, tables, ids, sink));
//
// Uses as many threads as there are processors. Empties the tables of their quads.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "graph/store/load_terms.h"
#include "graph/store/store_core.h"
#include "graph/store/table_sink.h"

namespace dossier::graph {

struct LoadedQuads {
  uint64_t inserted = 0;
  std::shared_ptr<const BaseIndex> base;
};

// `head` has an empty delta. Cancelled when `cancelled` is set meanwhile.
absl::StatusOr<LoadedQuads> WriteQuads(StoreCore& core, const StoreState& head, absl::Span<TermTable* const> tables,
                                       const std::vector<std::vector<TermId>>& ids, int threads, const std::atomic<bool>* cancelled,
                                       TableSink& sink);

}  // namespace dossier::graph
