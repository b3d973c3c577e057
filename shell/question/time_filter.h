// "in October", "before 2020", "last week" as a test on the times of facts.
//
//   TimeTest("in", "October 2020", "")     // (BOUND(?begin) || BOUND(?end)) && COALESCE(?begin <= "2020-10-31"^^xsd:date, true) && ...
//
// The test is over ?begin and ?end, the fact's dos:timeBegin and dos:timeEnd, either of which may be unbound (open). Empty when the words
// are no time. Pure, thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace dossier::shell {

// `today` is what relative words count from; empty: they are no time.
std::string TimeTest(std::string_view preposition, std::string_view words, std::string_view today);

}  // namespace dossier::shell
