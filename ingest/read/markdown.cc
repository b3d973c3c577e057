#include <algorithm>

#include "ingest/read/date.h"
#include "ingest/read/formats.h"
#include "ingest/read/text_builder.h"
#include "ingest/text/characters.h"

namespace dossier::ingest {
namespace {

struct Line {
  size_t begin, end;  // without the line break
};

std::vector<Line> SplitLines(std::string_view bytes) {
  std::vector<Line> lines;
  for (size_t begin = 0; begin < bytes.size();) {
    const size_t newline = std::min(bytes.find('\n', begin), bytes.size());
    size_t end = newline;
    while (end > begin && (bytes[end - 1] == '\r' || bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) --end;
    lines.push_back({begin, end});
    begin = newline + 1;
  }
  return lines;
}

size_t SkipBlanks(std::string_view bytes, size_t i, size_t end) {
  while (i < end && (bytes[i] == ' ' || bytes[i] == '\t')) ++i;
  return i;
}

bool IsRuleOf(std::string_view line, char mark, size_t least) {
  size_t count = 0;
  for (const char c : line) {
    if (c == mark)
      ++count;
    else if (c != ' ')
      return false;
  }
  return count >= least;
}

class MarkdownReader {
 public:
  MarkdownReader(std::string_view bytes, Document& document)
      : bytes_(bytes), document_(document), lines_(SplitLines(bytes)) {}

  void Read() {
    size_t i = FrontMatter();
    for (; i < lines_.size(); ++i) {
      const Line& line = lines_[i];
      const size_t begin = SkipBlanks(bytes_, line.begin, line.end);
      const std::string_view text = bytes_.substr(begin, line.end - begin);
      if (text.substr(0, 3) == "```" || text.substr(0, 3) == "~~~") {
        i = EndOfFence(i, text.substr(0, 3));
        builder_.EndBlock();
      } else if (text.empty() || IsRuleOf(text, '-', 3) || IsRuleOf(text, '*', 3) || IsRuleOf(text, '_', 3)) {
        builder_.EndBlock();
      } else if (text[0] == '#') {
        Heading({begin, line.end}, std::min(text.find_first_not_of('#'), text.size()));
      } else if (i + 1 < lines_.size() && IsUnderline(lines_[i + 1])) {
        Heading({begin, line.end}, 0);
        ++i;
      } else {
        Prose({begin, line.end});
      }
    }
    builder_.Finish(bytes_.size(), document_);
  }

 private:
  std::string_view Slice(const Line& line) const { return bytes_.substr(line.begin, line.end - line.begin); }

  bool IsUnderline(const Line& line) const {
    const std::string_view text = Slice(line);
    return !text.empty() &&
           (IsRuleOf(text, '=', 2) || (IsRuleOf(text, '-', 2) && text.find(' ') == std::string_view::npos));
  }

  // YAML between "---" lines at the top; gives the number of the first line after it.
  size_t FrontMatter() {
    if (lines_.empty() || Slice(lines_[0]) != "---") return 0;
    for (size_t i = 1; i < lines_.size(); ++i) {
      const std::string_view line = Slice(lines_[i]);
      if (line == "---" || line == "...") return i + 1;
      const size_t colon = line.find(':');
      if (colon == std::string_view::npos) continue;
      const std::string key = ToLower(line.substr(0, colon));
      std::string_view value = line.substr(SkipBlanks(line, colon + 1, line.size()));
      if (value.size() >= 2 && (value[0] == '"' || value[0] == '\'') && value.back() == value[0])
        value = value.substr(1, value.size() - 2);
      if (key == "title") document_.title = std::string(value);
      if (key == "author") document_.author = std::string(value);
      if (key == "date") document_.date = FindDate(value);
    }
    return 0;
  }

  size_t EndOfFence(size_t i, std::string_view fence) const {
    for (size_t k = i + 1; k < lines_.size(); ++k) {
      const size_t begin = SkipBlanks(bytes_, lines_[k].begin, lines_[k].end);
      if (bytes_.substr(begin, 3) == fence) return k;
    }
    return lines_.size();
  }

  void Heading(const Line& line, size_t marks) {
    builder_.BeginHeading();
    size_t end = line.end;
    while (end > line.begin && bytes_[end - 1] == '#') --end;
    const size_t text_begin = SkipBlanks(bytes_, line.begin + marks, end);
    if (document_.title.empty() && marks <= 1 && builder_.size() == 0)
      document_.title = Plain({text_begin, end});
    Inline({text_begin, end}, builder_);
    builder_.EndHeading();
  }

  std::string Plain(const Line& line) const {
    TextBuilder builder;
    Inline(line, builder);
    Document document;
    builder.Finish(bytes_.size(), document);
    return document.text;
  }

  // A line of a paragraph, quotation or list; list items are blocks of their own.
  void Prose(Line line) {
    while (line.begin < line.end && bytes_[line.begin] == '>')
      line.begin = SkipBlanks(bytes_, line.begin + 1, line.end);
    const std::string_view text = Slice(line);
    const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const bool bullet =
        text.size() > 1 && (text[0] == '-' || text[0] == '*' || text[0] == '+') && text[1] == ' ';
    const bool number = digits > 0 && digits < 4 && text.size() > digits + 1 &&
                        (text[digits] == '.' || text[digits] == ')') && text[digits + 1] == ' ';
    if (bullet || number) {
      builder_.EndBlock();
      line.begin += bullet ? 2 : digits + 2;
    }
    if (!text.empty() && text[0] == '|') builder_.EndBlock();
    Inline(line, builder_);
    builder_.Space(line.end);
  }

  // Position behind "[text](target)" or 0; sets where the text ends.
  size_t EndOfLink(size_t open, size_t end, size_t& text_end) const {
    constexpr size_t kLongest = 2000;
    const size_t limit = std::min(end, open + kLongest);
    int depth = 0;
    size_t close = open;
    for (; close < limit; ++close) {
      if (bytes_[close] == '[') ++depth;
      if (bytes_[close] == ']' && --depth == 0) break;
    }
    if (close >= limit || close + 1 >= limit) return 0;
    const char opener = bytes_[close + 1];
    if (opener != '(' && opener != '[') return 0;
    const size_t target_end = bytes_.find(opener == '(' ? ')' : ']', close + 2);
    if (target_end == std::string_view::npos || target_end >= limit) return 0;
    text_end = close;
    return target_end + 1;
  }

  bool IsWordByte(size_t i) const {
    return i < bytes_.size() &&
           (ClassOf(static_cast<unsigned char>(bytes_[i])) != CharClass::kOther ||
            static_cast<unsigned char>(bytes_[i]) >= 0x80) &&
           bytes_[i] != ' ' && bytes_[i] != '\n';
  }

  void Inline(const Line& line, TextBuilder& out) const {
    size_t skip_from = 0;  // the "](target)" of the link we are in
    size_t skip_to = 0;
    for (size_t i = line.begin; i < line.end;) {
      const char c = bytes_[i];
      size_t text_end = 0;
      if (skip_to > 0 && i == skip_from) {
        i = skip_to;
        skip_to = 0;
      } else if (c == '!' && i + 1 < line.end && bytes_[i + 1] == '[' &&
                 EndOfLink(i + 1, line.end, text_end) > 0) {
        i = EndOfLink(i + 1, line.end, text_end);
      } else if (c == '[' && skip_to == 0 && (skip_to = EndOfLink(i, line.end, text_end)) > 0) {
        skip_from = text_end;
        ++i;
      } else if (c == '\\' && i + 1 < line.end &&
                 ClassOf(static_cast<unsigned char>(bytes_[i + 1])) == CharClass::kOther) {
        out.Append(bytes_.substr(i + 1, 1), i + 1);
        i += 2;
      } else if (c == '`' || c == '*' ||
                 (c == '_' && !(i > line.begin && IsWordByte(i - 1) && IsWordByte(i + 1)))) {
        ++i;
      } else if (c == ' ' || c == '\t') {
        out.Space(i++);
      } else {
        const size_t length = DecodeAt(bytes_, i).length;
        out.Append(bytes_.substr(i, length), i);
        i += length;
      }
    }
  }

  std::string_view bytes_;
  Document& document_;
  std::vector<Line> lines_;
  TextBuilder builder_;
};

}  // namespace

void ReadMarkdown(std::string_view bytes, Document& document) { MarkdownReader(bytes, document).Read(); }

}  // namespace dossier::ingest
