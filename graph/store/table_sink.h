// Where a fold or a load puts its keys: a write batch when they are few, finished tables that the database takes over otherwise. Either way
// all becomes visible and durable in one atomic step. Internal to graph/store.
//
//   TableSink sink(database, /*tables=*/true);
//   RETURN_IF_ERROR(sink.Put(Family::kBlocks, key, value));      // ascending within a family
//   RETURN_IF_ERROR(sink.Apply());
//
// Tables that are not applied are removed. One thread a family at a time.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "graph/store/rocks_util.h"
#include "rocksdb/sst_file_writer.h"
#include "rocksdb/write_batch.h"

namespace dossier::graph {

class TableSink {
 public:
  TableSink(const Database& database, bool tables) : db_(database), tables_(tables) {}
  TableSink(const TableSink&) = delete;
  TableSink& operator=(const TableSink&) = delete;
  ~TableSink();

  absl::Status Put(Family family, std::string_view key, std::string_view value);
  absl::Status Delete(Family family, std::string_view key);
  // Takes over the tables of `other`, whose keys are apart from those here. Both write tables.
  absl::Status Absorb(TableSink& other);
  absl::Status Apply();
  uint64_t bytes() const { return bytes_; }

 private:
  struct Writer {
    std::unique_ptr<rocksdb::SstFileWriter> table;
    std::vector<std::string> finished;
    std::vector<std::string> checksums, checksum_names;  // of those that are finished
    uint64_t entries = 0;
  };
  absl::Status Prepare(Family family);
  absl::Status Finish(Writer& writer);
  absl::Status ApplyTables();

  const Database& db_;
  const bool tables_;
  std::array<Writer, kFamilies> writers_;
  rocksdb::WriteBatch batch_;
  uint64_t bytes_ = 0;
};

}  // namespace dossier::graph
