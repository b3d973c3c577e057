#include "graph/value/duration.h"

#include "graph/base/strings.h"
#include "graph/value/temporal.h"

namespace dossier::graph {
namespace {

constexpr int kFractionDigits = 18;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

struct Component {
  int64_t whole = 0;
  int64_t attos = 0;
  bool has_point = false;
  char designator = 0;
};

// digits ('.' digits)? designator
std::optional<Component> TakeComponent(std::string_view& s) {
  Component c;
  size_t i = 0;
  for (; i < s.size() && IsDigit(s[i]); ++i) {
    if (__builtin_mul_overflow(c.whole, 10, &c.whole) ||
        __builtin_add_overflow(c.whole, s[i] - '0', &c.whole)) {
      return std::nullopt;
    }
  }
  if (i == 0) return std::nullopt;
  if (i < s.size() && s[i] == '.') {
    c.has_point = true;
    const size_t first = ++i;
    int64_t unit = kAttosPerSecond / 10;
    for (; i < s.size() && IsDigit(s[i]); ++i, unit /= 10) c.attos += (s[i] - '0') * unit;
    if (i == first) return std::nullopt;
  }
  if (i == s.size()) return std::nullopt;
  c.designator = s[i];
  s.remove_prefix(i + 1);
  return c;
}

bool AddScaled(int64_t& sum, int64_t value, int64_t unit) {
  int64_t product;
  return !__builtin_mul_overflow(value, unit, &product) && !__builtin_add_overflow(sum, product, &sum);
}

// Reads components whose designators come in the order of `allowed`; `units` are theirs in the sum.
bool TakeComponents(std::string_view& s, std::string_view allowed, const int64_t* units, int64_t* const* sums,
                    Duration& d) {
  size_t next = 0;
  while (!s.empty() && s[0] != 'T') {
    const std::optional<Component> c = TakeComponent(s);
    if (!c.has_value()) return false;
    const size_t place = allowed.find(c->designator, next);
    if (place == std::string_view::npos) return false;
    next = place + 1;
    if (c->has_point && c->designator != 'S') return false;
    if (!AddScaled(*sums[place], c->whole, units[place])) return false;
    if (c->has_point) d.attos = c->attos;
  }
  return true;
}

std::optional<Duration> Consistent(const Duration& d) {
  const bool some_negative = d.months < 0 || d.seconds < 0 || d.attos < 0;
  const bool some_positive = d.months > 0 || d.seconds > 0 || d.attos > 0;
  if (some_negative && some_positive) return std::nullopt;
  return d;
}

}  // namespace

std::optional<Duration> ParseDuration(std::string_view s, DurationKind kind) {
  const bool negative = s.starts_with('-');
  if (negative) s.remove_prefix(1);
  if (!s.starts_with('P')) return std::nullopt;
  s.remove_prefix(1);
  if (s.empty()) return std::nullopt;
  // The lexical spaces of the two derived types leave designators out even when they are zero.
  if (kind == DurationKind::kYearMonth && s.find_first_of("DT") != std::string_view::npos)
    return std::nullopt;
  const size_t time = s.find('T');
  if (kind == DurationKind::kDayTime && s.substr(0, time).find_first_of("YM") != std::string_view::npos)
    return std::nullopt;

  Duration d;
  static constexpr int64_t kDateUnits[] = {12, 1, 86400};
  int64_t* const date_sums[] = {&d.months, &d.months, &d.seconds};
  if (!TakeComponents(s, "YMD", kDateUnits, date_sums, d)) return std::nullopt;
  if (!s.empty()) {
    s.remove_prefix(1);  // 'T'
    if (s.empty()) return std::nullopt;
    static constexpr int64_t kTimeUnits[] = {3600, 60, 1};
    int64_t* const time_sums[] = {&d.seconds, &d.seconds, &d.seconds};
    if (!TakeComponents(s, "HMS", kTimeUnits, time_sums, d) || !s.empty()) return std::nullopt;
  }
  return negative ? Negate(d) : d;
}

std::string ToString(const Duration& d, DurationKind kind) {
  const Duration a = d.months < 0 || d.seconds < 0 || d.attos < 0 ? Negate(d) : d;
  std::string out = a == d ? "P" : "-P";
  if (a == Duration{}) return kind == DurationKind::kYearMonth ? "P0M" : "PT0S";
  if (a.months >= 12) Append(out, a.months / 12, 'Y');
  if (a.months % 12 != 0) Append(out, a.months % 12, 'M');
  if (a.seconds >= 86400) Append(out, a.seconds / 86400, 'D');
  const int64_t rest = a.seconds % 86400;
  if (rest != 0 || a.attos != 0) out.push_back('T');
  if (rest >= 3600) Append(out, rest / 3600, 'H');
  if (rest % 3600 >= 60) Append(out, rest % 3600 / 60, 'M');
  if (rest % 60 != 0 || a.attos != 0) {
    Duration fraction;
    fraction.seconds = rest % 60;
    fraction.attos = a.attos;
    Append(out, SecondsOf(fraction).ToString(), 'S');
  }
  return out;
}

std::optional<Duration> Add(const Duration& a, const Duration& b) {
  Duration sum;
  sum.attos = a.attos + b.attos;  // |.| < 2 * 10^18: no overflow
  if (__builtin_add_overflow(a.months, b.months, &sum.months) ||
      __builtin_add_overflow(a.seconds, b.seconds, &sum.seconds)) {
    return std::nullopt;
  }
  Int128 total = Int128{sum.seconds} * kAttosPerSecond + sum.attos;
  const Int128 seconds = total / kAttosPerSecond;
  if (seconds > INT64_MAX || seconds < INT64_MIN) return std::nullopt;
  sum.seconds = static_cast<int64_t>(seconds);
  sum.attos = static_cast<int64_t>(total % kAttosPerSecond);
  return Consistent(sum);
}

Duration Negate(const Duration& d) {
  Duration result;
  result.months = -d.months;
  result.seconds = -d.seconds;
  result.attos = -d.attos;
  return result;
}

Decimal SecondsOf(const Duration& d) {
  const Decimal fraction = Decimal::FromParts(d.attos, kFractionDigits);
  return *Add(Decimal(d.seconds), fraction);
}

std::optional<Duration> DurationOfSeconds(const Decimal& seconds) {
  Duration d;
  const Decimal whole = seconds.Truncated();
  const std::optional<int64_t> number = whole.ToInt64();
  if (!number.has_value() || *number == INT64_MIN) return std::nullopt;
  const std::optional<Decimal> fraction = Subtract(seconds, whole);
  if (!fraction.has_value()) return std::nullopt;
  const std::optional<Decimal> attos = Multiply(*fraction, Decimal(kAttosPerSecond));
  if (!attos.has_value()) return std::nullopt;
  d.seconds = *number;
  d.attos = attos->Truncated().ToInt64().value_or(0);
  return d;
}

namespace {

// Applies `op` to the months or the seconds of a pure duration.
template <typename Op>
std::optional<Duration> Scaled(const Duration& d, Op op) {
  if (d.months != 0 && (d.seconds != 0 || d.attos != 0)) return std::nullopt;
  if (d.months != 0) {
    const std::optional<Decimal> months = op(Decimal(d.months));
    if (!months.has_value()) return std::nullopt;
    const std::optional<int64_t> rounded = months->Rounded().ToInt64();
    if (!rounded.has_value() || *rounded == INT64_MIN) return std::nullopt;
    Duration result;
    result.months = *rounded;
    return result;
  }
  const std::optional<Decimal> seconds = op(SecondsOf(d));
  if (!seconds.has_value()) return std::nullopt;
  return DurationOfSeconds(*seconds);
}

}  // namespace

std::optional<Duration> Multiply(const Duration& d, const Decimal& factor) {
  return Scaled(d, [&](const Decimal& x) { return Multiply(x, factor); });
}

std::optional<Duration> Divide(const Duration& d, const Decimal& divisor) {
  return Scaled(d, [&](const Decimal& x) { return Divide(x, divisor); });
}

std::optional<Decimal> Divide(const Duration& a, const Duration& b) {
  const bool months = a.months != 0 || b.months != 0;
  const bool seconds = a.seconds != 0 || a.attos != 0 || b.seconds != 0 || b.attos != 0;
  if (months && seconds) return std::nullopt;
  if (months) return Divide(Decimal(a.months), Decimal(b.months));
  return Divide(SecondsOf(a), SecondsOf(b));
}

std::optional<std::strong_ordering> Compare(const Duration& a, const Duration& b) {
  if (a.months == b.months) return a.seconds != b.seconds ? a.seconds <=> b.seconds : a.attos <=> b.attos;
  if (a.seconds == b.seconds && a.attos == b.attos) return a.months <=> b.months;
  std::optional<std::strong_ordering> order;
  static constexpr struct {
    int32_t year;
    uint8_t month;
  } kReferences[] = {{1696, 9}, {1697, 2}, {1903, 3}, {1903, 7}};
  for (const auto& [year, month] : kReferences) {
    Temporal start;
    start.year = year;
    start.month = month;
    start.timezone = 0;
    const std::optional<Temporal> x = AddDuration(start, a);
    const std::optional<Temporal> y = AddDuration(start, b);
    if (!x.has_value() || !y.has_value()) return std::nullopt;
    const std::optional<std::strong_ordering> here = Compare(*x, *y);
    if (order.has_value() && here != order) return std::nullopt;
    order = here;
  }
  return order;
}

}  // namespace dossier::graph
