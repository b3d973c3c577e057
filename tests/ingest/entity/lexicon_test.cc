#include "ingest/entity/lexicon.h"

#include <gmock/gmock.h>

#include "ingest/entity/sorted_table.h"

namespace dossier::ingest {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

std::string_view NameOrNone(const Country* country) { return country == nullptr ? "none" : country->name; }

TEST(SortedTable, FindsEveryLineAndNothingElse) {
  const SortedTable table("# comment\nalpha\t1\nbeta\nbeta max\t2\t3\ngamma\t4");
  EXPECT_EQ(table.Find("alpha"), "1");
  EXPECT_NE(table.Find("beta").data(), nullptr);
  EXPECT_EQ(table.Find("beta"), "");
  EXPECT_EQ(Column(table.Find("beta max"), 1), "3");
  EXPECT_EQ(Column(table.Find("beta max"), 7), "");
  EXPECT_EQ(table.Find("gamma"), "4");
  EXPECT_EQ(table.Find("delta").data(), nullptr);
  EXPECT_EQ(table.Find("").data(), nullptr);
  EXPECT_EQ(table.Find("# comment").data(), nullptr);
  EXPECT_EQ(SortedTable("").Find("x").data(), nullptr);
}

TEST(Lexicon, KnowsCountriesByAnyName) {
  const Lexicon& lexicon = Lexicon::Default();
  EXPECT_EQ(NameOrNone(lexicon.CountryByName("Austria")), "Austria");
  EXPECT_EQ(NameOrNone(lexicon.CountryByName("Republic of Austria")), "Austria");
  EXPECT_EQ(NameOrNone(lexicon.CountryByName("the United States")), "United States");
  EXPECT_EQ(NameOrNone(lexicon.CountryByName("U.K.")), "United Kingdom");
  EXPECT_EQ(NameOrNone(lexicon.CountryByName("DPRK")), "North Korea");
  EXPECT_EQ(NameOrNone(lexicon.CountryByName("Atlantis")), "none");
  EXPECT_EQ(NameOrNone(lexicon.CountryByCapital("Vienna")), "Austria");
  EXPECT_EQ(NameOrNone(lexicon.CountryByCapital("Kyiv")), "Ukraine");
  EXPECT_EQ(NameOrNone(lexicon.CountryBySeat("the White House")), "United States");
}

TEST(Lexicon, KnowsDemonymsAsAdjectivesAndNouns) {
  const Lexicon& lexicon = Lexicon::Default();
  EXPECT_EQ(NameOrNone(lexicon.CountryByDemonym("French")), "France");
  EXPECT_EQ(NameOrNone(lexicon.CountryByDemonym("Frenchman")), "France");
  EXPECT_EQ(NameOrNone(lexicon.CountryByDemonym("Turks")), "Turkey");
  EXPECT_EQ(NameOrNone(lexicon.CountryByDemonym("Spaniards")), "Spain");
  EXPECT_EQ(NameOrNone(lexicon.CountryByDemonym("Ukrainian")), "Ukraine");
  EXPECT_EQ(NameOrNone(lexicon.CountryByDemonym("wooden")), "none");
  EXPECT_EQ(NameOrNone(lexicon.CountryByDemonym("s")), "none");
}

TEST(Lexicon, TiesNounsToVerbs) {
  const Lexicon& lexicon = Lexicon::Default();
  EXPECT_EQ(lexicon.NominalVerb("dismissal"), "dismiss");
  EXPECT_EQ(lexicon.NominalVerb("invasion"), "invade");
  EXPECT_EQ(lexicon.NominalVerb("table"), "");
  EXPECT_EQ(lexicon.AgentVerb("adviser"), "advise");
  EXPECT_EQ(lexicon.AgentVerb("attacker"), "attack");
  EXPECT_EQ(lexicon.AgentVerb("employee"), "");
}

TEST(Lexicon, ClassifiesNouns) {
  const Lexicon& lexicon = Lexicon::Default();
  EXPECT_TRUE(lexicon.IsPerson("minister"));
  EXPECT_FALSE(lexicon.IsPerson("ministry"));
  EXPECT_TRUE(lexicon.IsAnimate("army"));
  EXPECT_TRUE(lexicon.IsTitle("prime minister"));
  EXPECT_FALSE(lexicon.IsTitle("river"));
  EXPECT_EQ(lexicon.ClassOf("treason"), NounClass::kAct);
  EXPECT_EQ(lexicon.ClassOf("qwertz"), NounClass::kUnknown);
}

TEST(Lexicon, SynonymsAreCloseAndDoNotHoldTheVerbItself) {
  const Lexicon& lexicon = Lexicon::Default();
  EXPECT_THAT(lexicon.VerbSynonyms("dismiss"), Contains("fire"));
  EXPECT_THAT(lexicon.VerbSynonyms("dismiss"), Contains("sack"));
  EXPECT_THAT(lexicon.VerbSynonyms("dismiss"), Not(Contains("dismiss")));
  EXPECT_TRUE(lexicon.VerbSynonyms("qwertz").empty());
}

TEST(Lexicon, NamesOfPeopleAndCues) {
  const Lexicon& lexicon = Lexicon::Default();
  EXPECT_EQ(lexicon.GenderOfGivenName("Angela"), Gender::kFemale);
  EXPECT_EQ(lexicon.GenderOfGivenName("Emmanuel"), Gender::kMale);
  EXPECT_EQ(lexicon.GenderOfNoun("wife"), Gender::kFemale);
  EXPECT_EQ(lexicon.CueOf("University"), NameCue::kOrganization);
  EXPECT_EQ(lexicon.CueOf("River"), NameCue::kPlace);
  EXPECT_TRUE(lexicon.IsHonorific("Mrs."));
}

TEST(Lexicon, NoticesNameEverySource) {
  EXPECT_THAT(std::string(Lexicon::Notices()), HasSubstr("ODbL"));
  EXPECT_THAT(std::string(Lexicon::Notices()), HasSubstr("Princeton University"));
  EXPECT_THAT(std::string(Lexicon::Notices()), HasSubstr("PropBank"));
}

}  // namespace
}  // namespace dossier::ingest
