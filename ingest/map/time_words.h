// The words of time expressions and the calendar behind them. For time_value.cc and time_parser.cc alone.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::ingest {

namespace chr = std::chrono;

enum class Grain : uint8_t { kDay, kWeekend, kWeek, kMonth, kQuarter, kSeason, kHalf, kYear, kDecade, kCentury };

// Days [begin, end], both within.
struct DayRange {
  chr::sys_days begin, end;
  Grain grain = Grain::kDay;
  bool explicit_year = false;
};

std::optional<chr::sys_days> ParseIsoDay(std::string_view text);
std::string IsoDay(chr::sys_days day);

// Lower case words without commas; clock times, "about" and "at least" left out; "mid-October" and "3-5" are cut.
std::vector<std::string> TimeWords(std::string_view text);

unsigned MonthOfWord(std::string_view word);                  // 1 to 12, or 0
std::optional<unsigned> WeekdayOfWord(std::string_view word);   // 0: Sunday
std::optional<unsigned> SeasonOfWord(std::string_view word);  // 0: spring
std::optional<unsigned> OrdinalOfWord(std::string_view word);   // "third", "3rd": 3
std::optional<unsigned> CountOfWord(std::string_view word);   // "three", "3", "a": 3, 3, 1
std::optional<Grain> UnitOfWord(std::string_view word);       // "weeks"
unsigned DayOfWord(std::string_view word);                    // "3", "3rd": 1 to 31, or 0
int YearOfWord(std::string_view word);                        // 1000 to 2999, or 0

// The day, week, month ... that `day` lies in. Weeks begin on Monday, winter in December.
DayRange RangeAround(chr::sys_days day, Grain grain);
// `range` moved by `count` of its grain.
DayRange Moved(const DayRange& range, int count);
// The day `count` units away; the last day of the month when there is no such day there.
chr::sys_days MovedDay(chr::sys_days day, Grain unit, int count);
DayRange MonthRange(int year, unsigned month);
DayRange SeasonRange(int year, unsigned season);   // winter of `year` begins in its December
DayRange YearRange(int first, int last, Grain grain);
// The `part`-th of `parts` equal parts, in whole months where the grain has months, whole years where it has years.
DayRange PartOf(const DayRange& range, unsigned part, unsigned parts);

}  // namespace dossier::ingest
