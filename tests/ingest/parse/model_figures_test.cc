// The figures that ingest/models/README.md states, measured again on the dev treebanks where they are at
// hand.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "graph/base/strings.h"
#include "ingest/parse/parser.h"
#include "ingest/text/conllu.h"
#include "ingest/text/tokenizer.h"
#include "ingest/train/evaluate.h"
#include "ingest/train/treebank.h"
#include "tests/paths/paths.h"

namespace dossier::ingest {
namespace {

std::string TreebankPath(std::string_view name) {
  return (SharedDirectory() / "language-data/ud" / name).string();
}

struct Bounds {
  std::string_view treebank;
  ModelKind model;
  double upos, las;         // gold tokens
  double words, sentences;  // raw text
};

class ModelFiguresTest : public testing::TestWithParam<Bounds> {
 protected:
  void SetUp() override {
    const std::string path = TreebankPath(GetParam().treebank);
    if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not there";
    gold_ = ReadTreebank(path).value();
  }
  Treebank gold_;
};

TEST_P(ModelFiguresTest, GoldTokens) {
  const auto parser = Parser::Load(GetParam().model).value();
  Treebank system = gold_;
  parser->ParseAll(absl::MakeSpan(system));
  const Evaluation evaluation = Evaluate(gold_, system).value();
  EXPECT_GE(evaluation.metric("UPOS").f1(), GetParam().upos);
  EXPECT_GE(evaluation.metric("LAS").f1(), GetParam().las);
}

TEST_P(ModelFiguresTest, RawText) {
  Document document;
  document.text = RawText(gold_);
  const Evaluation evaluation = Evaluate(gold_, SplitAndTokenize(document)).value();
  EXPECT_GE(evaluation.metric("Words").f1(), GetParam().words);
  EXPECT_GE(evaluation.metric("Sentences").f1(), GetParam().sentences);
}

INSTANTIATE_TEST_SUITE_P(Dev, ModelFiguresTest,
                         testing::Values(Bounds{"en_ewt-ud-dev.conllu", ModelKind::kFast, 95.2, 81.7, 99.1, 87.5},
                                         Bounds{"en_gum_open-ud-dev.conllu", ModelKind::kFast, 96.7, 82.0, 99.8, 95.5},
                                         Bounds{"en_ewt-ud-dev.conllu", ModelKind::kAccurate, 96.6, 88.8, 99.1, 87.5},
                                         Bounds{"en_gum_open-ud-dev.conllu", ModelKind::kAccurate, 97.7, 89.3, 99.8, 95.5}),
                         [](const auto& test) {
                           return std::string(test.index % 2 == 0 ? "Ewt" : "GumOpen") + (test.index < 2 ? "Fast" : "Accurate");
                         });

TEST(EvaluateTest, CountsAlignedWords) {
  const auto gold =
      ReadConllu(
          "1\tA\ta\tDET\tDT\t_\t2\tdet\t_\t_\n2\tdog\tdog\tNOUN\tNN\t_\t0\troot\t_\tSpaceAfter=No\n"
          "3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n")
          .value();
  const auto system =
      ReadConllu("1\tA\ta\tDET\tDT\t_\t2\tdet\t_\t_\n2\tdog.\tdog.\tNOUN\tNN\t_\t0\troot\t_\t_\n\n").value();
  const Evaluation same = Evaluate(gold, gold).value();
  for (const auto& [name, metric] : same.metrics) EXPECT_DOUBLE_EQ(metric.f1(), 100) << name;
  const Evaluation other = Evaluate(gold, system).value();
  EXPECT_EQ(other.metric("Words").correct, 1u);
  EXPECT_EQ(other.metric("LAS").correct, 0u);  // the head of "A" is not aligned
  EXPECT_EQ(other.metric("Sentences").correct, 1u);
  EXPECT_FALSE(Evaluate(gold, {}).ok());
}

}  // namespace
}  // namespace dossier::ingest
