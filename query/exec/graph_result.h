// CONSTRUCT and DESCRIBE: triples from solutions (SPARQL 1.1 §16.2, §16.4).
//
//   Constructor constructor(query, execution);
//   RETURN_IF_ERROR(constructor.Add(batch, columns, triples));        // appends triples not given before
//
// Blank nodes of the template are fresh for every solution; triples with unbound or misplaced terms are left
// out. Not thread-safe.
#pragma once

#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/container/node_hash_set.h"
#include "query/exec/operator.h"

namespace dossier::query {

class Constructor {
 public:
  Constructor(const algebra::Query& query, Execution& execution);
  ~Constructor();
  Constructor(const Constructor&) = delete;

  absl::Status Add(const Batch& batch, const ColumnOf& columns, std::vector<graph::Triple>& out);

 private:
  // The term of a template position for the current solution, or nothing when it is unbound.
  std::optional<graph::Term> Instantiate(const algebra::PatternTerm& term, size_t row) const;

  const algebra::Query& query_;
  Execution& execution_;
  std::vector<algebra::VarId> variables_;                       // of the template, not blank
  std::vector<std::vector<std::optional<graph::Term>>> terms_;  // of the current batch, by variable
  uint64_t solution_ = 0;
  absl::node_hash_set<std::pair<graph::Term, std::pair<graph::Term, graph::Term>>> seen_;
  int64_t charged_ = 0;
};

// The concise bounded description of resources (DESCRIBE): the triples of the default graph whose subject they are; of the blank nodes
// these lead to, the same; and of what reifies one of these triples, the same. Each resource once.
class Describer {
 public:
  explicit Describer(Execution& execution) : execution_(execution) {}
  ~Describer();
  Describer(const Describer&) = delete;
  // Describes a resource unless it has been already; follows blank nodes and reifiers.
  absl::Status Describe(graph::TermId resource, std::vector<graph::Triple>& out);
  // The triples given so far are no longer in memory.
  void Taken();

 private:
  absl::Status DescribeOne(graph::TermId resource, std::vector<graph::TermId>& open,
                           std::vector<graph::Triple>& out);
  absl::Status AddReifiers(const graph::Triple& triple, std::vector<graph::TermId>& open);
  absl::Status Charge(int64_t bytes, int64_t& account);

  Execution& execution_;
  absl::flat_hash_set<graph::TermId> seen_;
  int64_t charged_seen_ = 0, charged_out_ = 0;
};

}  // namespace dossier::query
