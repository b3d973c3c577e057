#include "query/syntax/paths.h"

#include "graph/model/vocabulary.h"
#include "query/syntax/paths_def.h"

namespace dossier::query::syntax {

using ast::Path;

namespace {

void Wrap(Path& value, Path::Kind kind) {
  Path whole;
  whole.kind = kind;
  whole.span = value.span;
  whole.children.push_back(std::move(value));
  value = std::move(whole);
}

}  // namespace

void ChainPath(Path& value, Path::Kind kind) {
  if (value.kind != kind) Wrap(value, kind);
}

void SetTypePath(Path& value) { value.name = graph::rdf::kType; }

void SetInverse(Path& value, Path& inner) {
  value = std::move(inner);
  Wrap(value, Path::Kind::kInverse);
}

void SetModifier(State&, Path& value, Iterator at) {
  Wrap(value, at->kind == Tok::kQuestion ? Path::Kind::kZeroOrOne
              : at->kind == Tok::kStar   ? Path::Kind::kZeroOrMore
                                         : Path::Kind::kOneOrMore);
}

namespace rules {

BOOST_SPIRIT_INSTANTIATE(verb_type, Iterator, Context)

}  // namespace rules
}  // namespace dossier::query::syntax
