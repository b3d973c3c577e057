// What the vocabulary says about relations: label, lemma, near-synonyms, inverse and symmetric ones.
//
//   AppendRelation("sell_to", lexicon, quads);
//     rel:sell_to a rdf:Property ; rdfs:label "sell to"@en ; dos:lemma "sell" ; owl:inverseOf rel:buy_from .
//   InverseOf("employ")      // "work_for", and the other way round
//   IsSymmetric("meet_with") // true: rel:meet_with a owl:SymmetricProperty
//
// Nothing is inferred from them when an article is ingested; a query can use them. Pure, thread-safe.
#pragma once

#include <string_view>
#include <vector>

#include "graph/model/term.h"

namespace dossier::ingest {

class Lexicon;

// The relation that says the same with its ends changed, or "".
std::string_view InverseOf(std::string_view relation);
bool IsSymmetric(std::string_view relation);

void AppendRelation(std::string_view relation, const Lexicon& lexicon, std::vector<graph::Quad>& quads);

}  // namespace dossier::ingest
