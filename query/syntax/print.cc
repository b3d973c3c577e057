#include "query/syntax/print.h"

#include <array>
#include <string_view>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"

namespace dossier::query {
namespace {

using namespace ast;  // NOLINT: the printer speaks of nothing else

using EKind = Expression::Kind;
using PKind = Path::Kind;
using GKind = GroupElement::Kind;

bool IsDigits(std::string_view s) { return !s.empty() && s.find_first_not_of("0123456789") == std::string_view::npos; }

// True when the literal is what a bare number or boolean of that spelling stands for.
bool IsBare(const graph::Term& term) {
  const std::string& value = term.value();
  if (term.datatype() == graph::xsd::kBoolean) return value == "true" || value == "false";
  std::string_view digits = value;
  if (digits.starts_with('+') || digits.starts_with('-')) digits.remove_prefix(1);
  if (term.datatype() == graph::xsd::kInteger) return IsDigits(digits);
  const size_t dot = digits.find('.');
  return term.datatype() == graph::xsd::kDecimal && dot != std::string_view::npos && IsDigits(digits.substr(dot + 1)) &&
         (dot == 0 || IsDigits(digits.substr(0, dot)));
}

// How tightly an expression binds; operands that bind less get parentheses.
int LevelOf(const Expression& e) {
  switch (e.kind) {
    case EKind::kOr: return 1;
    case EKind::kAnd: return 2;
    case EKind::kCompare:
    case EKind::kIn: return 3;
    case EKind::kAdditive: return 4;
    case EKind::kMultiplicative: return 5;
    case EKind::kUnary: return 6;
    default: return 7;
  }
}

int LevelOf(const Path& path) {
  switch (path.kind) {
    case PKind::kAlternative: return 1;
    case PKind::kSequence: return 2;
    case PKind::kInverse: return 3;
    case PKind::kZeroOrMore:
    case PKind::kOneOrMore:
    case PKind::kZeroOrOne: return 4;
    default: return 5;
  }
}

class Printer {
 public:
  std::string Take() { return std::move(out_); }

  void QueryText(const Query& query) {
    if (!query.base.empty()) Put("BASE <", query.base, ">\n");
    Form(query);
    for (const DatasetClause& clause : query.dataset) Put("\nFROM ", clause.named ? "NAMED <" : "<", clause.iri, ">");
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

  void GroupAsQuery(const GroupPattern& group) {
    Put("SELECT * WHERE ");
    Group(group);
    Put("\n");
  }

  void ExpressionText(const Expression& e, int level = 1) {
    const bool parentheses = LevelOf(e) < level;
    if (parentheses) Put("(");
    Bare(e);
    if (parentheses) Put(")");
  }

  void PathText(const Path& path, int level = 1) {
    const bool parentheses = LevelOf(path) < level;
    if (parentheses) Put("(");
    Bare(path);
    if (parentheses) Put(")");
  }

 private:
  template <typename... Pieces>
  void Put(const Pieces&... pieces) {
    Append(out_, pieces...);
  }
  void NewLine() { Put("\n", std::string(static_cast<size_t>(indent_) * 2, ' ')); }

  void Form(const Query& query) {
    switch (query.form) {
      case Query::Form::kSelect: Select(query.select); break;
      case Query::Form::kAsk: Put("ASK"); break;
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

  void Select(const SelectClause& select) {
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

  // Calls stand without parentheses; so do variables, but not in FILTER and HAVING.
  void Constraint(const Expression& e, bool variable_allowed = true) {
    const bool is_variable = e.kind == EKind::kTerm && e.node->kind == Node::Kind::kVariable;
    const bool bare = e.kind == EKind::kTerm ? is_variable && variable_allowed : LevelOf(e) == 7;
    Put(bare ? " " : " (");
    ExpressionText(e);
    if (!bare) Put(")");
  }

  void Modifier(const SolutionModifier& modifier) {
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

  void Group(const GroupPattern& group) {
    Put("{");
    ++indent_;
    for (const GroupElement& element : group.elements) Element(element);
    --indent_;
    NewLine();
    Put("}");
  }

  void Element(const GroupElement& element) {
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
      case GKind::kOptional: Put("OPTIONAL "); break;
      case GKind::kMinus: Put("MINUS "); break;
      case GKind::kGraph:
      case GKind::kService:
        Put(element.kind == GKind::kGraph ? "GRAPH " : element.silent ? "SERVICE SILENT " : "SERVICE ");
        NodeText(*element.name);
        Put(" ");
        break;
      default: break;
    }
    for (size_t i = 0; i < element.groups.size(); ++i) {
      if (i != 0) Put(" UNION ");
      Group(element.groups[i]);
    }
  }

  void TriplesBlock(const std::vector<Triples>& list) {
    for (const Triples& triples : list) {
      NewLine();
      NodeText(triples.subject);
      if (!triples.properties.empty()) Put(" ");
      Properties(triples.properties);
      Put(" .");
    }
  }

  void Properties(const std::vector<PropertyObjects>& properties) {
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

  void AnnotationText(const Annotation& annotation) {
    if (annotation.is_block) {
      Put(" {| ");
      Properties(annotation.block);
      Put(" |}");
      return;
    }
    Put(" ~ ");
    if (annotation.reifier) NodeText(*annotation.reifier);
  }

  void NodeText(const Node& node) {
    switch (node.kind) {
      case Node::Kind::kVariable: Put("?", node.name); return;
      case Node::Kind::kIri: Put("<", node.name, ">"); return;
      case Node::Kind::kLiteral: Literal(*node.literal); return;
      case Node::Kind::kBlankNode:
        if (node.name.empty()) Put("[]");
        else Put("_:", node.name);
        return;
      case Node::Kind::kTripleTerm:
        Put("<<( ");
        Spaced(node.children, 3);
        Put(")>>");
        return;
      case Node::Kind::kReifiedTriple:
        Put("<< ");
        Spaced(node.children, 3);
        if (node.children.size() == 4) Put("~ "), NodeText(node.children[3]), Put(" ");
        Put(">>");
        return;
      case Node::Kind::kCollection:
        Put("( ");
        Spaced(node.children, node.children.size());
        Put(")");
        return;
      case Node::Kind::kPropertyList:
        Put("[ ");
        Properties(node.properties);
        Put(" ]");
    }
  }

  void Spaced(const std::vector<Node>& nodes, size_t count) {
    for (size_t i = 0; i < count; ++i) NodeText(nodes[i]), Put(" ");
  }

  void Literal(const graph::Term& term) {
    if (IsBare(term)) {
      Put(term.value());
    } else {
      term.AppendNTriples(out_);
    }
  }

  void ValuesText(const Values& values) {
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

  void Datum(const std::optional<graph::Term>& datum) {
    if (!datum) {
      Put("UNDEF");
    } else if (datum->is_literal()) {
      Literal(*datum);
    } else {
      datum->AppendNTriples(out_);
    }
  }

  void List(const std::vector<Expression>& list, size_t begin) {
    Put("(");
    for (size_t i = begin; i < list.size(); ++i) {
      if (i != begin) Put(", ");
      ExpressionText(list[i]);
    }
    Put(")");
  }

  // Operands that bind at least as `level`, with operators between them.
  void Operands(const Expression& e, std::string_view fixed, int level) {
    for (size_t i = 0; i < e.operands.size(); ++i) {
      if (i != 0) Put(" ", fixed.empty() ? algebra::InfoOf(e.operators[i - 1]).name : fixed, " ");
      ExpressionText(e.operands[i], level);
    }
  }

  void Bare(const Expression& e) {
    switch (e.kind) {
      case EKind::kTerm: return NodeText(*e.node);
      case EKind::kOr: return Operands(e, "||", 2);
      case EKind::kAnd: return Operands(e, "&&", 3);
      case EKind::kCompare: return Operands(e, "", 4);
      case EKind::kAdditive: return Operands(e, "", 5);
      case EKind::kMultiplicative: return Operands(e, "", 6);
      case EKind::kIn:
        ExpressionText(e.operands[0], 4);
        Put(" ", algebra::InfoOf(e.operators[0]).name, " ");
        return List(e.operands, 1);
      case EKind::kUnary:
        Put(algebra::InfoOf(e.operators[0]).name, " ");  // "- 5" is not the number -5
        return ExpressionText(e.operands[0], e.operators[0] == algebra::Function::kNot ? 6 : 7);
      case EKind::kBuiltin:
        Put(algebra::InfoOf(e.operators[0]).name);
        return List(e.operands, 0);
      case EKind::kNamed:
        Put("<", e.name, ">");
        return List(e.operands, 0);
      case EKind::kAggregate: return AggregateText(e);
      case EKind::kExists:
      case EKind::kNotExists:
        Put(e.kind == EKind::kExists ? "EXISTS " : "NOT EXISTS ");
        ++indent_;
        Group(*e.pattern);
        --indent_;
    }
  }

  void AggregateText(const Expression& e) {
    Put(algebra::NameOf(e.aggregate->function), "(", e.aggregate->distinct ? "DISTINCT " : "");
    if (e.operands.empty()) Put("*");
    else ExpressionText(e.operands[0]);
    if (e.aggregate->separator) {
      Put("; SEPARATOR = ");
      graph::Term::Literal(*e.aggregate->separator).AppendNTriples(out_);
    }
    Put(")");
  }

  void Members(const Path& path, std::string_view between, int level) {
    for (size_t i = 0; i < path.children.size(); ++i) {
      if (i != 0) Put(between);
      PathText(path.children[i], level);
    }
  }

  void NegatedSet(const Path& path) {
    const bool is_single = path.children.size() == 1;
    Put(is_single ? "!" : "!(");
    Members(path, "|", 3);
    if (!is_single) Put(")");
  }

  void Bare(const Path& path) {
    switch (path.kind) {
      case PKind::kVariable: return Put("?", path.name);
      case PKind::kIri: return Put("<", path.name, ">");
      case PKind::kAlternative: return Members(path, "|", 2);
      case PKind::kSequence: return Members(path, "/", 3);
      case PKind::kInverse: return Put("^"), PathText(path.children[0], 4);
      case PKind::kZeroOrMore: return PathText(path.children[0], 5), Put("*");
      case PKind::kOneOrMore: return PathText(path.children[0], 5), Put("+");
      case PKind::kZeroOrOne: return PathText(path.children[0], 5), Put("?");
      case PKind::kNegatedSet: return NegatedSet(path);
    }
  }

  std::string out_;
  int indent_ = 0;
};

}  // namespace

std::string Print(const ast::Query& query) {
  Printer printer;
  printer.QueryText(query);
  return printer.Take();
}

std::string Print(const ast::GroupPattern& group) {
  Printer printer;
  printer.GroupAsQuery(group);
  return printer.Take();
}

std::string Print(const ast::Expression& expression) {
  Printer printer;
  printer.ExpressionText(expression);
  return printer.Take();
}

std::string Print(const ast::Path& path) {
  Printer printer;
  printer.PathText(path);
  return printer.Take();
}

}  // namespace dossier::query
