// What the actions of the update rules do (see terms.h).
#pragma once

#include <string>
#include <vector>

#include "query/syntax/state.h"
#include "query/syntax/update_ast.h"

namespace dossier::query::syntax {

template <ast::UpdateOperation::Kind kind>
void SetOperation(ast::UpdateOperation& value) {
  value.kind = kind;
}
void AddDefaultQuads(std::vector<ast::QuadBlock>& value, std::vector<ast::Triples>& triples);
void SetGraphName(ast::QuadBlock& value, ast::Node& name);
void SetGraphIri(ast::GraphRef& value, std::string& iri);

}  // namespace dossier::query::syntax
