// English verb forms in questions: from "dismissed" or "fought" to the lemmas they may be forms of.
//
//   LemmaCandidates("planned")      // {"plan", "plann", "planne", "planned"}, likely ones first; the graph decides which it knows
//   IsPastParticiple("taken")       // true, also for regular -ed forms
//
// Candidates rather than one lemma, because the knowledge of which verbs exist is the graph's and the lexicon's. Words must be in lower
// case. Pure, thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dossier::shell {

std::vector<std::string> LemmaCandidates(std::string_view form);

bool IsPastParticiple(std::string_view form);
bool IsGerund(std::string_view form);

}  // namespace dossier::shell
