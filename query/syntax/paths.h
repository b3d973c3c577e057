// What the actions of the path rules do (see terms.h).
#pragma once

#include <utility>

#include "query/syntax/ast.h"
#include "query/syntax/state.h"

namespace dossier::query::syntax {

// Makes `value` the first member of a new path of kind `kind`, unless it is one already.
void ChainPath(ast::Path& value, ast::Path::Kind kind);

template <ast::Path::Kind kind>
void AddPath(ast::Path& value, ast::Path& member) {
  ChainPath(value, kind);
  value.children.push_back(std::move(member));
}

void SetTypePath(ast::Path& value);
void SetInverse(ast::Path& value, ast::Path& inner);
void SetModifier(State& state, ast::Path& value, Iterator at);

}  // namespace dossier::query::syntax
