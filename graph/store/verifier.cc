#include "graph/store/verifier.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

#include "absl/time/clock.h"
#include "graph/base/strings.h"
#include "graph/model/inline_value.h"
#include "graph/store/seal.h"
#include "graph/store/vocabulary.h"
#include "xxhash.h"

namespace dossier::graph {
namespace {

constexpr uint64_t kDefaultGraph = TermId::DefaultGraph().bits();
constexpr size_t kDecodeBatch = 4096;
constexpr int kManifestAttempts = 5;

std::string Hex(uint64_t bits) {
  char text[20];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(bits));
  return text;
}

std::string OrderName(Order order) { return Cat("order ", kOrderNames[static_cast<size_t>(order)]); }

rocksdb::ReadOptions ReadAt(const StoreState& state) {
  rocksdb::ReadOptions options;
  options.snapshot = state.pin->get();
  options.fill_cache = false;
  return options;
}

}  // namespace

void Verifier::Problem(std::string text) {
  if (report_.problems.size() < options_.max_problems) report_.problems.push_back(std::move(text));
}

bool Verifier::Fine(const absl::Status& status, std::string_view where) {
  if (!status.ok()) Problem(Cat(where, ": ", MessageOf(status)));
  return status.ok();
}

bool Verifier::Stopped() const {
  return report_.problems.size() >= options_.max_problems || (options_.cancelled != nullptr && options_.cancelled->load());
}

absl::StatusOr<VerifyReport> Verifier::Run() {
  report_.quads = state_->counters.quads;
  report_.blocks = state_->base->blocks();
  report_.delta_changes = state_->delta.changes();
  CheckFiles();
  CheckKeys();
  CheckOrdersAgree();
  if (!Stopped()) CheckDelta();
  if (!Stopped()) CheckIds();
  if (!Stopped()) CheckTerms();
  if (!Stopped()) CheckVocabularies();
  if (options_.cancelled != nullptr && options_.cancelled->load()) return Cancelled("interrupted");
  return std::move(report_);
}

void Verifier::CheckFiles() {
  const Seal seal = ReadSeal(db_.directory);
  if (seal.damaged) Problem(Cat("files: ", kLastLogFile, " is damaged; the next program that opens the database for writing makes it anew"));
  for (const std::string& broken : BrokenSeals(db_.directory, seal, Seals::kAll)) Problem(Cat("files: ", broken));
  std::string manifest = CheckManifest(db_.directory);
  for (int attempt = 1; !manifest.empty() && attempt < kManifestAttempts; ++attempt) {
    absl::SleepFor(absl::Milliseconds(50));  // a writer may be in the middle of a record
    manifest = CheckManifest(db_.directory);
  }
  if (!manifest.empty()) Problem(Cat("files: ", manifest));
  CheckTables();
}

void Verifier::CheckTables() {
  for (const rocksdb::Status& status : {db_.db->VerifyFileChecksums(rocksdb::ReadOptions()), db_.db->VerifyChecksum(rocksdb::ReadOptions())}) {
    files_vanished_ |= status.IsPathNotFound() || status.subcode() == rocksdb::Status::kPathNotFound;
    Fine(db_.Check(status), "files");
  }
}

// The families blocks and index have the same keys.
void Verifier::CheckKeys() {
  const rocksdb::ReadOptions options = ReadAt(*state_);
  const std::unique_ptr<rocksdb::Iterator> blocks(db_.db->NewIterator(options, db_.family(Family::kBlocks)));
  const std::unique_ptr<rocksdb::Iterator> index(db_.db->NewIterator(options, db_.family(Family::kIndex)));
  blocks->SeekToFirst();
  index->SeekToFirst();
  while (blocks->Valid() && index->Valid() && !Stopped()) {
    const int order = blocks->key().compare(index->key());
    if (order != 0) Problem(order < 0 ? "blocks: a block without a record in the index" : "index: a record without a block");
    if (order <= 0) blocks->Next();
    if (order >= 0) index->Next();
  }
  Fine(db_.Check(blocks->status()), "blocks");
  Fine(db_.Check(index->status()), "index");
  if (Stopped()) return;
  if (blocks->Valid()) Problem("blocks: a block without a record in the index");
  if (index->Valid()) Problem("index: a record without a block");
}

void Verifier::CheckBlock(Order order, size_t number, std::string_view bytes, Digest& all, Digest& named) {
  const OrderIndex& index = state_->base->of(order);
  const std::string where = Cat(OrderName(order), ": block ", number);
  const std::optional<Block> block = Block::Parse(bytes);
  if (!block) return Problem(Cat(where, " is malformed"));
  if (!block->HashMatches()) Problem(Cat(where, " has a wrong checksum"));
  std::vector<QuadKey> rows;
  rows.reserve(block->size());
  StripColumns columns;
  for (size_t strip = 0; strip < block->strips(); ++strip) {
    if (!block->Unpack(strip, columns)) return Problem(Cat(where, " is malformed"));
    if (columns.Row(0) != block->FirstOf(strip)) Problem(Cat(where, ": its directory is wrong"));
    for (size_t i = 0; i < block->StripSize(strip); ++i) rows.push_back(columns.Row(i));
  }
  for (size_t i = 1; i < rows.size(); ++i) {
    if (!(rows[i - 1] < rows[i])) return Problem(Cat(where, " is not in order"));
  }
  std::string again;
  BlockRecord record;
  PackBlock(rows.data(), rows.size(), GraphColumn(order), again, record);
  record.hash = index[number].hash;  // packed by another version, perhaps
  record.bytes = static_cast<uint32_t>(bytes.size());
  if (record != index[number]) Problem(Cat(where, ": its record in the index is wrong"));
  uint64_t hash = 0;
  std::memcpy(&hash, bytes.data() + bytes.size() - sizeof hash, sizeof hash);
  if (hash != index[number].hash) Problem(Cat(where, ": its checksum differs from that in the index"));
  for (const QuadKey& row : rows) {
    const QuadColumns quad = FromKey(row, order);
    const uint64_t quad_hash = XXH3_64bits(quad.data(), sizeof quad);
    ++all.quads;
    all.hash += quad_hash;
    if (quad[3] != kDefaultGraph) {
      ++named.quads;
      named.hash += quad_hash;
    }
    if (order != Order::kSpo) continue;
    for (const uint64_t bits : quad) NoteId(bits);
  }
}

void Verifier::CheckOrder(Order order, Digest& all, Digest& named) {
  const OrderIndex& index = state_->base->of(order);
  rocksdb::PinnableSlice bytes;
  for (size_t i = 0; i < index.size() && !Stopped(); ++i) {
    bytes.Reset();
    const absl::Status status = db_.Check(
        db_.db->Get(ReadAt(*state_), db_.family(Family::kBlocks), ToSlice(BlockKey(order, index[i].first)), &bytes));
    if (Fine(status, Cat(OrderName(order), ": block ", i))) CheckBlock(order, i, FromSlice(bytes), all, named);
  }
}

void Verifier::CheckOrdersAgree() {
  std::array<Digest, kOrders> all, named;
  for (size_t i = 0; i < kOrders; ++i) CheckOrder(static_cast<Order>(i), all[i], named[i]);
  if (Stopped()) return;
  for (size_t i = 1; i < kTripleOrders; ++i) {
    if (all[i] == all[0]) continue;
    Problem(Cat(OrderName(static_cast<Order>(i)), ": ", all[i].quads, " quads that are not the ", all[0].quads, " of order spo"));
  }
  if (all[6] != named[0]) Problem(Cat("order gspo: ", all[6].quads, " quads that are not the ", named[0].quads, " of named graphs in order spo"));
  const uint64_t expected = all[0].quads + static_cast<uint64_t>(state_->delta.Sum(Order::kSpo, {}, kLastKey).first);
  if (expected != state_->counters.quads) {
    Problem(Cat("counters: they say ", state_->counters.quads, " quads, there are ", expected));
  }
}

// Each change of a record changes something, after the records before it.
void Verifier::CheckDelta() {
  const std::unique_ptr<rocksdb::Iterator> it(db_.db->NewIterator(ReadAt(*state_), db_.family(Family::kDelta)));
  Delta before;
  for (it->SeekToFirst(); it->Valid() && !Stopped(); it->Next()) {
    std::optional<std::vector<DeltaChange>> changes = DecodeChanges(FromSlice(it->value()));
    if (!changes) return Problem("delta: a malformed record");
    QuadView view = state_->View(db_);
    view.delta = &before;
    RangeReader reader(view, Order::kSpo);
    for (const DeltaChange& change : *changes) {
      const absl::StatusOr<bool> in_base = reader.BaseHas(change.key);
      if (!Fine(in_base.status(), "delta")) return;
      const bool there = (*in_base ? 1 : 0) + before.SignOf(change.key) > 0;
      if (there == (change.sign > 0)) Problem(Cat("delta: record ", GetBigEndian(it->key().data()), " has a change that changes nothing"));
      for (const uint64_t bits : change.key) NoteId(bits);
    }
    before = before.With(std::make_shared<const DeltaRun>(*std::move(changes)));
  }
  Fine(db_.Check(it->status()), "delta");
}

void Verifier::NoteId(uint64_t bits) {
  const TermId id = TermId::FromBits(bits);
  if (!IsDictionaryTag(id.tag())) {
    if (bits != kDefaultGraph && !InlineTerm(id)) Problem(Cat("quads: the id ", Hex(bits), " stands for no term"));
    return;
  }
  if (ids_.empty() || ids_.back() != bits) ids_.push_back(bits);
  if (ids_.size() >= compact_at_) CompactIds();
}

void Verifier::CompactIds() {
  std::sort(ids_.begin(), ids_.end());
  ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
  compact_at_ = std::max<size_t>(1u << 20, 2 * ids_.size());
}

// Every id of a quad has a term.
void Verifier::CheckIds() {
  CompactIds();
  std::vector<Term> terms;
  std::vector<TermId> batch;
  for (size_t begin = 0; begin < ids_.size() && !Stopped(); begin += kDecodeBatch) {
    batch.clear();
    for (size_t i = begin; i < std::min(ids_.size(), begin + kDecodeBatch); ++i) batch.push_back(TermId::FromBits(ids_[i]));
    if (core_.dictionary().Decode(batch, terms).ok()) continue;
    for (const TermId id : batch) Fine(core_.dictionary().Decode({&id, 1}, terms), "dictionary");
  }
  for (const uint64_t bits : ids_) {
    const TermId id = TermId::FromBits(bits);
    if (id.payload() >= state_->counters.next[CounterOf(id.tag())]) Problem(Cat("counters: the id ", Hex(bits), " is in use and not counted"));
  }
}

// Every term is found under its id and no other.
void Verifier::CheckTerms() {
  const std::unique_ptr<rocksdb::Iterator> it(db_.db->NewIterator(ReadAt(*state_), db_.family(Family::kTerms)));
  uint64_t terms = 0;
  for (it->SeekToFirst(); it->Valid() && !Stopped(); it->Next(), ++terms) {
    if (it->key().size() != 8) return Problem("dictionary: a malformed key in terms");
    const TermId id = TermId::FromBits(GetBigEndian(it->key().data()));
    const std::string_view encoded = FromSlice(it->value());
    if (!IsDictionaryTag(id.tag()) || (!DecodeTripleTerm(encoded) && !DecodeTerm(encoded))) {
      Problem(Cat("dictionary: the term ", Hex(id.bits()), " is malformed"));
      continue;
    }
    const auto place = core_.dictionary().Locate(KeyBytes(encoded), id.tag(), state_->pin->get());
    if (!Fine(place.status(), Cat("dictionary: term ", Hex(id.bits())))) continue;
    if (place->id != id) Problem(Cat("dictionary: the term ", Hex(id.bits()), " is found under the id ", Hex(place->id.bits())));
  }
  Fine(db_.Check(it->status()), "dictionary: terms");
  report_.terms += terms;
  if (!Stopped()) CheckIdsFamily(terms);
}

void Verifier::CheckIdsFamily(uint64_t terms) {
  const std::unique_ptr<rocksdb::Iterator> it(db_.db->NewIterator(ReadAt(*state_), db_.family(Family::kIds)));
  uint64_t ids = 0;
  for (it->SeekToFirst(); it->Valid() && !Stopped(); it->Next()) ++ids;
  Fine(db_.Check(it->status()), "dictionary: ids");
  if (!Stopped() && ids != terms) Problem(Cat("dictionary: ", ids, " entries in ids for ", terms, " terms"));
}

void Verifier::CheckVocabularies() {
  const auto set = core_.dictionary().vocabularies();
  for (const Vocabulary& vocabulary : set->list()) {
    const bool others = std::count_if(set->list().begin(), set->list().end(), [&](const Vocabulary& other) {
                          return other.first.tag() == vocabulary.first.tag();
                        }) > 1;
    if (!Stopped()) CheckVocabulary(vocabulary, others);
  }
  for (const TermDirectory& directory : set->directories()) {
    if (!Stopped()) CheckDirectory(directory);
  }
  if (!Stopped()) CheckVocabularyKeys();
}

// Its buckets are those that its members give.
void Verifier::CheckDirectory(const TermDirectory& directory) {
  const std::string where = Cat("term directory ", directory.number);
  const auto set = core_.dictionary().vocabularies();
  std::vector<Vocabulary> members;
  uint64_t terms = 0;
  for (const uint64_t number : directory.members) {
    for (const Vocabulary& vocabulary : set->list()) {
      if (vocabulary.number != number) continue;
      members.push_back(vocabulary);
      terms += vocabulary.count;
    }
  }
  if (terms != directory.terms) return Problem(Cat(where, ": it should have ", terms, " terms and has ", directory.terms));
  rocksdb::PinnableSlice found;
  Fine(BuildDirectory(db_, members, directory, [this] { return Stopped(); }, [&](uint64_t bucket, std::string_view expected) -> absl::Status {
    found.Reset();
    RETURN_IF_ERROR(db_.Check(
        db_.db->Get(ReadAt(*state_), db_.family(Family::kVocab), ToSlice(VocabularyBlockKey(directory.number, bucket)), &found)));
    return FromSlice(found) == expected ? absl::OkStatus() : DataLoss(Cat("bucket ", bucket, " is wrong"));
  }), where);
}

// There are blocks and buckets of those vocabularies and directories, and no others.
void Verifier::CheckVocabularyKeys() {
  const auto set = core_.dictionary().vocabularies();
  uint64_t blocks = 0, buckets = 0;
  for (const Vocabulary& vocabulary : set->list()) blocks += (vocabulary.count + kVocabularyBlock - 1) / kVocabularyBlock;
  for (const TermDirectory& directory : set->directories()) buckets += directory.buckets;
  for (const auto& [family, expected] : {std::pair(Family::kVocab, blocks + buckets), std::pair(Family::kVocabKeys, blocks)}) {
    const std::unique_ptr<rocksdb::Iterator> it(db_.db->NewIterator(ReadAt(*state_), db_.family(family)));
    uint64_t keys = 0;
    for (it->SeekToFirst(); it->Valid() && !Stopped(); it->Next()) ++keys;
    if (!Fine(db_.Check(it->status()), "vocabularies") || Stopped() || keys == expected) continue;
    Problem(Cat("vocabularies: ", keys, " entries in ", kFamilyNames[static_cast<size_t>(family)], " where ", expected, " belong"));
  }
}

// The terms ascend and are found by search; with other vocabularies of the kind, in this one only.
void Verifier::CheckVocabulary(const Vocabulary& vocabulary, bool others) {
  const std::string where = Cat("vocabulary ", vocabulary.number);
  std::string last;
  uint64_t index = 0;
  rocksdb::PinnableSlice bytes;
  for (uint64_t block = 0; index < vocabulary.count && !Stopped(); ++block) {
    bytes.Reset();
    const absl::Status status = db_.Check(
        db_.db->Get(ReadAt(*state_), db_.family(Family::kVocab), ToSlice(VocabularyBlockKey(vocabulary.number, block)), &bytes));
    if (!Fine(status, Cat(where, ": block ", block))) return;
    VocabularyBlock terms(FromSlice(bytes));
    std::string_view encoded;
    for (uint64_t i = 0; terms.Next(encoded); ++i, ++index) {
      const std::string key = KeyBytes(encoded);
      const TermId id = TermId::FromBits(vocabulary.first.bits() + index);
      if (!DecodeTripleTerm(encoded) && !DecodeTerm(encoded)) Problem(Cat(where, ": term ", index, " is malformed"));
      if (index > 0 && !(last < key)) Problem(Cat(where, ": term ", index, " is not in order"));
      if (i == 0 || others) {
        const auto place = core_.dictionary().Locate(key, id.tag(), state_->pin->get());
        if (!Fine(place.status(), where)) return;
        if (place->id != id) Problem(Cat(where, ": the term ", Hex(id.bits()), " is found under the id ", Hex(place->id.bits())));
      }
      last = key;
    }
    const uint64_t expected = std::min(vocabulary.count, (block + 1) * kVocabularyBlock);
    if (terms.malformed() || index != expected) return Problem(Cat(where, ": block ", block, " is malformed"));
  }
  report_.terms += index;
}

}  // namespace dossier::graph
