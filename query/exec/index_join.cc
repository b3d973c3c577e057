#include <algorithm>

#include "query/exec/operators.h"
#include "query/exec/pattern_columns.h"
#include "query/plan/join_group.h"

namespace dossier::query {
namespace {

using graph::IdQuad;
using graph::TermId;

TermId Component(const IdQuad& quad, int position) {
  switch (position) {
    case 0:
      return quad.subject;
    case 1:
      return quad.predicate;
    case 2:
      return quad.object;
    default:
      return quad.graph;
  }
}

// Looks up a pattern for each left row by one bound component; the order of the left rows is kept.
class IndexJoinOperator : public Operator {
 public:
  IndexJoinOperator(const plan::PlanNode& plan_node, const plan::IndexJoin& op, Execution& execution,
                    OperatorPtr left, Dataset::Target target)
      : Operator(plan_node, execution), op_(op), left_(std::move(left)), target_(target), pattern_(op.scan) {
    const plan::PlanNode& input = left_->node();
    key_column_ = static_cast<size_t>(input.ColumnOf(plan::SlotOf(op.scan, op.probe).variable));
    for (size_t c = 0; c < input.columns.size(); ++c) {
      const int position = pattern_.PositionOf(input.columns[c].variable);
      if (position >= 0 && c != key_column_) compared_.emplace_back(c, position);
    }
    for (const plan::Column& column : plan_node.columns) {
      const int position = pattern_.PositionOf(column.variable);
      sources_.push_back(position >= 0 ? Source{-1, position} : Source{input.ColumnOf(column.variable), -1});
    }
  }

 private:
  // Output columns come from the pattern where it has the variable: that value is always bound.
  struct Source {
    int left;
    int position;
  };

  absl::Status Fill(Batch& batch) override {
    while (batch.rows == 0) {
      if (pair_ < pair_rows_.size()) {
        Emit(batch);
        continue;
      }
      if (row_ == input_.rows) {
        RETURN_IF_ERROR(left_->Next(input_));
        row_ = 0;
        if (input_.rows == 0) return absl::OkStatus();
      }
      RETURN_IF_ERROR(execution_.context.Check());
      RETURN_IF_ERROR(LookUp());
    }
    return absl::OkStatus();
  }

  // Takes the next left rows, fetches their quads and collects the pairs that agree. The number of rows
  // follows the number of quads they bring, so that memory stays bounded.
  absl::Status LookUp() {
    const size_t end = std::min(input_.rows, row_ + chunk_);
    keys_.clear();
    const std::vector<TermId>& column = input_.columns[key_column_];
    for (size_t i = row_; i < end; ++i) {
      if (!column[i].is_local()) keys_.push_back(column[i]);
    }
    std::sort(keys_.begin(), keys_.end());
    keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
    quads_.clear();
    origins_.clear();
    const Dataset::Triple triple{op_.scan.subject.constant, op_.scan.predicate.constant,
                                 op_.scan.object.constant};
    RETURN_IF_ERROR(execution_.dataset.ScanMany(triple, target_, op_.probe, keys_, quads_, origins_));
    RETURN_IF_ERROR(ChargeQuads());
    begins_.assign(keys_.size() + 1, 0);
    for (uint32_t origin : origins_) ++begins_[origin + 1];
    for (size_t k = 0; k < keys_.size(); ++k) begins_[k + 1] += begins_[k];
    pair_rows_.clear();
    pair_quads_.clear();
    pair_ = 0;
    for (size_t i = row_; i < end; ++i) {
      const auto at = std::lower_bound(keys_.begin(), keys_.end(), column[i]);
      if (at == keys_.end() || *at != column[i]) continue;
      const auto key = static_cast<size_t>(at - keys_.begin());
      for (size_t q = begins_[key]; q < begins_[key + 1]; ++q) {
        if (!Agrees(i, quads_[q])) continue;
        pair_rows_.push_back(static_cast<uint32_t>(i));
        pair_quads_.push_back(static_cast<uint32_t>(q));
      }
    }
    row_ = end;
    if (quads_.size() > 4 * Batch::kCapacity) {
      chunk_ = std::max<size_t>(1, chunk_ / 4);
    } else if (quads_.size() < Batch::kCapacity) {
      chunk_ = std::min(Batch::kCapacity, chunk_ * 2);
    }
    return absl::OkStatus();
  }

  bool Agrees(size_t row, const IdQuad& quad) const {
    for (const auto& [a, b] : pattern_.equal_positions()) {
      if (Component(quad, a) != Component(quad, b)) return false;
    }
    for (const auto& [column, position] : compared_) {
      const TermId bound = input_.columns[column][row];
      if (bound.is_bound() && bound != Component(quad, position)) return false;
    }
    return true;
  }

  void Emit(Batch& batch) {
    const size_t end = std::min(pair_rows_.size(), pair_ + Batch::kCapacity);
    for (size_t c = 0; c < sources_.size(); ++c) {
      std::vector<TermId>& to = batch.columns[c];
      to.reserve(end - pair_);
      if (sources_[c].position >= 0) {
        for (size_t i = pair_; i < end; ++i)
          to.push_back(Component(quads_[pair_quads_[i]], sources_[c].position));
      } else {
        const std::vector<TermId>& from = input_.columns[static_cast<size_t>(sources_[c].left)];
        for (size_t i = pair_; i < end; ++i) to.push_back(from[pair_rows_[i]]);
      }
    }
    batch.rows = end - pair_;
    pair_ = end;
  }

  absl::Status ChargeQuads() {
    const size_t bytes = quads_.capacity() * sizeof(IdQuad) + origins_.capacity() * sizeof(uint32_t);
    if (bytes <= charged_bytes_) return absl::OkStatus();
    RETURN_IF_ERROR(Charge(bytes - charged_bytes_));
    charged_bytes_ = bytes;
    return absl::OkStatus();
  }

  const plan::IndexJoin& op_;
  OperatorPtr left_;
  Dataset::Target target_;
  PatternColumns pattern_;
  size_t key_column_ = 0;
  std::vector<std::pair<size_t, int>> compared_;  // left columns that are also in the pattern, and where
  std::vector<Source> sources_;
  Batch input_;
  size_t row_ = 0, chunk_ = 256, charged_bytes_ = 0;
  std::vector<TermId> keys_;
  std::vector<IdQuad> quads_;
  std::vector<uint32_t> origins_;
  std::vector<size_t> begins_;  // quads of a key: begins_[k] .. begins_[k + 1]
  std::vector<uint32_t> pair_rows_, pair_quads_;
  size_t pair_ = 0;
};

}  // namespace

absl::StatusOr<OperatorPtr> MakeIndexJoin(const plan::PlanNode& node, Execution& execution,
                                          const BuildScope& scope) {
  const auto& op = std::get<plan::IndexJoin>(node.op);
  ASSIGN_OR_RETURN(OperatorPtr left, BuildOperator(*node.children[0], execution, scope));
  return std::make_unique<IndexJoinOperator>(node, op, execution, std::move(left),
                                             ResolveGraph(op.scan.graph, scope));
}

}  // namespace dossier::query
