// Which verbs say nearly the same, and which hold a claim: ingest/models/verb_classes.tsv, made by tools/make_verb_classes.py from VerbNet,
// PropBank, FrameNet links and WordNet. Tighter than Lexicon::VerbSynonyms(), which has every near-synonym of WordNet.
//
//   NearVerbs("dismiss")       // {"send_away", "can", "force_out", "sack", "fire", "terminate"}, nearest first
//   HoldsClaim("note")         // true: its clause is what somebody says or thinks
//
// By lemma, particle behind "_". Unknown verbs give nothing. Immutable, thread-safe; views live for ever.
#pragma once

#include <string_view>
#include <vector>

namespace dossier::ingest {

std::vector<std::string_view> NearVerbs(std::string_view verb);
bool HoldsClaim(std::string_view verb);

}  // namespace dossier::ingest
