// Which solution the nodes of BNODE("label") belong to (SPARQL 1.1 §17.4.2.9): one node per label within a
// solution, another in each other.
//
//   uint64_t solution = scope.SolutionOf(batch, row, used);
//   ASSIGN_OR_RETURN(TermId node, scope.Node(solution, "x", make));
//
// The expressions of one solution are evaluated by different operators that share no row number. What they
// share is the row: a node made earlier for a solution travels in it. So a row that carries such a node
// continues its solution, unless this evaluator has already met that solution in another row (the node came
// there by a join). Owned by Vocabulary. Not thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "graph/base/status.h"
#include "graph/model/term_id.h"
#include "query/exec/batch.h"

namespace dossier::query {

class BlankScope {
 public:
  // The number of the solution of a row; `used` are those the caller has met in other rows, and gets this
  // one.
  uint64_t SolutionOf(const Batch& batch, size_t row, absl::flat_hash_set<uint64_t>& used);
  // The node of `label` in `solution`, made with `make` the first time.
  absl::StatusOr<graph::TermId> Node(uint64_t solution, const std::string& label,
                                     const std::function<absl::StatusOr<graph::TermId>()>& make);

 private:
  uint64_t last_solution_ = 0;
  absl::flat_hash_map<graph::TermId, uint64_t> solution_of_;
  absl::flat_hash_map<std::pair<uint64_t, std::string>, graph::TermId> nodes_;
};

}  // namespace dossier::query
