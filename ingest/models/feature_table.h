// A linear multi-class classifier over hashed features: one row of small weights for each feature, one weight
// for each label.
//
//   ASSIGN_OR_RETURN(FeatureTable table, FeatureTable::FromBytes(file.Section("tagger")));
//   std::array<int16_t, FeatureTable::kMaxLabels> scores;
//   table.Score(hashes, scores.data());                 // scores[label] = sum over the features' rows
//
// Features are 64-bit hashes (HashFeature); those unknown to the table count nothing. Rows are sparse (label,
// weight) lists or dense arrays of int8, whichever is shorter, found through an open-addressed table of
// 32-bit fingerprints. Borrows its bytes; immutable; thread-safe. FromBytes checks every offset, so that no
// file can make Score() read outside it.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "absl/types/span.h"
#include "graph/base/status.h"

namespace dossier::ingest {

// The hash of a feature: its template's number and up to a few components, in order. Part of the model
// format: never change it without raising the format's version.
inline uint64_t HashStep(uint64_t hash, uint64_t component) {
  hash = (hash ^ component) * 0x9E3779B97F4A7C15ull;
  return hash ^ (hash >> 29);
}
template <typename... Components>
uint64_t HashFeature(uint32_t feature_template, Components... components) {
  uint64_t hash = (uint64_t{feature_template} + 1) * 0xD6E8FEB86659FD93ull;
  ((hash = HashStep(hash, static_cast<uint64_t>(components))), ...);
  return hash;
}
// Stable 64-bit hash of a string.
uint64_t HashString(std::string_view s);

class FeatureTable {
 public:
  static constexpr size_t kMaxLabels = 240;
  static constexpr size_t kMaxFeatures = 250;  // 250 * 127 still fits int16

  // `bytes` must start at a multiple of 16 in memory and outlive the table.
  static absl::StatusOr<FeatureTable> FromBytes(std::string_view bytes);

  size_t label_count() const { return label_count_; }
  // Fills scores[0, label_count() rounded up to 16). At most kMaxFeatures features.
  void Score(absl::Span<const uint64_t> features, int16_t* scores) const;

 private:
  friend class FeatureTableBuilder;
  struct Bucket {
    uint32_t fingerprint;
    uint32_t row;  // 0: empty; else 1 + number of the dense row, or kSparse | offset into sparse_
  };
  static constexpr uint32_t kSparse = 0x80000000u;
  struct Header {
    uint32_t label_count;
    uint32_t buckets;
    uint32_t dense_rows;
    uint32_t sparse_bytes;
  };

  // Where the search for `feature` starts among `buckets`.
  static size_t FirstBucket(uint64_t feature, uint32_t buckets) { return ((feature >> 32) * buckets) >> 32; }
  absl::Status CheckRows() const;

  size_t label_count_ = 0;
  size_t row_bytes_ = 0;  // label_count_ rounded up to 16
  uint32_t bucket_count_ = 0;
  const Bucket* buckets_ = nullptr;
  const int8_t* dense_ = nullptr;
  const uint8_t* sparse_ = nullptr;
  size_t dense_rows_ = 0;
  size_t sparse_size_ = 0;
};

}  // namespace dossier::ingest
