#include <CLI/CLI.hpp>

#include "graph/base/strings.h"
#include "ingest/map/forget.h"
#include "shell/commands/command.h"
#include "shell/exit_code.h"
#include "shell/session.h"

namespace dossier::shell {
namespace {

struct Options {
  std::string database;
  std::vector<std::string> documents;
};

absl::Status Forget(Session& session, const std::string& name) {
  ASSIGN_OR_RETURN(const std::string document, ingest::FindDocument(*session.store().GetSnapshot(), name));
  ASSIGN_OR_RETURN(const ingest::ForgetReport report, ingest::ForgetDocument(session.store(), document));
  return WriteOutput(Cat(document, ": forgotten: ", report.reifiers, " mentions in ", report.sentences, " sentences, ", report.facts,
                         " facts without other evidence, ", report.entities, " entities and relations; ", report.quads,
                         " statements removed\n"));
}

int RunForget(const Options& options, const CommandContext& context) {
  // A database that is not there must not be made.
  if (const auto probe = graph::Store::Open(options.database, {.create_if_missing = false, .read_only = true}); !probe.ok()) {
    Fail(probe.status());
    return kExitDatabase;
  }
  return WithSession(options.database, /*write=*/true, [&](Session& session) {
    int code = kExitOk;
    for (const std::string& document : options.documents) {
      if (context.cancelled->load()) return static_cast<int>(kExitInterrupted);
      if (const absl::Status status = Forget(session, document); !status.ok()) code = Fail(status);
    }
    return code;
  });
}

}  // namespace

void AddForgetCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("forget", "Take articles out again, with the facts that nothing else supports");
  command->add_option("DB", options->database, "Database folder")->required();
  command->add_option("DOC", options->documents, "Documents: doc:HASH, the whole IRI, or a beginning of the hash")->required();
  command->footer("Each document is one atomic commit; one that is not there is reported and the others go on. See docs/cli.md for what goes.");
  command->callback([options, &action] { action = [options](const CommandContext& context) { return RunForget(*options, context); }; });
}

}  // namespace dossier::shell
