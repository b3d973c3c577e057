// Results of SPARQL for people: labels instead of IRIs, row numbers for `.why`.
//
//   ASSIGN_OR_RETURN(ShownResult shown, CollectResult(*result, 10'000));
//   ASSIGN_OR_RETURN(std::string text, RenderResult(shown, snapshot, {.width = 80}));
//
// A ShownResult owns its terms, so that rows can be asked about after the query is gone. Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "query/engine.h"
#include "shell/render/table.h"

namespace dossier::shell {

struct ShownResult {
  query::ResultForm form = query::ResultForm::kSelect;
  std::vector<std::string> columns;
  std::vector<std::vector<std::optional<graph::Term>>> rows;   // of a graph: subject, predicate, object
  bool boolean = false;
  bool more = false;            // there were more rows than asked for
};

absl::StatusOr<ShownResult> CollectResult(query::QueryResult& result, size_t max_rows);

absl::StatusOr<std::string> RenderResult(const ShownResult& result, const graph::Snapshot& snapshot, const TableOptions& options);

}  // namespace dossier::shell
