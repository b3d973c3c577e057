#include "graph/value/temporal.h"

#include <array>
#include <cstdio>

#include "graph/base/strings.h"

namespace dossier::graph {
namespace {

constexpr int64_t kSecondsPerDay = 86400;
constexpr int kMaxTimezone = 14 * 60;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsLeap(int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int DaysInMonth(int64_t year, int month) {
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeap(year) ? 29 : kDays[static_cast<size_t>(month - 1)];
}

// Days since 1970-01-01 in the proleptic Gregorian calendar; years counted from March make the leap day the
// last of its year.
int64_t DaysFromCivil(int64_t year, int month, int day) {
  if (month <= 2) --year;
  const int64_t era = (year >= 0 ? year : year - 399) / 400;
  const int64_t year_of_era = year - era * 400;
  const int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

void CivilFromDays(int64_t days, int64_t& year, int& month, int& day) {
  days += 719468;
  const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const int64_t day_of_era = days - era * 146097;
  const int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t shifted = (5 * day_of_year + 2) / 153;
  day = static_cast<int>(day_of_year - (153 * shifted + 2) / 5 + 1);
  month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
  year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
}

int64_t FloorDiv(int64_t a, int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0); }

class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}
  bool Take(char c) {
    if (rest_.empty() || rest_[0] != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool TwoDigits(int min, int max, uint8_t& out) {
    if (rest_.size() < 2 || !IsDigit(rest_[0]) || !IsDigit(rest_[1])) return false;
    const int number = (rest_[0] - '0') * 10 + rest_[1] - '0';
    rest_.remove_prefix(2);
    out = static_cast<uint8_t>(number);
    return number >= min && number <= max;
  }
  // -?([1-9]\d{3,}|0\d{3})
  bool Year(int32_t& out) {
    const bool negative = Take('-');
    int64_t number = 0;
    size_t digits = 0;
    for (; digits < rest_.size() && IsDigit(rest_[digits]); ++digits) {
      number = number * 10 + rest_[digits] - '0';
      if (number > Temporal::kMaxYear) return false;
    }
    if (digits < 4 || (digits > 4 && rest_[0] == '0')) return false;
    rest_.remove_prefix(digits);
    out = static_cast<int32_t>(negative ? -number : number);
    return true;
  }
  bool Fraction(uint64_t& attos) {
    if (!Take('.')) return true;
    uint64_t unit = static_cast<uint64_t>(kAttosPerSecond) / 10;
    size_t digits = 0;
    for (; digits < rest_.size() && IsDigit(rest_[digits]); ++digits, unit /= 10) {
      attos += static_cast<uint64_t>(rest_[digits] - '0') * unit;
    }
    rest_.remove_prefix(digits);
    return digits > 0;
  }
  // The optional timezone, and then the end.
  bool TimezoneAndEnd(int16_t& timezone) {
    if (rest_.empty()) return true;
    if (Take('Z')) {
      timezone = 0;
      return rest_.empty();
    }
    const bool negative = rest_[0] == '-';
    if (!Take('+') && !Take('-')) return false;
    uint8_t hours = 0;
    uint8_t minutes = 0;
    if (!TwoDigits(0, 14, hours) || !Take(':') || !TwoDigits(0, hours == 14 ? 0 : 59, minutes)) return false;
    const int offset = hours * 60 + minutes;
    timezone = static_cast<int16_t>(negative ? -offset : offset);
    return rest_.empty();
  }

 private:
  std::string_view rest_;
};

bool TakeTime(Scanner& in, Temporal& t, bool& end_of_day) {
  if (!in.TwoDigits(0, 24, t.hour) || !in.Take(':') || !in.TwoDigits(0, 59, t.minute) || !in.Take(':') ||
      !in.TwoDigits(0, 59, t.second) || !in.Fraction(t.attos)) {
    return false;
  }
  end_of_day = t.hour == 24;
  return !end_of_day || (t.minute == 0 && t.second == 0 && t.attos == 0);
}

bool TakeFields(Scanner& in, TemporalKind kind, Temporal& t, bool& end_of_day) {
  switch (kind) {
    case TemporalKind::kDateTime:
      return in.Year(t.year) && in.Take('-') && in.TwoDigits(1, 12, t.month) && in.Take('-') &&
             in.TwoDigits(1, 31, t.day) && in.Take('T') && TakeTime(in, t, end_of_day);
    case TemporalKind::kDate:
      return in.Year(t.year) && in.Take('-') && in.TwoDigits(1, 12, t.month) && in.Take('-') &&
             in.TwoDigits(1, 31, t.day);
    case TemporalKind::kTime:
      return TakeTime(in, t, end_of_day);
    case TemporalKind::kGYearMonth:
      return in.Year(t.year) && in.Take('-') && in.TwoDigits(1, 12, t.month);
    case TemporalKind::kGYear:
      return in.Year(t.year);
    case TemporalKind::kGMonthDay:
      return in.Take('-') && in.Take('-') && in.TwoDigits(1, 12, t.month) && in.Take('-') &&
             in.TwoDigits(1, 31, t.day);
    case TemporalKind::kGDay:
      return in.Take('-') && in.Take('-') && in.Take('-') && in.TwoDigits(1, 31, t.day);
    case TemporalKind::kGMonth:
      return in.Take('-') && in.Take('-') && in.TwoDigits(1, 12, t.month);
  }
  return false;
}

std::string YearToString(int32_t year) {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, year < 0 ? "-%04d" : "%04d", year < 0 ? -year : year);
  return buffer;
}

std::string TwoDigits(int number) {
  return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

std::string TimeToString(const Temporal& t) {
  std::string out = Cat(TwoDigits(t.hour), ":", TwoDigits(t.minute), ":", TwoDigits(t.second));
  if (t.attos == 0) return out;
  char digits[24];
  std::snprintf(digits, sizeof digits, "%018llu", static_cast<unsigned long long>(t.attos));
  std::string_view fraction(digits);
  fraction = fraction.substr(0, fraction.find_last_not_of('0') + 1);
  Append(out, '.', fraction);
  return out;
}

std::optional<Temporal> CheckedYear(Temporal t, int64_t year) {
  if (year > Temporal::kMaxYear || year < -Temporal::kMaxYear) return std::nullopt;
  t.year = static_cast<int32_t>(year);
  return t;
}

}  // namespace

std::optional<Temporal> ParseTemporal(std::string_view lexical, TemporalKind kind) {
  Temporal t;
  t.kind = kind;
  Scanner in(lexical);
  bool end_of_day = false;
  if (!TakeFields(in, kind, t, end_of_day) || !in.TimezoneAndEnd(t.timezone)) return std::nullopt;
  if (t.day > DaysInMonth(t.year, t.month)) return std::nullopt;
  if (!end_of_day) return t;
  t.hour = 0;
  if (kind == TemporalKind::kTime) return t;
  Duration day;
  day.seconds = kSecondsPerDay;
  return AddDuration(t, day);
}

std::string TimezoneToString(const Temporal& t) {
  if (!t.has_timezone()) return "";
  if (t.timezone == 0) return "Z";
  const int minutes = t.timezone < 0 ? -t.timezone : t.timezone;
  return Cat(t.timezone < 0 ? '-' : '+', TwoDigits(minutes / 60), ":", TwoDigits(minutes % 60));
}

std::string ToString(const Temporal& t) {
  const std::string zone = TimezoneToString(t);
  switch (t.kind) {
    case TemporalKind::kDateTime:
      return Cat(YearToString(t.year), "-", TwoDigits(t.month), "-", TwoDigits(t.day), "T", TimeToString(t),
                 zone);
    case TemporalKind::kDate:
      return Cat(YearToString(t.year), "-", TwoDigits(t.month), "-", TwoDigits(t.day), zone);
    case TemporalKind::kTime:
      return Cat(TimeToString(t), zone);
    case TemporalKind::kGYearMonth:
      return Cat(YearToString(t.year), "-", TwoDigits(t.month), zone);
    case TemporalKind::kGYear:
      return Cat(YearToString(t.year), zone);
    case TemporalKind::kGMonthDay:
      return Cat("--", TwoDigits(t.month), "-", TwoDigits(t.day), zone);
    case TemporalKind::kGDay:
      return Cat("---", TwoDigits(t.day), zone);
    case TemporalKind::kGMonth:
      return Cat("--", TwoDigits(t.month), zone);
  }
  return "";
}

int64_t TimelineSeconds(const Temporal& t) {
  const int64_t local =
      DaysFromCivil(t.year, t.month, t.day) * kSecondsPerDay + t.hour * 3600 + t.minute * 60 + t.second;
  return t.has_timezone() ? local - t.timezone * 60 : local;
}

Temporal FromTimeline(int64_t seconds, uint64_t attos, int16_t timezone, TemporalKind kind) {
  if (timezone != Temporal::kNoTimezone) seconds += timezone * 60;
  const int64_t days = FloorDiv(seconds, kSecondsPerDay);
  const int64_t time = seconds - days * kSecondsPerDay;
  int64_t year = 0;
  int month = 0;
  int day = 0;
  CivilFromDays(days, year, month, day);
  Temporal t;
  t.kind = kind;
  t.timezone = timezone;
  if (kind != TemporalKind::kTime) {
    t.year = static_cast<int32_t>(year);
    t.month = static_cast<uint8_t>(month);
    t.day = static_cast<uint8_t>(day);
  }
  if (kind == TemporalKind::kDate) return t;
  t.hour = static_cast<uint8_t>(time / 3600);
  t.minute = static_cast<uint8_t>(time % 3600 / 60);
  t.second = static_cast<uint8_t>(time % 60);
  t.attos = attos;
  return t;
}

std::optional<std::strong_ordering> Compare(const Temporal& a, const Temporal& b) {
  if (a.kind != b.kind) return std::nullopt;
  const int64_t x = TimelineSeconds(a);
  const int64_t y = TimelineSeconds(b);
  if (a.has_timezone() == b.has_timezone()) return x != y ? x <=> y : a.attos <=> b.attos;
  // The one without a timezone may be up to 14 hours earlier or later.
  constexpr int64_t kSlack = kMaxTimezone * 60;
  if (x < y - kSlack || (x == y - kSlack && a.attos < b.attos)) return std::strong_ordering::less;
  if (x > y + kSlack || (x == y + kSlack && a.attos > b.attos)) return std::strong_ordering::greater;
  return std::nullopt;
}

std::optional<Duration> Difference(const Temporal& a, const Temporal& b) {
  if (a.kind != b.kind || a.has_timezone() != b.has_timezone() || !(a.has_date() || a.has_time()))
    return std::nullopt;
  Duration x;
  x.seconds = TimelineSeconds(a) - TimelineSeconds(b);
  Duration y;
  y.attos = static_cast<int64_t>(a.attos) - static_cast<int64_t>(b.attos);
  return Add(x, y);
}

std::optional<Temporal> AddDuration(const Temporal& t, const Duration& duration) {
  if (!t.has_date() && (t.kind != TemporalKind::kTime || duration.months != 0)) return std::nullopt;
  Temporal moved = t;
  if (duration.months != 0) {
    int64_t months = 0;
    if (__builtin_add_overflow(duration.months, t.month - 1, &months)) return std::nullopt;
    const int64_t year = t.year + FloorDiv(months, 12);
    const std::optional<Temporal> checked = CheckedYear(t, year);
    if (!checked.has_value()) return std::nullopt;
    moved = *checked;
    moved.month = static_cast<uint8_t>(months - FloorDiv(months, 12) * 12 + 1);
    const int last = DaysInMonth(moved.year, moved.month);
    if (moved.day > last) moved.day = static_cast<uint8_t>(last);
  }
  if (duration.seconds == 0 && duration.attos == 0) return moved;
  int64_t attos = static_cast<int64_t>(moved.attos) + duration.attos;
  int64_t carry = FloorDiv(attos, kAttosPerSecond);
  attos -= carry * kAttosPerSecond;
  constexpr int64_t kMaxSeconds = int64_t{Temporal::kMaxYear} * 2 * 366 * kSecondsPerDay;
  if (duration.seconds > kMaxSeconds || duration.seconds < -kMaxSeconds) return std::nullopt;
  const int64_t seconds = TimelineSeconds(moved) + duration.seconds + carry;
  constexpr int64_t kLastSecond = int64_t{Temporal::kMaxYear - 2000} * 365 * kSecondsPerDay;
  if (seconds > kLastSecond || seconds < -kLastSecond) return std::nullopt;
  return FromTimeline(seconds, static_cast<uint64_t>(attos), t.timezone, t.kind);
}

std::optional<Temporal> AdjustToTimezone(const Temporal& t, std::optional<int16_t> timezone) {
  if (!t.has_date() && t.kind != TemporalKind::kTime) return std::nullopt;
  Temporal adjusted = t;
  adjusted.timezone = timezone.value_or(Temporal::kNoTimezone);
  if (!t.has_timezone() || !timezone.has_value()) return adjusted;
  return FromTimeline(TimelineSeconds(t), t.attos, *timezone, t.kind);
}

}  // namespace dossier::graph
