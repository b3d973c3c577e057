// All quads of a store as text.
//
//   RETURN_IF_ERROR(Dump(*snapshot, graph::RdfFormat::kNQuads, cancelled, sink));
//
// Streams in the order of the store's ids, so that two dumps of one state are the same bytes. Formats that hold no graphs get the default
// graph only. Errors: the store's and the sink's; Cancelled. Thread-safe.
#pragma once

#include <atomic>
#include <functional>
#include <string_view>

#include "graph/io/rdf.h"
#include "graph/store/store.h"

namespace dossier::shell {

absl::Status Dump(const graph::Snapshot& snapshot, graph::RdfFormat format, const std::atomic<bool>* cancelled,
                  const std::function<absl::Status(std::string_view)>& sink);

}  // namespace dossier::shell
