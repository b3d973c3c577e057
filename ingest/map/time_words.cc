#include "ingest/map/time_words.h"

#include <algorithm>
#include <array>

#include "graph/base/strings.h"

namespace dossier::ingest {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"january", "february", "march",     "april",   "may",      "june",
                                                      "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<std::string_view, 7> kWeekdays = {"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
constexpr std::array<std::string_view, 13> kOrdinals = {"zeroth",  "first",  "second", "third", "fourth",   "fifth",  "sixth",
                                                        "seventh", "eighth", "ninth",  "tenth", "eleventh", "twelfth"};
constexpr std::array<std::string_view, 13> kCounts = {"zero",  "one",   "two",   "three", "four",   "five",  "six",
                                                      "seven", "eight", "nine",  "ten",   "eleven", "twelve"};
constexpr std::array<std::string_view, 5> kTens = {"twenty", "thirty", "forty", "fifty", "sixty"};
// Words that say "roughly", or the part of a day.
constexpr std::array<std::string_view, 15> kApproximate = {"about",  "around",  "approximately", "roughly", "nearly", "almost", "just", "only",
                                                           "sometime", "exactly", "some", "local", "gmt", "est", "utc"};

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

std::string_view WithoutOrdinalEnding(std::string_view word) {
  for (const std::string_view suffix : {"st", "nd", "rd", "th"}) {
    if (word.size() > 2 && word.ends_with(suffix) && ParseNumber(word.substr(0, word.size() - 2))) return word.substr(0, word.size() - 2);
  }
  return word;
}

bool IsMeridiem(std::string_view word) {
  return word == "am" || word == "pm" || word == "a.m." || word == "p.m." || word == "a.m" || word == "p.m" || word == "o'clock";
}

bool IsClock(std::string_view word) {
  const size_t colon = word.find(':');
  if (colon != std::string_view::npos) return ParseNumber(word.substr(0, colon)) && ParseNumber(word.substr(colon + 1, 2));
  return word == "noon" || word == "midnight" || word == "dawn" || word == "dusk";
}

// Lower case, white space for commas, one kind of apostrophe and dash.
std::string Plain(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("\xE2\x80\x99")) {
      out += '\'';
      i += 2;
    } else if (rest.starts_with("\xE2\x80\x93") || rest.starts_with("\xE2\x80\x94")) {
      out += " - ";
      i += 2;
    } else if (text[i] == ',' || text[i] == '\n' || text[i] == '\t' || text[i] == '(' || text[i] == ')') {
      out += ' ';
    } else {
      out += text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] + 32) : text[i];
    }
  }
  return out;
}

// "mid-october" is two words, "3-5" three; ISO dates and "twenty-five" one.
void AddWord(std::string_view word, std::vector<std::string>& words) {
  for (const std::string_view prefix : {"mid-", "early-", "late-"}) {
    if (!word.starts_with(prefix)) continue;
    words.emplace_back(prefix.substr(0, prefix.size() - 1));
    word.remove_prefix(prefix.size());
  }
  const size_t dash = word.find('-');
  const bool iso = word.size() >= 7 && word[4] == '-' && ParseNumber(word.substr(5, 2)) && (word.size() == 7 || word[7] == '-');
  const bool second_half_of_year = iso && word.size() == 7 && ParseNumber(word.substr(5, 2)).value_or(13) > 12;
  if (dash != std::string_view::npos && dash > 0 && (!iso || second_half_of_year) && word[0] >= '0' && word[0] <= '9') {
    words.emplace_back(word.substr(0, dash));
    words.emplace_back("-");
    if (dash + 1 < word.size()) words.emplace_back(word.substr(dash + 1));
    return;
  }
  if (!word.empty()) words.emplace_back(word);
}

std::vector<std::string> WithoutClocks(std::vector<std::string> words) {
  std::vector<std::string> out;
  for (size_t i = 0; i < words.size(); ++i) {
    const bool number_of_clock = i + 1 < words.size() && IsMeridiem(words[i + 1]);
    if (IsClock(words[i]) || number_of_clock || IsMeridiem(words[i])) {
      if (!out.empty() && (out.back() == "at" || out.back() == "by")) out.pop_back();
      continue;
    }
    const bool at_least = i + 1 < words.size() && words[i] == "at" && (words[i + 1] == "least" || words[i + 1] == "most");
    if (at_least) {
      ++i;
    } else if (words[i] == "as" && i + 2 < words.size() && words[i + 2] == "as") {
      i += 2;   // "as early as"
    } else if (std::find(kApproximate.begin(), kApproximate.end(), words[i]) == kApproximate.end()) {
      out.push_back(std::move(words[i]));
    }
  }
  return out;
}

int YearOf(chr::sys_days day) { return static_cast<int>(chr::year_month_day(day).year()); }
unsigned MonthOf(chr::sys_days day) { return static_cast<unsigned>(chr::year_month_day(day).month()); }

DayRange Months(int year, unsigned month, unsigned count, Grain grain) {
  const chr::year_month first = chr::year(year) / chr::month(month);
  const chr::year_month last = first + chr::months(count - 1);
  return {chr::sys_days(first / chr::day(1)), chr::sys_days(last / chr::last), grain, false};
}

}  // namespace

std::optional<chr::sys_days> ParseIsoDay(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = ParseNumber(text.substr(0, 4)), month = ParseNumber(text.substr(5, 2)), day = ParseNumber(text.substr(8, 2));
  if (!year || !month || !day || *year == 0) return std::nullopt;
  const chr::year_month_day date{chr::year(static_cast<int>(*year)), chr::month(*month), chr::day(*day)};
  if (!date.ok()) return std::nullopt;
  return chr::sys_days(date);
}

std::string IsoDay(chr::sys_days day) {
  const chr::year_month_day date(day);
  const int year = static_cast<int>(date.year());
  if (year < 1 || year > 9999) return "";
  return Cat(Padded(static_cast<unsigned>(year), 4), "-", Padded(static_cast<unsigned>(date.month()), 2), "-",
             Padded(static_cast<unsigned>(date.day()), 2));
}

std::vector<std::string> TimeWords(std::string_view text) {
  const std::string plain = Plain(text);
  std::vector<std::string> words;
  for (size_t i = 0; i < plain.size();) {
    const size_t end = std::min(plain.find(' ', i), plain.size());
    if (end > i) AddWord(std::string_view(plain).substr(i, end - i), words);
    i = end + 1;
  }
  return WithoutClocks(std::move(words));
}

unsigned MonthOfWord(std::string_view word) {
  if (word.ends_with('.')) word.remove_suffix(1);
  if (word.size() < 3) return 0;
  for (unsigned i = 0; i < kMonths.size(); ++i) {
    if (kMonths[i] == word || (kMonths[i].starts_with(word) && (word.size() == 3 || word == "sept"))) return i + 1;
  }
  return 0;
}

std::optional<unsigned> WeekdayOfWord(std::string_view word) {
  if (word.ends_with("'s")) word.remove_suffix(2);
  for (unsigned i = 0; i < kWeekdays.size(); ++i) {
    if (kWeekdays[i] == word || (word.size() == 4 && word[3] == '.' && kWeekdays[i].starts_with(word.substr(0, 3)))) return i;
  }
  return std::nullopt;
}

std::optional<unsigned> SeasonOfWord(std::string_view word) {
  if (word == "spring" || word == "springtime") return 0;
  if (word == "summer" || word == "summertime") return 1;
  if (word == "autumn" || word == "fall") return 2;
  if (word == "winter" || word == "wintertime") return 3;
  return std::nullopt;
}

std::optional<unsigned> OrdinalOfWord(std::string_view word) {
  const auto named = std::find(kOrdinals.begin(), kOrdinals.end(), word);
  if (named != kOrdinals.end()) return static_cast<unsigned>(named - kOrdinals.begin());
  const std::string_view digits = WithoutOrdinalEnding(word);
  return digits.size() == word.size() ? std::nullopt : ParseNumber(digits);
}

std::optional<unsigned> CountOfWord(std::string_view word) {
  if (word == "a" || word == "an") return 1;
  const auto named = std::find(kCounts.begin(), kCounts.end(), word);
  if (named != kCounts.end()) return static_cast<unsigned>(named - kCounts.begin());
  for (unsigned i = 0; i < kTens.size(); ++i) {
    if (word == kTens[i]) return 20 + 10 * i;
    if (word.size() > kTens[i].size() && word.starts_with(kTens[i]) && word[kTens[i].size()] == '-') {
      const auto ones = std::find(kCounts.begin(), kCounts.begin() + 10, word.substr(kTens[i].size() + 1));
      if (ones != kCounts.begin() + 10) return 20 + 10 * i + static_cast<unsigned>(ones - kCounts.begin());
    }
  }
  if (word == "thirteen") return 13;
  if (word == "fifteen") return 15;
  return ParseNumber(word);
}

std::optional<Grain> UnitOfWord(std::string_view word) {
  if (word.ends_with("'")) word.remove_suffix(1);
  if (word.ends_with("'s")) word.remove_suffix(2);
  if (word.size() > 3 && word.ends_with("ies")) return word == "centuries" ? std::optional(Grain::kCentury) : std::nullopt;
  if (word.ends_with("s")) word.remove_suffix(1);
  if (word == "day") return Grain::kDay;
  if (word == "week") return Grain::kWeek;
  if (word == "weekend") return Grain::kWeekend;
  if (word == "month") return Grain::kMonth;
  if (word == "quarter") return Grain::kQuarter;
  if (word == "year") return Grain::kYear;
  if (word == "decade") return Grain::kDecade;
  if (word == "century") return Grain::kCentury;
  return std::nullopt;
}

unsigned DayOfWord(std::string_view word) {
  word = WithoutOrdinalEnding(word);
  const auto number = word.size() <= 2 ? ParseNumber(word) : std::nullopt;
  return number && *number >= 1 && *number <= 31 ? *number : 0;
}

int YearOfWord(std::string_view word) {
  const auto number = word.size() == 4 ? ParseNumber(word) : std::nullopt;
  return number && *number >= 1000 && *number <= 2999 ? static_cast<int>(*number) : 0;
}

DayRange MonthRange(int year, unsigned month) { return Months(year, month, 1, Grain::kMonth); }
DayRange SeasonRange(int year, unsigned season) { return Months(year, 3 + 3 * season, 3, Grain::kSeason); }

DayRange YearRange(int first, int last, Grain grain) {
  return {chr::sys_days(chr::year(first) / 1 / 1), chr::sys_days(chr::year(last) / 12 / 31), grain, false};
}

DayRange RangeAround(chr::sys_days day, Grain grain) {
  const int year = YearOf(day);
  const unsigned month = MonthOf(day);
  switch (grain) {
    case Grain::kDay: return {day, day, grain, false};
    case Grain::kWeekend:
    case Grain::kWeek: {
      const chr::sys_days monday = day - (chr::weekday(day) - chr::Monday);
      return {grain == Grain::kWeek ? monday : monday + chr::days(5), monday + chr::days(6), grain, false};
    }
    case Grain::kMonth: return MonthRange(year, month);
    case Grain::kQuarter: return Months(year, (month - 1) / 3 * 3 + 1, 3, grain);
    case Grain::kHalf: return Months(year, month <= 6 ? 1 : 7, 6, grain);
    case Grain::kSeason: return month < 3 ? SeasonRange(year - 1, 3) : SeasonRange(year, (month - 3) / 3);
    case Grain::kYear: return YearRange(year, year, grain);
    case Grain::kDecade: return YearRange(year / 10 * 10, year / 10 * 10 + 9, grain);
    case Grain::kCentury: return YearRange((year - 1) / 100 * 100 + 1, (year - 1) / 100 * 100 + 100, grain);
  }
  return {day, day, Grain::kDay, false};
}

chr::sys_days MovedDay(chr::sys_days day, Grain unit, int count) {
  int months = 0;
  switch (unit) {
    case Grain::kDay: return day + chr::days(count);
    case Grain::kWeekend:
    case Grain::kWeek: return day + chr::days(7 * count);
    case Grain::kMonth: months = count; break;
    case Grain::kQuarter:
    case Grain::kSeason: months = 3 * count; break;
    case Grain::kHalf: months = 6 * count; break;
    case Grain::kYear: months = 12 * count; break;
    case Grain::kDecade: months = 120 * count; break;
    case Grain::kCentury: months = 1200 * count; break;
  }
  chr::year_month_day moved = chr::year_month_day(day) + chr::months(months);
  if (!moved.ok()) moved = moved.year() / moved.month() / chr::last;
  return chr::sys_days(moved);
}

DayRange Moved(const DayRange& range, int count) {
  if (range.grain == Grain::kDay) return {range.begin + chr::days(count), range.end + chr::days(count), Grain::kDay, false};
  return RangeAround(MovedDay(range.begin, range.grain, count), range.grain);
}

DayRange PartOf(const DayRange& range, unsigned part, unsigned parts) {
  const auto share = [&](unsigned total) { return std::pair(total * part / parts, total * (part + 1) / parts); };
  DayRange out = range;
  const int year = YearOf(range.begin);
  if (range.grain == Grain::kDecade || range.grain == Grain::kCentury) {
    const auto [from, to] = share(range.grain == Grain::kDecade ? 10 : 100);
    out = YearRange(year + static_cast<int>(from), year + static_cast<int>(to) - 1, Grain::kHalf);
  } else if (range.grain == Grain::kMonth && parts == 3) {
    // Ten days, ten days, and what is left.
    out.begin = range.begin + chr::days(10 * part);
    if (part < 2) out.end = out.begin + chr::days(9);
  } else if (range.grain >= Grain::kQuarter) {
    const unsigned months = range.grain == Grain::kYear ? 12 : range.grain == Grain::kHalf ? 6 : 3;
    const auto [from, to] = share(months);
    const chr::sys_days first = MovedDay(range.begin, Grain::kMonth, static_cast<int>(from));
    out.begin = first;
    out.end = MovedDay(range.begin, Grain::kMonth, static_cast<int>(to)) - chr::days(1);
  } else {
    const auto [from, to] = share(static_cast<unsigned>((range.end - range.begin).count()) + 1);
    out.begin = range.begin + chr::days(from);
    out.end = range.begin + chr::days(std::max(to, from + 1) - 1);
  }
  out.grain = Grain::kHalf;   // a part is exactly no unit
  out.explicit_year = range.explicit_year;
  return out;
}

}  // namespace dossier::ingest
