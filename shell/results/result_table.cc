#include "shell/results/result_table.h"

#include "graph/base/strings.h"
#include "shell/evidence/labels.h"
#include "shell/render/display_width.h"

namespace dossier::shell {
namespace {

constexpr std::string_view kIntegerTypes[] = {"integer", "decimal", "double", "float", "int", "long"};

bool IsNumber(const graph::Term& term) {
  if (!term.is_literal()) return false;
  for (const std::string_view type : kIntegerTypes) {
    if (std::string_view(term.datatype()).ends_with(Cat("#", type))) return true;
  }
  return false;
}

// A column of numbers reads better flush right.
Align AlignOf(const ShownResult& result, size_t column) {
  bool any = false;
  for (const auto& row : result.rows) {
    if (!row[column]) continue;
    if (!IsNumber(*row[column])) return Align::kLeft;
    any = true;
  }
  return any ? Align::kRight : Align::kLeft;
}

absl::Status CollectTriples(query::QueryResult& result, size_t max_rows, ShownResult& shown) {
  shown.columns = {"subject", "predicate", "object"};
  for (std::vector<graph::Triple> triples;;) {
    RETURN_IF_ERROR(result.NextTriples(triples));
    if (triples.empty()) return absl::OkStatus();
    for (graph::Triple& triple : triples) {
      if (shown.rows.size() == max_rows) {
        shown.more = true;
        return absl::OkStatus();
      }
      shown.rows.push_back({std::move(triple.subject), std::move(triple.predicate), std::move(triple.object)});
    }
  }
}

absl::Status CollectRows(query::QueryResult& result, size_t max_rows, ShownResult& shown) {
  shown.columns = result.columns();
  for (query::ResultRows rows;;) {
    RETURN_IF_ERROR(result.Next(rows));
    if (rows.rows.empty()) return absl::OkStatus();
    for (auto& row : rows.rows) {
      if (shown.rows.size() == max_rows) {
        shown.more = true;
        return absl::OkStatus();
      }
      row.resize(shown.columns.size());
      shown.rows.push_back(std::move(row));
    }
  }
}

}  // namespace

absl::StatusOr<ShownResult> CollectResult(query::QueryResult& result, size_t max_rows) {
  ShownResult shown;
  shown.form = result.form();
  switch (shown.form) {
    case query::ResultForm::kAsk: {
      ASSIGN_OR_RETURN(shown.boolean, result.Boolean());
      break;
    }
    case query::ResultForm::kGraph: RETURN_IF_ERROR(CollectTriples(result, max_rows, shown)); break;
    case query::ResultForm::kSelect: RETURN_IF_ERROR(CollectRows(result, max_rows, shown)); break;
  }
  return shown;
}

absl::StatusOr<std::string> RenderResult(const ShownResult& result, const graph::Snapshot& snapshot, const TableOptions& options) {
  if (result.form == query::ResultForm::kAsk) return std::string(result.boolean ? "yes\n" : "no\n");
  if (result.rows.empty()) return std::string("(no rows)\n");
  Labels labels(snapshot);
  std::vector<graph::Term> terms;
  for (const auto& row : result.rows) {
    for (const auto& term : row) {
      if (term) terms.push_back(*term);
    }
  }
  RETURN_IF_ERROR(labels.Load(terms));
  Table table;
  table.columns.push_back({"#", Align::kRight});
  for (size_t c = 0; c < result.columns.size(); ++c) table.columns.push_back({Printable(result.columns[c]), AlignOf(result, c)});
  for (size_t i = 0; i < result.rows.size(); ++i) {
    TableRow row;
    row.cells.push_back(Plain(Cat(i + 1)));
    for (const auto& term : result.rows[i]) row.cells.push_back(term ? Plain(labels.Of(*term)) : StyledText{});
    table.rows.push_back(std::move(row));
  }
  return RenderTable(table, options);
}

}  // namespace dossier::shell
