// The parsers behind ReadRdf(). Internal to graph/io.
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

// How deep brackets, collections, triple terms and XML elements may nest.
inline constexpr int kMaxNesting = 500;

absl::Status ReadLines(Input& in, const RdfReadOptions& options, const QuadSink& sink);
absl::Status ReadDocument(Input& in, const RdfReadOptions& options, const QuadSink& sink);
absl::Status ReadRdfXml(Input& in, const RdfReadOptions& options, const QuadSink& sink);

// A blank node label of a document as it is used: those that look like the readers' own ("anon7") get a 'u' more, so that the two never meet.
std::string UserBlankNodeLabel(std::string label);

}  // namespace dossier::graph
