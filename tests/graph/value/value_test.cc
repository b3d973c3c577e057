#include "graph/value/value.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <random>

#include "graph/base/strings.h"
#include "graph/model/inline_value.h"
#include "graph/model/vocabulary.h"
#include "graph/value/float_text.h"

namespace dossier::graph {
namespace {

Value Of(std::string lexical, std::string_view type) {
  return ParseValue(Term::Literal(std::move(lexical), Cat(xsd::kNs, type)));
}

TEST(FloatText, ParsesAndPrints) {
  EXPECT_EQ(CanonicalDouble(*ParseDouble("1000")), "1.0E3");
  EXPECT_EQ(CanonicalDouble(*ParseDouble("+.5e-1")), "5.0E-2");
  EXPECT_EQ(CanonicalDouble(*ParseDouble("-0")), "-0.0E0");
  EXPECT_EQ(CanonicalDouble(*ParseDouble("1.")), "1.0E0");
  EXPECT_EQ(CanonicalDouble(*ParseDouble("-INF")), "-INF");
  EXPECT_EQ(CanonicalDouble(*ParseDouble("NaN")), "NaN");
  EXPECT_EQ(CanonicalDouble(*ParseDouble("1e400")), "INF");
  EXPECT_EQ(CanonicalDouble(*ParseDouble("-1e-400")), "-0.0E0");
  EXPECT_EQ(CanonicalDouble(*ParseDouble("0.0000001e310")), "1.0E303");
  EXPECT_EQ(CanonicalDouble(*ParseDouble("1e99999999999999999999")), "INF");
  EXPECT_EQ(CanonicalDouble(*ParseDouble("1e-99999999999999999999")), "0.0E0");
  EXPECT_EQ(CanonicalFloat(*ParseFloat("0.1")), "1.0E-1");
  EXPECT_EQ(CanonicalFloat(*ParseFloat("3.4028236e38")), "INF");
  for (const char* bad :
       {"", "+", "e5", "1e", "1e+", "0x10", "inf", "nan", "INFINITY", "1.5.5", " 1", "1f"}) {
    EXPECT_FALSE(ParseDouble(bad).has_value()) << bad;
  }
}

TEST(FloatText, RoundTrips) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 20000; ++i) {
    const auto number = std::bit_cast<double>(random());
    if (std::isnan(number)) continue;
    ASSERT_EQ(*ParseDouble(CanonicalDouble(number)), number);
    const auto small = std::bit_cast<float>(static_cast<uint32_t>(random()));
    if (std::isnan(small)) continue;
    ASSERT_EQ(*ParseFloat(CanonicalFloat(small)), small);
  }
}

TEST(Value, TypesOfLiterals) {
  EXPECT_EQ(Of("1", "integer").type(), ValueType::kInteger);
  EXPECT_EQ(Of("127", "byte").type(), ValueType::kInteger);
  EXPECT_EQ(Of("128", "byte").type(), ValueType::kNone);
  EXPECT_EQ(Of("-1", "nonNegativeInteger").type(), ValueType::kNone);
  EXPECT_EQ(Of("0", "negativeInteger").type(), ValueType::kNone);
  EXPECT_EQ(Of("18446744073709551615", "unsignedLong").type(), ValueType::kInteger);
  EXPECT_EQ(Of("18446744073709551616", "unsignedLong").type(), ValueType::kNone);
  EXPECT_EQ(Of("1.0", "integer").type(), ValueType::kNone);
  EXPECT_EQ(Of("TRUE", "boolean").type(), ValueType::kNone);
  EXPECT_EQ(Of("2020-01-01T00:00:00", "dateTimeStamp").type(), ValueType::kNone);
  EXPECT_EQ(Of("a", "string").type(), ValueType::kNone);
  EXPECT_EQ(ParseValue(Term::Iri("urn:a")).type(), ValueType::kNone);
  EXPECT_EQ(ParseValue(Term::LangLiteral("1", "en")).type(), ValueType::kNone);
  EXPECT_EQ(ParseValue(Term::Literal("1", "urn:t")).type(), ValueType::kNone);
}

// The canonical form must be the one graph/model inlines, or computed numbers would get ids other than stored
// ones.
TEST(Value, CanonicalFormsAreInlined) {
  for (const auto& [lexical, type] :
       std::vector<std::pair<std::string, std::string>>{{"007", "integer"},
                                                        {"-0", "integer"},
                                                        {"1.50", "decimal"},
                                                        {"2.0", "decimal"},
                                                        {"-.5", "decimal"},
                                                        {"1e2", "double"},
                                                        {"0.1", "double"},
                                                        {"-0", "double"},
                                                        {"INF", "double"},
                                                        {"1", "boolean"},
                                                        {"2020-01-01+00:00", "date"},
                                                        {"2020-01-01T24:00:00.000Z", "dateTime"}}) {
    const Term term = Of(lexical, type).ToTerm();
    EXPECT_TRUE(InlineId(term).has_value()) << term.ToNTriples();
    EXPECT_EQ(ParseValue(term).ToTerm(), term);
  }
}

// Ids of numbers made from their values are those made from their terms.
TEST(Value, InlinedNumbersWithoutText) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 20000; ++i) {
    auto number = std::bit_cast<double>(random());
    if (i % 2 == 0) number = static_cast<double>(static_cast<int64_t>(random() % 2000) - 1000) / 8;
    const auto id = IdOfDouble(number);
    ASSERT_EQ(id, InlineId(Value::Double(number).ToTerm())) << number;
    if (id.has_value() && !std::isnan(number)) {
      ASSERT_EQ(std::bit_cast<uint64_t>(*DoubleOfId(*id)), std::bit_cast<uint64_t>(number));
    }
    const int64_t mantissa = static_cast<int64_t>(random()) >> (random() % 60);
    const Decimal decimal = Decimal::FromParts(mantissa, static_cast<int>(random() % 20));
    const auto parts = decimal.SmallParts();
    ASSERT_TRUE(parts.has_value());
    const auto decimal_id = IdOfDecimal({parts->coefficient, parts->scale});
    ASSERT_EQ(decimal_id, InlineId(Value::Decimal(decimal).ToTerm())) << decimal.ToString();
    if (!decimal_id.has_value()) continue;
    const auto back = DecimalOfId(*decimal_id);
    ASSERT_EQ(Decimal::FromParts(back->mantissa, back->scale), decimal);
  }
  EXPECT_EQ(IdOfDouble(-0.0), InlineId(Value::Double(-0.0).ToTerm()));
  EXPECT_EQ(IdOfDouble(NAN), InlineId(Value::Double(NAN).ToTerm()));
  EXPECT_EQ(DoubleOfId(TermId(TermId::Tag::kInteger, 0)), std::nullopt);
}

TEST(Value, ExactComparison) {
  const std::vector<Value> ascending = {Of("NaN", "double"),
                                        Of("-INF", "float"),
                                        Of("-1e300", "double"),
                                        Of("-1", "integer"),
                                        Of("0", "double"),
                                        Of("0.1", "decimal"),
                                        Of("0.1", "double"),
                                        Of("1", "integer"),
                                        Of("9007199254740992", "double"),
                                        Of("9007199254740993", "integer"),
                                        Of("9007199254740994", "double"),
                                        Of("INF", "double")};
  for (size_t i = 0; i < ascending.size(); ++i) {
    for (size_t j = 0; j < ascending.size(); ++j) {
      EXPECT_EQ(CompareExactly(ascending[i], ascending[j]) < 0, i < j) << i << " " << j;
      EXPECT_EQ(CompareExactly(ascending[i], ascending[j]) == 0, i == j) << i << " " << j;
    }
  }
}

TEST(Value, PromotedComparison) {
  EXPECT_EQ(Compare(Of("1", "integer"), Of("1.0", "float")), std::partial_ordering::equivalent);
  EXPECT_EQ(Compare(Of("0.1", "decimal"), Of("0.1", "double")), std::partial_ordering::equivalent);
  EXPECT_EQ(Compare(Of("NaN", "double"), Of("1", "integer")), std::partial_ordering::unordered);
  EXPECT_EQ(Compare(Of("1", "integer"), Of("true", "boolean")), std::nullopt);
  EXPECT_EQ(Compare(Of("2020-01-01", "date"), Of("2020-01-01T00:00:00", "dateTime")), std::nullopt);
}

TEST(Value, DivisionByZero) {
  EXPECT_FALSE(Divide(Of("1", "integer"), Of("0", "integer")).has_value());
  EXPECT_FALSE(Divide(Of("PT1S", "dayTimeDuration"), Of("0", "integer")).has_value());
  EXPECT_EQ(Divide(Of("-1", "double"), Of("0", "integer"))->Lexical(), "-INF");
}

TEST(Value, StringForms) {
  EXPECT_EQ(Of("1e0", "double").StringForm(), "1");
  EXPECT_EQ(Of("0.000001", "double").StringForm(), "0.000001");
  EXPECT_EQ(Of("0.0000009", "double").StringForm(), "9.0E-7");
  EXPECT_EQ(Of("1e6", "double").StringForm(), "1.0E6");
  EXPECT_EQ(Of("999999.5", "float").StringForm(), "999999.5");
  EXPECT_EQ(Of("NaN", "float").StringForm(), "NaN");
  EXPECT_EQ(Of("2.0", "decimal").StringForm(), "2");
}

}  // namespace
}  // namespace dossier::graph
