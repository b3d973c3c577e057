// dossier_train_coref: the ranker of coreference from documents with trees and chains. Deterministic.
//
//   dossier_train_coref --trees train.conllu --key ../shared/language-data/coref/ontogum/train --clusters clusters.txt
//       --out ingest/models/coref.model
#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>

#include "ingest/entity/coref_ranker.h"
#include "ingest/train/clusters.h"
#include "ingest/train/coref_corpus.h"
#include "ingest/train/train_coref.h"
#include "ingest/train/treebank.h"

namespace dossier::ingest {
namespace {

using Corpus = std::vector<std::unique_ptr<CorefExample>>;

struct Options {
  std::vector<std::string> trees, parsers;
  std::string key, dev_trees, dev_key, clusters, out;
  size_t word_count = 60000;
  size_t seeds = 1;
  size_t hold = 0;  // every n-th document is for tuning
  CorefTrainOptions train;
};

CorefScore ScoreOf(const CorefRanker& ranker, const Corpus& corpus, double bias) {
  CorefScore score;
  for (const auto& example : corpus) {
    const CorefDocument document(example->views, example->table, Lexicon::Default(), ranker.words());
    std::vector<int> clusters;
    for (const CorefLink& link : ranker.LinkMentions(document, bias)) clusters.push_back(link.cluster);
    score.Add(example->key, ChainsOf(*example, document, clusters));
  }
  return score;
}

absl::Status Report(const std::string& bytes, const Corpus& corpus, std::string_view what) {
  if (corpus.empty()) return absl::OkStatus();
  for (const double bias : {-0.4, 0.0, 0.4}) {
    ASSIGN_OR_RETURN(auto file, ModelFile::FromBytes(bytes));
    ASSIGN_OR_RETURN(auto ranker, CorefRanker::FromModel(std::move(file)));
    const CorefScore score = ScoreOf(*ranker, corpus, bias);
    std::printf("  %.*s bias %+.1f: CoNLL %.2f (MUC %.1f/%.1f B3 %.1f/%.1f CEAFe %.1f/%.1f)\n", static_cast<int>(what.size()), what.data(), bias, score.conll(),
                score.muc.precision(), score.muc.recall(), score.b3.precision(), score.b3.recall(), score.ceafe.precision(), score.ceafe.recall());
  }
  return absl::OkStatus();
}

absl::Status ReadCorpora(const Options& options, Corpus& train, Corpus& held, Corpus& dev) {
  for (size_t i = 0; i < options.trees.size(); ++i) {
    std::unique_ptr<Parser> parser;
    if (i < options.parsers.size()) {
      ASSIGN_OR_RETURN(parser, Parser::LoadFile(options.parsers[i]));
    }
    ASSIGN_OR_RETURN(Corpus corpus, ReadCorefCorpus(options.trees[i], options.key, parser.get()));
    for (auto& example : corpus) train.push_back(std::move(example));
  }
  if (options.hold > 0) {
    Corpus rest;
    for (size_t i = 0; i < train.size(); ++i) (i % options.hold == 0 ? held : rest).push_back(std::move(train[i]));
    train = std::move(rest);
  }
  if (options.dev_trees.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto parser, Parser::Load(ModelKind::kFast));
  ASSIGN_OR_RETURN(dev, ReadCorefCorpus(options.dev_trees, options.dev_key, parser.get()));
  return absl::OkStatus();
}

absl::Status Run(const Options& options) {
  Corpus train, held, dev;
  RETURN_IF_ERROR(ReadCorpora(options, train, held, dev));
  ASSIGN_OR_RETURN(Clusters clusters, ReadClusters(options.clusters));
  clusters.words.resize(std::min(clusters.words.size(), options.word_count));
  const std::string word_bytes = BuildWordTable(clusters, {});
  ASSIGN_OR_RETURN(const WordTable words, WordTable::FromBytes(word_bytes));
  std::vector<std::unique_ptr<CorefDocument>> documents;
  std::vector<CorefTrainDocument> items;
  for (const auto& example : train) {
    documents.push_back(std::make_unique<CorefDocument>(example->views, example->table, Lexicon::Default(), words));
    CorefTrainDocument item;
    item.document = documents.back().get();
    item.gold = GoldChains(*example, *documents.back());
    items.push_back(std::move(item));
  }
  std::vector<std::unique_ptr<CorefTrainer>> trainers;
  std::vector<const CorefTrainer*> done;
  std::string bytes;
  for (size_t n = 0; n < options.seeds; ++n) {
    CorefTrainOptions train_options = options.train;
    train_options.seed += n;
    trainers.push_back(std::make_unique<CorefTrainer>(train_options));
    trainers.back()->Prepare(items);
    for (int epoch = 1; epoch <= options.train.epochs; ++epoch) {
      std::printf("seed %zu epoch %d: loss %.4f\n", n + 1, epoch, trainers.back()->Epoch(epoch));
      std::fflush(stdout);
    }
    done.push_back(trainers.back().get());
    bytes = ExportCoref(done, word_bytes);
    RETURN_IF_ERROR(Report(bytes, held, "held"));
    RETURN_IF_ERROR(Report(bytes, dev, "dev"));
    std::fflush(stdout);
  }
  std::printf("%zu bytes\n", bytes.size());
  return options.out.empty() ? absl::OkStatus() : WriteFile(options.out, bytes);
}

}  // namespace
}  // namespace dossier::ingest

int main(int argc, char** argv) {
  dossier::ingest::Options options;
  CLI::App app{"Trains Dossier's ranker of coreference"};
  app.add_option("--trees", options.trees, "CoNLL-U files with `# newdoc id` and trees")->required();
  app.add_option("--parsers", options.parsers, "models that make the trees of the files of --trees, in the same order; else the trees are the files'");
  app.add_option("--key", options.key, "folder of OntoGUM's .conll files")->required();
  app.add_option("--dev-trees", options.dev_trees, "CoNLL-U file to measure on");
  app.add_option("--dev-key", options.dev_key);
  app.add_option("--clusters", options.clusters, "word clusters, as dossier_train --clusters writes them")->required();
  app.add_option("--words", options.word_count, "words that keep their cluster")->capture_default_str();
  app.add_option("--hold", options.hold, "every n-th document is left out and measured on")->capture_default_str();
  app.add_option("--out", options.out, "model file to write");
  app.add_option("--epochs", options.train.epochs)->capture_default_str();
  app.add_option("--average-from", options.train.average_from)->capture_default_str();
  app.add_option("--rate", options.train.rate)->capture_default_str();
  app.add_option("--dropout", options.train.dropout)->capture_default_str();
  app.add_option("--decay", options.train.decay)->capture_default_str();
  app.add_option("--min-count", options.train.min_count)->capture_default_str();
  app.add_option("--min-pair-count", options.train.min_pair_count)->capture_default_str();
  app.add_option("--cost-false-link", options.train.cost_false_link)->capture_default_str();
  app.add_option("--cost-missed", options.train.cost_missed)->capture_default_str();
  app.add_option("--cost-wrong", options.train.cost_wrong)->capture_default_str();
  app.add_option("--gold-clusters", options.train.gold_clusters)->capture_default_str();
  app.add_option("--seeds", options.seeds, "networks whose mean is the model")->capture_default_str();
  app.add_option("--seed", options.train.seed)->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  if (const absl::Status status = dossier::ingest::Run(options); !status.ok()) {
    std::fprintf(stderr, "%s\n", std::string(status.message()).c_str());
    return 1;
  }
  return 0;
}
