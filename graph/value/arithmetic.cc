// Operators on values: SPARQL 1.1 §17.3 and XPath F&O 3.1 §4, §8, §9.
#include <cmath>

#include "graph/value/value.h"

namespace dossier::graph {
namespace {

std::optional<Value> Exact(const std::optional<Decimal>& number, ValueType type) {
  if (!number.has_value()) return std::nullopt;
  return type == ValueType::kInteger ? Value::Integer(*number) : Value::Decimal(*number);
}

enum class Operator : uint8_t { kAdd, kSubtract, kMultiply, kDivide };

template <typename Number>
Number Apply(Operator op, Number a, Number b) {
  switch (op) {
    case Operator::kAdd:
      return a + b;
    case Operator::kSubtract:
      return a - b;
    case Operator::kMultiply:
      return a * b;
    case Operator::kDivide:
      return a / b;
  }
  return 0;
}

std::optional<Decimal> ApplyExact(Operator op, const Decimal& a, const Decimal& b) {
  switch (op) {
    case Operator::kAdd:
      return Add(a, b);
    case Operator::kSubtract:
      return Subtract(a, b);
    case Operator::kMultiply:
      return Multiply(a, b);
    case Operator::kDivide:
      return Divide(a, b);
  }
  return std::nullopt;
}

float ToFloat(const Value& v) {
  return v.is_exact() ? v.exact().ToFloat() : static_cast<float>(v.floating());
}

std::optional<Value> Numeric(Operator op, const Value& a, const Value& b) {
  const ValueType type = std::max(a.type(), b.type());
  if (type == ValueType::kDouble) return Value::Double(Apply(op, a.ToDouble(), b.ToDouble()));
  if (type == ValueType::kFloat) return Value::Float(Apply(op, ToFloat(a), ToFloat(b)));
  const bool quotient = op == Operator::kDivide;
  return Exact(ApplyExact(op, a.exact(), b.exact()), quotient ? ValueType::kDecimal : type);
}

std::optional<Value> OfDuration(const std::optional<Duration>& d, DurationKind kind) {
  if (!d.has_value()) return std::nullopt;
  return Value::Of(*d, kind);
}

std::optional<Value> AddToTemporal(const Value& t, const Duration& d) {
  const std::optional<Temporal> moved = AddDuration(t.temporal(), d);
  if (!moved.has_value()) return std::nullopt;
  return Value::Of(*moved);
}

DurationKind CommonKind(const Value& a, const Value& b) {
  return a.type() == b.type() ? a.duration_kind() : DurationKind::kAny;
}

// A number as the factor of a duration.
std::optional<Decimal> Factor(const Value& v) {
  return v.is_exact() ? std::optional<Decimal>(v.exact()) : Decimal::FromDouble(v.floating());
}

}  // namespace

std::optional<Value> Add(const Value& a, const Value& b) {
  if (a.is_numeric() && b.is_numeric()) return Numeric(Operator::kAdd, a, b);
  if (a.is_duration() && b.is_duration())
    return OfDuration(Add(a.duration(), b.duration()), CommonKind(a, b));
  if (a.is_temporal() && b.is_duration()) return AddToTemporal(a, b.duration());
  if (a.is_duration() && b.is_temporal()) return AddToTemporal(b, a.duration());
  return std::nullopt;
}

std::optional<Value> Subtract(const Value& a, const Value& b) {
  if (a.is_numeric() && b.is_numeric()) return Numeric(Operator::kSubtract, a, b);
  if (a.is_duration() && b.is_duration())
    return OfDuration(Add(a.duration(), Negate(b.duration())), CommonKind(a, b));
  if (a.is_temporal() && b.is_duration()) return AddToTemporal(a, Negate(b.duration()));
  if (a.is_temporal() && b.is_temporal())
    return OfDuration(Difference(a.temporal(), b.temporal()), DurationKind::kDayTime);
  return std::nullopt;
}

std::optional<Value> Multiply(const Value& a, const Value& b) {
  if (a.is_numeric() && b.is_numeric()) return Numeric(Operator::kMultiply, a, b);
  if (a.is_numeric() && b.is_duration()) return Multiply(b, a);
  if (!a.is_duration() || !b.is_numeric()) return std::nullopt;
  const std::optional<Decimal> factor = Factor(b);
  if (!factor.has_value()) return std::nullopt;
  return OfDuration(Multiply(a.duration(), *factor), a.duration_kind());
}

std::optional<Value> Divide(const Value& a, const Value& b) {
  if (a.is_numeric() && b.is_numeric()) return Numeric(Operator::kDivide, a, b);
  if (a.is_duration() && b.is_duration())
    return Exact(Divide(a.duration(), b.duration()), ValueType::kDecimal);
  if (!a.is_duration() || !b.is_numeric()) return std::nullopt;
  const std::optional<Decimal> divisor = Factor(b);
  if (!divisor.has_value()) return std::nullopt;
  return OfDuration(Divide(a.duration(), *divisor), a.duration_kind());
}

std::optional<Value> Negate(const Value& a) {
  if (a.is_exact()) return Exact(a.exact().Negated(), a.type());
  if (a.type() == ValueType::kFloat) return Value::Float(static_cast<float>(-a.floating()));
  if (a.type() == ValueType::kDouble) return Value::Double(-a.floating());
  if (a.is_duration()) return Value::Of(Negate(a.duration()), a.duration_kind());
  return std::nullopt;
}

std::optional<Value> Round(const Value& a, Rounding how) {
  if (a.is_exact()) {
    const Decimal& d = a.exact();
    switch (how) {
      case Rounding::kAbs:
        return Exact(d.sign() < 0 ? d.Negated() : d, a.type());
      case Rounding::kRound:
        return Exact(d.Rounded(), a.type());
      case Rounding::kCeil:
        return Exact(d.Ceiling(), a.type());
      case Rounding::kFloor:
        return Exact(d.Floor(), a.type());
    }
  }
  if (!a.is_numeric()) return std::nullopt;
  double number = a.floating();
  switch (how) {
    case Rounding::kAbs:
      number = std::fabs(number);
      break;
    case Rounding::kCeil:
      number = std::ceil(number);
      break;
    case Rounding::kFloor:
      number = std::floor(number);
      break;
    case Rounding::kRound: {
      // Half towards positive infinity; floor(x + 0.5) would be wrong for the double below 0.5 and for large
      // odd numbers.
      const double below = std::floor(number);
      number = std::copysign(number - below >= 0.5 ? below + 1 : below, number);
      break;
    }
  }
  return a.type() == ValueType::kFloat ? Value::Float(static_cast<float>(number)) : Value::Double(number);
}

std::optional<std::partial_ordering> Compare(const Value& a, const Value& b) {
  if (a.is_numeric() && b.is_numeric()) {
    const ValueType type = std::max(a.type(), b.type());
    if (type == ValueType::kDouble) return a.ToDouble() <=> b.ToDouble();
    if (type == ValueType::kFloat) return ToFloat(a) <=> ToFloat(b);
    return a.exact() <=> b.exact();
  }
  if (a.is_temporal() && a.type() == b.type()) return Compare(a.temporal(), b.temporal());
  if (a.is_duration() && b.is_duration()) return Compare(a.duration(), b.duration());
  if (a.type() == ValueType::kBoolean && b.type() == ValueType::kBoolean) return a.boolean() <=> b.boolean();
  return std::nullopt;
}

std::strong_ordering CompareExactly(const Value& a, const Value& b) {
  if (a.is_exact() && b.is_exact()) return a.exact() <=> b.exact();
  const double x = a.ToDouble();
  const double y = b.ToDouble();
  if (std::isnan(x) || std::isnan(y)) return std::isnan(y) <=> std::isnan(x);
  if (x < y) return std::strong_ordering::less;
  if (x > y) return std::strong_ordering::greater;
  if (std::isinf(x) || a.is_exact() == b.is_exact()) return std::strong_ordering::equal;
  // Rounding to a double keeps the order but may make unequal numbers equal.
  const std::optional<Decimal> exact_x = a.is_exact() ? a.exact() : Decimal::FromDoubleExact(x);
  const std::optional<Decimal> exact_y = b.is_exact() ? b.exact() : Decimal::FromDoubleExact(y);
  return exact_x.has_value() && exact_y.has_value() ? *exact_x <=> *exact_y : std::strong_ordering::equal;
}

}  // namespace dossier::graph
