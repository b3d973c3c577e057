// The ranker's links as entities: pronouns and definite descriptions that the rules leave open, or read otherwise against good odds.
//
//   AddRankedLinks(views, lexicon, ranker, table);      // after AddPronouns; mentions may come out of text order
//
// For the graph a wrong link is worse than none, so only likely ones are taken (thresholds in the source, set on a part of OntoGUM train): a third
// person pronoun gets the entity of the last description, or better name, in its chain that agrees with it; a rule's reading gives way
// only to a much likelier one; "the company" becomes a named entity only when it had none of its own kind. First and second person stay unresolved. Pure; thread-safe.
#pragma once

#include <vector>

#include "ingest/entity/coref_ranker.h"

namespace dossier::ingest {

void AddRankedLinks(const std::vector<ParsedSentence>& views, const Lexicon& lexicon, const CorefRanker& ranker, EntityTable& table);

}  // namespace dossier::ingest
