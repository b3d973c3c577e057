#include <CLI/CLI.hpp>

#include "graph/base/strings.h"
#include "ingest/parse/parser.h"
#include "ingest/read/reader.h"
#include "ingest/text/conllu.h"
#include "ingest/text/tokenizer.h"
#include "shell/commands/command.h"
#include "shell/exit_code.h"
#include "shell/session.h"

namespace dossier::shell {
namespace {

constexpr size_t kMaxConllu = size_t{1} << 30;

struct Options {
  std::string file, model = "accurate";
  bool conllu = false;
};

absl::StatusOr<std::vector<ingest::Sentence>> ReadSentences(const Options& options, std::string& bytes) {
  const ingest::ReadOptions read;
  ASSIGN_OR_RETURN(bytes, ReadInput(options.file, options.conllu ? kMaxConllu : read.max_bytes));
  if (options.conllu) return ingest::ReadConllu(bytes);
  ASSIGN_OR_RETURN(const ingest::Document document, ingest::ReadArticle(bytes, InputName(options.file), read));
  return ingest::SplitAndTokenize(document);
}

int RunParse(const Options& options, const CommandContext& context) {
  std::string bytes;
  auto sentences = ReadSentences(options, bytes);
  if (!sentences.ok()) {
    return PositionOf(sentences.status()) ? FailAt(sentences.status(), bytes, InputName(options.file)) : Fail(sentences.status());
  }
  const auto model = ModelOfName(options.model);
  if (!model.ok()) return Fail(model.status());
  const auto parser = ingest::Parser::Load(*model);
  if (!parser.ok()) {
    Fail(parser.status());
    return kExitError;
  }
  for (ingest::Sentence& sentence : *sentences) {
    if (context.cancelled->load()) return Fail(Cancelled("interrupted"));
    (*parser)->Parse(sentence);
    std::string out;
    ingest::AppendConllu(sentence, out);
    if (const absl::Status status = WriteOutput(out); !status.ok()) return Fail(status);
  }
  return kExitOk;
}

}  // namespace

void AddParseCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("parse", "Print dependency trees as CoNLL-U");
  command->add_option("FILE", options->file, "Text to parse (- is standard input)")->required();
  command->add_flag("--conllu", options->conllu, "The file is CoNLL-U: keep its sentences and tokens, parse them anew");
  command->add_option("--model", options->model, "Language model: fast or accurate")->capture_default_str();
  command->callback([options, &action] { action = [options](const CommandContext& context) { return RunParse(*options, context); }; });
}

}  // namespace dossier::shell
