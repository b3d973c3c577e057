// Time expressions as ISO 8601: a day, month or year where the words say exactly which, else the interval of days they mean, as far as
// they say it.
//
//   NormalizeTime("on 3 March 2021", "")               // "2021-03-03" date, 2021-03-03 to 2021-03-03
//   NormalizeTime("in early October", "2020-11-29")    // no datatype; 2020-10-01 to 2020-10-10
//   NormalizeTime("since at least July", "2020-11-29") // 2020-07-01 to ... (open)
//   NormalizeTime("two days later", date, "2020-10-03")// 2020-10-05: counted from the time named before
//   NormalizeTime("for three weeks", date)             // duration P21D
//   NormalizeTime("after the war", date)               // nothing: stays words
//
// Conventions, also in docs/vocabulary.md: what lacks a year is the last such day or month up to the document's date (articles report);
// weeks run from Monday to Sunday, seasons are the meteorological ones of the north; early, mid and late are thirds; "two months ago" is
// that month, "two days ago" that day; "since" and "after" leave the end open, "until", "by" and "before" the beginning.
// Pure functions; thread-safe; nothing fails; the words are read whole or not at all.
#pragma once

#include <string>
#include <string_view>

namespace dossier::ingest {

struct TimeValue {
  std::string lexical;
  std::string_view datatype;    // local name in xsd: "date", "gYearMonth", "gYear"; empty when the words do not say one
  std::string begin, end;       // first and last day (YYYY-MM-DD); empty: open or unknown
  std::string duration;         // xsd:duration of "three weeks" ("P21D"), where nothing says when
  bool known() const { return !begin.empty() || !end.empty(); }
  bool operator==(const TimeValue&) const = default;
};

// `reference` is the day that "later", "the next day", "that year" count from, mostly the time the text named last; without it they stay
// words.
TimeValue NormalizeTime(std::string_view words, std::string_view document_date, std::string_view reference = "");

// ISO 8601: "2020-10", "2020-10-01/2020-10-10", "2020-07-01/..", "P21D"; "" for what stays words.
std::string ToIso(const TimeValue& value);

// YYYY-MM-DD of the proleptic Gregorian calendar.
bool IsIsoDate(std::string_view text);
// "October", "oct.": 10; 0 for other words. Lower case.
unsigned MonthNumber(std::string_view word);

}  // namespace dossier::ingest
