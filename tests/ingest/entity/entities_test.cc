#include "ingest/entity/entities.h"

#include <gmock/gmock.h>

#include "ingest/entity/lexicon.h"
#include "tests/ingest/entity/tree_builder.h"

namespace dossier::ingest {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

EntityTable Resolve(const std::vector<std::string>& lines) {
  std::vector<Sentence> sentences;
  size_t offset = 0;
  for (const std::string& line : lines) {
    sentences.push_back(Tree(line, offset));
    offset = sentences.back().span.end + 1;
  }
  return ResolveEntities(sentences, Lexicon::Default());
}

const Entity* Named(const EntityTable& table, std::string_view name) {
  for (const Entity& entity : table.entities) {
    if (entity.name == name) return &entity;
  }
  return nullptr;
}

constexpr char kMacron[] =
    "French|ADJ|2|amod president|NOUN|3|nmod:desc Emmanuel|PROPN|5|nsubj Macron|PROPN|3|flat "
    "met|VERB|0|root|meet Angela|PROPN|5|obj "
    "Merkel|PROPN|6|flat .|PUNCT|5|punct";

TEST(Entities, SplitsTitleCountryAndName) {
  const EntityTable table = Resolve({kMacron});
  const Entity* macron = Named(table, "Emmanuel Macron");
  ASSERT_NE(macron, nullptr);
  EXPECT_EQ(macron->type, EntityType::kPerson);
  EXPECT_EQ(macron->gender, "male");
  ASSERT_EQ(macron->titles.size(), 1u);
  EXPECT_EQ(macron->titles[0].title, "president");
  ASSERT_GE(macron->titles[0].of_entity, 0);
  EXPECT_EQ(table.entities[static_cast<size_t>(macron->titles[0].of_entity)].name, "France");
  // The title's noun stands for the person, the adjective for the country.
  EXPECT_EQ(table.EntityAt(0, 1), macron);
  EXPECT_EQ(table.EntityAt(0, 0), Named(table, "France"));
  EXPECT_EQ(table.EntityAt(0, 3), macron);
  EXPECT_EQ(table.EntityAt(0, 4), nullptr);
}

TEST(Entities, CapitalisedTitleIsNoPartOfTheName) {
  const EntityTable table =
      Resolve({"Austrian|ADJ|3|amod Defense|PROPN|3|compound Minister|PROPN|4|nmod:desc Jane|PROPN|6|nsubj "
               "Doe|PROPN|4|flat "
               "resigned|VERB|0|root|resign .|PUNCT|6|punct"});
  const Entity* doe = Named(table, "Jane Doe");
  ASSERT_NE(doe, nullptr);
  ASSERT_EQ(doe->titles.size(), 1u);
  EXPECT_EQ(doe->titles[0].title, "Defense Minister");
  EXPECT_EQ(doe->gender, "female");
}

TEST(Entities, SurnameIsTheNearestBearer) {
  const EntityTable table = Resolve({
      "Adam|PROPN|3|nsubj Smith|PROPN|1|flat wrote|VERB|0|root|write .|PUNCT|3|punct",
      "Smith|PROPN|2|nsubj died|VERB|0|root|die .|PUNCT|2|punct",
      "Maggie|PROPN|3|nsubj Smith|PROPN|1|flat acted|VERB|0|root|act .|PUNCT|3|punct",
      "Smith|PROPN|2|nsubj won|VERB|0|root|win .|PUNCT|2|punct",
  });
  EXPECT_EQ(table.EntityAt(1, 0), Named(table, "Adam Smith"));
  EXPECT_EQ(table.EntityAt(3, 0), Named(table, "Maggie Smith"));
  EXPECT_THAT(Named(table, "Adam Smith")->aliases, ElementsAre("Smith"));
}

TEST(Entities, CapitalActsForItsCountryWhereTheCountryIsSpokenOf) {
  const std::string acts =
      "Vienna|PROPN|2|nsubj rejected|VERB|0|root|reject the|DET|4|det plan|NOUN|2|obj .|PUNCT|2|punct";
  const std::string place =
      "He|PRON|2|nsubj lives|VERB|0|root|live in|ADP|4|case Vienna|PROPN|2|obl .|PUNCT|2|punct";
  const std::string country =
      "Austrian|ADJ|2|amod officials|NOUN|3|nsubj|official left|VERB|0|root|leave .|PUNCT|3|punct";
  const EntityTable with = Resolve({country, acts, place});
  EXPECT_EQ(with.EntityAt(1, 0), Named(with, "Austria"));
  EXPECT_EQ(with.EntityAt(2, 3), Named(with, "Vienna"));
  EXPECT_EQ(with.EntityAt(2, 3)->type, EntityType::kPlace);
  const EntityTable without = Resolve({"Vienna|PROPN|2|nsubj slept|VERB|0|root|sleep .|PUNCT|2|punct"});
  EXPECT_EQ(without.EntityAt(0, 0)->type, EntityType::kPlace);
  // What only states do tells by itself.
  const EntityTable state = Resolve({acts});
  EXPECT_EQ(state.EntityAt(0, 0), Named(state, "Austria"));
}

TEST(Entities, AcronymIsItsOrganisation) {
  const EntityTable table = Resolve({
      "The|DET|4|det World|PROPN|4|compound Health|PROPN|4|compound Organization|PROPN|5|nsubj "
      "warned|VERB|0|root|warn .|PUNCT|5|punct",
      "WHO|PRON|2|nsubj spoke|VERB|0|root|speak .|PUNCT|2|punct",
  });
  const Entity* who = Named(table, "World Health Organization");
  ASSERT_NE(who, nullptr);
  EXPECT_EQ(who->type, EntityType::kOrganization);
  EXPECT_EQ(table.EntityAt(1, 0), who);
}

TEST(Entities, MisspeltRareNameIsTheUsualOne) {
  const std::string usual =
      "Gzhatskoye|PROPN|2|nsubj reported|VERB|0|root|report it|PRON|2|obj .|PUNCT|2|punct";
  const std::string misspelt =
      "They|PRON|2|nsubj told|VERB|0|root|tell Gzhatskoe|PROPN|2|iobj .|PUNCT|2|punct";
  const EntityTable table = Resolve({usual, usual, misspelt});
  EXPECT_EQ(table.EntityAt(2, 2), table.EntityAt(0, 0));
  EXPECT_EQ(Named(table, "Gzhatskoe"), nullptr);
}

TEST(Entities, PronounsTakeThePersonOfTheirGender) {
  const EntityTable table = Resolve({kMacron, "She|PRON|2|nsubj smiled|VERB|0|root|smile .|PUNCT|2|punct",
                                     "He|PRON|2|nsubj left|VERB|0|root|leave .|PUNCT|2|punct"});
  EXPECT_EQ(table.EntityAt(1, 0), Named(table, "Angela Merkel"));
  EXPECT_EQ(table.EntityAt(2, 0), Named(table, "Emmanuel Macron"));
}

TEST(Entities, DoubtfulItStaysUnresolved) {
  const EntityTable table = Resolve({
      "Austria|PROPN|4|nsubj and|CCONJ|3|cc Hungary|PROPN|1|conj signed|VERB|0|root|sign .|PUNCT|4|punct",
      "It|PRON|2|nsubj lost|VERB|0|root|lose .|PUNCT|2|punct",
  });
  EXPECT_EQ(table.EntityAt(1, 0), nullptr);
}

TEST(Entities, NoArgumentOfAFrontedParticipleIsItsSubject) {
  const EntityTable table = Resolve({
      "Peter|PROPN|2|nsubj met|VERB|0|root|meet Tom|PROPN|2|obj .|PUNCT|2|punct",
      "Praising|VERB|5|advcl|praise Tom|PROPN|1|obj ,|PUNCT|1|punct he|PRON|5|nsubj left|VERB|0|root|leave .|PUNCT|5|punct",
  });
  EXPECT_EQ(table.EntityAt(1, 3), Named(table, "Peter"));
}

TEST(Entities, TheyAreWhatTheirVerbAsksFor) {
  const std::string both = "Old|ADJ|2|amod experts|NOUN|3|nsubj|expert|NNS say|VERB|0|root new|ADJ|5|amod drones|NOUN|6|nsubj|drone|NNS fell|VERB|3|ccomp|fall";
  const EntityTable table = Resolve({both, "They|PRON|3|nsubj:pass were|AUX|3|aux:pass|be imported|VERB|0|root|import", both,
                                     "They|PRON|2|nsubj agree|VERB|0|root"});
  ASSERT_NE(table.EntityAt(0, 4), nullptr);
  EXPECT_EQ(table.EntityAt(1, 0), table.EntityAt(0, 4));
  EXPECT_EQ(table.EntityAt(3, 0), table.EntityAt(2, 1));
}

TEST(Entities, AMerePlaceSaysNothing) {
  const auto table = [](const std::string& verb) {
    return Resolve({"Prices|NOUN|2|nsubj|price|NNS rose|VERB|0|root|rise in|ADP|4|case Siberia|PROPN|2|obl and|CCONJ|7|cc it|PRON|7|nsubj " + verb});
  };
  EXPECT_EQ(table("says|VERB|2|conj|say").EntityAt(0, 5), nullptr);
  EXPECT_NE(table("freezes|VERB|2|conj|freeze").EntityAt(0, 5), nullptr);
}

TEST(Entities, RelativePronounIsItsAntecedent) {
  const EntityTable table = Resolve(
      {"Austrian|ADJ|2|amod advisors|NOUN|5|nsubj|advisor|NNS who|PRON|4|nsubj came|VERB|2|acl:relcl|come "
       "left|VERB|0|root|leave .|PUNCT|5|punct"});
  ASSERT_NE(table.EntityAt(0, 2), nullptr);
  EXPECT_EQ(table.EntityAt(0, 2), table.EntityAt(0, 1));
}

TEST(Entities, DescriptionsAreTheSameThingUnlessIndefinite) {
  const std::string old_bridge =
      "The|DET|3|det old|ADJ|3|amod bridge|NOUN|4|nsubj fell|VERB|0|root|fall .|PUNCT|4|punct";
  const std::string a_bridge = "A|DET|2|det bridge|NOUN|3|nsubj fell|VERB|0|root|fall .|PUNCT|3|punct";
  const EntityTable table = Resolve({old_bridge, old_bridge, a_bridge, a_bridge});
  EXPECT_EQ(table.EntityAt(0, 2), table.EntityAt(1, 2));
  EXPECT_NE(table.EntityAt(2, 1), table.EntityAt(3, 1));
  EXPECT_EQ(table.EntityAt(0, 2)->name, "old bridge");
  EXPECT_FALSE(table.EntityAt(0, 2)->named);
}

TEST(Entities, DefiniteTitleIsItsBearer) {
  const EntityTable table =
      Resolve({kMacron, "The|DET|2|det president|NOUN|3|nsubj smiled|VERB|0|root|smile .|PUNCT|3|punct"});
  EXPECT_EQ(table.EntityAt(1, 1), Named(table, "Emmanuel Macron"));
}

TEST(Entities, BareNounIsASharedConcept) {
  const EntityTable table =
      Resolve({"They|PRON|2|nsubj denied|VERB|0|root|deny treason|NOUN|2|obj .|PUNCT|2|punct"});
  ASSERT_NE(table.EntityAt(0, 2), nullptr);
  EXPECT_TRUE(table.EntityAt(0, 2)->shared_concept);
}

TEST(Entities, CommonCapitalsAfterAnArticleMakeNoName) {
  const EntityTable table = Resolve(
      {"Austria|PROPN|5|nsubj was|AUX|5|cop a|DET|5|det Danubian|ADJ|5|amod Monarchy|PROPN|0|root|monarchy "
       ".|PUNCT|5|punct"});
  ASSERT_NE(table.EntityAt(0, 4), nullptr);
  EXPECT_FALSE(table.EntityAt(0, 4)->named);
}

TEST(Entities, NamesOfHeadlinesCountOnlyWhenMetInTheText) {
  Sentence headline =
      Tree("Vienna|PROPN|2|nsubj Rejects|PROPN|0|root Bold|PROPN|4|compound Plan|PROPN|2|obj");
  headline.heading = true;
  const EntityTable table = ResolveEntities({headline}, Lexicon::Default());
  for (const Entity& entity : table.entities)
    EXPECT_TRUE(!entity.named || entity.name == "Vienna") << entity.name;
}

TEST(Entities, DemonymsOfTwoWords) {
  const EntityTable table =
      Resolve({"South|PROPN|2|compound Korean|ADJ|3|amod officials|NOUN|4|nsubj|official "
               "left|VERB|0|root|leave .|PUNCT|4|punct",
               "Seoul|PROPN|2|nsubj protested|VERB|0|root|protest .|PUNCT|2|punct"});
  ASSERT_NE(Named(table, "South Korea"), nullptr);
  EXPECT_EQ(Named(table, "South"), nullptr);
  EXPECT_EQ(table.EntityAt(1, 0), Named(table, "South Korea"));
}

TEST(Entities, OneItalianIsNotItaly) {
  const EntityTable table =
      Resolve({"They|PRON|2|nsubj jailed|VERB|0|root|jail an|DET|4|det Italian|PROPN|2|obj .|PUNCT|2|punct",
               "The|DET|2|det Italian|NOUN|3|nsubj|Italian fled|VERB|0|root|flee .|PUNCT|3|punct",
               "The|DET|2|det Italians|PROPN|3|nsubj|Italian|NNPS won|VERB|0|root|win .|PUNCT|3|punct"});
  ASSERT_NE(table.EntityAt(0, 3), nullptr);
  EXPECT_EQ(table.EntityAt(0, 3)->type, EntityType::kPerson);
  EXPECT_EQ(table.EntityAt(1, 1), table.EntityAt(0, 3));
  EXPECT_EQ(table.EntityAt(2, 1)->type, EntityType::kNationality);
}

TEST(Entities, TheBankIsTheBankNamedBefore) {
  const EntityTable table = Resolve(
      {"The|DET|2|det Bank|PROPN|5|nsubj of|ADP|4|case England|PROPN|2|nmod acted|VERB|0|root|act "
       ".|PUNCT|5|punct",
       "The|DET|2|det bank|NOUN|3|nsubj raised|VERB|0|root|raise rates|NOUN|3|obj|rate|NNS .|PUNCT|3|punct"});
  ASSERT_NE(Named(table, "Bank of England"), nullptr);
  EXPECT_EQ(table.EntityAt(1, 1), Named(table, "Bank of England"));
  EXPECT_EQ(table.EntityAt(0, 3), Named(table, "England"));
}

TEST(Entities, HimIsNotTheSubjectOfItsOwnClause) {
  const EntityTable table = Resolve(
      {kMacron,
       "Angela|PROPN|3|nsubj Merkel|PROPN|1|flat criticised|VERB|0|root|criticise Emmanuel|PROPN|3|obj "
       "Macron|PROPN|4|flat",
       "Macron|PROPN|2|nsubj wrote|VERB|0|root|write a|DET|4|det book|NOUN|2|obj about|ADP|6|case "
       "him|PRON|4|nmod"});
  EXPECT_NE(table.EntityAt(2, 5), Named(table, "Emmanuel Macron"));
}

TEST(Entities, NationalInstitutionHasItsAdjectiveInItsName) {
  const EntityTable table = Resolve(
      {"The|DET|3|det Swedish|ADJ|3|amod Academy|PROPN|4|nsubj met|VERB|0|root|meet .|PUNCT|4|punct"});
  ASSERT_NE(Named(table, "Swedish Academy"), nullptr);
  EXPECT_EQ(Named(table, "Swedish Academy")->type, EntityType::kOrganization);
  EXPECT_NE(Named(table, "Sweden"), nullptr);
}

TEST(Entities, SurvivesBrokenTrees) {
  Sentence wild = Tree(
      "Angela|PROPN|99|flat|x Merkel|PROPN|2|flat|x who|PRON|1|acl:relcl|x her|PRON|-7|nmod:poss|x "
      "-|PUNCT|5|punct|x of|ADP|3|case|x");
  Sentence empty;
  Sentence names;
  for (int i = 0; i < 3000; ++i) {
    Token token;
    token.form = i % 3 == 0 ? "of" : "University";
    token.upos = i % 3 == 0 ? "ADP" : "PROPN";
    token.head = i + 1;
    token.deprel = "conj";
    names.tokens.push_back(token);
  }
  const EntityTable table = ResolveEntities({wild, empty, names}, Lexicon::Default());
  for (const Mention& mention : table.mentions)
    EXPECT_LT(mention.entity, static_cast<int>(table.entities.size()));
  EXPECT_TRUE(ResolveEntities({}, Lexicon::Default()).entities.empty());
}

TEST(Entities, MentionsComeInTextOrderAndByHeadPointsAtThem) {
  const EntityTable table = Resolve(
      {kMacron,
       "Macron|PROPN|2|nsubj spoke|VERB|0|root|speak to|ADP|5|case his|PRON|5|nmod:poss wife|NOUN|2|obl"});
  for (size_t i = 1; i < table.mentions.size(); ++i) {
    const Mention &a = table.mentions[i - 1], &b = table.mentions[i];
    EXPECT_TRUE(a.sentence < b.sentence || (a.sentence == b.sentence && a.begin <= b.begin));
  }
  for (const auto& [key, index] : table.by_head)
    EXPECT_EQ(table.mentions[static_cast<size_t>(index)].sentence, key.first);
  EXPECT_EQ(table.EntityAt(1, 3), Named(table, "Emmanuel Macron"));
  EXPECT_THAT(Named(table, "Emmanuel Macron")->aliases, Contains("Macron"));
  EXPECT_THAT(Named(table, "Emmanuel Macron")->aliases, Not(Contains("Emmanuel Macron")));
}

// Labels as the accurate model sets them: one of O, B-PER, ... a word.
EntityTable ResolveLabelled(const std::string& line, const std::vector<std::string>& labels) {
  std::vector<Sentence> sentences = {Tree(line)};
  for (size_t i = 0; i < labels.size(); ++i) sentences[0].tokens[i].name = labels[i];
  return ResolveEntities(sentences, Lexicon::Default());
}

TEST(Entities, NamesEndWhereTheModelSays) {
  constexpr char kLine[] = "We|PRON|2|nsubj met|VERB|0|root|meet Aunt|PROPN|4|compound Toni|PROPN|2|obj News|PROPN|4|flat .|PUNCT|2|punct";
  EXPECT_NE(Named(ResolveLabelled(kLine, {}), "Aunt Toni News"), nullptr);
  const EntityTable table = ResolveLabelled(kLine, {"O", "O", "O", "B-PER", "O", "O"});
  ASSERT_NE(Named(table, "Toni"), nullptr);
  EXPECT_EQ(Named(table, "Toni")->type, EntityType::kPerson);
  EXPECT_EQ(Named(table, "Aunt Toni News"), nullptr);
}

TEST(Entities, NamesOfTheModelNeedNoCapitals) {
  const EntityTable table = ResolveLabelled("he|PRON|2|nsubj ate|VERB|0|root|eat at|ADP|5|case the|DET|5|det wok|NOUN|2|obl 's|PART|5|case .|PUNCT|2|punct",
                                            {"O", "O", "O", "O", "B-LOC", "I-LOC", "O"});
  ASSERT_NE(Named(table, "wok 's"), nullptr);
  EXPECT_EQ(Named(table, "wok 's")->type, EntityType::kPlace);
}

// The same words without a label, and with O: then the other signs must be strong to make more than a thing of it.
TEST(Entities, WhatTheModelDoesNotNameIsAThing) {
  constexpr char kLine[] = "We|PRON|2|nsubj signed|VERB|0|root|sign the|DET|4|det GISB|PROPN|2|obj .|PUNCT|2|punct";
  const EntityTable unlabelled = ResolveLabelled(kLine, {}), labelled = ResolveLabelled(kLine, {"O", "O", "O", "O", "O"});
  ASSERT_NE(Named(unlabelled, "GISB"), nullptr);
  EXPECT_EQ(Named(unlabelled, "GISB")->type, EntityType::kOrganization);
  ASSERT_NE(Named(labelled, "GISB"), nullptr);
  EXPECT_EQ(Named(labelled, "GISB")->type, EntityType::kThing);
}

TEST(Entities, AddressesThatTheModelDoesNotNameAreNoNames) {
  constexpr char kLine[] = "See|VERB|0|root irc.Example.net|PROPN|1|obj and|CCONJ|4|cc notes.doc|PROPN|2|conj at|ADP|6|case Acme.com|PROPN|1|obl .|PUNCT|1|punct";
  const EntityTable table = ResolveLabelled(kLine, {"O", "O", "O", "O", "O", "B-ORG", "O"});
  EXPECT_EQ(Named(table, "irc.Example.net"), nullptr);
  EXPECT_EQ(Named(table, "notes.doc"), nullptr);
  EXPECT_NE(Named(table, "Acme.com"), nullptr);
  EXPECT_NE(Named(ResolveLabelled(kLine, {}), "notes.doc"), nullptr);
}

TEST(Entities, APluralThatTheModelNamesIsNoGroupOfPeople) {
  constexpr char kLine[] = "We|PRON|2|nsubj used|VERB|0|root|use Birdies|PROPN|2|obj||NNPS .|PUNCT|2|punct";
  const Entity* birdies = nullptr;
  const EntityTable table = ResolveLabelled(kLine, {"O", "O", "B-ORG", "O"});
  ASSERT_NE(birdies = Named(table, "Birdies"), nullptr);
  EXPECT_EQ(birdies->type, EntityType::kOrganization);
}

}  // namespace
}  // namespace dossier::ingest
