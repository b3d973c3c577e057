// English verb forms: from "dismissed" or "fought" to the lemmas they may be forms of.
//
//   LemmaCandidates("planned")      // {"plan", "plann", "planne", "planned"}, likely ones first
//   IsPastParticiple("taken")       // true, also for regular -ed forms
//   VerbLemmaOf("misled", is_verb)  // "mislead": the first candidate that is a verb, or ""
//
// Candidates rather than one lemma, because the knowledge of which verbs exist is the caller's. Words must be in lower
// case. Pure, thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dossier::ingest {

std::vector<std::string> LemmaCandidates(std::string_view form);
// Bases of an irregular past form or participle; empty for regular ones.
std::vector<std::string_view> IrregularBases(std::string_view form);

template <typename IsVerb>
std::string VerbLemmaOf(std::string_view form, IsVerb is_verb) {
  for (std::string& candidate : LemmaCandidates(form)) {
    if (is_verb(candidate)) return std::move(candidate);
  }
  return "";
}

bool IsPastParticiple(std::string_view form);
bool IsGerund(std::string_view form);

}  // namespace dossier::ingest
