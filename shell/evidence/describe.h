// Everything the default graph says about some terms, fetched in one go.
//
//   ASSIGN_OR_RETURN(auto descriptions, Describe(snapshot, terms));
//   for (const Property& p : descriptions[i]) ...                    // of terms[i], in order of predicate and object ids
//
// Blank nodes work, which SPARQL text cannot say. Errors are the store's. Thread-safe.
#pragma once

#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "graph/store/store.h"

namespace dossier::shell {

struct Property {
  graph::Term predicate;
  graph::Term object;
};
using Description = std::vector<Property>;

absl::StatusOr<std::vector<Description>> Describe(const graph::Snapshot& snapshot, absl::Span<const graph::Term> terms);

// The first object of `predicate`, or null.
const graph::Term* FindObject(const Description& description, std::string_view predicate);

// Ids that match `pattern`, the column `column` ('s', 'p' or 'o') of each, without repeats, at most `limit`; decoded.
absl::StatusOr<std::vector<graph::Term>> Column(const graph::Snapshot& snapshot, const graph::IdPattern& pattern, char column,
                                                size_t limit);

}  // namespace dossier::shell
