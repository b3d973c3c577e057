// Snapshot over one state of the store. Internal to graph/store: use store.h.
#pragma once

#include <memory>
#include <vector>

#include "graph/store/dictionary.h"
#include "graph/store/range_reader.h"
#include "graph/store/store.h"
#include "graph/store/store_core.h"

namespace dossier::graph {

class SnapshotImpl : public Snapshot {
 public:
  SnapshotImpl(const Database& database, const Dictionary& dictionary, std::shared_ptr<const StoreState> state)
      : db_(database), dictionary_(dictionary), state_(std::move(state)) {}

  absl::StatusOr<std::unique_ptr<Cursor>> Scan(const IdPattern& pattern, Order order) const override;
  Order BestOrder(const IdPattern& pattern, char first_free) const override { return ChooseOrder(pattern, first_free); }
  absl::Status ScanMany(const IdPattern& pattern, char column, absl::Span<const TermId> keys, std::vector<IdQuad>& out,
                        std::vector<uint32_t>& origin) const override;
  absl::StatusOr<uint64_t> Count(const IdPattern& pattern, uint64_t limit) const override;
  absl::StatusOr<uint64_t> Distinct(const IdPattern& pattern, char column) const override;
  absl::StatusOr<TermId> Find(const Term& term) const override { return dictionary_.Find(term, state_->pin->get()); }
  absl::Status Decode(absl::Span<const TermId> ids, std::vector<Term>& terms) const override { return dictionary_.Decode(ids, terms); }
  uint64_t size() const override { return state_->counters.quads; }
  absl::StatusOr<std::vector<TermId>> NamedGraphs() const override;

 private:
  QuadView View() const { return state_->View(db_); }
  absl::StatusOr<uint64_t> CountRange(const KeyRange& range, uint64_t limit) const;
  // What the changes of the delta in `range` do to the number of values of column `column`, the columns before it being bound.
  absl::StatusOr<int64_t> DistinctChange(const KeyRange& range, size_t column, RangeReader& reader) const;
  absl::StatusOr<uint64_t> Walk(const KeyRange& range, uint64_t limit) const;

  const Database& db_;
  const Dictionary& dictionary_;
  std::shared_ptr<const StoreState> state_;  // shared with the cursors, which may outlive the snapshot
};

}  // namespace dossier::graph
