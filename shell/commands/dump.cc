#include <CLI/CLI.hpp>

#include <cstdio>

#include "graph/io/rdf.h"
#include "shell/commands/command.h"
#include "shell/exit_code.h"
#include "shell/results/dump.h"
#include "shell/session.h"

namespace dossier::shell {
namespace {

struct Options {
  std::string database, format = "nq";
};

int RunDump(const Options& options, const CommandContext& context) {
  const auto format = graph::FormatOfName(options.format);
  if (!format) {
    std::fprintf(stderr, "dossier: there is no RDF format \"%s\"; formats are nq, nt, ttl, trig, rdf, jsonld\n", options.format.c_str());
    return kExitUsage;
  }
  return WithSession(options.database, /*write=*/false, [&](Session& session) {
    const absl::Status status = Dump(*session.store().GetSnapshot(), *format, context.cancelled, WriteOutput);
    return status.ok() ? static_cast<int>(kExitOk) : Fail(status);
  });
}

}  // namespace

void AddDumpCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("dump", "Write everything in a database to standard output as RDF");
  command->add_option("DB", options->database, "Database folder")->required();
  command->add_option("--format", options->format, "nq, trig or jsonld; nt, ttl or rdf (RDF/XML): the default graph only")->capture_default_str();
  command->callback([options, &action] { action = [options](const CommandContext& context) { return RunDump(*options, context); }; });
}

}  // namespace dossier::shell
