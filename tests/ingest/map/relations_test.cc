// Relations by their meaning: axioms and near verbs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "graph/base/strings.h"
#include "ingest/map/relation_axioms.h"
#include "ingest/map/verb_classes.h"
#include "tests/paths/paths.h"

namespace dossier::ingest {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;

TEST(RelationAxioms, BothWays) {
  EXPECT_THAT(InversesOf("employ"), ElementsAre("work_for"));
  EXPECT_THAT(InversesOf("work_for"), ElementsAre("employ"));
  EXPECT_THAT(OppositesOf("oppose"), Contains("support"));
  EXPECT_TRUE(IsSymmetric("meet_with"));
  EXPECT_FALSE(IsSymmetric("dismiss"));
  EXPECT_TRUE(IsFunctional("be_born_in"));
  EXPECT_TRUE(InversesOf("dismiss").empty());
}

TEST(RelationAxioms, NothingIsItsOwnInverseOrOpposite) {
  for (const auto& [a, b] : AllInverses()) {
    EXPECT_NE(a, b);
    EXPECT_FALSE(IsSymmetric(a) || IsSymmetric(b)) << a;
  }
  for (const auto& [a, b] : AllOpposites()) EXPECT_NE(a, b);
  const auto symmetric = AllSymmetric();
  EXPECT_TRUE(std::is_sorted(symmetric.begin(), symmetric.end()));   // they are searched
}

// docs/vocabulary.ttl declares the same.
TEST(RelationAxioms, AreThoseOfTheVocabulary) {
  std::ifstream in(SourceDirectory() / "docs/vocabulary.ttl");
  std::stringstream text;
  text << in.rdbuf();
  const std::string vocabulary = text.str();
  size_t declared = 0;
  const auto expect = [&](const std::string& line) {
    EXPECT_NE(vocabulary.find(line), std::string::npos) << line;
    ++declared;
  };
  for (const auto& [a, b] : AllInverses()) expect(Cat("rel:", a, " owl:inverseOf rel:", b, " .\n"));
  for (const auto& [a, b] : AllOpposites()) expect(Cat("rel:", a, " owl:propertyDisjointWith rel:", b, " .\n"));
  for (const auto a : AllSymmetric()) expect(Cat("rel:", a, " a owl:SymmetricProperty .\n"));
  for (const auto a : AllFunctional()) expect(Cat("rel:", a, " a owl:FunctionalProperty .\n"));
  size_t lines = 0;
  for (size_t i = vocabulary.find("\nrel:"); i != std::string::npos; i = vocabulary.find("\nrel:", i + 1)) ++lines;
  EXPECT_EQ(lines, declared);
}

TEST(VerbClasses, NearVerbsAndClaims) {
  EXPECT_THAT(NearVerbs("dismiss"), Contains("sack"));
  EXPECT_THAT(NearVerbs("dismiss"), Contains("fire"));
  EXPECT_THAT(NearVerbs("dismiss"), Not(Contains("brush_aside")));   // of WordNet alone
  EXPECT_THAT(NearVerbs("buy"), Contains("purchase"));
  EXPECT_TRUE(NearVerbs("qwertz").empty());
  EXPECT_TRUE(HoldsClaim("say"));
  EXPECT_TRUE(HoldsClaim("note"));
  EXPECT_FALSE(HoldsClaim("dismiss"));
  EXPECT_FALSE(HoldsClaim(""));
}

}  // namespace
}  // namespace dossier::ingest
