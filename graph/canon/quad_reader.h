// Quads of a snapshot with their terms, one after the other.
//
//   RETURN_IF_ERROR(EachQuad(snapshot, pattern, Order::kSpo, cancelled, [&](const IdQuad& ids, const Quad& quad) { ... return status; }));
//
// Decodes batch by batch, each id of a batch once. `cancelled` may be null. Errors: the store's, `visit`'s, Cancelled. Thread-safe.
#pragma once

#include <atomic>
#include <functional>

#include "graph/base/status.h"
#include "graph/store/store.h"

namespace dossier::graph {

using QuadVisitor = std::function<absl::Status(const IdQuad&, const Quad&)>;

absl::Status EachQuad(const Snapshot& snapshot, const IdPattern& pattern, Order order, const std::atomic<bool>* cancelled,
                      const QuadVisitor& visit);

}  // namespace dossier::graph
