// From typed lines to statements: commands, questions and SPARQL, which goes over several lines.
//
//   StatementReader reader;
//   reader.Add("SELECT ?who");                 // kOpen: SPARQL goes on
//   reader.Add("{ ?who rel:dismiss ?whom }");  // kCanEnd: complete, but a LIMIT may follow
//   reader.Add("");                            // kDone: an empty line (or a ; at the end of one) ends it
//   Run(reader.Take());
//
// Commands (.help) and questions are one line each. SPARQL starts with one of its keywords and is complete when its braces are closed
// (and INSERT or DELETE have their WHERE); comments, strings and IRIs are skipped over. A ';' at the end of a line ends a request, so
// operations of one update request stand on one line or have the ';' at the beginning of the next. Pure state; not thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace dossier::shell {

enum class StatementKind { kNothing, kCommand, kSparql, kQuestion };
// By the first word.
StatementKind KindOf(std::string_view text);

// Of SPARQL text: whether it is an update rather than a query.
bool IsUpdate(std::string_view text);

// True for lines that go on with a query whose braces are closed already: LIMIT, ORDER BY, VALUES ...
bool ContinuesQuery(std::string_view line);

class StatementReader {
 public:
  enum class State {
    kEmpty,    // nothing yet
    kOpen,     // more lines are needed
    kCanEnd,   // complete unless the next line goes on
    kDone,     // complete
  };

  State Add(std::string_view line);
  State state() const { return state_; }
  size_t lines() const { return lines_; }
  const std::string& text() const { return text_; }
  // The statement, without the final ';'. The reader is empty afterwards.
  std::string Take();

 private:
  std::string text_;
  size_t lines_ = 0;
  State state_ = State::kEmpty;
};

}  // namespace dossier::shell
