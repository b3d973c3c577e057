// Expressions over batches: compiled once against a column layout, evaluated per batch.
//
//   ASSIGN_OR_RETURN(auto filter, Evaluator::Compile(expression, columns, services));
//   RETURN_IF_ERROR(filter->Test(batch, keep));            // effective boolean value; errors count as false
//
// SPARQL errors of a row (type errors, unbound variables) are values, not Status: Evaluate() gives Unbound for them and Test() false. A
// Status means the query as a whole must stop (deadline, memory, damaged store). An Evaluator is used from one thread at a time;
// constant arguments (regular expressions, IN lists) are prepared at compile time. Numbers, dates and strings behave as XPath F&O and
// SPARQL 1.1 §17 say; term identity is by id, value comparison by graph/value.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "query/algebra/algebra.h"
#include "query/exec/batch.h"
#include "query/exec/vocabulary.h"

namespace dossier::query {

// Which column of the batch holds a variable; -1 when none does (it is then unbound everywhere).
using ColumnOf = std::function<int(algebra::VarId)>;

// Decides EXISTS for one row: implemented by exec, which builds the operators of the pattern. Called with the row of the batch.
class ExistsTester {
 public:
  virtual ~ExistsTester() = default;
  virtual absl::StatusOr<bool> Test(const Batch& batch, size_t row) = 0;
};

// What evaluation needs from around it. Borrowed; must outlive the evaluators.
struct EvaluatorServices {
  Vocabulary* vocabulary = nullptr;
  std::string base;  // base IRI for IRI()
  // Makes the tester of an EXISTS pattern for rows laid out by `columns`. May be empty where EXISTS cannot occur.
  std::function<absl::StatusOr<std::unique_ptr<ExistsTester>>(const algebra::Node& pattern, const ColumnOf& columns)> make_exists;
};

class Evaluator {
 public:
  static absl::StatusOr<std::unique_ptr<Evaluator>> Compile(const algebra::Expression& expression, const ColumnOf& columns,
                                                            const EvaluatorServices& services);
  virtual ~Evaluator() = default;
  // out[i] = the value of the expression for row i, or Unbound. Resizes `out` to batch.rows.
  virtual absl::Status Evaluate(const Batch& batch, std::vector<graph::TermId>& out) = 0;
  // keep[i] = 1 when the effective boolean value of row i is true, else 0. Resizes `keep` to batch.rows.
  virtual absl::Status Test(const Batch& batch, std::vector<uint8_t>& keep) = 0;
};

// ORDER BY comparison of two ids of `vocabulary` (§15.1: unbound < blank nodes < IRIs < literals < triple terms; literals by value where they
// compare, else by a total order on their terms). Returns <0, 0, >0.
class TermOrder {
 public:
  explicit TermOrder(Vocabulary& vocabulary);
  ~TermOrder();
  // Sort key of an id, to be computed once per row; keys stay valid as long as the TermOrder.
  struct Key;
  absl::StatusOr<const Key*> KeyOf(graph::TermId id);
  // Makes the keys of many ids at once, decoding their terms together; KeyOf() then finds them. For speed only.
  absl::Status Prepare(absl::Span<const graph::TermId> ids);
  static int Compare(const Key& a, const Key& b);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Aggregates (§18.5.1) over the rows of one group.
class Accumulator {
 public:
  // `separator` is used by GROUP_CONCAT. DISTINCT is the caller's: it passes each distinct id once.
  static std::unique_ptr<Accumulator> Create(algebra::Aggregate function, const std::string& separator, Vocabulary& vocabulary);
  virtual ~Accumulator() = default;
  // What one takes, beside the texts it keeps and charges for itself.
  static size_t BytesOf(algebra::Aggregate function);
  // Adds one value; Unbound stands for an error in the argument (makes SUM, AVG, MIN, MAX an error; the others skip it).
  virtual absl::Status Add(graph::TermId value) = 0;
  // Adds `n` rows to COUNT(*).
  virtual void AddRows(uint64_t n) = 0;
  // The value, or Unbound for an error.
  virtual absl::StatusOr<graph::TermId> Result() = 0;
};

}  // namespace dossier::query
