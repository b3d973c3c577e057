#include "shell/repl/repl.h"

#include <algorithm>
#include <cstdio>

#include "graph/base/strings.h"
#include "ingest/map/vocabulary.h"
#include "query/results/writer.h"
#include "query/update/update.h"
#include "shell/exit_code.h"
#include "shell/interrupt.h"
#include "shell/question/render_answer.h"
#include "shell/results/result_table.h"

namespace dossier::shell {
namespace {

constexpr size_t kMaxTableRows = 10'000;

}  // namespace

Repl::Repl(Session& session, LineSource& source, const CommandContext& context)
    : session_(session), source_(source), context_(context) {}

void Repl::Banner() {
  const std::shared_ptr<const graph::Snapshot> snapshot = session_.store().GetSnapshot();
  std::printf("dossier on %s: %llu statements. Ask a question, type SPARQL, or .help; Ctrl-D leaves.\n", session_.directory().c_str(),
              static_cast<unsigned long long>(snapshot->size()));
}

int Repl::Run() {
  if (source_.interactive()) Banner();
  int code = kExitOk;
  for (std::string statement; !quit_ && NextStatement(statement);) {
    ClearInterrupt();
    source_.Remember(statement);
    const int result = Execute(statement);
    std::fflush(stdout);
    if (result != kExitOk) code = result;
    if (!source_.interactive() && result == kExitInterrupted) return result;
  }
  return source_.interactive() ? static_cast<int>(kExitOk) : code;
}

// Lines up to the end of the next statement. A query that could be complete is: at a terminal when it is one line and nothing is
// pasted behind it; in a script when the next line does not go on with it.
bool Repl::NextStatement(std::string& statement) {
  using State = StatementReader::State;
  for (;;) {
    std::string line;
    if (holds_) {
      line = std::move(held_);
      holds_ = false;
    } else {
      const LineSource::Event event = source_.Read(reader_.state() == State::kEmpty ? "dossier> " : "    ...> ", line);
      if (event == LineSource::Event::kInterrupt) {
        reader_ = {};
        continue;
      }
      if (event == LineSource::Event::kEnd) {
        if (reader_.state() == State::kEmpty) return false;
        statement = reader_.Take();  // what is there, complete or not: the error tells
        return true;
      }
    }
    if (reader_.state() == State::kCanEnd && !source_.interactive() && !ContinuesQuery(line) &&
        KindOf(line) != StatementKind::kNothing) {
      held_ = std::move(line);
      holds_ = true;
      statement = reader_.Take();
      return true;
    }
    const State state = reader_.Add(line);
    const bool typed_whole = state == State::kCanEnd && source_.interactive() && reader_.lines() == 1 && !source_.Pending();
    if (state == State::kDone || typed_whole) {
      statement = reader_.Take();
      if (!statement.empty()) return true;
    }
  }
}

int Repl::Execute(const std::string& statement) {
  switch (KindOf(statement)) {
    case StatementKind::kNothing: return kExitOk;
    case StatementKind::kCommand: return RunCommand(statement);
    case StatementKind::kSparql: return RunSparql(statement);
    case StatementKind::kQuestion: return RunQuestion(statement);
  }
  return kExitOk;
}

query::QueryOptions Repl::Limits() const {
  query::QueryOptions options;
  options.cancelled = context_.cancelled;
  if (timeout_ > 0) options.timeout = std::chrono::milliseconds(static_cast<int64_t>(timeout_ * 1000));
  return options;
}

TableOptions Repl::Layout() const {
  Terminal terminal = context_.terminal;
  if (source_.interactive()) terminal.width = DetectTerminal().width;  // the window may have changed
  TableOptions options = TableOptionsFor(terminal);
  options.box = mode_ == "box";
  return options;
}

int Repl::RunUpdate(const std::string& text) {
  query::UpdateOptions options;
  options.query = Limits();
  options.allow_load_files = true;
  const auto done = query::RunUpdate(session_.store(), text, options);
  if (!done.ok()) return FailAt(done.status(), text, "update");
  std::fputs(UpdateSummary(*done).c_str(), stdout);
  return kExitOk;
}

int Repl::RunSparql(const std::string& text) {
  if (IsUpdate(text)) return RunUpdate(text);
  auto result = session_.engine().Run(text, Limits());
  if (!result.ok()) return FailAt(result.status(), text, "query");
  if (mode_ != "table" && mode_ != "box") {
    const absl::Status status = query::WriteResult(**result, *query::ResultFormatOfName(mode_), WriteOutput);
    return status.ok() ? static_cast<int>(kExitOk) : FailAt(status, text, "query");
  }
  auto shown = CollectResult(**result, kMaxTableRows);
  if (!shown.ok()) return FailAt(shown.status(), text, "query");
  const auto rendered = RenderResult(*shown, *session_.store().GetSnapshot(), Layout());
  if (!rendered.ok()) return Fail(rendered.status());
  std::fputs(rendered->c_str(), stdout);
  if (shown->more) std::printf("(only the first %zu rows are shown)\n", kMaxTableRows);
  shown_.clear();
  for (auto& row : shown->rows) {
    ShownRow& kept = shown_.emplace_back();
    for (auto& term : row) {
      if (term) kept.terms.push_back(*std::move(term));
    }
  }
  return kExitOk;
}

int Repl::RunQuestion(const std::string& text) {
  const auto answer = AnswerQuestion(session_.store(), session_.engine(), text, Limits());
  if (!answer.ok()) return Fail(answer.status());
  std::fputs((mode_ == "json" ? AnswerToJson(text, *answer) : RenderAnswer(*answer, {Layout(), true})).c_str(), stdout);
  shown_.clear();
  for (const AnswerRow& row : answer->rows) {
    ShownRow& kept = shown_.emplace_back();
    for (const Evidence& evidence : row.evidence) kept.reifiers.push_back(evidence.reifier);
    kept.terms = {row.who, row.relation, row.whom};
  }
  return kExitOk;
}

}  // namespace dossier::shell
