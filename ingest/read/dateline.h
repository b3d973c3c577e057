// Datelines of news reports: "BAKU, 10 November 2020 — ", "WASHINGTON (AP) - ", "NEW YORK, Nov. 3 (Reuters) – ".
//
//   const Dateline dateline = FindDateline("BAKU, 10 November 2020 — The president said ...");
//   dateline.length          // bytes up to the first word of the report; 0 when there is no dateline
//   dateline.date            // "2020-11-10", or empty
//
// Thread-safe: pure function.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dossier::ingest {

struct Dateline {
  size_t length = 0;
  std::string date;
};

// A dateline opens the paragraph with a place in capitals, may go on with a region, date or agency, and ends at a dash within its first 90
// bytes. Capitals alone may also be a name set off by dashes ("NATO — the alliance — ..."), so that such an opening counts only
// when a capital follows the dash and no second dash does.
Dateline FindDateline(std::string_view paragraph);

}  // namespace dossier::ingest
