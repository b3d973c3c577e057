#include <algorithm>

#include "query/exec/operators.h"
#include "query/exec/path_walker.h"
#include "query/optimize/variables.h"

namespace dossier::query {
namespace {

using graph::TermId;

// Walks a property path from the value a left row has for one of its ends.
class PathJoinOperator : public Operator {
 public:
  PathJoinOperator(const plan::PlanNode& plan_node, const plan::PathJoin& op, Execution& execution,
                   OperatorPtr left, Dataset::Target target)
      : Operator(plan_node, execution), op_(op), left_(std::move(left)), walker_(execution, target), pairs_(execution.context, "path") {
    from_ = op.forward ? op.scan.subject : op.scan.object;
    to_ = op.forward ? op.scan.object : op.scan.subject;
    from_column_ = static_cast<size_t>(left_->node().ColumnOf(from_.variable));
    to_column_ = to_.is_variable() ? left_->node().ColumnOf(to_.variable) : -1;
    for (const plan::Column& column : plan_node.columns) {
      const bool is_end = to_.is_variable() && column.variable == to_.variable;
      sources_.push_back(is_end ? -1 : left_->node().ColumnOf(column.variable));
    }
    zero_length_ = algebra::MatchesZeroLength(*op.scan.path);
  }

 private:
  absl::Status Fill(Batch& batch) override {
    while (batch.rows == 0) {
      if (row_ == end_) {
        if (row_ == input_.rows) {
          RETURN_IF_ERROR(left_->Next(input_));
          row_ = end_ = 0;
          if (input_.rows == 0) return absl::OkStatus();
        }
        RETURN_IF_ERROR(WalkSome());
      }
      RETURN_IF_ERROR(execution_.context.Check());
      Emit(batch);
    }
    return absl::OkStatus();
  }

  // Walks for some more rows: fewer where paths lead far, so that memory stays bounded.
  absl::Status WalkSome() {
    static constexpr size_t kFewPairs = 1 << 14, kManyPairs = 1 << 18;
    end_ = std::min(input_.rows, row_ + at_once_);
    const std::vector<TermId>& column = input_.columns[from_column_];
    starts_.assign(column.begin() + static_cast<std::ptrdiff_t>(row_), column.begin() + static_cast<std::ptrdiff_t>(end_));
    std::sort(starts_.begin(), starts_.end());
    starts_.erase(std::unique(starts_.begin(), starts_.end()), starts_.end());
    if (zero_length_) RETURN_IF_ERROR(DropStrangers(walker_, starts_));
    const auto direction = op_.forward ? PathWalker::kForward : PathWalker::kBackward;
    pairs_.Release();
    ASSIGN_OR_RETURN(pairs_, walker_.Walk(*op_.scan.path, starts_, direction));
    begins_.assign(starts_.size() + 1, 0);
    for (const PathWalker::Pair& pair : pairs_) ++begins_[pair.start + 1];
    for (size_t i = 0; i < starts_.size(); ++i) begins_[i + 1] += begins_[i];
    FindPairs();
    if (pairs_.size() > kManyPairs) {
      at_once_ = std::max<size_t>(1, at_once_ / 4);
    } else if (pairs_.size() < kFewPairs) {
      at_once_ = std::min(Batch::kCapacity, 2 * at_once_);
    }
    return absl::OkStatus();
  }

  // The pairs of the current row.
  void FindPairs() {
    pair_ = pair_end_ = 0;
    if (row_ == end_) return;
    const TermId from = input_.columns[from_column_][row_];
    const auto at = std::lower_bound(starts_.begin(), starts_.end(), from);
    if (at == starts_.end() || *at != from) return;
    const auto start = static_cast<size_t>(at - starts_.begin());
    pair_ = begins_[start];
    pair_end_ = begins_[start + 1];
  }

  void Emit(Batch& batch) {
    static constexpr size_t kExaminedBetweenChecks = 1 << 16;
    for (size_t examined = 0; row_ < end_ && batch.rows < Batch::kCapacity && examined < kExaminedBetweenChecks; ++examined) {
      if (pair_ == pair_end_) {
        ++row_;
        FindPairs();
        continue;
      }
      EmitIfEqual(row_, pairs_[pair_++].end, batch);
    }
  }

  // A zero-length path of a variable starts at nodes of the graph only, or at the constant at its other end.
  absl::Status DropStrangers(PathWalker& walker, std::vector<TermId>& starts) {
    std::vector<TermId> kept;
    for (TermId start : starts) {
      bool in_graph = !to_.is_variable() && start == to_.constant;
      if (!in_graph) {
        ASSIGN_OR_RETURN(in_graph, walker.InGraph(start));
      }
      if (in_graph) kept.push_back(start);
    }
    starts = std::move(kept);
    return absl::OkStatus();
  }

  void EmitIfEqual(size_t row, TermId end, Batch& batch) {
    if (!to_.is_variable() && end != to_.constant) return;
    if (to_column_ >= 0) {
      const TermId bound = input_.columns[static_cast<size_t>(to_column_)][row];
      if (bound.is_bound() && bound != end) return;
    }
    for (size_t c = 0; c < sources_.size(); ++c) {
      batch.columns[c].push_back(sources_[c] < 0 ? end
                                                 : input_.columns[static_cast<size_t>(sources_[c])][row]);
    }
    ++batch.rows;
  }

  const plan::PathJoin& op_;
  OperatorPtr left_;
  PathWalker walker_;
  plan::Slot from_, to_;
  size_t from_column_ = 0;
  int to_column_ = -1;
  bool zero_length_ = false;
  std::vector<int> sources_;  // -1: the path's other end
  Batch input_;
  size_t row_ = 0, end_ = 0, at_once_ = 256;  // the current row; the end of those that were walked for; how many at once
  std::vector<TermId> starts_;                // distinct
  PathWalker::Pairs pairs_;
  std::vector<size_t> begins_;          // pairs of a start: begins_[i] .. begins_[i + 1]
  size_t pair_ = 0, pair_end_ = 0;      // of the current row: those not handed out yet
};

}  // namespace

absl::StatusOr<OperatorPtr> MakePathJoin(const plan::PlanNode& node, Execution& execution,
                                         const BuildScope& scope) {
  const auto& op = std::get<plan::PathJoin>(node.op);
  ASSIGN_OR_RETURN(OperatorPtr left, BuildOperator(*node.children[0], execution, scope));
  return std::make_unique<PathJoinOperator>(node, op, execution, std::move(left),
                                            ResolveGraph(op.scan.graph, scope));
}

}  // namespace dossier::query
