// Names for blank nodes that depend on the quads alone: two snapshots with the same content up to blank node labels get the same names
// in the same places. W3C RDF Dataset Canonicalization RDFC-1.0 with SHA-256, and so `c14n0`, `c14n1`, ...
//
//   ASSIGN_OR_RETURN(CanonicalLabels labels, CanonicalLabels::Compute(snapshot, {}));
//   labels.Of(id)                                          // "c14n7"
//
// RDFC-1.0 is defined for RDF 1.1. A blank node inside a triple term is treated as a component of its quad like the others: in the
// first-degree hash it is written `_:a` or `_:z` where it stands, and its position (for the related hash) is the path to it, "o" and then
// "s" or "o" for each level, each level's predicate behind it. Without such blank nodes the names are exactly those of RDFC-1.0.
//
// Memory: an external sort of `sort_memory_bytes`, 48 bytes for each blank node, and the neighbours of those that their own quads do not
// tell apart. RDFC-1.0 takes exponential time on graphs made to be hard (and deep recursion on long chains of like nodes): after
// `max_work` steps, or 400 levels, the answer is ResourceExhausted. Other errors: the store's, Cancelled. Immutable, thread-safe.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "graph/base/status.h"
#include "graph/store/store.h"

namespace dossier::graph {

struct CanonicalOptions {
  size_t sort_memory_bytes = size_t{256} << 20;
  std::string temporary_directory = {};  // empty: the system's
  uint64_t max_work = 20'000'000;
  const std::atomic<bool>* cancelled = nullptr;
};

class CanonicalLabels {
 public:
  static absl::StatusOr<CanonicalLabels> Compute(const Snapshot& snapshot, const CanonicalOptions& options);
  // Precondition: a blank node of the snapshot's quads.
  std::string Of(TermId blank_node) const;
  size_t size() const { return names_.size(); }

 private:
  struct Name {
    TermId node;
    uint32_t number;
  };
  std::vector<Name> names_;  // by node
};

// `term` with the blank nodes in it renamed by `name(label)`.
Term WithBlankNodes(const Term& term, const std::function<std::string(const std::string&)>& name);

}  // namespace dossier::graph
