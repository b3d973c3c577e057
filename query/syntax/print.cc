#include "query/syntax/print.h"

#include "query/syntax/printer.h"

namespace dossier::query::ast {

using GKind = GroupElement::Kind;

void Printer::QueryText(const Query& query) {
  if (!query.base.empty()) Put("BASE <", query.base, ">\n");
  Form(query);
  for (const DatasetClause& clause : query.dataset)
    Put("\nFROM ", clause.named ? "NAMED <" : "<", clause.iri, ">");
  if (query.has_where) {
    Put(query.dataset.empty() ? " WHERE " : "\nWHERE ");
    Group(query.where);
  }
  Modifier(query.modifier);
  if (query.values) {
    NewLine();
    ValuesText(*query.values);
  }
  Put("\n");
}

void Printer::GroupAsQuery(const GroupPattern& group) {
  Put("SELECT * WHERE ");
  Group(group);
  Put("\n");
}

void Printer::Form(const Query& query) {
  switch (query.form) {
    case Query::Form::kSelect:
      Select(query.select);
      break;
    case Query::Form::kAsk:
      Put("ASK");
      break;
    case Query::Form::kDescribe:
      Put("DESCRIBE");
      if (query.describe.empty()) Put(" *");
      for (const Node& node : query.describe) Put(" "), NodeText(node);
      break;
    case Query::Form::kConstruct:
      Put("CONSTRUCT");
      if (query.construct_where) break;
      Put(" {");
      ++indent_;
      TriplesBlock(query.construct);
      --indent_;
      NewLine();
      Put("}");
  }
}

void Printer::Select(const SelectClause& select) {
  Put("SELECT", select.distinct ? " DISTINCT" : select.reduced ? " REDUCED" : "", select.star ? " *" : "");
  for (const Projection& item : select.projection) {
    if (!item.expression) {
      Put(" ?", item.variable.name);
      continue;
    }
    Put(" (");
    ExpressionText(*item.expression);
    Put(" AS ?", item.variable.name, ")");
  }
}

void Printer::Modifier(const SolutionModifier& modifier) {
  if (!modifier.group_by.empty()) NewLine(), Put("GROUP BY");
  for (const GroupCondition& condition : modifier.group_by) {
    if (!condition.alias) {
      Constraint(condition.expression);
      continue;
    }
    Put(" (");
    ExpressionText(condition.expression);
    Put(" AS ?", condition.alias->name, ")");
  }
  if (!modifier.having.empty()) NewLine(), Put("HAVING");
  for (const Expression& condition : modifier.having) Constraint(condition, false);
  if (!modifier.order_by.empty()) NewLine(), Put("ORDER BY");
  for (const OrderCondition& condition : modifier.order_by) {
    if (!condition.descending) {
      Constraint(condition.expression);
      continue;
    }
    Put(" DESC(");
    ExpressionText(condition.expression);
    Put(")");
  }
  if (modifier.limit) NewLine(), Put("LIMIT ", *modifier.limit);
  if (modifier.offset) NewLine(), Put("OFFSET ", *modifier.offset);
}

void Printer::Group(const GroupPattern& group) {
  Put("{");
  ++indent_;
  for (const GroupElement& element : group.elements) Element(element);
  --indent_;
  NewLine();
  Put("}");
}

void Printer::Element(const GroupElement& element) {
  if (element.kind == GKind::kTriples) return TriplesBlock(element.triples);
  NewLine();
  switch (element.kind) {
    case GKind::kFilter:
      Put("FILTER");
      return Constraint(*element.expression, false);
    case GKind::kBind:
      Put("BIND (");
      ExpressionText(*element.expression);
      Put(" AS ?", element.variable.name, ")");
      return;
    case GKind::kValues:
      return ValuesText(*element.values);
    case GKind::kSubSelect:
      Select(element.query->select);
      Put(" WHERE ");
      Group(element.query->where);
      Modifier(element.query->modifier);
      if (element.query->values) NewLine(), ValuesText(*element.query->values);
      return;
    case GKind::kOptional:
      Put("OPTIONAL ");
      break;
    case GKind::kMinus:
      Put("MINUS ");
      break;
    case GKind::kGraph:
    case GKind::kService:
      Put(element.kind == GKind::kGraph ? "GRAPH " : element.silent ? "SERVICE SILENT " : "SERVICE ");
      NodeText(*element.name);
      Put(" ");
      break;
    default:
      break;
  }
  for (size_t i = 0; i < element.groups.size(); ++i) {
    if (i != 0) Put(" UNION ");
    Group(element.groups[i]);
  }
}

void Printer::TriplesBlock(const std::vector<Triples>& list) {
  for (const Triples& triples : list) {
    NewLine();
    NodeText(triples.subject);
    if (!triples.properties.empty()) Put(" ");
    Properties(triples.properties);
    Put(" .");
  }
}

void Printer::Properties(const std::vector<PropertyObjects>& properties) {
  for (size_t i = 0; i < properties.size(); ++i) {
    if (i != 0) Put(" ; ");
    PathText(properties[i].verb);
    for (size_t k = 0; k < properties[i].objects.size(); ++k) {
      Put(k == 0 ? " " : " , ");
      NodeText(properties[i].objects[k].node);
      for (const Annotation& annotation : properties[i].objects[k].annotations) AnnotationText(annotation);
    }
  }
}

void Printer::AnnotationText(const Annotation& annotation) {
  if (annotation.is_block) {
    Put(" {| ");
    Properties(annotation.block);
    Put(" |}");
    return;
  }
  Put(" ~ ");
  if (annotation.reifier) NodeText(*annotation.reifier);
}

void Printer::ValuesText(const Values& values) {
  const bool is_short = values.variables.size() == 1;
  Put("VALUES", is_short ? "" : " (");
  for (const Variable& variable : values.variables) Put(" ?", variable.name);
  Put(is_short ? " {" : " ) {");
  ++indent_;
  for (const auto& row : values.rows) {
    NewLine();
    if (!is_short) Put("( ");
    for (const auto& datum : row) Datum(datum), Put(is_short ? "" : " ");
    if (!is_short) Put(")");
  }
  --indent_;
  NewLine();
  Put("}");
}

}  // namespace dossier::query::ast

namespace dossier::query {

std::string Print(const ast::Query& query) {
  ast::Printer printer;
  printer.QueryText(query);
  return printer.Take();
}

std::string Print(const ast::GroupPattern& group) {
  ast::Printer printer;
  printer.GroupAsQuery(group);
  return printer.Take();
}

std::string Print(const ast::Expression& expression) {
  ast::Printer printer;
  printer.ExpressionText(expression);
  return printer.Take();
}

std::string Print(const ast::Path& path) {
  ast::Printer printer;
  printer.PathText(path);
  return printer.Take();
}

}  // namespace dossier::query
