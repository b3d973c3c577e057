// Statements of a store one by one, decoded.
//
//   RETURN_IF_ERROR(ForEachQuad(snapshot, pattern, [&](const graph::Quad& quad) { ... }));
//   RETURN_IF_ERROR(ForEachQuadIn(snapshot, "urn:dossier:corrections", visit));      // a named graph; none when it is not there
//
// Errors are the store's. Batches are decoded as they come, so memory is bounded.
#pragma once

#include <functional>
#include <string_view>

#include "graph/store/store.h"

namespace dossier::ingest {

// A pattern of the default graph; unbound ids are wildcards.
graph::IdPattern MatchOf(graph::TermId subject, graph::TermId predicate, graph::TermId object);
// Calls `visit` for each match, undecoded, until it returns false.
absl::Status ForEachId(const graph::Snapshot& snapshot, const graph::IdPattern& pattern, graph::Order order,
                       const std::function<bool(const graph::IdQuad&)>& visit);

using QuadVisitor = std::function<void(const graph::Quad&)>;

absl::Status ForEachQuad(const graph::Snapshot& snapshot, const graph::IdPattern& pattern, const QuadVisitor& visit);
absl::Status ForEachQuadIn(const graph::Snapshot& snapshot, std::string_view graph, const QuadVisitor& visit);
// Default graph. An empty string is a wildcard; nothing is visited when a term is not in the store.
absl::Status ForEachMatch(const graph::Snapshot& snapshot, std::string_view subject, std::string_view predicate, std::string_view object,
                          const QuadVisitor& visit);
// Whether the default graph has it.
absl::StatusOr<bool> Has(const graph::Snapshot& snapshot, const graph::Quad& quad);

}  // namespace dossier::ingest
