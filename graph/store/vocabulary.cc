#include "graph/store/vocabulary.h"

#include <algorithm>

#include "graph/base/status.h"
#include "graph/base/strings.h"
#include "graph/store/term_codec.h"

namespace dossier::graph {
namespace {

void AppendVarint(size_t n, std::string& out) {
  for (; n >= 0x80; n >>= 7) out.push_back(static_cast<char>((n & 0x7F) | 0x80));
  out.push_back(static_cast<char>(n));
}

bool TakeVarint(std::string_view& in, size_t& n) {
  n = 0;
  for (int shift = 0; shift < 35 && !in.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(in[0]);
    in.remove_prefix(1);
    n |= static_cast<size_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

size_t SharedPrefix(std::string_view a, std::string_view b) {
  return static_cast<size_t>(std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(std::min(a.size(), b.size())), b.begin()).first -
                             a.begin());
}

std::string NumberKey(uint64_t number) {
  std::string key(8, '\0');
  PutBigEndian(number, key.data());
  return key.substr(4);
}

absl::Status Malformed(const Database& database) {
  return DataLoss(Cat("database ", database.directory, ": malformed block of a vocabulary"));
}

}  // namespace

std::string EncodeVocabularies(const std::vector<Vocabulary>& vocabularies) {
  std::string out(24 * vocabularies.size(), '\0');
  char* at = out.data();
  for (const Vocabulary& vocabulary : vocabularies) {
    for (const uint64_t number : {vocabulary.first.bits(), vocabulary.count, vocabulary.number}) {
      PutBigEndian(number, at);
      at += 8;
    }
  }
  return out;
}

std::optional<std::vector<Vocabulary>> DecodeVocabularies(std::string_view bytes) {
  if (bytes.size() % 24 != 0) return std::nullopt;
  std::vector<Vocabulary> vocabularies;
  for (; !bytes.empty(); bytes.remove_prefix(24)) {
    const Vocabulary vocabulary{TermId::FromBits(GetBigEndian(bytes.data())), GetBigEndian(bytes.data() + 8),
                                GetBigEndian(bytes.data() + 16)};
    if (!IsDictionaryTag(vocabulary.first.tag()) || vocabulary.count == 0) return std::nullopt;
    if (!vocabularies.empty() && vocabulary.first.bits() - vocabularies.back().first.bits() < vocabularies.back().count) return std::nullopt;
    vocabularies.push_back(vocabulary);
  }
  return vocabularies;
}

std::string VocabularyBlockKey(uint64_t number, uint64_t block) { return NumberKey(number) + NumberKey(block); }

bool VocabularyBlock::Next(std::string_view& encoded) {
  if (rest_.empty() || malformed_) return false;
  size_t shared = 0, length = 0;
  if (!TakeVarint(rest_, shared) || !TakeVarint(rest_, length) || shared > term_.size() || length > rest_.size()) {
    malformed_ = true;
    return false;
  }
  term_.resize(shared);
  term_.append(rest_.substr(0, length));
  rest_.remove_prefix(length);
  encoded = term_;
  return true;
}

absl::Status VocabularyWriter::Add(std::string_view encoded, std::string_view key_bytes) {
  if (count_ % kVocabularyBlock == 0) {
    RETURN_IF_ERROR(Finish());
    const std::string_view separator = count_ == 0 ? "" : key_bytes.substr(0, SharedPrefix(last_key_, key_bytes) + 1);
    const uint64_t block = count_ / kVocabularyBlock;
    RETURN_IF_ERROR(sink_.Put(Family::kVocabKeys, Cat(NumberKey(number_), separator), NumberKey(block)));
    last_.clear();
  }
  const size_t shared = SharedPrefix(last_, encoded);
  AppendVarint(shared, block_);
  AppendVarint(encoded.size() - shared, block_);
  block_.append(encoded.substr(shared));
  last_ = encoded;
  last_key_ = key_bytes;
  ++count_;
  return absl::OkStatus();
}

absl::Status VocabularyWriter::Finish() {
  if (block_.empty()) return absl::OkStatus();
  RETURN_IF_ERROR(sink_.Put(Family::kVocab, VocabularyBlockKey(number_, (count_ - 1) / kVocabularyBlock), block_));
  block_.clear();
  return absl::OkStatus();
}

absl::StatusOr<TermId> FindInVocabulary(const Database& database, const rocksdb::Snapshot* snapshot, const Vocabulary& vocabulary,
                                        std::string_view key_bytes) {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot;
  const std::string prefix = NumberKey(vocabulary.number);
  const std::string target = prefix + std::string(key_bytes);
  uint64_t block = 0;
  {
    const std::unique_ptr<rocksdb::Iterator> it(database.db->NewIterator(options, database.family(Family::kVocabKeys)));
    it->SeekForPrev(ToSlice(target));
    RETURN_IF_ERROR(database.Check(it->status()));
    if (!it->Valid() || !it->key().starts_with(ToSlice(prefix))) return TermId::Unbound();  // not there yet for this snapshot
    if (it->value().size() != 4) return Malformed(database);
    for (size_t i = 0; i < 4; ++i) block = block << 8 | static_cast<unsigned char>(it->value()[i]);
  }
  rocksdb::PinnableSlice bytes;
  const rocksdb::Status status =
      database.db->Get(options, database.family(Family::kVocab), ToSlice(VocabularyBlockKey(vocabulary.number, block)), &bytes);
  if (status.IsNotFound()) return Malformed(database);
  RETURN_IF_ERROR(database.Check(status));
  VocabularyBlock terms(FromSlice(bytes));
  uint64_t index = block * kVocabularyBlock;
  for (std::string_view encoded; terms.Next(encoded); ++index) {
    const bool same = HasLanguage(encoded) ? KeyBytes(encoded) == key_bytes : encoded == key_bytes;
    if (same && index < vocabulary.count) return TermId::FromBits(vocabulary.first.bits() + index);
  }
  if (terms.malformed()) return Malformed(database);
  return TermId::Unbound();
}

absl::Status ForEachTerm(const Database& database, const Vocabulary& vocabulary, const std::function<absl::Status(std::string_view)>& found) {
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  const std::unique_ptr<rocksdb::Iterator> it(database.db->NewIterator(options, database.family(Family::kVocab)));
  uint64_t index = 0;
  it->Seek(ToSlice(VocabularyBlockKey(vocabulary.number, 0)));
  for (uint64_t block = 0; index < vocabulary.count; ++block) {
    if (!it->Valid()) RETURN_IF_ERROR(database.Check(it->status()));
    if (!it->Valid() || FromSlice(it->key()) != VocabularyBlockKey(vocabulary.number, block)) return Malformed(database);
    VocabularyBlock terms(FromSlice(it->value()));
    for (std::string_view encoded; terms.Next(encoded); ++index) RETURN_IF_ERROR(found(encoded));
    if (terms.malformed() || index != std::min(vocabulary.count, (block + 1) * kVocabularyBlock)) return Malformed(database);
    it->Next();
  }
  return absl::OkStatus();
}

absl::Status ReadFromVocabulary(const Database& database, const Vocabulary& vocabulary, const TermId* ids, size_t n,
                                const std::function<absl::Status(size_t, std::string_view)>& found) {
  rocksdb::PinnableSlice bytes;
  for (size_t i = 0; i < n;) {
    const uint64_t block = (ids[i].bits() - vocabulary.first.bits()) / kVocabularyBlock;
    bytes.Reset();
    const rocksdb::Status status = database.db->Get(rocksdb::ReadOptions(), database.family(Family::kVocab),
                                                    ToSlice(VocabularyBlockKey(vocabulary.number, block)), &bytes);
    if (status.IsNotFound()) return Malformed(database);
    RETURN_IF_ERROR(database.Check(status));
    VocabularyBlock terms(FromSlice(bytes));
    uint64_t index = block * kVocabularyBlock;
    const uint64_t end = index + kVocabularyBlock;
    for (std::string_view encoded; i < n && ids[i].bits() - vocabulary.first.bits() < end; ++i, ++index) {
      const uint64_t wanted = ids[i].bits() - vocabulary.first.bits();
      bool there = terms.Next(encoded);
      for (; there && index < wanted; ++index) there = terms.Next(encoded);
      if (!there) return Malformed(database);
      RETURN_IF_ERROR(found(i, encoded));
    }
  }
  return absl::OkStatus();
}

}  // namespace dossier::graph
