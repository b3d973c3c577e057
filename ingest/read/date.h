// Dates as articles write them at their head, to ISO 8601.
//
//   FindDate("Nov. 29, 2020")              // "2020-11-29"
//   FindDate("2020-11-29T10:00:00Z")       // "2020-11-29"
//
// Thread-safe: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace dossier::ingest {

// The date that `text` consists of, apart from a weekday, a time of day and words such as "Published"; empty
// when there is none or when there is more text around it.
std::string FindDate(std::string_view text);

}  // namespace dossier::ingest
