#include "query/exec/operators.h"

namespace dossier::query {
namespace {

// BIND and SELECT expressions: one more column.
class ExtendOperator : public Operator {
 public:
  ExtendOperator(const plan::PlanNode& plan_node, Execution& execution, OperatorPtr input)
      : Operator(plan_node, execution), input_(std::move(input)) {}

  absl::Status Init(const BuildScope& scope) {
    const auto& op = std::get<plan::Extend>(node_.op);
    ASSIGN_OR_RETURN(expression_, Compile(op.expression, input_->node().columns, scope));
    for (const plan::Column& column : node_.columns) {
      sources_.push_back(column.variable == op.variable ? -1 : input_->node().ColumnOf(column.variable));
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Fill(Batch& batch) override {
    RETURN_IF_ERROR(input_->Next(rows_));
    if (rows_.rows == 0) return absl::OkStatus();
    RETURN_IF_ERROR(expression_->Evaluate(rows_, values_));
    for (size_t c = 0; c < sources_.size(); ++c) {
      if (sources_[c] < 0) {
        batch.columns[c] = values_;
      } else {
        batch.columns[c].swap(rows_.columns[static_cast<size_t>(sources_[c])]);
      }
    }
    batch.rows = rows_.rows;
    return absl::OkStatus();
  }

  OperatorPtr input_;
  std::unique_ptr<Evaluator> expression_;
  std::vector<int> sources_;  // -1: the new value
  Batch rows_;
  std::vector<graph::TermId> values_;
};

}  // namespace

absl::StatusOr<OperatorPtr> MakeExtend(const plan::PlanNode& node, Execution& execution,
                                       const BuildScope& scope) {
  ASSIGN_OR_RETURN(OperatorPtr input, BuildOperator(*node.children[0], execution, scope));
  auto result = std::make_unique<ExtendOperator>(node, execution, std::move(input));
  RETURN_IF_ERROR(result->Init(scope));
  return result;
}

}  // namespace dossier::query
