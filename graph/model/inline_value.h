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

// The same for numbers, without their lexical forms between. Nothing when the id has another tag or the number is not inlined.
struct InlinedDecimal {
  int64_t mantissa;
  int scale;  // the number is mantissa x 10^-scale; canonical: 0, or the mantissa does not end in 0
};
std::optional<double> DoubleOfId(TermId id);
std::optional<TermId> IdOfDouble(double number);
std::optional<InlinedDecimal> DecimalOfId(TermId id);
std::optional<TermId> IdOfDecimal(InlinedDecimal decimal);  // precondition: canonical

}  // namespace dossier::graph
