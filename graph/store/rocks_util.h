// What the store's files share about RocksDB: the column families, options, errors as absl::Status, big-endian numbers.
//
//   RETURN_IF_ERROR(FromRocks(db->Write(options, &batch), directory));
//
// Thread-safe: pure functions, except FamilySet, which is filled once.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "rocksdb/db.h"
#include "rocksdb/options.h"

namespace dossier::graph {

// Column families, in the order of their handles. kMeta is RocksDB's "default".
enum class Family : uint8_t { kMeta, kTerms, kIds, kVocab, kVocabKeys, kBlocks, kIndex, kDelta };
inline constexpr size_t kFamilies = 8;
inline constexpr std::array<const char*, kFamilies> kFamilyNames = {"default",    "terms",  "ids",   "vocab",
                                                                    "vocab_keys", "blocks", "index", "delta"};
// In the order of graph::Order.
inline constexpr std::array<const char*, 7> kOrderNames = {"spo", "sop", "pso", "pos", "osp", "ops", "gspo"};

// Terms longer than this are kept out of line.
inline constexpr size_t kLargeTerm = 4096;

// Keys of the meta family.
inline constexpr std::string_view kFormatKey = "format";
inline constexpr std::string_view kFormatValue = "dossier-quads-2";
inline constexpr std::string_view kCountersKey = "counters";
inline constexpr std::string_view kVocabulariesKey = "vocabularies";
inline constexpr std::string_view kDirectoriesKey = "directories";

// Persistent counters: one value, so that they change together.
struct Counters {
  uint64_t quads = 0;
  std::array<uint64_t, 4> next = {1, 1, 1, 1};  // next free number of blank nodes, IRIs, triple terms, literals

  std::string Encode() const;
  // False when `bytes` is no encoding of counters.
  bool Decode(std::string_view bytes);
};

// The database with its column families; destroying it closes everything.
struct Database {
  std::string directory;
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;  // owned by `db`'s closing, see the destructor

  Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database() { Close().PermitUncheckedError(); }
  rocksdb::Status Close();  // OK when it is closed already

  rocksdb::ColumnFamilyHandle* family(Family f) const { return handles[static_cast<size_t>(f)]; }
  // Where tables are written before the database takes them over.
  std::string load_directory() const { return directory + "/load"; }
  // `status` as ours, naming the directory.
  absl::Status Check(const rocksdb::Status& status) const;
};

rocksdb::DBOptions DatabaseOptions();
// Options of each family, sharing one block cache of `cache_bytes`.
std::vector<rocksdb::ColumnFamilyDescriptor> FamilyDescriptors(size_t cache_bytes);

// Corruption -> DataLoss, no space -> ResourceExhausted, the rest Internal; `directory` in the message.
absl::Status FromRocks(const rocksdb::Status& status, std::string_view directory);

inline void PutBigEndian(uint64_t value, char* out) {
  value = __builtin_bswap64(value);
  __builtin_memcpy(out, &value, sizeof value);
}
inline uint64_t GetBigEndian(const char* in) {
  uint64_t value = 0;
  __builtin_memcpy(&value, in, sizeof value);
  return __builtin_bswap64(value);
}

inline rocksdb::Slice ToSlice(std::string_view s) { return {s.data(), s.size()}; }
inline std::string_view FromSlice(const rocksdb::Slice& s) { return {s.data(), s.size()}; }

}  // namespace dossier::graph
