#include "shell/question/grammar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

namespace dossier::shell {
namespace {

class SomeVerbs : public VerbKnowledge {
 public:
  bool IsVerb(std::string_view lemma) const override { return verbs_.contains(lemma); }

 private:
  std::set<std::string, std::less<>> verbs_ = {"dismiss", "advise", "accuse",  "say",   "meet",  "report", "note",  "wage",
                                               "buy",     "attack", "support", "carry", "replace", "name", "plan", "sign",
                                               "give",    "fight",  "invade",  "talk",  "house", "put",  "broadcast", "warn", "operate"};
};

std::string Parsed(std::string_view question) {
  const auto parsed = ParseQuestion(question, SomeVerbs());
  return parsed.ok() ? ToString(*parsed) : "error: " + MessageOf(parsed.status());
}

struct Case {
  const char* question;
  const char* expected;
};
// Names the case in test lists; the default prints pointers, which change from run to run.
void PrintTo(const Case& c, std::ostream* out) { *out << c.question; }

class QuestionTable : public testing::TestWithParam<Case> {};

TEST_P(QuestionTable, Parses) { EXPECT_EQ(Parsed(GetParam().question), GetParam().expected) << GetParam().question; }

constexpr Case kWho[] = {
    {"who dismissed whom", "clause verb=dismissed subject=who? object=who?"},
    {"Who has dismissed whom?", "clause verb=dismissed subject=who? object=who?"},
    {"who did not dismiss whom", "clause verb=dismiss negated subject=who? object=who?"},
    {"who didn't dismiss the minister", "clause verb=dismiss negated subject=who? object=\"the minister\""},
    {"who dismissed Zakir Hasanov?", "clause verb=dismissed subject=who? object=\"Zakir Hasanov\""},
    {"who dismissed someone", "clause verb=dismissed subject=who?"},
    {"who recently dismissed \"the Minister of Defense\"",
     "clause verb=dismissed subject=who? object=\"the Minister of Defense\""},
    {"who accused whom of what", "clause verb=accused subject=who? object=who? of=what?"},
    {"who accused Sadikhov of treason", "clause verb=accused subject=who? object=\"Sadikhov\" of=\"treason\""},
    {"who met with Putin", "clause verb=met subject=who? with=\"Putin\""},
    {"who reported directly to whom", "clause verb=reported subject=who? to=who?"},
    {"who carried out the attack on Armenia", "clause verb=carried subject=who? out=\"the attack\" on=\"Armenia\""},
    {"who said what", "clause verb=said subject=who? object=what?"},
    {"who is attacking Armenia", "clause verb=attacking subject=who? object=\"Armenia\""},
    {"who will attack Armenia", "clause verb=attack subject=who? object=\"Armenia\""},
};
INSTANTIATE_TEST_SUITE_P(Who, QuestionTable, testing::ValuesIn(kWho));

constexpr Case kWhom[] = {
    {"whom did Azerbaijan dismiss", "clause verb=dismiss subject=\"Azerbaijan\" object=who?"},
    {"who did the Turkish military advisors advise?", "clause verb=advise subject=\"the Turkish military advisors\" object=who?"},
    {"what did Putin note", "clause verb=note subject=\"Putin\" object=what?"},
    {"what has Vladimir Putin said", "clause verb=said subject=\"Vladimir Putin\" object=what?"},
    {"what did Putin say about Azerbaijan", "clause verb=say subject=\"Putin\" object=what? about=\"Azerbaijan\""},
    {"whom did Guliev report to", "clause verb=report subject=\"Guliev\" to=who?"},
    {"whom did Guliev accuse of treason", "clause verb=accuse subject=\"Guliev\" object=who? of=\"treason\""},
    {"whom did Azerbaijan not dismiss", "clause verb=dismiss negated subject=\"Azerbaijan\" object=who?"},
};
INSTANTIATE_TEST_SUITE_P(Whom, QuestionTable, testing::ValuesIn(kWhom));

constexpr Case kPassive[] = {
    {"who was dismissed", "clause verb=dismissed object=who?"},
    {"who was dismissed by Azerbaijan", "clause verb=dismissed subject=\"Azerbaijan\" object=who?"},
    {"who was dismissed by whom", "clause verb=dismissed subject=who? object=who?"},
    {"who has been formally accused of treason", "clause verb=accused object=who? of=\"treason\""},
    {"who was Hasanov dismissed by", "clause verb=dismissed subject=what? object=\"Hasanov\""},
    {"by whom was Zakir Hasanov dismissed", "clause verb=dismissed subject=who? object=\"Zakir Hasanov\""},
    {"what was Najmeddin Sadikhov accused of", "clause verb=accused object=\"Najmeddin Sadikhov\" of=what?"},
};
INSTANTIATE_TEST_SUITE_P(Passive, QuestionTable, testing::ValuesIn(kPassive));

constexpr Case kCircumstances[] = {
    {"when did Putin meet Aliyev", "clause ask=time verb=meet subject=\"Putin\" object=\"Aliyev\""},
    {"where did the presidents meet", "clause ask=place verb=meet subject=\"the presidents\""},
    {"why was Hasanov dismissed", "clause ask=reason verb=dismissed object=\"Hasanov\""},
    {"when was Hasanov dismissed by Azerbaijan", "clause ask=time verb=dismissed subject=\"Azerbaijan\" object=\"Hasanov\""},
    {"why did Azerbaijan dismiss the Defense Minister",
     "clause ask=reason verb=dismiss subject=\"Azerbaijan\" object=\"the Defense Minister\""},
    {"how many times did Putin meet Aliyev", "clause ask=times verb=meet subject=\"Putin\" object=\"Aliyev\""},
    {"how many people did Azerbaijan dismiss", "clause ask=count verb=dismiss subject=\"Azerbaijan\" object=what? noun=people"},
    {"how many ministers were dismissed by Azerbaijan",
     "clause ask=count verb=dismissed subject=\"Azerbaijan\" object=what? noun=ministers"},
    {"how many countries support Armenia", "clause ask=count verb=support subject=what? object=\"Armenia\" noun=countries"},
    {"which countries support Armenia", "clause verb=support subject=what? object=\"Armenia\" noun=countries"},
    {"which minister did Azerbaijan dismiss", "clause verb=dismiss subject=\"Azerbaijan\" object=what? noun=minister"},
    {"did Azerbaijan dismiss Hasanov", "clause ask=whether verb=dismiss subject=\"Azerbaijan\" object=\"Hasanov\""},
    {"was Hasanov dismissed", "clause ask=whether verb=dismissed object=\"Hasanov\""},
};
INSTANTIATE_TEST_SUITE_P(Circumstances, QuestionTable, testing::ValuesIn(kCircumstances));

constexpr Case kOther[] = {
    {"who is Vladimir Putin", "entity object=\"Vladimir Putin\""},
    {"who's Putin?", "entity object=\"Putin\""},
    {"what is the Kremlin", "entity object=\"the Kremlin\""},
    {"what happened to Zakir Hasanov?", "events object=\"Zakir Hasanov\""},
    {"what happened?", "events"},
    {"What has happened in Tehran in July?", "events in=\"Tehran\" in=\"July\""},
    {"what took place before 2020", "events before=\"2020\""},
    {"tell me about the Azerbaijani military", "about object=\"the Azerbaijani military\""},
    {"what do you know about Turkey", "about object=\"Turkey\""},
    {"Zakir Hasanov", "about object=\"Zakir Hasanov\""},
    // A verb that nobody knows is taken for one where only a verb can be.
    {"who frobnicated whom", "clause verb=frobnicated subject=who? object=who?"},
    {"whom did Putin frobnicate", "clause verb=frobnicate subject=\"Putin\" object=who?"},
};
INSTANTIATE_TEST_SUITE_P(Other, QuestionTable, testing::ValuesIn(kOther));

constexpr Case kMore[] = {
    {"to whom does Guliev report", "clause verb=report subject=\"Guliev\" to=who?"},
    {"according to whom were the drones operated by Turkish personnel",
     "clause ask=source verb=operated subject=\"Turkish personnel\" object=\"the drones\""},
    {"according to which sources did Turkey attack Armenia", "clause ask=source verb=attack subject=\"Turkey\" object=\"Armenia\""},
    {"what is Turkey broadcasting", "clause verb=broadcasting subject=\"Turkey\" object=what?"},
    {"what has Turkey been planning", "clause verb=planning subject=\"Turkey\" object=what?"},
    {"is Azerbaijan attacking Armenia", "clause ask=whether verb=attacking subject=\"Azerbaijan\" object=\"Armenia\""},
    {"in which year did Azerbaijan attack Armenia", "clause ask=time verb=attack subject=\"Azerbaijan\" object=\"Armenia\""},
    {"in which country did Putin meet Aliyev", "clause ask=place verb=meet subject=\"Putin\" object=\"Aliyev\""},
    {"since when has the general been in Baku", "clause ask=time verb=be subject=\"the general\" in=\"Baku\""},
    {"where is Guliev", "clause ask=place verb=be subject=\"Guliev\""},
    {"who warned that the Kremlin has few tools", "clause verb=warned subject=who? object=that \"the Kremlin has few tools\""},
    {"list the presidents of Turkey", "list object=\"Turkey\" noun=presidents"},
    {"list all people", "list noun=people"},
    {"which countries are mentioned", "list noun=countries"},
    {"who is the president of Turkey", "entity object=\"the president of Turkey\""},
    {"who met with Putin in October", "clause verb=met subject=who? with=\"Putin\" in=\"October\""},
};
INSTANTIATE_TEST_SUITE_P(More, QuestionTable, testing::ValuesIn(kMore));

TEST(Grammar, RefusesWhatIsNoQuestion) {
  for (const char* text : {"", "?", "who", "whom did", "how many", "what happened to", "of the and"}) {
    EXPECT_FALSE(ParseQuestion(text, SomeVerbs()).ok()) << text << " became " << Parsed(text);
  }
  EXPECT_THAT(Parsed("who"), testing::HasSubstr("who dismissed whom"));
}

TEST(Grammar, LongQuestionsAreRefusedNotParsed) {
  std::string text = "who";
  for (int i = 0; i < 100000; ++i) text += " of the";
  EXPECT_THAT(Parsed(text), testing::HasSubstr("at most"));
}

TEST(Grammar, AnyBytesAreAccepted) {
  for (int seed = 0; seed < 300; ++seed) {
    std::string text = "who dismissed ";
    uint32_t state = static_cast<uint32_t>(seed) * 2654435761u + 1;
    for (int i = 0; i < 40; ++i) {
      state = state * 1664525u + 1013904223u;
      text += static_cast<char>(state >> 24);
    }
    (void)Parsed(text);
  }
}

}  // namespace
}  // namespace dossier::shell
