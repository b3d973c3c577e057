// Operations on whole graphs: CLEAR, DROP, CREATE, ADD, MOVE, COPY (SPARQL 1.1 Update §3.2) and LOAD (§3.1.4).
//
//   RETURN_IF_ERROR(ManageGraphs(operation, changes));
//   RETURN_IF_ERROR(LoadDocument(operation, options, changes));
//
// Errors are those of the operation as if it were not SILENT; whether they count is the caller's choice (update.cc). An operation that
// fails has changed nothing, except when it hit a limit of the request, which ends it anyway.
#pragma once

#include "query/syntax/update_ast.h"
#include "query/update/changes.h"

namespace dossier::query {

absl::Status ManageGraphs(const ast::UpdateOperation& operation, Changes& changes);
absl::Status LoadDocument(const ast::UpdateOperation& operation, const UpdateOptions& options, Changes& changes);

}  // namespace dossier::query
