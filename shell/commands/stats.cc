#include <CLI/CLI.hpp>

#include "graph/base/strings.h"
#include "shell/commands/command.h"
#include "shell/exit_code.h"
#include "shell/results/stats.h"
#include "shell/results/store_numbers.h"
#include "shell/session.h"

namespace dossier::shell {
namespace {

constexpr size_t kShownPredicates = 20;

struct Options {
  std::string database, format = "table";
};

absl::Status PrintStats(const Options& options, Session& session, const CommandContext& context) {
  ASSIGN_OR_RETURN(const StoreNumbers numbers, CountStore(session.store(), session.directory(), context.cancelled));
  if (options.format == "json") return WriteOutput(StoreNumbersToJson(numbers));
  const TableOptions table = TableOptionsFor(context.terminal);
  ASSIGN_OR_RETURN(const std::string content, RenderStats(*session.store().GetSnapshot(), table));
  return WriteOutput(Cat(content, "\n", RenderStoreNumbers(numbers, kShownPredicates, table)));
}

int RunStats(const Options& options, const CommandContext& context) {
  return WithSession(options.database, /*write=*/false, [&](Session& session) {
    const absl::Status status = PrintStats(options, session, context);
    return status.ok() ? static_cast<int>(kExitOk) : Fail(status);
  });
}

}  // namespace

void AddStatsCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("stats", "Print what a database holds, in numbers");
  command->add_option("DB", options->database, "Database folder")->required();
  command->add_option("--format", options->format, "table, or json (one line, with all predicates)")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  command->callback([options, &action] { action = [options](const CommandContext& context) { return RunStats(*options, context); }; });
}

}  // namespace dossier::shell
