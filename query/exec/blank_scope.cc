#include "query/exec/blank_scope.h"

#include <algorithm>

namespace dossier::query {

uint64_t BlankScope::SolutionOf(const Batch& batch, size_t row, absl::flat_hash_set<uint64_t>& used) {
  uint64_t solution = 0;
  if (!solution_of_.empty()) {
    for (const auto& column : batch.columns) {
      if (row >= column.size()) continue;
      const auto it = solution_of_.find(column[row]);
      if (it != solution_of_.end() && !used.contains(it->second)) solution = std::max(solution, it->second);
    }
  }
  if (solution == 0) solution = ++last_solution_;
  used.insert(solution);
  return solution;
}

absl::StatusOr<graph::TermId> BlankScope::Node(uint64_t solution, const std::string& label,
                                               const std::function<absl::StatusOr<graph::TermId>()>& make) {
  const std::pair<uint64_t, std::string> key(solution, label);
  if (const auto it = nodes_.find(key); it != nodes_.end()) return it->second;
  ASSIGN_OR_RETURN(const graph::TermId node, make());
  nodes_.emplace(key, node);
  solution_of_.emplace(node, solution);
  return node;
}

}  // namespace dossier::query
