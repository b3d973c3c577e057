// dossier_eval_ud: the figures of a model on a treebank, by the definitions of the CoNLL 2018 shared task.
//
//   dossier_eval_ud --gold-tokens ../shared/language-data/ud/en_ewt-ud-dev.conllu
//   dossier_eval_ud --raw ../shared/language-data/ud/en_ewt-ud-dev.conllu
#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

#include "ingest/parse/parser.h"
#include "ingest/text/conllu.h"
#include "ingest/text/tokenizer.h"
#include "ingest/train/evaluate.h"
#include "ingest/train/treebank.h"

namespace dossier::ingest {
namespace {

// Time of this process's thread, so that other programs on the machine do not count.
struct CpuClock {
  using time_point = double;
  static double now() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }
};
using Clock = CpuClock;

double SecondsSince(Clock::time_point start) { return Clock::now() - start; }

void ClearAnnotation(Token& token) {
  token.upos.clear();
  token.xpos.clear();
  token.feats.clear();
  token.lemma.clear();
  token.deprel.clear();
  token.head = kNoToken;
}

void Print(const Evaluation& evaluation) {
  for (const auto& [name, metric] : evaluation.metrics) {
    std::printf("%-10s %6.2f   (%zu of %zu gold, %zu system)\n", name.c_str(), metric.f1(), metric.correct,
                metric.gold, metric.system);
  }
}

struct Options {
  std::string treebank;
  std::string model = "fast";
  std::string write;
  bool raw = false;
  bool tokens_only = false;
  bool own_tokens = false;
  int repeat = 1;
};

absl::Status Run(const Options& options) {
  const Clock::time_point load_start = Clock::now();
  const bool embedded = options.model == "fast" || options.model == "accurate";
  ASSIGN_OR_RETURN(auto parser, embedded ? Parser::Load(options.model == "fast" ? ModelKind::kFast : ModelKind::kAccurate)
                                         : Parser::LoadFile(options.model));
  std::printf("%s loaded in %.1f ms\n", parser->Name().c_str(), 1000 * SecondsSince(load_start));
  ASSIGN_OR_RETURN(const Treebank gold, ReadTreebank(options.treebank));
  std::vector<Sentence> system;
  if (options.raw) {
    Document document;
    document.text = RawText(gold);
    std::unique_ptr<Tokenizer> own;
    if (!embedded && !options.own_tokens) {
      ASSIGN_OR_RETURN(own, Tokenizer::LoadFile(options.model));
    }
    const Clock::time_point start = Clock::now();
    system = (own ? *own : Tokenizer::Default()).Split(document);
    size_t words = 0;
    for (const Sentence& sentence : system) words += sentence.tokens.size();
    std::printf("tokenised %zu words, %.0f words/s\n", words,
                static_cast<double>(words) / SecondsSince(start));
  } else {
    system = gold;
    for (Sentence& sentence : system) {
      for (Token& token : sentence.tokens) ClearAnnotation(token);
    }
  }
  if (!options.tokens_only) {
    size_t words = 0;
    const Clock::time_point start = Clock::now();
    for (int i = 0; i < options.repeat; ++i) {
      parser->ParseAll(absl::MakeSpan(system));
      for (const Sentence& sentence : system) words += sentence.tokens.size();
    }
    std::printf("tagged and parsed %zu words, %.0f words/s\n", words,
                static_cast<double>(words) / SecondsSince(start));
  }
  ASSIGN_OR_RETURN(const Evaluation evaluation, Evaluate(gold, system));
  Print(evaluation);
  if (!options.write.empty()) {
    std::string out;
    for (const Sentence& sentence : system) AppendConllu(sentence, out);
    RETURN_IF_ERROR(WriteFile(options.write, out));
  }
  return absl::OkStatus();
}

}  // namespace
}  // namespace dossier::ingest

int main(int argc, char** argv) {
  dossier::ingest::Options options;
  CLI::App app{"Scores a model on a treebank (CoNLL 2018 definitions)"};
  app.add_option("treebank", options.treebank, "CoNLL-U file with the gold annotation")->required();
  app.add_option("--model", options.model, "fast, accurate, or a model file")->capture_default_str();
  app.add_flag("--program-tokenizer", options.own_tokens, "with a model file: split by the program's own tokenizer");
  app.add_flag("--raw,!--gold-tokens", options.raw,
               "start from the raw text (default: from the gold tokens)");
  app.add_flag("--tokens-only", options.tokens_only, "do not parse");
  app.add_option("--repeat", options.repeat, "parse that many times, for the speed")->capture_default_str();
  app.add_option("--write", options.write, "write the system's CoNLL-U to this file");
  CLI11_PARSE(app, argc, argv);
  if (const absl::Status status = dossier::ingest::Run(options); !status.ok()) {
    std::fprintf(stderr, "dossier_eval_ud: %s\n", dossier::MessageOf(status).c_str());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
