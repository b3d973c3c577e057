#include "ingest/read/dateline.h"

#include <algorithm>
#include <array>

#include "ingest/read/date.h"
#include "ingest/text/characters.h"

namespace dossier::ingest {
namespace {

constexpr size_t kMaxDateline = 90;
constexpr size_t kMinCapitals = 3;
constexpr std::array<std::string_view, 5> kDashes = {"\xE2\x80\x94", "\xE2\x80\x93", " -- ", "--", " - "};  // em dash, en dash, ...

struct Dash {
  size_t begin = std::string_view::npos;
  size_t end = 0;
};

Dash FindDash(std::string_view text) {
  Dash found;
  for (const std::string_view dash : kDashes) {
    const size_t at = text.find(dash);
    if (at < found.begin) found = {at, at + dash.size()};
  }
  return found;
}

std::string_view Trim(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

// Length of the opening words in capitals: letters, spaces, full stops, apostrophes and hyphens.
size_t CapitalsLength(std::string_view text, size_t& letters) {
  size_t i = 0;
  letters = 0;
  while (i < text.size()) {
    const auto [value, size] = DecodeAt(text, i);
    const bool upper = ClassOf(value) == CharClass::kUpper;
    if (!upper && (size != 1 || std::string_view(" .'-").find(text[i]) == std::string_view::npos)) break;
    letters += upper ? 1 : 0;
    i += size;
  }
  return i;
}

// The date of one part of "10 November 2020", "Nov. 3, 2020 (Reuters)", "Germany, 3 May 2021".
std::string DateIn(std::string_view text) {
  text = Trim(text.substr(0, text.find('(')));
  while (!text.empty()) {
    if (std::string date = FindDate(text); !date.empty()) return date;
    const size_t comma = text.find(',');
    if (comma == std::string_view::npos) return "";
    text = Trim(text.substr(comma + 1));
  }
  return "";
}

}  // namespace

Dateline FindDateline(std::string_view paragraph) {
  const Dash dash = FindDash(paragraph.substr(0, kMaxDateline));
  if (dash.begin == std::string_view::npos) return {};
  const std::string_view opening = Trim(paragraph.substr(0, dash.begin));
  size_t letters = 0;
  const size_t capitals = CapitalsLength(opening, letters);
  if (letters < kMinCapitals) return {};
  Dateline dateline;
  const size_t report = paragraph.find_first_not_of(" \t\n", dash.end);
  if (report == std::string_view::npos) return {};
  if (capitals == opening.size()) {
    const std::string_view rest = paragraph.substr(report, paragraph.find('.', report) - report);
    if (rest.empty() || ClassOf(DecodeAt(rest, 0).value) != CharClass::kUpper || FindDash(rest).begin != std::string_view::npos) return {};
  } else if (opening[capitals] != ',' && opening[capitals] != '(') {
    return {};
  } else {
    dateline.date = DateIn(opening.substr(capitals + (opening[capitals] == ',' ? 1 : 0)));
  }
  dateline.length = report;
  return dateline;
}

}  // namespace dossier::ingest
