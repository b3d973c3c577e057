#include <CLI/CLI.hpp>

#include <cstdio>

#include "graph/base/strings.h"
#include "query/update/update.h"
#include "shell/commands/command.h"
#include "shell/exit_code.h"
#include "shell/session.h"

namespace dossier::shell {
namespace {

constexpr size_t kMaxUpdateBytes = size_t{64} << 20;

struct Options {
  std::string database, text, file;
  double timeout = 0;
  uint64_t memory_mb = 0;
};

query::UpdateOptions EngineOptions(const Options& options, const CommandContext& context) {
  query::UpdateOptions update;
  if (options.timeout > 0) update.query.timeout = std::chrono::milliseconds(static_cast<int64_t>(options.timeout * 1000));
  if (options.memory_mb > 0) update.query.memory_limit = options.memory_mb << 20;
  update.query.cancelled = context.cancelled;
  update.allow_load_files = true;  // who runs the command can read the file anyway
  return update;
}

int RunUpdate(const Options& options, const CommandContext& context) {
  if (options.text.empty() == options.file.empty()) {
    std::fputs("dossier: update wants either the text of an update or -f FILE\n", stderr);
    return kExitUsage;
  }
  std::string text = options.text, name = "update";
  if (!options.file.empty()) {
    auto read = ReadInput(options.file, kMaxUpdateBytes);
    if (!read.ok()) return Fail(read.status());
    if (read->size() > kMaxUpdateBytes) return Fail(InvalidArgument(Cat(options.file, " is longer than 64 MiB; `dossier load` reads larger data")));
    text = *std::move(read);
    name = InputName(options.file);
  }
  return WithSession(options.database, /*write=*/true, [&](Session& session) {
    const auto done = query::RunUpdate(session.store(), text, EngineOptions(options, context));
    if (!done.ok()) return FailAt(done.status(), text, name);
    std::fputs(UpdateSummary(*done).c_str(), stdout);
    return static_cast<int>(kExitOk);
  });
}

}  // namespace

std::string UpdateSummary(const query::UpdateResult& done) {
  return Cat(done.inserted, done.inserted == 1 ? " statement" : " statements", " inserted, ", done.removed, " removed\n");
}

void AddUpdateCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("update", "Run a SPARQL update request, as one transaction");
  command->add_option("DB", options->database, "Database folder; created when missing")->required();
  command->add_option("SPARQL", options->text, "The update; the usual prefixes (ent: rel: dos: rdfs: ...) are known");
  command->add_option("-f,--file", options->file, "Read the update from this file (- is standard input)");
  command->add_option("--timeout", options->timeout, "Give up after so many seconds")->check(CLI::PositiveNumber);
  command->add_option("--memory", options->memory_mb, "Give up when the update needs more than so many MiB (default 1024)")
      ->check(CLI::PositiveNumber);
  command->callback([options, &action] { action = [options](const CommandContext& context) { return RunUpdate(*options, context); }; });
}

}  // namespace dossier::shell
