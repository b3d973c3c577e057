// Dates, times and durations: XSD 1.1 Part 2.
#include "graph/value/temporal.h"

#include <gtest/gtest.h>

#include <chrono>

#include "graph/base/strings.h"

namespace dossier::graph {
namespace {

using K = TemporalKind;

std::string Read(std::string_view s, K kind) {
  const auto t = ParseTemporal(s, kind);
  return t.has_value() ? ToString(*t) : "invalid";
}

TEST(Temporal, LexicalForms) {
  for (const auto& [text, kind] :
       std::vector<std::pair<std::string, K>>{{"2020-09-27T07:15:00+04:00", K::kDateTime},
                                              {"-0044-03-15T12:00:00Z", K::kDateTime},
                                              {"12020-01-01T00:00:00", K::kDateTime},
                                              {"0000-01-01T00:00:00", K::kDateTime},
                                              {"2020-02-29T23:59:59.123456789012345678Z", K::kDateTime},
                                              {"2020-01-01-14:00", K::kDate},
                                              {"23:59:59.5", K::kTime},
                                              {"2020-02", K::kGYearMonth},
                                              {"2020Z", K::kGYear},
                                              {"--02-29", K::kGMonthDay},
                                              {"---31", K::kGDay},
                                              {"--12+05:30", K::kGMonth}}) {
    EXPECT_EQ(Read(text, kind), text);
  }
  EXPECT_EQ(Read("2020-12-31T24:00:00Z", K::kDateTime), "2021-01-01T00:00:00Z");
  EXPECT_EQ(Read("24:00:00", K::kTime), "00:00:00");
  EXPECT_EQ(Read("2020-01-01T00:00:00.500+00:00", K::kDateTime), "2020-01-01T00:00:00.5Z");
  for (const auto& [text, kind] :
       std::vector<std::pair<std::string, K>>{{"2020-9-27T07:15:00", K::kDateTime},
                                              {"2020-09-27", K::kDateTime},
                                              {"2020-09-27T07:15", K::kDateTime},
                                              {"2019-02-29", K::kDate},
                                              {"1900-02-29", K::kDate},
                                              {"2020-04-31", K::kDate},
                                              {"2020-13-01", K::kDate},
                                              {"2020-00-01", K::kDate},
                                              {"20-01-01", K::kDate},
                                              {"02020-01-01", K::kDate},
                                              {"+2020-01-01", K::kDate},
                                              {"2020-01-01+14:01", K::kDate},
                                              {"2020-01-01+15:00", K::kDate},
                                              {"2020-01-01z", K::kDate},
                                              {"24:00:01", K::kTime},
                                              {"12:60:00", K::kTime},
                                              {"12:00:60", K::kTime},
                                              {"12:00:00.", K::kTime},
                                              {"--02-30", K::kGMonthDay},
                                              {"2020-01-01T00:00:00Z ", K::kDateTime},
                                              {"9999999999-01-01", K::kDate},
                                              {"", K::kDate},
                                              {"-", K::kGYear}}) {
    EXPECT_EQ(Read(text, kind), "invalid") << text;
  }
}

// Every day of 1,600 years against the calendar of <chrono>.
TEST(Temporal, TimelineAgreesWithChrono) {
  const auto first = std::chrono::sys_days(std::chrono::year(1200) / 1 / 1);
  for (int i = 0; i < 1600 * 365; i += 1) {
    const auto day = first + std::chrono::days(i);
    const std::chrono::year_month_day date(day);
    const Temporal t =
        FromTimeline(int64_t{day.time_since_epoch().count()} * 86400 + 3661, 0, 0, K::kDateTime);
    ASSERT_EQ(t.year, static_cast<int>(date.year()));
    ASSERT_EQ(t.month, static_cast<unsigned>(date.month()));
    ASSERT_EQ(t.day, static_cast<unsigned>(date.day()));
    ASSERT_EQ(t.hour, 1);
    ASSERT_EQ(TimelineSeconds(t), int64_t{day.time_since_epoch().count()} * 86400 + 3661);
  }
}

int Sign(std::string_view a, std::string_view b, K kind) {
  const auto order = Compare(*ParseTemporal(a, kind), *ParseTemporal(b, kind));
  if (!order.has_value()) return 9;
  return *order < 0 ? -1 : *order > 0 ? 1 : 0;
}

TEST(Temporal, Order) {
  EXPECT_EQ(Sign("2000-01-15T00:00:00", "2000-02-15T00:00:00", K::kDateTime), -1);
  EXPECT_EQ(Sign("2000-01-15T12:00:00", "2000-01-16T12:00:00Z", K::kDateTime), -1);
  EXPECT_EQ(Sign("2000-01-01T12:00:00", "1999-12-31T23:00:00Z", K::kDateTime), 9);
  EXPECT_EQ(Sign("2000-01-16T12:00:00", "2000-01-16T12:00:00Z", K::kDateTime), 9);
  EXPECT_EQ(Sign("2000-01-16T00:00:00", "2000-01-16T12:00:00Z", K::kDateTime), 9);
  EXPECT_EQ(Sign("2004-12-25T06:12:00Z", "2004-12-25T08:12:00+02:00", K::kDateTime), 0);
  EXPECT_EQ(Sign("2004-12-25Z", "2004-12-25+07:00", K::kDate), 1);
  EXPECT_EQ(Sign("08:00:00+09:00", "17:00:00-06:00", K::kTime), -1);
  EXPECT_EQ(Sign("1976-02-05Z", "1976-02-05Z", K::kDate), 0);
  EXPECT_EQ(Sign("00:00:00.1", "00:00:00.10", K::kTime), 0);
  EXPECT_EQ(Sign("--12-25", "--12-31", K::kGMonthDay), -1);
}

TEST(Duration, LexicalForms) {
  const auto read = [](std::string_view s, DurationKind kind = DurationKind::kAny) {
    const auto d = ParseDuration(s, kind);
    return d.has_value() ? ToString(*d, kind) : std::string("invalid");
  };
  EXPECT_EQ(read("P1Y2M3DT4H5M6.7S"), "P1Y2M3DT4H5M6.7S");
  EXPECT_EQ(read("-P14M"), "-P1Y2M");
  EXPECT_EQ(read("PT36H"), "P1DT12H");
  EXPECT_EQ(read("PT0.000000000000000001S"), "PT0.000000000000000001S");
  EXPECT_EQ(read("P0Y"), "PT0S");
  EXPECT_EQ(read("P0M", DurationKind::kYearMonth), "P0M");
  EXPECT_EQ(read("P1D", DurationKind::kDayTime), "P1D");
  for (const char* bad : {"", "P", "-P", "PT", "P1", "1Y", "P1S", "P1YT", "P1M1Y", "PT1H1H", "P1.5Y", "PT1.S",
                          "PT.5S", "P-1Y", "+P1Y", "P99999999999999999999Y", "P1Y "}) {
    EXPECT_EQ(read(bad), "invalid") << bad;
  }
  EXPECT_EQ(read("P1D", DurationKind::kYearMonth), "invalid");
  EXPECT_EQ(read("P1Y", DurationKind::kDayTime), "invalid");
  EXPECT_EQ(read("P0YT1H", DurationKind::kDayTime), "invalid");
}

// XSD 1.1 Part 2 §3.3.6.2, the table of P1Y and P365D.
TEST(Duration, PartialOrder) {
  const auto order = [](std::string_view a, std::string_view b) {
    const auto o = Compare(*ParseDuration(a, DurationKind::kAny), *ParseDuration(b, DurationKind::kAny));
    return !o.has_value() ? 9 : *o < 0 ? -1 : *o > 0 ? 1 : 0;
  };
  EXPECT_EQ(order("P1Y", "P364D"), 1);
  EXPECT_EQ(order("P1Y", "P365D"), 9);
  EXPECT_EQ(order("P1Y", "P366D"), 9);
  EXPECT_EQ(order("P1Y", "P367D"), -1);
  EXPECT_EQ(order("P1M", "P27D"), 1);
  EXPECT_EQ(order("P1M", "P30D"), 9);
  EXPECT_EQ(order("P5M", "P154D"), -1);
  EXPECT_EQ(order("PT24H", "P1D"), 0);
  EXPECT_EQ(order("-P1M", "P1D"), -1);
}

TEST(Temporal, AddingDurations) {
  const auto add = [](std::string_view t, std::string_view d, K kind = K::kDateTime) {
    const auto moved = AddDuration(*ParseTemporal(t, kind), *ParseDuration(d, DurationKind::kAny));
    return moved.has_value() ? ToString(*moved) : std::string("nothing");
  };
  EXPECT_EQ(add("2000-01-12T12:13:14Z", "P1Y3M5DT7H10M3.3S"), "2001-04-17T19:23:17.3Z");  // XSD 1.0 §E
  EXPECT_EQ(add("2000-01-31T00:00:00Z", "P1M"), "2000-02-29T00:00:00Z");
  EXPECT_EQ(add("2000-03-31T00:00:00Z", "-P1M"), "2000-02-29T00:00:00Z");
  EXPECT_EQ(add("2000-01-01T00:00:00Z", "-PT0.5S"), "1999-12-31T23:59:59.5Z");
  EXPECT_EQ(add("2000-01-01+02:00", "PT23H", K::kDate), "2000-01-01+02:00");
  EXPECT_EQ(add("23:00:00-05:00", "PT2H", K::kTime), "01:00:00-05:00");
  EXPECT_EQ(add("23:00:00", "P1M", K::kTime), "nothing");
  EXPECT_EQ(add("2000", "P1Y", K::kGYear), "nothing");
  EXPECT_EQ(add("2000-01-01T00:00:00Z", "P9999999999Y"), "nothing");
}

TEST(Temporal, Timezones) {
  const auto t = *ParseTemporal("2002-03-07T10:00:00-07:00", K::kDateTime);
  EXPECT_EQ(ToString(*AdjustToTimezone(t, int16_t{-600})), "2002-03-07T07:00:00-10:00");
  EXPECT_EQ(ToString(*AdjustToTimezone(t, std::nullopt)), "2002-03-07T10:00:00");
  EXPECT_EQ(ToString(*AdjustToTimezone(*ParseTemporal("2002-03-07-07:00", K::kDate), int16_t{-600})),
            "2002-03-06-10:00");
  EXPECT_EQ(ToString(*AdjustToTimezone(*ParseTemporal("10:00:00", K::kTime), int16_t{600})),
            "10:00:00+10:00");
}

}  // namespace
}  // namespace dossier::graph
