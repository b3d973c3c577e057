// Propositions that a nominal makes rather than a clause: appositions, titles before names, possessives.
#pragma once

#include <vector>

#include "ingest/fact/proposition.h"
#include "ingest/fact/tree.h"

namespace dossier::ingest {

// Appends them in text order. Thread-safe.
void AppendNominalPropositions(const Tree& tree, std::vector<Proposition>& out);

}  // namespace dossier::ingest
