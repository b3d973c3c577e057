#include "ingest/map/time_interval.h"

#include <gtest/gtest.h>

namespace dossier::ingest {
namespace {

constexpr std::string_view kDate = "2020-11-26";  // a Thursday

TimeInterval Of(std::string_view words) { return NormalizeInterval(words, kDate); }
TimeInterval Between(std::string begin, std::string end) { return {std::move(begin), std::move(end)}; }

TEST(TimeInterval, AbsoluteExpressions) {
  EXPECT_EQ(Of("in 1998"), Between("1998-01-01", "1998-12-31"));
  EXPECT_EQ(Of("on 3 March 2021"), Between("2021-03-03", "2021-03-03"));
  EXPECT_EQ(Of("March 3, 2021"), Between("2021-03-03", "2021-03-03"));
  EXPECT_EQ(Of("in February 2020"), Between("2020-02-01", "2020-02-29"));
  EXPECT_EQ(Of("in the 1990s"), Between("1990-01-01", "1999-12-31"));
  EXPECT_EQ(Of("in the summer of 2019"), Between("2019-06-01", "2019-08-31"));
  EXPECT_EQ(Of("the winter of 2019"), Between("2019-12-01", "2020-02-29"));
  EXPECT_EQ(Of("in the 19th century"), Between("1801-01-01", "1900-12-31"));
  EXPECT_EQ(Of("2020-05-18"), Between("2020-05-18", "2020-05-18"));
}

TEST(TimeInterval, PartsOfPeriods) {
  EXPECT_EQ(Of("in early October"), Between("2020-10-01", "2020-10-10"));
  EXPECT_EQ(Of("in late October 2019"), Between("2019-10-21", "2019-10-31"));
  EXPECT_EQ(Of("mid-October"), Between("2020-10-11", "2020-10-20"));
  EXPECT_EQ(Of("earlier this week"), Between("2020-11-23", "2020-11-26"));
  EXPECT_EQ(Of("earlier this year"), Between("2020-01-01", "2020-11-26"));
}

TEST(TimeInterval, RelativeToTheDocument) {
  EXPECT_EQ(Of("yesterday"), Between("2020-11-25", "2020-11-25"));
  EXPECT_EQ(Of("on Monday"), Between("2020-11-23", "2020-11-23"));
  EXPECT_EQ(Of("last week"), Between("2020-11-16", "2020-11-22"));
  EXPECT_EQ(Of("next month"), Between("2020-12-01", "2020-12-31"));
  EXPECT_EQ(Of("last year"), Between("2019-01-01", "2019-12-31"));
  EXPECT_EQ(Of("two years ago"), Between("2018-01-01", "2018-12-31"));
  EXPECT_EQ(Of("three days ago"), Between("2020-11-23", "2020-11-23"));
  EXPECT_EQ(Of("throughout the summer"), Between("2020-06-01", "2020-08-31"));
  EXPECT_EQ(Of("in December"), Between("2019-12-01", "2019-12-31"));
  EXPECT_EQ(Of("last quarter"), Between("2020-07-01", "2020-09-30"));
}

TEST(TimeInterval, OpenAndDoubleEnds) {
  EXPECT_EQ(Of("since at least July"), Between("2020-07-01", ""));
  EXPECT_EQ(Of("until 2015"), Between("", "2015-12-31"));
  EXPECT_EQ(Of("before March 2020"), Between("", "2020-02-29"));
  EXPECT_EQ(Of("after 1994"), Between("1995-01-01", ""));
  EXPECT_EQ(Of("from 1990 to 1995"), Between("1990-01-01", "1995-12-31"));
  EXPECT_EQ(Of("between 1990 and 1995"), Between("1990-01-01", "1995-12-31"));
}

TEST(TimeInterval, WhatDoesNotSayWhenIsLeftAlone) {
  for (const char* words : {"recently", "for years", "throughout the conflict", "after criticizing the war", "", "between", "the", "31 February 2020",
                            "in weeks following the truce", "0 ago", "once"})
    EXPECT_TRUE(Of(words).empty()) << words;
  EXPECT_TRUE(NormalizeInterval("yesterday", "").empty());
  EXPECT_TRUE(NormalizeInterval("yesterday", "no date").empty());
  EXPECT_TRUE(NormalizeInterval(std::string(1000, 'x'), kDate).empty());
}

TEST(TimeInterval, Durations) {
  EXPECT_EQ(NormalizeDuration("for ten years"), "P10Y");
  EXPECT_EQ(NormalizeDuration("three weeks"), "P21D");
  EXPECT_EQ(NormalizeDuration("a month"), "P1M");
  EXPECT_EQ(NormalizeDuration("more than 36 hours"), "PT36H");
  EXPECT_EQ(NormalizeDuration("in May"), "");
  EXPECT_EQ(NormalizeDuration("for years"), "");
}

}  // namespace
}  // namespace dossier::ingest
