#include <algorithm>

#include "query/exec/join_columns.h"
#include "query/exec/operators.h"

namespace dossier::query {
namespace {

using graph::TermId;

// Joins two inputs sorted on one variable that is bound in all rows. The right rows of one key (the group)
// are kept; further shared variables are compared pair by pair.
class MergeJoinOperator : public Operator {
 public:
  MergeJoinOperator(const plan::PlanNode& plan_node, Execution& execution, OperatorPtr left,
                    OperatorPtr right)
      : Operator(plan_node, execution),
        left_(std::move(left)),
        right_(std::move(right)),
        columns_(left_->node().columns, right_->node().columns, plan_node.columns),
        group_(right_->node().columns.size()) {
    const plan::VarId key = std::get<plan::MergeJoin>(plan_node.op).variable;
    left_key_ = static_cast<size_t>(left_->node().ColumnOf(key));
    right_key_ = static_cast<size_t>(right_->node().ColumnOf(key));
    for (const SharedColumn& shared : SharedColumns(left_->node().columns, right_->node().columns)) {
      if (static_cast<size_t>(shared.left) != left_key_) others_.push_back(shared);
    }
  }

 private:
  absl::Status Fill(Batch& batch) override {
    while (batch.rows == 0) {
      if (left_row_ == left_batch_.rows) {
        RETURN_IF_ERROR(left_->Next(left_batch_));
        left_row_ = 0;
        if (left_batch_.rows == 0) return absl::OkStatus();
      }
      const TermId key = left_batch_.columns[left_key_][left_row_];
      if (!has_group_ || group_key_ < key) {
        RETURN_IF_ERROR(ReadGroup(key));
        if (!has_group_) return absl::OkStatus();  // the right side has ended
      }
      if (key < group_key_) {
        SkipTo(group_key_);
        continue;
      }
      RETURN_IF_ERROR(EmitRun(batch));
    }
    return absl::OkStatus();
  }

  // Left rows below `key` have no partner.
  void SkipTo(TermId key) {
    const auto& column = left_batch_.columns[left_key_];
    left_row_ = static_cast<size_t>(
        std::lower_bound(column.begin() + static_cast<std::ptrdiff_t>(left_row_), column.end(), key) -
        column.begin());
    group_row_ = 0;
  }

  // Pairs of the group with left rows of its key, until a batch is full.
  absl::Status EmitRun(Batch& batch) {
    static constexpr size_t kExaminedBetweenChecks = 1 << 16;  // pairs that may all differ elsewhere
    size_t examined = 0;
    left_rows_.clear();
    group_rows_.clear();
    const auto& column = left_batch_.columns[left_key_];
    while (left_row_ < left_batch_.rows && column[left_row_] == group_key_ &&
           left_rows_.size() < Batch::kCapacity && examined < kExaminedBetweenChecks) {
      for (; group_row_ < group_size_ && left_rows_.size() < Batch::kCapacity && examined < kExaminedBetweenChecks;
           ++group_row_) {
        ++examined;
        if (!OthersMatch()) continue;
        left_rows_.push_back(static_cast<uint32_t>(left_row_));
        group_rows_.push_back(static_cast<uint32_t>(group_row_));
      }
      if (group_row_ < group_size_) break;
      group_row_ = 0;
      ++left_row_;
    }
    columns_.Append(left_batch_, left_rows_, group_, group_rows_, batch);
    return batch.rows == 0 ? execution_.context.Check() : absl::OkStatus();
  }

  bool OthersMatch() const {
    return std::all_of(others_.begin(), others_.end(), [&](const SharedColumn& shared) {
      const TermId a = left_batch_.columns[static_cast<size_t>(shared.left)][left_row_];
      const TermId b = group_[static_cast<size_t>(shared.right)][group_row_];
      return a.is_unbound() || b.is_unbound() || a == b;
    });
  }

  // Reads the right rows of the first key that is not below `key`.
  absl::Status ReadGroup(TermId key) {
    has_group_ = false;
    for (TermColumn& column : group_) column.Clear();
    group_size_ = 0;
    group_row_ = 0;
    while (true) {
      if (right_row_ == right_batch_.rows) {
        RETURN_IF_ERROR(right_->Next(right_batch_));
        right_row_ = 0;
        if (right_batch_.rows == 0) return absl::OkStatus();
      }
      const auto& column = right_batch_.columns[right_key_];
      if (!has_group_) {
        right_row_ = static_cast<size_t>(
            std::lower_bound(column.begin() + static_cast<std::ptrdiff_t>(right_row_), column.end(), key) -
            column.begin());
        if (right_row_ == right_batch_.rows) continue;
        group_key_ = column[right_row_];
        has_group_ = true;
      }
      const auto end =
          static_cast<size_t>(std::upper_bound(column.begin() + static_cast<std::ptrdiff_t>(right_row_),
                                               column.end(), group_key_) -
                              column.begin());
      RETURN_IF_ERROR(Reserve(group_size_ + end - right_row_));
      for (size_t c = 0; c < group_.size(); ++c) group_[c].Append(right_batch_.columns[c], right_row_, end);
      group_size_ += end - right_row_;
      right_row_ = end;
      if (end < right_batch_.rows) return absl::OkStatus();
    }
  }

  // Charges for the largest group.
  absl::Status Reserve(size_t rows) {
    if (rows <= charged_rows_) return absl::OkStatus();
    const size_t more = std::max(rows - charged_rows_, TermColumn::kBlock);
    RETURN_IF_ERROR(Charge(more * group_.size() * sizeof(TermId)));
    charged_rows_ += more;
    return absl::OkStatus();
  }

  OperatorPtr left_, right_;
  JoinColumns columns_;
  size_t left_key_ = 0, right_key_ = 0;
  std::vector<SharedColumn> others_;
  Batch left_batch_, right_batch_;
  std::vector<TermColumn> group_;
  size_t group_size_ = 0, left_row_ = 0, right_row_ = 0, group_row_ = 0, charged_rows_ = 0;
  TermId group_key_;
  bool has_group_ = false;
  std::vector<uint32_t> left_rows_, group_rows_;
};

}  // namespace

absl::StatusOr<OperatorPtr> MakeMergeJoin(const plan::PlanNode& node, Execution& execution,
                                          const BuildScope& scope) {
  ASSIGN_OR_RETURN(OperatorPtr left, BuildOperator(*node.children[0], execution, scope));
  ASSIGN_OR_RETURN(OperatorPtr right, BuildOperator(*node.children[1], execution, scope));
  return std::make_unique<MergeJoinOperator>(node, execution, std::move(left), std::move(right));
}

}  // namespace dossier::query
