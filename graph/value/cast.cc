// Casts between values: XPath F&O 3.1 §19.1.
#include <cmath>

#include "graph/value/value.h"

namespace dossier::graph {
namespace {

std::optional<Value> CastNumber(const Value& v, ValueType target) {
  switch (target) {
    case ValueType::kBoolean: {
      const double d = v.is_exact() ? static_cast<double>(v.exact().sign()) : v.floating();
      return Value::Boolean(d != 0 && !std::isnan(d));
    }
    case ValueType::kDouble:
      return Value::Double(v.ToDouble());
    case ValueType::kFloat:
      return Value::Float(v.is_exact() ? v.exact().ToFloat() : static_cast<float>(v.floating()));
    case ValueType::kInteger:
    case ValueType::kDecimal: {
      std::optional<Decimal> d;
      if (v.is_exact()) {
        d = v.exact();
      } else {
        d = v.type() == ValueType::kFloat ? Decimal::FromFloat(static_cast<float>(v.floating()))
                                          : Decimal::FromDouble(v.floating());
      }
      if (!d.has_value()) return std::nullopt;
      return target == ValueType::kInteger ? Value::Integer(d->Truncated()) : Value::Decimal(*d);
    }
    default:
      return std::nullopt;
  }
}

std::optional<Value> CastTemporal(const Temporal& from, ValueType target) {
  const bool has_date = from.has_date();
  Temporal t = from;
  t.kind = static_cast<TemporalKind>(static_cast<int>(target) - static_cast<int>(ValueType::kDateTime));
  const Temporal defaults;
  if (!t.has_time()) {
    t.hour = t.minute = t.second = 0;
    t.attos = 0;
  }
  switch (t.kind) {
    case TemporalKind::kDateTime:
    case TemporalKind::kDate:
      if (!has_date) return std::nullopt;
      break;
    case TemporalKind::kTime:
      if (from.kind != TemporalKind::kDateTime) return std::nullopt;
      t.year = defaults.year;
      t.month = t.day = 1;
      break;
    default:
      if (!has_date) return std::nullopt;
      if (t.kind != TemporalKind::kGYear && t.kind != TemporalKind::kGYearMonth) t.year = defaults.year;
      if (t.kind == TemporalKind::kGYear || t.kind == TemporalKind::kGDay) t.month = 1;
      if (t.kind != TemporalKind::kGDay && t.kind != TemporalKind::kGMonthDay) t.day = 1;
      break;
  }
  return Value::Of(t);
}

std::optional<Value> CastDuration(Duration d, ValueType target) {
  if (target == ValueType::kYearMonthDuration) {
    d.seconds = d.attos = 0;
    return Value::Of(d, DurationKind::kYearMonth);
  }
  if (target == ValueType::kDayTimeDuration) {
    d.months = 0;
    return Value::Of(d, DurationKind::kDayTime);
  }
  if (target == ValueType::kDuration) return Value::Of(d, DurationKind::kAny);
  return std::nullopt;
}

}  // namespace

std::optional<Value> Cast(const Value& value, ValueType target) {
  if (value.type() == target) return value.has_value() ? std::optional<Value>(value) : std::nullopt;
  if (value.is_numeric()) return CastNumber(value, target);
  if (value.type() == ValueType::kBoolean) return CastNumber(Value::Integer(value.boolean() ? 1 : 0), target);
  const bool to_temporal = target >= ValueType::kDateTime && target <= ValueType::kGMonth;
  if (value.is_temporal() && to_temporal) return CastTemporal(value.temporal(), target);
  if (value.is_duration()) return CastDuration(value.duration(), target);
  return std::nullopt;
}

}  // namespace dossier::graph
