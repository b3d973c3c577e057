#include "ingest/map/time_value.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <vector>

#include "graph/base/strings.h"

namespace dossier::ingest {
namespace {

namespace chr = std::chrono;

constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> kWeekdays = {"sunday",   "monday", "tuesday", "wednesday",
                                                       "thursday", "friday", "saturday"};

std::string Lower(std::string_view s) {
  std::string out(s);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

std::optional<unsigned> ParseNumber(std::string_view s) {
  if (s.empty() || s.size() > 4) return std::nullopt;
  unsigned value = 0;
  for (const char c : s) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

std::string Padded(unsigned value, size_t width) {
  std::string s = Cat(value);
  return std::string(width > s.size() ? width - s.size() : 0, '0') + s;
}

// "Sept.", "Sep", "September": 9.
unsigned MonthOf(std::string_view word) {
  if (word.ends_with('.')) word.remove_suffix(1);
  if (word.size() < 3) return 0;
  for (unsigned i = 0; i < kMonths.size(); ++i) {
    if (kMonths[i] == word || (kMonths[i].starts_with(word) && (word.size() == 3 || word == "sept")))
      return i + 1;
  }
  return 0;
}

unsigned DayOf(std::string_view word) {
  for (const std::string_view suffix : {"st", "nd", "rd", "th"}) {
    if (word.size() > 2 && word.ends_with(suffix)) {
      word.remove_suffix(2);
      break;
    }
  }
  const auto number = word.size() <= 2 ? ParseNumber(word) : std::nullopt;
  return number && *number >= 1 && *number <= 31 ? *number : 0;
}

unsigned YearOf(std::string_view word) {
  const auto number = word.size() == 4 ? ParseNumber(word) : std::nullopt;
  return number && *number >= 1000 && *number <= 2999 ? *number : 0;
}

std::optional<chr::year_month_day> ParseIso(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = ParseNumber(text.substr(0, 4)), month = ParseNumber(text.substr(5, 2)),
             day = ParseNumber(text.substr(8, 2));
  if (!year || !month || !day || *year == 0) return std::nullopt;
  const chr::year_month_day date{chr::year(static_cast<int>(*year)), chr::month(*month), chr::day(*day)};
  if (!date.ok()) return std::nullopt;
  return date;
}

TimeValue DateValue(chr::year_month_day date) {
  if (!date.ok()) return {};
  return {
      Cat(Padded(static_cast<unsigned>(static_cast<int>(date.year())), 4), "-",
          Padded(static_cast<unsigned>(date.month()), 2), "-", Padded(static_cast<unsigned>(date.day()), 2)),
      "date"};
}

std::vector<std::string> Words(std::string_view text) {
  std::vector<std::string> words;
  std::string lower = Lower(text);
  std::replace(lower.begin(), lower.end(), ',', ' ');
  for (size_t i = 0; i < lower.size();) {
    const size_t end = std::min(lower.find(' ', i), lower.size());
    std::string word = lower.substr(i, end - i);
    if (!word.empty() && word != "in" && word != "on" && word != "the" && word != "of")
      words.push_back(std::move(word));
    if (words.size() > 5) return {};
    i = end + 1;
  }
  return words;
}

// "yesterday", "Monday", "last year", seen from the document's date. A weekday is the last one up to that
// date: articles report.
TimeValue Relative(const std::vector<std::string>& words, chr::year_month_day today) {
  const chr::sys_days day = today;
  if (words.size() == 1) {
    if (words[0] == "today" || words[0] == "tonight") return DateValue(today);
    if (words[0] == "yesterday") return DateValue(day - chr::days(1));
    if (words[0] == "tomorrow") return DateValue(day + chr::days(1));
    const auto weekday = std::find(kWeekdays.begin(), kWeekdays.end(), words[0]);
    if (weekday == kWeekdays.end()) return {};
    const chr::weekday wanted(static_cast<unsigned>(weekday - kWeekdays.begin()));
    return DateValue(day - (chr::weekday(day) - wanted));
  }
  if (words.size() == 2 && words[1] == "year" &&
      (words[0] == "last" || words[0] == "this" || words[0] == "next")) {
    const int year = static_cast<int>(today.year()) + (words[0] == "last" ? -1 : words[0] == "next" ? 1 : 0);
    return {Padded(static_cast<unsigned>(year), 4), "gYear"};
  }
  return {};
}

}  // namespace

bool IsIsoDate(std::string_view text) { return ParseIso(text).has_value(); }

TimeValue NormalizeTime(std::string_view words, std::string_view document_date) {
  if (words.size() > 60) return {};
  const std::vector<std::string> parts = Words(words);
  if (parts.empty()) return {};
  if (parts.size() == 1 && ParseIso(parts[0])) return {parts[0], "date"};
  unsigned year = 0, month = 0, day = 0;
  size_t understood = 0;
  for (const std::string& part : parts) {
    if (const unsigned m = MonthOf(part); m != 0 && month == 0) {
      month = m;
    } else if (const unsigned y = YearOf(part); y != 0 && year == 0) {
      year = y;
    } else if (const unsigned d = DayOf(part); d != 0 && day == 0) {
      day = d;
    } else {
      continue;
    }
    ++understood;
  }
  const auto today = ParseIso(document_date);
  if (understood != parts.size()) return today ? Relative(parts, *today) : TimeValue{};
  if (year != 0 && month == 0 && day == 0) return {Padded(year, 4), "gYear"};
  if (month == 0) return {};
  if (year == 0) {
    // The last such day or month up to the document's.
    if (!today) return {};
    const bool later = chr::month(month) > today->month() ||
                       (chr::month(month) == today->month() && chr::day(day) > today->day());
    year = static_cast<unsigned>(static_cast<int>(today->year()) - (later ? 1 : 0));
  }
  if (day == 0) return {Cat(Padded(year, 4), "-", Padded(month, 2)), "gYearMonth"};
  return DateValue({chr::year(static_cast<int>(year)), chr::month(month), chr::day(day)});
}

}  // namespace dossier::ingest
