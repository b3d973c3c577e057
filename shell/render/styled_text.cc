#include "shell/render/styled_text.h"

#include <algorithm>

#include "graph/base/strings.h"
#include "shell/render/display_width.h"

namespace dossier::shell {
namespace {

std::string_view AnsiOf(Style style) {
  switch (style) {
    case Style::kPlain: return "";
    case Style::kBold: return "\x1b[1m";
    case Style::kDim: return "\x1b[2m";
    case Style::kWarning: return "\x1b[33m";
    case Style::kSubject: return "\x1b[4;36m";
    case Style::kPredicate: return "\x1b[4;33m";
    case Style::kObject: return "\x1b[4;32m";
  }
  return "";
}

// Brackets in place, so that wrapping and measuring see what will be printed.
StyledText WithBrackets(const StyledText& text) {
  StyledText out;
  for (const Run& run : text) out.push_back({IsMarked(run.style) ? Cat("[", run.text, "]") : run.text, Style::kPlain});
  return out;
}

void Push(StyledText& line, std::string_view text, Style style) {
  if (text.empty()) return;
  if (!line.empty() && line.back().style == style) {
    line.back().text.append(text);
  } else {
    line.push_back({std::string(text), style});
  }
}

void TrimEnd(StyledText& line) {
  while (!line.empty()) {
    std::string& text = line.back().text;
    while (!text.empty() && text.back() == ' ') text.pop_back();
    if (!text.empty()) return;
    line.pop_back();
  }
}

// A word with the styles of its parts ("[Azerbaijan]'s" is two runs and one word), or white space.
struct Word {
  StyledText runs;
  size_t width = 0;
  bool space = false;
};

std::vector<Word> SplitWords(const StyledText& text) {
  std::vector<Word> words;
  for (const Run& run : text) {
    for (size_t begin = 0; begin < run.text.size();) {
      const bool space = run.text[begin] == ' ';
      size_t end = begin;
      while (end < run.text.size() && (run.text[end] == ' ') == space) ++end;
      if (words.empty() || words.back().space != space) words.push_back({{}, 0, space});
      const std::string_view piece = std::string_view(run.text).substr(begin, end - begin);
      Push(words.back().runs, piece, run.style);
      words.back().width += DisplayWidth(piece);
      begin = end;
    }
  }
  return words;
}

class Wrapper {
 public:
  explicit Wrapper(size_t width) : width_(std::max<size_t>(width, 1)) {}

  void Add(const Word& word) {
    if (word.space) {
      if (used_ > 0) pending_ = word;
      return;
    }
    const size_t space = used_ > 0 ? pending_.width : 0;
    if (used_ > 0 && used_ + space + word.width > width_) {
      Break();
    } else if (space > 0) {
      Append(pending_);
    }
    pending_ = {};
    if (word.width <= width_ - used_) {
      Append(word);
    } else {
      AddInPieces(word);
    }
  }

  std::vector<StyledText> Finish() {
    if (lines_.empty() || !line_.empty()) Break();
    return std::move(lines_);
  }

 private:
  void Append(const Word& word) {
    for (const Run& run : word.runs) Push(line_, run.text, run.style);
    used_ += word.width;
  }
  void AddInPieces(const Word& word) {
    for (const Run& run : word.runs) {
      for (std::string_view rest = run.text; !rest.empty();) {
        if (used_ >= width_) Break();
        size_t bytes = BytesThatFit(rest, width_ - used_);
        if (bytes == 0 && used_ > 0) {
          Break();
          continue;
        }
        if (bytes == 0) bytes = std::max<size_t>(BytesThatFit(rest, 2), 1);  // a wide character on a line of one column
        Push(line_, rest.substr(0, bytes), run.style);
        used_ += DisplayWidth(rest.substr(0, bytes));
        rest.remove_prefix(bytes);
      }
    }
  }
  void Break() {
    TrimEnd(line_);
    lines_.push_back(std::move(line_));
    line_.clear();
    used_ = 0;
    pending_ = {};
  }

  size_t width_;
  size_t used_ = 0;
  Word pending_;
  StyledText line_;
  std::vector<StyledText> lines_;
};

}  // namespace

StyledText Plain(std::string_view text, Style style) { return {{std::string(text), style}}; }

bool IsMarked(Style style) { return style == Style::kSubject || style == Style::kPredicate || style == Style::kObject; }

size_t WidthOf(const StyledText& text, bool ansi) {
  size_t width = 0;
  for (const Run& run : text) width += DisplayWidth(run.text) + (!ansi && IsMarked(run.style) ? 2 : 0);
  return width;
}

std::vector<StyledText> Wrap(const StyledText& text, size_t width, bool ansi) {
  Wrapper wrapper(width);
  for (const Word& word : SplitWords(ansi ? text : WithBrackets(text))) wrapper.Add(word);
  return wrapper.Finish();
}

StyledText Truncate(const StyledText& text, size_t width, bool ansi) {
  if (WidthOf(text, ansi) <= width) return text;
  StyledText out;
  size_t left = width > 0 ? width - 1 : 0;
  for (const Run& run : ansi ? text : WithBrackets(text)) {
    const size_t bytes = BytesThatFit(run.text, left);
    Push(out, std::string_view(run.text).substr(0, bytes), run.style);
    left -= DisplayWidth(std::string_view(run.text).substr(0, bytes));
    if (bytes < run.text.size()) break;
  }
  TrimEnd(out);
  if (width > 0) Push(out, "…", out.empty() ? Style::kPlain : out.back().style);
  return out;
}

std::string Render(const StyledText& text, bool ansi) {
  std::string out;
  for (const Run& run : ansi ? text : WithBrackets(text)) {
    const std::string_view on = ansi ? AnsiOf(run.style) : std::string_view();
    Append(out, on, run.text, on.empty() ? std::string_view() : std::string_view("\x1b[0m"));
  }
  return out;
}

}  // namespace dossier::shell
