#include <algorithm>

#include "query/exec/operators.h"

namespace dossier::query {
namespace {

using graph::TermId;

// Rows at hand: VALUES, or the keys an enclosing operator handed down.
class ValuesOperator : public Operator {
 public:
  ValuesOperator(const plan::PlanNode& plan_node, Execution& execution,
                 const std::vector<std::vector<TermId>>& columns, size_t count)
      : Operator(plan_node, execution), columns_(columns), count_(count) {}

 private:
  absl::Status Fill(Batch& batch) override {
    const size_t end = std::min(count_, at_ + Batch::kCapacity);
    for (size_t c = 0; c < column_count(); ++c) {
      batch.columns[c].assign(columns_[c].begin() + static_cast<std::ptrdiff_t>(at_),
                              columns_[c].begin() + static_cast<std::ptrdiff_t>(end));
    }
    batch.rows = end - at_;
    at_ = end;
    return absl::OkStatus();
  }

  const std::vector<std::vector<TermId>>& columns_;
  size_t count_;
  size_t at_ = 0;
};

}  // namespace

absl::StatusOr<OperatorPtr> MakeValues(const plan::PlanNode& node, Execution& execution,
                                       const BuildScope& scope) {
  if (const auto* rows = std::get_if<plan::Rows>(&node.op)) {
    return std::make_unique<ValuesOperator>(node, execution, rows->columns, rows->count);
  }
  if (scope.keys == nullptr) return Internal("keys read outside of a keyed operator");
  return std::make_unique<ValuesOperator>(node, execution, scope.keys->columns, scope.keys->rows);
}

}  // namespace dossier::query
