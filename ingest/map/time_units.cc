// The units of time expressions: what stands for one stretch of days.
#include <algorithm>
#include <utility>

#include "ingest/map/time_parser.h"

namespace dossier::ingest {
namespace {

int YearOf(chr::sys_days day) { return static_cast<int>(chr::year_month_day(day).year()); }

std::optional<chr::sys_days> DayIn(int year, unsigned month, unsigned day) {
  const chr::year_month_day date{chr::year(year), chr::month(month), chr::day(day)};
  if (!date.ok()) return std::nullopt;
  return chr::sys_days(date);
}

}  // namespace

std::optional<int> TimeParser::ExplicitYear() {
  const size_t start = next_;
  (void)(Accept("of") || Accept("in"));
  if (const int year = YearOfWord(Peek()); year != 0) {
    ++next_;
    return year;
  }
  if (today_ && Peek(1) == "year" && (Peek() == "last" || Peek() == "this" || Peek() == "next")) {
    const int year = YearOf(*today_) + (Peek() == "last" ? -1 : Peek() == "next" ? 1 : 0);
    next_ += 2;
    return year;
  }
  if (reference_ && (AcceptAll({"that", "year"}) || AcceptAll({"the", "same", "year"}))) return YearOf(*reference_);
  next_ = start;
  return std::nullopt;
}

template <typename Make>
std::optional<DayRange> TimeParser::InYear(std::optional<int> year, const Make& make) const {
  std::optional<DayRange> range;
  if (year || year_hint_) {
    range = make(year ? *year : *year_hint_);
  } else if (today_) {
    range = make(YearOf(*today_));
    if (range && range->begin > *today_) range = make(YearOf(*today_) - 1);
    // 29 February: the last year that had one.
    for (int back = 1; !range && back <= 8; ++back) range = make(YearOf(*today_) - back);
  }
  if (range) range->explicit_year = year.has_value();
  return range;
}

// "yesterday", "the day before yesterday", "last night", "that day", "the next week".
std::optional<DayRange> TimeParser::Named() {
  const auto day = [&](std::optional<chr::sys_days> from, int moved) -> std::optional<DayRange> {
    if (!from) return std::nullopt;
    DayRange range = RangeAround(*from + chr::days(moved), Grain::kDay);
    range.explicit_year = true;
    return range;
  };
  if (AcceptAll({"day", "before", "yesterday"})) return day(today_, -2);
  if (AcceptAll({"day", "after", "tomorrow"})) return day(today_, 2);
  if (AcceptAny({"today", "tonight"}) || AcceptAll({"this", "morning"}) || AcceptAll({"this", "afternoon"}) || AcceptAll({"this", "evening"})) {
    return day(today_, 0);
  }
  if (Accept("yesterday") || AcceptAll({"last", "night"})) return day(today_, -1);
  if (Accept("tomorrow")) return day(today_, 1);
  if (AcceptAll({"that", "day"}) || AcceptAll({"same", "day"}) || AcceptAll({"that", "night"})) return day(reference_, 0);
  if (AcceptAll({"day", "after"}) || AcceptAll({"following", "day"}) || AcceptAll({"next", "day"}) || AcceptAll({"next", "morning"})) {
    return day(reference_, 1);
  }
  if (AcceptAll({"day", "before"}) || AcceptAll({"previous", "day"}) || AcceptAll({"night", "before"})) return day(reference_, -1);
  const bool that = Peek() == "that" || Peek() == "same", following = Peek() == "following", previous = Peek() == "previous";
  if (const auto unit = UnitOfWord(Peek(1)); unit && reference_ && (that || following || previous)) {
    next_ += 2;
    return Moved(RangeAround(*reference_, *unit), that ? 0 : following ? 1 : -1);
  }
  return std::nullopt;
}

// "last month", "this summer", "next Friday", "earlier this week", "late last year".
std::optional<DayRange> TimeParser::Relative() {
  const bool earlier = Accept("earlier"), later = !earlier && Accept("later");
  if (earlier || later) (void)(Accept("in") || Accept("on"));
  int moved = 0;
  if (AcceptAny({"last", "past", "previous"})) {
    moved = -1;
  } else if (AcceptAny({"next", "coming", "following", "upcoming"})) {
    moved = 1;
  } else if (!AcceptAny({"this", "current"})) {
    return std::nullopt;
  }
  if (!today_) return std::nullopt;
  std::optional<DayRange> range;
  if (const auto unit = UnitOfWord(Peek())) {
    range = Moved(RangeAround(*today_, *unit), moved);
  } else if (const unsigned month = MonthOfWord(Peek()); month != 0) {
    // "last October" is the one before today, "next" the one after.
    range = MonthRange(YearOf(*today_), month);
    if (moved < 0 && range->end >= *today_) range = MonthRange(YearOf(*today_) - 1, month);
    if (moved > 0 && range->begin <= *today_) range = MonthRange(YearOf(*today_) + 1, month);
  } else if (const auto season = SeasonOfWord(Peek())) {
    range = SeasonRange(YearOf(*today_), *season);
    if (moved < 0 && range->end >= *today_) range = SeasonRange(YearOf(*today_) - 1, *season);
    if (moved > 0 && range->begin <= *today_) range = SeasonRange(YearOf(*today_) + 1, *season);
  } else if (const auto weekday = WeekdayOfWord(Peek())) {
    const chr::days back = chr::weekday(*today_) - chr::weekday(*weekday);
    const chr::sys_days last = *today_ - back;
    const chr::sys_days this_week = RangeAround(*today_, Grain::kWeek).begin + (chr::weekday(*weekday) - chr::Monday);
    range = RangeAround(moved < 0 ? (back.count() == 0 ? last - chr::days(7) : last) : moved > 0 ? last + chr::days(7) : this_week, Grain::kDay);
  }
  if (!range) return std::nullopt;
  ++next_;
  if (earlier && range->begin <= *today_ && range->end >= *today_) range->end = *today_, range->grain = Grain::kHalf;
  if (later && range->begin <= *today_ && range->end >= *today_) range->begin = *today_, range->grain = Grain::kHalf;
  range->explicit_year = true;
  return range;
}

// "Monday", "Monday 3 March", "Monday of last week": the last one up to the document's date.
std::optional<DayRange> TimeParser::Weekday() {
  const auto weekday = WeekdayOfWord(Peek());
  if (!weekday) return std::nullopt;
  ++next_;
  SkipPartOfDay();
  if (auto date = Date()) return date;   // the date says it all
  const size_t start = next_;
  (void)(Accept("of") || Accept("in"));
  if (auto week = Relative(); week && week->grain == Grain::kWeek) {
    return RangeAround(week->begin + (chr::weekday(*weekday) - chr::Monday), Grain::kDay);
  }
  next_ = start;
  if (!today_) return std::nullopt;
  DayRange range = RangeAround(*today_ - (chr::weekday(*today_) - chr::weekday(*weekday)), Grain::kDay);
  return range;
}

// ISO dates, "3 March 2021", "March 3, 2021", "3rd of March", "3-5 March", "31/12/2020".
std::optional<DayRange> TimeParser::Date() {
  SkipFillers();
  if (const auto iso = ParseIsoDay(Peek())) {
    ++next_;
    return DayRange{*iso, *iso, Grain::kDay, true};
  }
  if (const unsigned day = DayOfWord(Peek()); day != 0) {
    size_t month_at = Peek(1) == "of" ? 2 : 1;
    unsigned last = day;
    if ((Peek(1) == "-" || Peek(1) == "to" || Peek(1) == "and") && DayOfWord(Peek(2)) >= day && MonthOfWord(Peek(3)) != 0) {
      last = DayOfWord(Peek(2));
      month_at = 3;
    }
    const unsigned month = MonthOfWord(Peek(month_at));
    if (month == 0) {
      if (month_hint_ == 0) return std::nullopt;
      ++next_;
      return MonthAndDay(month_hint_, day);
    }
    next_ += month_at + 1;
    auto range = MonthAndDay(month, day);
    if (range && last != day) {
      const auto end = DayIn(YearOf(range->begin), month, last);
      if (!end) return std::nullopt;
      range->end = *end, range->grain = Grain::kHalf;
    }
    return range;
  }
  const unsigned month = MonthOfWord(Peek());
  const unsigned day = DayOfWord(Peek(1));
  if (month == 0 || day == 0) return std::nullopt;
  next_ += 2;
  unsigned last = 0;
  if ((Peek() == "-" || Peek() == "to") && DayOfWord(Peek(1)) > day) {
    last = DayOfWord(Peek(1));
    next_ += 2;
  }
  auto range = MonthAndDay(month, day);
  if (!range || last == 0) return range;
  const auto end = DayIn(YearOf(range->begin), month, last);
  if (!end) return std::nullopt;
  range->end = *end, range->grain = Grain::kHalf;
  return range;
}

std::optional<DayRange> TimeParser::MonthAndDay(unsigned month, unsigned day) {
  return InYear(ExplicitYear(), [&](int year) -> std::optional<DayRange> {
    const auto date = DayIn(year, month, day);
    if (!date) return std::nullopt;
    return DayRange{*date, *date, Grain::kDay, false};
  });
}

std::optional<DayRange> TimeParser::Month() {
  const std::string_view word = Peek();
  if (word.size() == 7 && word[4] == '-' && YearOfWord(word.substr(0, 4)) != 0) {
    const auto first = ParseIsoDay(std::string(word) + "-01");
    if (!first) return std::nullopt;
    ++next_;
    DayRange range = RangeAround(*first, Grain::kMonth);
    range.explicit_year = true;
    return range;
  }
  const unsigned month = MonthOfWord(word);
  if (month == 0) return std::nullopt;
  ++next_;
  return InYear(ExplicitYear(), [&](int year) { return std::optional(MonthRange(year, month)); });
}

// "summer 2020", "Q3 2020", "the third quarter of 2020", "the second half of 2019".
std::optional<DayRange> TimeParser::SeasonOrPart() {
  if (const auto season = SeasonOfWord(Peek())) {
    ++next_;
    return InYear(ExplicitYear(), [&](int year) { return std::optional(SeasonRange(year, *season)); });
  }
  unsigned part = 0, parts = 4;
  if (Peek().size() == 2 && Peek()[0] == 'q') {
    part = DayOfWord(Peek().substr(1));
    ++next_;
  } else if (const auto ordinal = OrdinalOfWord(Peek()); ordinal && (Peek(1) == "quarter" || Peek(1) == "half")) {
    part = *ordinal;
    parts = Peek(1) == "half" ? 2 : 4;
    next_ += 2;
  }
  if (part < 1 || part > parts) return std::nullopt;
  return InYear(ExplicitYear(), [&](int year) {
    DayRange range = PartOf(YearRange(year, year, Grain::kYear), part - 1, parts);
    range.grain = parts == 2 ? Grain::kHalf : Grain::kQuarter;
    return std::optional(range);
  });
}

std::optional<DayRange> TimeParser::Years() {
  Accept("year");
  const std::string_view word = Peek();
  if (const int year = YearOfWord(word); year != 0) {
    ++next_;
    DayRange range = YearRange(year, year, Grain::kYear);
    range.explicit_year = true;
    return range;
  }
  if ((word.ends_with("s") || word.ends_with("'s")) && word.size() >= 5) {
    const int year = YearOfWord(word.substr(0, 4));
    if (year == 0 || year % 10 != 0 || (word.size() != 5 && word.substr(4) != "'s")) return std::nullopt;
    ++next_;
    DayRange range = YearRange(year, year + 9, Grain::kDecade);
    range.explicit_year = true;
    return range;
  }
  const auto ordinal = OrdinalOfWord(word);
  if (!ordinal || *ordinal < 1 || *ordinal > 30 || Peek(1) != "century") return std::nullopt;
  next_ += 2;
  const int first = (static_cast<int>(*ordinal) - 1) * 100 + 1;
  DayRange range = YearRange(first, first + 99, Grain::kCentury);
  range.explicit_year = true;
  return range;
}

std::optional<DayRange> TimeParser::Holiday() {
  unsigned month = 12, day = 25;
  if (AcceptAll({"christmas", "eve"})) {
    day = 24;
  } else if (AcceptAll({"christmas", "day"}) || Accept("christmas")) {
  } else if (AcceptAll({"new", "year's", "eve"})) {
    day = 31;
  } else if (AcceptAll({"new", "year's", "day"})) {
    month = 1, day = 1;
  } else {
    return std::nullopt;
  }
  return MonthAndDay(month, day);
}

}  // namespace dossier::ingest
