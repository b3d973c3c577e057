#include <CLI/CLI.hpp>

#include <cstdio>

#include "graph/base/strings.h"
#include "graph/store/maintenance.h"
#include "shell/commands/command.h"
#include "shell/exit_code.h"

namespace dossier::shell {

int PrintVerifyReport(const absl::StatusOr<graph::VerifyReport>& report, const std::string& directory) {
  if (!report.ok()) {
    const int code = Fail(report.status());
    return code == kExitInterrupted ? code : kExitDatabase;
  }
  std::string text;
  for (const std::string& problem : report->problems) Append(text, problem, "\n");
  Append(text, directory, ": ", report->quads, " statements, ", report->terms, " terms, ", report->blocks, " blocks, ",
         report->delta_changes, " changes not folded: ");
  if (report->ok()) {
    Append(text, "everything agrees\n");
  } else {
    Append(text, report->problems.size(), report->problems.size() == 1 ? " problem\n" : " problems\n");
  }
  const absl::Status written = WriteOutput(text);
  if (!written.ok()) return Fail(written);
  return report->ok() ? kExitOk : kExitDatabase;
}

void AddVerifyCommand(CLI::App& app, Action& action) {
  auto database = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("verify", "Read all of a database and list what does not agree");
  command->add_option("DB", *database, "Database folder")->required();
  command->footer("Checks every checksum, every order against the others, every term and all counts. Exit code 3 when something is wrong.");
  command->callback([database, &action] {
    action = [database](const CommandContext& context) {
      graph::VerifyOptions options;
      options.cancelled = context.cancelled;
      return PrintVerifyReport(graph::VerifyDatabase(*database, options), *database);
    };
  });
}

}  // namespace dossier::shell
