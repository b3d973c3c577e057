// Evaluates property paths (SPARQL 1.1 §9.3, §18.4): from many start nodes at once, level by level, one
// ScanMany a step.
//
//   PathWalker walker(execution, target);
//   ASSIGN_OR_RETURN(auto ends, walker.Walk(path, starts, PathWalker::kForward));   // (number of the start,
//   end node) pairs
//
// Bag semantics for sequences, alternatives and negated sets, set semantics for `*`, `+` and `?`. A start
// node matches itself in a zero-length path; callers that started from a variable's value check InGraph() (a
// term of the query matches itself in any graph, a variable ranges over nodes of the graph). Pairs are charged
// to the memory budget as long as they live; what `*` and `+` have found out about the graph is kept, and
// charged, until the walker goes, for the next Walk() along the same path (which must be the same object).
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "query/exec/charged_vector.h"
#include "query/exec/operator.h"

namespace dossier::query {

class PathWalker {
 public:
  enum Direction : uint8_t { kForward, kBackward };
  struct Pair {
    uint32_t start;  // index into the starts
    graph::TermId end;
  };
  using Pairs = ChargedVector<Pair>;

  PathWalker(Execution& execution, Dataset::Target target) : execution_(execution), target_(target) {}
  ~PathWalker();
  PathWalker(const PathWalker&) = delete;

  // Pairs in the order of the starts. The starts are distinct.
  absl::StatusOr<Pairs> Walk(const algebra::PathExpression& path, absl::Span<const graph::TermId> starts, Direction direction) {
    return WalkAs(path, starts, direction, false);
  }
  // Every node at which a path can start (a superset: those it does not lead on from give no pairs),
  // ascending. With zero-length paths all nodes of the graph.
  absl::StatusOr<std::vector<graph::TermId>> Starts(const algebra::PathExpression& path, Direction direction);
  absl::StatusOr<bool> InGraph(graph::TermId node);

 private:
  // Where one repetition of a path leads from the nodes it has been asked for.
  struct Steps {
    static constexpr uint32_t kUnknown = UINT32_MAX, kAsked = UINT32_MAX - 1;
    explicit Steps(QueryContext& context) : ends(context, "path") {}
    absl::flat_hash_map<graph::TermId, uint32_t> numbers;
    std::vector<graph::TermId> nodes;                    // by number
    std::vector<std::pair<uint32_t, uint32_t>> ranges;   // by number: the part of `ends`, or kUnknown, or kAsked
    ChargedVector<uint32_t> ends;                        // numbers
    std::vector<uint32_t> seen;                          // by number: the last search that reached it
    uint32_t search = 0;
  };

  // With `distinct` repeated pairs may be left out.
  absl::StatusOr<Pairs> WalkAs(const algebra::PathExpression& path, absl::Span<const graph::TermId> starts,
                               Direction direction, bool distinct);
  absl::StatusOr<Pairs> Alternative(const algebra::PathExpression& path, absl::Span<const graph::TermId> starts,
                                    Direction direction, bool distinct);
  absl::StatusOr<Pairs> Negated(const algebra::PathExpression& path, absl::Span<const graph::TermId> starts,
                                Direction direction);
  absl::Status NegatedOneWay(const std::vector<graph::Term>& forbidden,
                             absl::Span<const graph::TermId> starts, Direction direction, Pairs& out);
  absl::StatusOr<Pairs> Sequence(const algebra::PathExpression& path,
                                 absl::Span<const graph::TermId> starts, Direction direction, bool distinct);
  absl::StatusOr<ChargedVector<graph::TermId>> EndsOf(const Pairs& pairs);
  absl::StatusOr<Pairs> ZeroOrOne(const algebra::PathExpression& step, absl::Span<const graph::TermId> starts, Direction direction);
  absl::StatusOr<Pairs> Closure(const algebra::PathExpression& step, bool reflexive,
                                absl::Span<const graph::TermId> starts, Direction direction);
  absl::StatusOr<uint32_t> NumberOf(graph::TermId node, Steps& steps);
  // Finds out everything that can be reached from the nodes.
  absl::Status Explore(const algebra::PathExpression& step, Direction direction, std::vector<uint32_t> open, Steps& steps);
  // Matches of `predicate` (or any) with column 's' or 'o' set to each start, but for forbidden predicates.
  absl::Status Fetch(graph::TermId predicate, const std::vector<graph::TermId>* forbidden,
                     absl::Span<const graph::TermId> starts, Direction direction, Pairs& out);
  absl::Status AllNodes(std::vector<graph::TermId>& out);
  absl::Status Charge(size_t bytes);
  Pairs NoPairs() { return Pairs(execution_.context, "path"); }

  Execution& execution_;
  Dataset::Target target_;
  absl::flat_hash_map<graph::TermId, bool> in_graph_;
  std::map<std::pair<const algebra::PathExpression*, Direction>, Steps> steps_;
  int64_t charged_ = 0;
};

}  // namespace dossier::query
