// AST -> canonical SPARQL text: absolute IRIs, one element a line, only the parentheses that matter.
// ParseQuery(Print(q)) == q.
//
//   std::string text = Print(*ParseQuery("select*{?s ?p ?o}", {}));    // SELECT * WHERE {\n  ?s ?p ?o .\n}
//
// Thread-safe: pure functions. Recursion is as deep as the tree, which the parser bounds.
#pragma once

#include <string>

#include "query/syntax/ast.h"
#include "query/syntax/update_ast.h"

namespace dossier::query {

std::string Print(const ast::Query& query);
// Every operation with the BASE it was written under; ParseUpdate(Print(u)) == u.
std::string Print(const ast::Update& update);
// A group pattern as a query of its own (SELECT * WHERE { ... }), as a SERVICE is sent.
std::string Print(const ast::GroupPattern& group);
std::string Print(const ast::Expression& expression);
std::string Print(const ast::Path& path);

}  // namespace dossier::query
