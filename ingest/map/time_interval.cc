#include "ingest/map/time_interval.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <vector>

#include "graph/base/strings.h"

namespace dossier::ingest {
namespace {

namespace chr = std::chrono;
using Day = chr::sys_days;

struct Range {
  Day begin, end;
};

constexpr std::array<std::string_view, 12> kMonths = {"january", "february", "march",     "april",   "may",      "june",
                                                      "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<std::string_view, 7> kWeekdays = {"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
constexpr std::array<std::string_view, 21> kNumbers = {"zero",    "one",     "two",       "three",    "four",     "five",    "six",
                                                       "seven",   "eight",   "nine",      "ten",      "eleven",   "twelve",  "thirteen",
                                                       "fourteen", "fifteen", "sixteen",  "seventeen", "eighteen", "nineteen", "twenty"};

Day MakeDay(int year, unsigned month, unsigned day) { return chr::year(year) / chr::month(month) / chr::day(day); }
Day LastOfMonth(int year, unsigned month) { return Day(chr::year(year) / chr::month(month) / chr::last); }
int YearOf(Day day) { return static_cast<int>(chr::year_month_day(day).year()); }
unsigned MonthOf(Day day) { return static_cast<unsigned>(chr::year_month_day(day).month()); }

std::optional<int> Number(std::string_view word) {
  if (word == "a" || word == "an") return 1;
  for (size_t i = 0; i < kNumbers.size(); ++i) {
    if (kNumbers[i] == word) return static_cast<int>(i);
  }
  if (word.empty() || word.size() > 4) return std::nullopt;
  int value = 0;
  for (const char c : word) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<int> Year(std::string_view word) {
  const auto number = word.size() == 4 ? Number(word) : std::nullopt;
  return number && *number >= 1000 && *number <= 2999 ? number : std::nullopt;
}

template <size_t N>
int IndexOf(const std::array<std::string_view, N>& names, std::string_view word) {
  const auto it = std::find(names.begin(), names.end(), word);
  return it == names.end() ? -1 : static_cast<int>(it - names.begin());
}

unsigned Month(std::string_view word) {
  if (word.ends_with('.')) word.remove_suffix(1);
  for (size_t i = 0; i < kMonths.size(); ++i) {
    if (kMonths[i] == word || (word.size() >= 3 && word.size() <= 4 && kMonths[i].starts_with(word) && word != "mar" ) ||
        (word == "mar" && i == 2))
      return static_cast<unsigned>(i + 1);
  }
  return 0;
}

std::optional<Day> ParseIso(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = Number(text.substr(0, 4)), month = Number(text.substr(5, 2)), day = Number(text.substr(8, 2));
  if (!year || !month || !day || *year < 1) return std::nullopt;
  const chr::year_month_day date{chr::year(*year), chr::month(static_cast<unsigned>(*month)), chr::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return Day(date);
}

std::string Iso(Day day) {
  const chr::year_month_day date(day);
  auto padded = [](unsigned value, size_t width) {
    std::string s = Cat(value);
    return std::string(width > s.size() ? width - s.size() : 0, '0') + s;
  };
  return Cat(padded(static_cast<unsigned>(static_cast<int>(date.year())), 4), "-", padded(static_cast<unsigned>(date.month()), 2), "-",
             padded(static_cast<unsigned>(date.day()), 2));
}

std::vector<std::string> Words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (lower == ' ' || lower == ',') {
      if (!word.empty()) words.push_back(std::move(word));
      word.clear();
    } else {
      word += lower;
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

// Reads one expression word by word.
class IntervalReader {
 public:
  IntervalReader(std::vector<std::string> words, std::optional<Day> today) : words_(std::move(words)), today_(today) {}

  TimeInterval Read() {
    while (Eat({"in", "on", "at", "during", "throughout", "over", "the", "only", "just", "within", "around", "about", "by"})) {
    }
    const bool since = Eat({"since", "from", "starting"}), until = !since && Eat({"until", "till"});
    const bool before = !since && !until && Eat({"before"}), after = !since && !until && !before && Eat({"after"});
    const bool between = !since && !until && !before && !after && Eat({"between"});
    while (Eat({"at", "least", "the", "about", "around"})) {
    }
    const auto range = Expression();
    if (!range) return {};
    std::optional<Range> other;
    if ((since || between) && Eat({"to", "and", "until", "through"})) other = Expression();
    if (at_ != words_.size()) return {};
    if (other) return {Iso(range->begin), Iso(other->end)};
    if (between) return {};
    if (since) return {Iso(range->begin), ""};
    if (until) return {"", Iso(range->end)};
    if (before) return {"", Iso(range->begin - chr::days(1))};
    if (after) return {Iso(range->end + chr::days(1)), ""};
    return {Iso(range->begin), Iso(range->end)};
  }

 private:
  std::string_view Peek(size_t ahead = 0) const { return at_ + ahead < words_.size() ? std::string_view(words_[at_ + ahead]) : std::string_view(); }
  bool Eat(std::initializer_list<std::string_view> words) {
    if (std::find(words.begin(), words.end(), Peek()) == words.end() || Peek().empty()) return false;
    ++at_;
    return true;
  }

  std::optional<Range> Expression() {
    const auto part = Part();
    if (Eat({"of", "in"})) Eat({"the"});
    while (Eat({"the"})) {
    }
    auto range = Base();
    if (!range) return std::nullopt;
    return part == 'E' ? EarlierPart(*range) : Third(*range, part);
  }

  // 'e' early, 'm' middle, 'l' late, 'E' "earlier this week", 'w' the whole
  char Part() {
    if (Eat({"early", "beginning", "start"})) return 'e';
    if (Eat({"mid", "middle"})) return 'm';
    if (Eat({"late", "end"})) return 'l';
    if (Eat({"earlier"})) return 'E';
    if (Eat({"later"})) return 'w';
    return 'w';
  }

  Range Third(Range range, char part) const {
    const auto days = (range.end - range.begin).count() + 1;
    if (part == 'e') return {range.begin, range.begin + chr::days(days / 3 - (days < 3 ? 0 : 1) + (days % 3 == 2 ? 1 : 0))};
    if (part == 'm') return {range.begin + chr::days(days / 3), range.end - chr::days(days / 3 + (days % 3 == 1 ? 1 : 0))};
    if (part == 'l') return {range.end - chr::days(days / 3), range.end};
    return range;
  }
  Range EarlierPart(Range range) const {
    if (today_ && *today_ >= range.begin && *today_ <= range.end) return {range.begin, *today_};
    return range;
  }

  std::optional<Range> Base() {
    if (auto range = Absolute()) return range;
    if (!today_) return std::nullopt;
    return Relative();
  }

  std::optional<Range> Absolute() {
    if (const auto day = ParseIso(Peek())) {
      ++at_;
      return Range{*day, *day};
    }
    if (const auto year = Year(Peek())) {
      ++at_;
      return WholeYear(*year);
    }
    if (Peek().size() == 5 && Peek().ends_with('s')) {  // "1990s"
      if (const auto year = Year(Peek().substr(0, 4)); year && *year % 10 == 0) {
        ++at_;
        return Range{MakeDay(*year, 1, 1), MakeDay(*year + 9, 12, 31)};
      }
    }
    if (Peek(1) == "century") {
      std::string_view ordinal = Peek();
      if (ordinal.size() > 2) ordinal.remove_suffix(2);
      if (const auto n = Number(ordinal); n && *n >= 1 && *n <= 30) {
        at_ += 2;
        return Range{MakeDay((*n - 1) * 100 + 1, 1, 1), MakeDay(*n * 100, 12, 31)};
      }
    }
    return MonthOrSeason();
  }

  static Range WholeYear(int year) { return {MakeDay(year, 1, 1), MakeDay(year, 12, 31)}; }

  std::optional<unsigned> DayNumber(std::string_view word) const {
    for (const std::string_view suffix : {"st", "nd", "rd", "th"}) {
      if (word.size() > 2 && word.ends_with(suffix)) word.remove_suffix(2);
    }
    const auto n = word.size() <= 2 && word != "a" ? Number(word) : std::nullopt;
    return n && *n >= 1 && *n <= 31 ? std::optional<unsigned>(static_cast<unsigned>(*n)) : std::nullopt;
  }

  // "3 October 2020", "October 3, 2020", "October 2020", "October", "summer of 2020"
  std::optional<Range> MonthOrSeason() {
    std::optional<unsigned> day;
    if (DayNumber(Peek()) && Month(Peek(1)) != 0) {
      day = DayNumber(Peek());
      ++at_;
    }
    const unsigned month = Month(Peek());
    const int season = IndexOf(std::array<std::string_view, 5>{"spring", "summer", "autumn", "fall", "winter"}, Peek());
    if (month == 0 && season < 0) return std::nullopt;
    ++at_;
    if (month != 0 && !day && DayNumber(Peek()) && !Year(Peek())) {
      day = DayNumber(Peek());
      ++at_;
    }
    Eat({"of"});
    std::optional<int> year = Year(Peek());
    if (year) ++at_;
    const unsigned first = month != 0 ? month : season == 0 ? 3 : season == 1 ? 6 : season == 4 ? 12 : 9;
    if (!year) {
      if (!today_) return std::nullopt;
      year = YearOf(*today_);
      if (MakeDay(*year, first, day.value_or(1)) > *today_) --*year;
    }
    if (month == 0) {
      const Day begin = MakeDay(*year, first, 1);
      return Range{begin, first == 12 ? LastOfMonth(*year + 1, 2) : LastOfMonth(*year, first + 2)};
    }
    if (!day) return Range{MakeDay(*year, month, 1), LastOfMonth(*year, month)};
    const chr::year_month_day date{chr::year(*year), chr::month(month), chr::day(*day)};
    if (!date.ok()) return std::nullopt;
    return Range{Day(date), Day(date)};
  }

  std::optional<Range> Relative() {
    const Day today = *today_;
    if (Eat({"today", "tonight"})) return Range{today, today};
    if (Eat({"yesterday"})) return Range{today - chr::days(1), today - chr::days(1)};
    if (Eat({"tomorrow"})) return Range{today + chr::days(1), today + chr::days(1)};
    if (auto ago = Ago()) return ago;
    int shift = 0;
    bool named = true;
    if (Eat({"last", "past", "previous"})) shift = -1;
    else if (Eat({"next", "coming"})) shift = 1;
    else named = Eat({"this", "current"});
    const int weekday = IndexOf(kWeekdays, Peek());
    if (weekday >= 0) {
      ++at_;
      const Day day = today - (chr::weekday(today) - chr::weekday(static_cast<unsigned>(weekday)));
      if (shift == 1) return Range{day + chr::days(7), day + chr::days(7)};
      return shift == -1 && day == today ? Range{day - chr::days(7), day - chr::days(7)} : Range{day, day};
    }
    return named ? Unit(shift) : std::nullopt;
  }

  // "three weeks ago": the unit that contains that day.
  std::optional<Range> Ago() {
    const auto count = Number(Peek());
    if (!count || Peek(2) != "ago") return std::nullopt;
    const char unit = UnitOf(Peek(1));
    if (unit == 0) return std::nullopt;
    at_ += 3;
    return UnitAt(unit, -*count);
  }

  static char UnitOf(std::string_view word) {
    if (word.ends_with('s')) word.remove_suffix(1);
    return word == "day" ? 'd' : word == "week" ? 'w' : word == "month" ? 'm' : word == "year" ? 'y' : word == "decade" ? 'D'
           : word == "quarter" ? 'q' : word == "century" ? 'C' : 0;
  }

  std::optional<Range> Unit(int shift) {
    if (Month(Peek()) != 0 || Peek() == "spring" || Peek() == "summer" || Peek() == "autumn" || Peek() == "fall" || Peek() == "winter") {
      auto range = MonthOrSeason();
      if (range && shift == 1) {
        const chr::year_month_day begin(range->begin), end(range->end);
        return Range{Day(chr::year_month_day(begin.year() + chr::years(1), begin.month(), begin.day())),
                     LastOfMonth(static_cast<int>(end.year()) + 1, static_cast<unsigned>(end.month()))};
      }
      return range;
    }
    const char unit = UnitOf(Peek());
    if (unit == 0 || Peek().ends_with('s')) return std::nullopt;
    ++at_;
    return UnitAt(unit, shift);
  }

  std::optional<Range> UnitAt(char unit, int shift) const {
    const Day today = *today_;
    const int year = YearOf(today);
    switch (unit) {
      case 'd':
        return Range{today + chr::days(shift), today + chr::days(shift)};
      case 'w': {
        const Day monday = today - (chr::weekday(today) - chr::Monday) + chr::days(7 * shift);
        return Range{monday, monday + chr::days(6)};
      }
      case 'm': {
        const int months = year * 12 + static_cast<int>(MonthOf(today)) - 1 + shift;
        if (months < 12) return std::nullopt;
        return Range{MakeDay(months / 12, static_cast<unsigned>(months % 12 + 1), 1), LastOfMonth(months / 12, static_cast<unsigned>(months % 12 + 1))};
      }
      case 'q': {
        const int quarters = year * 4 + (static_cast<int>(MonthOf(today)) - 1) / 3 + shift;
        const auto first = static_cast<unsigned>(quarters % 4 * 3 + 1);
        return Range{MakeDay(quarters / 4, first, 1), LastOfMonth(quarters / 4, first + 2)};
      }
      case 'y':
        return year + shift < 1 ? std::nullopt : std::optional<Range>(WholeYear(year + shift));
      case 'D': {
        const int first = (year / 10 + shift) * 10;
        return first < 1 ? std::nullopt : std::optional<Range>(Range{MakeDay(first, 1, 1), MakeDay(first + 9, 12, 31)});
      }
      default:
        return std::nullopt;
    }
  }

  std::vector<std::string> words_;
  std::optional<Day> today_;
  size_t at_ = 0;
};

}  // namespace

TimeInterval NormalizeInterval(std::string_view words, std::string_view document_date) {
  if (words.size() > 80) return {};
  std::string spaced(words);
  for (const std::string_view prefix : {"mid-", "Mid-"}) {
    if (const size_t at = spaced.find(prefix); at != std::string::npos) spaced[at + 3] = ' ';
  }
  std::vector<std::string> parts = Words(spaced);
  if (parts.empty() || parts.size() > 10) return {};
  return IntervalReader(std::move(parts), ParseIso(document_date)).Read();
}

std::string NormalizeDuration(std::string_view words) {
  if (words.size() > 60) return "";
  std::vector<std::string> parts = Words(words);
  size_t at = 0;
  while (at < parts.size() && (parts[at] == "for" || parts[at] == "about" || parts[at] == "almost" || parts[at] == "nearly" ||
                               parts[at] == "over" || parts[at] == "than" || parts[at] == "more" || parts[at] == "roughly" ||
                               parts[at] == "at" || parts[at] == "least"))
    ++at;
  if (at + 2 != parts.size()) return "";
  const auto count = Number(parts[at]);
  std::string_view unit = parts[at + 1];
  if (unit.ends_with('s')) unit.remove_suffix(1);
  if (!count) return "";
  if (unit == "day") return Cat("P", *count, "D");
  if (unit == "week") return Cat("P", *count * 7, "D");
  if (unit == "month") return Cat("P", *count, "M");
  if (unit == "year") return Cat("P", *count, "Y");
  if (unit == "decade") return Cat("P", *count * 10, "Y");
  if (unit == "hour") return Cat("PT", *count, "H");
  if (unit == "minute") return Cat("PT", *count, "M");
  return "";
}

}  // namespace dossier::ingest
