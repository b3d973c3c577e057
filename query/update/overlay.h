// A snapshot with changes on top that are not committed yet: what an operation of an update sees of those before it in its request.
//
//   Overlay overlay(*base);
//   RETURN_IF_ERROR(overlay.Insert(quad));   RETURN_IF_ERROR(overlay.Remove(quad));   overlay.AddTerm(id, term);
//   ASSIGN_OR_RETURN(auto cursor, overlay.Scan(pattern, order));           // as if the changes were committed
//
// Knows nothing of the store's layout: base and changes are merged by order. All of Snapshot is exact here too. The quads are ids of the
// transaction that will make the changes, its new terms are given with AddTerm(). Borrows the base. Changes must not be made while a cursor
// is open; not thread-safe, unlike other snapshots.
#pragma once

#include <memory>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/store/store.h"
#include "query/update/quad_set.h"

namespace dossier::query {

class Overlay : public graph::Snapshot {
 public:
  explicit Overlay(const graph::Snapshot& base) : base_(base) {}

  absl::Status Insert(const graph::IdQuad& quad);
  absl::Status Remove(const graph::IdQuad& quad);
  void AddTerm(graph::TermId id, const graph::Term& term);

  absl::StatusOr<std::unique_ptr<graph::Cursor>> Scan(const graph::IdPattern& pattern, graph::Order order) const override;
  graph::Order BestOrder(const graph::IdPattern& pattern, char first_free) const override;
  absl::Status ScanMany(const graph::IdPattern& pattern, char column, absl::Span<const graph::TermId> keys,
                        std::vector<graph::IdQuad>& out, std::vector<uint32_t>& origin) const override;
  absl::StatusOr<uint64_t> Count(const graph::IdPattern& pattern, uint64_t limit = UINT64_MAX) const override;
  absl::StatusOr<graph::TermId> Find(const graph::Term& term) const override;
  absl::Status Decode(absl::Span<const graph::TermId> ids, std::vector<graph::Term>& terms) const override;
  uint64_t size() const override { return base_.size() + added_.size() - removed_.size(); }
  absl::StatusOr<std::vector<graph::TermId>> NamedGraphs() const override;

 private:
  absl::StatusOr<bool> BaseHas(const graph::IdQuad& quad) const;
  bool unchanged() const { return added_.empty() && removed_.empty(); }

  const graph::Snapshot& base_;
  QuadSet added_;    // none of them in the base
  QuadSet removed_;  // all of them in the base
  absl::flat_hash_map<graph::Term, graph::TermId> new_ids_;
  absl::flat_hash_map<graph::TermId, graph::Term> new_terms_;
};

}  // namespace dossier::query
