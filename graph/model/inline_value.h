// The inlining rules: which terms are stored inside their id. See term_id.h for the contract.
#pragma once

#include <optional>

#include "graph/model/term.h"
#include "graph/model/term_id.h"

namespace dossier::graph {

// The id of `term` when it can be inlined, else nothing. Pure; thread-safe.
std::optional<TermId> InlineId(const Term& term);
// The term of an inlined id; nothing for ids of dictionary, special or local terms.
std::optional<Term> InlineTerm(TermId id);

}  // namespace dossier::graph
