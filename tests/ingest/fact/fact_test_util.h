// Trees written by hand, and propositions and facts printed on one line each, for the tests of ingest/fact.
//
//   Sentence s = TreeOf("Rain/rain/NN/2/nsubj fell/fall/VBD/0/root");      // form/lemma/XPOS/head/deprel,
//   heads from 1 EXPECT_THAT(Propositions(s), ElementsAre("fall(subject=Rain)"));
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/fact/fact.h"

namespace dossier::ingest::testing {

Sentence TreeOf(std::string_view compact);

// "lemma(role[:preposition]=words, ...)" with " not", " <modality>", " if" (consequent) and " by <source>"
// where they apply; in order of triggers. Nominal propositions have their kind in front ("appos:").
// `verbal_only` leaves them out.
std::vector<std::string> Propositions(const Sentence& sentence, bool verbal_only = true);

// "subject relation object {role: value}" with " not", " <modality>", " @source", " inferred". Every noun
// that heads a phrase is an entity of type kOrganization (proper nouns) or kGroup.
std::vector<std::string> Facts(const std::vector<Sentence>& sentences);

}  // namespace dossier::ingest::testing
