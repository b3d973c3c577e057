#include "query/plan/dataset.h"

#include <algorithm>

namespace dossier::query {
namespace {

using graph::Cursor;
using graph::IdBatch;
using graph::IdPattern;
using graph::IdQuad;
using graph::TermId;

bool InStore(TermId id) { return !id.is_local(); }

class EmptyCursor : public Cursor {
 public:
  absl::Status Next(IdBatch& batch) override {
    batch.size = 0;
    return absl::OkStatus();
  }
};

// Keeps the quads of some graphs; with `merge`, each triple once. Works because the graph is the last column
// of the order, so that copies of a triple follow one another.
class SomeGraphsCursor : public Cursor {
 public:
  SomeGraphsCursor(std::unique_ptr<Cursor> input, const std::vector<TermId>& graphs, bool merge)
      : input_(std::move(input)), graphs_(graphs), merge_(merge) {}

  absl::Status Next(IdBatch& batch) override {
    do {
      RETURN_IF_ERROR(input_->Next(batch));
      if (batch.size == 0) return absl::OkStatus();
      size_t kept = 0;
      for (size_t i = 0; i < batch.size; ++i) {
        const IdQuad quad{batch.subject[i], batch.predicate[i], batch.object[i], batch.graph[i]};
        if (!std::binary_search(graphs_.begin(), graphs_.end(), quad.graph)) continue;
        const bool repeated = started_ && quad.subject == last_.subject &&
                              quad.predicate == last_.predicate && quad.object == last_.object;
        if (merge_ && repeated) continue;
        started_ = true;
        last_ = quad;
        batch.subject[kept] = quad.subject;
        batch.predicate[kept] = quad.predicate;
        batch.object[kept] = quad.object;
        batch.graph[kept] = quad.graph;
        ++kept;
      }
      batch.size = kept;
    } while (batch.size == 0);
    return absl::OkStatus();
  }

 private:
  std::unique_ptr<Cursor> input_;
  const std::vector<TermId>& graphs_;
  bool merge_;
  bool started_ = false;
  IdQuad last_;
};

std::vector<TermId> SortedSet(std::vector<TermId> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

}  // namespace

Dataset::Dataset(const graph::Snapshot& snapshot, std::vector<TermId> default_graphs,
                 std::vector<TermId> named_graphs)
    : snapshot_(snapshot),
      chosen_default_(true),
      chosen_named_(true),
      default_graphs_(SortedSet(std::move(default_graphs))),
      named_graphs_(SortedSet(std::move(named_graphs))) {}

Dataset::Dataset(const graph::Snapshot& snapshot, std::vector<TermId> default_graphs)
    : snapshot_(snapshot), chosen_default_(true), default_graphs_(SortedSet(std::move(default_graphs))) {}

std::optional<IdPattern> Dataset::Resolve(const Triple& pattern, const Target& target,
                                          const std::vector<TermId>** filter) const {
  *filter = nullptr;
  if (!InStore(pattern.subject) || !InStore(pattern.predicate) || !InStore(pattern.object))
    return std::nullopt;
  IdPattern out{.subject = pattern.subject, .predicate = pattern.predicate, .object = pattern.object};
  switch (target.kind) {
    case Target::Kind::kOne:
      if (!InStore(target.graph) || target.graph.is_unbound() || target.graph == TermId::DefaultGraph())
        return std::nullopt;
      if (chosen_named_ && !std::binary_search(named_graphs_.begin(), named_graphs_.end(), target.graph))
        return std::nullopt;
      out.graph = target.graph;
      return out;
    case Target::Kind::kAllNamed:
      out.graphs = IdPattern::Graphs::kAnyNamed;
      if (chosen_named_) *filter = &named_graphs_;
      return out;
    case Target::Kind::kDefault:
      if (!chosen_default_) return out;
      if (default_graphs_.empty()) return std::nullopt;
      if (default_graphs_.size() == 1) {
        if (!InStore(default_graphs_.front())) return std::nullopt;
        out.graph = default_graphs_.front();
        return out;
      }
      out.graphs = IdPattern::Graphs::kAny;
      *filter = &default_graphs_;
      return out;
  }
  return std::nullopt;
}

absl::StatusOr<std::unique_ptr<Cursor>> Dataset::Scan(const Triple& pattern, const Target& target,
                                                      graph::Order order) const {
  const std::vector<TermId>* filter = nullptr;
  const std::optional<IdPattern> resolved = Resolve(pattern, target, &filter);
  if (!resolved) return std::make_unique<EmptyCursor>();
  ASSIGN_OR_RETURN(std::unique_ptr<Cursor> cursor, snapshot_.Scan(*resolved, order));
  if (filter == nullptr) return cursor;
  return std::make_unique<SomeGraphsCursor>(std::move(cursor), *filter,
                                            target.kind == Target::Kind::kDefault);
}

absl::Status Dataset::ScanMany(const Triple& pattern, const Target& target, char column,
                               absl::Span<const TermId> keys, std::vector<IdQuad>& out,
                               std::vector<uint32_t>& origin) const {
  const std::vector<TermId>* filter = nullptr;
  const std::optional<IdPattern> resolved = Resolve(pattern, target, &filter);
  if (!resolved) return absl::OkStatus();
  const size_t begin = out.size();
  RETURN_IF_ERROR(snapshot_.ScanMany(*resolved, column, keys, out, origin));
  if (filter == nullptr) return absl::OkStatus();
  const bool merge = target.kind == Target::Kind::kDefault;
  size_t kept = begin;
  for (size_t i = begin; i < out.size(); ++i) {
    if (!std::binary_search(filter->begin(), filter->end(), out[i].graph)) continue;
    if (merge && kept > begin && origin[kept - 1] == origin[i] && out[kept - 1].subject == out[i].subject &&
        out[kept - 1].predicate == out[i].predicate && out[kept - 1].object == out[i].object) {
      continue;
    }
    out[kept] = out[i];
    origin[kept++] = origin[i];
  }
  out.resize(kept);
  origin.resize(kept);
  return absl::OkStatus();
}

absl::StatusOr<uint64_t> Dataset::Count(const Triple& pattern, const Target& target, uint64_t limit) const {
  const std::vector<TermId>* filter = nullptr;
  const std::optional<IdPattern> resolved = Resolve(pattern, target, &filter);
  if (!resolved) return uint64_t{0};
  if (filter == nullptr) return snapshot_.Count(*resolved, limit);
  uint64_t total = 0;
  for (TermId graph : *filter) {
    if (!InStore(graph) || total >= limit) continue;
    IdPattern one = *resolved;
    one.graphs = IdPattern::Graphs::kOne;
    one.graph = graph;
    ASSIGN_OR_RETURN(const uint64_t count, snapshot_.Count(one, limit - total));
    total += count;
  }
  return total;
}

bool Dataset::CountsExactly(const Target& target) const {
  return !(chosen_default_ && target.kind == Target::Kind::kDefault && default_graphs_.size() > 1);
}

absl::StatusOr<std::vector<TermId>> Dataset::NamedGraphs() const {
  if (chosen_named_) return named_graphs_;
  return snapshot_.NamedGraphs();
}

absl::StatusOr<bool> Dataset::HasNamedGraph(TermId graph) const {
  if (chosen_named_) return std::binary_search(named_graphs_.begin(), named_graphs_.end(), graph);
  ASSIGN_OR_RETURN(const uint64_t count, Count({}, Target::One(graph), 1));
  return count > 0;
}

}  // namespace dossier::query
