#include "shell/repl/line_source.h"

#include <histedit.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <clocale>
#include <cstdlib>
#include <cstring>

namespace dossier::shell {
namespace {

constexpr size_t kMaxLine = size_t{16} << 20;
constexpr int kHistorySize = 2000;

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

class Editor : public LineSource {
 public:
  Editor() : path_(HistoryPath()) {
    // Without a locale libedit sees bytes, and "ğ" would be two keys.
    if (std::setlocale(LC_CTYPE, "") == nullptr || std::strcmp(nl(), "C") == 0) std::setlocale(LC_CTYPE, "C.UTF-8");
    editor_ = el_init("dossier", stdin, stdout, stderr);
    if (editor_ == nullptr) return;
    el_set(editor_, EL_CLIENTDATA, this);
    el_set(editor_, EL_PROMPT, &Editor::Prompt);
    el_set(editor_, EL_EDITOR, "emacs");
    el_set(editor_, EL_SIGNAL, 0);
    // Ctrl-C comes as a key while a line is edited, and as a signal while a statement runs.
    el_set(editor_, EL_SETTY, "-d", "-isig", nullptr);
    el_set(editor_, EL_ADDFN, "dossier-interrupt", "Drop the line", &Editor::OnInterruptKey);
    el_set(editor_, EL_BIND, "^C", "dossier-interrupt", nullptr);
    el_source(editor_, nullptr);
    history_ = history_init();
    HistEvent event;
    history(history_, &event, H_SETSIZE, kHistorySize);
    history(history_, &event, H_SETUNIQUE, 1);
    if (!path_.empty()) history(history_, &event, H_LOAD, path_.c_str());
    el_set(editor_, EL_HIST, history, history_);
  }
  ~Editor() override {
    if (history_ != nullptr) history_end(history_);
    if (editor_ != nullptr) el_end(editor_);
  }
  bool usable() const { return editor_ != nullptr; }

  Event Read(const std::string& prompt, std::string& line) override {
    prompt_ = prompt;
    interrupted_ = false;
    int count = 0;
    const char* text = el_gets(editor_, &count);
    if (interrupted_) return Event::kInterrupt;
    if (text == nullptr || count <= 0) return Event::kEnd;
    line.assign(text, static_cast<size_t>(count));
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
    return Event::kLine;
  }

  bool Pending() override {
    pollfd input{STDIN_FILENO, POLLIN, 0};
    return poll(&input, 1, 0) == 1 && (input.revents & POLLIN) != 0;
  }

  void Remember(const std::string& statement) override {
    std::string line = statement;
    // One entry a statement; a comment would swallow what is joined behind it.
    if (line.find('#') == std::string::npos) {
      for (char& c : line) c = c == '\n' ? ' ' : c;
    }
    HistEvent event;
    history(history_, &event, H_ENTER, line.c_str());
    if (!path_.empty()) history(history_, &event, H_SAVE, path_.c_str());
  }

  bool interactive() const override { return true; }

 private:
  static const char* nl() { return std::setlocale(LC_CTYPE, nullptr); }
  static Editor* Self(EditLine* editor) {
    void* self = nullptr;
    el_get(editor, EL_CLIENTDATA, &self);
    return static_cast<Editor*>(self);
  }
  static const char* Prompt(EditLine* editor) { return Self(editor)->prompt_.c_str(); }
  static unsigned char OnInterruptKey(EditLine* editor, int) {
    const LineInfo* line = el_line(editor);
    el_cursor(editor, static_cast<int>(line->lastchar - line->cursor));
    el_deletestr(editor, static_cast<int>(line->lastchar - line->buffer));
    Self(editor)->interrupted_ = true;
    std::fputs("^C\n", stdout);
    std::fflush(stdout);
    return CC_NEWLINE;
  }

  std::string path_, prompt_;
  EditLine* editor_ = nullptr;
  History* history_ = nullptr;
  bool interrupted_ = false;
};

class Script : public LineSource {
 public:
  explicit Script(std::FILE* file) : file_(file) {}

  Event Read(const std::string&, std::string& line) override {
    line.clear();
    for (int c = std::getc(file_); c != EOF; c = std::getc(file_)) {
      if (c == '\n') return Event::kLine;
      if (line.size() < kMaxLine) line += static_cast<char>(c);
    }
    return line.empty() ? Event::kEnd : Event::kLine;
  }
  bool Pending() override { return false; }
  void Remember(const std::string&) override {}
  bool interactive() const override { return false; }

 private:
  std::FILE* file_;
};

}  // namespace

std::string HistoryPath() {
  if (const std::string state = Environment("XDG_STATE_HOME"); !state.empty()) {
    const std::string folder = state + "/dossier";
    mkdir(state.c_str(), 0700);
    mkdir(folder.c_str(), 0700);
    return folder + "/history";
  }
  const std::string home = Environment("HOME");
  return home.empty() ? std::string() : home + "/.dossier_history";
}

std::unique_ptr<LineSource> MakeEditor() {
  auto editor = std::make_unique<Editor>();
  if (!editor->usable()) return nullptr;
  return editor;
}

std::unique_ptr<LineSource> MakeScript(std::FILE* file) { return std::make_unique<Script>(file); }

}  // namespace dossier::shell
