// Evaluates property paths (SPARQL 1.1 §9.3, §18.4): from many start nodes at once, level by level, one
// ScanMany a step.
//
//   PathWalker walker(execution, target);
//   ASSIGN_OR_RETURN(auto ends, walker.Walk(path, starts, PathWalker::kForward));   // (number of the start,
//   end node) pairs
//
// Bag semantics for sequences, alternatives and negated sets, set semantics for `*`, `+` and `?`. A start
// node matches itself in a zero-length path; callers that started from a variable's value check InGraph() (a
// term of the query matches itself in any graph, a variable ranges over nodes of the graph). Pairs and
// visited nodes are charged to the memory budget until the walker goes.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "query/exec/operator.h"

namespace dossier::query {

class PathWalker {
 public:
  enum Direction : uint8_t { kForward, kBackward };
  struct Pair {
    uint32_t start;  // index into the starts
    graph::TermId end;
  };

  PathWalker(Execution& execution, Dataset::Target target) : execution_(execution), target_(target) {}
  ~PathWalker();
  PathWalker(const PathWalker&) = delete;

  // Pairs in the order of the starts.
  absl::StatusOr<std::vector<Pair>> Walk(const algebra::PathExpression& path,
                                         const std::vector<graph::TermId>& starts, Direction direction);
  // Every node at which a path can start (a superset: those it does not lead on from give no pairs),
  // ascending. With zero-length paths all nodes of the graph.
  absl::StatusOr<std::vector<graph::TermId>> Starts(const algebra::PathExpression& path, Direction direction);
  absl::StatusOr<bool> InGraph(graph::TermId node);

 private:
  using Pairs = std::vector<Pair>;
  absl::StatusOr<Pairs> Link(const graph::Term& iri, const std::vector<graph::TermId>& starts,
                             Direction direction);
  absl::StatusOr<Pairs> Negated(const algebra::PathExpression& path, const std::vector<graph::TermId>& starts,
                                Direction direction);
  absl::Status NegatedOneWay(const std::vector<graph::Term>& forbidden,
                             const std::vector<graph::TermId>& starts, Direction direction, Pairs& out);
  absl::StatusOr<Pairs> Sequence(const algebra::PathExpression& path,
                                 const std::vector<graph::TermId>& starts, Direction direction);
  absl::StatusOr<Pairs> Closure(const algebra::PathExpression& step, bool reflexive,
                                const std::vector<graph::TermId>& starts, Direction direction);
  // Matches of `pattern` with column 's' or 'o' set to each start; Pair::end is what `end_column` holds.
  // `keep` may reject predicates.
  absl::Status Fetch(graph::TermId predicate, const std::vector<graph::TermId>* forbidden,
                     const std::vector<graph::TermId>& starts, Direction direction, Pairs& out);
  absl::Status AllNodes(std::vector<graph::TermId>& out);
  absl::Status ChargePairs(size_t count);

  Execution& execution_;
  Dataset::Target target_;
  absl::flat_hash_map<graph::TermId, bool> in_graph_;
  int64_t charged_ = 0;
};

}  // namespace dossier::query
