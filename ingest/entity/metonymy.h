// Whether the name of a capital or seat of power means the place or the state that is governed from there.
#pragma once

#include "ingest/entity/name_spans.h"

namespace dossier::ingest {

// True when the span (a capital or a seat) stands where a state stands: subject of saying and doing,
// possessor, one that something is done to or with; false where something is or goes there ("in Ankara",
// "flew to Moscow", "visited Paris"). Pure; thread-safe.
bool ActsAsState(const ParsedSentence& view, const Lexicon& lexicon, const NameSpan& span);

// True when it does what only states do ("Washington offered to ..."), whether or not the article speaks of the country.
bool ActsForSure(const ParsedSentence& view, const Lexicon& lexicon, const NameSpan& span);

// A city that is the capital of one state and the seat of another body stands for the body where the text speaks of it and never of the
// state: "Brussels" beside "European Commission".
void ChooseSeats(const Lexicon& lexicon, std::vector<NameSpan>& spans);

}  // namespace dossier::ingest
