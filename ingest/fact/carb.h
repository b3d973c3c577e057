// Propositions as Open-IE tuples of words, in the form CaRB's scorer reads (Bhardwaj et al. 2019).
#pragma once

#include <string>
#include <vector>

#include "ingest/fact/proposition.h"

namespace dossier::ingest {

// The lines `sentence TAB confidence TAB predicate TAB arg1 TAB arg2 ...` for one sentence, each with its
// newline. `line` is the sentence as it must be repeated in the first column. Pure; thread-safe.
std::string RenderCarb(std::string_view line, const Sentence& sentence,
                       const std::vector<Proposition>& propositions);

// The same lines, each with the features of its confidence and a tab before it: for tools/fit_confidence.py.
std::string RenderCarbFeatures(std::string_view line, const Sentence& sentence, const std::vector<Proposition>& propositions);

}  // namespace dossier::ingest
