#include "graph/store/snapshot.h"

#include <algorithm>
#include <utility>

#include "graph/base/strings.h"

namespace dossier::graph {
namespace {

constexpr int kStepsBeforeSeek = 8;

IdQuad ToQuad(const QuadColumns& c) {
  return {TermId::FromBits(c[0]), TermId::FromBits(c[1]), TermId::FromBits(c[2]), TermId::FromBits(c[3])};
}

class RangesCursor : public Cursor {
 public:
  RangesCursor(std::shared_ptr<const Pin> pin, ScanPlan plan) : pin_(std::move(pin)), plan_(std::move(plan)) {}

  absl::Status Next(IdBatch& batch) override {
    batch.Reserve();
    batch.size = 0;
    QuadColumns quad;
    while (batch.size < IdBatch::kCapacity) {
      if (reader_ == nullptr) {
        if (next_range_ == plan_.size()) return absl::OkStatus();
        reader_ = std::make_unique<RangeReader>(*pin_, plan_[next_range_++]);
      }
      if (!reader_->Next(quad)) {
        RETURN_IF_ERROR(reader_->status());
        reader_.reset();
        continue;
      }
      batch.subject[batch.size] = TermId::FromBits(quad[0]);
      batch.predicate[batch.size] = TermId::FromBits(quad[1]);
      batch.object[batch.size] = TermId::FromBits(quad[2]);
      batch.graph[batch.size] = TermId::FromBits(quad[3]);
      ++batch.size;
    }
    return absl::OkStatus();
  }

 private:
  std::shared_ptr<const Pin> pin_;
  ScanPlan plan_;
  size_t next_range_ = 0;
  std::unique_ptr<RangeReader> reader_;
};

// One iterator that is moved forward from prefix to prefix.
class Hopper {
 public:
  Hopper(const Pin& pin, Family family) : pin_(pin) {
    rocksdb::ReadOptions options;
    options.snapshot = pin.get();
    it_.reset(pin.database().db->NewIterator(options, pin.database().family(family)));
  }
  // Appends the quads of `range`, which lies behind the one before. Keys at the current place are tried before a seek, which costs
  // some twenty steps.
  absl::Status Collect(const KeyRange& range, bool forward, uint32_t origin, std::vector<IdQuad>& out,
                       std::vector<uint32_t>& origins) {
    const rocksdb::Slice prefix = ToSlice(range.prefix);
    if (forward && started_) {
      for (int i = 0; i < kStepsBeforeSeek && it_->Valid() && it_->key().compare(prefix) < 0; ++i) it_->Next();
    }
    if (!started_ || !forward || (it_->Valid() && it_->key().compare(prefix) < 0)) it_->Seek(prefix);
    started_ = true;
    QuadColumns quad;
    for (; it_->Valid() && it_->key().starts_with(prefix); it_->Next()) {
      const std::string_view key = FromSlice(it_->key());
      if (!ReadKey(key, KeyOrder(range.order), quad)) {
        return DataLoss(Cat("database ", pin_.database().directory, ": malformed quad key"));
      }
      if (!range.AcceptsLength(key.size()) || !range.Accepts(quad)) continue;
      out.push_back(ToQuad(quad));
      origins.push_back(origin);
    }
    return pin_.database().Check(it_->status());
  }

 private:
  const Pin& pin_;
  std::unique_ptr<rocksdb::Iterator> it_;
  bool started_ = false;
};

TermId& Component(IdPattern& pattern, size_t column) {
  switch (column) {
    case 0: return pattern.subject;
    case 1: return pattern.predicate;
    default: return pattern.object;
  }
}

}  // namespace

void IdBatch::Reserve() {
  if (subject.size() == kCapacity) return;
  for (std::vector<TermId>* column : {&subject, &predicate, &object, &graph}) column->resize(kCapacity);
}

RangeReader::RangeReader(const Pin& pin, KeyRange range) : pin_(pin), range_(std::move(range)), end_(PrefixEnd(range_.prefix)) {
  rocksdb::ReadOptions options;
  options.snapshot = pin_.get();
  upper_bound_ = ToSlice(end_);
  if (!end_.empty()) options.iterate_upper_bound = &upper_bound_;
  it_.reset(pin_.database().db->NewIterator(options, pin_.database().family(range_.family)));
}

bool RangeReader::Next(QuadColumns& quad) {
  if (malformed_) return false;
  if (!started_) {
    started_ = true;
    it_->Seek(ToSlice(range_.prefix));
  } else if (it_->Valid()) {
    it_->Next();
  }
  for (; it_->Valid(); it_->Next()) {
    const std::string_view key = FromSlice(it_->key());
    if (!ReadKey(key, KeyOrder(range_.order), quad)) {
      malformed_ = true;
      return false;
    }
    if (range_.AcceptsLength(key.size()) && range_.Accepts(quad)) return true;
  }
  return false;
}

absl::Status RangeReader::status() const {
  if (malformed_) return DataLoss(Cat("database ", pin_.database().directory, ": malformed quad key"));
  return pin_.database().Check(it_->status());
}

SnapshotImpl::SnapshotImpl(const Database& database, const Dictionary& dictionary)
    : pin_(std::make_shared<const Pin>(database)), dictionary_(dictionary) {
  rocksdb::ReadOptions options;
  options.snapshot = pin_->get();
  rocksdb::PinnableSlice value;
  status_ = database.Check(database.db->Get(options, database.family(Family::kMeta), ToSlice(kCountersKey), &value));
  if (status_.ok() && !counters_.Decode(FromSlice(value))) {
    status_ = DataLoss(Cat("database ", database.directory, ": malformed counters"));
  }
}

absl::StatusOr<std::unique_ptr<Cursor>> SnapshotImpl::Scan(const IdPattern& pattern, Order order) const {
  RETURN_IF_ERROR(status_);
  return std::make_unique<RangesCursor>(pin_, PlanScan(pattern, order));
}

absl::Status SnapshotImpl::ScanMany(const IdPattern& pattern, char column, absl::Span<const TermId> keys,
                                    std::vector<IdQuad>& out, std::vector<uint32_t>& origin) const {
  RETURN_IF_ERROR(status_);
  const std::optional<size_t> number = ColumnNumber(column);
  if (!number) return InvalidArgument("a column is one of s, p, o, g");
  if (*number == 3) return ScanGraphs(pattern, keys, out, origin);
  const Order order = ChooseJoinOrder(pattern, *number);
  IdPattern bound = pattern;
  std::optional<Hopper> hopper;
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
    const ScanPlan plan = PlanScan(bound, order);
    if (!hopper) hopper.emplace(*pin_, plan[0].family);
    last_begin = out.size();
    RETURN_IF_ERROR(hopper->Collect(plan[0], i > 0 && keys[i - 1] < keys[i], static_cast<uint32_t>(i), out, origin));
    last_end = out.size();
  }
  return absl::OkStatus();
}

absl::Status SnapshotImpl::ScanGraphs(IdPattern pattern, absl::Span<const TermId> keys, std::vector<IdQuad>& out,
                                      std::vector<uint32_t>& origin) const {
  pattern.graphs = IdPattern::Graphs::kOne;
  for (size_t i = 0; i < keys.size(); ++i) {
    if (keys[i].is_unbound()) return InvalidArgument("an unbound key");
    pattern.graph = keys[i];
    for (KeyRange& range : PlanScan(pattern, ChooseOrder(pattern, 0))) {
      RangeReader reader(*pin_, std::move(range));
      for (QuadColumns quad; reader.Next(quad);) {
        out.push_back(ToQuad(quad));
        origin.push_back(static_cast<uint32_t>(i));
      }
      RETURN_IF_ERROR(reader.status());
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<uint64_t> SnapshotImpl::Walk(const IdPattern& pattern, uint64_t limit) const {
  uint64_t count = 0;
  for (KeyRange& range : PlanScan(pattern, ChooseOrder(pattern, 0))) {
    RangeReader reader(*pin_, std::move(range));
    for (QuadColumns quad; count < limit && reader.Next(quad);) ++count;
    if (count >= limit) return limit;
    RETURN_IF_ERROR(reader.status());
  }
  return count;
}

absl::StatusOr<uint64_t> SnapshotImpl::Count(const IdPattern& pattern, uint64_t limit) const {
  RETURN_IF_ERROR(status_);
  if (pattern.subject.is_bound() || pattern.predicate.is_bound() || pattern.object.is_bound()) return Walk(pattern, limit);
  if (pattern.graphs == IdPattern::Graphs::kAny) return std::min(size(), limit);
  if (pattern.graphs == IdPattern::Graphs::kOne && pattern.graph == TermId::DefaultGraph()) {
    // The total is known and named graphs are few.
    IdPattern named;
    named.graphs = IdPattern::Graphs::kAnyNamed;
    ASSIGN_OR_RETURN(const uint64_t in_named, Walk(named, UINT64_MAX));
    return std::min(size() - in_named, limit);
  }
  return Walk(pattern, limit);
}

absl::StatusOr<TermId> SnapshotImpl::Find(const Term& term) const {
  RETURN_IF_ERROR(status_);
  return dictionary_.Find(term, pin_->get());
}

absl::Status SnapshotImpl::Decode(absl::Span<const TermId> ids, std::vector<Term>& terms) const {
  return dictionary_.Decode(ids, terms);
}

absl::StatusOr<std::vector<TermId>> SnapshotImpl::NamedGraphs() const {
  RETURN_IF_ERROR(status_);
  rocksdb::ReadOptions options;
  options.snapshot = pin_->get();
  const Database& database = pin_->database();
  const std::unique_ptr<rocksdb::Iterator> it(database.db->NewIterator(options, database.family(Family::kGspo)));
  std::vector<TermId> graphs;
  it->SeekToFirst();
  while (it->Valid()) {
    if (it->key().size() != kQuadKey) return DataLoss(Cat("database ", database.directory, ": malformed quad key"));
    const std::string graph = it->key().ToString().substr(0, 8);
    graphs.push_back(TermId::FromBits(GetBigEndian(graph.data())));
    it->Seek(ToSlice(PrefixEnd(graph)));
  }
  RETURN_IF_ERROR(database.Check(it->status()));
  return graphs;
}

}  // namespace dossier::graph
