// Functions on numbers: SPARQL 1.1 §17.4.4.
#include "query/expr/builtin.h"

namespace dossier::query {
namespace {

using algebra::Function;
using graph::Rounding;
using graph::Value;

template <Rounding kHow>
void RoundTo(BuiltinCall&, Args args, Operand& out) {
  if (!args[0]->is_literal()) return;
  std::optional<Value> rounded = Round(args[0]->value(), kHow);
  if (rounded.has_value()) out.SetValue(*std::move(rounded));
}

void Rand(BuiltinCall& call, Args, Operand& out) {
  out.SetValue(Value::Double(std::uniform_real_distribution<double>(0.0, 1.0)(call.state.random)));
}

}  // namespace

Builtin FindNumberBuiltin(Function function) {
  switch (function) {
    case Function::kAbs:
      return RoundTo<Rounding::kAbs>;
    case Function::kRound:
      return RoundTo<Rounding::kRound>;
    case Function::kCeil:
      return RoundTo<Rounding::kCeil>;
    case Function::kFloor:
      return RoundTo<Rounding::kFloor>;
    case Function::kRand:
      return Rand;
    default:
      return nullptr;
  }
}

}  // namespace dossier::query
