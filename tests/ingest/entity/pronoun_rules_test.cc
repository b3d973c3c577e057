// What the clause says about "it" and "they", on trees written by hand.
#include "ingest/entity/pronoun_rules.h"

#include <gtest/gtest.h>

#include "tests/ingest/entity/tree_builder.h"

namespace dossier::ingest {
namespace {

// The first "it" or "they" of the tree.
TokenIndex PronounOf(const ParsedSentence& view) {
  for (TokenIndex i = 0; i < view.size(); ++i) {
    if (view.Lower(i) == "it" || view.Lower(i) == "they" || view.Lower(i) == "them") return i;
  }
  return kNoToken;
}

bool Expletive(const std::string& line) {
  const Sentence sentence = Tree(line);
  const ParsedSentence view(sentence);
  return IsExpletive(view, PronounOf(view), Lexicon::Default());
}

Wanted WantedIn(const std::string& line) {
  const Sentence sentence = Tree(line);
  const ParsedSentence view(sentence);
  return WantedBy(view, PronounOf(view), Lexicon::Default());
}

TEST(PronounRules, ExtraposedClausesLeaveItEmpty) {
  EXPECT_TRUE(Expletive("It|PRON|2|nsubj remains|VERB|0|root|remain to|PART|5|mark be|AUX|5|aux:pass seen|VERB|2|xcomp|see"));
  EXPECT_TRUE(Expletive("It|PRON|3|nsubj is|AUX|3|cop|be clear|ADJ|0|root that|SCONJ|6|mark talks|NOUN|6|nsubj failed|VERB|3|ccomp|fail"));
  EXPECT_TRUE(Expletive("It|PRON|3|nsubj is|AUX|3|cop|be unclear|ADJ|0|root if|SCONJ|6|mark talks|NOUN|6|nsubj failed|VERB|3|advcl|fail"));
  EXPECT_TRUE(Expletive("It|PRON|3|nsubj is|AUX|3|cop|be hard|ADJ|0|root to|PART|5|mark sleep|VERB|3|xcomp"));
  EXPECT_TRUE(Expletive("It|PRON|2|nsubj seems|VERB|0|root|seem that|SCONJ|5|mark talks|NOUN|5|nsubj failed|VERB|2|ccomp|fail"));
  EXPECT_TRUE(Expletive("It|PRON|3|nsubj:pass was|AUX|3|aux:pass|be said|VERB|0|root|say that|SCONJ|6|mark talks|NOUN|6|nsubj failed|VERB|3|ccomp|fail"));
  EXPECT_TRUE(Expletive("Ann|PROPN|2|nsubj made|VERB|0|root|make it|PRON|2|obj clear|ADJ|2|xcomp that|SCONJ|7|mark talks|NOUN|7|nsubj failed|VERB|2|ccomp|fail"));
  EXPECT_TRUE(Expletive("It|PRON|2|nsubj took|VERB|0|root|take ten|NUM|4|nummod years|NOUN|2|obj|year to|PART|6|mark build|VERB|2|advcl"));
}

TEST(PronounRules, WhatItDoesItselfLeavesItFull) {
  EXPECT_FALSE(Expletive("It|PRON|3|nsubj is|AUX|3|cop|be ready|ADJ|0|root to|PART|5|mark sell|VERB|3|xcomp"));
  EXPECT_FALSE(Expletive("It|PRON|2|nsubj seems|VERB|0|root|seem to|PART|4|mark work|VERB|2|xcomp"));
  EXPECT_FALSE(Expletive("It|PRON|2|nsubj says|VERB|0|root|say that|SCONJ|5|mark talks|NOUN|5|nsubj failed|VERB|2|ccomp|fail"));
  EXPECT_FALSE(Expletive("It|PRON|3|nsubj:pass was|AUX|3|aux:pass|be told|VERB|0|root|tell that|SCONJ|6|mark talks|NOUN|6|nsubj failed|VERB|3|ccomp|fail"));
  EXPECT_FALSE(Expletive("It|PRON|3|nsubj is|AUX|3|cop|be profitable|ADJ|0|root if|SCONJ|6|mark talks|NOUN|6|nsubj fail|VERB|3|advcl"));
  EXPECT_FALSE(Expletive("It|PRON|2|nsubj took|VERB|0|root|take steps|NOUN|2|obj|step to|PART|5|mark build|VERB|2|advcl"));
  EXPECT_FALSE(Expletive("They|PRON|2|nsubj remain|VERB|0|root to|PART|5|mark be|AUX|5|aux:pass seen|VERB|2|xcomp|see"));
}

TEST(PronounRules, AnObjectAnnouncesOnlyAMarkedClause) {
  EXPECT_FALSE(Expletive("Ann|PROPN|2|nsubj finds|VERB|0|root|find it|PRON|2|obj dull|ADJ|2|xcomp Bob|PROPN|6|nsubj left|VERB|2|ccomp|leave"));
  EXPECT_TRUE(Expletive("Ann|PROPN|2|nsubj finds|VERB|0|root|find it|PRON|2|obj hard|ADJ|2|xcomp to|PART|6|mark sleep|VERB|4|xcomp"));
}

TEST(PronounRules, CleftsPickOutWhatIsKnown) {
  EXPECT_TRUE(Expletive("It|PRON|3|nsubj was|AUX|3|cop|be Ann|PROPN|0|root who|PRON|5|nsubj left|VERB|3|acl:relcl|leave"));
  EXPECT_FALSE(Expletive("It|PRON|4|nsubj is|AUX|4|cop|be a|DET|4|det firm|NOUN|0|root that|PRON|6|nsubj sells|VERB|4|acl:relcl|sell"));
}

TEST(PronounRules, WeatherAndCalendarHaveNoSubject) {
  EXPECT_TRUE(Expletive("It|PRON|2|nsubj rained|VERB|0|root|rain"));
  EXPECT_TRUE(Expletive("It|PRON|3|nsubj is|AUX|3|cop|be Monday|PROPN|0|root"));
  EXPECT_FALSE(Expletive("It|PRON|2|nsubj poured|VERB|0|root|pour water|NOUN|2|obj"));
  EXPECT_FALSE(Expletive("It|PRON|4|nsubj is|AUX|4|cop|be a|DET|4|det ship|NOUN|0|root"));
}

TEST(PronounRules, VerbsAskForMindsOrThings) {
  EXPECT_EQ(WantedIn("It|PRON|2|nsubj decided|VERB|0|root|decide"), Wanted::kMind);
  EXPECT_EQ(WantedIn("They|PRON|2|nsubj say|VERB|0|root so|ADV|2|advmod"), Wanted::kMind);
  EXPECT_EQ(WantedIn("They|PRON|3|nsubj:pass were|AUX|3|aux:pass|be imported|VERB|0|root|import"), Wanted::kThing);
  EXPECT_EQ(WantedIn("Ann|PROPN|2|nsubj builds|VERB|0|root|build them|PRON|2|obj"), Wanted::kThing);
  EXPECT_EQ(WantedIn("They|PRON|2|nsubj import|VERB|0|root rice|NOUN|2|obj"), Wanted::kAnything);
  EXPECT_EQ(WantedIn("It|PRON|2|nsubj fell|VERB|0|root|fall"), Wanted::kAnything);
}

}  // namespace
}  // namespace dossier::ingest
