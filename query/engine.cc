#include "query/engine.h"

#include <algorithm>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "query/algebra/print.h"
#include "query/algebra/translate.h"
#include "query/exec/graph_result.h"
#include "query/query_run.h"
#include "query/syntax/parser.h"
#include "query/syntax/print.h"

namespace dossier::query {
namespace {

using graph::Term;
using graph::TermId;

constexpr size_t kRowsBytes = size_t{4} << 20;  // of the rows of one Next(), about
constexpr size_t kFewRows = 128;

absl::StatusOr<ast::Query> Parse(std::string_view text, const QueryOptions& options) {
  ParseOptions parse;
  parse.base = options.base;
  if (options.default_prefixes) {
    for (const auto& [prefix, iri] : graph::kDefaultPrefixes) parse.prefixes.emplace_back(prefix, iri);
  }
  return ParseQuery(text, parse);
}

RunSettings SettingsOf(const QueryOptions& options) {
  RunSettings settings;
  settings.optimize = options.optimize;
  settings.analyze = options.analyze;
  settings.remote = options.remote;
  settings.has_dataset = !options.default_graphs.empty() || !options.named_graphs.empty();
  settings.default_graphs = options.default_graphs;
  settings.named_graphs = options.named_graphs;
  return settings;
}

// Everything one execution owns, in the order of dependence.
class Result : public QueryResult {
 public:
  Result(std::shared_ptr<const graph::Snapshot> snapshot, const QueryOptions& options)
      : snapshot_(std::move(snapshot)), run_(*snapshot_, context_, SettingsOf(options)) {
    SetLimits(options, context_);
  }

  absl::Status Prepare(algebra::Query query) {
    RETURN_IF_ERROR(run_.Prepare(std::move(query)));
    for (algebra::VarId v : run_.query().projection)
      columns_.push_back(run_.query().variables[static_cast<size_t>(v)].name);
    if (run_.query().form == algebra::QueryForm::kConstruct) constructor_.emplace(run_.query(), run_.execution());
    if (run_.query().form == algebra::QueryForm::kDescribe) describer_.emplace(run_.execution());
    return absl::OkStatus();
  }

  ResultForm form() const override {
    switch (run_.query().form) {
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
    if (run_.query().form != algebra::QueryForm::kSelect)
      return FailedPrecondition("only SELECT queries have rows");
    if (row_ == decoded_end_) {
      if (row_ == batch_.rows) {
        row_ = decoded_end_ = 0;
        RETURN_IF_ERROR(run_.Next(batch_));
        if (batch_.rows == 0) return absl::OkStatus();
      }
      RETURN_IF_ERROR(Annotate(DecodeSome(), "results"));
    }
    for (size_t bytes = 0; row_ < decoded_end_ && bytes < kRowsBytes; ++row_) {
      auto& row = rows.rows.emplace_back(decoded_.size());
      for (size_t c = 0; c < decoded_.size(); ++c) {
        const Term* const term = decoded_[c].TermAt(row_);
        if (term == nullptr) continue;
        bytes += term->value().size();
        row[c] = *term;
      }
    }
    return absl::OkStatus();
  }

  absl::StatusOr<bool> Boolean() override {
    if (run_.query().form != algebra::QueryForm::kAsk)
      return FailedPrecondition("only ASK queries have a boolean result");
    if (!answer_) {
      RETURN_IF_ERROR(run_.Next(batch_));
      answer_ = batch_.rows > 0;
    }
    return *answer_;
  }

  absl::Status NextTriples(std::vector<graph::Triple>& triples) override {
    triples.clear();
    if (describer_) describer_->Taken();
    if (form() != ResultForm::kGraph)
      return FailedPrecondition("only CONSTRUCT and DESCRIBE queries have triples");
    if (describer_ && !described_constants_) {
      described_constants_ = true;
      for (const Term& term : run_.query().describe) {
        ASSIGN_OR_RETURN(const TermId id, run_.vocabulary().Intern(term));
        RETURN_IF_ERROR(describer_->Describe(id, triples));
      }
    }
    while (triples.empty()) {
      if (constructor_ && constructor_->has_more()) {
        RETURN_IF_ERROR(constructor_->Next(triples));
        continue;
      }
      RETURN_IF_ERROR(run_.Next(batch_));
      if (batch_.rows == 0) return absl::OkStatus();
      if (constructor_) {
        constructor_->Start(batch_, ColumnLookup(run_.plan().columns));
      } else {
        RETURN_IF_ERROR(DescribeBatch(triples));
      }
    }
    return absl::OkStatus();
  }

  std::string Explain() const override { return run_.Explain(); }

 private:
  // The distinct terms of a column of the batch.
  struct DecodedColumn {
    const std::vector<TermId>* ids = nullptr;  // of the rows; null: never bound
    std::vector<TermId> distinct;
    std::vector<std::optional<Term>> terms;
    const Term* TermAt(size_t row) const {
      if (ids == nullptr || (*ids)[row].is_unbound()) return nullptr;
      const auto at = std::lower_bound(distinct.begin(), distinct.end(), (*ids)[row]);
      const std::optional<Term>& term = terms[static_cast<size_t>(at - distinct.begin())];
      return term ? &*term : nullptr;
    }
  };

  // Decodes the terms of the next rows of the batch: fewer rows where terms are long. Long terms that many rows share are copied into the
  // rows of one Next() only.
  absl::Status DecodeSome() {
    decoded_end_ = std::min(batch_.rows, row_ + decode_rows_);
    decoded_.resize(run_.query().projection.size());
    size_t bytes = 0;
    for (size_t c = 0; c < decoded_.size(); ++c) {
      const int column = run_.ColumnOf(run_.query().projection[c]);
      if (column < 0) continue;
      DecodedColumn& out = decoded_[c];
      out.ids = &batch_.columns[static_cast<size_t>(column)];
      out.terms.clear();
      out.distinct.assign(out.ids->begin() + static_cast<std::ptrdiff_t>(row_), out.ids->begin() + static_cast<std::ptrdiff_t>(decoded_end_));
      std::sort(out.distinct.begin(), out.distinct.end());
      out.distinct.erase(std::unique(out.distinct.begin(), out.distinct.end()), out.distinct.end());
      if (decode_rows_ < kFewRows) RETURN_IF_ERROR(context_.Check());  // long terms: a batch takes long
      RETURN_IF_ERROR(run_.vocabulary().LookupMany(out.distinct, out.terms));
      for (const std::optional<Term>& term : out.terms) bytes += term ? term->value().size() : 0;
    }
    if (bytes < kRowsBytes / 4) {
      decode_rows_ = std::min(Batch::kCapacity, 2 * decode_rows_);
    } else if (bytes > kRowsBytes) {
      decode_rows_ = std::max<size_t>(1, decode_rows_ / 4);
    }
    return absl::OkStatus();
  }

  absl::Status DescribeBatch(std::vector<graph::Triple>& triples) {
    for (algebra::VarId v : run_.query().projection) {
      const int column = run_.ColumnOf(v);
      if (column < 0) continue;
      for (TermId id : batch_.columns[static_cast<size_t>(column)]) {
        if (id.is_bound()) RETURN_IF_ERROR(describer_->Describe(id, triples));
      }
    }
    return absl::OkStatus();
  }

  std::shared_ptr<const graph::Snapshot>
      snapshot_;  // shared with the store's other readers; keeps the state alive
  QueryContext context_;
  QueryRun run_;
  std::optional<Constructor> constructor_;
  std::optional<Describer> describer_;
  std::vector<std::string> columns_;
  Batch batch_;
  size_t row_ = 0;                              // of batch_: the next one to hand out
  size_t decoded_end_ = 0, decode_rows_ = kFewRows;  // decoded_ holds the rows before that; how many are decoded at once
  std::vector<DecodedColumn> decoded_;
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
