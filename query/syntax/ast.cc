#include "query/syntax/ast.h"

namespace dossier::query::ast {

bool Node::operator==(const Node&) const = default;
bool Path::operator==(const Path&) const = default;
bool Annotation::operator==(const Annotation&) const = default;
bool Object::operator==(const Object&) const = default;
bool PropertyObjects::operator==(const PropertyObjects&) const = default;
bool Triples::operator==(const Triples&) const = default;
bool Expression::operator==(const Expression&) const = default;
bool GroupElement::operator==(const GroupElement&) const = default;
bool GroupPattern::operator==(const GroupPattern&) const = default;
bool Query::operator==(const Query&) const = default;

}  // namespace dossier::query::ast
