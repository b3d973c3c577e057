// Names to entities: which spans name the same thing, under which name.
//
//   GroupNames(views, lexicon, spans, table);     // fills NameSpan::entity, adds entities and name mentions
//
// A country is one entity, whether by name, adjective, seat of power or acting capital. A single word is the
// person who bears it as last (or else first) name, the organisation it abbreviates or begins, or a
// misspelling of a long rare name at edit distance one. Linear but for the misspellings (bounded by the
// number of distinct long names). Pure; thread-safe.
#pragma once

#include <vector>

#include "ingest/entity/name_spans.h"

namespace dossier::ingest {

void GroupNames(const std::vector<ParsedSentence>& views, const Lexicon& lexicon,
                std::vector<NameSpan>& spans, EntityTable& table);

// Registers a mention under its head, and under its other tokens where nothing else claims them.
void AddMention(Mention mention, EntityTable& table);

}  // namespace dossier::ingest
