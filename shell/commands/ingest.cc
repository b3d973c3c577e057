#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>

#include "graph/base/strings.h"
#include "ingest/read/reader.h"
#include "shell/commands/command.h"
#include "shell/exit_code.h"
#include "shell/render/progress.h"
#include "shell/session.h"

namespace dossier::shell {
namespace {

constexpr size_t kNamedFiles = 20;  // with more files than this, only problems are reported one by one

struct Options {
  std::string database, model = "accurate", assert_mode = "all", aliases;
  std::vector<std::string> files;
  ingest::IngestOptions ingest;
  bool verbose = false;
};

struct Totals {
  size_t articles = 0, present = 0, failed = 0, sentences = 0, words = 0, facts = 0;
};

std::string Describe(const ingest::IngestReport& report) {
  if (report.already_present) return "already in the database, nothing changed";
  return Cat(report.sentences, " sentences, ", report.words, " words, ", report.facts, " facts, ", report.entities, " entities");
}

class Ingester {
 public:
  Ingester(const Options& options, Session& session, const ingest::Pipeline& pipeline, const CommandContext& context)
      : options_(options),
        session_(session),
        pipeline_(pipeline),
        context_(context),
        progress_(context.terminal, "ingest", options.files.size(), "articles") {}

  int Run() {
    for (const std::string& file : options_.files) {
      if (context_.cancelled->load()) return Stop("interrupted", kExitInterrupted);
      const auto report = IngestFile(file);
      progress_.Advance();
      if (!report.ok()) {
        progress_.Clear();
        const int code = Fail(report.status());
        if (code == kExitDatabase) return Stop("stopped", code);
        ++totals_.failed;
        continue;
      }
      Count(*report);
      if (options_.files.size() <= kNamedFiles || options_.verbose) {
        progress_.Clear();
        std::printf("%s: %s\n", InputName(file).c_str(), Describe(*report).c_str());
      }
    }
    return Stop("", totals_.failed == 0 ? kExitOk : kExitError);
  }

 private:
  absl::StatusOr<ingest::IngestReport> IngestFile(const std::string& file) {
    const ingest::ReadOptions read;
    ASSIGN_OR_RETURN(const std::string bytes, ReadInput(file, read.max_bytes));
    const std::string name = InputName(file);
    ASSIGN_OR_RETURN(const ingest::Document document, ingest::ReadArticle(bytes, name, read));
    auto report = pipeline_.Ingest(document, session_.store(), options_.ingest);
    if (!report.ok()) return Annotate(report.status(), name);
    return report;
  }

  void Count(const ingest::IngestReport& report) {
    ++totals_.articles;
    totals_.present += report.already_present ? 1 : 0;
    totals_.sentences += report.sentences;
    totals_.words += report.words;
    totals_.facts += report.facts;
  }

  int Stop(std::string_view why, int code) {
    progress_.Clear();
    if (options_.files.size() > 1 || !why.empty()) {
      const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
      std::printf("%s%s%zu of %zu articles read (%zu were there already, %zu failed): %zu facts from %zu words in %s, %s words/s\n",
                  std::string(why).c_str(), why.empty() ? "" : ": ", totals_.articles, options_.files.size(), totals_.present,
                  totals_.failed, totals_.facts, totals_.words, ShortDuration(seconds).c_str(),
                  ShortNumber(static_cast<double>(totals_.words) / std::max(seconds, 1e-3)).c_str());
    }
    return code;
  }

  const Options& options_;
  Session& session_;
  const ingest::Pipeline& pipeline_;
  const CommandContext& context_;
  Progress progress_;
  Totals totals_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

int IngestInto(Session& session, const Options& options, const CommandContext& context) {
  const auto model = ModelOfName(options.model);
  if (!model.ok()) return Fail(model.status());
  const auto pipeline = session.pipeline(*model);
  if (!pipeline.ok()) {
    Fail(pipeline.status());
    return kExitError;  // the model, not the database
  }
  if (!options.aliases.empty()) {
    if (const auto count = LoadAliases(session, options.aliases); !count.ok()) return Fail(count.status());
  }
  return Ingester(options, session, **pipeline, context).Run();
}

int RunIngest(Options& options, const CommandContext& context) {
  options.ingest.assert_attributed = options.assert_mode != "narrator";
  return WithSession(options.database, /*write=*/true, [&](Session& session) { return IngestInto(session, options, context); });
}

}  // namespace

int IngestFiles(Session& session, const std::vector<std::string>& files, const CommandContext& context) {
  Options options;
  options.files = files;
  return IngestInto(session, options, context);
}

void AddIngestCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("ingest", "Read articles (.txt, .html, .md; - is standard input) into a database");
  command->add_option("DB", options->database, "Database folder; created when missing")->required();
  command->add_option("FILE", options->files, "Articles")->required();
  command->add_option("--date", options->ingest.date, "Date of the articles (2020-11-29); otherwise what they say");
  command->add_option("--source", options->ingest.source, "Where they are from (a URL); otherwise the file name");
  command->add_option("--model", options->model, "Language model: fast or accurate")->capture_default_str();
  command->add_option("--assert", options->assert_mode, "all: also what sources in the text say; narrator: only the text's own statements")
      ->check(CLI::IsMember({"all", "narrator"}))
      ->capture_default_str();
  command->add_option("--aliases", options->aliases, "First load who is called how: lines of name, tab, entity (as dossier alias)");
  command->add_flag("-v,--verbose", options->verbose, "Report every file, also when there are many");
  command->callback([options, &action] { action = [options](const CommandContext& context) { return RunIngest(*options, context); }; });
}

}  // namespace dossier::shell
