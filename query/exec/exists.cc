// EXISTS for one row at a time: the row's values are put into the pattern (SPARQL 1.1 §18.6), which is
// planned and run until its first row. Answers are remembered per distinct values. The planner turns the
// common cases into semi joins instead.
#include <utility>

#include "query/exec/operator.h"
#include "query/exec/row_set.h"
#include "query/optimize/substitute.h"
#include "query/plan/planner.h"

namespace dossier::query {
namespace {

using graph::TermId;

class SubstitutingTester : public ExistsTester {
 public:
  SubstitutingTester(Execution& execution, const algebra::Node& pattern, const plan::GraphSlot& graph,
                     std::vector<algebra::VarId> variables, std::vector<int> columns)
      : execution_(execution),
        pattern_(pattern),
        graph_(graph),
        assigned_(algebra::AssignedVariables(pattern).Intersection(algebra::PossibleVariables(pattern))),
        variables_(std::move(variables)),
        columns_(std::move(columns)),
        known_(variables_.size()) {}
  ~SubstitutingTester() override {
    if (charged_ > 0) execution_.context.Charge(-charged_, "").IgnoreError();
  }

  absl::StatusOr<bool> Test(const Batch& batch, size_t row) override {
    std::vector<const std::vector<TermId>*> keys;
    for (int column : columns_) keys.push_back(&batch.columns[static_cast<size_t>(column)]);
    bool inserted = false;
    const uint32_t number = known_.Insert(keys, row, &inserted);
    if (!inserted) return answers_[number];
    RETURN_IF_ERROR(execution_.context.Check());
    const auto bytes = static_cast<int64_t>(known_.Bytes());
    if (bytes > charged_) {
      RETURN_IF_ERROR(execution_.context.Charge(bytes - charged_, "EXISTS"));
      charged_ = bytes;
    }
    const std::vector<TermId> values(known_.Row(number), known_.Row(number) + variables_.size());
    ASSIGN_OR_RETURN(const bool answer, Run(values));
    answers_.push_back(answer);
    return answer;
  }

 private:
  absl::StatusOr<bool> Run(const std::vector<TermId>& values) {
    // The plans made here do not live long enough to be explained.
    const bool analyze = std::exchange(execution_.analyze, false);
    absl::StatusOr<bool> answer = Evaluate(values);
    execution_.analyze = analyze;
    return answer;
  }

  absl::StatusOr<bool> Evaluate(const std::vector<TermId>& values) {
    algebra::Bindings bindings;
    absl::flat_hash_map<algebra::VarId, TermId> compared;
    for (size_t i = 0; i < values.size(); ++i) {
      if (values[i].is_unbound()) continue;
      ASSIGN_OR_RETURN(graph::Term term, execution_.vocabulary.Lookup(values[i]));
      bindings.emplace(variables_[i], std::move(term));
      if (assigned_.Has(variables_[i])) compared.emplace(variables_[i], values[i]);
    }
    const algebra::NodePtr pattern = algebra::Substitute(pattern_, bindings);
    plan::Planner planner(execution_.vocabulary, execution_.dataset,
                          {.variables = execution_.variables, .optimize = execution_.optimize});
    ASSIGN_OR_RETURN(const plan::PlanPtr plan, planner.Plan(*pattern, assigned_, graph_));
    ASSIGN_OR_RETURN(const OperatorPtr root, BuildOperator(*plan, execution_, {}));
    for (Batch batch;;) {
      RETURN_IF_ERROR(root->Next(batch));
      if (batch.rows == 0) return false;
      for (size_t row = 0; row < batch.rows; ++row) {
        if (Agrees(*plan, batch, row, compared)) return true;
      }
    }
  }

  static bool Agrees(const plan::PlanNode& plan, const Batch& batch, size_t row,
                     const absl::flat_hash_map<algebra::VarId, TermId>& compared) {
    for (const auto& [variable, value] : compared) {
      const int column = plan.ColumnOf(variable);
      if (column < 0) continue;
      const TermId assigned = batch.columns[static_cast<size_t>(column)][row];
      if (assigned.is_bound() && assigned != value) return false;
    }
    return true;
  }

  Execution& execution_;
  const algebra::Node& pattern_;
  plan::GraphSlot graph_;
  algebra::VarSet assigned_;
  std::vector<algebra::VarId> variables_;  // of the row, that the pattern mentions
  std::vector<int> columns_;
  RowSet known_;
  std::vector<bool> answers_;
  int64_t charged_ = 0;
};

}  // namespace

EvaluatorServices MakeServices(Execution& execution, const plan::GraphSlot& graph, const BuildScope& scope) {
  EvaluatorServices services;
  services.vocabulary = &execution.vocabulary;
  services.base = execution.base;
  plan::GraphSlot active = graph;
  if (active.kind == plan::GraphSlot::Kind::kCurrent) {
    active.kind = plan::GraphSlot::Kind::kConstant;
    active.constant = scope.current_graph;
  }
  services.make_exists = [&execution, active](
                             const algebra::Node& pattern,
                             const ColumnOf& columns) -> absl::StatusOr<std::unique_ptr<ExistsTester>> {
    std::vector<algebra::VarId> variables;
    std::vector<int> numbers;
    for (algebra::VarId v : algebra::MentionedVariables(pattern).ToVector()) {
      const int column = columns(v);
      if (column < 0) continue;
      variables.push_back(v);
      numbers.push_back(column);
    }
    return std::make_unique<SubstitutingTester>(execution, pattern, active, std::move(variables),
                                                std::move(numbers));
  };
  return services;
}

}  // namespace dossier::query
