#include "ingest/text/paragraphs.h"

#include <algorithm>

#include "ingest/text/characters.h"

namespace dossier::ingest {
namespace {

struct Line {
  SourceSpan span;        // trimmed
  size_t first_word = 0;  // bytes
};

bool IsSpaceAt(std::string_view text, size_t i) {
  return ClassOf(DecodeAt(text, i).value) == CharClass::kSpace;
}

Line MakeLine(std::string_view text, size_t begin, size_t end) {
  while (begin < end && IsSpaceAt(text, begin)) begin += DecodeAt(text, begin).length;
  while (end > begin && static_cast<unsigned char>(text[end - 1]) <= ' ') --end;
  size_t word_end = begin;
  while (word_end < end && !IsSpaceAt(text, word_end)) word_end += DecodeAt(text, word_end).length;
  return {{begin, end}, word_end - begin};
}

std::vector<Line> FindLines(std::string_view text) {
  std::vector<Line> lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find_first_of("\n\r\f", begin), text.size());
    lines.push_back(MakeLine(text, begin, end));
    begin = end + 1;
    if (end + 1 < text.size() && text[end] == '\r' && text[end + 1] == '\n') ++begin;
  }
  return lines;
}

// Width at which the text is wrapped; 0 when it is not.
size_t WrapWidth(const std::vector<Line>& lines) {
  std::vector<size_t> lengths;
  for (const Line& line : lines) {
    if (line.span.begin < line.span.end) lengths.push_back(line.span.end - line.span.begin);
  }
  if (lengths.size() < 3) return 0;
  const size_t rank = lengths.size() * 19 / 20;
  std::nth_element(lengths.begin(), lengths.begin() + static_cast<ptrdiff_t>(rank), lengths.end());
  return lengths[rank] <= kMaxWrapWidth && lengths[rank] >= 30 ? lengths[rank] : 0;
}

bool StartsItem(std::string_view line) {
  return line.size() > 2 && (line[0] == '-' || line[0] == '*' || line.substr(0, 3) == "\u2022") &&
         (line[1] == ' ' || line[0] != '-');
}

}  // namespace

std::vector<SourceSpan> FindParagraphs(std::string_view text) {
  const std::vector<Line> lines = FindLines(text);
  const size_t width = WrapWidth(lines);
  std::vector<SourceSpan> paragraphs;
  bool open = false;
  size_t previous_size = 0;
  for (const Line& line : lines) {
    const size_t size = line.span.end - line.span.begin;
    if (size == 0) {
      open = false;
      continue;
    }
    const bool wrapped = open && width > 0 && previous_size + 1 + line.first_word > width &&
                         !StartsItem(text.substr(line.span.begin, size));
    if (wrapped) {
      paragraphs.back().end = line.span.end;
    } else {
      paragraphs.push_back(line.span);
    }
    open = true;
    previous_size = size;
  }
  return paragraphs;
}

}  // namespace dossier::ingest
