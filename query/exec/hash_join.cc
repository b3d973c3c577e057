#include "query/exec/join_columns.h"
#include "query/exec/operators.h"
#include "query/exec/right_side.h"

namespace dossier::query {
namespace {

// Builds a table of the right side and probes it with the rows of the left, whose order it keeps.
class HashJoinOperator : public Operator {
 public:
  HashJoinOperator(const plan::PlanNode& plan_node, Execution& execution, const BuildScope& scope)
      : Operator(plan_node, execution),
        scope_(scope),
        right_(plan_node, false, {}, execution, scope),
        columns_(plan_node.children[0]->columns, plan_node.children[1]->columns, plan_node.columns) {}

 private:
  absl::Status Fill(Batch& batch) override {
    if (left_ == nullptr) {
      RETURN_IF_ERROR(right_.Load());
      if (right_.table().rows() == 0) return absl::OkStatus();  // then the left side need not run at all
      ASSIGN_OR_RETURN(left_, BuildOperator(*node_.children[0], execution_, scope_));
    }
    if (right_.table().rows() == 0) return absl::OkStatus();
    while (batch.rows < Batch::kCapacity) {
      if (match_ == matches_.size()) {
        if (row_ == input_.rows) {
          if (batch.rows > 0) return absl::OkStatus();  // a batch refers to one left batch only
          RETURN_IF_ERROR(left_->Next(input_));
          row_ = 0;
          if (input_.rows == 0) return absl::OkStatus();
        }
        RETURN_IF_ERROR(CollectMatches());
      }
      Emit(batch);
    }
    return absl::OkStatus();
  }

  // Matches of as many left rows as fill about one batch.
  absl::Status CollectMatches() {
    matches_.clear();
    left_rows_.clear();
    match_ = 0;
    while (row_ < input_.rows && matches_.size() < Batch::kCapacity) {
      if (row_ % kRowsBetweenChecks == 0) RETURN_IF_ERROR(execution_.context.Check());
      right_.table().Probe(input_, row_, false, matches_);
      left_rows_.resize(matches_.size(), static_cast<uint32_t>(row_));
      ++row_;
    }
    return absl::OkStatus();
  }

  void Emit(Batch& batch) {
    const size_t end = std::min(matches_.size(), match_ + Batch::kCapacity);
    const auto slice = [&](const std::vector<uint32_t>& v) {
      return std::vector<uint32_t>(v.begin() + static_cast<std::ptrdiff_t>(match_),
                                   v.begin() + static_cast<std::ptrdiff_t>(end));
    };
    if (match_ == 0 && end == matches_.size()) {
      columns_.Append(input_, left_rows_, right_.table().columns(), matches_, batch);
    } else {
      columns_.Append(input_, slice(left_rows_), right_.table().columns(), slice(matches_), batch);
    }
    match_ = end;
  }

  // A probe may pass over many rows of the same key that differ elsewhere.
  static constexpr size_t kRowsBetweenChecks = 64;

  BuildScope scope_;
  RightSide right_;
  JoinColumns columns_;
  OperatorPtr left_;
  Batch input_;
  size_t row_ = 0;                             // next left row to probe
  std::vector<uint32_t> left_rows_, matches_;  // pairs not yet emitted, from match_ on
  size_t match_ = 0;
};

}  // namespace

absl::StatusOr<OperatorPtr> MakeHashJoin(const plan::PlanNode& node, Execution& execution,
                                         const BuildScope& scope) {
  return std::make_unique<HashJoinOperator>(node, execution, scope);
}

}  // namespace dossier::query
