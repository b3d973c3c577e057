// Loading files in bulk: parsed on several threads, sorted, written as finished files that the database takes over in one step.
//
//   BulkLoadFile file{.path = "x.nt.zst", .format = RdfFormat::kNTriples};
//   ASSIGN_OR_RETURN(BulkLoadResult result, BulkLoad(*store, {&file, 1}, {}));
//
// The store may be empty or filled; quads that it has already are no news. N-Triples and N-Quads are parsed by all threads, Turtle and
// TriG by one thread a file; the terms are exactly those of ReadRdfFile(). Other transactions wait until the load is finished; readers do not.
// Atomic: what fits into `memory_bytes` becomes visible at once and durable with it, or not at all. More than that is loaded in parts, each of
// them atomic; `parts` in the result says so. After an error, a kill or a cancellation the parts before stay; loading the same files again
// completes the load, since quads are a set and blank node labels are kept.
// Errors: SyntaxErrorAt() with the place in the file; NotFound; Cancelled; ResourceExhausted for a full disk; FailedPrecondition for a
// store opened for reading. Messages of errors in a file begin with its path only when more than one file was given.
// Thread-safe; one load at a time goes on, others wait.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "graph/io/rdf.h"
#include "graph/store/store.h"

namespace dossier::graph {

struct BulkLoadFile {
  std::string path;
  RdfFormat format = RdfFormat::kNQuads;
  std::string base = {};               // as in RdfReadOptions
  std::string blank_node_prefix = {};  // as in RdfReadOptions
  std::string graph = {};              // IRI of the graph that takes the file's default graph; empty: the default graph
};

struct BulkLoadProgress {
  uint64_t bytes = 0;  // of text read, unpacked
  uint64_t quads = 0;  // read
  // What goes on: "reading", "sorting", "writing".
  const char* stage = "reading";
};

struct BulkLoadOptions {
  size_t memory_bytes = size_t{3} << 29;  // 1.5 GiB for the load's own tables; the caches of the store come on top
  int threads = 0;                        // 0: one for each processor
  std::function<void(const BulkLoadProgress&)> progress = {};  // from the calling thread, now and then
  const std::atomic<bool>* cancelled = nullptr;
};

struct BulkLoadResult {
  uint64_t read = 0;      // quads in the files, repeats included
  uint64_t inserted = 0;  // new in the store
  uint64_t terms = 0;     // new in the dictionary
  uint64_t parts = 0;
};

absl::StatusOr<BulkLoadResult> BulkLoad(Store& store, absl::Span<const BulkLoadFile> files, const BulkLoadOptions& options);

}  // namespace dossier::graph
