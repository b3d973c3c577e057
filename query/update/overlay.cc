#include "query/update/overlay.h"

#include <algorithm>
#include <utility>

namespace dossier::query {
namespace {

using graph::Cursor;
using graph::IdBatch;
using graph::IdPattern;
using graph::IdQuad;
using graph::Order;
using graph::Term;
using graph::TermId;

// The base without what was removed, merged with what was added.
class OverlayCursor : public Cursor {
 public:
  OverlayCursor(std::unique_ptr<Cursor> base, const IdPattern& pattern, Order order, const QuadSet& added,
                const QuadSet& removed)
      : base_(std::move(base)),
        pattern_(pattern),
        order_(order),
        removed_(removed),
        prefix_(BoundPrefix(pattern, order)),
        lowest_(QuadSet::Lowest(pattern, order)),
        index_(added.Sorted(order)),
        next_(index_.lower_bound(lowest_)) {
    SkipAdded();
  }

  absl::Status Next(IdBatch& batch) override {
    batch.Reserve();
    batch.size = 0;
    while (batch.size < IdBatch::kCapacity) {
      RETURN_IF_ERROR(RefillBase());
      const bool has_base = at_ < read_.size;
      const bool has_added = next_ != index_.end();
      if (!has_base && !has_added) return absl::OkStatus();
      if (has_base && (!has_added || ToSorted(BaseQuad(), order_) < *next_)) {
        Put(BaseQuad(), batch);
        ++at_;
      } else {
        Put(FromSorted(*next_, order_), batch);
        ++next_;
        SkipAdded();
      }
    }
    return absl::OkStatus();
  }

 private:
  IdQuad BaseQuad() const { return {read_.subject[at_], read_.predicate[at_], read_.object[at_], read_.graph[at_]}; }

  // Leaves at_ on a quad that was not removed, or the base at its end.
  absl::Status RefillBase() {
    while (!base_done_) {
      while (at_ < read_.size && removed_.Contains(BaseQuad())) ++at_;
      if (at_ < read_.size) return absl::OkStatus();
      at_ = 0;
      RETURN_IF_ERROR(base_->Next(read_));
      base_done_ = read_.size == 0;
    }
    return absl::OkStatus();
  }

  // Leaves next_ on a match or at the end.
  void SkipAdded() {
    for (; next_ != index_.end(); ++next_) {
      if (!std::equal(lowest_.begin(), lowest_.begin() + static_cast<std::ptrdiff_t>(prefix_), next_->begin())) {
        next_ = index_.end();
        return;
      }
      if (Matches(FromSorted(*next_, order_), pattern_)) return;
    }
  }

  static void Put(const IdQuad& quad, IdBatch& batch) {
    batch.subject[batch.size] = quad.subject;
    batch.predicate[batch.size] = quad.predicate;
    batch.object[batch.size] = quad.object;
    batch.graph[batch.size] = quad.graph;
    ++batch.size;
  }

  std::unique_ptr<Cursor> base_;
  IdPattern pattern_;
  Order order_;
  const QuadSet& removed_;
  size_t prefix_;
  SortedQuad lowest_;
  const QuadSet::Index& index_;
  QuadSet::Index::const_iterator next_;
  IdBatch read_;
  size_t at_ = 0;
  bool base_done_ = false;
};

IdPattern PatternOf(const IdQuad& quad) {
  return {.subject = quad.subject, .predicate = quad.predicate, .object = quad.object, .graph = quad.graph};
}

IdPattern WithKey(IdPattern pattern, char column, TermId key) {
  if (column == 's') pattern.subject = key;
  if (column == 'p') pattern.predicate = key;
  if (column == 'o') pattern.object = key;
  if (column == 'g') {
    pattern.graph = key;
    pattern.graphs = IdPattern::Graphs::kOne;
  }
  return pattern;
}

// The distinct graph names of a set.
std::vector<TermId> GraphsOf(const QuadSet& quads) {
  std::vector<TermId> out;
  const QuadSet::Index& index = quads.Sorted(Order::kGspo);
  for (auto it = index.begin(); it != index.end(); it = index.lower_bound({(*it)[0] + 1, 0, 0, 0}))
    out.push_back(TermId::FromBits((*it)[0]));
  return out;
}

}  // namespace

absl::StatusOr<bool> Overlay::BaseHas(const IdQuad& quad) const {
  ASSIGN_OR_RETURN(const uint64_t count, base_.Count(PatternOf(quad), 1));
  return count > 0;
}

absl::Status Overlay::Insert(const IdQuad& quad) {
  if (removed_.Erase(quad)) return absl::OkStatus();
  ASSIGN_OR_RETURN(const bool there, BaseHas(quad));
  if (!there) added_.Insert(quad);
  return absl::OkStatus();
}

absl::Status Overlay::Remove(const IdQuad& quad) {
  if (added_.Erase(quad)) return absl::OkStatus();
  ASSIGN_OR_RETURN(const bool there, BaseHas(quad));
  if (there) removed_.Insert(quad);
  return absl::OkStatus();
}

void Overlay::AddTerm(TermId id, const Term& term) {
  new_ids_.emplace(term, id);
  new_terms_.emplace(id, term);
}

Order Overlay::BestOrder(const IdPattern& pattern, char first_free) const { return base_.BestOrder(pattern, first_free); }

absl::StatusOr<std::unique_ptr<Cursor>> Overlay::Scan(const IdPattern& pattern, Order order) const {
  ASSIGN_OR_RETURN(std::unique_ptr<Cursor> base, base_.Scan(pattern, order));
  if (unchanged()) return base;
  return std::make_unique<OverlayCursor>(std::move(base), pattern, order, added_, removed_);
}

absl::Status Overlay::ScanMany(const IdPattern& pattern, char column, absl::Span<const TermId> keys,
                               std::vector<IdQuad>& out, std::vector<uint32_t>& origin) const {
  if (unchanged()) return base_.ScanMany(pattern, column, keys, out, origin);
  std::vector<IdQuad> base;
  std::vector<uint32_t> base_origin;
  RETURN_IF_ERROR(base_.ScanMany(pattern, column, keys, base, base_origin));
  size_t at = 0;
  for (size_t i = 0; i < keys.size(); ++i) {
    const size_t begin = out.size();
    for (; at < base.size() && base_origin[at] == i; ++at) {
      if (!removed_.Contains(base[at])) out.push_back(base[at]);
    }
    const size_t from_base = out.size();
    const IdPattern bound = WithKey(pattern, column, keys[i]);
    added_.ForEach(bound, BestOrder(bound, 0), [&](const IdQuad& quad) {
      out.push_back(quad);
      return true;
    });
    // Copies of a triple in several graphs stay neighbours, as they are in every order of the base.
    if (out.size() != from_base) std::sort(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end());
    origin.resize(out.size(), static_cast<uint32_t>(i));
  }
  return absl::OkStatus();
}

absl::StatusOr<uint64_t> Overlay::Count(const IdPattern& pattern, uint64_t limit) const {
  if (unchanged()) return base_.Count(pattern, limit);
  const Order order = BestOrder(pattern, 0);
  uint64_t removed = 0, added = 0;
  removed_.ForEach(pattern, order, [&](const IdQuad&) { return ++removed != 0; });
  added_.ForEach(pattern, order, [&](const IdQuad&) { return ++added < limit; });
  ASSIGN_OR_RETURN(const uint64_t base, base_.Count(pattern, limit > UINT64_MAX - removed ? UINT64_MAX : limit + removed));
  return std::min(limit, base - removed + added);
}

absl::StatusOr<TermId> Overlay::Find(const Term& term) const {
  if (const auto it = new_ids_.find(term); it != new_ids_.end()) return it->second;
  return base_.Find(term);
}

absl::Status Overlay::Decode(absl::Span<const TermId> ids, std::vector<Term>& terms) const {
  if (new_terms_.empty()) return base_.Decode(ids, terms);
  std::vector<TermId> known;
  for (const TermId id : ids) {
    if (!new_terms_.contains(id)) known.push_back(id);
  }
  std::vector<Term> decoded;
  RETURN_IF_ERROR(base_.Decode(known, decoded));
  terms.clear();
  size_t next = 0;
  for (const TermId id : ids) {
    const auto it = new_terms_.find(id);
    terms.push_back(it != new_terms_.end() ? it->second : std::move(decoded[next++]));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<TermId>> Overlay::NamedGraphs() const {
  ASSIGN_OR_RETURN(std::vector<TermId> graphs, base_.NamedGraphs());
  if (unchanged()) return graphs;
  const std::vector<TermId> added = GraphsOf(added_), touched = GraphsOf(removed_);
  graphs.insert(graphs.end(), added.begin(), added.end());
  std::sort(graphs.begin(), graphs.end());
  graphs.erase(std::unique(graphs.begin(), graphs.end()), graphs.end());
  std::vector<TermId> out;
  for (const TermId graph : graphs) {
    if (graph == TermId::DefaultGraph()) continue;
    if (std::binary_search(touched.begin(), touched.end(), graph)) {
      IdPattern all_of_it;
      all_of_it.graph = graph;
      ASSIGN_OR_RETURN(const uint64_t count, Count(all_of_it, 1));
      if (count == 0) continue;
    }
    out.push_back(graph);
  }
  return out;
}

}  // namespace dossier::query
