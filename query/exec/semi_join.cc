#include "query/exec/operators.h"
#include "query/exec/right_side.h"
#include "query/exec/row_filter.h"

namespace dossier::query {
namespace {

// Keeps left rows by whether the right side has a compatible row: EXISTS, NOT EXISTS and MINUS.
class SemiJoinOperator : public Operator {
 public:
  SemiJoinOperator(const plan::PlanNode& plan_node, const plan::SemiJoin& op, bool overlap,
                   Execution& execution, const BuildScope& scope, OperatorPtr left)
      : Operator(plan_node, execution),
        left_(std::move(left)),
        right_(plan_node, op.keyed, op.keys, execution, scope),
        anti_(op.anti),
        overlap_(overlap) {
    for (const plan::Column& column : plan_node.columns)
      sources_.push_back(left_->node().ColumnOf(column.variable));
  }

 private:
  absl::Status Fill(Batch& batch) override {
    while (batch.rows == 0) {
      RETURN_IF_ERROR(left_->Next(input_));
      if (input_.rows == 0) return absl::OkStatus();
      RETURN_IF_ERROR(right_.Prepare(input_));
      rows_.clear();
      for (size_t row = 0; row < input_.rows; ++row) {
        if (row % kRowsBetweenChecks == 0) RETURN_IF_ERROR(execution_.context.Check());
        if (right_.table().HasMatch(input_, row, overlap_) != anti_) rows_.push_back(static_cast<uint32_t>(row));
      }
      AppendRows(input_.columns, sources_, rows_, batch);
    }
    return absl::OkStatus();
  }

  // A probe may pass over many rows of the same key that differ elsewhere.
  static constexpr size_t kRowsBetweenChecks = 64;

  OperatorPtr left_;
  RightSide right_;
  bool anti_, overlap_;
  std::vector<int> sources_;
  Batch input_;
  std::vector<uint32_t> rows_;
};

}  // namespace

absl::StatusOr<OperatorPtr> MakeSemiJoin(const plan::PlanNode& node, Execution& execution,
                                         const BuildScope& scope) {
  ASSIGN_OR_RETURN(OperatorPtr left, BuildOperator(*node.children[0], execution, scope));
  const auto* semi = std::get_if<plan::SemiJoin>(&node.op);
  const plan::SemiJoin op =
      semi != nullptr ? *semi : plan::SemiJoin{.anti = true, .keyed = false, .keys = {}};
  return std::make_unique<SemiJoinOperator>(node, op, semi == nullptr, execution, scope, std::move(left));
}

}  // namespace dossier::query
