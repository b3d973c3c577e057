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
      : Operator(plan_node, execution), op_(op), left_(std::move(left)), target_(target) {
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
      if (row_ == input_.rows) {
        RETURN_IF_ERROR(left_->Next(input_));
        row_ = 0;
        if (input_.rows == 0) return absl::OkStatus();
      }
      static constexpr size_t kRows = 256;
      const size_t end = std::min(input_.rows, row_ + kRows);
      RETURN_IF_ERROR(Join(end, batch));
      row_ = end;
    }
    return absl::OkStatus();
  }

  absl::Status Join(size_t end, Batch& batch) {
    PathWalker walker(execution_, target_);
    const std::vector<TermId>& column = input_.columns[from_column_];
    std::vector<TermId> starts(column.begin() + static_cast<std::ptrdiff_t>(row_),
                               column.begin() + static_cast<std::ptrdiff_t>(end));
    std::sort(starts.begin(), starts.end());
    starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
    if (zero_length_) RETURN_IF_ERROR(DropStrangers(walker, starts));
    const auto direction = op_.forward ? PathWalker::kForward : PathWalker::kBackward;
    ASSIGN_OR_RETURN(const std::vector<PathWalker::Pair> pairs,
                     walker.Walk(*op_.scan.path, starts, direction));
    std::vector<size_t> begins(starts.size() + 1, 0);
    for (const PathWalker::Pair& pair : pairs) ++begins[pair.start + 1];
    for (size_t i = 0; i < starts.size(); ++i) begins[i + 1] += begins[i];
    for (size_t row = row_; row < end; ++row) {
      const auto at = std::lower_bound(starts.begin(), starts.end(), column[row]);
      if (at == starts.end() || *at != column[row]) continue;
      const auto start = static_cast<size_t>(at - starts.begin());
      for (size_t p = begins[start]; p < begins[start + 1]; ++p) EmitIfEqual(row, pairs[p].end, batch);
    }
    return absl::OkStatus();
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
  Dataset::Target target_;
  plan::Slot from_, to_;
  size_t from_column_ = 0;
  int to_column_ = -1;
  bool zero_length_ = false;
  std::vector<int> sources_;  // -1: the path's other end
  Batch input_;
  size_t row_ = 0;
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
