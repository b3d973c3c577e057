#include "graph/model/inline_value.h"

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "gtest/gtest.h"

namespace dossier::graph {
namespace {

std::optional<TermId> Inline(std::string lexical, std::string_view type) {
  return InlineId(Term::Literal(std::move(lexical), std::string(type)));
}

// Inlined or not, the term must come back as written.
void ExpectExact(const std::string& lexical, std::string_view type) {
  const Term term = Term::Literal(lexical, std::string(type));
  const std::optional<TermId> id = InlineId(term);
  if (!id) return;
  const std::optional<Term> back = InlineTerm(*id);
  ASSERT_TRUE(back.has_value()) << lexical;
  EXPECT_EQ(back->value(), lexical);
  EXPECT_EQ(back->datatype(), type);
}

TEST(InlineValue, CanonicalFormsAreInlined) {
  for (const auto& [lexical, type] : std::vector<std::pair<std::string, std::string_view>>{
           {"true", xsd::kBoolean},           {"false", xsd::kBoolean},
           {"0", xsd::kInteger},              {"-1", xsd::kInteger},
           {"576460752303423487", xsd::kInteger}, {"-576460752303423488", xsd::kInteger},
           {"2.5", xsd::kDecimal},            {"0.91", xsd::kDecimal},
           {"-0.000000000000001", xsd::kDecimal}, {"3", xsd::kDecimal},
           {"9.1E-1", xsd::kDouble},          {"1.0E0", xsd::kDouble},
           {"-0.0E0", xsd::kDouble},          {"0.0E0", xsd::kDouble},
           {"NaN", xsd::kDouble},             {"INF", xsd::kDouble},
           {"-INF", xsd::kDouble},            {"3.141592653589793E0", xsd::kDouble},
           {"2020-09-27", xsd::kDate},        {"2020-02-29Z", xsd::kDate},
           {"0000-01-01", xsd::kDate},        {"-0044-03-15", xsd::kDate},
           {"2020-09-27+14:00", xsd::kDate},  {"12000-01-01", xsd::kDate},
           {"2020-09-27T10:00:00", xsd::kDateTime}, {"2020-09-27T10:00:00.5Z", xsd::kDateTime},
           {"2020-09-27T23:59:59.999-05:30", xsd::kDateTime}, {"1969-12-31T00:00:00Z", xsd::kDateTime},
           {"", xsd::kString},                {"Москв", xsd::kString}}) {
    if (lexical.size() > 7 && type == xsd::kString) continue;
    EXPECT_TRUE(Inline(lexical, type).has_value()) << lexical << " " << type;
    ExpectExact(lexical, type);
  }
  EXPECT_TRUE(Inline(std::string("\0ab\0", 4), xsd::kString).has_value());
  ExpectExact(std::string("\0ab\0", 4), xsd::kString);
}

TEST(InlineValue, OtherSpellingsGoToTheDictionary) {
  for (const auto& [lexical, type] : std::vector<std::pair<std::string, std::string_view>>{
           {"1", xsd::kBoolean},        {"TRUE", xsd::kBoolean},      {"01", xsd::kInteger},       {"+1", xsd::kInteger},
           {"-0", xsd::kInteger},       {"", xsd::kInteger},          {"-", xsd::kInteger},        {"1 ", xsd::kInteger},
           {"576460752303423488", xsd::kInteger}, {"99999999999999999999", xsd::kInteger},
           {"2.50", xsd::kDecimal},     {"2.0", xsd::kDecimal},       {".5", xsd::kDecimal},       {"2.", xsd::kDecimal},
           {"-0", xsd::kDecimal},       {"-0.0", xsd::kDecimal},      {"00.5", xsd::kDecimal},     {"1e3", xsd::kDecimal},
           {"1234567890.1234567890123", xsd::kDecimal},
           {"0.91", xsd::kDouble},      {"1E0", xsd::kDouble},        {"1.0e0", xsd::kDouble},     {"1.0E+0", xsd::kDouble},
           {"10.0E0", xsd::kDouble},    {"1.0E00", xsd::kDouble},     {"+INF", xsd::kDouble},      {"inf", xsd::kDouble},
           {"1.0E300", xsd::kDouble},   {"1.00E0", xsd::kDouble},     {"0.1E0", xsd::kDouble},
           {"2021-02-29", xsd::kDate},  {"2020-13-01", xsd::kDate},   {"2020-1-01", xsd::kDate},   {"2020-09-27+00:00", xsd::kDate},
           {"2020-09-27-00:00", xsd::kDate}, {"2020-09-27+14:01", xsd::kDate}, {"02020-09-27", xsd::kDate}, {"-0000-01-01", xsd::kDate},
           {"2020-09-27T24:00:00", xsd::kDateTime}, {"2020-09-27T10:00:00.50", xsd::kDateTime},
           {"2020-09-27T10:00:00.", xsd::kDateTime}, {"2020-09-27T10:00:00.1234", xsd::kDateTime},
           {"2020-09-27T10:00:60", xsd::kDateTime}, {"2020-09-27T10:00", xsd::kDateTime}, {"2020-09-27 10:00:00", xsd::kDateTime},
           {"2020-09-27T10:00:00ZZ", xsd::kDateTime}, {"12345678", xsd::kString}, {"1.0", xsd::kFloat}}) {
    EXPECT_FALSE(Inline(lexical, type).has_value()) << lexical << " " << type;
  }
  EXPECT_FALSE(InlineId(Term::LangLiteral("x", "en")).has_value());
  EXPECT_FALSE(InlineId(Term::Iri("x")).has_value());
  EXPECT_FALSE(InlineId(Term::BlankNode("x")).has_value());
}

TEST(InlineValue, RandomSpellingsComeBackByteForByte) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(Cat("seed ", seed));
  std::mt19937 random(seed);
  const std::string alphabet = "0123456789.-+EeTZ: INFa";
  const std::vector<std::string_view> types = {xsd::kInteger, xsd::kDecimal, xsd::kDouble, xsd::kDate,
                                               xsd::kDateTime, xsd::kString, xsd::kBoolean};
  for (int i = 0; i < 200000; ++i) {
    std::string lexical;
    for (size_t n = random() % 12; n > 0; --n) lexical += alphabet[random() % (random() % 2 == 0 ? 12 : alphabet.size())];
    ExpectExact(lexical, types[random() % types.size()]);
  }
}

TEST(InlineValue, RandomDoublesComeBackInOrder) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(Cat("seed ", seed));
  std::mt19937_64 random(seed);
  std::optional<std::pair<double, TermId>> last;
  int inlined = 0;
  for (int i = 0; i < 100000; ++i) {
    const double d = std::ldexp(static_cast<double>(random()) - 9e18, static_cast<int>(random() % 140) - 130);
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, d, std::chars_format::scientific).ptr;
    std::string text(buffer, end);
    const size_t e = text.find('e');
    std::string lexical = text.substr(0, e);
    if (lexical.find('.') == std::string::npos) lexical += ".0";
    lexical += Cat("E", std::stoi(text.substr(e + 1)));
    ExpectExact(lexical, xsd::kDouble);
    const std::optional<TermId> id = Inline(lexical, xsd::kDouble);
    if (!id) continue;
    ++inlined;
    if (last) {
      EXPECT_EQ(d < last->first, *id < last->second) << d << " " << last->first;
    }
    last = {d, *id};
  }
  EXPECT_GT(inlined, 10000);
}

TEST(InlineValue, RandomDateTimesComeBackInOrder) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(Cat("seed ", seed));
  std::mt19937_64 random(seed);
  std::optional<std::pair<int64_t, TermId>> last;
  for (int i = 0; i < 50000; ++i) {
    const int64_t seconds = static_cast<int64_t>(random() % 200000000000u) - 100000000000;
    const int64_t day = seconds >= 0 ? seconds / 86400 : -((-seconds + 86399) / 86400);
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
    const int64_t rest = seconds - day * 86400;
    char buffer[64];
    const int year = static_cast<int>(date.year());
    std::snprintf(buffer, sizeof buffer, "%s%04d-%02u-%02uT%02d:%02d:%02dZ", year < 0 ? "-" : "", std::abs(year),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(rest / 3600),
                  static_cast<int>(rest / 60 % 60), static_cast<int>(rest % 60));
    const std::optional<TermId> id = Inline(buffer, xsd::kDateTime);
    ASSERT_TRUE(id.has_value()) << buffer;
    ExpectExact(buffer, xsd::kDateTime);
    if (last) {
      EXPECT_EQ(seconds < last->first, *id < last->second) << buffer;
    }
    last = {seconds, *id};
  }
}

TEST(InlineValue, IntegersAndShortStringsKeepTheirOrder) {
  EXPECT_LT(*Inline("-5", xsd::kInteger), *Inline("-4", xsd::kInteger));
  EXPECT_LT(*Inline("-1", xsd::kInteger), *Inline("0", xsd::kInteger));
  EXPECT_LT(*Inline("9", xsd::kInteger), *Inline("10", xsd::kInteger));
  EXPECT_LT(*Inline("", xsd::kString), *Inline("a", xsd::kString));
  EXPECT_LT(*Inline("a", xsd::kString), *Inline("aa", xsd::kString));
  EXPECT_LT(*Inline("az", xsd::kString), *Inline("b", xsd::kString));
}

TEST(InlineValue, AnyIdGivesNothingOrATermThatGivesTheId) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(Cat("seed ", seed));
  std::mt19937_64 random(seed);
  for (int i = 0; i < 200000; ++i) {
    uint64_t payload = random() & TermId::kPayloadMask;
    if (i % 3 == 0) payload >>= random() % 60;
    const TermId id(static_cast<TermId::Tag>(random() % 16), payload);
    const std::optional<Term> term = InlineTerm(id);
    if (term) {
      EXPECT_EQ(InlineId(*term), id) << term->ToNTriples();
    }
  }
}

}  // namespace
}  // namespace dossier::graph
