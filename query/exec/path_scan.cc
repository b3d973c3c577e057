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
      : Operator(plan_node, execution), op_(op), walker_(execution, target), pairs_(execution.context, "path") {
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
    while (batch.rows == 0) {
      if (pair_ == pairs_.size()) {
        if (next_ == starts_.size()) return absl::OkStatus();
        RETURN_IF_ERROR(WalkSome());
      }
      RETURN_IF_ERROR(execution_.context.Check());
      Emit(batch);
    }
    return absl::OkStatus();
  }

  // From some more starts: fewer where they lead far, so that memory stays bounded.
  absl::Status WalkSome() {
    static constexpr size_t kFewPairs = 1 << 14, kManyPairs = 1 << 18, kMostStarts = 1024;
    begin_ = next_;
    next_ = std::min(starts_.size(), next_ + at_once_);
    const absl::Span<const TermId> some = absl::MakeConstSpan(starts_).subspan(begin_, next_ - begin_);
    pairs_.Release();
    pair_ = 0;
    ASSIGN_OR_RETURN(pairs_, walker_.Walk(*op_.path, some, backward_ ? PathWalker::kBackward : PathWalker::kForward));
    if (pairs_.size() > kManyPairs) {
      at_once_ = std::max<size_t>(1, at_once_ / 4);
    } else if (pairs_.size() < kFewPairs) {
      at_once_ = std::min(kMostStarts, 2 * at_once_);
    }
    return absl::OkStatus();
  }

  void Emit(Batch& batch) {
    const bool same = from_.is_variable() && to_.is_variable() && from_.variable == to_.variable;
    static constexpr size_t kExaminedBetweenChecks = 1 << 16;
    const size_t end = std::min(pairs_.size(), pair_ + kExaminedBetweenChecks);
    for (; pair_ < end && batch.rows < Batch::kCapacity; ++pair_) {
      const PathWalker::Pair pair = pairs_[pair_];
      const TermId start = starts_[begin_ + pair.start];
      if (!to_.is_variable() && pair.end != to_.constant) continue;
      if (same && pair.end != start) continue;
      for (size_t c = 0; c < column_count(); ++c) {
        const bool is_from = from_.is_variable() && node_.columns[c].variable == from_.variable;
        batch.columns[c].push_back(is_from ? start : pair.end);
      }
      ++batch.rows;
    }
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
  size_t begin_ = 0, next_ = 0, at_once_ = 64;  // the starts of pairs_; the next ones; how many at once
  PathWalker::Pairs pairs_;
  size_t pair_ = 0;  // of pairs_: the next one to hand out
};

}  // namespace

absl::StatusOr<OperatorPtr> MakePathScan(const plan::PlanNode& node, Execution& execution,
                                         const BuildScope& scope) {
  const auto& op = std::get<plan::PathScan>(node.op);
  return std::make_unique<PathScanOperator>(node, op, execution, ResolveGraph(op.graph, scope));
}

}  // namespace dossier::query
