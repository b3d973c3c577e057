#include "query/update/update.h"

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "query/query_run.h"
#include "query/syntax/parser.h"
#include "query/update/changes.h"
#include "query/update/graphs.h"
#include "query/update/quad_maker.h"

namespace dossier::query {
namespace {

using Operation = ast::UpdateOperation;
using Kind = Operation::Kind;

std::string_view NameOf(Kind kind) {
  switch (kind) {
    case Kind::kInsertData:
      return "INSERT DATA";
    case Kind::kDeleteData:
      return "DELETE DATA";
    case Kind::kDeleteWhere:
      return "DELETE WHERE";
    case Kind::kModify:
      return "DELETE/INSERT";
    case Kind::kLoad:
      return "LOAD";
    case Kind::kClear:
      return "CLEAR";
    case Kind::kDrop:
      return "DROP";
    case Kind::kCreate:
      return "CREATE";
    case Kind::kAdd:
      return "ADD";
    case Kind::kMove:
      return "MOVE";
    case Kind::kCopy:
      return "COPY";
  }
  return "";
}

absl::StatusOr<ast::Update> Parse(std::string_view text, const QueryOptions& options) {
  ParseOptions parse;
  parse.base = options.base;
  if (options.default_prefixes) {
    for (const auto& [prefix, iri] : graph::kDefaultPrefixes) parse.prefixes.emplace_back(prefix, iri);
  }
  return ParseUpdate(text, parse);
}

absl::Status CheckDatasets(const ast::Update& update, const UpdateOptions& options) {
  if (options.using_graphs.empty() && options.using_named_graphs.empty()) return absl::OkStatus();
  for (const Operation& operation : update.operations) {
    if (operation.with || !operation.dataset.empty()) {
      return InvalidArgument(
          "using-graph-uri and using-named-graph-uri cannot be combined with USING or WITH in the text (SPARQL 1.1 Protocol §2.2.3)");
    }
  }
  return absl::OkStatus();
}

RunSettings SettingsOf(const Operation& operation, const UpdateOptions& options) {
  RunSettings settings;
  settings.optimize = options.query.optimize;
  settings.remote = options.query.remote;
  settings.has_dataset = !options.using_graphs.empty() || !options.using_named_graphs.empty();
  settings.default_graphs = options.using_graphs;
  settings.named_graphs = options.using_named_graphs;
  settings.with = operation.with;
  return settings;
}

absl::Status RunModify(const Operation& operation, const UpdateOptions& options, Changes& changes) {
  ASSIGN_OR_RETURN(algebra::Modify modify, TranslateModify(operation));
  QueryRun run(changes.snapshot(), changes.context(), SettingsOf(operation, options));
  RETURN_IF_ERROR(run.Prepare(std::move(modify.query)));
  QuadMaker maker(modify, run.vocabulary(), changes);
  const ColumnOf columns = ColumnLookup(run.plan().columns);
  for (Batch batch;;) {
    RETURN_IF_ERROR(run.Next(batch));
    if (batch.rows == 0) break;
    RETURN_IF_ERROR(maker.Add(batch, columns));
  }
  return maker.Apply();
}

absl::Status RunOperation(const Operation& operation, const UpdateOptions& options, Changes& changes) {
  switch (operation.kind) {
    case Kind::kInsertData:
    case Kind::kDeleteData:
    case Kind::kDeleteWhere:
    case Kind::kModify:
      return RunModify(operation, options, changes);
    case Kind::kLoad:
      return LoadDocument(operation, options, changes);
    default:
      return ManageGraphs(operation, changes);
  }
}

// SILENT hides what is wrong with the operation, not that the request hit one of its limits or that the store is damaged.
bool IsHidden(const Operation& operation, const absl::Status& status, const QueryContext& context) {
  if (!operation.silent || !context.Check().ok()) return false;
  switch (status.code()) {
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      return true;
    default:
      return false;
  }
}

}  // namespace

absl::StatusOr<UpdateResult> RunUpdate(graph::Store& store, std::string_view text, const UpdateOptions& options) {
  QueryContext context;
  SetLimits(options.query, context);
  ASSIGN_OR_RETURN(const ast::Update update, Parse(text, options.query));
  RETURN_IF_ERROR(CheckDatasets(update, options));
  ASSIGN_OR_RETURN(auto transaction, Changes::WaitForTurn(store, context));
  Changes changes(std::move(transaction), context);
  for (size_t i = 0; i < update.operations.size(); ++i) {
    const Operation& operation = update.operations[i];
    RETURN_IF_ERROR(context.Check());
    changes.StartOperation(/*keep=*/i + 1 < update.operations.size());
    const absl::Status status = RunOperation(operation, options, changes);
    if (!status.ok() && !IsHidden(operation, status, context)) {
      const bool one = update.operations.size() == 1;
      return Annotate(status, one ? std::string(NameOf(operation.kind)) : Cat("operation ", i + 1, ", ", NameOf(operation.kind)));
    }
    RETURN_IF_ERROR(changes.EndOperation());
  }
  return changes.Commit();
}

}  // namespace dossier::query
