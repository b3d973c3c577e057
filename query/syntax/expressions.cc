#include "query/syntax/expressions.h"

#include "graph/base/strings.h"
#include "query/syntax/expressions_def.h"
#include "query/syntax/escapes.h"

namespace dossier::query::syntax {

using algebra::Function;
using ast::Expression;
using Kind = ast::Expression::Kind;

void Chain(Expression& value, Kind kind) {
  if (value.kind == kind) return;
  Expression chain;
  chain.kind = kind;
  chain.span = value.span;
  chain.operands.push_back(std::move(value));
  value = std::move(chain);
}

Function OperatorOf(Tok kind) {
  switch (kind) {
    case Tok::kEqual:
      return Function::kEqual;
    case Tok::kNotEqual:
      return Function::kNotEqual;
    case Tok::kLess:
      return Function::kLess;
    case Tok::kGreater:
      return Function::kGreater;
    case Tok::kLessEqual:
      return Function::kLessEqual;
    case Tok::kGreaterEqual:
      return Function::kGreaterEqual;
    case Tok::kPlus:
      return Function::kAdd;
    case Tok::kMinus:
      return Function::kSubtract;
    case Tok::kStar:
      return Function::kMultiply;
    default:
      return Function::kDivide;
  }
}

namespace {

// `value` becomes the first operand of a new expression.
void Wrap(Expression& value, Kind kind, Function function) {
  Expression whole;
  whole.kind = kind;
  whole.operators.push_back(function);
  whole.operands.push_back(std::move(value));
  value = std::move(whole);
}

void SetTerm(Expression& value, ast::Node node) {
  value.kind = Kind::kTerm;
  value.node = std::move(node);
}

}  // namespace

void StartComparison(State&, Expression& value, Iterator at) {
  Wrap(value, Kind::kCompare, OperatorOf(at->kind));
}

void MakeIn(Expression& value, Function function, std::vector<Expression>& list) {
  Wrap(value, Kind::kIn, function);
  for (Expression& member : list) value.operands.push_back(std::move(member));
}

void AddSigned(Expression& value, Expression& operand) {
  Chain(value, Kind::kAdditive);
  value.operators.push_back(Function::kAdd);
  value.operands.push_back(std::move(operand));
}

void MakeUnary(Expression& value, Function function, Expression& operand) {
  value = std::move(operand);
  Wrap(value, Kind::kUnary, function);
}

void SetIriTerm(Expression& value, std::string& iri) {
  ast::Node node;
  node.name = std::move(iri);
  SetTerm(value, std::move(node));
}

void SetLiteralTerm(Expression& value, graph::Term& literal) {
  ast::Node node;
  node.kind = ast::Node::Kind::kLiteral;
  node.literal = std::move(literal);
  SetTerm(value, std::move(node));
}

void SetVariableTerm(Expression& value, ast::Variable& variable) {
  ast::Node node;
  node.kind = ast::Node::Kind::kVariable;
  node.span = variable.span;
  node.name = std::move(variable.name);
  SetTerm(value, std::move(node));
}

void SetNodeTerm(Expression& value, ast::Node& node) { SetTerm(value, std::move(node)); }

void StartBuiltin(State& state, Expression& value, Iterator at) {
  value.kind = Kind::kBuiltin;
  value.span = ast::Span{{at->begin, at->end}};
  value.operators = {algebra::FindBuiltin(state.Text(*at))->function};
}

bool SetBuiltinArguments(State& state, Expression& value, std::vector<Expression>& arguments) {
  const algebra::FunctionInfo& info = algebra::InfoOf(value.operators[0]);
  const int count = static_cast<int>(arguments.size());
  if (count < info.min_args || (info.max_args >= 0 && count > info.max_args)) {
    std::string wanted = Cat(info.min_args);
    if (info.max_args != info.min_args) Append(wanted, " to ", info.max_args);
    return state.Fail(value.span, Cat(info.name, " takes ", wanted,
                                      info.max_args == 1 ? " argument" : " arguments", ", found ", count));
  }
  if (info.function == Function::kBound &&
      (arguments[0].kind != Kind::kTerm || arguments[0].node->kind != ast::Node::Kind::kVariable)) {
    return state.Fail(arguments[0].span, "the argument of BOUND is a variable");
  }
  value.operands = std::move(arguments);
  return true;
}

void SetFunctionName(Expression& value, std::string& iri) {
  value.kind = Kind::kNamed;
  value.name = std::move(iri);
}

void SetArguments(Expression& value, std::vector<Expression>& arguments) {
  value.operands = std::move(arguments);
}

void StartAggregate(State&, Expression& value, Iterator at) {
  using algebra::Aggregate;
  ast::AggregateDetail detail;
  switch (at->kind) {
    case Tok::kCount:
      detail.function = Aggregate::kCount;
      break;
    case Tok::kSum:
      detail.function = Aggregate::kSum;
      break;
    case Tok::kMin:
      detail.function = Aggregate::kMin;
      break;
    case Tok::kMax:
      detail.function = Aggregate::kMax;
      break;
    case Tok::kAvg:
      detail.function = Aggregate::kAvg;
      break;
    case Tok::kSample:
      detail.function = Aggregate::kSample;
      break;
    default:
      detail.function = Aggregate::kGroupConcat;
  }
  value.kind = Kind::kAggregate;
  value.aggregate = std::move(detail);
}

bool CheckStar(State& state, Expression& value, Iterator at) {
  if (value.aggregate->function == algebra::Aggregate::kCount) return true;
  return state.Fail(
      {at->begin, at->end},
      Cat("only COUNT takes *; ", algebra::NameOf(value.aggregate->function), " takes an expression"));
}

bool CheckSeparator(State& state, Expression& value, Iterator at) {
  if (value.aggregate->function == algebra::Aggregate::kGroupConcat) return true;
  return state.Fail({at->begin, at->end}, "only GROUP_CONCAT has a SEPARATOR");
}

void SetSeparator(State& state, Expression& value, Iterator at) {
  value.aggregate->separator = DecodeString(state.Text(*at));
}

namespace rules {

BOOST_SPIRIT_INSTANTIATE(expression_type, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(bracketted_expression_type, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(call_type, Iterator, Context)
BOOST_SPIRIT_INSTANTIATE(constraint_type, Iterator, Context)

}  // namespace rules
}  // namespace dossier::query::syntax
