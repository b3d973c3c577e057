// The ranker's links as entities: pronouns and definite descriptions that the rules leave open.
//
//   AddRankedLinks(views, lexicon, ranker, table);      // after AddPronouns; mentions may come out of text order
//
// For the graph a wrong link is worse than none, so only likely ones are taken: a third person pronoun that the rules of pronouns.h could
// not read gets the entity of the last description, or better name, in its chain that agrees with it and suits its verb; "the company"
// becomes a named entity of its kind. What the rules have read stays: where they dare to, they are the better readers (ingest/README.md).
// First and second person stay unresolved. Pure; thread-safe.
#pragma once

#include <vector>

#include "ingest/entity/coref_ranker.h"

namespace dossier::ingest {

void AddRankedLinks(const std::vector<ParsedSentence>& views, const Lexicon& lexicon, const CorefRanker& ranker, EntityTable& table);

}  // namespace dossier::ingest
