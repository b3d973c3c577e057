// Operators: the running form of plan nodes. Each pulls batches of rows from its children.
//
//   Execution execution(vocabulary, dataset, options);
//   ASSIGN_OR_RETURN(OperatorPtr root, BuildOperator(plan, execution, {}));
//   for (Batch batch;;) { RETURN_IF_ERROR(root->Next(batch)); if (batch.rows == 0) break; ... }
//
// The columns of a batch are those of the operator's plan node, in its order. Next() (not virtual) checks
// deadline and cancellation, counts rows and time, and names the operator in errors; subclasses implement
// Fill(). An operator is used from one thread, once.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>

#include "query/exec/batch.h"
#include "query/exec/vocabulary.h"
#include "query/expr/evaluator.h"
#include "query/plan/dataset.h"
#include "query/plan/plan.h"

namespace dossier::query {

class Remote;

// What EXPLAIN ANALYZE shows of a plan node; summed over all operators built from it. Time includes the
// children.
struct OperatorCounters {
  uint64_t rows = 0;
  uint64_t runs = 0;
  std::chrono::nanoseconds time{0};
};

// Shared by all operators of one query. Borrowed parts must outlive it.
struct Execution {
  Execution(Vocabulary& v, const Dataset& d) : vocabulary(v), dataset(d), context(v.context()) {}

  Vocabulary& vocabulary;
  const Dataset& dataset;
  QueryContext& context;
  std::string base;      // for IRI()
  bool optimize = true;  // for the plans of EXISTS patterns
  bool analyze = false;
  Remote* remote = nullptr;    // for SERVICE; borrowed
  uint64_t service_calls = 0;  // so far: the blank nodes of each answer are its own
  const std::vector<algebra::Variable>* variables =
      nullptr;  // of the query, for the plans of EXISTS patterns
  std::unordered_map<const plan::PlanNode*, OperatorCounters> counters;  // references stay valid
};

// What an enclosing operator hands down when it builds its child.
struct BuildScope {
  graph::TermId current_graph;  // of the GraphLoop around; unbound outside of one
  const Batch* keys = nullptr;  // rows of KeySource; borrowed, must outlive the operators
};

class Operator {
 public:
  Operator(const plan::PlanNode& node, Execution& execution);
  virtual ~Operator() = default;
  Operator(const Operator&) = delete;

  // The next rows; batch.rows == 0 at the end, and then also when called again.
  absl::Status Next(Batch& batch);
  const plan::PlanNode& node() const { return node_; }

 protected:
  // Appends rows to `batch`, which has been reset to the node's columns. Leaves it without rows only at the
  // end.
  virtual absl::Status Fill(Batch& batch) = 0;

  size_t column_count() const { return node_.columns.size(); }
  absl::Status Charge(uint64_t bytes);  // given back when the operator goes
  // Evaluation of expressions over the rows of `columns` with EXISTS in `graph`.
  absl::StatusOr<std::unique_ptr<Evaluator>> Compile(const algebra::Expression& expression,
                                                     const std::vector<plan::Column>& columns,
                                                     const BuildScope& scope);

  const plan::PlanNode& node_;
  Execution& execution_;

 private:
  absl::Status Named(const absl::Status& status) const;

  class ChargeGuard {
   public:
    explicit ChargeGuard(QueryContext& context) : context_(context) {}
    ~ChargeGuard() {
      if (bytes > 0) context_.Charge(-static_cast<int64_t>(bytes), "").IgnoreError();
    }
    uint64_t bytes = 0;

   private:
    QueryContext& context_;
  };
  ChargeGuard charged_;
  OperatorCounters* counters_ = nullptr;
  bool done_ = false;
};

using OperatorPtr = std::unique_ptr<Operator>;

// Builds the operators of a plan. The plan must outlive them.
absl::StatusOr<OperatorPtr> BuildOperator(const plan::PlanNode& node, Execution& execution,
                                          const BuildScope& scope);

// The graph a scan of this slot reads; kVariable means all named graphs.
Dataset::Target ResolveGraph(const plan::GraphSlot& slot, const BuildScope& scope);

// Services for compiling expressions whose EXISTS patterns are matched in `graph` as seen from `scope`.
EvaluatorServices MakeServices(Execution& execution, const plan::GraphSlot& graph, const BuildScope& scope);

// A lookup from variable to column number for a list of columns (copied).
ColumnOf ColumnLookup(const std::vector<plan::Column>& columns);

}  // namespace dossier::query
