#include "shell/question/time_filter.h"

#include <algorithm>
#include <iterator>

#include "graph/base/strings.h"
#include "ingest/map/time_value.h"
#include "shell/question/word_match.h"
#include "shell/question/words.h"

namespace dossier::shell {
namespace {

constexpr std::string_view kPrepositions[] = {"in", "on", "at", "during", "since", "until", "before", "after", "throughout", "for", "by", "from"};
constexpr std::string_view kKnown = "(BOUND(?begin) || BOUND(?end))";

}  // namespace

std::string TimeTest(std::string_view preposition, std::string_view words, std::string_view today) {
  if (std::find(std::begin(kPrepositions), std::end(kPrepositions), preposition) == std::end(kPrepositions)) return "";
  const std::string bare = Lower(WithoutDeterminer(words));
  // A month without a year is that month of any year.
  if (const unsigned month = ingest::MonthNumber(bare); month != 0 && (preposition == "in" || preposition == "during")) {
    return Cat("BOUND(?begin) && BOUND(?end) && YEAR(?begin) = YEAR(?end) && MONTH(?begin) <= ", month, " && MONTH(?end) >= ", month);
  }
  const ingest::TimeValue time = ingest::NormalizeTime(Cat(preposition, " ", words), today);
  if (time.begin.empty() && time.end.empty()) return "";
  std::string out(kKnown);
  if (!time.end.empty()) Append(out, " && COALESCE(?begin <= \"", time.end, "\"^^xsd:date, true)");
  if (!time.begin.empty()) Append(out, " && COALESCE(?end >= \"", time.begin, "\"^^xsd:date, true)");
  return out;
}

}  // namespace dossier::shell
