#include <CLI/CLI.hpp>

#include <cstdio>

#include "shell/commands/command.h"
#include "shell/exit_code.h"
#include "shell/repl/repl.h"
#include "shell/session.h"

namespace dossier::shell {
namespace {

int RunShell(const std::string& database, const CommandContext& context) {
  return WithSession(database, /*write=*/true, [&](Session& session) {
    std::unique_ptr<LineSource> source;
    if (context.terminal.input && context.terminal.output) source = MakeEditor();
    if (source == nullptr) source = MakeScript(stdin);
    return Repl(session, *source, context).Run();
  });
}

}  // namespace

void AddShellCommand(CLI::App& app, Action& action) {
  auto database = std::make_shared<std::string>();
  app.add_option("DB", *database, "Open the shell on this database folder; created when missing");
  app.callback([database, &app, &action] {
    if (!app.get_subcommands().empty()) {
      if (!database->empty()) throw CLI::ExtrasError({*database});
      return;
    }
    if (!database->empty()) action = [database](const CommandContext& context) { return RunShell(*database, context); };
  });
}

}  // namespace dossier::shell
