#include "query/exec/operators.h"

namespace dossier::query {
namespace {

// Fewer columns.
class ProjectOperator : public Operator {
 public:
  ProjectOperator(const plan::PlanNode& plan_node, Execution& execution, OperatorPtr input)
      : Operator(plan_node, execution), input_(std::move(input)) {
    for (const plan::Column& column : plan_node.columns)
      sources_.push_back(input_->node().ColumnOf(column.variable));
  }

 private:
  absl::Status Fill(Batch& batch) override {
    RETURN_IF_ERROR(input_->Next(rows_));
    for (size_t c = 0; c < sources_.size(); ++c)
      batch.columns[c].swap(rows_.columns[static_cast<size_t>(sources_[c])]);
    batch.rows = rows_.rows;
    return absl::OkStatus();
  }

  OperatorPtr input_;
  std::vector<int> sources_;
  Batch rows_;
};

}  // namespace

absl::StatusOr<OperatorPtr> MakeProject(const plan::PlanNode& node, Execution& execution,
                                        const BuildScope& scope) {
  ASSIGN_OR_RETURN(OperatorPtr input, BuildOperator(*node.children[0], execution, scope));
  return std::make_unique<ProjectOperator>(node, execution, std::move(input));
}

}  // namespace dossier::query
