// Facts that contradict each other, with the sentences that say them: what `.conflicts` and `dossier conflicts` print.
//
//   ASSIGN_OR_RETURN(std::vector<Conflict> conflicts, FindConflicts(*snapshot, 100));
//   ASSIGN_OR_RETURN(std::string text, RenderConflicts(*snapshot, conflicts, options));
//
// Three kinds: a fact that one text asserts and another (or the same) denies; two values of a relation that has one at a time
// (owl:FunctionalProperty) in times that overlap; two relations that exclude each other (owl:propertyDisjointWith) between the same two, in
// times that overlap. A time that is not known may be any. Only asserted facts conflict. Errors are the store's. Thread-safe.
#pragma once

#include <string>
#include <vector>

#include "graph/store/store.h"
#include "shell/render/table.h"

namespace dossier::shell {

struct Conflict {
  std::string kind;                       // "asserted and denied", "two values", "opposites"
  std::vector<graph::Term> one, other;    // reifiers of the two sides
};

absl::StatusOr<std::vector<Conflict>> FindConflicts(const graph::Snapshot& snapshot, size_t limit);
absl::StatusOr<std::string> RenderConflicts(const graph::Snapshot& snapshot, const std::vector<Conflict>& conflicts,
                                            const TableOptions& options);

}  // namespace dossier::shell
