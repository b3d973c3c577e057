#include "graph/model/vocabulary.h"
#include "query/syntax/printer.h"

namespace dossier::query::ast {

using EKind = Expression::Kind;
using PKind = Path::Kind;

namespace {

bool IsDigits(std::string_view s) {
  return !s.empty() && s.find_first_not_of("0123456789") == std::string_view::npos;
}

// True when the literal is what a bare number or boolean of that spelling stands for.
bool IsBare(const graph::Term& term) {
  const std::string& value = term.value();
  if (term.datatype() == graph::xsd::kBoolean) return value == "true" || value == "false";
  std::string_view digits = value;
  if (digits.starts_with('+') || digits.starts_with('-')) digits.remove_prefix(1);
  if (term.datatype() == graph::xsd::kInteger) return IsDigits(digits);
  const size_t dot = digits.find('.');
  return term.datatype() == graph::xsd::kDecimal && dot != std::string_view::npos &&
         IsDigits(digits.substr(dot + 1)) && (dot == 0 || IsDigits(digits.substr(0, dot)));
}

// How tightly an expression binds; operands that bind less get parentheses.
int LevelOf(const Expression& e) {
  switch (e.kind) {
    case EKind::kOr:
      return 1;
    case EKind::kAnd:
      return 2;
    case EKind::kCompare:
    case EKind::kIn:
      return 3;
    case EKind::kAdditive:
      return 4;
    case EKind::kMultiplicative:
      return 5;
    case EKind::kUnary:
      return 6;
    default:
      return 7;
  }
}

int LevelOf(const Path& path) {
  switch (path.kind) {
    case PKind::kAlternative:
      return 1;
    case PKind::kSequence:
      return 2;
    case PKind::kInverse:
      return 3;
    case PKind::kZeroOrMore:
    case PKind::kOneOrMore:
    case PKind::kZeroOrOne:
      return 4;
    default:
      return 5;
  }
}

}  // namespace

void Printer::ExpressionText(const Expression& e, int level) {
  const bool parentheses = LevelOf(e) < level;
  if (parentheses) Put("(");
  Bare(e);
  if (parentheses) Put(")");
}

void Printer::PathText(const Path& path, int level) {
  const bool parentheses = LevelOf(path) < level;
  if (parentheses) Put("(");
  Bare(path);
  if (parentheses) Put(")");
}

void Printer::Constraint(const Expression& e, bool variable_allowed) {
  const bool is_variable = e.kind == EKind::kTerm && e.node->kind == Node::Kind::kVariable;
  const bool bare = e.kind == EKind::kTerm ? is_variable && variable_allowed : LevelOf(e) == 7;
  Put(bare ? " " : " (");
  ExpressionText(e);
  if (!bare) Put(")");
}

void Printer::NodeText(const Node& node) {
  switch (node.kind) {
    case Node::Kind::kVariable:
      Put("?", node.name);
      return;
    case Node::Kind::kIri:
      Put("<", node.name, ">");
      return;
    case Node::Kind::kLiteral:
      Literal(*node.literal);
      return;
    case Node::Kind::kBlankNode:
      if (node.name.empty())
        Put("[]");
      else
        Put("_:", node.name);
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

void Printer::Spaced(const std::vector<Node>& nodes, size_t count) {
  for (size_t i = 0; i < count; ++i) NodeText(nodes[i]), Put(" ");
}

void Printer::Literal(const graph::Term& term) {
  if (IsBare(term)) {
    Put(term.value());
  } else {
    term.AppendNTriples(out_);
  }
}

void Printer::Datum(const std::optional<graph::Term>& datum) {
  if (!datum) {
    Put("UNDEF");
  } else if (datum->is_literal()) {
    Literal(*datum);
  } else {
    datum->AppendNTriples(out_);
  }
}

void Printer::List(const std::vector<Expression>& list, size_t begin) {
  Put("(");
  for (size_t i = begin; i < list.size(); ++i) {
    if (i != begin) Put(", ");
    ExpressionText(list[i]);
  }
  Put(")");
}

void Printer::Operands(const Expression& e, std::string_view fixed, int level) {
  for (size_t i = 0; i < e.operands.size(); ++i) {
    if (i != 0) Put(" ", fixed.empty() ? algebra::InfoOf(e.operators[i - 1]).name : fixed, " ");
    ExpressionText(e.operands[i], level);
  }
}

void Printer::Bare(const Expression& e) {
  switch (e.kind) {
    case EKind::kTerm:
      return NodeText(*e.node);
    case EKind::kOr:
      return Operands(e, "||", 2);
    case EKind::kAnd:
      return Operands(e, "&&", 3);
    case EKind::kCompare:
      return Operands(e, "", 4);
    case EKind::kAdditive:
      return Operands(e, "", 5);
    case EKind::kMultiplicative:
      return Operands(e, "", 6);
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
    case EKind::kAggregate:
      return AggregateText(e);
    case EKind::kExists:
    case EKind::kNotExists:
      Put(e.kind == EKind::kExists ? "EXISTS " : "NOT EXISTS ");
      ++indent_;
      Group(*e.pattern);
      --indent_;
  }
}

void Printer::AggregateText(const Expression& e) {
  Put(algebra::NameOf(e.aggregate->function), "(", e.aggregate->distinct ? "DISTINCT " : "");
  if (e.operands.empty())
    Put("*");
  else
    ExpressionText(e.operands[0]);
  if (e.aggregate->separator) {
    Put("; SEPARATOR = ");
    graph::Term::Literal(*e.aggregate->separator).AppendNTriples(out_);
  }
  Put(")");
}

void Printer::Members(const Path& path, std::string_view between, int level) {
  for (size_t i = 0; i < path.children.size(); ++i) {
    if (i != 0) Put(between);
    PathText(path.children[i], level);
  }
}

void Printer::NegatedSet(const Path& path) {
  const bool is_single = path.children.size() == 1;
  Put(is_single ? "!" : "!(");
  Members(path, "|", 3);
  if (!is_single) Put(")");
}

void Printer::Bare(const Path& path) {
  switch (path.kind) {
    case PKind::kVariable:
      return Put("?", path.name);
    case PKind::kIri:
      return Put("<", path.name, ">");
    case PKind::kAlternative:
      return Members(path, "|", 2);
    case PKind::kSequence:
      return Members(path, "/", 3);
    case PKind::kInverse:
      return Put("^"), PathText(path.children[0], 4);
    case PKind::kZeroOrMore:
      return PathText(path.children[0], 5), Put("*");
    case PKind::kOneOrMore:
      return PathText(path.children[0], 5), Put("+");
    case PKind::kZeroOrOne:
      return PathText(path.children[0], 5), Put("?");
    case PKind::kNegatedSet:
      return NegatedSet(path);
  }
}

}  // namespace dossier::query::ast
