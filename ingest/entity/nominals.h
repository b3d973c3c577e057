// Entities without a name: what noun phrases describe ("Turkish military advisors", "the ceasefire",
// "treason").
//
//   AddNominals(views, lexicon, spans, table);      // after GroupNames
//
// A phrase with the same head and modifiers as one before is the same entity, unless it is indefinite; "the
// ceasefire" is the last thing that was called one; "the minister" is the person who bears that title. A bare
// common noun is a concept that documents share. Times and quantities stay words. An institution of a country
// ("the Azerbaijani military") counts as named. Pure; thread-safe.
#pragma once

#include <vector>

#include "ingest/entity/name_spans.h"

namespace dossier::ingest {

void AddNominals(const std::vector<ParsedSentence>& views, const Lexicon& lexicon,
                 const std::vector<NameSpan>& spans, EntityTable& table);

}  // namespace dossier::ingest
