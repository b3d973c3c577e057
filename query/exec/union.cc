#include "query/exec/operators.h"
#include "query/exec/row_filter.h"

namespace dossier::query {
namespace {

// One child after the other; columns a child lacks are unbound.
class UnionOperator : public Operator {
 public:
  UnionOperator(const plan::PlanNode& plan_node, Execution& execution, const BuildScope& scope)
      : Operator(plan_node, execution), scope_(scope) {}

 private:
  absl::Status Fill(Batch& batch) override {
    while (true) {
      if (current_ == nullptr) {
        if (child_ == node_.children.size()) return absl::OkStatus();
        ASSIGN_OR_RETURN(current_, BuildOperator(*node_.children[child_], execution_, scope_));
        ++child_;
      }
      RETURN_IF_ERROR(current_->Next(input_));
      if (input_.rows == 0) {
        current_ = nullptr;
        continue;
      }
      for (size_t c = 0; c < column_count(); ++c) {
        const int from = current_->node().ColumnOf(node_.columns[c].variable);
        if (from >= 0) {
          batch.columns[c].swap(input_.columns[static_cast<size_t>(from)]);
        } else {
          batch.columns[c].assign(input_.rows, graph::TermId::Unbound());
        }
      }
      batch.rows = input_.rows;
      return absl::OkStatus();
    }
  }

  BuildScope scope_;
  OperatorPtr current_;
  size_t child_ = 0;
  Batch input_;
};

}  // namespace

absl::StatusOr<OperatorPtr> MakeUnion(const plan::PlanNode& node, Execution& execution,
                                      const BuildScope& scope) {
  return std::make_unique<UnionOperator>(node, execution, scope);
}

}  // namespace dossier::query
