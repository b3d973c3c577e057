// Durations of XSD 1.1 (Part 2 §3.3.6, §3.4.26, §3.4.27): months and seconds, which never carry into each
// other.
//
//   std::optional<Duration> d = ParseDuration("P1DT12H", DurationKind::kDayTime);
//   ToString(*d, DurationKind::kDayTime)                      // "P1DT12H"
//
// Values; every function is pure and thread-safe. Nothing is returned for overflow.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "graph/value/decimal.h"

namespace dossier::graph {

enum class DurationKind : uint8_t { kAny, kYearMonth, kDayTime };

// Invariant: months, seconds and attos are all >= 0 or all <= 0; |attos| < 10^18.
struct Duration {
  int64_t months = 0;
  int64_t seconds = 0;
  int64_t attos = 0;
  friend bool operator==(const Duration&, const Duration&) = default;
};

inline constexpr int64_t kAttosPerSecond = 1'000'000'000'000'000'000;

std::optional<Duration> ParseDuration(std::string_view lexical, DurationKind kind);
std::string ToString(const Duration& d, DurationKind kind);

std::optional<Duration> Add(const Duration& a,
                            const Duration& b);  // nothing also when months and seconds would differ in sign
Duration Negate(const Duration& d);
// Of a pure yearMonth or dayTime duration: months are rounded.
std::optional<Duration> Multiply(const Duration& d, const Decimal& factor);
std::optional<Duration> Divide(const Duration& d, const Decimal& divisor);
// Quotient of two dayTime or two yearMonth durations.
std::optional<Decimal> Divide(const Duration& a, const Duration& b);
// The partial order of XSD 1.1 §3.3.6.2: by what both give when added to four reference dates.
std::optional<std::strong_ordering> Compare(const Duration& a, const Duration& b);

// Seconds and fraction as one number.
Decimal SecondsOf(const Duration& d);
// Nothing when out of range; digits beyond 18 are cut.
std::optional<Duration> DurationOfSeconds(const Decimal& seconds);

}  // namespace dossier::graph
