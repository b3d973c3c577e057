// Time expressions as intervals of days, as far as the words and the document's date allow (ISO 8601 dates, both ends included).
//
//   NormalizeInterval("in early October", "2020-11-29")      // {"2020-10-01", "2020-10-10"}
//   NormalizeInterval("earlier this week", "2020-11-26")     // {"2020-11-23", "2020-11-26"}
//   NormalizeInterval("since at least July", "2020-11-29")   // {"2020-07-01", ""}: open at the end
//   NormalizeDuration("for ten years")                       // "P10Y"
//
// Weeks begin on Monday; seasons are the meteorological ones of the northern half of the earth; a month or season without a year is the
// last one that began before the document's date; "early", "mid" and "late" are thirds. Nothing fails: what is not understood gives
// empty strings. Pure, thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace dossier::ingest {

struct TimeInterval {
  std::string begin, end;  // YYYY-MM-DD; empty: open or not known
  bool empty() const { return begin.empty() && end.empty(); }
  bool operator==(const TimeInterval&) const = default;
};

TimeInterval NormalizeInterval(std::string_view words, std::string_view document_date);

// xsd:duration of "for ten years", "three weeks", "a month"; empty for anything else.
std::string NormalizeDuration(std::string_view words);

}  // namespace dossier::ingest
