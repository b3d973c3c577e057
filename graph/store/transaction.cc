#include "graph/store/transaction.h"

#include <algorithm>
#include <utility>

#include "graph/base/status.h"
#include "graph/model/inline_value.h"
#include "graph/store/quad_key.h"
#include "rocksdb/write_batch.h"

namespace dossier::graph {
namespace {

constexpr size_t kMaxTermBytes = 64u << 20;
constexpr size_t kFirstDeduplication = 1u << 20;
constexpr size_t kLookupBatch = 1024;
constexpr size_t kMaxBatchBytes = size_t{3} << 30;  // RocksDB's own limit is 4 GiB

}  // namespace

TransactionImpl::TransactionImpl(const Database& database, const Dictionary& dictionary, std::binary_semaphore& turn,
                                 Counters counters, absl::Status begin)
    : db_(database),
      dictionary_(dictionary),
      turn_(turn),
      begin_(std::move(begin)),
      counters_(counters),
      deduplicate_at_(kFirstDeduplication) {}

void TransactionImpl::Finish() {
  if (finished_) return;
  finished_ = true;
  changes_ = {};
  seen_ = {};
  new_terms_ = {};
  new_hash_keys_ = {};
  turn_.release();
}

absl::Status TransactionImpl::Usable() const {
  if (finished_) return FailedPrecondition("the transaction is finished");
  return begin_;
}

absl::StatusOr<TermId> TransactionImpl::InternEncoded(const std::string& encoded, TermId::Tag tag) {
  if (encoded.size() > kMaxTermBytes) return InvalidArgument(Cat("a term of ", encoded.size(), " bytes: the limit is 64 MiB"));
  std::string key = KeyBytes(encoded);
  if (const auto it = seen_.find(key); it != seen_.end()) return it->second;
  ASSIGN_OR_RETURN(Dictionary::Place place, dictionary_.Locate(key, nullptr));
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
  std::vector<char> keys(kLookupBatch * kQuadKey);
  std::vector<rocksdb::Slice> slices(kLookupBatch);
  std::vector<rocksdb::PinnableSlice> values(kLookupBatch);
  std::vector<rocksdb::Status> statuses(kLookupBatch);
  size_t kept = 0;
  for (size_t begin = 0; begin < changes_.size(); begin += kLookupBatch) {
    const size_t n = std::min(kLookupBatch, changes_.size() - begin);
    for (size_t i = 0; i < n; ++i) {
      char* key = keys.data() + i * kQuadKey;
      slices[i] = rocksdb::Slice(key, WriteKey(ColumnsOf(changes_[begin + i].quad), Order::kSpo, key));
      values[i].Reset();
    }
    db_.db->MultiGet(rocksdb::ReadOptions(), db_.family(Family::kSpo), n, slices.data(), values.data(), statuses.data(),
                     /*sorted_input=*/true);
    for (size_t i = 0; i < n; ++i) {
      const bool there = statuses[i].ok();
      if (!there && !statuses[i].IsNotFound()) return db_.Check(statuses[i]);
      const Change change = changes_[begin + i];
      if (change.insert != there) changes_[kept++] = change;
    }
  }
  changes_.resize(kept);
  return absl::OkStatus();
}

absl::Status TransactionImpl::FillOrders(rocksdb::WriteBatch& batch) {
  for (size_t o = 0; o <= kTripleOrders; ++o) {
    const auto order = static_cast<Order>(o);
    const std::array<uint8_t, 4>& columns = KeyOrder(order);
    // Sorted keys go into the memory table without search.
    std::sort(changes_.begin(), changes_.end(), [&](const Change& a, const Change& b) {
      const QuadColumns x = ColumnsOf(a.quad), y = ColumnsOf(b.quad);
      for (const uint8_t c : columns) {
        if (x[c] != y[c]) return x[c] < y[c];
      }
      return false;
    });
    rocksdb::ColumnFamilyHandle* family = db_.family(static_cast<Family>(static_cast<size_t>(Family::kSpo) + o));
    char key[kQuadKey];
    for (const Change& change : changes_) {
      if (order == Order::kGspo && change.quad.graph == TermId::DefaultGraph()) continue;
      const rocksdb::Slice slice(key, WriteKey(ColumnsOf(change.quad), order, key));
      RETURN_IF_ERROR(db_.Check(change.insert ? batch.Put(family, slice, {}) : batch.Delete(family, slice)));
    }
    if (batch.GetDataSize() > kMaxBatchBytes) return ResourceExhausted("the transaction is too large: commit in parts");
  }
  return absl::OkStatus();
}

absl::Status TransactionImpl::FillBatch(rocksdb::WriteBatch& batch) {
  std::sort(new_terms_.begin(), new_terms_.end(), [](const NewTerm& a, const NewTerm& b) { return a.id < b.id; });
  for (const NewTerm& term : new_terms_) {
    RETURN_IF_ERROR(db_.Check(batch.Put(db_.family(Family::kTerms), ToSlice(TermsKey(term.id)), ToSlice(term.encoded))));
    if (batch.GetDataSize() > kMaxBatchBytes) return ResourceExhausted("the transaction is too large: commit in parts");
  }
  std::sort(new_terms_.begin(), new_terms_.end(), [](const NewTerm& a, const NewTerm& b) { return a.ids_key < b.ids_key; });
  for (const NewTerm& term : new_terms_) {
    RETURN_IF_ERROR(db_.Check(batch.Put(db_.family(Family::kIds), ToSlice(term.ids_key), ToSlice(TermsKey(term.id)))));
  }
  RETURN_IF_ERROR(FillOrders(batch));
  counters_.quads += changed_.inserted;
  counters_.quads -= changed_.removed;
  return db_.Check(batch.Put(db_.family(Family::kMeta), ToSlice(kCountersKey), ToSlice(counters_.Encode())));
}

absl::Status TransactionImpl::CommitChanges() {
  Deduplicate();
  RETURN_IF_ERROR(DropNoChanges());
  if (changes_.empty() && new_terms_.empty()) return absl::OkStatus();
  for (const Change& change : changes_) ++(change.insert ? changed_.inserted : changed_.removed);
  rocksdb::WriteBatch batch;
  RETURN_IF_ERROR(FillBatch(batch));
  rocksdb::WriteOptions options;
  options.sync = true;
  return db_.Check(db_.db->Write(options, &batch));
}

absl::Status TransactionImpl::Commit() {
  RETURN_IF_ERROR(Usable());
  const absl::Status status = CommitChanges();
  if (!status.ok()) changed_ = {};
  Finish();
  return status;
}

}  // namespace dossier::graph
