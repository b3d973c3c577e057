#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "graph/base/strings.h"
#include "ingest/entity/coref_links.h"
#include "ingest/entity/coref_ranker.h"
#include "tests/ingest/entity/tree_builder.h"

namespace dossier::ingest {
namespace {

using testing::ElementsAre;

// The spans of the mentions of one sentence, as text.
std::vector<std::string> Spans(const std::string& line) {
  const Sentence sentence = Tree(line);
  const std::vector<ParsedSentence> views(1, ParsedSentence(sentence));
  std::vector<std::string> spans;
  for (const CorefMention& m : FindCorefMentions(views)) spans.push_back(views[0].Text(m.begin, m.end));
  return spans;
}

TEST(CorefMentions, APhraseHasItsModifiersAndComplements) {
  EXPECT_THAT(Spans("The|DET|3|det old|ADJ|3|amod bridge|NOUN|7|nsubj of|ADP|6|case the|DET|6|det town|NOUN|3|nmod fell|VERB|0|root"),
              ElementsAre("The old bridge of the town", "the town"));
}

TEST(CorefMentions, WhatParsersHangOnTheWrongNounMakesTwoReadings) {
  EXPECT_THAT(Spans("The|DET|3|det old|ADJ|3|amod bridge|NOUN|7|nsubj over|ADP|6|case the|DET|6|det river|NOUN|3|nmod fell|VERB|0|root"),
              ElementsAre("The old bridge over the river", "The old bridge", "the river"));
  EXPECT_THAT(Spans("The|DET|2|det man|NOUN|5|nsubj who|PRON|4|nsubj|who|WP slept|VERB|2|acl:relcl left|VERB|0|root"),
              ElementsAre("The man who slept", "The man"));
  EXPECT_THAT(Spans("Ann|PROPN|6|nsubj ,|PUNCT|4|punct who|PRON|4|nsubj|who|WP slept|VERB|1|acl:relcl ,|PUNCT|4|punct left|VERB|0|root"),
              ElementsAre("Ann , who slept", "Ann"));
}

TEST(CorefMentions, PossessorsHaveTheirEnding) {
  EXPECT_THAT(Spans("Ann|PROPN|3|nmod:poss 's|PART|1|case car|NOUN|4|nsubj broke|VERB|0|root"), ElementsAre("Ann 's car", "Ann 's"));
}

TEST(CorefMentions, CoordinationsStandBesideTheirMembers) {
  EXPECT_THAT(Spans("Ann|PROPN|4|nsubj and|CCONJ|3|cc Ben|PROPN|1|conj left|VERB|0|root"), ElementsAre("Ann and Ben", "Ann", "Ben"));
}

TEST(CorefMentions, PrepositionsAndClausesOfPredicatesStayOutside) {
  EXPECT_THAT(Spans("She|PRON|5|nsubj|she|PRP was|AUX|5|cop once|ADV|5|advmod a|DET|5|det judge|NOUN|0|root in|ADP|7|case Rome|PROPN|5|obl"),
              ElementsAre("She", "a judge", "Rome"));
}

TEST(CorefMentions, ExpletivesRelativesAndQuestionWordsAreNone) {
  EXPECT_THAT(Spans("There|PRON|2|expl|there|EX is|VERB|0|root hope|NOUN|2|nsubj"), ElementsAre("hope"));
  EXPECT_THAT(Spans("Who|PRON|2|nsubj|who|WP left|VERB|0|root"), ElementsAre());
}

TEST(CorefMentions, PronounsTellPersonNumberAndGender) {
  EXPECT_EQ(TraitsOfPronoun("her").gender, Gender::kFemale);
  EXPECT_TRUE(TraitsOfPronoun("her").possessive);
  EXPECT_EQ(TraitsOfPronoun("\u2019em").number, Number::kPlural);
  EXPECT_TRUE(TraitsOfPronoun("itself").reflexive);
  EXPECT_EQ(TraitsOfPronoun("we").person, 1);
  EXPECT_EQ(TraitsOfPronoun("who").person, 0);
}

// A document of several sentences with what its ranker sees.
struct Made {
  explicit Made(const std::vector<std::string>& lines, const CorefRanker& ranker) {
    for (const std::string& line : lines) sentences.push_back(Tree(line));
    for (const Sentence& sentence : sentences) views.emplace_back(sentence);
    table = ResolveNamesAndNouns(views, Lexicon::Default());
    document = std::make_unique<CorefDocument>(views, table, Lexicon::Default(), ranker.words());
  }
  std::vector<Sentence> sentences;
  std::vector<ParsedSentence> views;
  EntityTable table;
  std::unique_ptr<CorefDocument> document;
};

class CorefRankerTest : public testing::Test {
 protected:
  const std::unique_ptr<CorefRanker> ranker_ = CorefRanker::Load().value();
};

constexpr const char* kNagyFounded =
    "Anna|PROPN|3|nsubj Nagy|PROPN|1|flat founded|VERB|0|root|found a|DET|5|det company|NOUN|3|obj .|PUNCT|3|punct";
constexpr const char* kSheRuns = "She|PRON|2|nsubj|she|PRP runs|VERB|0|root|run it|PRON|2|obj|it|PRP .|PUNCT|2|punct";

TEST_F(CorefRankerTest, PairFeaturesTellAgreementFromConflict) {
  const Made made({kNagyFounded, kSheRuns, "He|PRON|2|nsubj|he|PRP left|VERB|0|root|leave .|PUNCT|2|punct"}, *ranker_);
  const auto& mentions = made.document->mentions();
  ASSERT_EQ(mentions.size(), 5u);  // Anna Nagy, a company, She, it, He
  EXPECT_EQ(mentions[0].gender, Gender::kFemale);
  EXPECT_TRUE(AgreeInForm(mentions[2], mentions[0]));
  EXPECT_FALSE(AgreeInForm(mentions[2], mentions[1]));
  EXPECT_FALSE(AgreeInForm(mentions[4], mentions[2]));
  FeatureList she, again, he;
  AddPairFeatures(*made.document, 2, 0, {2, 0}, she);
  AddPairFeatures(*made.document, 2, 0, {2, 0}, again);
  AddPairFeatures(*made.document, 4, 0, {2, 0}, he);
  EXPECT_TRUE(std::equal(she.span().begin(), she.span().end(), again.span().begin(), again.span().end()));
  EXPECT_FALSE(std::equal(she.span().begin(), she.span().end(), he.span().begin(), he.span().end()));
}

TEST_F(CorefRankerTest, LinksAPronounToThePersonBefore) {
  const Made made({kNagyFounded, kSheRuns}, *ranker_);
  const std::vector<CorefLink> links = ranker_->LinkMentions(*made.document);
  ASSERT_EQ(links.size(), 4u);
  EXPECT_EQ(links[0].antecedent, -1);
  EXPECT_EQ(links[2].antecedent, 0);
  EXPECT_EQ(links[2].cluster, links[0].cluster);
  EXPECT_GT(links[2].probability, 0.5);
  EXPECT_LE(links[2].probability, 1.0);
}

TEST_F(CorefRankerTest, ABiasMakesMoreLinksOrNone) {
  const Made made({kNagyFounded, kSheRuns}, *ranker_);
  for (const CorefLink& link : ranker_->LinkMentions(*made.document, -1000)) EXPECT_EQ(link.antecedent, -1);
  const auto all = ranker_->LinkMentions(*made.document, 1000);
  EXPECT_EQ(all[1].antecedent, -1);  // "a company" shares no word with "Anna Nagy", so they are not compared
  EXPECT_GE(all[2].antecedent, 0);
  EXPECT_GE(all[3].antecedent, 0);
}

TEST_F(CorefRankerTest, SpeakersAreTheSameOrNot) {
  Made made({"I|PRON|2|nsubj|I|PRP left|VERB|0|root", "I|PRON|2|nsubj|I|PRP stayed|VERB|0|root"}, *ranker_);
  made.sentences[0].speaker = "Ann";
  made.sentences[1].speaker = "Ben";
  const CorefDocument document(made.views, made.table, Lexicon::Default(), ranker_->words());
  EXPECT_NE(document.mentions()[0].speaker, document.mentions()[1].speaker);
  EXPECT_TRUE(document.SpeakerIsCalled(document.mentions()[0].speaker, "ann"));
  EXPECT_FALSE(document.SpeakerIsCalled(document.mentions()[1].speaker, "ann"));
}

TEST_F(CorefRankerTest, TheSayerOfAQuotationIsItsVerbsSubject) {
  const Made made({"“|PUNCT|3|punct I|PRON|3|nsubj|I|PRP won|VERB|6|ccomp|win ”|PUNCT|3|punct Ann|PROPN|6|nsubj said|VERB|0|root|say"}, *ranker_);
  const auto& mentions = made.document->mentions();
  ASSERT_EQ(mentions.size(), 2u);
  EXPECT_GE(mentions[0].quote, 0);
  EXPECT_EQ(mentions[0].sayer, 4);
  EXPECT_EQ(mentions[1].quote, -1);
}

TEST_F(CorefRankerTest, LooksAtABoundedNumberOfMentions) {
  const std::vector<std::string> lines(400, "Anna|PROPN|3|nsubj Nagy|PROPN|1|flat met|VERB|0|root|meet the|DET|5|det mayor|NOUN|3|obj again|ADV|3|advmod");
  const Made made(lines, *ranker_);
  CorefSearch search(*made.document);
  std::vector<Candidate> candidates;
  for (size_t m = 0; m < made.document->mentions().size(); ++m) {
    search.FindCandidates(m, candidates);
    EXPECT_LE(candidates.size(), CorefSearch::kNear + 4 * CorefSearch::kFar);
    for (size_t c = 1; c < candidates.size(); ++c) EXPECT_LT(candidates[c].mention, candidates[c - 1].mention);
    search.Link(m, m == 0 ? -1 : static_cast<int>(m - 1));
  }
  EXPECT_EQ(search.clusters().size(), 1u);
}

TEST_F(CorefRankerTest, OneReadingOfAPhraseIsLinkedAtMost) {
  const std::vector<std::string> lines(30, "Ann|PROPN|5|nsubj in|ADP|3|case Rome|PROPN|1|nmod often|ADV|5|advmod slept|VERB|0|root|sleep");
  const Made made(lines, *ranker_);
  const std::vector<CorefLink> links = ranker_->LinkMentions(*made.document, 1000);  // whatever can be linked is
  const auto& mentions = made.document->mentions();
  std::vector<int> sizes(links.size());
  for (const CorefLink& link : links) ++sizes[static_cast<size_t>(link.cluster)];
  int readings = 0;
  for (size_t m = 0; m + 1 < links.size(); ++m) {
    if (mentions[m].variant != 1) continue;
    ASSERT_EQ(mentions[m + 1].variant, 2);
    ++readings;
    EXPECT_FALSE(sizes[static_cast<size_t>(links[m].cluster)] > 1 && sizes[static_cast<size_t>(links[m + 1].cluster)] > 1);
  }
  EXPECT_EQ(readings, 30);
}

TEST_F(CorefRankerTest, SurvivesBrokenTrees) {
  uint64_t state = 7;
  const auto random = [&](uint64_t n) {
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    return (state >> 33) % n;
  };
  constexpr std::string_view kWords[] = {"He", "it", "Ann", "\"", "(", "bridge", "'s", "that", "and", "they", "\u201D", "I"};
  constexpr std::string_view kTags[] = {"PRON", "NOUN", "PROPN", "PUNCT", "VERB", "DET", "PART", "NUM"};
  constexpr std::string_view kRelations[] = {"nsubj", "obj", "conj", "flat", "acl", "appos", "case", "punct", "nmod:poss", "det", "cop", "nmod"};
  std::vector<Sentence> sentences(60);
  for (Sentence& sentence : sentences) {
    for (uint64_t i = random(20); i > 0; --i) {
      Token token;
      token.form = kWords[random(std::size(kWords))];
      token.upos = kTags[random(std::size(kTags))];
      token.deprel = kRelations[random(std::size(kRelations))];
      token.head = static_cast<TokenIndex>(random(24)) - 2;
      sentence.tokens.push_back(token);
    }
  }
  const EntityTable table = ResolveEntities(sentences, Lexicon::Default(), ranker_.get());
  for (const Mention& mention : table.mentions) {
    EXPECT_LT(mention.entity, static_cast<int>(table.entities.size()));
    EXPECT_LE(static_cast<size_t>(mention.end), sentences[mention.sentence].tokens.size());
  }
  EXPECT_TRUE(ResolveEntities({}, Lexicon::Default(), ranker_.get()).entities.empty());
}

TEST_F(CorefRankerTest, RankedLinksLeaveNamesAndFirstPersonsAlone) {
  const Made made({kNagyFounded, "She|PRON|2|nsubj|she|PRP left|VERB|0|root|leave .|PUNCT|2|punct",
                   "I|PRON|2|nsubj|I|PRP slept|VERB|0|root|sleep .|PUNCT|2|punct"}, *ranker_);
  EntityTable table = made.table;
  const auto names = [&] {
    std::vector<int> entities;
    for (const Mention& m : table.mentions) {
      if (m.kind == MentionKind::kName) entities.push_back(m.entity);
    }
    return entities;
  };
  const std::vector<int> before = names();
  AddRankedLinks(made.views, Lexicon::Default(), *ranker_, table);
  EXPECT_EQ(names(), before);
  EXPECT_EQ(table.EntityAt(2, 0), nullptr);
  ASSERT_NE(table.EntityAt(1, 0), nullptr);
  EXPECT_EQ(table.EntityAt(1, 0)->name, "Anna Nagy");
}

TEST(CorefModel, ADamagedFileIsRefused) {
  ModelFileWriter writer;
  writer.Add("words", "x");
  const std::string bytes = writer.Finish();
  std::vector<uint64_t> aligned(bytes.size() / 8 + 1);
  std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(aligned.data()));
  auto file = ModelFile::FromBytes({reinterpret_cast<const char*>(aligned.data()), bytes.size()});
  ASSERT_TRUE(file.ok());
  EXPECT_FALSE(CorefRanker::FromModel(std::move(*file)).ok());
}

}  // namespace
}  // namespace dossier::ingest
