#include "ingest/fact/confidence.h"

#include <gtest/gtest.h>

namespace dossier::ingest {
namespace {

Fact FactOfRule(const std::string& rule, double prior) {
  Fact fact;
  fact.rule = rule;
  fact.confidence = prior;
  FactTerm end;
  end.entity = 0;
  fact.subject = fact.object = end;
  return fact;
}

std::vector<Sentence> OneSentence(size_t words) {
  std::vector<Sentence> sentences(1);
  sentences[0].tokens.resize(words);
  return sentences;
}

TEST(Confidence, IsAChanceWhateverTheFact) {
  std::vector<Fact> facts = {FactOfRule("verb-dobj", 0.9), FactOfRule("", 0.0), FactOfRule("no-such-rule", 1.0)};
  facts.push_back(Fact{});
  for (const std::string_view model : {"fast-1", "accurate-1", "another"}) {
    std::vector<Fact> calibrated = facts;
    CalibrateFacts(model, OneSentence(12), calibrated);
    for (const Fact& fact : calibrated) {
      EXPECT_GE(fact.confidence, 0.05);
      EXPECT_LE(fact.confidence, 0.99);
    }
  }
}

// What the labelled articles say: plain transitive verbs are right more often than bare copulas.
TEST(Confidence, KnowsGoodRulesFromPoorOnes) {
  for (const std::string_view model : {"fast-1", "accurate-1"}) {
    std::vector<Fact> facts = {FactOfRule("verb-dobj", 0.9), FactOfRule("copula-bare", 0.55)};
    CalibrateFacts(model, OneSentence(12), facts);
    EXPECT_GT(facts[0].confidence, 0.85) << model;
    EXPECT_LT(facts[1].confidence, facts[0].confidence - 0.05) << model;
  }
}

TEST(Confidence, NamesFeaturesOnceEach) {
  Fact fact = FactOfRule("verb-dobj-advcl", 0.75);
  fact.asserted = false;
  const std::string features = FactFeatures(fact, OneSentence(20)[0]);
  for (const char* name : {"rule:verb-dobj=1", "link:advcl=1", "subject:entity=1", "unasserted=1", "prior=1.0986"})
    EXPECT_NE((" " + features + " ").find(" " + std::string(name)), std::string::npos) << name << " in " << features;
}

}  // namespace
}  // namespace dossier::ingest
