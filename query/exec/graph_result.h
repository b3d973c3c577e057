// CONSTRUCT and DESCRIBE: triples from solutions (SPARQL 1.1 §16.2, §16.4).
//
//   Constructor constructor(query, execution);
//   constructor.Start(batch, columns);
//   while (constructor.has_more()) { RETURN_IF_ERROR(constructor.Next(triples)); ... }     // appends triples not given before
//
// Blank nodes of the template are fresh for every solution; triples with unbound or misplaced terms are left
// out. Not thread-safe.
#pragma once

#include <array>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "query/exec/operator.h"

namespace dossier::query {

class Constructor {
 public:
  Constructor(const algebra::Query& query, Execution& execution);
  ~Constructor();
  Constructor(const Constructor&) = delete;

  // The next solutions; `batch` is borrowed until they are done.
  void Start(const Batch& batch, const ColumnOf& columns);
  bool has_more() const { return batch_ != nullptr && row_ < batch_->rows; }
  // The triples of some solutions; those given before are taken to be no longer in memory.
  absl::Status Next(std::vector<graph::Triple>& out);

 private:
  using Ids = std::array<graph::TermId, 3>;
  // The term of a template position for a row of the decoded ones, or nothing when it is unbound.
  std::optional<graph::Term> Instantiate(const algebra::PatternTerm& term, size_t decoded) const;
  absl::Status Decode(size_t end);
  absl::Status AddRow(size_t decoded, std::vector<graph::Triple>& out);
  // Whether the triple that template triple `number` gave for the current row has not been given before.
  absl::StatusOr<bool> IsNew(size_t number, const graph::Triple& triple);
  absl::StatusOr<graph::TermId> IdOf(const algebra::PatternTerm& pattern, const graph::Term& term, graph::TermId& constant);
  size_t IndexOf(algebra::VarId variable) const;  // in variables_; its size: a blank node
  bool HasBlank(const algebra::PatternTerm& term) const;
  absl::Status Charge(int64_t bytes, int64_t& account);

  const algebra::Query& query_;
  Execution& execution_;
  std::vector<algebra::VarId> variables_;  // of the template, not blank
  std::vector<bool> fresh_;                // by triple of the template: has a blank node, so that no other solution repeats it
  std::vector<Ids> constants_;             // by triple of the template: the ids of its constants
  const Batch* batch_ = nullptr;
  std::vector<int> columns_;                                    // by variable
  std::vector<std::vector<std::optional<graph::Term>>> terms_;  // by variable: of some rows of the batch
  size_t row_ = 0;
  uint64_t solution_ = 0;
  absl::flat_hash_set<Ids> seen_;     // of the triples that are not fresh
  std::vector<graph::Triple> fresh_of_row_;
  int64_t charged_seen_ = 0, charged_out_ = 0;
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
