// The commands of the program: each file of this folder adds one to the command line.
//
//   Action action;
//   AddQueryCommand(app, action);        // when the user chose `query`, parsing sets `action` to run it with its options
//   return action(context);              // exit code (shell/exit_code.h)
//
// An action prints its results to standard output and everything else to standard error, and never throws.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/status.h"
#include "graph/store/maintenance.h"
#include "shell/render/table.h"
#include "shell/render/terminal.h"

namespace CLI {
class App;
}

namespace dossier::query {
struct UpdateResult;
}

namespace dossier::graph {
class Snapshot;
}

namespace dossier::shell {

class Session;

struct CommandContext {
  Terminal terminal;
  const std::atomic<bool>* cancelled = nullptr;   // set by Ctrl-C
};
using Action = std::function<int(const CommandContext&)>;

void AddShellCommand(CLI::App& app, Action& action);   // `dossier DB`
void AddIngestCommand(CLI::App& app, Action& action);
void AddLoadCommand(CLI::App& app, Action& action);
void AddQueryCommand(CLI::App& app, Action& action);
void AddUpdateCommand(CLI::App& app, Action& action);
void AddAskCommand(CLI::App& app, Action& action);
void AddExtractCommand(CLI::App& app, Action& action);
void AddParseCommand(CLI::App& app, Action& action);
void AddDumpCommand(CLI::App& app, Action& action);
void AddStatsCommand(CLI::App& app, Action& action);
void AddVerifyCommand(CLI::App& app, Action& action);
void AddBackupCommand(CLI::App& app, Action& action);
void AddForgetCommand(CLI::App& app, Action& action);
void AddServeCommand(CLI::App& app, Action& action);
void AddCorrectionCommands(CLI::App& app, Action& action);   // merge, split, same, alias, conflicts

// --- What commands share ---------------------------------------------------------------------------------------------------------

// Prints `status` to standard error and gives the exit code for it.
int Fail(const absl::Status& status);
// The same for an error in `text` (a query, a file), which `name` calls, with the place under a caret.
int FailAt(const absl::Status& status, std::string_view text, std::string_view name);

// Opens the database for reading or writing and calls `run`; exit code 3 with a message when it cannot be opened.
int WithSession(const std::string& directory, bool write, const std::function<int(Session&)>& run);

// Lists what a verification found, or why it could not be done; exit code 3 unless everything agrees.
int PrintVerifyReport(const absl::StatusOr<graph::VerifyReport>& report, const std::string& directory);

// What `ingest` and `load` do with their usual options, for the shell.
int IngestFiles(Session& session, const std::vector<std::string>& files, const CommandContext& context);
int LoadFiles(Session& session, const std::vector<std::string>& files, const CommandContext& context);
// Loads a file of aliases into the database; how many there were.
absl::StatusOr<size_t> LoadAliases(Session& session, const std::string& file);
// The facts that contradict each other, as text.
absl::StatusOr<std::string> ConflictsText(const graph::Snapshot& snapshot, const TableOptions& options);

// "3 statements inserted, 1 removed" and a newline.
std::string UpdateSummary(const query::UpdateResult& done);

// The bytes of a file, or of standard input for "-"; at most `max_bytes` + 1 of them, so that the reader can tell it is too long.
absl::StatusOr<std::string> ReadInput(const std::string& path, size_t max_bytes);
// What messages call that input.
std::string InputName(const std::string& path);

// Writes to standard output; an error when it is closed or the disk is full.
absl::Status WriteOutput(std::string_view bytes);

TableOptions TableOptionsFor(const Terminal& terminal);

}  // namespace dossier::shell
