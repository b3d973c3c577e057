// Aggregates (SPARQL 1.1 §18.5.1) and the order of terms (§15.1).
#include <algorithm>

#include "tests/query/expr/expression_fixture.h"

namespace dossier::query {
namespace {

class AggregatesTest : public ExpressionTest {
 protected:
  std::string Of(Aggregate function, const std::vector<std::optional<Term>>& values,
                 const std::string& separator = " ") {
    auto accumulator = Accumulator::Create(function, separator, vocabulary_);
    for (const auto& value : values) {
      EXPECT_TRUE(accumulator->Add(value.has_value() ? Id(*value) : TermId::Unbound()).ok());
    }
    return ShownId(accumulator->Result().value());
  }
};

TEST_F(AggregatesTest, EmptyGroups) {
  EXPECT_EQ(Of(Aggregate::kCount, {}), "\"0\"^^xsd:integer");
  EXPECT_EQ(Of(Aggregate::kSum, {}), "\"0\"^^xsd:integer");
  EXPECT_EQ(Of(Aggregate::kAvg, {}), "\"0\"^^xsd:integer");
  EXPECT_EQ(Of(Aggregate::kMin, {}), "error");
  EXPECT_EQ(Of(Aggregate::kMax, {}), "error");
  EXPECT_EQ(Of(Aggregate::kSample, {}), "error");
  EXPECT_EQ(Of(Aggregate::kGroupConcat, {}), "\"\"");
}

TEST_F(AggregatesTest, Numbers) {
  const std::vector<std::optional<Term>> integers = {Xsd("1", "integer"), Xsd("2", "integer"),
                                                     Xsd("4", "integer")};
  EXPECT_EQ(Of(Aggregate::kCount, integers), "\"3\"^^xsd:integer");
  EXPECT_EQ(Of(Aggregate::kSum, integers), "\"7\"^^xsd:integer");
  EXPECT_EQ(Of(Aggregate::kAvg, integers), "\"2.333333333333333333\"^^xsd:decimal");
  EXPECT_EQ(Of(Aggregate::kMin, integers), "\"1\"^^xsd:integer");
  EXPECT_EQ(Of(Aggregate::kMax, integers), "\"4\"^^xsd:integer");
  const std::vector<std::optional<Term>> mixed = {Xsd("1", "integer"), Xsd("2.2", "decimal"),
                                                  Xsd("10", "integer")};
  EXPECT_EQ(Of(Aggregate::kSum, mixed), "\"13.2\"^^xsd:decimal");
  EXPECT_EQ(Of(Aggregate::kAvg, mixed), "\"4.4\"^^xsd:decimal");
  EXPECT_EQ(Of(Aggregate::kSum, {Xsd("1", "integer"), Xsd("1.5E0", "double")}), "\"2.5E0\"^^xsd:double");
  EXPECT_EQ(Of(Aggregate::kMax, {Xsd("01", "integer"), Xsd("9.5", "decimal"), Xsd("1E1", "double")}),
            "\"1E1\"^^xsd:double");
}

TEST_F(AggregatesTest, SumsLeaveSixtyFourBits) {
  std::vector<std::optional<Term>> values(40, Xsd("576460752303423487", "integer"));  // 2^59 - 1
  EXPECT_EQ(Of(Aggregate::kSum, values), "\"23058430092136939480\"^^xsd:integer");
}

// The w3c test agg-err-01.
TEST_F(AggregatesTest, ErrorsInOneMember) {
  for (const std::optional<Term>& bad : {std::optional<Term>(), std::optional<Term>(Term::Literal("x"))}) {
    const std::vector<std::optional<Term>> values = {Xsd("1", "integer"), bad, Xsd("2", "integer")};
    EXPECT_EQ(Of(Aggregate::kSum, values), "error");
    EXPECT_EQ(Of(Aggregate::kAvg, values), "error");
  }
  const std::vector<std::optional<Term>> values = {std::nullopt, Xsd("1", "integer"), std::nullopt};
  EXPECT_EQ(Of(Aggregate::kMin, values), "error");
  EXPECT_EQ(Of(Aggregate::kMax, values), "error");
  EXPECT_EQ(Of(Aggregate::kCount, values), "\"1\"^^xsd:integer");
  EXPECT_EQ(Of(Aggregate::kSample, values), "\"1\"^^xsd:integer");
}

TEST_F(AggregatesTest, GroupConcat) {
  EXPECT_EQ(Of(Aggregate::kGroupConcat, {Term::Literal("a"), Xsd("22", "integer"), Term::Iri("urn:a")}, "|"),
            "\"a|22|urn:a\"");
  EXPECT_EQ(Of(Aggregate::kGroupConcat, {Term::LangLiteral("a", "en")}), "\"a\"")
      << "simple, as agg-groupconcat-06 wants";
  EXPECT_EQ(Of(Aggregate::kGroupConcat, {Term::Literal(""), Term::Literal("")}, ","), "\",\"");
  EXPECT_EQ(Of(Aggregate::kGroupConcat, {Term::Literal("a"), std::nullopt, Term::BlankNode("b"), Term::Literal("c")}),
            "\"a c\"")
      << "unbound values of an OPTIONAL do not hide the others";
}

TEST_F(AggregatesTest, CountOfRows) {
  auto count = Accumulator::Create(Aggregate::kCount, "", vocabulary_);
  count->AddRows(5);
  count->AddRows(7);
  EXPECT_EQ(ShownId(count->Result().value()), "\"12\"^^xsd:integer");
}

// §15.1 and the w3c tests order-1 and order-2 of SPARQL 1.2.
TEST_F(AggregatesTest, OrderOfTerms) {
  const auto triple = [](const std::string& s, const std::string& p, Term o) {
    return Term::TripleTerm(Term::Iri(s), Term::Iri(p), std::move(o));
  };
  const std::vector<std::optional<Term>> sorted = {
      std::nullopt,
      Term::BlankNode("b"),
      Term::Iri("http://a"),
      Term::Iri("http://b"),
      Xsd("false", "boolean"),
      Xsd("NaN", "double"),
      Xsd("-INF", "double"),
      Xsd("-5", "integer"),
      Xsd("1", "integer"),
      Xsd("1.1", "decimal"),
      Xsd("2E0", "double"),
      Xsd("10", "integer"),
      Xsd("100000000000000000000000", "integer"),
      Xsd("INF", "float"),
      Xsd("2019-12-31T23:59:59Z", "dateTime"),
      Xsd("2020-01-01T00:00:00", "dateTime"),
      Xsd("2020-01-01T00:00:00.5Z", "dateTime"),
      Xsd("2019-01-01", "date"),
      Xsd("P1M", "duration"),
      Xsd("P400D", "duration"),
      Term::Literal(""),
      Term::Literal("B"),
      Term::Literal("a"),
      Term::LangLiteral("a", "de"),
      Term::LangLiteral("a", "en"),
      Term::Literal("x", "urn:t"),
      triple("urn:s", "urn:p", Xsd("-456", "integer")),
      triple("urn:s", "urn:p", Xsd("123", "integer")),
      triple("urn:s", "urn:p", triple("urn:x", "urn:y", Term::Iri("urn:z"))),
      triple("urn:s1", "urn:a", Xsd("999", "integer")),
      triple("urn:s1", "urn:p", Xsd("999", "integer"))};
  TermOrder order(vocabulary_);
  std::vector<TermId> ids;
  for (const auto& term : sorted) ids.push_back(term.has_value() ? Id(*term) : TermId::Unbound());
  ASSERT_TRUE(order.Prepare(absl::MakeConstSpan(ids).subspan(0, 20)).ok());
  for (size_t i = 0; i < ids.size(); ++i) {
    for (size_t j = 0; j < ids.size(); ++j) {
      const int result = TermOrder::Compare(**order.KeyOf(ids[i]), **order.KeyOf(ids[j]));
      EXPECT_EQ(result < 0, i < j) << i << " " << j;
      EXPECT_EQ(result == 0, i == j) << i << " " << j;
    }
  }
}

TEST_F(AggregatesTest, EqualValuesTie) {
  TermOrder order(vocabulary_);
  const auto key = [&](const Term& term) { return *order.KeyOf(Id(term)); };
  EXPECT_EQ(TermOrder::Compare(*key(Xsd("1", "integer")), *key(Xsd("01", "integer"))), 0);
  EXPECT_EQ(TermOrder::Compare(*key(Xsd("1", "integer")), *key(Xsd("1.0", "decimal"))), 0);
  EXPECT_EQ(TermOrder::Compare(*key(Xsd("1", "integer")), *key(Xsd("1E0", "double"))), 0);
  EXPECT_NE(
      TermOrder::Compare(*key(Xsd("9007199254740993", "integer")), *key(Xsd("9007199254740992", "double"))),
      0)
      << "not the same number, though it is when rounded to a double";
}

}  // namespace
}  // namespace dossier::query
