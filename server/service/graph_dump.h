// Quads of a snapshot as RDF text, in pieces.
//
//   RETURN_IF_ERROR(DumpGraph(*snapshot, pattern, graph::RdfFormat::kTurtle, check, sink));
//
// `pattern` names one graph, whose quads are then written as triples, or all of them. Streams; `check` is asked before every batch and ends
// the dump with its error. Thread-safe.
#pragma once

#include <functional>

#include "graph/io/rdf.h"
#include "graph/store/store.h"
#include "server/http/message.h"

namespace dossier::server {

absl::Status DumpGraph(const graph::Snapshot& snapshot, const graph::IdPattern& pattern, graph::RdfFormat format,
                       const std::function<absl::Status()>& check, const ByteSink& sink);

}  // namespace dossier::server
