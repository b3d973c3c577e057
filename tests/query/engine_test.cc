// The engine from outside: forms of results, limits, errors, plans.
#include "query/engine.h"

#include <gtest/gtest.h>

#include <atomic>

#include "graph/base/strings.h"
#include "tests/query/support/fake_store.h"
#include "tests/query/support/result_set.h"

namespace dossier::query {
namespace {

using graph::Quad;
using graph::Term;

std::vector<Quad> Chain(int length) {
  std::vector<Quad> quads;
  for (int i = 0; i < length; ++i) {
    quads.emplace_back(Term::Iri(Cat("urn:n", i)), Term::Iri("urn:next"), Term::Iri(Cat("urn:n", i + 1)));
  }
  return quads;
}

TEST(Engine, ColumnsComeInTheOrderOfSelect) {
  const FakeStore store(Chain(2));
  const auto result = Engine(store).Run("SELECT ?b ?never ?a { ?a <urn:next> ?b }", {});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ((*result)->form(), ResultForm::kSelect);
  EXPECT_EQ((*result)->columns(), (std::vector<std::string>{"b", "never", "a"}));
  ResultRows rows;
  ASSERT_TRUE((*result)->Next(rows).ok());
  ASSERT_EQ(rows.rows.size(), 2u);
  EXPECT_FALSE(rows.rows[0][1].has_value());
  EXPECT_EQ(rows.rows[0][0]->value(), "urn:n1");
  ASSERT_TRUE((*result)->Next(rows).ok());
  EXPECT_TRUE(rows.rows.empty());
  ASSERT_TRUE((*result)->Next(rows).ok()) << "asking again after the end is allowed";
  EXPECT_TRUE(rows.rows.empty());
}

TEST(Engine, AskingForTheWrongForm) {
  const FakeStore store(Chain(2));
  const auto ask = Engine(store).Run("ASK { ?a <urn:next> ?b }", {});
  ASSERT_TRUE(ask.ok());
  ResultRows rows;
  EXPECT_TRUE(absl::IsFailedPrecondition((*ask)->Next(rows)));
  EXPECT_TRUE(*(*ask)->Boolean());
  EXPECT_TRUE(*(*ask)->Boolean()) << "the answer stays";
}

TEST(Engine, SyntaxErrorsCarryTheirPosition) {
  const FakeStore store({});
  const auto result = Engine(store).Run("SELECT *\n{ ?x ?y }", {});
  ASSERT_FALSE(result.ok());
  ASSERT_TRUE(PositionOf(result.status()).has_value());
  EXPECT_EQ(PositionOf(result.status())->line, 2u);
}

TEST(Engine, DefaultPrefixesCanBeOff) {
  const FakeStore store({});
  QueryOptions options;
  EXPECT_TRUE(Engine(store).Run("SELECT * { ?x rel:dismiss ?y }", options).ok());
  options.default_prefixes = false;
  EXPECT_FALSE(Engine(store).Run("SELECT * { ?x rel:dismiss ?y }", options).ok());
}

TEST(Engine, DeadlineStopsACrossProduct) {
  const FakeStore store(Chain(300));
  QueryOptions options;
  options.timeout = std::chrono::milliseconds(100);
  const auto result = RunQuery(
      Engine(store), "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", options);
  EXPECT_TRUE(absl::IsDeadlineExceeded(result.status())) << result.status();
  EXPECT_NE(MessageOf(result.status()).find("100 ms"), std::string::npos) << result.status();
}

TEST(Engine, MemoryLimitStopsASortAndNamesIt) {
  const FakeStore store(Chain(300));
  QueryOptions options;
  options.memory_limit = 64 << 10;
  const auto result = RunQuery(Engine(store), "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a", options);
  EXPECT_TRUE(absl::IsResourceExhausted(result.status())) << result.status();
  const std::string message = MessageOf(result.status());  // of the operator, or of the keys it makes
  EXPECT_TRUE(message.find("sort") != std::string::npos || message.find("ORDER BY") != std::string::npos)
      << message;
}

TEST(Engine, MemoryLimitStopsAPath) {
  const FakeStore store(Chain(300));
  QueryOptions options;
  options.memory_limit = 64 << 10;
  const auto result = RunQuery(Engine(store), "SELECT * { ?a <urn:next>+ ?b }", options);
  EXPECT_TRUE(absl::IsResourceExhausted(result.status())) << result.status();
}

TEST(Engine, CancellationStopsAQuery) {
  const FakeStore store(Chain(10));
  std::atomic<bool> cancelled = false;
  QueryOptions options;
  options.cancelled = &cancelled;
  const auto result = Engine(store).Run("SELECT * { ?a ?b ?c }", options);
  ASSERT_TRUE(result.ok());
  cancelled = true;
  ResultRows rows;
  EXPECT_TRUE(absl::IsCancelled((*result)->Next(rows)));
}

TEST(Engine, AHugeGroupIsRefusedNotOverflowed) {
  const FakeStore store(Chain(2));
  std::string query = "SELECT * { ";
  for (int i = 0; i < 3000; ++i) Append(query, "?v", i, " <urn:next> ?v", i + 1, " . ");
  const auto result = RunQuery(Engine(store), query + "}", {});
  EXPECT_TRUE(absl::IsResourceExhausted(result.status())) << result.status();
}

TEST(Engine, ALargeGroupIsPlanned) {
  const FakeStore store(Chain(400));
  std::string query = "SELECT ?v0 { ";
  for (int i = 0; i < 300; ++i) Append(query, "?v", i, " <urn:next> ?v", i + 1, " . ");
  QueryOptions options;
  options.timeout = std::chrono::seconds(60);
  const auto result = RunQuery(Engine(store), query + "}", options);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->rows.size(), 101u);
}

TEST(Engine, ManyBranchesAndManyConditions) {
  const FakeStore store(Chain(3));
  std::string unions = "SELECT * { { ?a <urn:next> ?b }",
              conditions = "SELECT * { ?a <urn:next> ?b FILTER(true";
  for (int i = 0; i < 5000; ++i) {
    Append(unions, " UNION { <urn:n", i, "> <urn:next> ?b }");
    Append(conditions, " && ?a != <urn:x", i, ">");
  }
  const auto a = RunQuery(Engine(store), unions + " }", {});
  ASSERT_TRUE(a.ok()) << a.status();
  EXPECT_EQ(a->rows.size(), 6u);
  const auto c = RunQuery(Engine(store), unions + " FILTER(?b != <urn:n1>) }", {});
  ASSERT_TRUE(c.ok()) << c.status();
  EXPECT_EQ(c->rows.size(), 4u);
  const auto b = RunQuery(Engine(store), conditions + ") }", {});
  ASSERT_TRUE(b.ok()) << b.status();
  EXPECT_EQ(b->rows.size(), 3u);
}

TEST(Engine, DeepNestingIsFine) {
  const FakeStore store(Chain(5));
  std::string optionals = "SELECT * { ?v <urn:next> ?v0", groups = "SELECT * ", ends;
  for (int i = 0; i < 150; ++i) {
    Append(optionals, " OPTIONAL { ?v", i, " <urn:next> ?v", i + 1);
    Append(groups, "{ FILTER(true) ");
    ends += " }";
  }
  const auto a = RunQuery(Engine(store), Cat(optionals, ends, " }"), {});
  ASSERT_TRUE(a.ok()) << a.status();
  EXPECT_EQ(a->rows.size(), 5u);
  const auto b = RunQuery(Engine(store), Cat(groups, "?a <urn:next> ?b", ends), {});
  ASSERT_TRUE(b.ok()) << b.status();
  EXPECT_EQ(b->rows.size(), 5u);
}

TEST(Engine, ExplainShowsThePlanAndAnalyzeTheRows) {
  const FakeStore store(Chain(20));
  QueryOptions options;
  options.analyze = true;
  const auto result = Engine(store).Run("SELECT ?c { <urn:n3> <urn:next> ?b . ?b <urn:next> ?c }", options);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_NE((*result)->Explain().find("index join ?b <urn:next> ?c by s"), std::string::npos)
      << (*result)->Explain();
  ASSERT_TRUE(Drain(**result).ok());
  EXPECT_NE((*result)->Explain().find("-> 1 rows"), std::string::npos) << (*result)->Explain();
}

TEST(Engine, ExplainOfATopK) {
  const FakeStore store(Chain(20));
  const auto result = Engine(store).Run("SELECT ?a { ?a <urn:next> ?b } ORDER BY ?b LIMIT 3", {});
  ASSERT_TRUE(result.ok());
  EXPECT_NE((*result)->Explain().find("top-k 3"), std::string::npos) << (*result)->Explain();
}

TEST(Engine, ExistsBecomesASemiJoin) {
  const FakeStore store(Chain(20));
  const auto result =
      Engine(store).Run("SELECT ?a { ?a <urn:next> ?b FILTER NOT EXISTS { ?b <urn:next> ?c } }", {});
  ASSERT_TRUE(result.ok());
  EXPECT_NE((*result)->Explain().find("semi join not"), std::string::npos) << (*result)->Explain();
}

TEST(Engine, ReifiersStartFromTheSmallerSide) {
  std::vector<Quad> quads;
  const Term reifies = Term::Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies");
  for (int i = 0; i < 500; ++i) {
    const Term s = Term::Iri(Cat("urn:s", i)), o = Term::Iri(Cat("urn:o", i));
    const Term p = Term::Iri(i < 3 ? "urn:dossier:relation/dismiss" : "urn:other");
    quads.emplace_back(s, p, o);
    quads.emplace_back(Term::BlankNode(Cat("m", i)), reifies, Term::TripleTerm(s, p, o));
  }
  const FakeStore store(quads);
  const auto result = Engine(store).Run("SELECT ?who ?whom { ?who rel:dismiss ?whom ~ ?r }", {});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_NE((*result)->Explain().find("nest"), std::string::npos) << (*result)->Explain();
  const auto rows = Drain(**result);
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_EQ(rows->rows.size(), 3u);
}

TEST(Engine, PrintsItsTrees) {
  const FakeStore store({});
  const auto ast = Engine::PrintAst("select*{?s ?p ?o}", {});
  ASSERT_TRUE(ast.ok()) << ast.status();
  EXPECT_NE(ast->find("SELECT *"), std::string::npos) << *ast;
  const auto algebra = Engine(store).PrintAlgebra("select*{?s ?p ?o}", {});
  ASSERT_TRUE(algebra.ok()) << algebra.status();
  EXPECT_NE(algebra->find("(bgp"), std::string::npos) << *algebra;
}

}  // namespace
}  // namespace dossier::query
