#include "query/syntax/updates.h"

#include <utility>

#include "query/syntax/updates_def.h"

namespace dossier::query::syntax {

void AddDefaultQuads(std::vector<ast::QuadBlock>& value, std::vector<ast::Triples>& triples) {
  ast::QuadBlock block;
  block.triples = std::move(triples);
  value.push_back(std::move(block));
}

void SetGraphName(ast::QuadBlock& value, ast::Node& name) { value.graph = std::move(name); }

void SetGraphIri(ast::GraphRef& value, std::string& iri) {
  value.kind = ast::GraphRef::Kind::kIri;
  value.iri = std::move(iri);
}

namespace rules {

BOOST_SPIRIT_INSTANTIATE(update_type, Iterator, Context)

}  // namespace rules
}  // namespace dossier::query::syntax
