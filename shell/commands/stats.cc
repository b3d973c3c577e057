#include <CLI/CLI.hpp>

#include "shell/commands/command.h"
#include "shell/exit_code.h"
#include "shell/results/stats.h"
#include "shell/session.h"

namespace dossier::shell {
namespace {

int RunStats(const std::string& database, const CommandContext& context) {
  return WithSession(database, /*write=*/false, [&](Session& session) {
    const auto text = RenderStats(*session.store().GetSnapshot(), TableOptionsFor(context.terminal));
    if (!text.ok()) return Fail(text.status());
    const absl::Status status = WriteOutput(*text);
    return status.ok() ? static_cast<int>(kExitOk) : Fail(status);
  });
}

}  // namespace

void AddStatsCommand(CLI::App& app, Action& action) {
  auto database = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("stats", "Print what a database holds, in numbers");
  command->add_option("DB", *database, "Database folder")->required();
  command->callback([database, &action] { action = [database](const CommandContext& context) { return RunStats(*database, context); }; });
}

}  // namespace dossier::shell
