#include "graph/store/snapshot.h"

#include <algorithm>
#include <utility>

#include "graph/base/strings.h"

namespace dossier::graph {
namespace {

// So many changes of the delta are looked at one by one to count values.
constexpr uint64_t kMaxExactChanges = 256;

class RangesCursor : public Cursor {
 public:
  RangesCursor(const Database& database, std::shared_ptr<const StoreState> state, ScanPlan plan)
      : view_(state->View(database)), state_(std::move(state)), plan_(std::move(plan)) {}

  absl::Status Next(IdBatch& batch) override {
    batch.Reserve();
    batch.size = 0;
    while (batch.size == 0) {
      if (!reader_) {
        if (next_range_ == plan_.size()) return absl::OkStatus();
        const KeyRange& range = plan_[next_range_++];
        reader_.emplace(view_, range.order);
        RETURN_IF_ERROR(reader_->Seek(range));
      }
      RETURN_IF_ERROR(reader_->Fill(batch));
      if (batch.size == 0) reader_.reset();
    }
    return absl::OkStatus();
  }

 private:
  const QuadView view_;
  std::shared_ptr<const StoreState> state_;
  ScanPlan plan_;
  size_t next_range_ = 0;
  std::optional<RangeReader> reader_;
};

TermId& Component(IdPattern& pattern, size_t column) {
  switch (column) {
    case 0: return pattern.subject;
    case 1: return pattern.predicate;
    case 2: return pattern.object;
    default: return pattern.graph;
  }
}

}  // namespace

void IdBatch::Reserve() {
  if (subject.size() == kCapacity) return;
  for (std::vector<TermId>* column : {&subject, &predicate, &object, &graph}) column->resize(kCapacity);
}

absl::StatusOr<uint64_t> Snapshot::Distinct(const IdPattern& pattern, char) const {
  IdPattern any = pattern;
  any.graphs = IdPattern::Graphs::kAny;
  return Count(any, UINT64_MAX);
}

absl::StatusOr<std::unique_ptr<Cursor>> SnapshotImpl::Scan(const IdPattern& pattern, Order order) const {
  return std::make_unique<RangesCursor>(db_, state_, PlanScan(pattern, order));
}

absl::Status SnapshotImpl::ScanMany(const IdPattern& pattern, char column, absl::Span<const TermId> keys,
                                    std::vector<IdQuad>& out, std::vector<uint32_t>& origin) const {
  const std::optional<size_t> number = ColumnNumber(column);
  if (!number) return InvalidArgument("a column is one of s, p, o, g");
  IdPattern bound = pattern;
  if (*number == 3) bound.graphs = IdPattern::Graphs::kOne;
  std::optional<RangeReader> reader;
  std::optional<Order> reader_order;
  IdBatch batch;
  batch.Reserve();
  size_t last_begin = 0, last_end = 0;
  for (size_t i = 0; i < keys.size(); ++i) {
    if (keys[i].is_unbound()) return InvalidArgument("an unbound key");
    if (i > 0 && keys[i] == keys[i - 1]) {
      for (size_t m = last_begin; m < last_end; ++m) {
        out.push_back(IdQuad(out[m]));
        origin.push_back(static_cast<uint32_t>(i));
      }
      continue;
    }
    Component(bound, *number) = keys[i];
    last_begin = out.size();
    for (const KeyRange& range : PlanScan(bound, *number == 3 ? ChooseOrder(bound, 0) : ChooseJoinOrder(pattern, *number))) {
      if (reader_order != range.order) reader.emplace(View(), range.order);
      reader_order = range.order;
      RETURN_IF_ERROR(reader->Seek(range));
      do {
        batch.size = 0;
        RETURN_IF_ERROR(reader->Fill(batch));
        for (size_t r = 0; r < batch.size; ++r) {
          out.push_back({batch.subject[r], batch.predicate[r], batch.object[r], batch.graph[r]});
        }
      } while (batch.size > 0 && reader->HasMore());
    }
    last_end = out.size();
    origin.resize(out.size(), static_cast<uint32_t>(i));
  }
  return absl::OkStatus();
}

absl::StatusOr<uint64_t> SnapshotImpl::Walk(const KeyRange& range, uint64_t limit) const {
  RangeReader reader(View(), range.order);
  RETURN_IF_ERROR(reader.Seek(range));
  uint64_t count = 0;
  for (IdBatch batch; count < limit;) {
    batch.Reserve();
    batch.size = 0;
    RETURN_IF_ERROR(reader.Fill(batch));
    if (batch.size == 0) break;
    count += batch.size;
  }
  return std::min(count, limit);
}

// From the records of the blocks and the strips at the ends, where no row has to be looked at otherwise.
absl::StatusOr<uint64_t> SnapshotImpl::CountRange(const KeyRange& range, uint64_t limit) const {
  if (range.checks) return Walk(range, limit);
  RangeReader reader(View(), range.order);
  ASSIGN_OR_RETURN(const BlockTotals below, reader.TotalsBelow(range.low, false));
  ASSIGN_OR_RETURN(const BlockTotals up_to, reader.TotalsBelow(range.high, false));
  auto [all, named] = state_->delta.Sum(range.order, range.low, range.high);
  all += static_cast<int64_t>(up_to.quads - below.quads);
  named += static_cast<int64_t>(up_to.named - below.named);
  const int64_t count = range.graphs == KeyRange::Graphs::kAny ? all : range.graphs == KeyRange::Graphs::kNamedOnly ? named : all - named;
  if (count < 0) return DataLoss(Cat("database ", db_.directory, ": the delta removes what is not there"));
  return std::min(static_cast<uint64_t>(count), limit);
}

absl::StatusOr<uint64_t> SnapshotImpl::Count(const IdPattern& pattern, uint64_t limit) const {
  uint64_t count = 0;
  for (const KeyRange& range : PlanScan(pattern, ChooseOrder(pattern, 0))) {
    ASSIGN_OR_RETURN(const uint64_t part, CountRange(range, limit - count));
    count += part;
    if (count >= limit) return limit;
  }
  return count;
}

absl::StatusOr<uint64_t> SnapshotImpl::Distinct(const IdPattern& pattern, char column) const {
  const std::optional<size_t> number = ColumnNumber(column);
  if (!number || *number == 3) return InvalidArgument("a column is one of s, p, o");
  IdPattern any = pattern;
  any.graphs = IdPattern::Graphs::kAny;
  Component(any, *number) = TermId::Unbound();
  const size_t bound = (any.subject.is_bound() ? 1 : 0) + (any.predicate.is_bound() ? 1 : 0) + (any.object.is_bound() ? 1 : 0);
  ASSIGN_OR_RETURN(const uint64_t count, Count(any, UINT64_MAX));
  if (bound == 2 || count <= 1) return count;
  const KeyRange range = PlanScan(any, ChooseJoinOrder(any, *number))[0];
  RangeReader reader(View(), range.order);
  ASSIGN_OR_RETURN(const BlockTotals below, reader.TotalsBelow(range.low, bound > 0));
  ASSIGN_OR_RETURN(const BlockTotals up_to, reader.TotalsBelow(range.high, bound > 0));
  ASSIGN_OR_RETURN(const int64_t change, DistinctChange(range, bound, reader));
  const int64_t steps = static_cast<int64_t>(bound == 0 ? up_to.steps1 - below.steps1 : up_to.steps2 - below.steps2) + change;
  return std::clamp<uint64_t>(static_cast<uint64_t>(std::max<int64_t>(steps, 1)), 1, count);
}

absl::StatusOr<int64_t> SnapshotImpl::DistinctChange(const KeyRange& range, size_t column, RangeReader& reader) const {
  const Delta& delta = state_->delta;
  if (delta.CountChanges(range.order, range.low, range.high) > kMaxExactChanges) {
    return std::max<int64_t>(delta.Sum(range.order, range.low, range.high).first, 0);
  }
  std::vector<DeltaChange> changes;
  delta.Gather(range.order, range.low, range.high, changes);
  int64_t change = 0;
  for (size_t i = 0, end = 0; i < changes.size(); i = end) {
    int64_t net = 0;
    for (; end < changes.size() && changes[end].key[column] == changes[i].key[column]; ++end) net += changes[end].sign;
    QuadKey low = changes[i].key;
    std::fill(low.begin() + static_cast<std::ptrdiff_t>(column) + 1, low.end(), 0);
    ASSIGN_OR_RETURN(const BlockTotals below, reader.TotalsBelow(low, false));
    ASSIGN_OR_RETURN(const BlockTotals up_to, reader.TotalsBelow(PrefixEnd(low, column + 1), false));
    const auto before = static_cast<int64_t>(up_to.quads - below.quads);
    change += (before + net > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
  }
  return change;
}

absl::StatusOr<std::vector<TermId>> SnapshotImpl::NamedGraphs() const {
  std::vector<TermId> graphs;
  RangeReader reader(View(), Order::kGspo);
  KeyRange range;
  range.order = Order::kGspo;
  for (IdBatch batch;;) {
    RETURN_IF_ERROR(reader.Seek(range));
    batch.Reserve();
    batch.size = 0;
    RETURN_IF_ERROR(reader.Fill(batch));
    if (batch.size == 0) return graphs;
    for (size_t i = 0; i < batch.size; ++i) {
      if (graphs.empty() || graphs.back() != batch.graph[i]) graphs.push_back(batch.graph[i]);
    }
    // On behind the last graph seen: large graphs are jumped over.
    range.low = PrefixEnd({graphs.back().bits(), 0, 0, 0}, 1);
  }
}

}  // namespace dossier::graph
