// What a name names: person, organisation, place, ... from the gazetteer, the words of the name and the words
// around it.
//
//   TypeNames(views, lexicon, spans);      // fills NameSpan::type and certainty; all mentions of one name
//   get one type
//
// Evidence is added up as scores per type over all mentions of the same text, so that a name that is a
// speaker in one sentence is not a place in the next. Linear. Pure; thread-safe.
#pragma once

#include <vector>

#include "ingest/entity/name_spans.h"

namespace dossier::ingest {

void TypeNames(const std::vector<ParsedSentence>& views, const Lexicon& lexicon,
               std::vector<NameSpan>& spans);

}  // namespace dossier::ingest
