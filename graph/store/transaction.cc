#include "graph/store/transaction.h"

#include <algorithm>
#include <utility>

#include "graph/base/status.h"
#include "graph/model/inline_value.h"
#include "graph/store/quad_key.h"
#include "graph/store/range_reader.h"
#include "rocksdb/write_batch.h"

namespace dossier::graph {
namespace {

constexpr size_t kMaxTermBytes = 64u << 20;
constexpr size_t kFirstDeduplication = 1u << 20;
constexpr size_t kMaxBatchBytes = size_t{3} << 30;  // RocksDB's own limit is 4 GiB

}  // namespace

TransactionImpl::TransactionImpl(StoreCore& core, absl::Status begin)
    : core_(core),
      db_(core.database()),
      dictionary_(core.dictionary()),
      head_(core.Head()),
      begin_(std::move(begin)),
      counters_(head_->counters),
      deduplicate_at_(kFirstDeduplication) {}

void TransactionImpl::Finish() {
  if (finished_) return;
  finished_ = true;
  changes_ = {};
  seen_ = {};
  new_terms_ = {};
  new_hash_keys_ = {};
  head_.reset();
  core_.ReleaseTurn();
}

absl::Status TransactionImpl::Usable() const {
  if (finished_) return FailedPrecondition("the transaction is finished");
  return begin_;
}

absl::StatusOr<TermId> TransactionImpl::InternEncoded(const std::string& encoded, TermId::Tag tag) {
  if (encoded.size() > kMaxTermBytes) return InvalidArgument(Cat("a term of ", encoded.size(), " bytes: the limit is 64 MiB"));
  std::string key = KeyBytes(encoded);
  if (const auto it = seen_.find(key); it != seen_.end()) return it->second;
  ASSIGN_OR_RETURN(Dictionary::Place place, dictionary_.Locate(key, tag, nullptr));
  if (place.id.is_unbound()) {
    if (IsHashed(key)) {
      auto probe = static_cast<uint8_t>(place.free_key.back());
      while (!new_hash_keys_.insert(place.free_key).second) {
        if (probe == 255) return Internal("more than 256 terms with one 128-bit hash");
        place.free_key = IdsKey(key, ++probe);
      }
    }
    uint64_t& next = counters_.next[CounterOf(tag)];
    place.id = TermId(tag, next++);
    new_terms_.push_back({place.id, std::move(place.free_key), encoded});
  }
  seen_.emplace(std::move(key), place.id);
  return place.id;
}

absl::StatusOr<TermId> TransactionImpl::InternAt(const Term& term, int depth) {
  if (const std::optional<TermId> id = InlineId(term)) return *id;
  if (!term.is_triple()) return InternEncoded(EncodeTerm(term), TagOf(term));
  if (depth >= kMaxTermDepth) return InvalidArgument(Cat("triple terms nest deeper than ", kMaxTermDepth));
  TripleIds parts;
  ASSIGN_OR_RETURN(parts[0], InternAt(term.triple().subject, depth + 1));
  ASSIGN_OR_RETURN(parts[1], InternAt(term.triple().predicate, depth + 1));
  ASSIGN_OR_RETURN(parts[2], InternAt(term.triple().object, depth + 1));
  return InternEncoded(EncodeTripleTerm(parts), TermId::Tag::kTripleTerm);
}

absl::StatusOr<TermId> TransactionImpl::Intern(const Term& term) {
  RETURN_IF_ERROR(Usable());
  return InternAt(term, 0);
}

absl::Status TransactionImpl::AddTerms(const Quad& quad, bool insert) {
  IdQuad ids;
  ASSIGN_OR_RETURN(ids.subject, Intern(quad.subject));
  ASSIGN_OR_RETURN(ids.predicate, Intern(quad.predicate));
  ASSIGN_OR_RETURN(ids.object, Intern(quad.object));
  if (!quad.in_default_graph) {
    ASSIGN_OR_RETURN(ids.graph, Intern(quad.graph));
  }
  return AddIds(ids, insert);
}

absl::Status TransactionImpl::Remove(const Quad& quad) {
  RETURN_IF_ERROR(Usable());
  // A quad with a term nobody has seen is not there; it needs no ids.
  const auto known = [&](const Term& term) -> absl::StatusOr<bool> {
    if (InlineId(term).has_value()) return true;
    if (!term.is_triple() && seen_.contains(KeyBytes(EncodeTerm(term)))) return true;
    if (term.is_triple() && !new_terms_.empty()) return true;  // may be made of new terms: Intern() finds out
    ASSIGN_OR_RETURN(const TermId id, dictionary_.Find(term, nullptr));
    return id.is_bound();
  };
  for (const Term* term : {&quad.subject, &quad.predicate, &quad.object, quad.in_default_graph ? nullptr : &quad.graph}) {
    if (term == nullptr) continue;
    ASSIGN_OR_RETURN(const bool is_known, known(*term));
    if (!is_known) return absl::OkStatus();
  }
  return AddTerms(quad, false);
}

absl::Status TransactionImpl::CheckId(TermId id) const {
  if (id.is_unbound() || id.is_local()) return InvalidArgument("a quad with an id that stands for no stored term");
  if (IsDictionaryTag(id.tag())) {
    if (id.payload() == 0 || id.payload() >= counters_.next[CounterOf(id.tag())]) return InvalidArgument("a quad with an unknown id");
  } else if (!InlineTerm(id).has_value()) {
    return InvalidArgument("a quad with an id that stands for no term");
  }
  return absl::OkStatus();
}

absl::Status TransactionImpl::AddIds(const IdQuad& quad, bool insert) {
  RETURN_IF_ERROR(Usable());
  for (const TermId id : {quad.subject, quad.predicate, quad.object}) RETURN_IF_ERROR(CheckId(id));
  if (!quad.subject.is_iri() && !quad.subject.is_blank()) return InvalidArgument("a subject must be an IRI or a blank node");
  if (!quad.predicate.is_iri()) return InvalidArgument("a predicate must be an IRI");
  if (quad.graph != TermId::DefaultGraph()) {
    RETURN_IF_ERROR(CheckId(quad.graph));
    if (!quad.graph.is_iri() && !quad.graph.is_blank()) return InvalidArgument("a graph name must be an IRI or a blank node");
  }
  changes_.push_back({quad, insert});
  if (changes_.size() >= deduplicate_at_) {
    Deduplicate();
    deduplicate_at_ = std::max(kFirstDeduplication, 2 * changes_.size());
  }
  return absl::OkStatus();
}

// Sorts by quad and keeps the last change of each.
void TransactionImpl::Deduplicate() {
  std::stable_sort(changes_.begin(), changes_.end(), [](const Change& a, const Change& b) { return a.quad < b.quad; });
  size_t kept = 0;
  for (size_t i = 0; i < changes_.size(); ++i) {
    if (i + 1 < changes_.size() && changes_[i + 1].quad == changes_[i].quad) continue;
    changes_[kept++] = changes_[i];
  }
  changes_.resize(kept);
}

// Keeps insertions of what is absent and removals of what is there.
absl::Status TransactionImpl::DropNoChanges() {
  RangeReader reader(head_->View(db_), Order::kSpo);
  size_t kept = 0;
  for (const Change& change : changes_) {
    const QuadKey key = ColumnsOf(change.quad);
    ASSIGN_OR_RETURN(const bool in_base, reader.BaseHas(key));
    const bool there = (in_base ? 1 : 0) + head_->delta.SignOf(key) > 0;
    if (change.insert != there) changes_[kept++] = Change(change);
  }
  changes_.resize(kept);
  return absl::OkStatus();
}

absl::Status TransactionImpl::FillBatch(rocksdb::WriteBatch& batch, const std::vector<DeltaChange>& changes) {
  std::sort(new_terms_.begin(), new_terms_.end(), [](const NewTerm& a, const NewTerm& b) { return a.id < b.id; });
  for (const NewTerm& term : new_terms_) {
    RETURN_IF_ERROR(db_.Check(batch.Put(db_.family(Family::kTerms), ToSlice(TermsKey(term.id)), ToSlice(term.encoded))));
    if (batch.GetDataSize() > kMaxBatchBytes) return ResourceExhausted("the transaction is too large: commit in parts");
  }
  std::sort(new_terms_.begin(), new_terms_.end(), [](const NewTerm& a, const NewTerm& b) { return a.ids_key < b.ids_key; });
  for (const NewTerm& term : new_terms_) {
    RETURN_IF_ERROR(db_.Check(batch.Put(db_.family(Family::kIds), ToSlice(term.ids_key), ToSlice(TermsKey(term.id)))));
  }
  if (batch.GetDataSize() + 32 * changes.size() > kMaxBatchBytes) {
    return ResourceExhausted("the transaction is too large: commit in parts");
  }
  char sequence[8];
  PutBigEndian(head_->next_sequence, sequence);
  const rocksdb::Slice key(sequence, sizeof sequence);
  RETURN_IF_ERROR(db_.Check(batch.Put(db_.family(Family::kDelta), key, ToSlice(EncodeChanges(changes)))));
  counters_.quads += changed_.inserted;
  counters_.quads -= changed_.removed;
  return db_.Check(batch.Put(db_.family(Family::kMeta), ToSlice(kCountersKey), ToSlice(counters_.Encode())));
}

absl::StatusOr<uint64_t> TransactionImpl::WriteChanges() {
  Deduplicate();
  RETURN_IF_ERROR(DropNoChanges());
  if (changes_.empty() && new_terms_.empty()) return uint64_t{0};
  std::vector<DeltaChange> changes;
  changes.reserve(changes_.size());
  for (const Change& change : changes_) {
    ++(change.insert ? changed_.inserted : changed_.removed);
    changes.push_back({ColumnsOf(change.quad), change.insert ? 1 : -1});
  }
  changes_ = {};
  rocksdb::WriteBatch batch;
  RETURN_IF_ERROR(FillBatch(batch, changes));
  return core_.Write(batch, std::make_shared<const DeltaRun>(std::move(changes)), counters_);
}

absl::Status TransactionImpl::Commit() {
  RETURN_IF_ERROR(Usable());
  const absl::StatusOr<uint64_t> ticket = WriteChanges();
  Finish();
  absl::Status status = ticket.status();
  if (status.ok() && *ticket > 0) status = core_.AwaitDurable(*ticket);
  if (!status.ok()) {
    changed_ = {};
  } else if (*ticket > 0) {
    core_.WantFold();
  }
  return status;
}

}  // namespace dossier::graph
