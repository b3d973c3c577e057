#include <CLI/CLI.hpp>

#include <cstdio>

#include "graph/base/strings.h"
#include "shell/commands/command.h"
#include "shell/exit_code.h"
#include "shell/question/render_answer.h"
#include "shell/session.h"

namespace dossier::shell {
namespace {

struct Options {
  std::string database, format = "table";
  std::vector<std::string> words;
  bool sparql = false, no_sentences = false;
  double timeout = 60;
};

absl::Status Ask(const Options& options, const std::string& question, Session& session, const CommandContext& context) {
  if (options.sparql) {
    ASSIGN_OR_RETURN(const Answer answer, TranslateQuestion(*session.store().GetSnapshot(), question));
    return WriteOutput(answer.translation.sparql + "\n");
  }
  query::QueryOptions query;
  query.cancelled = context.cancelled;
  query.timeout = std::chrono::milliseconds(static_cast<int64_t>(options.timeout * 1000));
  ASSIGN_OR_RETURN(const Answer answer, AnswerQuestion(session.store(), session.engine(), question, query));
  if (options.format == "json") return WriteOutput(AnswerToJson(question, answer));
  return WriteOutput(RenderAnswer(answer, {TableOptionsFor(context.terminal), !options.no_sentences}));
}

int RunAsk(const Options& options, const CommandContext& context) {
  std::string question;
  for (const std::string& word : options.words) Append(question, question.empty() ? "" : " ", word);
  return WithSession(options.database, /*write=*/false, [&](Session& session) {
    const absl::Status status = Ask(options, question, session, context);
    return status.ok() ? static_cast<int>(kExitOk) : Fail(status);
  });
}

}  // namespace

void AddAskCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("ask", "Answer a plain question: who dismissed whom");
  command->add_option("DB", options->database, "Database folder")->required();
  command->add_option("QUESTION", options->words, "The question, in quotes or not")->required();
  command->add_flag("--sparql", options->sparql, "Print the SPARQL query it becomes instead of running it");
  command->add_option("--format", options->format, "table or json (one line, with ids, offsets and sentences)")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  command->add_flag("--no-sentences", options->no_sentences, "Leave the sentences under the rows out");
  command->add_option("--timeout", options->timeout, "Give up after so many seconds")->check(CLI::PositiveNumber)->capture_default_str();
  command->footer(
      "Forms: who V-ed whom; who V-ed NAME; whom did NAME V; who was V-ed (by NAME); what did NAME V;\n"
      "who said what; what did NAME say about NAME; who met with NAME; who is NAME; what happened to NAME;\n"
      "when|where|why did NAME V NAME; which|how many NOUN V-ed NAME; did NAME V NAME. See docs/ask.md.");
  command->callback([options, &action] { action = [options](const CommandContext& context) { return RunAsk(*options, context); }; });
}

}  // namespace dossier::shell
