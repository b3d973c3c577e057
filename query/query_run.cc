#include "query/query_run.h"

#include <utility>

#include "graph/base/strings.h"
#include "query/algebra/print.h"
#include "query/optimize/optimizer.h"
#include "query/plan/planner.h"

namespace dossier::query {

using graph::Term;
using graph::TermId;

namespace {

constexpr uint64_t kDefaultMemoryLimit = uint64_t{1} << 30;

}  // namespace

void SetLimits(const QueryOptions& options, QueryContext& context) {
  context.SetMemoryLimit(options.memory_limit.value_or(kDefaultMemoryLimit));
  if (options.timeout) context.SetTimeout(*options.timeout);
  context.SetCancellationFlag(options.cancelled);
}

absl::Status QueryRun::Prepare(algebra::Query query) {
  query_ = std::move(query);
  RETURN_IF_ERROR(ChooseDataset());
  if (settings_.optimize) {
    algebra::OptimizerOptions optimizer;
    optimizer.fold = [this](const algebra::Expression& e) { return Fold(e); };
    query_.root = algebra::Optimize(std::move(query_.root), optimizer);
  }
  plan::Planner planner(vocabulary_, *dataset_, {.variables = &query_.variables, .optimize = settings_.optimize});
  ASSIGN_OR_RETURN(plan_, planner.Plan(*query_.root, RequiredVariables()));
  execution_.emplace(vocabulary_, *dataset_);
  execution_->base = query_.base;
  execution_->optimize = settings_.optimize;
  execution_->analyze = settings_.analyze;
  execution_->variables = &query_.variables;
  execution_->remote = settings_.remote;
  ASSIGN_OR_RETURN(root_, BuildOperator(*plan_, *execution_, {}));
  return absl::OkStatus();
}

std::string QueryRun::Explain() const {
  plan::PlanPrinter printer;
  for (const algebra::Variable& variable : query_.variables) printer.variables.push_back(variable.name);
  printer.term = [this](TermId id) {
    const absl::StatusOr<Term> term = vocabulary_.Lookup(id);
    return term.ok() ? term->ToNTriples() : std::string("?");
  };
  printer.expression = [this](const algebra::Expression& e) { return algebra::Print(e, query_.variables); };
  if (settings_.analyze) {
    printer.counters = [this](const plan::PlanNode& node) {
      const auto at = execution_->counters.find(&node);
      if (at == execution_->counters.end()) return std::string(", not run");
      const OperatorCounters& c = at->second;
      const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(c.time).count();
      std::string out = Cat(" -> ", c.rows, " rows in ", micros, " us");
      if (c.runs > 1) Append(out, ", ", c.runs, " runs");
      return out;
    };
  }
  return plan::PrintPlan(*plan_, printer);
}

absl::StatusOr<std::vector<TermId>> QueryRun::Intern(const std::vector<std::string>& iris) {
  std::vector<TermId> ids;
  for (const std::string& iri : iris) {
    ASSIGN_OR_RETURN(const TermId id, vocabulary_.Intern(Term::Iri(iri)));
    ids.push_back(id);
  }
  return ids;
}

absl::Status QueryRun::ChooseDataset() {
  const graph::Snapshot& snapshot = vocabulary_.snapshot();
  if (!settings_.has_dataset && !query_.has_dataset) {
    if (!settings_.with) {
      dataset_.emplace(snapshot);
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(std::vector<TermId> with, Intern({*settings_.with}));
    dataset_.emplace(snapshot, std::move(with));
    return absl::OkStatus();
  }
  const bool given = settings_.has_dataset;
  ASSIGN_OR_RETURN(std::vector<TermId> merged, Intern(given ? settings_.default_graphs : query_.from));
  ASSIGN_OR_RETURN(std::vector<TermId> named, Intern(given ? settings_.named_graphs : query_.from_named));
  dataset_.emplace(snapshot, std::move(merged), std::move(named));
  return absl::OkStatus();
}

algebra::VarSet QueryRun::RequiredVariables() const {
  algebra::VarSet required;
  for (algebra::VarId v : query_.projection) required.Add(v);
  for (const algebra::TriplePattern& triple : query_.construct) algebra::AddVariables(triple, required);
  for (algebra::VarId v : query_.construct_blanks) required.Remove(v);
  return required;
}

// The value of an expression without variables; nothing when it is an error.
std::optional<Term> QueryRun::Fold(const algebra::Expression& expression) {
  EvaluatorServices services;
  services.vocabulary = &vocabulary_;
  services.base = query_.base;
  const auto evaluator = Evaluator::Compile(
      expression, [](algebra::VarId) { return -1; }, services);
  if (!evaluator.ok()) return std::nullopt;
  Batch unit;
  unit.rows = 1;
  std::vector<TermId> value;
  if (!(*evaluator)->Evaluate(unit, value).ok() || value.size() != 1 || value[0].is_unbound())
    return std::nullopt;
  absl::StatusOr<Term> term = vocabulary_.Lookup(value[0]);
  return term.ok() ? std::optional(*std::move(term)) : std::nullopt;
}

}  // namespace dossier::query
