// Pronouns whose reading is safe: relative pronouns, he and she, and it and they where only one thing can be
// meant.
//
//   AddPronouns(views, lexicon, table);      // after names and nominals; adds mentions of kind kPronoun
//
// he/she: the most recent person of the sentence so far and of the two before, of that gender where known,
// subjects first. it/they: the candidate of the sentence so far and the two before that agrees in number and
// with what the verb asks for (pronoun_rules.h) and scores best by place and kind, when it wins by a margin.
// First and second person, expletives and anything doubtful stay unresolved: a wrong link is worse than none.
// Pure; thread-safe.
#pragma once

#include <vector>

#include "ingest/entity/entities.h"
#include "ingest/entity/lexicon.h"
#include "ingest/entity/parsed_sentence.h"

namespace dossier::ingest {

void AddPronouns(const std::vector<ParsedSentence>& views, const Lexicon& lexicon, EntityTable& table);

}  // namespace dossier::ingest
