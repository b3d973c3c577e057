#include <algorithm>
#include <numeric>

#include "query/exec/operators.h"
#include "query/exec/row_filter.h"

namespace dossier::query {
namespace {

// OFFSET and LIMIT. Stops asking its input when it has enough.
class SliceOperator : public Operator {
 public:
  SliceOperator(const plan::PlanNode& plan_node, const plan::Slice& op, Execution& execution,
                OperatorPtr input)
      : Operator(plan_node, execution),
        input_(std::move(input)),
        skip_(op.offset),
        left_(op.limit.value_or(UINT64_MAX)) {
    for (size_t c = 0; c < plan_node.columns.size(); ++c) sources_.push_back(static_cast<int>(c));
  }

 private:
  absl::Status Fill(Batch& batch) override {
    while (batch.rows == 0 && left_ > 0) {
      RETURN_IF_ERROR(input_->Next(rows_));
      if (rows_.rows == 0) return absl::OkStatus();
      const uint64_t skipped = std::min<uint64_t>(skip_, rows_.rows);
      skip_ -= skipped;
      const uint64_t taken = std::min<uint64_t>(left_, rows_.rows - skipped);
      left_ -= taken;
      kept_.resize(taken);
      std::iota(kept_.begin(), kept_.end(), static_cast<uint32_t>(skipped));
      AppendRows(rows_.columns, sources_, kept_, batch);
    }
    return absl::OkStatus();
  }

  OperatorPtr input_;
  uint64_t skip_, left_;
  std::vector<int> sources_;
  Batch rows_;
  std::vector<uint32_t> kept_;
};

}  // namespace

absl::StatusOr<OperatorPtr> MakeSlice(const plan::PlanNode& node, Execution& execution,
                                      const BuildScope& scope) {
  ASSIGN_OR_RETURN(OperatorPtr input, BuildOperator(*node.children[0], execution, scope));
  return std::make_unique<SliceOperator>(node, std::get<plan::Slice>(node.op), execution, std::move(input));
}

}  // namespace dossier::query
