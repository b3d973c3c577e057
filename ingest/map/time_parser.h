// Recursive descent over the words of a time expression (time_value.h says what it reads). For time_value.cc alone.
//
//   expression  = [between|from] core (and|to|-) core | [since|until|before|...] core | count unit ago | ...
//   core        = [early|mid|late|start of|first half of ...] unit
//   unit        = date | month | season | quarter | year | decade | weekday | (last|this|next) unit | yesterday ...
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/map/time_words.h"

namespace dossier::ingest {

struct ParsedTime {
  std::optional<chr::sys_days> begin, end;   // empty: open
  Grain grain = Grain::kDay;
  unsigned duration_months = 0, duration_days = 0;   // a bare duration
};

class TimeParser {
 public:
  TimeParser(std::vector<std::string> words, std::optional<chr::sys_days> today, std::optional<chr::sys_days> reference)
      : words_(std::move(words)), today_(today), reference_(reference) {}

  // The whole expression, or nothing.
  std::optional<ParsedTime> Run();

 private:
  bool AtEnd() const { return next_ >= words_.size(); }
  std::string_view Peek(size_t ahead = 0) const { return next_ + ahead < words_.size() ? std::string_view(words_[next_ + ahead]) : ""; }
  bool Accept(std::string_view word);
  bool AcceptAny(std::initializer_list<std::string_view> words);
  bool AcceptAll(std::initializer_list<std::string_view> words);

  std::optional<ParsedTime> Between();
  bool AtJoint(bool between) const;        // "and", "to"
  void TakeHints(const DayRange& range);
  std::optional<ParsedTime> Counted();     // "two weeks ago", "three days later", "within two weeks", "for three weeks"
  std::optional<ParsedTime> LastUnits();   // "in the past three years"
  std::optional<DayRange> Core();
  std::optional<DayRange> Unit();
  std::optional<DayRange> Named();         // "yesterday", "the next day"
  std::optional<DayRange> Relative();      // "last month", "this summer", "earlier this week"
  std::optional<DayRange> Date();
  std::optional<DayRange> MonthAndDay(unsigned month, unsigned day);
  std::optional<DayRange> Month();
  std::optional<DayRange> SeasonOrPart();  // seasons, quarters, halves
  std::optional<DayRange> Years();         // 2014, the 1990s, the 20th century
  std::optional<DayRange> Weekday();
  std::optional<DayRange> Holiday();
  void SkipFillers();
  void SkipPartOfDay();
  // The year that follows ("of 2020", "last year"), else none.
  std::optional<int> ExplicitYear();
  // A range without a year, moved to the last year in which it began up to the document's date.
  template <typename Make>
  std::optional<DayRange> InYear(std::optional<int> year, const Make& make) const;

  const std::vector<std::string> words_;
  const std::optional<chr::sys_days> today_, reference_;
  std::optional<int> year_hint_;
  unsigned month_hint_ = 0;
  size_t next_ = 0;
};

}  // namespace dossier::ingest
