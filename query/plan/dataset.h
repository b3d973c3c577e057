// The RDF dataset a query sees (SPARQL 1.1 §13): a snapshot's own graphs, or those FROM and FROM NAMED
// choose.
//
//   Dataset dataset(snapshot);
//   ASSIGN_OR_RETURN(auto cursor, dataset.Scan({.subject = s}, Dataset::Target::Default(), Order::kSpo));
//
// A default graph merged from several FROM graphs is read as a set (no triple twice). Thread-compatible;
// borrows the snapshot.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "graph/store/store.h"

namespace dossier::query {

class Dataset {
 public:
  // Which of the graphs to read. kOne: exactly `graph`, a named graph of the dataset (another one is empty).
  struct Target {
    enum class Kind : uint8_t { kDefault, kOne, kAllNamed };
    Kind kind = Kind::kDefault;
    graph::TermId graph;
    static Target Default() { return {}; }
    static Target One(graph::TermId graph) { return {Kind::kOne, graph}; }
    static Target AllNamed() { return {Kind::kAllNamed, {}}; }
  };
  struct Triple {
    graph::TermId subject, predicate, object;  // unbound = any
  };

  explicit Dataset(const graph::Snapshot& snapshot) : snapshot_(snapshot) {}
  // Only these graphs; ids that the store does not have are empty graphs.
  Dataset(const graph::Snapshot& snapshot, std::vector<graph::TermId> default_graphs,
          std::vector<graph::TermId> named_graphs);
  // These merged as default graph, and all named graphs of the snapshot (WITH of updates).
  Dataset(const graph::Snapshot& snapshot, std::vector<graph::TermId> default_graphs);

  absl::StatusOr<std::unique_ptr<graph::Cursor>> Scan(const Triple& pattern, const Target& target,
                                                      graph::Order order) const;
  // As Snapshot::ScanMany; keys must be sorted ids of the store.
  absl::Status ScanMany(const Triple& pattern, const Target& target, char column,
                        absl::Span<const graph::TermId> keys, std::vector<graph::IdQuad>& out,
                        std::vector<uint32_t>& origin) const;
  // Exact up to `limit`, except that a merged default graph counts repeated triples repeatedly.
  absl::StatusOr<uint64_t> Count(const Triple& pattern, const Target& target, uint64_t limit) const;
  // True when Count() is exact, repeated triples included.
  bool CountsExactly(const Target& target) const;
  absl::StatusOr<std::vector<graph::TermId>> NamedGraphs() const;
  // GRAPH <iri> of another graph has no solutions, not even that of the empty pattern (§18.6).
  absl::StatusOr<bool> HasNamedGraph(graph::TermId graph) const;
  const graph::Snapshot& snapshot() const { return snapshot_; }

 private:
  // The pattern to ask the snapshot for; nothing when no quad can match. `filter`: which graphs to keep of
  // the answer, null = all.
  std::optional<graph::IdPattern> Resolve(const Triple& pattern, const Target& target,
                                          const std::vector<graph::TermId>** filter) const;

  const graph::Snapshot& snapshot_;
  bool chosen_default_ = false, chosen_named_ = false;
  std::vector<graph::TermId> default_graphs_, named_graphs_;  // sorted; when chosen
};

}  // namespace dossier::query
