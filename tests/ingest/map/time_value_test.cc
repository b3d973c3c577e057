#include "ingest/map/time_value.h"
#include "tests/paths/paths.h"

#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

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

std::vector<std::string> Fields(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream in(line);
  for (std::string field; std::getline(in, field, '|');) {
    field.erase(0, field.find_first_not_of(' '));
    field.erase(field.find_last_not_of(' ') + 1);
    fields.push_back(field);
  }
  fields.resize(4);
  return fields;
}

// times.golden: words | document date | time named before | ISO 8601.
TEST(TimeValue, Golden) {
  std::ifstream in(SourceDirectory() / "tests/ingest/map/times.golden");
  size_t cases = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    const auto f = Fields(line);
    EXPECT_EQ(ToIso(NormalizeTime(f[0], f[1], f[2])), f[3]) << line;
    ++cases;
  }
  EXPECT_GE(cases, 120u);
}

// Any words in any order: an answer is a pair of days in order, or nothing.
TEST(TimeValue, AnyWordsGiveDaysInOrderOrNothing) {
  const std::vector<std::string> words = {
      "early", "late", "mid", "end", "of", "the", "first", "half", "third", "quarter", "last", "next", "this", "that", "same", "following",
      "previous", "past", "week", "weeks", "month", "years", "decade", "centuries", "ago", "later", "earlier", "between", "from", "to", "and",
      "-", "since", "until", "before", "after", "3", "31", "1000", "999", "2020", "9999", "1000s", "2990s", "1st", "30th", "century",
      "february", "may", "october", "monday", "sunday", "spring", "winter", "today", "yesterday", "day", "christmas", "two", "q4", "2020-02-29"};
  std::mt19937 random(7);
  for (int i = 0; i < 50'000; ++i) {
    std::string text;
    for (size_t n = 1 + random() % 6; n > 0; --n) text += words[random() % words.size()] + " ";
    for (const char* date : {"2020-02-29", "0001-01-01", "9999-12-31"}) {
      const TimeValue value = NormalizeTime(text, date, "2024-02-29");
      ASSERT_TRUE(value.begin.empty() || IsIsoDate(value.begin)) << text;
      ASSERT_TRUE(value.end.empty() || IsIsoDate(value.end)) << text;
      ASSERT_TRUE(value.begin.empty() || value.end.empty() || value.begin <= value.end) << text << date;
    }
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
