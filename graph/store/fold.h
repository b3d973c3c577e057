// Writing blocks: merging sorted changes into the blocks they concern, and handing the result to the database in one atomic step.
// Internal to graph/store.
//
//   BlockRewriter rewriter(view, sink);
//   ASSIGN_OR_RETURN(auto base, rewriter.Rewrite(source_of_order));
//   RETURN_IF_ERROR(sink.Apply());
//
// Not thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "graph/store/base_index.h"
#include "graph/store/delta.h"
#include "graph/store/range_reader.h"
#include "graph/store/table_sink.h"

namespace dossier::graph {

// Changes of one order, ascending: fills the vector with the next ones, empty at the end.
using ChangeSource = std::function<absl::Status(std::vector<DeltaChange>&)>;
ChangeSource SourceOf(std::vector<DeltaChange> changes);

// Rewrites the blocks of one order that `changes` concern; blocks and records go to the sink, ascending by key.
absl::StatusOr<std::shared_ptr<const OrderIndex>> RewriteOrder(const QuadView& view, Order order, const ChangeSource& changes,
                                                               TableSink& sink);

}  // namespace dossier::graph
