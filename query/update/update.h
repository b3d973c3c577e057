// SPARQL 1.1 Update (with the triple terms, reifiers and annotations of 1.2) on a store.
//
//   UpdateOptions options;  options.query.timeout = std::chrono::seconds(10);
//   ASSIGN_OR_RETURN(UpdateResult done, RunUpdate(*store, "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", options));
//   std::cout << done.inserted << " quads came, " << done.removed << " went\n";
//
// One request is one atomic transaction: each operation sees what those before it did, others see all of it when RunUpdate() returns OK
// or, after any error, nothing. Operations are: INSERT DATA, DELETE DATA, DELETE WHERE, DELETE/INSERT ... WHERE, LOAD, CLEAR, DROP,
// CREATE, ADD, MOVE, COPY. The store keeps no empty named graphs: CREATE of a graph that holds no quads does nothing, CREATE of one that
// does is an error; CLEAR and DROP are the same, and not an error for a graph that is not there; ADD, MOVE and COPY of an absent source
// are (SPARQL 1.1 Update §3.2 allows both). SILENT turns these errors, and those of LOAD, into no change by that operation.
//
// Errors: SyntaxErrorAt() for the text; InvalidArgument when using_* come with USING or WITH in the text; PermissionDenied for LOAD and
// SERVICE without a remote, and for file: without allow_load_files; DeadlineExceeded, Cancelled and ResourceExhausted name the limit
// (options.query.memory_limit also bounds what waits for the commit). Thread-safe: the store lets one transaction run at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/store/store.h"
#include "query/engine.h"
#include "query/remote.h"

namespace dossier::query {

struct UpdateOptions {
  QueryOptions query;                                         // time, memory, cancellation, base, prefixes
  std::vector<std::string> using_graphs, using_named_graphs;  // of the protocol: using-graph-uri, using-named-graph-uri
  Remote* remote = nullptr;                                   // borrowed; for SERVICE and LOAD
  bool allow_load_files = false;                              // LOAD <file:///...>
};

struct UpdateResult {
  uint64_t inserted = 0;
  uint64_t removed = 0;
};

absl::StatusOr<UpdateResult> RunUpdate(graph::Store& store, std::string_view text, const UpdateOptions& options);

}  // namespace dossier::query
