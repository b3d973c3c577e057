#include "query/exec/operators.h"
#include "query/exec/path_walker.h"

namespace dossier::query {
namespace {

using graph::TermId;

// A property path by itself: with a constant end it walks from there, else from every node a path can start
// at, some starts at a time.
class PathScanOperator : public Operator {
 public:
  PathScanOperator(const plan::PlanNode& plan_node, const plan::PathScan& op, Execution& execution,
                   Dataset::Target target)
      : Operator(plan_node, execution), op_(op), walker_(execution, target) {
    backward_ = op.subject.is_variable() && !op.object.is_variable();
    from_ = backward_ ? op.object : op.subject;
    to_ = backward_ ? op.subject : op.object;
  }

 private:
  absl::Status Fill(Batch& batch) override {
    if (!started_) {
      started_ = true;
      RETURN_IF_ERROR(Start());
    }
    while (batch.rows == 0 && next_ < starts_.size()) {
      static constexpr size_t kStarts = 256;
      const size_t end = std::min(starts_.size(), next_ + kStarts);
      const std::vector<TermId> some(starts_.begin() + static_cast<std::ptrdiff_t>(next_),
                                     starts_.begin() + static_cast<std::ptrdiff_t>(end));
      next_ = end;
      ASSIGN_OR_RETURN(
          const std::vector<PathWalker::Pair> pairs,
          walker_.Walk(*op_.path, some, backward_ ? PathWalker::kBackward : PathWalker::kForward));
      const bool same = from_.is_variable() && to_.is_variable() && from_.variable == to_.variable;
      for (const PathWalker::Pair& pair : pairs) {
        if (!to_.is_variable() && pair.end != to_.constant) continue;
        if (same && pair.end != some[pair.start]) continue;
        for (size_t c = 0; c < column_count(); ++c) {
          const bool is_from = from_.is_variable() && node_.columns[c].variable == from_.variable;
          batch.columns[c].push_back(is_from ? some[pair.start] : pair.end);
        }
        ++batch.rows;
      }
    }
    return absl::OkStatus();
  }

  absl::Status Start() {
    if (!from_.is_variable()) {
      starts_ = {from_.constant};
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(starts_, walker_.Starts(*op_.path, PathWalker::kForward));
    return absl::OkStatus();
  }

  const plan::PathScan& op_;
  PathWalker walker_;
  bool backward_ = false, started_ = false;
  plan::Slot from_, to_;
  std::vector<TermId> starts_;
  size_t next_ = 0;
};

}  // namespace

absl::StatusOr<OperatorPtr> MakePathScan(const plan::PlanNode& node, Execution& execution,
                                         const BuildScope& scope) {
  const auto& op = std::get<plan::PathScan>(node.op);
  return std::make_unique<PathScanOperator>(node, op, execution, ResolveGraph(op.graph, scope));
}

}  // namespace dossier::query
