// Where the shell's lines come from: a person at a terminal, or a script.
//
//   std::unique_ptr<LineSource> source = MakeEditor() / MakeScript(stdin);
//   std::string line;
//   while (source->Read("dossier> ", line) == LineSource::Event::kLine) ...
//
// Not thread-safe.
#pragma once

#include <cstdio>
#include <memory>
#include <string>

namespace dossier::shell {

class LineSource {
 public:
  enum class Event {
    kLine,
    kInterrupt,   // Ctrl-C at the prompt: what was typed is gone
    kEnd,
  };
  virtual ~LineSource() = default;
  // `line` comes without its line break. The prompt is for people only.
  virtual Event Read(const std::string& prompt, std::string& line) = 0;
  // More input waits already, as after a paste of several lines.
  virtual bool Pending() = 0;
  // A statement to remember, for the up key and the next session.
  virtual void Remember(const std::string& statement) = 0;
  virtual bool interactive() const = 0;
};

// Lines edited with libedit; history in $XDG_STATE_HOME/dossier/history, else ~/.dossier_history. Null when the terminal cannot be used.
std::unique_ptr<LineSource> MakeEditor();
// Lines of a file; no prompts. Lines of more than 16 MiB are cut.
std::unique_ptr<LineSource> MakeScript(std::FILE* file);

// The path of the history file, or empty when there is no home.
std::string HistoryPath();

}  // namespace dossier::shell
