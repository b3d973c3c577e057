// The figures of coreference that ingest/README.md states, measured again on OntoGUM dev where it is at hand; and the scorer itself.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "graph/base/strings.h"
#include "ingest/entity/coref_ranker.h"
#include "ingest/train/coref_corpus.h"
#include "ingest/train/coref_score.h"
#include "tests/paths/paths.h"

namespace dossier::ingest {
namespace {

// The example of Pradhan et al. 2014, "Scoring coreference partitions of predicted mentions".
TEST(CorefScore, AgreesWithTheReferenceScorersPaper) {
  const CorefChains key = {{{1, 1}, {2, 2}, {3, 3}}, {{4, 4}, {5, 5}, {6, 6}, {7, 7}}};
  const CorefChains response = {{{1, 1}, {2, 2}}, {{3, 3}, {4, 4}}, {{6, 6}, {7, 7}, {8, 8}, {9, 9}}};
  CorefScore score;
  score.Add(key, response);
  EXPECT_DOUBLE_EQ(score.muc.recall(), 40);
  EXPECT_DOUBLE_EQ(score.muc.precision(), 40);
  EXPECT_NEAR(score.b3.recall(), 100 * 35.0 / 12 / 7, 1e-9);
  EXPECT_NEAR(score.b3.precision(), 50, 1e-9);
  EXPECT_NEAR(score.ceafe.recall(), 65, 1e-9);
  EXPECT_NEAR(score.ceafe.precision(), 130.0 / 3, 1e-9);
}

TEST(CorefScore, TheSameChainsScoreFullyAndNothingScoresNothing) {
  const CorefChains key = {{{1, 1}, {2, 3}}, {{4, 4}, {5, 5}}};
  CorefScore full, none;
  full.Add(key, key);
  EXPECT_DOUBLE_EQ(full.conll(), 100);
  none.Add(key, {});
  EXPECT_DOUBLE_EQ(none.conll(), 0);
}

TEST(CorefScore, TheBestAssignmentIsNotTheGreedyOne) {
  EXPECT_DOUBLE_EQ(BestAssignment({{9, 8}, {8, 1}}), 16);
  EXPECT_DOUBLE_EQ(BestAssignment({{1, 2, 9}}), 9);
  EXPECT_DOUBLE_EQ(BestAssignment({{1}, {2}, {9}}), 9);
  EXPECT_DOUBLE_EQ(BestAssignment({}), 0);
}

TEST(CorefKey, ReadsNestedAndSingleMentions) {
  const CorefChains chains = ParseCorefKey("# begin document\n0\tAnn\t(1|(2)\n1\tand\t_\n2\tBen\t1)|(3)\n\n0\tthey\t(1)\n1\tand\t(2)\n");
  ASSERT_EQ(chains.size(), 2u);  // 3 has one mention
  EXPECT_EQ(chains[0], (std::vector<CorefSpan>{{0, 2}, {3, 3}}));
  EXPECT_EQ(chains[1], (std::vector<CorefSpan>{{0, 0}, {4, 4}}));
}

std::string DataPath(std::string_view name) {
  return SharedDirectory() / "language-data" / name;
}

// The chains restricted to spans whose head is a proper noun in the treebank's own tree (tools/score_coref.py --names).
CorefChains NamesOf(const CorefChains& chains, const CorefExample& gold) {
  CorefChains out;
  for (const auto& chain : chains) {
    std::vector<CorefSpan> names;
    for (const CorefSpan& span : chain) {
      size_t s = 0;
      while (s + 1 < gold.views.size() && gold.offset[s + 1] <= span.first) ++s;
      const TokenIndex begin = span.first - gold.offset[s];
      const TokenIndex end = std::min<TokenIndex>(begin + span.second - span.first + 1, gold.views[s].size());
      if (gold.views[s].Upos(gold.views[s].HeadOf(begin, end)) == "PROPN") names.push_back(span);
    }
    if (names.size() > 1) out.push_back(std::move(names));
  }
  return out;
}

struct Bounds {
  std::string_view name;
  ModelKind model;
  double all, names;
};

class CorefFiguresTest : public testing::TestWithParam<Bounds> {};

TEST_P(CorefFiguresTest, OntoGumDev) {
  const std::string trees = DataPath("ud/en_gum_open-ud-dev.conllu"), key = DataPath("coref/ontogum/dev");
  if (!std::filesystem::exists(trees) || !std::filesystem::exists(key)) GTEST_SKIP() << key << " is not there";
  const auto parser = Parser::Load(GetParam().model).value();
  const auto ranker = CorefRanker::Load().value();
  const auto gold = ReadCorefCorpus(trees, key, nullptr).value(), predicted = ReadCorefCorpus(trees, key, parser.get()).value();
  ASSERT_EQ(predicted.size(), 19u);
  CorefScore all, names;
  for (size_t i = 0; i < predicted.size(); ++i) {
    const CorefDocument document(predicted[i]->views, predicted[i]->table, Lexicon::Default(), ranker->words());
    std::vector<int> clusters;
    for (const CorefLink& link : ranker->LinkMentions(document)) clusters.push_back(link.cluster);
    const CorefChains chains = ChainsOf(*predicted[i], document, clusters);
    all.Add(predicted[i]->key, chains);
    names.Add(NamesOf(predicted[i]->key, *gold[i]), NamesOf(chains, *gold[i]));
  }
  RecordProperty("conll", std::to_string(all.conll()));
  RecordProperty("names", std::to_string(names.conll()));
  EXPECT_GE(all.conll(), GetParam().all);
  EXPECT_GE(names.conll(), GetParam().names);
}

INSTANTIATE_TEST_SUITE_P(Dev, CorefFiguresTest, testing::Values(Bounds{"Fast", ModelKind::kFast, 58.5, 63.0}, Bounds{"Accurate", ModelKind::kAccurate, 60.2, 64.0}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace dossier::ingest
