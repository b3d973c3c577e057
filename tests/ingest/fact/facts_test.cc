#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/ingest/fact/fact_test_util.h"

namespace dossier::ingest {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using testing::Facts;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::TreeOf;

TEST(Facts, CoordinationIsDistributed) {
  EXPECT_THAT(Facts({TreeOf("Oslo/Oslo/NNP/4/nsubj and/and/CC/3/cc Bergen/Bergen/NNP/1/conj "
                            "sold/sell/VBD/0/root ships/ship/NNS/4/obj and/and/CC/7/cc "
                            "cars/car/NNS/5/conj")}),
              ElementsAre("Oslo sell ships", "Oslo sell cars", "Bergen sell ships", "Bergen sell cars"));
}

TEST(Facts, SecondObjectGivesASecondEdgeAndPlacesDoNot) {
  EXPECT_THAT(Facts({TreeOf("Oslo/Oslo/NNP/2/nsubj sold/sell/VBD/0/root ships/ship/NNS/2/obj to/to/IN/5/case "
                            "Bergen/Bergen/NNP/2/obl in/in/IN/7/case "
                            "May/May/NNP/2/obl")}),
              ElementsAre("Oslo sell ships {q_to: Bergen} {time: 'May'}",
                          "Oslo sell_to Bergen {q_object: ships} {time: 'May'}"));
}

TEST(Facts, AgentlessPassive) {
  EXPECT_THAT(Facts({TreeOf("Orlova/Orlova/NNP/3/nsubj:pass was/be/VBD/3/aux:pass accused/accuse/VBN/0/root "
                            "of/of/IN/5/case fraud/fraud/NN/3/obl")}),
              ElementsAre("- accuse Orlova {q_of: fraud}", "Orlova be_accused_of fraud"));
}

TEST(Facts, UnresolvedPronounsGiveNoEdge) {
  EXPECT_THAT(Facts({TreeOf("She/she/PRP/2/nsubj sold/sell/VBD/0/root ships/ship/NNS/2/obj")}), IsEmpty());
  EXPECT_THAT(Facts({TreeOf("Oslo/Oslo/NNP/2/nsubj sold/sell/VBD/0/root it/it/PRP/2/obj")}), IsEmpty());
}

TEST(Facts, AgentNounsImplyTheirDeed) {
  EXPECT_THAT(Facts({TreeOf("The/the/DT/2/det army/army/NN/4/nsubj:pass was/be/VBD/4/aux:pass "
                            "subordinated/subordinate/VBN/0/root to/to/IN/6/case "
                            "advisers/adviser/NNS/4/obl")}),
              Contains("advisers advise army inferred"));
  EXPECT_THAT(
      Facts({TreeOf("The/the/DT/2/det army/army/NN/3/nsubj met/meet/VBD/0/root advisers/adviser/NNS/3/obj")}),
      ::testing::Not(Contains(HasSubstr("advise "))));
}

TEST(Facts, EventNounsRelateTheirOwnerToTheirComplement) {
  EXPECT_THAT(Facts({TreeOf("Oslo/Oslo/NNP/3/nmod:poss 's/'s/POS/1/case control/control/NN/6/nsubj "
                            "of/of/IN/5/case Bergen/Bergen/NNP/3/nmod ended/end/VBD/0/root")}),
              Contains("Oslo control Bergen inferred"));
  EXPECT_THAT(Facts({TreeOf("Oslo/Oslo/NNP/4/nmod:poss 's/'s/POS/1/case alleged/alleged/JJ/4/amod "
                            "control/control/NN/7/nsubj of/of/IN/6/case "
                            "Bergen/Bergen/NNP/4/nmod ended/end/VBD/0/root")}),
              Contains("Oslo control Bergen possible inferred"));
}

TEST(Facts, PartitivesAreAboutTheirContent) {
  EXPECT_THAT(Facts({TreeOf("A/a/DT/2/det number/number/NN/5/nsubj of/of/IN/4/case "
                            "officials/official/NNS/2/nmod left/leave/VBD/0/root Oslo/Oslo/NNP/5/obj")}),
              ElementsAre("officials leave Oslo"));
}

TEST(Facts, LightVerbsTakeTheirNounAlong) {
  EXPECT_THAT(Facts({TreeOf("Oslo/Oslo/NNP/2/nsubj played/play/VBD/0/root a/a/DT/4/det role/role/NN/2/obj "
                            "in/in/IN/7/case the/the/DT/7/det talks/talk/NNS/4/nmod")}),
              Contains("Oslo play_role_in talks"));
}

// The quotation runs on over the next sentences; its speaker is the one before the verb of saying.
TEST(Facts, OpenQuotationKeepsItsSpeaker) {
  const Sentence first = TreeOf(
      "“/“/``/5/punct Oslo/Oslo/NNP/5/nsubj is/be/VBZ/5/cop a/a/DT/5/det port/port/NN/9/ccomp ,/,/,/9/punct "
      "”/”/''/9/punct "
      "Orlova/Orlova/NNP/9/nsubj said/say/VBD/0/root ./././9/punct");
  const Sentence second =
      TreeOf("“/“/``/3/punct Oslo/Oslo/NNP/3/nsubj sells/sell/VBZ/0/root ships/ship/NNS/3/obj ./././3/punct");
  const Sentence third = TreeOf(
      "Bergen/Bergen/NNP/2/nsubj buys/buy/VBZ/0/root ships/ship/NNS/2/obj ./././2/punct ”/”/''/2/punct");
  const Sentence fourth =
      TreeOf("Bergen/Bergen/NNP/2/nsubj builds/build/VBZ/0/root cars/car/NNS/2/obj ./././2/punct");
  EXPECT_THAT(Facts({first, second, third, fourth}),
              ElementsAre("Oslo be port @Orlova", "Orlova say 'Oslo is a port'", "Oslo sell ships @Orlova",
                          "Bergen buy ships @Orlova", "Bergen build cars"));
}

TEST(Facts, CircumstancesDecideWhatIsAsserted) {
  const Sentence sentence =
      TreeOf("Oslo/Oslo/NNP/3/nsubj may/may/MD/3/aux sell/sell/VB/0/root ships/ship/NNS/3/obj");
  const auto facts = Facts({sentence});
  EXPECT_THAT(facts, ElementsAre("Oslo sell ships possible"));
}

TEST(Facts, JsonHasEveryFieldAndEscapes) {
  Fact fact;
  fact.subject = FactTerm{"A \"quoted\" name", 0, {3, 9}, false};
  fact.relation = "report_to";
  fact.phrase = "reported\nto";
  fact.phrase_span = {10, 18};
  fact.qualifiers.push_back({"time", FactTerm{"Monday", -1, {}, false}});
  fact.attribution.push_back(FactTerm{"B", 1, {}, false});
  fact.confidence = 0.91;
  fact.rule = "verb-obl";
  Sentence sentence;
  sentence.span = {0, 40};
  EntityTable entities;
  entities.entities.resize(2);
  entities.entities[0].type = EntityType::kPerson;
  EntityIris iris;
  iris.iri = {"urn:dossier:entity/A", "urn:dossier:entity/B"};
  EXPECT_EQ(FactToJson(fact, sentence, iris, entities),
            "{\"begin\":0,\"end\":40,\"subject\":{\"text\":\"A \\\"quoted\\\" "
            "name\",\"id\":\"urn:dossier:entity/A\",\"type\":\"" +
                std::string(NameOf(EntityType::kPerson)) +
                "\",\"begin\":3,\"end\":9},\"predicate\":{\"lemma\":\"report_to\",\"text\":\"reported\\nto\","
                "\"begin\":10,\"end\":18},"
                "\"object\":null,\"qualifiers\":[{\"role\":\"time\",\"text\":\"Monday\"}],\"polarity\":"
                "\"positive\",\"modality\":\"none\","
                "\"attribution\":[{\"text\":\"B\",\"id\":\"urn:dossier:entity/"
                "B\"}],\"asserted\":true,\"confidence\":0.91,\"rule\":\"verb-obl\"}\n");
}

}  // namespace
}  // namespace dossier::ingest
