#include "query/exec/operators.h"
#include "query/exec/row_filter.h"

namespace dossier::query {
namespace {

using graph::TermId;

// GRAPH ?g { ... }: the block in each named graph, and only then joined with the graph's name (SPARQL 1.1
// §18.6).
class GraphLoopOperator : public Operator {
 public:
  GraphLoopOperator(const plan::PlanNode& plan_node, Execution& execution, const BuildScope& scope,
                    std::vector<TermId> graphs)
      : Operator(plan_node, execution), scope_(scope), graphs_(std::move(graphs)) {
    const plan::PlanNode& child = *plan_node.children[0];
    const plan::VarId variable = std::get<plan::GraphLoop>(plan_node.op).variable;
    inner_ = child.ColumnOf(variable);
    for (const plan::Column& column : plan_node.columns) {
      sources_.push_back(column.variable == variable ? -1 : child.ColumnOf(column.variable));
      if (column.variable == variable) name_column_ = static_cast<int>(sources_.size()) - 1;
    }
  }

 private:
  absl::Status Fill(Batch& batch) override {
    while (batch.rows == 0) {
      if (child_ == nullptr) {
        if (next_ == graphs_.size()) return absl::OkStatus();
        scope_.current_graph = graphs_[next_++];
        RETURN_IF_ERROR(execution_.context.Check());
        ASSIGN_OR_RETURN(child_, BuildOperator(*node_.children[0], execution_, scope_));
      }
      RETURN_IF_ERROR(child_->Next(input_));
      if (input_.rows == 0) {
        child_ = nullptr;
        continue;
      }
      kept_.clear();
      for (size_t row = 0; row < input_.rows; ++row) {
        const TermId bound = inner_ >= 0 ? input_.columns[static_cast<size_t>(inner_)][row] : TermId();
        if (bound.is_unbound() || bound == scope_.current_graph) kept_.push_back(static_cast<uint32_t>(row));
      }
      AppendRows(input_.columns, sources_, kept_, batch);
      if (name_column_ >= 0)
        batch.columns[static_cast<size_t>(name_column_)].assign(kept_.size(), scope_.current_graph);
    }
    return absl::OkStatus();
  }

  BuildScope scope_;
  std::vector<TermId> graphs_;
  size_t next_ = 0;
  OperatorPtr child_;
  int inner_ = -1;        // the child's own column of the variable
  int name_column_ = -1;  // ours
  std::vector<int> sources_;
  Batch input_;
  std::vector<uint32_t> kept_;
};

}  // namespace

absl::StatusOr<OperatorPtr> MakeGraphLoop(const plan::PlanNode& node, Execution& execution,
                                          const BuildScope& scope) {
  ASSIGN_OR_RETURN(std::vector<TermId> graphs, execution.dataset.NamedGraphs());
  return std::make_unique<GraphLoopOperator>(node, execution, scope, std::move(graphs));
}

}  // namespace dossier::query
