#include <CLI/CLI.hpp>

#include <cstdio>

#include "graph/base/strings.h"
#include "graph/store/maintenance.h"
#include "shell/commands/command.h"
#include "shell/exit_code.h"

namespace dossier::shell {
namespace {

struct Options {
  std::vector<std::string> folders;
  bool check = false;
};

absl::Status MakeBackup(const std::string& database, const std::string& directory) {
  return graph::BackupDatabase(database, directory);
}

int RunBackup(const Options& options) {
  if (options.folders.size() > 2 || options.folders.size() + (options.check ? 1 : 0) < 2) {
    std::fputs("dossier: backup wants DB DIR, or --check DIR\n", stderr);
    return kExitUsage;
  }
  const std::string& directory = options.folders.back();
  if (options.folders.size() == 2) {
    const absl::Status status = MakeBackup(options.folders.front(), directory);
    if (!status.ok()) {
      Fail(status);
      return kExitDatabase;
    }
    const absl::Status written = WriteOutput(Cat("backup of ", options.folders.front(), " is in ", directory, "\n"));
    if (!written.ok()) return Fail(written);
  }
  return options.check ? PrintVerifyReport(graph::CheckBackup(directory), directory) : static_cast<int>(kExitOk);
}

}  // namespace

void AddBackupCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("backup", "Copy a database into a new folder, or check such a copy");
  command->add_option("FOLDER", options->folders, "DB DIR: the database, and the folder to make; with --check also DIR alone")->required();
  command->add_flag("--check", options->check, "Verify the backup (after making it, when DB is given too)");
  command->footer("The copy is a database of its own. To restore it, copy the folder. Files are linked where the file system can, so it is quick.");
  command->callback([options, &action] { action = [options](const CommandContext&) { return RunBackup(*options); }; });
}

}  // namespace dossier::shell
