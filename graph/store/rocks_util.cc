#include "graph/store/rocks_util.h"

#include "graph/base/status.h"
#include "graph/base/strings.h"
#include "graph/store/testing_env.h"
#include "rocksdb/cache.h"
#include "rocksdb/env.h"
#include "rocksdb/file_checksum.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/listener.h"
#include "rocksdb/slice_transform.h"
#include "rocksdb/table.h"

namespace dossier::graph {
namespace {

// RocksDB writes megabytes of notes into its LOG files; errors reach us as statuses anyway.
class SilentLogger : public rocksdb::Logger {
 public:
  SilentLogger() : rocksdb::Logger(rocksdb::InfoLogLevel::FATAL_LEVEL) {}
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

// After an error RocksDB would try again by itself, every five seconds and only when the disk has room for all its write buffers (about
// 1 GiB), and call DB::Resume() busy meanwhile. StoreImpl::Begin() resumes at once instead.
class NoOwnRecovery : public rocksdb::EventListener {
 public:
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason, rocksdb::Status, bool* auto_recovery) override { *auto_recovery = false; }
};

rocksdb::BlockBasedTableOptions TableOptions(const std::shared_ptr<rocksdb::Cache>& cache, bool filter) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.block_size = 16 * 1024;
  table.cache_index_and_filter_blocks = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  table.format_version = 5;
  if (filter) table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10, false));
  return table;
}

}  // namespace

std::string Counters::Encode() const {
  std::string bytes(8 * (1 + next.size()), '\0');
  PutBigEndian(quads, bytes.data());
  for (size_t i = 0; i < next.size(); ++i) PutBigEndian(next[i], bytes.data() + 8 * (i + 1));
  return bytes;
}

bool Counters::Decode(std::string_view bytes) {
  if (bytes.size() != 8 * (1 + next.size())) return false;
  quads = GetBigEndian(bytes.data());
  for (size_t i = 0; i < next.size(); ++i) next[i] = GetBigEndian(bytes.data() + 8 * (i + 1));
  return true;
}

rocksdb::Status Database::Close() {
  if (db == nullptr) return rocksdb::Status::OK();
  for (rocksdb::ColumnFamilyHandle* handle : handles) db->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  handles.clear();
  rocksdb::Status status = db->Close();
  db.reset();
  return status;
}

absl::Status Database::Check(const rocksdb::Status& status) const { return FromRocks(status, directory); }

rocksdb::DBOptions DatabaseOptions() {
  rocksdb::DBOptions options;
  options.env = TestingEnvOr(options.env);
  options.info_log = std::make_shared<SilentLogger>();
  options.listeners.push_back(std::make_shared<NoOwnRecovery>());
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  options.max_background_jobs = 2;
  options.max_open_files = -1;
  options.skip_stats_update_on_db_open = true;
  options.skip_checking_sst_file_sizes_on_db_open = false;
  options.avoid_flush_during_recovery = true;
  options.db_write_buffer_size = 256u << 20;
  options.max_total_wal_size = 64u << 20;
  // Every commit is synced, so only the last record can be torn: anything else unreadable is a loss that must be reported.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.track_and_verify_wals_in_manifest = true;
  // Every byte of a table or blob file counts, those that no block's checksum covers too: `verify` reads them all.
  options.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
  return options;
}

std::vector<rocksdb::ColumnFamilyDescriptor> FamilyDescriptors(size_t cache_bytes) {
  const std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(cache_bytes);
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (size_t i = 0; i < kFamilies; ++i) {
    rocksdb::ColumnFamilyOptions options;
    const auto family = static_cast<Family>(i);
    options.compression = family == Family::kBlocks ? rocksdb::kNoCompression : rocksdb::kLZ4Compression;
    options.write_buffer_size = 64u << 20;
    options.level_compaction_dynamic_level_bytes = true;
    options.enable_blob_files = family == Family::kTerms;
    options.min_blob_size = kLargeTerm;
    // Lookups of what is not there happen for new terms only.
    const bool filter = family == Family::kIds;
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(TableOptions(cache, filter)));
    descriptors.emplace_back(kFamilyNames[i], options);
  }
  return descriptors;
}

absl::Status FromRocks(const rocksdb::Status& status, std::string_view directory) {
  if (status.ok()) return absl::OkStatus();
  const std::string message = Cat("database ", directory, ": ", status.ToString());
  if (status.IsCorruption()) return DataLoss(message);
  if (status.IsNoSpace() || status.subcode() == rocksdb::Status::kNoSpace) return ResourceExhausted(message);
  if (status.IsPathNotFound() || status.subcode() == rocksdb::Status::kPathNotFound) return DataLoss(message);
  if (status.IsMemoryLimit()) return ResourceExhausted(message);
  return Internal(message);
}

}  // namespace dossier::graph
