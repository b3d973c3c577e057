#include "shell/question/verb_forms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shell/question/words.h"

namespace dossier::shell {
namespace {

TEST(VerbForms, TheLikeliestLemmaComesFirst) {
  const std::pair<const char*, const char*> cases[] = {
      {"dismissed", "dismiss"}, {"accused", "accuse"}, {"planned", "plan"},   {"carried", "carry"},   {"fought", "fight"},
      {"dismisses", "dismiss"}, {"says", "say"},       {"carries", "carry"},  {"attacking", "attack"}, {"using", "use"},
      {"dismiss", "dismiss"},   {"met", "meet"},       {"said", "say"},       {"meets", "meet"},      {"urged", "urge"},
      {"killed", "kill"},       {"created", "create"}, {"brought", "bring"},  {"reaches", "reach"},   {"banning", "ban"},
      {"argued", "argue"},      {"belonged", "belong"}, {"told", "tell"},     {"leaving", "leave"},   {"passed", "pass"},
  };
  for (const auto& [form, lemma] : cases) EXPECT_EQ(LemmaCandidates(form).front(), lemma) << form;
}

TEST(VerbForms, OtherReadingsFollow) {
  EXPECT_THAT(LemmaCandidates("hoped"), testing::Contains("hope"));
  EXPECT_THAT(LemmaCandidates("focused"), testing::Contains("focus"));
  EXPECT_THAT(LemmaCandidates("lay"), testing::Contains("lie"));
  EXPECT_THAT(LemmaCandidates("cancelled"), testing::Contains("cancel"));
  EXPECT_THAT(LemmaCandidates(""), testing::IsEmpty());
}

TEST(VerbForms, Participles) {
  EXPECT_TRUE(IsPastParticiple("dismissed"));
  EXPECT_TRUE(IsPastParticiple("taken"));
  EXPECT_FALSE(IsPastParticiple("took"));
  EXPECT_FALSE(IsPastParticiple("dismiss"));
  EXPECT_TRUE(IsGerund("attacking"));
  EXPECT_FALSE(IsGerund("king"));
}

TEST(Words, SplitsAsPeopleType) {
  std::vector<std::string> texts;
  for (const Word& word : SplitWords("Who's  dismissed “Zakir Hasanov”, in the U.S.?")) texts.push_back(word.text);
  EXPECT_THAT(texts, testing::ElementsAre("Who", "is", "dismissed", "Zakir Hasanov", "in", "the", "U.S."));
}

}  // namespace
}  // namespace dossier::shell
