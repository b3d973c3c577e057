// Sorted vocabularies: the terms that a bulk load brought, front-coded in blocks. See "Vocabularies" in docs/storage_format.md.
// Internal to graph/store.
//
//   VocabularyWriter writer(number, sink);
//   RETURN_IF_ERROR(writer.Add(encoded));                     // ascending by key bytes
//   RETURN_IF_ERROR(writer.Finish());
//   ASSIGN_OR_RETURN(TermId id, FindInVocabulary(database, snapshot, vocabulary, key_bytes));
//
// Thread-safe, but for the writer.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/model/term_id.h"
#include "graph/store/rocks_util.h"
#include "graph/store/table_sink.h"

namespace dossier::graph {

inline constexpr uint64_t kVocabularyBlock = 64;

struct Vocabulary {
  TermId first;  // of consecutive ids
  uint64_t count = 0;
  uint64_t number = 0;
  bool Has(TermId id) const { return id.bits() - first.bits() < count; }
};

std::string EncodeVocabularies(const std::vector<Vocabulary>& vocabularies);
std::optional<std::vector<Vocabulary>> DecodeVocabularies(std::string_view bytes);

std::string VocabularyBlockKey(uint64_t number, uint64_t block);

// The terms of one block, one after the other.
class VocabularyBlock {
 public:
  explicit VocabularyBlock(std::string_view bytes) : rest_(bytes) {}
  // The next stored term, valid until the next call; nothing at the end or where the block is malformed.
  bool Next(std::string_view& encoded);
  bool malformed() const { return malformed_; }

 private:
  std::string_view rest_;
  std::string term_;
  bool malformed_ = false;
};

class VocabularyWriter {
 public:
  VocabularyWriter(uint64_t number, TableSink& sink) : number_(number), sink_(sink) {}
  absl::Status Add(std::string_view encoded, std::string_view key_bytes);
  absl::Status Finish();
  uint64_t count() const { return count_; }

 private:
  const uint64_t number_;
  TableSink& sink_;
  uint64_t count_ = 0;
  std::string block_, last_, last_key_;
};

// The id of the term with these key bytes, or Unbound().
absl::StatusOr<TermId> FindInVocabulary(const Database& database, const rocksdb::Snapshot* snapshot, const Vocabulary& vocabulary,
                                        std::string_view key_bytes);

// Calls `found` for each stored term, ascending. DataLoss unless there are as many as there should be.
absl::Status ForEachTerm(const Database& database, const Vocabulary& vocabulary, const std::function<absl::Status(std::string_view)>& found);

// Calls `found(i, encoded)` for each ids[i] (ascending, without repeats, all of `vocabulary`).
absl::Status ReadFromVocabulary(const Database& database, const Vocabulary& vocabulary, const TermId* ids, size_t n,
                                const std::function<absl::Status(size_t, std::string_view)>& found);

}  // namespace dossier::graph
