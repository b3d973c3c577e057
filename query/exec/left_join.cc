#include "query/exec/join_columns.h"
#include "query/exec/operators.h"
#include "query/exec/right_side.h"

namespace dossier::query {
namespace {

// OPTIONAL (SPARQL 1.1 §18.5 LeftJoin): the condition is tested on the joined rows; a left row without any
// that passes stays alone.
class LeftJoinOperator : public Operator {
 public:
  LeftJoinOperator(const plan::PlanNode& plan_node, const plan::LeftJoin& op, Execution& execution,
                   const BuildScope& scope, OperatorPtr left)
      : Operator(plan_node, execution),
        left_(std::move(left)),
        right_(plan_node, op.keyed, op.keys, execution, scope),
        joined_layout_(JoinedColumns(plan_node.children[0]->columns, plan_node.children[1]->columns)),
        joined_columns_(plan_node.children[0]->columns, plan_node.children[1]->columns, joined_layout_),
        out_columns_(plan_node.children[0]->columns, plan_node.children[1]->columns, plan_node.columns) {}

  absl::Status Init(const plan::LeftJoin& op, const BuildScope& scope) {
    if (!op.condition) return absl::OkStatus();
    ASSIGN_OR_RETURN(condition_, Compile(*op.condition, joined_layout_, scope));
    return absl::OkStatus();
  }

 private:
  absl::Status Fill(Batch& batch) override {
    while (batch.rows == 0) {
      if (row_ == input_.rows) {
        RETURN_IF_ERROR(left_->Next(input_));
        row_ = 0;
        match_ = 0;
        matches_.clear();
        if (input_.rows == 0) return absl::OkStatus();
        RETURN_IF_ERROR(right_.Prepare(input_));
      }
      RETURN_IF_ERROR(Step(batch));
    }
    return absl::OkStatus();
  }

  // Joins left rows until about a batch of candidate pairs is there. A row with more matches than that is
  // done in several steps.
  absl::Status Step(Batch& batch) {
    left_rows_.clear();
    right_rows_.clear();
    ended_.clear();
    while (row_ < input_.rows && left_rows_.size() < Batch::kCapacity) {
      if (row_ % kRowsBetweenChecks == 0) RETURN_IF_ERROR(execution_.context.Check());
      if (matches_.empty()) right_.table().Probe(input_, row_, false, matches_);
      const size_t end = std::min(matches_.size(), match_ + Batch::kCapacity);
      for (; match_ < end; ++match_) {
        left_rows_.push_back(static_cast<uint32_t>(row_));
        right_rows_.push_back(matches_[match_]);
      }
      if (match_ < matches_.size()) break;
      ended_.push_back(static_cast<uint32_t>(row_));
      matches_.clear();
      match_ = 0;
      ++row_;
    }
    if (condition_ != nullptr) RETURN_IF_ERROR(TestCondition());
    EmitInOrder(batch);
    return batch.rows == 0 ? execution_.context.Check() : absl::OkStatus();
  }

  absl::Status TestCondition() {
    joined_.Reset(joined_layout_.size());
    joined_columns_.Append(input_, left_rows_, right_.table().columns(), right_rows_, joined_);
    RETURN_IF_ERROR(condition_->Test(joined_, keep_));
    size_t kept = 0;
    for (size_t i = 0; i < left_rows_.size(); ++i) {
      if (keep_[i] == 0) continue;
      left_rows_[kept] = left_rows_[i];
      right_rows_[kept++] = right_rows_[i];
    }
    left_rows_.resize(kept);
    right_rows_.resize(kept);
    return absl::OkStatus();
  }

  // The pairs, and the left rows that have ended without one.
  void EmitInOrder(Batch& batch) {
    out_columns_.Append(input_, left_rows_, right_.table().columns(), right_rows_, batch);
    size_t pair = 0;
    for (uint32_t row : ended_) {
      while (pair < left_rows_.size() && left_rows_[pair] < row) ++pair;
      const bool here = pair < left_rows_.size() && left_rows_[pair] == row;
      const bool before = partly_matched_ == static_cast<int64_t>(row);
      if (!here && !before) out_columns_.AppendLeft(input_, row, batch);
    }
    // The row that continues in the next step, if it has matched already.
    const bool open = row_ < input_.rows && match_ > 0;
    const bool matched = open && ((!left_rows_.empty() && left_rows_.back() == row_) ||
                                  partly_matched_ == static_cast<int64_t>(row_));
    partly_matched_ = matched ? static_cast<int64_t>(row_) : -1;
  }

  // A probe may pass over many rows of the same key that differ elsewhere.
  static constexpr size_t kRowsBetweenChecks = 64;

  OperatorPtr left_;
  RightSide right_;
  std::vector<plan::Column> joined_layout_;
  JoinColumns joined_columns_, out_columns_;
  std::unique_ptr<Evaluator> condition_;
  Batch input_, joined_;
  size_t row_ = 0;                 // current left row
  std::vector<uint32_t> matches_;  // of the current left row, done up to match_
  size_t match_ = 0;
  int64_t partly_matched_ = -1;  // the current row when an earlier step found a partner for it
  std::vector<uint32_t> left_rows_, right_rows_, ended_;
  std::vector<uint8_t> keep_;
};

}  // namespace

absl::StatusOr<OperatorPtr> MakeLeftJoin(const plan::PlanNode& node, Execution& execution,
                                         const BuildScope& scope) {
  const auto& op = std::get<plan::LeftJoin>(node.op);
  ASSIGN_OR_RETURN(OperatorPtr left, BuildOperator(*node.children[0], execution, scope));
  auto result = std::make_unique<LeftJoinOperator>(node, op, execution, scope, std::move(left));
  RETURN_IF_ERROR(result->Init(op, scope));
  return result;
}

}  // namespace dossier::query
