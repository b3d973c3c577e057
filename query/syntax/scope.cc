#include "query/syntax/scope.h"

namespace dossier::query::ast {
namespace {

void AddNode(const Node& node, NameList& names);

void AddPath(const Path& path, NameList& names) {
  if (path.kind == Path::Kind::kVariable) names.Add(path.name);  // only ever the whole predicate
}

void AddProperties(const std::vector<PropertyObjects>& properties, NameList& names) {
  for (const PropertyObjects& property : properties) {
    AddPath(property.verb, names);
    for (const Object& object : property.objects) {
      AddNode(object.node, names);
      for (const Annotation& annotation : object.annotations) {
        if (annotation.reifier) AddNode(*annotation.reifier, names);
        AddProperties(annotation.block, names);
      }
    }
  }
}

void AddNode(const Node& node, NameList& names) {
  if (node.kind == Node::Kind::kVariable) names.Add(node.name);
  for (const Node& child : node.children) AddNode(child, names);
  AddProperties(node.properties, names);
}

}  // namespace

void AddProjected(const Query& query, NameList& names) {
  if (!query.select.star) {
    for (const Projection& item : query.select.projection) names.Add(item.variable.name);
    return;
  }
  AddVisible(query.where, names);
  if (query.values) {
    for (const Variable& variable : query.values->variables) names.Add(variable.name);
  }
}

void AddVisible(const GroupElement& element, NameList& names) {
  using Kind = GroupElement::Kind;
  switch (element.kind) {
    case Kind::kTriples:
      for (const Triples& triples : element.triples) {
        AddNode(triples.subject, names);
        AddProperties(triples.properties, names);
      }
      break;
    case Kind::kBind:
      names.Add(element.variable.name);
      break;
    case Kind::kValues:
      for (const Variable& variable : element.values->variables) names.Add(variable.name);
      break;
    case Kind::kSubSelect:
      AddProjected(*element.query, names);
      break;
    case Kind::kGraph:
    case Kind::kService:
      AddNode(*element.name, names);
      AddVisible(element.groups[0], names);
      break;
    case Kind::kOptional:
    case Kind::kUnion:
    case Kind::kGroup:
      for (const GroupPattern& group : element.groups) AddVisible(group, names);
      break;
    case Kind::kFilter:
    case Kind::kMinus:
      break;
  }
}

void AddVisible(const GroupPattern& group, NameList& names) {
  for (const GroupElement& element : group.elements) AddVisible(element, names);
}

std::vector<std::string> VisibleVariables(const GroupPattern& group) {
  NameList names;
  AddVisible(group, names);
  return names.names();
}

}  // namespace dossier::query::ast
