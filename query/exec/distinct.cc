#include "query/exec/operators.h"
#include "query/exec/row_filter.h"
#include "query/exec/row_set.h"

namespace dossier::query {
namespace {

// DISTINCT keeps the first of equal rows; REDUCED only drops repetitions that follow one another.
class DistinctOperator : public Operator {
 public:
  DistinctOperator(const plan::PlanNode& plan_node, Execution& execution, OperatorPtr input)
      : Operator(plan_node, execution),
        input_(std::move(input)),
        reduced_(std::holds_alternative<plan::Reduced>(plan_node.op)),
        seen_(plan_node.columns.size()) {
    for (const plan::Column& column : plan_node.columns)
      sources_.push_back(input_->node().ColumnOf(column.variable));
  }

 private:
  absl::Status Fill(Batch& batch) override {
    while (batch.rows == 0) {
      RETURN_IF_ERROR(input_->Next(rows_));
      if (rows_.rows == 0) return absl::OkStatus();
      std::vector<const std::vector<graph::TermId>*> columns;
      for (int source : sources_) columns.push_back(&rows_.columns[static_cast<size_t>(source)]);
      kept_.clear();
      for (size_t row = 0; row < rows_.rows; ++row) {
        if (reduced_ ? IsRepeated(columns, row) : !IsNew(columns, row)) continue;
        kept_.push_back(static_cast<uint32_t>(row));
      }
      if (seen_.Bytes() > charged_) {
        RETURN_IF_ERROR(Charge(seen_.Bytes() - charged_));
        charged_ = seen_.Bytes();
      }
      AppendRows(rows_.columns, sources_, kept_, batch);
    }
    return absl::OkStatus();
  }

  bool IsNew(const std::vector<const std::vector<graph::TermId>*>& columns, size_t row) {
    bool inserted = false;
    seen_.Insert(columns, row, &inserted);
    return inserted;
  }
  bool IsRepeated(const std::vector<const std::vector<graph::TermId>*>& columns, size_t row) {
    std::vector<graph::TermId> current;
    for (const auto* column : columns) current.push_back((*column)[row]);
    const bool repeated = started_ && current == last_;
    last_ = std::move(current);
    started_ = true;
    return repeated;
  }

  OperatorPtr input_;
  bool reduced_;
  RowSet seen_;
  size_t charged_ = 0;
  std::vector<int> sources_;
  Batch rows_;
  std::vector<uint32_t> kept_;
  std::vector<graph::TermId> last_;
  bool started_ = false;
};

}  // namespace

absl::StatusOr<OperatorPtr> MakeDistinct(const plan::PlanNode& node, Execution& execution,
                                         const BuildScope& scope) {
  ASSIGN_OR_RETURN(OperatorPtr input, BuildOperator(*node.children[0], execution, scope));
  return std::make_unique<DistinctOperator>(node, execution, std::move(input));
}

}  // namespace dossier::query
