#include "ingest/fact/proposition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/ingest/fact/fact_test_util.h"

namespace dossier::ingest {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Propositions;
using testing::TreeOf;

TEST(Propositions, ActiveClauseWithAllArguments) {
  EXPECT_THAT(
      Propositions(TreeOf("The/the/DT/2/det mayor/mayor/NN/3/nsubj opened/open/VBD/0/root a/a/DT/5/det "
                          "bridge/bridge/NN/3/obj "
                          "over/over/IN/8/case the/the/DT/8/det river/river/NN/3/obl on/on/IN/10/case "
                          "Monday/Monday/NNP/3/obl")),
      ElementsAre("open(subject=The mayor, object=a bridge, oblique:over=the river, time:on=Monday)"));
}

TEST(Propositions, Ditransitive) {
  EXPECT_THAT(
      Propositions(TreeOf(
          "She/she/PRP/2/nsubj gave/give/VBD/0/root him/he/PRP/2/iobj a/a/DT/5/det book/book/NN/2/obj")),
      ElementsAre("give(subject=She, recipient=him, object=a book)"));
}

// The parser hung both the winter and the coordinator behind it: the winter belongs to "met", and it discusses nothing.
TEST(Propositions, WhatStandsBeforeTheCoordinatorOfTheSecondSubjectIsTheFirstVerbs) {
  EXPECT_THAT(Propositions(TreeOf("Ministers/minister/NNS/2/nsubj met/meet/VBD/0/root throughout/throughout/IN/5/case the/the/DT/5/det "
                                  "winter/winter/NN/12/obl to/to/TO/7/mark discuss/discuss/VB/5/acl taxes/tax/NNS/7/obj ,/,/,/11/punct "
                                  "and/and/CC/11/cc sales/sale/NNS/12/nsubj grew/grow/VBD/2/conj")),
              Contains("grow(subject=sales)"));
}

TEST(Propositions, NoTimeIsTheSubjectOfItsInfinitive) {
  EXPECT_THAT(Propositions(TreeOf("June/June/NNP/4/nsubj is/be/VBZ/4/cop the/the/DT/4/det month/month/NN/0/root to/to/TO/6/mark "
                                  "visit/visit/VB/4/acl Athens/Athens/NNP/6/obj")),
              Not(Contains(HasSubstr("visit(subject"))));
}

TEST(Propositions, PassiveWithAgent) {
  EXPECT_THAT(
      Propositions(TreeOf(
          "Drones/drone/NNS/3/nsubj:pass were/be/VBD/3/aux:pass operated/operate/VBN/0/root by/by/IN/6/case "
          "foreign/foreign/JJ/6/amod pilots/pilot/NNS/3/obl:agent")),
      ElementsAre("operate(object=Drones, subject=foreign pilots)"));
}

TEST(Propositions, PassiveWithAgentThatTheParserCalledAnOblique) {
  EXPECT_THAT(
      Propositions(TreeOf(
          "Drones/drone/NNS/3/nsubj:pass were/be/VBD/3/aux:pass operated/operate/VBN/0/root by/by/IN/5/case "
          "pilots/pilot/NNS/3/obl")),
      ElementsAre("operate(object=Drones, subject=pilots)"));
}

TEST(Propositions, AgentlessPassiveHasNoSubject) {
  EXPECT_THAT(
      Propositions(TreeOf(
          "Orlova/Orlova/NNP/3/nsubj:pass was/be/VBD/3/aux:pass accused/accuse/VBN/0/root of/of/IN/5/case "
          "fraud/fraud/NN/3/obl")),
      ElementsAre("accuse(object=Orlova, oblique:of=fraud)"));
}

TEST(Propositions, PassiveOfDitransitiveHasRecipient) {
  EXPECT_THAT(Propositions(TreeOf("Orlova/Orlova/NNP/3/nsubj:pass was/be/VBD/3/aux:pass "
                                  "given/give/VBN/0/root a/a/DT/5/det medal/medal/NN/3/obj")),
              ElementsAre("give(recipient=Orlova, object=a medal)"));
}

TEST(Propositions, CopulaWithNounAdjectiveAndPlace) {
  EXPECT_THAT(
      Propositions(TreeOf("Orlova/Orlova/NNP/4/nsubj is/be/VBZ/4/cop a/a/DT/4/det judge/judge/NN/0/root")),
      ElementsAre("be(subject=Orlova, complement=a judge)"));
  EXPECT_THAT(Propositions(TreeOf("Orlova/Orlova/NNP/4/nsubj was/be/VBD/4/cop very/very/RB/4/advmod "
                                  "angry/angry/JJ/0/root at/at/IN/6/case us/we/PRP/4/obl")),
              ElementsAre("be(subject=Orlova, complement=very angry, oblique:at=us)"));
  EXPECT_THAT(Propositions(TreeOf(
                  "Orlova/Orlova/NNP/4/nsubj is/be/VBZ/4/cop in/in/IN/4/case Vienna/Vienna/NNP/0/root")),
              ElementsAre("be(subject=Orlova, oblique:in=Vienna)"));
}

TEST(Propositions, Existential) {
  EXPECT_THAT(Propositions(TreeOf(
                  "There/there/EX/2/expl are/be/VBP/0/root two/two/CD/4/nummod bridges/bridge/NNS/2/nsubj")),
              ElementsAre("exist(subject=two bridges)"));
}

TEST(Propositions, SubjectControlMergesThePredicate) {
  EXPECT_THAT(
      Propositions(TreeOf("They/they/PRP/2/nsubj tried/try/VBD/0/root to/to/TO/4/mark leave/leave/VB/2/xcomp "
                          "town/town/NN/4/obj")),
      ElementsAre("try(subject=They, clause:to=leave town)", "leave(subject=They, object=town) wish"));
  const auto propositions =
      ExtractPropositions(TreeOf("They/they/PRP/2/nsubj tried/try/VBD/0/root to/to/TO/4/mark "
                                 "leave/leave/VB/2/xcomp town/town/NN/4/obj"));
  EXPECT_EQ(propositions[0].merged_into, 1);
  EXPECT_THAT(propositions[1].predicate, ElementsAre(1, 2, 3));
}

TEST(Propositions, ObjectControl) {
  EXPECT_THAT(Propositions(TreeOf("Orlova/Orlova/NNP/2/nsubj asked/ask/VBD/0/root him/he/PRP/2/obj "
                                  "to/to/TO/5/mark resign/resign/VB/2/xcomp")),
              ElementsAre("ask(subject=Orlova, object=him, clause:to=resign)", "resign(subject=him) wish"));
}

TEST(Propositions, PromiseIsSubjectControl) {
  EXPECT_THAT(Propositions(TreeOf("Orlova/Orlova/NNP/2/nsubj promised/promise/VBD/0/root him/he/PRP/2/obj "
                                  "to/to/TO/5/mark resign/resign/VB/2/xcomp")),
              Contains("resign(subject=Orlova) wish"));
}

TEST(Propositions, ObliqueControl) {
  EXPECT_THAT(Propositions(TreeOf("Orlova/Orlova/NNP/2/nsubj called/call/VBD/0/root on/on/IN/5/case "
                                  "the/the/DT/5/det court/court/NN/2/obl to/to/TO/7/mark "
                                  "act/act/VB/2/xcomp")),
              Contains("act(subject=the court) wish"));
}

TEST(Propositions, PreventFromDeniesAndTakesTheObject) {
  EXPECT_THAT(Propositions(TreeOf("The/the/DT/2/det court/court/NN/3/nsubj prevented/prevent/VBD/0/root "
                                  "Orlova/Orlova/NNP/3/obj from/from/IN/6/mark "
                                  "building/build/VBG/3/advcl bases/base/NNS/6/obj")),
              Contains("build(subject=Orlova, object=bases) not"));
}

TEST(Propositions, RaisingAndFailing) {
  EXPECT_THAT(Propositions(TreeOf(
                  "Orlova/Orlova/NNP/2/nsubj seems/seem/VBZ/0/root to/to/TO/4/mark win/win/VB/2/xcomp")),
              Contains("win(subject=Orlova) possible"));
  EXPECT_THAT(Propositions(TreeOf(
                  "Orlova/Orlova/NNP/2/nsubj failed/fail/VBD/0/root to/to/TO/4/mark win/win/VB/2/xcomp")),
              Contains("win(subject=Orlova) not"));
  EXPECT_THAT(
      Propositions(TreeOf(
          "Orlova/Orlova/NNP/2/nsubj continued/continue/VBD/0/root to/to/TO/4/mark win/win/VB/2/xcomp")),
      Contains("win(subject=Orlova)"));
}

TEST(Propositions, RelativeClauses) {
  EXPECT_THAT(Propositions(TreeOf("judges/judge/NNS/0/root who/who/WP/3/nsubj visited/visit/VBD/1/acl:relcl "
                                  "Vienna/Vienna/NNP/3/obj")),
              ElementsAre("visit(subject=judges, object=Vienna)"));
  EXPECT_THAT(Propositions(TreeOf("the/the/DT/2/det judge/judge/NN/0/root whom/whom/WP/5/obj "
                                  "they/they/PRP/5/nsubj accused/accuse/VBD/2/acl:relcl")),
              ElementsAre("accuse(object=the judge, subject=they)"));
  EXPECT_THAT(
      Propositions(TreeOf(
          "the/the/DT/2/det judge/judge/NN/0/root they/they/PRP/4/nsubj accused/accuse/VBD/2/acl:relcl")),
      ElementsAre("accuse(object=the judge, subject=they)"));
  EXPECT_THAT(Propositions(TreeOf("the/the/DT/2/det house/house/NN/0/root where/where/WRB/5/advmod "
                                  "they/they/PRP/5/nsubj met/meet/VBD/2/acl:relcl")),
              ElementsAre("meet(place:in=the house, subject=they)"));
}

TEST(Propositions, ParticiplesThatModifyNouns) {
  EXPECT_THAT(Propositions(TreeOf("a/a/DT/2/det war/war/NN/0/root conducted/conduct/VBN/2/acl "
                                  "by/by/IN/5/case drones/drone/NNS/3/obl")),
              ElementsAre("conduct(object=a war, subject=drones)"));
  EXPECT_THAT(
      Propositions(TreeOf(
          "officials/official/NNS/0/root meeting/meet/VBG/1/acl with/with/IN/4/case envoys/envoy/NNS/2/obl")),
      ElementsAre("meet(subject=officials, oblique:with=envoys)"));
}

TEST(Propositions, InfinitiveOfANounBelongsToItsOwner) {
  EXPECT_THAT(Propositions(TreeOf("the/the/DT/2/det court/court/NN/4/nmod:poss 's/'s/POS/2/case "
                                  "decision/decision/NN/7/nsubj to/to/TO/6/mark "
                                  "act/act/VB/4/acl surprised/surprise/VBD/0/root us/we/PRP/7/obj")),
              Contains("act(subject=the court) wish"));
}

TEST(Propositions, AdverbialParticipleTakesTheMatrixSubject) {
  EXPECT_THAT(Propositions(TreeOf("Criticizing/criticize/VBG/5/advcl him/he/PRP/1/obj ,/,/,/1/punct "
                                  "Orlova/Orlova/NNP/5/nsubj left/leave/VBD/0/root")),
              ElementsAre("criticize(object=him, subject=Orlova)", "leave(subject=Orlova)"));
}

// Parsers hang the nominal of an absolute in four ways; its participle is its own in all.
TEST(Propositions, WithAbsoluteHoweverItIsAttached) {
  const char* const trees[] = {
      "Prices/price/NNS/2/nsubj rose/rise/VBD/0/root ,/,/,/6/punct with/with/IN/6/mark "
      "banks/bank/NNS/6/nsubj firing/fire/VBG/2/advcl staff/staff/NN/6/obj",
      "Prices/price/NNS/2/nsubj rose/rise/VBD/0/root ,/,/,/5/punct with/with/IN/5/case banks/bank/NNS/2/obl "
      "firing/fire/VBG/5/acl staff/staff/NN/6/obj",
      "Prices/price/NNS/2/nsubj rose/rise/VBD/0/root ,/,/,/6/punct with/with/IN/5/case banks/bank/NNS/6/obl "
      "firing/fire/VBG/2/advcl staff/staff/NN/6/obj",
      "Prices/price/NNS/2/nsubj rose/rise/VBD/0/root ,/,/,/5/punct with/with/IN/5/case banks/bank/NNS/2/obl "
      "firing/fire/VBG/2/advcl staff/staff/NN/6/obj",
  };
  for (const char* tree : trees) {
    const auto lines = Propositions(TreeOf(tree));
    EXPECT_THAT(lines, Contains(::testing::StartsWith("fire(subject=banks, object=staff"))) << tree;
  }
}

TEST(Propositions, CoordinatedVerbsShareSubjectVoiceAndObject) {
  EXPECT_THAT(Propositions(TreeOf("He/he/PRP/3/nsubj:pass was/be/VBD/3/aux:pass arrested/arrest/VBN/0/root "
                                  "and/and/CC/5/cc charged/charge/VBN/3/conj")),
              ElementsAre("arrest(object=He)", "charge(object=He)"));
  EXPECT_THAT(Propositions(TreeOf("They/they/PRP/2/nsubj import/import/VBP/0/root and/and/CC/4/cc "
                                  "sell/sell/VBP/2/conj cars/car/NNS/2/obj")),
              ElementsAre("import(subject=They, object=cars)", "sell(subject=They, object=cars)"));
}

TEST(Propositions, CoordinationKeepsModalAndNegation) {
  EXPECT_THAT(Propositions(TreeOf("He/he/PRP/4/nsubj did/do/VBD/4/aux not/not/RB/4/advmod eat/eat/VB/0/root "
                                  "or/or/CC/6/cc drink/drink/VB/4/conj")),
              ElementsAre("eat(subject=He) not", "drink(subject=He) not"));
  EXPECT_THAT(Propositions(TreeOf(
                  "He/he/PRP/3/nsubj may/may/MD/3/aux come/come/VB/0/root and/and/CC/5/cc go/go/VB/3/conj")),
              ElementsAre("come(subject=He) possible", "go(subject=He) possible"));
}

TEST(Propositions, PhrasalVerb) {
  EXPECT_THAT(
      Propositions(TreeOf(
          "They/they/PRP/2/nsubj carried/carry/VBD/0/root out/out/RP/2/compound:prt raids/raid/NNS/2/obj")),
      ElementsAre("carry_out(subject=They, object=raids)"));
}

TEST(Propositions, Negation) {
  EXPECT_THAT(Propositions(TreeOf("Nobody/nobody/PRP/2/nsubj came/come/VBD/0/root")),
              ElementsAre("come(subject=Nobody) not"));
  EXPECT_THAT(
      Propositions(TreeOf("They/they/PRP/2/nsubj have/have/VBP/0/root no/no/DT/4/det tools/tool/NNS/2/obj")),
      ElementsAre("have(subject=They, object=no tools) not"));
  EXPECT_THAT(
      Propositions(
          TreeOf("He/he/PRP/2/nsubj left/leave/VBD/0/root without/without/IN/4/mark paying/pay/VBG/2/advcl")),
      Contains("pay(subject=He) not"));
  EXPECT_THAT(Propositions(TreeOf(
                  "They/they/PRP/3/nsubj never/never/RB/3/advmod forget/forget/VBP/0/root it/it/PRP/3/obj")),
              ElementsAre("forget(subject=They, object=it) not"));
}

TEST(Propositions, NotOnlyIsNoNegation) {
  EXPECT_THAT(Propositions(TreeOf("Not/not/RB/2/advmod only/only/RB/5/advmod did/do/VBD/5/aux "
                                  "they/they/PRP/5/nsubj win/win/VB/0/root")),
              ElementsAre("win(subject=they)"));
  EXPECT_THAT(Propositions(TreeOf("Not/not/RB/5/advmod only/only/RB/5/advmod did/do/VBD/5/aux "
                                  "they/they/PRP/5/nsubj win/win/VB/0/root")),
              Contains(::testing::Not(::testing::HasSubstr(" not"))));
}

TEST(Propositions, ModalAdverbMakesPossible) {
  EXPECT_THAT(Propositions(TreeOf("He/he/PRP/3/nsubj allegedly/allegedly/RB/3/advmod lied/lie/VBD/0/root")),
              ElementsAre("lie(subject=He) possible"));
}

TEST(Propositions, ConditionAndConsequent) {
  EXPECT_THAT(Propositions(TreeOf("If/if/IN/3/mark they/they/PRP/3/nsubj attack/attack/VBP/7/advcl "
                                  ",/,/,/3/punct we/we/PRP/7/nsubj will/will/MD/7/aux "
                                  "win/win/VB/0/root")),
              ElementsAre("attack(subject=they) conditional",
                          "win(oblique:if=they attack, subject=we) conditional if"));
}

TEST(Propositions, WhetherIsAQuestion) {
  EXPECT_THAT(Propositions(TreeOf("They/they/PRP/2/nsubj asked/ask/VBD/0/root whether/whether/IN/5/mark "
                                  "he/he/PRP/5/nsubj lied/lie/VBD/2/ccomp")),
              Contains("lie(subject=he) question by They"));
}

TEST(Propositions, AttributionChain) {
  EXPECT_THAT(Propositions(TreeOf("Orlova/Orlova/NNP/2/nsubj said/say/VBD/0/root that/that/IN/5/mark "
                                  "sources/source/NNS/5/nsubj maintain/maintain/VBP/2/ccomp "
                                  "that/that/IN/8/mark he/he/PRP/8/nsubj lied/lie/VBD/5/ccomp")),
              ElementsAre("say(subject=Orlova, clause:that=sources maintain that he lied)",
                          "maintain(subject=sources, clause:that=he lied) by Orlova",
                          "lie(subject=he) by Orlova by sources"));
}

TEST(Propositions, AttributionByParenthesisAndAccordingTo) {
  EXPECT_THAT(Propositions(TreeOf("He/he/PRP/2/nsubj lied/lie/VBD/0/root ,/,/,/5/punct "
                                  "Orlova/Orlova/NNP/5/nsubj said/say/VBD/2/parataxis")),
              Contains("lie(subject=He) by Orlova"));
  EXPECT_THAT(Propositions(TreeOf("According/accord/VBG/3/case to/to/IN/1/fixed police/police/NN/6/obl "
                                  ",/,/,/6/punct he/he/PRP/6/nsubj lied/lie/VBD/0/root")),
              ElementsAre("lie(subject=he) by police"));
}

TEST(Propositions, DenialIsNegativeAndAttributed) {
  EXPECT_THAT(Propositions(TreeOf("Orlova/Orlova/NNP/2/nsubj denied/deny/VBD/0/root that/that/IN/5/mark "
                                  "she/she/PRP/5/nsubj lied/lie/VBD/2/ccomp")),
              Contains("lie(subject=she) not by Orlova"));
}

TEST(Propositions, PassiveSayingHasNoNamedSource) {
  EXPECT_THAT(Propositions(TreeOf("He/he/PRP/3/nsubj:pass is/be/VBZ/3/aux:pass alleged/allege/VBN/0/root "
                                  "to/to/TO/6/mark have/have/VB/6/aux "
                                  "lied/lie/VBN/3/xcomp")),
              Contains("lie(subject=He) possible by ?"));
}

TEST(Propositions, RequesterWhereverItHangs) {
  EXPECT_THAT(
      Propositions(TreeOf("Banks/bank/NNS/2/nsubj fired/fire/VBD/0/root Orlova/Orlova/NNP/2/obj "
                          "at/at/IN/7/case Vienna/Vienna/NNP/7/nmod:poss "
                          "'s/'s/POS/5/case request/request/NN/3/nmod over/over/IN/10/case "
                          "her/her/PRP$/10/nmod:poss ties/tie/NNS/7/nmod")),
      ElementsAre("fire(subject=Banks, object=Orlova, requester:at_request=Vienna, reason:over=her ties)"));
}

TEST(Propositions, NamesTakeNoReasons) {
  EXPECT_THAT(Propositions(TreeOf("Banks/bank/NNS/2/nsubj fired/fire/VBD/0/root Orlova/Orlova/NNP/2/obj "
                                  "over/over/IN/5/case debts/debt/NNS/3/nmod")),
              ElementsAre("fire(subject=Banks, object=Orlova, reason:over=debts)"));
}

TEST(Propositions, NominalPropositions) {
  EXPECT_THAT(Propositions(TreeOf("Orlova/Orlova/NNP/6/nsubj ,/,/,/4/punct a/a/DT/4/det "
                                  "judge/judge/NN/1/appos ,/,/,/4/punct left/leave/VBD/0/root"),
                           false),
              ElementsAre("appos:be(subject=Orlova, complement=a judge)", "leave(subject=Orlova)"));
  EXPECT_THAT(Propositions(TreeOf("judge/judge/NN/2/nmod:desc Anna/Anna/NNP/4/nsubj Orlova/Orlova/NNP/2/flat "
                                  "left/leave/VBD/0/root"),
                           false),
              Contains("title:be(complement=judge, subject=Anna Orlova)"));
}

TEST(Propositions, NothingToSay) {
  EXPECT_THAT(Propositions(TreeOf("Yes/yes/UH/0/root ./././1/punct"), false), IsEmpty());
  EXPECT_THAT(ExtractPropositions(Sentence{}), IsEmpty());
}

TEST(Propositions, BrokenTreesGiveNoCrash) {
  // A cycle, a head outside, and no root at all.
  EXPECT_THAT(Propositions(TreeOf("a/a/VB/2/conj b/b/VB/1/conj c/c/VB/9/ccomp")),
              ::testing::SizeIs(::testing::Le(3)));
  Sentence deep;
  for (int i = 0; i < 1000; ++i) {
    Token token;
    token.form = token.lemma = "say";
    token.upos = "VERB";
    token.xpos = "VBD";
    token.head = i - 1;
    token.deprel = i == 0 ? "root" : "ccomp";
    deep.tokens.push_back(token);
  }
  EXPECT_EQ(ExtractPropositions(deep).size(), 1000u);
  deep.tokens.push_back(deep.tokens.back());
  EXPECT_THAT(ExtractPropositions(deep), IsEmpty()) << "longer than any sentence";
}

}  // namespace
}  // namespace dossier::ingest
