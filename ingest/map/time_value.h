// Time expressions as XSD values, where the words say exactly which day, month or year is meant.
//
//   NormalizeTime("on 3 March 2021", "")          // {"2021-03-03", "date"}
//   NormalizeTime("yesterday", "2021-03-04")      // {"2021-03-03", "date"}: relative to the document's date
//   NormalizeTime("in early October", ...)        // {"", ""}: stays words
//
// Pure functions; thread-safe; nothing fails.
#pragma once

#include <string>
#include <string_view>

namespace dossier::ingest {

struct TimeValue {
  std::string lexical;
  std::string_view
      datatype;  // local name in xsd: "date", "gYearMonth", "gYear"; empty when the words do not say
};

TimeValue NormalizeTime(std::string_view words, std::string_view document_date);

// YYYY-MM-DD of the proleptic Gregorian calendar.
bool IsIsoDate(std::string_view text);

}  // namespace dossier::ingest
