#include <algorithm>

#include "ingest/read/date.h"
#include "ingest/read/dateline.h"
#include "ingest/read/formats.h"
#include "ingest/text/characters.h"
#include "ingest/text/paragraphs.h"

namespace dossier::ingest {
namespace {

constexpr size_t kTitleBytes = 200;
constexpr size_t kTitleWords = 30;
constexpr size_t kFrontParagraphs = 5;

size_t CountWords(std::string_view line) {
  size_t words = 0;
  bool inside = false;
  for (const char c : line) {
    const bool space = c == ' ' || c == '\t' || c == '\n';
    words += !space && !inside ? 1 : 0;
    inside = !space;
  }
  return words;
}

// A title has no full stop, is short, and has something after it.
bool LooksLikeTitle(std::string_view line) {
  if (line.size() > kTitleBytes || line.find('\n') != std::string_view::npos ||
      CountWords(line) > kTitleWords)
    return false;
  constexpr std::string_view kNoEnd = ".,;:";
  if (kNoEnd.find(line.back()) != std::string_view::npos) return false;
  const CharClass first = ClassOf(DecodeAt(line, 0).value);
  return first == CharClass::kUpper || first == CharClass::kDigit || first == CharClass::kOther;
}

// "By Jane Doe" or "By Jane Doe and John Roe": the names; empty when the line says more.
std::string BylineNames(std::string_view line) {
  if (line.size() > 120 || line.size() < 6 || (line.substr(0, 3) != "By " && line.substr(0, 3) != "BY "))
    return "";
  const std::string_view names = line.substr(3, line.find_first_of("|\n", 3) - 3);
  size_t words = 0;
  for (size_t i = 0; i < names.size();) {
    const size_t end = std::min(names.find(' ', i), names.size());
    const std::string_view word = names.substr(i, end - i);
    i = end + 1;
    if (word.empty()) continue;
    ++words;
    const bool joins =
        word == "and" || word == "de" || word == "van" || word == "von" || word == "al" || word == "bin";
    if (!joins && ClassOf(DecodeAt(word, 0).value) != CharClass::kUpper) return "";
  }
  if (words < 2 || words > 9) return "";
  const size_t last = names.find_last_not_of(" .,");
  return std::string(names.substr(0, last + 1));
}

// Keeps the headings in order; one that markup has already marked stays.
void AddHeading(SourceSpan span, Document& document) {
  auto& headings = document.headings;
  const auto next = std::find_if(headings.begin(), headings.end(), [&](const SourceSpan& h) { return h.end > span.begin; });
  if (next == headings.end() || next->begin >= span.end) headings.insert(next, span);
}

}  // namespace

void ReadPlain(std::string_view bytes, Document& document) { document.text = std::string(bytes); }

void FindFrontMatter(Document& document) {
  const std::string_view head = std::string_view(document.text).substr(0, size_t{64} << 10);
  const std::vector<SourceSpan> paragraphs = FindParagraphs(head);
  for (size_t p = 0; p < std::min(paragraphs.size(), kFrontParagraphs); ++p) {
    const std::string_view line = head.substr(paragraphs[p].begin, paragraphs[p].end - paragraphs[p].begin);
    const bool first = p == 0;
    if (document.author.empty()) document.author = BylineNames(line);
    if (document.date.empty()) document.date = FindDate(line);
    if (const Dateline dateline = FindDateline(line); dateline.length > 0) {
      if (document.date.empty()) document.date = dateline.date;
      AddHeading({paragraphs[p].begin, paragraphs[p].begin + dateline.length}, document);
      continue;
    }
    if (!first || paragraphs.size() < 2 || !LooksLikeTitle(line) || !FindDate(line).empty() ||
        !BylineNames(line).empty())
      continue;
    AddHeading(paragraphs[0], document);
    if (document.title.empty()) document.title = std::string(line);
  }
}

}  // namespace dossier::ingest
