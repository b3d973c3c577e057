#include "graph/store/store_core.h"

#include <algorithm>
#include <utility>

#include "graph/base/status.h"
#include "graph/base/strings.h"
#include "graph/store/database.h"
#include "graph/store/fold.h"
#include "rocksdb/write_batch.h"

namespace dossier::graph {
namespace {

// A change takes some 100-350 bytes of memory while it is in the delta (48 in each order that is read), so these bound it to some 25-180 MB.
constexpr uint64_t kMinFoldAt = 64 * 1024, kMaxFoldAt = 512 * 1024;
constexpr uint64_t kFoldShare = 32;
// A fold that touches more blocks writes tables, smaller ones a write batch.
constexpr uint64_t kMaxBatchBlocks = 256;

}  // namespace

StoreCore::StoreCore(std::unique_ptr<Database> database, const Store::Options& options)
    : database_(std::move(database)), options_(options), dictionary_(*database_, options.cache_bytes / 4) {}

absl::StatusOr<std::unique_ptr<StoreCore>> StoreCore::Open(std::unique_ptr<Database> database, const Store::Options& options) {
  std::unique_ptr<StoreCore> core(new StoreCore(std::move(database), options));
  RETURN_IF_ERROR(core->Load());
  if (!options.read_only && options.background_fold) core->folder_ = std::thread([c = core.get()] { c->FoldInBackground(); });
  return core;
}

StoreCore::~StoreCore() {
  if (folder_.joinable()) {
    {
      const std::lock_guard lock(fold_mutex_);
      stopping_ = true;
    }
    fold_wanted_.notify_all();
    folder_.join();
  }
  head_.reset();
  published_.reset();
  if (!options_.read_only) CloseDatabase(std::move(database_), Writable().ok());
}

absl::Status StoreCore::Load() {
  auto state = std::make_shared<StoreState>();
  state->pin = std::make_shared<const Pin>(*database_);
  rocksdb::ReadOptions options;
  options.snapshot = state->pin->get();
  rocksdb::PinnableSlice value;
  RETURN_IF_ERROR(database_->Check(database_->db->Get(options, database_->family(Family::kMeta), ToSlice(kCountersKey), &value)));
  if (!state->counters.Decode(FromSlice(value))) return DataLoss(Cat("database ", database_->directory, ": malformed counters"));
  RETURN_IF_ERROR(dictionary_.LoadVocabularies(options.snapshot));
  ASSIGN_OR_RETURN(state->base, BaseIndex::Load(*database_, options.snapshot));
  const std::unique_ptr<rocksdb::Iterator> it(database_->db->NewIterator(options, database_->family(Family::kDelta)));
  bool first = true;  // not: the delta is empty, which it is again when records cancel each other
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    std::optional<std::vector<DeltaChange>> changes = DecodeChanges(FromSlice(it->value()));
    if (it->key().size() != 8 || !changes) return DataLoss(Cat("database ", database_->directory, ": malformed record of changes"));
    const uint64_t sequence = GetBigEndian(it->key().data());
    if (std::exchange(first, false)) state->first_sequence = sequence;
    state->next_sequence = sequence + 1;
    state->delta = state->delta.With(std::make_shared<const DeltaRun>(*std::move(changes)));
  }
  RETURN_IF_ERROR(database_->Check(it->status()));
  head_ = published_ = std::move(state);
  return absl::OkStatus();
}

std::shared_ptr<const StoreState> StoreCore::Published() const {
  const std::lock_guard lock(state_mutex_);
  return published_;
}

std::shared_ptr<const StoreState> StoreCore::Head() const {
  const std::lock_guard lock(state_mutex_);
  return head_;
}

absl::Status StoreCore::Writable() {
  if (options_.read_only) return FailedPrecondition(Cat("database ", database_->directory, " is open for reading only"));
  const std::lock_guard lock(sync_mutex_);
  return broken_;
}

absl::StatusOr<uint64_t> StoreCore::Write(rocksdb::WriteBatch& batch, std::shared_ptr<const DeltaRun> run,
                                          const Counters& counters) {
  const std::lock_guard apply_lock(apply_mutex_);
  RETURN_IF_ERROR(database_->Check(database_->db->Write(rocksdb::WriteOptions(), &batch)));
  auto next = std::make_shared<StoreState>(*Head());
  next->delta = next->delta.With(std::move(run));
  next->counters = counters;
  ++next->next_sequence;
  ++next->ticket;
  next->pin = std::make_shared<const Pin>(*database_);
  const std::lock_guard lock(state_mutex_);
  head_ = std::move(next);
  return head_->ticket;
}

absl::Status StoreCore::AwaitDurable(uint64_t ticket) {
  std::unique_lock lock(sync_mutex_);
  while (durable_ < ticket && broken_.ok()) {
    if (syncing_) {
      synced_.wait(lock);
      continue;
    }
    syncing_ = true;
    lock.unlock();
    const std::shared_ptr<const StoreState> written = Head();
    const rocksdb::Status status = database_->db->SyncWAL();
    lock.lock();
    syncing_ = false;
    if (status.ok()) {
      durable_ = std::max(durable_, written->ticket);
      const std::lock_guard state_lock(state_mutex_);
      if (published_->ticket < written->ticket) published_ = written;
    } else {
      broken_ = Annotate(database_->Check(status), "what is on disk is not known, open the database anew");
    }
    synced_.notify_all();
  }
  return durable_ >= ticket ? absl::OkStatus() : broken_;
}

uint64_t StoreCore::FoldAt(const StoreState& state) const {
  if (options_.fold_at > 0) return options_.fold_at;
  return std::clamp(state.base->of(Order::kSpo).Before(state.base->of(Order::kSpo).size()).quads / kFoldShare, kMinFoldAt, kMaxFoldAt);
}

void StoreCore::WantFold() {
  const std::shared_ptr<const StoreState> head = Head();
  if (!folder_.joinable() || head->delta.changes() < FoldAt(*head)) return;
  {
    const std::lock_guard lock(fold_mutex_);
    wanted_ = true;
  }
  fold_wanted_.notify_all();
}

void StoreCore::FoldInBackground() {
  for (;;) {
    {
      std::unique_lock lock(fold_mutex_);
      fold_wanted_.wait(lock, [this] { return stopping_ || wanted_; });
      if (stopping_) return;
      wanted_ = false;
    }
    // A failure costs nothing but speed: the next commit asks again.
    Fold().IgnoreError();
  }
}

uint64_t StoreCore::folds() const {
  const std::lock_guard lock(fold_mutex_);
  return folds_;
}

// Makes what has been committed so far the frozen part of the delta.
absl::StatusOr<std::shared_ptr<const StoreState>> StoreCore::FreezeHoldingTurn() {
  RETURN_IF_ERROR(AwaitDurable(Head()->ticket));
  const std::lock_guard lock(state_mutex_);
  auto state = std::make_shared<StoreState>(*head_);
  state->delta = state->delta.Frozen();
  head_ = published_ = state;
  return state;
}

absl::Status StoreCore::Fold() {
  RETURN_IF_ERROR(Writable());
  const std::lock_guard one(folding_);
  AcquireTurn();
  const absl::StatusOr<std::shared_ptr<const StoreState>> frozen = FreezeHoldingTurn();
  ReleaseTurn();
  RETURN_IF_ERROR(frozen.status());
  RETURN_IF_ERROR(FoldFrozen(**frozen));
  return MergeVocabulariesFolding();
}

absl::Status StoreCore::FoldFrozen(const StoreState& state) {
  if (state.delta.empty()) return absl::OkStatus();
  const std::vector<DeltaChange> all = state.delta.All();
  const uint64_t blocks = std::min<uint64_t>(state.base->blocks(), kTripleOrders * all.size()) + all.size() / 512;
  TableSink sink(*database_, blocks > kMaxBatchBlocks);
  BaseIndex::Orders orders;
  for (size_t i = 0; i < kOrders; ++i) {
    const auto order = static_cast<Order>(i);
    // Sorted for one order after the other: all of them at once would be seven times the delta.
    ASSIGN_OR_RETURN(orders[i], RewriteOrder(state.View(*database_), order, SourceOf(InOrder(order, all)), sink));
    if (IsStopping()) return Cancelled("the store is being closed");
  }
  for (uint64_t sequence = state.first_sequence; sequence < state.next_sequence; ++sequence) {
    char key[8];
    PutBigEndian(sequence, key);
    RETURN_IF_ERROR(sink.Delete(Family::kDelta, std::string_view(key, sizeof key)));
  }
  RETURN_IF_ERROR(ReplaceBase([&sink] { return sink.Apply(); }, std::make_shared<const BaseIndex>(std::move(orders)),
                              state.next_sequence, nullptr));
  const std::lock_guard lock(fold_mutex_);
  ++folds_;
  return absl::OkStatus();
}

bool StoreCore::IsStopping() const {
  const std::lock_guard lock(fold_mutex_);
  return stopping_;
}

absl::Status StoreCore::MergeVocabularies() {
  RETURN_IF_ERROR(Writable());
  const std::lock_guard one(folding_);
  return MergeVocabulariesFolding();
}

// For whoever holds folding_: nobody else changes the vocabularies.
absl::Status StoreCore::MergeVocabulariesFolding() {
  for (;;) {
    const std::shared_ptr<const VocabularySet> set = dictionary_.vocabularies();
    const std::optional<std::vector<Vocabulary>> members = PlanDirectory(*set);
    if (!members) return absl::OkStatus();
    TermDirectory made;
    std::vector<TermDirectory> directories = WithDirectory(set->directories(), *members, made);
    TableSink sink(*database_, made.buckets > kMaxBatchBlocks);
    for (const TermDirectory& old : set->directories()) {  // ascending by number, all below the new one
      if (std::find(directories.begin(), directories.end(), old) != directories.end()) continue;
      for (uint64_t bucket = 0; bucket < old.buckets; ++bucket) {
        RETURN_IF_ERROR(sink.Delete(Family::kVocab, VocabularyBlockKey(old.number, bucket)));
      }
    }
    RETURN_IF_ERROR(BuildDirectory(*database_, *members, made, [this] { return IsStopping(); }, [&](uint64_t bucket, std::string_view bytes) {
      return sink.Put(Family::kVocab, VocabularyBlockKey(made.number, bucket), bytes);
    }));
    RETURN_IF_ERROR(sink.Put(Family::kMeta, kDirectoriesKey, EncodeDirectories(directories)));
    std::optional<VocabularySet> next = VocabularySet::Make(set->list(), std::move(directories));
    if (!next) return Internal("a term directory does not fit the vocabularies");
    RETURN_IF_ERROR(sink.Apply());
    dictionary_.SetVocabularies(*std::move(next));
  }
}

absl::Status StoreCore::BeginRebase(std::unique_lock<std::mutex>& folding) {
  RETURN_IF_ERROR(Fold());
  folding = std::unique_lock(folding_);
  AcquireTurn();
  // What was committed since is little; no writer can add to it now.
  const absl::StatusOr<std::shared_ptr<const StoreState>> frozen = FreezeHoldingTurn();
  absl::Status status = frozen.status();
  if (status.ok()) status = FoldFrozen(**frozen);
  if (!status.ok()) ReleaseTurn();
  return status;
}

absl::Status StoreCore::ReplaceBase(const std::function<absl::Status()>& apply, std::shared_ptr<const BaseIndex> base,
                                    uint64_t first_sequence, const Counters* counters) {
  const std::lock_guard apply_lock(apply_mutex_);
  RETURN_IF_ERROR(apply());
  const auto pin = std::make_shared<const Pin>(*database_);
  const std::lock_guard lock(state_mutex_);
  for (std::shared_ptr<const StoreState>* state : {&head_, &published_}) {
    auto next = std::make_shared<StoreState>(**state);
    next->base = base;
    next->delta = next->delta.WithoutFrozen();
    next->first_sequence = first_sequence;
    next->pin = pin;
    if (counters != nullptr) next->counters = *counters;
    *state = std::move(next);
  }
  return absl::OkStatus();
}

}  // namespace dossier::graph
