#include <CLI/CLI.hpp>

#include <cstdio>

#include "graph/base/strings.h"
#include "graph/io/rdf.h"
#include "ingest/fact/carb.h"
#include "ingest/read/reader.h"
#include "ingest/text/conllu.h"
#include "ingest/text/tokenizer.h"
#include "shell/commands/command.h"
#include "shell/exit_code.h"
#include "shell/results/explain_extraction.h"
#include "shell/session.h"

namespace dossier::shell {
namespace {

constexpr size_t kMaxLinesInput = size_t{1} << 30;
constexpr size_t kMaxLine = size_t{1} << 20;

struct Options {
  std::string file, format = "facts", model = "accurate";
  bool lines = false, explain = false;
};

void AppendTokens(const ingest::Sentence& sentence, std::string& out) {
  for (const ingest::Token& token : sentence.tokens) Append(out, token.span.begin, '\t', token.span.end, '\t', token.form, '\n');
  out += '\n';
}

// Prints documents, or the lines of a file, in one of the formats.
class Extractor {
 public:
  Extractor(const Options& options, const CommandContext& context) : options_(options), context_(context) {}

  absl::Status Run() {
    ASSIGN_OR_RETURN(const ingest::ModelKind model, ModelOfName(options_.model));
    if (options_.format != "tokens") {
      ASSIGN_OR_RETURN(pipeline_, ingest::Pipeline::Create(model));
    }
    if (options_.lines) return RunLines();
    const ingest::ReadOptions read;
    ASSIGN_OR_RETURN(const std::string bytes, ReadInput(options_.file, read.max_bytes));
    ASSIGN_OR_RETURN(const ingest::Document document, ingest::ReadArticle(bytes, InputName(options_.file), read));
    std::string out;
    RETURN_IF_ERROR(AppendDocument(document, out));
    return WriteOutput(out);
  }

 private:
  absl::Status RunLines() {
    ASSIGN_OR_RETURN(const std::string bytes, ReadInput(options_.file, kMaxLinesInput));
    if (bytes.size() > kMaxLinesInput) return ResourceExhausted(Cat(InputName(options_.file), " is longer than 1 GiB"));
    size_t number = 0;
    for (size_t begin = 0; begin < bytes.size(); ++number) {
      if (context_.cancelled->load()) return Cancelled("interrupted");
      size_t end = bytes.find('\n', begin);
      if (end == std::string::npos) end = bytes.size();
      std::string_view line = std::string_view(bytes).substr(begin, end - begin);
      if (line.ends_with('\r')) line.remove_suffix(1);
      begin = end + 1;
      if (line.size() > kMaxLine) {
        return ResourceExhausted(Cat(InputName(options_.file), ":", number + 1, ": a line of more than 1 MiB is no sentence"));
      }
      std::string out;
      RETURN_IF_ERROR(AppendLine(line, number, out));
      RETURN_IF_ERROR(WriteOutput(out));
    }
    return absl::OkStatus();
  }

  // One line is one sentence, whose tokens may already be separated.
  absl::Status AppendLine(std::string_view line, size_t number, std::string& out) {
    if (options_.explain || options_.format == "facts" || options_.format == "nquads") {
      ingest::Document document;
      document.text = std::string(line);
      document.source = Cat(InputName(options_.file), ":", number + 1);
      return line.empty() ? absl::OkStatus() : AppendDocument(document, out);
    }
    ingest::Sentence sentence = ingest::TokenizeLine(line);
    if (options_.format == "tokens") {
      AppendTokens(sentence, out);
      return absl::OkStatus();
    }
    pipeline_->parser().Parse(sentence);
    if (options_.format == "conllu") {
      if (!sentence.tokens.empty()) ingest::AppendConllu(sentence, out);
    } else {
      out += ingest::RenderCarb(line, sentence, ingest::ExtractPropositions(sentence));
    }
    return absl::OkStatus();
  }

  absl::Status AppendDocument(const ingest::Document& document, std::string& out) {
    if (options_.format == "tokens") {
      for (const ingest::Sentence& sentence : ingest::SplitAndTokenize(document)) AppendTokens(sentence, out);
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(const ingest::Analysis analysis, pipeline_->Analyze(document));
    if (options_.explain) {
      for (uint32_t i = 0; i < analysis.sentences.size(); ++i) out += ExplainSentence(analysis, i);
      return absl::OkStatus();
    }
    if (options_.format == "nquads") {
      ASSIGN_OR_RETURN(const std::vector<graph::Quad> quads, pipeline_->ToQuads(document, analysis, {}));
      for (const graph::Quad& quad : quads) graph::AppendNQuad(quad, out);
      return absl::OkStatus();
    }
    if (options_.format == "facts") {
      for (const ingest::Fact& fact : analysis.facts) {
        out += ingest::FactToJson(fact, analysis.sentences[fact.sentence], analysis.iris, analysis.entities);
      }
      for (const ingest::Fact& fact : ingest::TitleFacts(analysis.sentences, analysis.entities)) {
        out += ingest::FactToJson(fact, analysis.sentences[fact.sentence], analysis.iris, analysis.entities);
      }
      return absl::OkStatus();
    }
    for (size_t i = 0; i < analysis.sentences.size(); ++i) {
      const ingest::Sentence& sentence = analysis.sentences[i];
      if (options_.format == "conllu") {
        ingest::AppendConllu(sentence, out, /*with_offsets=*/true);
      } else {
        out += ingest::RenderCarb(sentence.text, sentence, analysis.propositions[i]);
      }
    }
    return absl::OkStatus();
  }

  const Options& options_;
  const CommandContext& context_;
  std::unique_ptr<ingest::Pipeline> pipeline_;
};

int RunExtract(const Options& options, const CommandContext& context) {
  const absl::Status status = Extractor(options, context).Run();
  if (status.ok()) return kExitOk;
  const int code = Fail(status);
  return code == kExitDatabase ? static_cast<int>(kExitError) : code;  // there is no database here
}

}  // namespace

void AddExtractCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("extract", "Print what is read from an article, stage by stage, without a database");
  command->add_option("FILE", options->file, "Article (.txt, .html, .md; - is standard input)")->required();
  auto* format = command->add_option("--format", options->format, "tokens, conllu, facts (JSON lines), carb (tuples of words) or nquads")
      ->check(CLI::IsMember({"tokens", "conllu", "facts", "carb", "nquads"}))
      ->capture_default_str();
  command->add_flag("--explain", options->explain, "For people: each sentence's tree, propositions, rules and facts, and why a clause gave none")
      ->excludes(format);
  command->add_flag("--lines", options->lines, "Every line of the file is one sentence");
  command->add_option("--model", options->model, "Language model: fast or accurate")->capture_default_str();
  command->callback([options, &action] { action = [options](const CommandContext& context) { return RunExtract(*options, context); }; });
}

}  // namespace dossier::shell
