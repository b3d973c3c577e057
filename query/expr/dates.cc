// Functions on dates and times: SPARQL 1.1 §17.4.5, and ADJUST (SPARQL CDTs / SEP-0002).
//
// YEAR to SECONDS also take the other types that have the part (YEAR of an xsd:date or xsd:gYear), as XPath
// has a function for each.
#include "query/expr/builtin.h"

namespace dossier::query {
namespace {

using algebra::Function;
using graph::Decimal;
using graph::Duration;
using graph::DurationKind;
using graph::Temporal;
using graph::TemporalKind;
using graph::Value;

void Now(BuiltinCall& call, Args, Operand& out) {
  const auto since_epoch = call.state.vocabulary.context().now().time_since_epoch();
  const int64_t millis = std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count();
  constexpr uint64_t kAttosPerMilli = 1'000'000'000'000'000;
  out.SetValue(Value::Of(graph::FromTimeline(
      millis / 1000, static_cast<uint64_t>(millis % 1000) * kAttosPerMilli, 0, TemporalKind::kDateTime)));
}

const Temporal* TemporalOf(const Operand& x) {
  if (!x.is_literal() || !x.value().is_temporal()) return nullptr;
  return &x.value().temporal();
}

bool HasYear(TemporalKind k) {
  return k == TemporalKind::kDateTime || k == TemporalKind::kDate || k == TemporalKind::kGYear ||
         k == TemporalKind::kGYearMonth;
}
bool HasMonth(TemporalKind k) {
  return k == TemporalKind::kDateTime || k == TemporalKind::kDate || k == TemporalKind::kGYearMonth ||
         k == TemporalKind::kGMonthDay || k == TemporalKind::kGMonth;
}
bool HasDay(TemporalKind k) {
  return k == TemporalKind::kDateTime || k == TemporalKind::kDate || k == TemporalKind::kGMonthDay ||
         k == TemporalKind::kGDay;
}

void Year(BuiltinCall&, Args args, Operand& out) {
  const Temporal* t = TemporalOf(*args[0]);
  if (t != nullptr && HasYear(t->kind)) out.SetValue(Value::Integer(t->year));
}
void Month(BuiltinCall&, Args args, Operand& out) {
  const Temporal* t = TemporalOf(*args[0]);
  if (t != nullptr && HasMonth(t->kind)) out.SetValue(Value::Integer(t->month));
}
void Day(BuiltinCall&, Args args, Operand& out) {
  const Temporal* t = TemporalOf(*args[0]);
  if (t != nullptr && HasDay(t->kind)) out.SetValue(Value::Integer(t->day));
}
void Hours(BuiltinCall&, Args args, Operand& out) {
  const Temporal* t = TemporalOf(*args[0]);
  if (t != nullptr && t->has_time()) out.SetValue(Value::Integer(t->hour));
}
void Minutes(BuiltinCall&, Args args, Operand& out) {
  const Temporal* t = TemporalOf(*args[0]);
  if (t != nullptr && t->has_time()) out.SetValue(Value::Integer(t->minute));
}
void Seconds(BuiltinCall&, Args args, Operand& out) {
  const Temporal* t = TemporalOf(*args[0]);
  if (t == nullptr || !t->has_time()) return;
  Duration seconds;
  seconds.seconds = t->second;
  seconds.attos = static_cast<int64_t>(t->attos);
  out.SetValue(Value::Decimal(graph::SecondsOf(seconds)));
}

void Timezone(BuiltinCall&, Args args, Operand& out) {
  const Temporal* t = TemporalOf(*args[0]);
  if (t == nullptr || !t->has_timezone()) return;
  Duration offset;
  offset.seconds = t->timezone * 60;
  out.SetValue(Value::Of(offset, DurationKind::kDayTime));
}

void Tz(BuiltinCall&, Args args, Operand& out) {
  const Temporal* t = TemporalOf(*args[0]);
  if (t != nullptr) out.SetString(graph::TimezoneToString(*t));
}

// ADJUST(x, duration): in another timezone; ADJUST(x, ""): without one; ADJUST(x): in UTC.
void Adjust(BuiltinCall&, Args args, Operand& out) {
  const Temporal* t = TemporalOf(*args[0]);
  if (t == nullptr) return;
  std::optional<int16_t> timezone = 0;
  if (args.size() > 1 && args[1]->is_simple() && args[1]->text().empty()) {
    timezone.reset();
  } else if (args.size() > 1) {
    if (!args[1]->is_literal() || args[1]->value().type() != graph::ValueType::kDayTimeDuration) return;
    const Duration& d = args[1]->value().duration();
    constexpr int64_t kMaxOffset = 14 * 3600;
    if (d.attos != 0 || d.seconds % 60 != 0 || d.seconds > kMaxOffset || d.seconds < -kMaxOffset) return;
    timezone = static_cast<int16_t>(d.seconds / 60);
  }
  const std::optional<Temporal> adjusted = AdjustToTimezone(*t, timezone);
  if (adjusted.has_value()) out.SetValue(Value::Of(*adjusted));
}

}  // namespace

Builtin FindDateBuiltin(Function function) {
  switch (function) {
    case Function::kNow:
      return Now;
    case Function::kYear:
      return Year;
    case Function::kMonth:
      return Month;
    case Function::kDay:
      return Day;
    case Function::kHours:
      return Hours;
    case Function::kMinutes:
      return Minutes;
    case Function::kSeconds:
      return Seconds;
    case Function::kTimezone:
      return Timezone;
    case Function::kTz:
      return Tz;
    case Function::kAdjust:
      return Adjust;
    default:
      return nullptr;
  }
}

}  // namespace dossier::query
