// The shell: reads statements, runs them, prints what they give.
//
//   Repl repl(session, *source, context);
//   return repl.Run();       // exit code: of the last statement that failed in a script; 0 at a terminal
//
// Statements are commands (.help), SPARQL, and plain questions. Ctrl-C stops the statement that runs, not the shell. Borrows everything
// it is given. Not thread-safe.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "query/engine.h"
#include "shell/commands/command.h"
#include "shell/evidence/evidence.h"
#include "shell/repl/line_source.h"
#include "shell/repl/statement.h"
#include "shell/session.h"

namespace dossier::shell {

class Repl {
 public:
  Repl(Session& session, LineSource& source, const CommandContext& context);

  int Run();

 private:
  // What `.why` needs to know of a row shown.
  struct ShownRow {
    std::vector<graph::Term> reifiers;   // of a question's answer
    std::vector<graph::Term> terms;      // of a SPARQL row
  };
  using Handler = int (Repl::*)(const std::vector<std::string>& arguments);
  struct DotCommand {
    std::string_view name, arguments, help;
    Handler handler;
  };
  static const std::vector<DotCommand>& Commands();

  void Banner();
  bool NextStatement(std::string& statement);
  int Execute(const std::string& statement);
  int RunCommand(const std::string& statement);
  int RunSparql(const std::string& text);
  int RunUpdate(const std::string& text);
  int RunQuestion(const std::string& text);

  int Help(const std::vector<std::string>& arguments);
  int Ingest(const std::vector<std::string>& arguments);
  int Load(const std::vector<std::string>& arguments);
  int Why(const std::vector<std::string>& arguments);
  int Explain(const std::vector<std::string>& arguments);
  int Sparql(const std::vector<std::string>& arguments);
  int Prefixes(const std::vector<std::string>& arguments);
  int ShowStats(const std::vector<std::string>& arguments);
  int Same(const std::vector<std::string>& arguments);
  int Conflicts(const std::vector<std::string>& arguments);
  int DumpTo(const std::vector<std::string>& arguments);
  int Mode(const std::vector<std::string>& arguments);
  int Timeout(const std::vector<std::string>& arguments);
  int Quit(const std::vector<std::string>& arguments);

  absl::Status PrintWhy(const ShownRow& row);
  absl::Status ExplainSparql(const std::string& text);
  query::QueryOptions Limits() const;
  TableOptions Layout() const;

  Session& session_;
  LineSource& source_;
  const CommandContext& context_;
  StatementReader reader_;
  std::string held_;             // a line read ahead
  bool holds_ = false;
  bool quit_ = false;
  std::string mode_ = "table";
  double timeout_ = 60;
  std::vector<ShownRow> shown_;
  std::string rest_;             // the text behind the name of the command that runs
};

// The words of a command line: separated by white space, quotes keep them together.
std::vector<std::string> SplitArguments(std::string_view text);

}  // namespace dossier::shell
