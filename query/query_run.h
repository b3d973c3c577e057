// One run of a translated query over a snapshot: optimizes, plans, builds the operators and hands out their batches. What Engine (engine.h)
// and updates (update/update.h) share. Private to this folder.
//
//   QueryRun run(snapshot, context, settings);
//   RETURN_IF_ERROR(run.Prepare(std::move(query)));
//   for (Batch batch;;) { RETURN_IF_ERROR(run.Next(batch)); if (batch.rows == 0) break; ... run.ColumnOf(variable) ... }
//
// Owns vocabulary, dataset, plan and operators; borrows the snapshot and the context, which must outlive it. Not thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "query/algebra/algebra.h"
#include "query/engine.h"
#include "query/exec/operator.h"
#include "query/optimize/variables.h"

namespace dossier::query {

struct RunSettings {
  bool optimize = true;
  bool analyze = false;
  Remote* remote = nullptr;  // borrowed
  // Instead of the dataset clauses of the query.
  bool has_dataset = false;
  std::vector<std::string> default_graphs, named_graphs;
  std::optional<std::string> with;  // the default graph of an update's WITH: all named graphs stay
};

// The limits that options ask for.
void SetLimits(const QueryOptions& options, QueryContext& context);

class QueryRun {
 public:
  QueryRun(const graph::Snapshot& snapshot, QueryContext& context, RunSettings settings)
      : settings_(std::move(settings)), vocabulary_(snapshot, context) {}
  QueryRun(const QueryRun&) = delete;

  absl::Status Prepare(algebra::Query query);
  absl::Status Next(Batch& batch) { return root_->Next(batch); }
  // Of the batches; -1: the variable is never bound.
  int ColumnOf(algebra::VarId variable) const { return plan_->ColumnOf(variable); }

  const algebra::Query& query() const { return query_; }
  const plan::PlanNode& plan() const { return *plan_; }
  Vocabulary& vocabulary() { return vocabulary_; }
  const Vocabulary& vocabulary() const { return vocabulary_; }
  Execution& execution() { return *execution_; }
  std::string Explain() const;

 private:
  absl::Status ChooseDataset();
  absl::StatusOr<std::vector<graph::TermId>> Intern(const std::vector<std::string>& iris);
  algebra::VarSet RequiredVariables() const;
  std::optional<graph::Term> Fold(const algebra::Expression& expression);

  RunSettings settings_;
  Vocabulary vocabulary_;
  algebra::Query query_;
  std::optional<Dataset> dataset_;
  plan::PlanPtr plan_;
  std::optional<Execution> execution_;
  OperatorPtr root_;
};

}  // namespace dossier::query
