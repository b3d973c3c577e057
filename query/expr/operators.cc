// Operators that need all their arguments: comparisons and arithmetic (SPARQL 1.1 §17.3).
#include "query/expr/builtin.h"
#include "query/expr/comparison.h"

namespace dossier::query {
namespace {

using algebra::Function;
using graph::Value;

void SetTruth(Truth truth, Operand& out) {
  if (truth == Truth::kError) return out.SetError();
  out.SetBoolean(truth == Truth::kTrue);
}

void DoEqual(BuiltinCall&, Args args, Operand& out) { SetTruth(Equal(*args[0], *args[1]), out); }
void DoNotEqual(BuiltinCall&, Args args, Operand& out) { SetTruth(Not(Equal(*args[0], *args[1])), out); }

template <typename Decide>
void DoOrder(Args args, Operand& out, Decide decide) {
  const std::optional<std::partial_ordering> order = Order(*args[0], *args[1]);
  if (!order.has_value()) return out.SetError();
  out.SetBoolean(decide(*order));
}

void DoLess(BuiltinCall&, Args args, Operand& out) {
  DoOrder(args, out, [](auto o) { return o < 0; });
}
void DoGreater(BuiltinCall&, Args args, Operand& out) {
  DoOrder(args, out, [](auto o) { return o > 0; });
}
void DoLessEqual(BuiltinCall&, Args args, Operand& out) {
  DoOrder(args, out, [](auto o) { return o <= 0; });
}
void DoGreaterEqual(BuiltinCall&, Args args, Operand& out) {
  DoOrder(args, out, [](auto o) { return o >= 0; });
}

template <typename Operation>
void Arithmetic(Args args, Operand& out, Operation operation) {
  if (!args[0]->is_literal() || !args[1]->is_literal()) return out.SetError();
  std::optional<Value> result = operation(args[0]->value(), args[1]->value());
  if (!result.has_value()) return out.SetError();
  out.SetValue(*std::move(result));
}

void DoAdd(BuiltinCall&, Args args, Operand& out) {
  Arithmetic(args, out, [](const Value& a, const Value& b) { return Add(a, b); });
}
void DoSubtract(BuiltinCall&, Args args, Operand& out) {
  Arithmetic(args, out, [](const Value& a, const Value& b) { return Subtract(a, b); });
}
void DoMultiply(BuiltinCall&, Args args, Operand& out) {
  Arithmetic(args, out, [](const Value& a, const Value& b) { return Multiply(a, b); });
}
void DoDivide(BuiltinCall&, Args args, Operand& out) {
  Arithmetic(args, out, [](const Value& a, const Value& b) { return Divide(a, b); });
}

void DoUnaryPlus(BuiltinCall&, Args args, Operand& out) {
  if (!args[0]->is_literal() || !args[0]->value().is_numeric()) return out.SetError();
  out.SetValue(args[0]->value());
}

void DoUnaryMinus(BuiltinCall&, Args args, Operand& out) {
  if (!args[0]->is_literal()) return out.SetError();
  std::optional<Value> result = Negate(args[0]->value());
  if (!result.has_value()) return out.SetError();
  out.SetValue(*std::move(result));
}

}  // namespace

Builtin FindOperator(Function function) {
  switch (function) {
    case Function::kEqual:
      return DoEqual;
    case Function::kNotEqual:
      return DoNotEqual;
    case Function::kLess:
      return DoLess;
    case Function::kGreater:
      return DoGreater;
    case Function::kLessEqual:
      return DoLessEqual;
    case Function::kGreaterEqual:
      return DoGreaterEqual;
    case Function::kAdd:
      return DoAdd;
    case Function::kSubtract:
      return DoSubtract;
    case Function::kMultiply:
      return DoMultiply;
    case Function::kDivide:
      return DoDivide;
    case Function::kUnaryPlus:
      return DoUnaryPlus;
    case Function::kUnaryMinus:
      return DoUnaryMinus;
    default:
      return nullptr;
  }
}

}  // namespace dossier::query
