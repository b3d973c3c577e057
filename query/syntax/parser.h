// SPARQL text -> AST (Spirit X3) and AST -> algebra, the front of the query pipeline.
//
//   ASSIGN_OR_RETURN(ast::Query tree, ParseQuery(text, options));          // syntax/
//   ASSIGN_OR_RETURN(algebra::Query query, Translate(tree));               // algebra/translate.h
//
// Errors are SyntaxErrorAt() with what was expected and, where it helps, a hint. Nesting of groups, expressions, paths and
// collections is limited to kMaxNesting, an error beyond; memory and time are linear in the text, which may have at most 64 MiB and
// two million tokens. Thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/status.h"
#include "query/syntax/ast.h"
#include "query/syntax/update_ast.h"

namespace dossier::query {

inline constexpr int kMaxNesting = 200;

struct ParseOptions {
  std::string base;
  std::vector<std::pair<std::string, std::string>> prefixes;  // known without declaration
};

absl::StatusOr<ast::Query> ParseQuery(std::string_view text, const ParseOptions& options);
absl::StatusOr<ast::Update> ParseUpdate(std::string_view text, const ParseOptions& options);

}  // namespace dossier::query
