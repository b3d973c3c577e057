#include "query/exec/operator.h"

#include "graph/base/strings.h"

namespace dossier::query {

Operator::Operator(const plan::PlanNode& node, Execution& execution)
    : node_(node), execution_(execution), charged_(execution.context) {
  if (execution.analyze) {
    counters_ = &execution.counters[&node];
    ++counters_->runs;
  }
}

// Errors of the context do not say where it was noticed: the innermost operator does.
absl::Status Operator::Named(const absl::Status& status) const {
  const bool unnamed = !status.ok() && MessageOf(status).starts_with("the query ");
  return unnamed ? Annotate(status, plan::NameOf(node_)) : status;
}

absl::Status Operator::Next(Batch& batch) {
  batch.Reset(column_count());
  if (done_) return absl::OkStatus();
  RETURN_IF_ERROR(Named(execution_.context.Check()));
  if (counters_ == nullptr) {
    RETURN_IF_ERROR(Named(Fill(batch)));
  } else {
    const auto start = std::chrono::steady_clock::now();
    RETURN_IF_ERROR(Named(Fill(batch)));
    counters_->time += std::chrono::steady_clock::now() - start;
    counters_->rows += batch.rows;
  }
  done_ = batch.rows == 0;
  return absl::OkStatus();
}

absl::Status Operator::Charge(uint64_t bytes) {
  RETURN_IF_ERROR(execution_.context.Charge(static_cast<int64_t>(bytes), plan::NameOf(node_)));
  charged_.bytes += bytes;
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Evaluator>> Operator::Compile(const algebra::Expression& expression,
                                                             const std::vector<plan::Column>& columns,
                                                             const BuildScope& scope) {
  return Evaluator::Compile(expression, ColumnLookup(columns), MakeServices(execution_, node_.graph, scope));
}

Dataset::Target ResolveGraph(const plan::GraphSlot& slot, const BuildScope& scope) {
  switch (slot.kind) {
    case plan::GraphSlot::Kind::kDefault:
      return Dataset::Target::Default();
    case plan::GraphSlot::Kind::kConstant:
      return Dataset::Target::One(slot.constant);
    case plan::GraphSlot::Kind::kCurrent:
      return Dataset::Target::One(scope.current_graph);
    case plan::GraphSlot::Kind::kVariable:
      return Dataset::Target::AllNamed();
  }
  return Dataset::Target::Default();
}

ColumnOf ColumnLookup(const std::vector<plan::Column>& columns) {
  return [columns](algebra::VarId variable) {
    for (size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].variable == variable) return static_cast<int>(i);
    }
    return -1;
  };
}

}  // namespace dossier::query
