// Dates and times of XSD 1.1 (Part 2 §3.3.7 to §3.3.14): the seven-property model, with an optional timezone.
//
//   std::optional<Temporal> t = ParseTemporal("2020-09-27T07:15:00+04:00", TemporalKind::kDateTime);
//   Compare(*t, *u)      // nothing: only one has a timezone, and they are within 14 hours of each other
//
// Years beyond +-999,999,999 are refused; fractions of a second keep 18 digits. Parsing is strict (ranges,
// days of the month); 24:00:00 is the next midnight. Values; every function is pure and thread-safe.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "graph/value/duration.h"

namespace dossier::graph {

enum class TemporalKind : uint8_t {
  kDateTime,
  kDate,
  kTime,
  kGYearMonth,
  kGYear,
  kGMonthDay,
  kGDay,
  kGMonth
};

struct Temporal {
  static constexpr int16_t kNoTimezone = std::numeric_limits<int16_t>::min();
  static constexpr int32_t kMaxYear = 999'999'999;

  TemporalKind kind = TemporalKind::kDateTime;
  uint8_t month = 1;
  uint8_t day = 1;
  uint8_t hour = 0;
  uint8_t minute = 0;
  uint8_t second = 0;
  int16_t timezone = kNoTimezone;  // minutes east of Greenwich, -840..840
  int32_t year = 1972;             // properties that a kind does not have hold these defaults
  uint64_t attos = 0;              // fraction of the second, in 10^-18 s

  bool has_timezone() const { return timezone != kNoTimezone; }
  bool has_date() const { return kind == TemporalKind::kDateTime || kind == TemporalKind::kDate; }
  bool has_time() const { return kind == TemporalKind::kDateTime || kind == TemporalKind::kTime; }
};

std::optional<Temporal> ParseTemporal(std::string_view lexical, TemporalKind kind);
// Canonical form; the timezone is kept ("Z" for +00:00).
std::string ToString(const Temporal& t);
// "Z", "+04:00"; "" without one.
std::string TimezoneToString(const Temporal& t);

// Seconds since 1970-01-01T00:00:00 in UTC, a missing timezone read as UTC; the fraction is `attos`.
int64_t TimelineSeconds(const Temporal& t);
Temporal FromTimeline(int64_t seconds, uint64_t attos, int16_t timezone, TemporalKind kind);

// Nothing when the kinds differ or the order is indeterminate (XSD 1.1 Part 2 §D.2.2).
std::optional<std::strong_ordering> Compare(const Temporal& a, const Temporal& b);

// a - b for two of kind dateTime, date or time; nothing when only one has a timezone.
std::optional<Duration> Difference(const Temporal& a, const Temporal& b);
// t + duration: months first, then the day pinned to the month's length, then seconds (XSD 1.1 §E.3.3). Dates
// drop the time of day. Nothing when the year leaves its range or the kind has no such parts (time + months,
// gYear + anything).
std::optional<Temporal> AddDuration(const Temporal& t, const Duration& duration);
// The same instant written in another timezone, or with the timezone removed or added
// (fn:adjust-dateTime-to-timezone).
std::optional<Temporal> AdjustToTimezone(const Temporal& t, std::optional<int16_t> timezone);

}  // namespace dossier::graph
