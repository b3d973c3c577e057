#include "ingest/map/time_value.h"

#include <gtest/gtest.h>

#include <string>

namespace dossier::ingest {
namespace {

std::string Show(std::string_view words, std::string_view document_date = "2020-11-29") {
  const TimeValue value = NormalizeTime(words, document_date);
  return value.datatype.empty() ? "words" : value.lexical + " " + std::string(value.datatype);
}

TEST(TimeValue, Absolute) {
  EXPECT_EQ(Show("on 3 March 2021"), "2021-03-03 date");
  EXPECT_EQ(Show("September 27, 2020"), "2020-09-27 date");
  EXPECT_EQ(Show("27th of Sept. 2020"), "2020-09-27 date");
  EXPECT_EQ(Show("in September 2020"), "2020-09 gYearMonth");
  EXPECT_EQ(Show("2014"), "2014 gYear");
  EXPECT_EQ(Show("2020-09-27"), "2020-09-27 date");
}

TEST(TimeValue, RelativeToTheDocument) {
  EXPECT_EQ(Show("yesterday"), "2020-11-28 date");
  EXPECT_EQ(Show("on Sunday"), "2020-11-29 date");
  EXPECT_EQ(Show("Monday"), "2020-11-23 date");
  EXPECT_EQ(Show("last year"), "2019 gYear");
  EXPECT_EQ(Show("in December"), "2019-12 gYearMonth");
  EXPECT_EQ(Show("on 27 September"), "2020-09-27 date");
  EXPECT_EQ(Show("yesterday", ""), "words");
  EXPECT_EQ(Show("in December", "soon"), "words");
}

TEST(TimeValue, WhatIsNotExactStaysWords) {
  for (const char* words :
       {"in early October", "recently", "for years", "", "  ", "31 February 2020", "March March 2020",
        "99999", "the", "between 1 and 2 March 2020 or thereabouts"}) {
    EXPECT_EQ(Show(words), "words") << words;
  }
}

TEST(TimeValue, IsoDates) {
  EXPECT_TRUE(IsIsoDate("2020-02-29"));
  EXPECT_FALSE(IsIsoDate("2021-02-29"));
  EXPECT_FALSE(IsIsoDate("2021-2-9"));
  EXPECT_FALSE(IsIsoDate("+021-02-09"));
  EXPECT_FALSE(IsIsoDate(""));
}

}  // namespace
}  // namespace dossier::ingest
