#include "ingest/map/time_parser.h"

#include <algorithm>
#include <utility>

namespace dossier::ingest {
namespace {

constexpr unsigned kMaxCount = 1000;   // of units; more is no date that an article speaks of

int YearOf(chr::sys_days day) { return static_cast<int>(chr::year_month_day(day).year()); }

ParsedTime Closed(const DayRange& range) { return {range.begin, range.end, range.grain, 0, 0}; }

}  // namespace

bool TimeParser::Accept(std::string_view word) {
  if (Peek() != word || AtEnd()) return false;
  ++next_;
  return true;
}

bool TimeParser::AcceptAny(std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return Accept(word); });
}

bool TimeParser::AcceptAll(std::initializer_list<std::string_view> words) {
  size_t i = 0;
  for (const std::string_view word : words) {
    if (Peek(i++) != word) return false;
  }
  next_ += words.size();
  return true;
}

void TimeParser::SkipFillers() {
  while (AcceptAny({"in", "on", "at", "during", "throughout", "over", "of", "the", "all", "whole", "entire", "course"})) {
  }
}

void TimeParser::SkipPartOfDay() {
  while (AcceptAny({"morning", "afternoon", "evening", "night"}) || AcceptAll({"in", "the", "morning"}) ||
         AcceptAll({"in", "the", "afternoon"}) || AcceptAll({"in", "the", "evening"})) {
  }
}

std::optional<ParsedTime> TimeParser::Run() {
  const auto whole = [&](std::optional<ParsedTime> time) {
    if (!time || !AtEnd()) {
      next_ = 0;
      return std::optional<ParsedTime>();
    }
    return time;
  };
  if (auto time = whole(Between())) return time;
  if (auto time = whole(Counted())) return time;
  if (auto time = whole(LastUnits())) return time;
  const bool since = AcceptAny({"since", "from"}) || AcceptAll({"as", "of"}) || AcceptAll({"beginning", "in"}) || AcceptAll({"starting", "in"});
  const bool after = !since && AcceptAny({"after", "following"});
  const bool until = !since && !after && (AcceptAll({"up", "to"}) || AcceptAny({"until", "till", "through", "by"}) || AcceptAll({"up", "until"}));
  const bool before = !since && !after && !until && (Accept("before") || AcceptAll({"prior", "to"}));
  const auto range = Core();
  if (!range) return std::nullopt;
  (void)(Accept("onwards") || Accept("onward") || Accept("on"));
  if (!AtEnd()) return std::nullopt;
  ParsedTime time = Closed(*range);
  if (since) time.end.reset();
  if (after) time = {range->end + chr::days(1), std::nullopt, Grain::kDay, 0, 0};
  if (until) time.begin.reset();
  if (before) time = {std::nullopt, range->begin - chr::days(1), Grain::kDay, 0, 0};
  return time;
}

// "between March and May 2020", "from Monday to Friday", "1914-1918", "October and November": what one end leaves out the other says, so
// that the ends are read twice.
std::optional<ParsedTime> TimeParser::Between() {
  const bool between = Accept("between");
  if (!between) Accept("from");
  const size_t start = next_;
  for (const bool second_pass : {false, true}) {
    next_ = start;
    const auto first = Core();
    if (!first && second_pass) return std::nullopt;
    if (!first) {
      next_ = start + 1;
      while (!AtEnd() && !AtJoint(between)) ++next_;
    }
    // "between 1 and 3 March" is one date of two days already.
    if (between && first && AtEnd() && first->begin < first->end) return ParsedTime{first->begin, first->end, Grain::kHalf, 0, 0};
    if (!AtJoint(between)) return std::nullopt;
    ++next_;
    if (first) TakeHints(*first);
    const auto second = Core();
    if (!second || !AtEnd()) return std::nullopt;
    if (first && (second_pass || first->explicit_year || !second->explicit_year)) {
      if (second->end < first->begin) return std::nullopt;
      return ParsedTime{first->begin, second->end, Grain::kHalf, 0, 0};
    }
    TakeHints(*second);
  }
  return std::nullopt;
}

bool TimeParser::AtJoint(bool between) const {
  const std::string_view word = Peek();
  if (word == "and" || word == "or") return true;
  return !between && (word == "to" || word == "until" || word == "till" || word == "through" || word == "-");
}

void TimeParser::TakeHints(const DayRange& range) {
  if (range.explicit_year) year_hint_ = YearOf(range.begin);
  if (range.grain == Grain::kDay) month_hint_ = static_cast<unsigned>(chr::year_month_day(range.begin).month());
}

std::optional<ParsedTime> TimeParser::Counted() {
  const bool in = AcceptAny({"within", "in"});
  const bool long_for = !in && Accept("for");
  Accept("the");
  const auto count = CountOfWord(Peek());
  if (!count || *count == 0 || *count > kMaxCount) return std::nullopt;
  ++next_;
  if (AcceptAll({"and", "a", "half"})) return std::nullopt;
  const auto unit = UnitOfWord(Peek());
  if (!unit || *unit == Grain::kWeekend) return std::nullopt;
  ++next_;
  const int n = static_cast<int>(*count);
  const auto around = [&](chr::sys_days from, int moved) {
    return Closed(RangeAround(MovedDay(from, *unit, moved), *unit));
  };
  if (!long_for && Accept("ago")) return today_ ? std::optional(around(*today_, -n)) : std::nullopt;
  if (!long_for && AcceptAny({"later", "afterwards", "after", "on"})) return reference_ ? std::optional(around(*reference_, n)) : std::nullopt;
  if (!long_for && AcceptAny({"earlier", "before", "previously"})) {
    return reference_ ? std::optional(around(*reference_, -n)) : std::nullopt;
  }
  if (!AtEnd() || in) return std::nullopt;
  ParsedTime time;
  switch (*unit) {
    case Grain::kDay: time.duration_days = *count; break;
    case Grain::kWeek: time.duration_days = 7 * *count; break;
    case Grain::kMonth: time.duration_months = *count; break;
    case Grain::kQuarter: time.duration_months = 3 * *count; break;
    case Grain::kYear: time.duration_months = 12 * *count; break;
    case Grain::kDecade: time.duration_months = 120 * *count; break;
    default: time.duration_months = 1200 * *count; break;
  }
  return time;
}

// "in the past three years", "over the last two weeks", "in the next 10 days", "in recent ..." stays words.
std::optional<ParsedTime> TimeParser::LastUnits() {
  (void)AcceptAny({"in", "over", "during", "for", "within", "throughout"});
  Accept("the");
  const bool past = AcceptAny({"past", "last", "previous"});
  if (!past && !AcceptAny({"next", "coming", "following"})) return std::nullopt;
  const auto count = CountOfWord(Peek());
  const size_t number = count && UnitOfWord(Peek(1)) ? 1 : 0;
  // "the past year" is the year up to today; "last year" is the calendar's.
  const bool bare = number == 0 && past && next_ > 1 && words_[next_ - 1] == "past";
  if (!bare && (number == 0 || *count == 0 || *count > kMaxCount)) return std::nullopt;
  next_ += number;
  const auto unit = UnitOfWord(Peek());
  if (!unit || !today_) return std::nullopt;
  ++next_;
  const int n = number == 0 ? 1 : static_cast<int>(*count);
  if (past) return ParsedTime{MovedDay(*today_, *unit, -n), *today_, Grain::kHalf, 0, 0};
  return ParsedTime{*today_, MovedDay(*today_, *unit, n), Grain::kHalf, 0, 0};
}

// A unit, or a part of one.
std::optional<DayRange> TimeParser::Core() {
  SkipFillers();
  const auto part_of = [&](unsigned part, unsigned parts) -> std::optional<DayRange> {
    const auto range = Core();
    if (!range || range->grain == Grain::kDay) return std::nullopt;
    return PartOf(*range, part, parts);
  };
  // "earlier" and "later" need a "this"; see Relative().
  if (AcceptAny({"early", "beginning", "start", "outset"})) return part_of(0, 3);
  if (AcceptAny({"mid", "middle"})) return part_of(1, 3);
  if (AcceptAny({"late", "end", "close"})) return part_of(2, 3);
  if (const auto ordinal = OrdinalOfWord(Peek()); ordinal && (Peek(1) == "half" || Peek(1) == "quarter") && Peek(2) == "of") {
    const unsigned parts = Peek(1) == "half" ? 2 : 4;
    if (*ordinal < 1 || *ordinal > parts) return std::nullopt;
    next_ += 3;
    auto part = part_of(*ordinal - 1, parts);
    if (part && parts == 4) part->grain = Grain::kQuarter;
    return part;
  }
  return Unit();
}

std::optional<DayRange> TimeParser::Unit() {
  for (const auto reader : {&TimeParser::Named, &TimeParser::Holiday, &TimeParser::Relative, &TimeParser::Weekday, &TimeParser::Date,
                            &TimeParser::Month, &TimeParser::SeasonOrPart, &TimeParser::Years}) {
    const size_t start = next_;
    if (auto range = (this->*reader)()) {
      SkipPartOfDay();
      return range;
    }
    next_ = start;
  }
  return std::nullopt;
}

}  // namespace dossier::ingest
