// What every query runs under and the terms it makes: query/exec/query_context.h, vocabulary.h.
#include <thread>

#include "tests/query/expr/expression_fixture.h"

namespace dossier::query {
namespace {

TEST(QueryContext, Deadline) {
  QueryContext context;
  EXPECT_TRUE(context.Check().ok());
  context.SetTimeout(std::chrono::hours(1));
  EXPECT_TRUE(context.Check().ok());
  context.SetTimeout(std::chrono::milliseconds(-1));
  const absl::Status status = context.Check();
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_NE(MessageOf(status).find("time limit of -1 ms"), std::string::npos);
}

TEST(QueryContext, Cancellation) {
  QueryContext context;
  std::atomic<bool> flag = false;
  context.SetCancellationFlag(&flag);
  EXPECT_TRUE(context.Check().ok());
  flag = true;
  EXPECT_EQ(context.Check().code(), absl::StatusCode::kCancelled);
}

TEST(QueryContext, MemoryBudget) {
  QueryContext context;
  context.SetMemoryLimit(1000);
  EXPECT_TRUE(context.Charge(600, "hash join").ok());
  const absl::Status refused = context.Charge(401, "sort");
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(MessageOf(refused), "the query needs more than its memory limit of 1000 bytes (sort)");
  EXPECT_EQ(context.memory_used(), 600u) << "a refused charge is not kept";
  EXPECT_TRUE(context.Charge(-600, "hash join").ok());
  EXPECT_EQ(context.memory_used(), 0u);
  EXPECT_FALSE(context.Charge(INT64_MAX, "everything").ok());
}

TEST(QueryContext, ChargesFromManyThreads) {
  QueryContext context;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 10000; ++i) {
        if (context.Charge(3, "test").ok()) context.Charge(-1, "test").IgnoreError();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(context.memory_used(), 4u * 10000u * 2u);
}

class VocabularyTest : public ExpressionTest {};

TEST_F(VocabularyTest, EqualTermsHaveEqualIds) {
  const Term stored = Term::Literal("a string of the store");
  EXPECT_EQ(Id(stored), snapshot_.Find(stored).value()) << "the store's id";
  const Term made = Term::LangLiteral("made by the query", "en");
  EXPECT_TRUE(Id(made).is_local());
  EXPECT_EQ(Id(made), Id(Term::LangLiteral("made by the query", "EN")));
  EXPECT_NE(Id(made), Id(Term::LangLiteral("made by the query", "de")));
  EXPECT_EQ(Id(Xsd("5", "integer")).tag(), TermId::Tag::kInteger);
  EXPECT_TRUE(Id(Xsd("05", "integer")).is_local()) << "not canonical, so not inlined";
  const Term triple = Term::TripleTerm(Term::Iri("urn:s"), Term::Iri("urn:p"), made);
  EXPECT_EQ(Id(triple), Id(Term::TripleTerm(Term::Iri("urn:s"), Term::Iri("urn:p"), made)));
  for (const Term& term : {stored, made, triple, Xsd("5", "integer"), Xsd("2020-01-01", "date")}) {
    EXPECT_EQ(vocabulary_.Lookup(Id(term)).value(), term);
  }
}

TEST_F(VocabularyTest, LookupManyKeepsTheOrder) {
  const std::vector<std::optional<Term>> wanted = {
      Term::Iri("urn:p"),  std::nullopt,       Term::Literal("made by the query"),
      Xsd("5", "integer"), Term::Iri("urn:s"), Term::Iri("urn:p")};
  std::vector<TermId> ids;
  for (const auto& term : wanted) ids.push_back(term.has_value() ? Id(*term) : TermId::Unbound());
  std::vector<std::optional<Term>> terms;
  ASSERT_TRUE(vocabulary_.LookupMany(ids, terms).ok());
  EXPECT_EQ(terms, wanted);
}

TEST_F(VocabularyTest, UnknownIdsAreDamage) {
  EXPECT_EQ(vocabulary_.Lookup(TermId(TermId::Tag::kIri, 12345)).status().code(),
            absl::StatusCode::kDataLoss);
  EXPECT_EQ(vocabulary_.Lookup(TermId(TermId::Tag::kLocal, 12345)).status().code(),
            absl::StatusCode::kDataLoss);
  std::vector<std::optional<Term>> terms;
  const std::vector<TermId> ids = {TermId(TermId::Tag::kLiteral, 999)};
  EXPECT_EQ(vocabulary_.LookupMany(ids, terms).code(), absl::StatusCode::kDataLoss);
}

TEST_F(VocabularyTest, MadeTermsAreCharged) {
  context_.SetMemoryLimit(100000);
  EXPECT_TRUE(vocabulary_.Intern(Term::Literal(std::string(10000, 'x'))).ok());
  EXPECT_GE(context_.memory_used(), 10000u);
  EXPECT_EQ(vocabulary_.Intern(Term::Literal(std::string(100000, 'y'))).status().code(),
            absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace dossier::query
