// Reads the command line and runs one command.
#include <CLI/CLI.hpp>

#include <cstdio>
#include <string_view>

#include "ingest/entity/lexicon.h"
#include "shell/commands/command.h"
#include "shell/exit_code.h"
#include "shell/interrupt.h"

namespace dossier::shell {
namespace {

constexpr const char* kVersion = "dossier 0.1.0";
constexpr const char* kDescription =
    "Reads articles into a knowledge graph with evidence, and answers SPARQL and plain questions about it.";
constexpr const char* kFooter =
    "Exit codes: 0 all went well; 1 an input or a query was wrong; 2 the command line was wrong;\n"
    "            3 the database could not be opened, read or written; 130 interrupted.\n"
    "Examples:\n"
    "  dossier ingest news.db article.txt page.html\n"
    "  dossier ask news.db 'who dismissed whom'\n"
    "  dossier query news.db 'SELECT ?who ?whom { ?who rel:dismiss ?whom }'\n"
    "  dossier news.db                                  opens the shell; .help tells more";

int Main(int argc, char** argv) {
  CLI::App app(kDescription, "dossier");
  app.set_version_flag("--version", kVersion);
  app.footer(kFooter);
  bool notices = false;
  app.add_flag("--notices", notices, "Print the notices and licences of the data and models the program carries, and exit");
  app.require_subcommand(0, 1);
  Action action;
  AddShellCommand(app, action);
  AddIngestCommand(app, action);
  AddLoadCommand(app, action);
  AddQueryCommand(app, action);
  AddUpdateCommand(app, action);
  AddAskCommand(app, action);
  AddExtractCommand(app, action);
  AddParseCommand(app, action);
  AddDumpCommand(app, action);
  AddStatsCommand(app, action);
  AddVerifyCommand(app, action);
  AddBackupCommand(app, action);
  AddForgetCommand(app, action);
  AddServeCommand(app, action);
  AddCorrectionCommands(app, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    std::fprintf(stderr, "dossier: %s\nRun dossier --help, or dossier COMMAND --help.\n", error.what());
    return kExitUsage;
  }
  if (notices) {
    const std::string_view text = ingest::Lexicon::Notices();
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0 ? kExitOk : kExitError;
  }
  if (!action) {
    std::fputs(app.help().c_str(), stderr);
    return kExitUsage;
  }
  InstallInterruptHandler();
  const int code = action({DetectTerminal(), &Interrupted()});
  if (std::fflush(stdout) != 0 && code == kExitOk) {
    std::perror("dossier: cannot write the output");
    return kExitError;
  }
  return code;
}

}  // namespace
}  // namespace dossier::shell

int main(int argc, char** argv) {
  try {
    return dossier::shell::Main(argc, argv);
  } catch (const std::exception& error) {
    // Out of memory, or a library that throws where it should not: say so instead of aborting.
    std::fprintf(stderr, "dossier: error: %s\n", error.what());
    return dossier::shell::kExitError;
  }
}
