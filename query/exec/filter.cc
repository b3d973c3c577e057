#include "query/exec/operators.h"
#include "query/exec/row_filter.h"

namespace dossier::query {
namespace {

// Keeps the rows for which all conditions are true.
class FilterOperator : public Operator {
 public:
  FilterOperator(const plan::PlanNode& plan_node, Execution& execution, OperatorPtr input)
      : Operator(plan_node, execution), input_(std::move(input)) {
    for (const plan::Column& column : plan_node.columns)
      sources_.push_back(input_->node().ColumnOf(column.variable));
    for (size_t c = 0; c < input_->node().columns.size(); ++c) all_.push_back(static_cast<int>(c));
  }

  absl::Status Init(const BuildScope& scope) {
    for (const algebra::Expression& condition : std::get<plan::Filter>(node_.op).conditions) {
      ASSIGN_OR_RETURN(std::unique_ptr<Evaluator> evaluator,
                       Compile(condition, input_->node().columns, scope));
      conditions_.push_back(std::move(evaluator));
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Fill(Batch& batch) override {
    while (batch.rows == 0) {
      RETURN_IF_ERROR(input_->Next(rows_));
      if (rows_.rows == 0) return absl::OkStatus();
      // Each condition sees only what passed the ones before.
      for (size_t i = 0; i < conditions_.size() && rows_.rows > 0; ++i) {
        RETURN_IF_ERROR(conditions_[i]->Test(rows_, keep_));
        KeptRows(keep_, kept_);
        if (i + 1 == conditions_.size()) {
          AppendRows(rows_.columns, sources_, kept_, batch);
        } else if (kept_.size() < rows_.rows) {
          passed_.Reset(all_.size());
          AppendRows(rows_.columns, all_, kept_, passed_);
          std::swap(rows_, passed_);
        }
      }
    }
    return absl::OkStatus();
  }

  OperatorPtr input_;
  std::vector<int> sources_, all_;
  std::vector<std::unique_ptr<Evaluator>> conditions_;
  Batch rows_, passed_;
  std::vector<uint8_t> keep_;
  std::vector<uint32_t> kept_;
};

}  // namespace

absl::StatusOr<OperatorPtr> MakeFilter(const plan::PlanNode& node, Execution& execution,
                                       const BuildScope& scope) {
  ASSIGN_OR_RETURN(OperatorPtr input, BuildOperator(*node.children[0], execution, scope));
  auto result = std::make_unique<FilterOperator>(node, execution, std::move(input));
  RETURN_IF_ERROR(result->Init(scope));
  return result;
}

}  // namespace dossier::query
