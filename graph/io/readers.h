// The two parsers behind ReadRdf(). Internal to graph/io.
//
//   RETURN_IF_ERROR(ReadLines(input, options, sink));        // N-Triples, N-Quads
//   RETURN_IF_ERROR(ReadDocument(input, options, sink));     // Turtle, TriG
//
// Thread-safe (no state).
#pragma once

#include "graph/base/status.h"
#include "graph/io/input.h"
#include "graph/io/rdf.h"

namespace dossier::graph {

// How deep brackets, collections and triple terms may nest.
inline constexpr int kMaxNesting = 500;

absl::Status ReadLines(Input& in, const RdfReadOptions& options, const QuadSink& sink);
absl::Status ReadDocument(Input& in, const RdfReadOptions& options, const QuadSink& sink);

}  // namespace dossier::graph
