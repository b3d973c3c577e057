#include <CLI/CLI.hpp>

#include <cstdio>

#include "graph/base/strings.h"
#include "query/results/writer.h"
#include "shell/commands/command.h"
#include "shell/exit_code.h"
#include "shell/results/result_table.h"
#include "shell/session.h"

namespace dossier::shell {
namespace {

constexpr size_t kMaxQueryBytes = size_t{16} << 20;
constexpr size_t kMaxTableRows = 10'000;

struct Options {
  std::string database, text, file, format = "table";
  double timeout = 0;
  uint64_t memory_mb = 0;
  bool explain = false, analyze = false;
};

query::QueryOptions EngineOptions(const Options& options, const CommandContext& context) {
  query::QueryOptions engine;
  if (options.timeout > 0) engine.timeout = std::chrono::milliseconds(static_cast<int64_t>(options.timeout * 1000));
  if (options.memory_mb > 0) engine.memory_limit = options.memory_mb << 20;
  engine.cancelled = context.cancelled;
  engine.analyze = options.analyze;
  return engine;
}

absl::Status PrintTable(query::QueryResult& result, Session& session, const CommandContext& context) {
  ASSIGN_OR_RETURN(const ShownResult shown, CollectResult(result, kMaxTableRows));
  ASSIGN_OR_RETURN(const std::string text,
                   RenderResult(shown, *session.store().GetSnapshot(), TableOptionsFor(context.terminal)));
  RETURN_IF_ERROR(WriteOutput(text));
  if (shown.more) {
    std::fflush(stdout);
    std::fprintf(stderr, "dossier: only the first %zu rows are shown; --format csv, tsv or json writes all\n", kMaxTableRows);
  }
  return absl::OkStatus();
}

// Runs the query to its end without showing rows, for the counts of the plan.
absl::Status Exhaust(query::QueryResult& result) {
  switch (result.form()) {
    case query::ResultForm::kAsk: return result.Boolean().status();
    case query::ResultForm::kGraph:
      for (std::vector<graph::Triple> triples;;) {
        RETURN_IF_ERROR(result.NextTriples(triples));
        if (triples.empty()) return absl::OkStatus();
      }
    case query::ResultForm::kSelect:
      for (query::ResultRows rows;;) {
        RETURN_IF_ERROR(result.Next(rows));
        if (rows.rows.empty()) return absl::OkStatus();
      }
  }
  return absl::OkStatus();
}

absl::Status Print(query::QueryResult& result, const Options& options, Session& session, const CommandContext& context) {
  if (options.analyze) RETURN_IF_ERROR(Exhaust(result));
  if (options.explain || options.analyze) return WriteOutput(result.Explain());
  if (options.format == "table") return PrintTable(result, session, context);
  return query::WriteResult(result, *query::ResultFormatOfName(options.format), WriteOutput);
}

int RunQuery(const Options& options, const CommandContext& context) {
  std::string text = options.text;
  std::string name = "query";
  if (options.text.empty() == options.file.empty()) {
    std::fputs("dossier: query wants either the text of a query or -f FILE\n", stderr);
    return kExitUsage;
  }
  if (options.format != "table" && !query::ResultFormatOfName(options.format)) {
    std::fprintf(stderr, "dossier: there is no format \"%s\"; formats are table, csv, tsv, json, xml, ttl, nt, nq, trig, rdf\n", options.format.c_str());
    return kExitUsage;
  }
  if (!options.file.empty()) {
    auto read = ReadInput(options.file, kMaxQueryBytes);
    if (!read.ok()) return Fail(read.status());
    if (read->size() > kMaxQueryBytes) return Fail(InvalidArgument(Cat(options.file, " is too long for a query")));
    text = *std::move(read);
    name = InputName(options.file);
  }
  return WithSession(options.database, /*write=*/false, [&](Session& session) {
    auto result = session.engine().Run(text, EngineOptions(options, context));
    if (!result.ok()) return FailAt(result.status(), text, name);
    const absl::Status status = Print(**result, options, session, context);
    return status.ok() ? static_cast<int>(kExitOk) : FailAt(status, text, name);
  });
}

}  // namespace

void AddQueryCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("query", "Run a SPARQL query (SELECT, ASK, CONSTRUCT, DESCRIBE)");
  command->add_option("DB", options->database, "Database folder")->required();
  command->add_option("SPARQL", options->text, "The query; the usual prefixes (ent: rel: dos: rdfs: ...) are known");
  command->add_option("-f,--file", options->file, "Read the query from this file (- is standard input)");
  command->add_option("--format", options->format, "table, csv, tsv, json, xml for rows; table, ttl, nt, nq, trig, rdf for graphs")->capture_default_str();
  command->add_option("--timeout", options->timeout, "Give up after so many seconds")->check(CLI::PositiveNumber);
  command->add_option("--memory", options->memory_mb, "Give up when the query needs more than so many MiB (default 1024)")
      ->check(CLI::PositiveNumber);
  auto* explain = command->add_flag("--explain", options->explain, "Print the plan instead of running the query");
  command->add_flag("--analyze", options->analyze, "Run the query and print the plan with actual rows and times")->excludes(explain);
  command->callback([options, &action] { action = [options](const CommandContext& context) { return RunQuery(*options, context); }; });
}

}  // namespace dossier::shell
