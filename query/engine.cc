#include "query/engine.h"

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "query/algebra/print.h"
#include "query/algebra/translate.h"
#include "query/exec/graph_result.h"
#include "query/exec/operator.h"
#include "query/optimize/optimizer.h"
#include "query/plan/planner.h"
#include "query/syntax/parser.h"
#include "query/syntax/print.h"

namespace dossier::query {
namespace {

using graph::Term;
using graph::TermId;

constexpr uint64_t kDefaultMemoryLimit = uint64_t{1} << 30;

absl::StatusOr<ast::Query> Parse(std::string_view text, const QueryOptions& options) {
  ParseOptions parse;
  parse.base = options.base;
  if (options.default_prefixes) {
    for (const auto& [prefix, iri] : graph::kDefaultPrefixes) parse.prefixes.emplace_back(prefix, iri);
  }
  return ParseQuery(text, parse);
}

// Everything one execution owns, in the order of dependence.
class Result : public QueryResult {
 public:
  Result(std::shared_ptr<const graph::Snapshot> snapshot, const QueryOptions& options)
      : options_(options), snapshot_(std::move(snapshot)), vocabulary_(*snapshot_, context_) {
    context_.SetMemoryLimit(options.memory_limit.value_or(kDefaultMemoryLimit));
    if (options.timeout) context_.SetTimeout(*options.timeout);
    context_.SetCancellationFlag(options.cancelled);
  }

  absl::Status Prepare(algebra::Query query) {
    query_ = std::move(query);
    RETURN_IF_ERROR(ChooseDataset());
    if (options_.optimize) {
      algebra::OptimizerOptions optimizer;
      optimizer.fold = [this](const algebra::Expression& e) { return Fold(e); };
      query_.root = algebra::Optimize(std::move(query_.root), optimizer);
    }
    plan::Planner planner(vocabulary_, *dataset_,
                          {.variables = &query_.variables, .optimize = options_.optimize});
    ASSIGN_OR_RETURN(plan_, planner.Plan(*query_.root, RequiredVariables()));
    execution_.emplace(vocabulary_, *dataset_);
    execution_->base = query_.base;
    execution_->optimize = options_.optimize;
    execution_->analyze = options_.analyze;
    execution_->variables = &query_.variables;
    ASSIGN_OR_RETURN(root_, BuildOperator(*plan_, *execution_, {}));
    for (algebra::VarId v : query_.projection)
      columns_.push_back(query_.variables[static_cast<size_t>(v)].name);
    if (query_.form == algebra::QueryForm::kConstruct) constructor_.emplace(query_, *execution_);
    if (query_.form == algebra::QueryForm::kDescribe) describer_.emplace(*execution_);
    return absl::OkStatus();
  }

  ResultForm form() const override {
    switch (query_.form) {
      case algebra::QueryForm::kSelect:
        return ResultForm::kSelect;
      case algebra::QueryForm::kAsk:
        return ResultForm::kAsk;
      default:
        return ResultForm::kGraph;
    }
  }

  const std::vector<std::string>& columns() const override { return columns_; }

  absl::Status Next(ResultRows& rows) override {
    rows.rows.clear();
    if (query_.form != algebra::QueryForm::kSelect)
      return FailedPrecondition("only SELECT queries have rows");
    RETURN_IF_ERROR(root_->Next(batch_));
    rows.rows.resize(batch_.rows, std::vector<std::optional<Term>>(query_.projection.size()));
    std::vector<std::optional<Term>> terms;
    for (size_t c = 0; c < query_.projection.size(); ++c) {
      const int column = plan_->ColumnOf(query_.projection[c]);
      if (column < 0) continue;
      RETURN_IF_ERROR(vocabulary_.LookupMany(batch_.columns[static_cast<size_t>(column)], terms));
      for (size_t i = 0; i < batch_.rows; ++i) rows.rows[i][c] = std::move(terms[i]);
    }
    return absl::OkStatus();
  }

  absl::StatusOr<bool> Boolean() override {
    if (query_.form != algebra::QueryForm::kAsk)
      return FailedPrecondition("only ASK queries have a boolean result");
    if (!answer_) {
      RETURN_IF_ERROR(root_->Next(batch_));
      answer_ = batch_.rows > 0;
    }
    return *answer_;
  }

  absl::Status NextTriples(std::vector<graph::Triple>& triples) override {
    triples.clear();
    if (form() != ResultForm::kGraph)
      return FailedPrecondition("only CONSTRUCT and DESCRIBE queries have triples");
    if (describer_ && !described_constants_) {
      described_constants_ = true;
      for (const Term& term : query_.describe) {
        ASSIGN_OR_RETURN(const TermId id, vocabulary_.Intern(term));
        RETURN_IF_ERROR(describer_->Describe(id, triples));
      }
    }
    while (triples.empty()) {
      RETURN_IF_ERROR(root_->Next(batch_));
      if (batch_.rows == 0) return absl::OkStatus();
      if (constructor_) {
        RETURN_IF_ERROR(constructor_->Add(batch_, ColumnLookup(plan_->columns), triples));
      } else {
        RETURN_IF_ERROR(DescribeBatch(triples));
      }
    }
    return absl::OkStatus();
  }

  std::string Explain() const override {
    plan::PlanPrinter printer;
    for (const algebra::Variable& variable : query_.variables) printer.variables.push_back(variable.name);
    printer.term = [this](TermId id) {
      const absl::StatusOr<Term> term = vocabulary_.Lookup(id);
      return term.ok() ? term->ToNTriples() : std::string("?");
    };
    printer.expression = [this](const algebra::Expression& e) { return algebra::Print(e, query_.variables); };
    if (options_.analyze) {
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

 private:
  absl::Status ChooseDataset() {
    if (!query_.has_dataset) {
      dataset_.emplace(*snapshot_);
      return absl::OkStatus();
    }
    std::vector<TermId> ids[2];
    for (const auto& [iris, out] :
         {std::pair(&query_.from, &ids[0]), std::pair(&query_.from_named, &ids[1])}) {
      for (const std::string& iri : *iris) {
        ASSIGN_OR_RETURN(const TermId id, vocabulary_.Intern(Term::Iri(iri)));
        out->push_back(id);
      }
    }
    dataset_.emplace(*snapshot_, std::move(ids[0]), std::move(ids[1]));
    return absl::OkStatus();
  }

  algebra::VarSet RequiredVariables() const {
    algebra::VarSet required;
    for (algebra::VarId v : query_.projection) required.Add(v);
    for (const algebra::TriplePattern& triple : query_.construct) algebra::AddVariables(triple, required);
    for (algebra::VarId v : query_.construct_blanks) required.Remove(v);
    return required;
  }

  // The value of an expression without variables; nothing when it is an error.
  std::optional<Term> Fold(const algebra::Expression& expression) {
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

  absl::Status DescribeBatch(std::vector<graph::Triple>& triples) {
    for (algebra::VarId v : query_.projection) {
      const int column = plan_->ColumnOf(v);
      if (column < 0) continue;
      for (TermId id : batch_.columns[static_cast<size_t>(column)]) {
        if (id.is_bound()) RETURN_IF_ERROR(describer_->Describe(id, triples));
      }
    }
    return absl::OkStatus();
  }

  QueryOptions options_;
  std::shared_ptr<const graph::Snapshot>
      snapshot_;  // shared with the store's other readers; keeps the state alive
  QueryContext context_;
  Vocabulary vocabulary_;
  algebra::Query query_;
  std::optional<Dataset> dataset_;
  plan::PlanPtr plan_;
  std::optional<Execution> execution_;
  OperatorPtr root_;
  std::optional<Constructor> constructor_;
  std::optional<Describer> describer_;
  std::vector<std::string> columns_;
  Batch batch_;
  std::optional<bool> answer_;
  bool described_constants_ = false;
};

}  // namespace

absl::StatusOr<std::unique_ptr<QueryResult>> Engine::Run(std::string_view text,
                                                         const QueryOptions& options) const {
  auto result = std::make_unique<Result>(store_.GetSnapshot(), options);
  ASSIGN_OR_RETURN(const ast::Query tree, Parse(text, options));
  ASSIGN_OR_RETURN(algebra::Query query, Translate(tree));
  RETURN_IF_ERROR(result->Prepare(std::move(query)));
  return std::unique_ptr<QueryResult>(std::move(result));
}

absl::StatusOr<std::string> Engine::PrintAst(std::string_view text, const QueryOptions& options) {
  ASSIGN_OR_RETURN(const ast::Query tree, Parse(text, options));
  return Print(tree);
}

absl::StatusOr<std::string> Engine::PrintAlgebra(std::string_view text, const QueryOptions& options) const {
  ASSIGN_OR_RETURN(const ast::Query tree, Parse(text, options));
  ASSIGN_OR_RETURN(const algebra::Query query, Translate(tree));
  return algebra::Print(query);
}

}  // namespace dossier::query
