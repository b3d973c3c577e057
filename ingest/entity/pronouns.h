// Pronouns whose reading is safe: relative pronouns, he and she, and it and they where only one thing can be
// meant.
//
//   AddPronouns(views, table);      // after names and nominals; adds mentions of kind kPronoun
//
// he/she: the most recent person of the sentence so far and of the two before, of that gender where known,
// subjects first. it/they: the subject of their own clause or the only subject of the sentence so far, else
// the only subject of the sentence before when it is a body that acts. First and second person, expletives
// and anything doubtful stay unresolved: a wrong link is worse than none. Pure; thread-safe.
#pragma once

#include <vector>

#include "ingest/entity/entities.h"
#include "ingest/entity/parsed_sentence.h"

namespace dossier::ingest {

void AddPronouns(const std::vector<ParsedSentence>& views, EntityTable& table);

}  // namespace dossier::ingest
