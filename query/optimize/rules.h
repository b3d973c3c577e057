// The rules of the optimizer, one function each (see Rule). Each documents why it is sound.
#pragma once

#include "query/optimize/optimizer.h"

namespace dossier::query::algebra {

// Expressions without variables become their value; FILTER(true) goes, FILTER(false) leaves nothing.
bool FoldConstants(NodePtr& node, const OptimizerOptions& options);
// FILTER(a && b) = FILTER(a) FILTER(b): both hold exactly when the conjunction is true (errors count as false
// either way).
bool SplitConjunctions(NodePtr& node, const OptimizerOptions& options);
// Filters move towards the patterns that bind their variables, where every row shows them the same values.
bool PushFilters(NodePtr& node, const OptimizerOptions& options);
// FILTER(?x = <iri>) and sameTerm: the variable is replaced in the patterns below and bound above. Not for
// literals with `=`, which compares values, and not into paths of length zero.
bool BindEqual(NodePtr& node, const OptimizerOptions& options);
// Join(BGP, BGP) = BGP; Join(unit, X) = X.
bool MergeBgps(NodePtr& node, const OptimizerOptions& options);

}  // namespace dossier::query::algebra
