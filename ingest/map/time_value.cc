#include "ingest/map/time_value.h"

#include "graph/base/strings.h"
#include "ingest/map/time_parser.h"
#include "ingest/map/time_words.h"

namespace dossier::ingest {
namespace {

constexpr size_t kMaxBytes = 100, kMaxWords = 14;

// The day, month or year that the interval is exactly.
void SetExact(const DayRange& range, TimeValue& value) {
  // "Late this summer" is August by our thirds, but does not say so.
  if (range.grain == Grain::kDay) {
    value.lexical = value.begin;
    value.datatype = "date";
  } else if (range.grain == Grain::kMonth) {
    value.lexical = value.begin.substr(0, 7);
    value.datatype = "gYearMonth";
  } else if (range.grain == Grain::kYear) {
    value.lexical = value.begin.substr(0, 4);
    value.datatype = "gYear";
  }
}

std::string Duration(const ParsedTime& time) {
  if (time.duration_days != 0) return Cat("P", time.duration_days, "D");
  if (time.duration_months == 0) return "";
  return time.duration_months % 12 == 0 ? Cat("P", time.duration_months / 12, "Y") : Cat("P", time.duration_months, "M");
}

}  // namespace

bool IsIsoDate(std::string_view text) { return ParseIsoDay(text).has_value(); }

unsigned MonthNumber(std::string_view word) { return MonthOfWord(word); }

TimeValue NormalizeTime(std::string_view words, std::string_view document_date, std::string_view reference) {
  if (words.size() > kMaxBytes) return {};
  std::vector<std::string> parts = TimeWords(words);
  if (parts.empty() || parts.size() > kMaxWords) return {};
  const auto today = ParseIsoDay(document_date);
  auto from = ParseIsoDay(reference);
  const std::optional<ParsedTime> time = TimeParser(std::move(parts), today, from).Run();
  if (!time) return {};
  TimeValue value;
  value.duration = Duration(*time);
  if (time->begin) value.begin = IsoDay(*time->begin);
  if (time->end) value.end = IsoDay(*time->end);
  // A day before the year 1 or after 9999 has no name here.
  if ((time->begin && value.begin.empty()) || (time->end && value.end.empty())) return {};
  if (time->begin && time->end) SetExact({*time->begin, *time->end, time->grain, false}, value);
  return value;
}

std::string ToIso(const TimeValue& value) {
  if (!value.lexical.empty()) return value.lexical;
  if (!value.known()) return value.duration;
  return Cat(value.begin.empty() ? ".." : value.begin, "/", value.end.empty() ? ".." : value.end);
}

}  // namespace dossier::ingest
