// Snapshot over the quad families, and its cursor. Internal to graph/store: use store.h.
#pragma once

#include <memory>
#include <vector>

#include "graph/store/dictionary.h"
#include "graph/store/quad_key.h"
#include "graph/store/rocks_util.h"
#include "graph/store/store.h"

namespace dossier::graph {

// RocksDB's snapshot, released with the last Snapshot or Cursor that uses it.
class Pin {
 public:
  explicit Pin(const Database& database) : db_(database), snapshot_(database.db->GetSnapshot()) {}
  Pin(const Pin&) = delete;
  Pin& operator=(const Pin&) = delete;
  ~Pin() {
    if (snapshot_ != nullptr) db_.db->ReleaseSnapshot(snapshot_);
  }
  const Database& database() const { return db_; }
  const rocksdb::Snapshot* get() const { return snapshot_; }

 private:
  const Database& db_;
  const rocksdb::Snapshot* snapshot_;
};

// Walks the keys of one range that pass its checks.
class RangeReader {
 public:
  RangeReader(const Pin& pin, KeyRange range);
  // The next quad; false at the end or after an error: see status().
  bool Next(QuadColumns& quad);
  absl::Status status() const;

 private:
  const Pin& pin_;
  KeyRange range_;
  std::string end_;
  rocksdb::Slice upper_bound_;
  std::unique_ptr<rocksdb::Iterator> it_;
  bool started_ = false;
  bool malformed_ = false;
};

class SnapshotImpl : public Snapshot {
 public:
  SnapshotImpl(const Database& database, const Dictionary& dictionary);

  absl::StatusOr<std::unique_ptr<Cursor>> Scan(const IdPattern& pattern, Order order) const override;
  Order BestOrder(const IdPattern& pattern, char first_free) const override { return ChooseOrder(pattern, first_free); }
  absl::Status ScanMany(const IdPattern& pattern, char column, absl::Span<const TermId> keys, std::vector<IdQuad>& out,
                        std::vector<uint32_t>& origin) const override;
  absl::StatusOr<uint64_t> Count(const IdPattern& pattern, uint64_t limit) const override;
  absl::StatusOr<TermId> Find(const Term& term) const override;
  absl::Status Decode(absl::Span<const TermId> ids, std::vector<Term>& terms) const override;
  uint64_t size() const override { return counters_.quads; }
  absl::StatusOr<std::vector<TermId>> NamedGraphs() const override;

  const Counters& counters() const { return counters_; }
  const absl::Status& status() const { return status_; }

 private:
  absl::Status ScanGraphs(IdPattern pattern, absl::Span<const TermId> keys, std::vector<IdQuad>& out,
                          std::vector<uint32_t>& origin) const;
  absl::StatusOr<uint64_t> Walk(const IdPattern& pattern, uint64_t limit) const;

  std::shared_ptr<const Pin> pin_;  // shared with the cursors, which may outlive the snapshot
  const Dictionary& dictionary_;
  Counters counters_;
  absl::Status status_;  // of reading the counters
};

}  // namespace dossier::graph
