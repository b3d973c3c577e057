// The containers that keep to the memory budget: packed terms, columns in blocks, charged vectors.
#include <gtest/gtest.h>

#include "query/exec/charged_vector.h"
#include "query/exec/term_arena.h"
#include "query/exec/term_column.h"

namespace dossier::query {
namespace {

using graph::Direction;
using graph::Term;
using graph::TermId;

std::vector<Term> ManyTerms() {
  const std::string xsd = "http://www.w3.org/2001/XMLSchema#";
  std::vector<Term> terms = {Term::Iri("http://example/a"),
                             Term::Iri(""),
                             Term::BlankNode("b"),
                             Term::Literal(""),
                             Term::Literal("http://example/a"),
                             Term::Literal("b", xsd + "integer"),
                             Term::Literal("b", xsd),
                             Term::Literal("b", "http://example/datatype"),
                             Term::Literal("b", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"),
                             Term::LangLiteral("b", "en"),
                             Term::LangLiteral("b", "en-GB"),
                             Term::LangLiteral("b", "en", Direction::kLtr),
                             Term::LangLiteral("b", "en", Direction::kRtl),
                             Term::Literal(std::string("a\0b", 3)),
                             Term::Literal(std::string(100'000, 'x')),
                             Term::Literal(std::string(100'000, 'x') + "y")};
  terms.push_back(Term::TripleTerm(terms[0], terms[1], terms[3]));
  terms.push_back(Term::TripleTerm(terms[0], terms[1], terms[9]));
  terms.push_back(Term::TripleTerm(terms[2], terms[1], terms.back()));
  for (int i = 0; i < 20'000; ++i) terms.push_back(Term::Literal("number " + std::to_string(i)));
  return terms;
}

TEST(TermArena, KeepsTermsAsTheyWere) {
  const std::vector<Term> terms = ManyTerms();
  TermArena arena;
  for (size_t i = 0; i < terms.size(); ++i) ASSERT_EQ(arena.Add(terms[i]), i);
  for (size_t i = 0; i < terms.size(); ++i) {
    const Term back = arena.Get(i);
    ASSERT_EQ(back, terms[i]) << i;
    ASSERT_EQ(back.datatype(), terms[i].datatype());
    ASSERT_EQ(back.language(), terms[i].language());
  }
}

TEST(TermArena, EqualityIsThatOfTerms) {
  std::vector<Term> terms = ManyTerms();
  terms.resize(60);
  TermArena arena;
  for (const Term& term : terms) arena.Add(term);
  for (size_t i = 0; i < terms.size(); ++i) {
    for (size_t k = 0; k < terms.size(); ++k) EXPECT_EQ(arena.Equals(i, terms[k]), terms[i] == terms[k]) << i << " " << k;
  }
  const uint64_t tagged = arena.Add(Term::LangLiteral("x", "en-GB"));
  EXPECT_TRUE(arena.Equals(tagged, Term::LangLiteral("x", "EN-gb"))) << "tags have no case";
  EXPECT_EQ(arena.Get(tagged).language(), "en-GB") << "but keep theirs";
}

TEST(TermColumn, AppendsAndClears) {
  TermColumn column;
  std::vector<TermId> ids;
  for (uint64_t i = 0; i < 5'000; ++i) ids.emplace_back(TermId::Tag::kInteger, i);
  for (size_t at = 0, step = 1; at < ids.size(); at += step, step = step % 700 + 13) column.Append(ids, at, std::min(ids.size(), at + step));
  ASSERT_EQ(column.size(), ids.size());
  for (size_t i = 0; i < ids.size(); ++i) ASSERT_EQ(column[i], ids[i]);
  column.Clear();
  EXPECT_EQ(column.size(), 0u);
  column.Append(ids, 3);
  ASSERT_EQ(column.size(), 3u);
  EXPECT_EQ(column[2], ids[2]);
}

TEST(ChargedVector, ChargesWhatItHoldsAndGivesItBack) {
  QueryContext context;
  context.SetMemoryLimit(10'000);
  {
    ChargedVector<uint64_t> numbers(context, "numbers");
    for (uint64_t i = 0; i < 300; ++i) {
      ASSERT_TRUE(numbers.MakeRoom(1).ok());
      numbers.Add(i);
    }
    EXPECT_GE(context.memory_used(), 300 * sizeof(uint64_t));
    for (uint64_t i = 0; i < 300; ++i) ASSERT_EQ(numbers[i], i);
    const absl::Status refused = numbers.MakeRoom(2'000);
    EXPECT_TRUE(absl::IsResourceExhausted(refused)) << refused;
    EXPECT_EQ(numbers.size(), 300u) << "a refusal changes nothing";
    ChargedVector<uint64_t> moved = std::move(numbers);
    EXPECT_EQ(moved.size(), 300u);
  }
  EXPECT_EQ(context.memory_used(), 0u);
}

}  // namespace
}  // namespace dossier::query
