#include "ingest/models/feature_table.h"

#include <xxhash.h>

#include <cstring>

namespace dossier::ingest {
namespace {

using Bytes16 = int8_t __attribute__((vector_size(16)));
using Shorts16 = int16_t __attribute__((vector_size(32)));

size_t RoundUp16(size_t n) { return (n + 15) / 16 * 16; }

void AddDense(const int8_t* row, size_t size, int16_t* scores) {
  for (size_t i = 0; i < size; i += 16) {
    Bytes16 weights;
    Shorts16 sums;
    std::memcpy(&weights, row + i, sizeof weights);
    std::memcpy(&sums, scores + i, sizeof sums);
    sums += __builtin_convertvector(weights, Shorts16);
    std::memcpy(scores + i, &sums, sizeof sums);
  }
}

}  // namespace

uint64_t HashString(std::string_view s) { return XXH3_64bits(s.data(), s.size()); }

absl::StatusOr<FeatureTable> FeatureTable::FromBytes(std::string_view bytes) {
  Header header;
  if (bytes.size() < sizeof header) return DataLoss("feature table is missing");
  std::memcpy(&header, bytes.data(), sizeof header);
  FeatureTable table;
  table.label_count_ = header.label_count;
  table.row_bytes_ = RoundUp16(header.label_count);
  table.bucket_count_ = header.buckets;
  table.dense_rows_ = header.dense_rows;
  table.sparse_size_ = header.sparse_bytes;
  if (header.label_count == 0 || header.label_count > kMaxLabels || header.buckets == 0 ||
      header.buckets > 1u << 26) {
    return DataLoss("feature table has an impossible header");
  }
  const size_t bucket_bytes = size_t{header.buckets} * sizeof(Bucket);
  const size_t dense_bytes = table.dense_rows_ * table.row_bytes_;
  if (bytes.size() < sizeof header + bucket_bytes + dense_bytes + table.sparse_size_)
    return DataLoss("feature table is cut short");
  table.buckets_ = reinterpret_cast<const Bucket*>(bytes.data() + sizeof header);
  table.dense_ = reinterpret_cast<const int8_t*>(bytes.data() + sizeof header + bucket_bytes);
  table.sparse_ = reinterpret_cast<const uint8_t*>(table.dense_ + dense_bytes);
  RETURN_IF_ERROR(table.CheckRows());
  return table;
}

absl::Status FeatureTable::CheckRows() const {
  size_t empty = 0;
  for (size_t i = 0; i < bucket_count_; ++i) {
    const uint32_t row = buckets_[i].row;
    if (row == 0) {
      ++empty;
    } else if ((row & kSparse) == 0) {
      if (row > dense_rows_) return DataLoss("feature table has a dense row outside the table");
    } else {
      const size_t offset = row & ~kSparse;
      if (offset >= sparse_size_ || 2 * size_t{sparse_[offset]} + 1 > sparse_size_ - offset) {
        return DataLoss("feature table has a sparse row outside the table");
      }
      for (size_t k = 0; k < sparse_[offset]; ++k) {
        if (sparse_[offset + 1 + 2 * k] >= label_count_)
          return DataLoss("feature table has an unknown label");
      }
    }
  }
  return empty == 0 ? DataLoss("feature table has no empty bucket") : absl::OkStatus();
}

void FeatureTable::Score(absl::Span<const uint64_t> features, int16_t* scores) const {
  std::memset(scores, 0, row_bytes_ * sizeof(int16_t));
  if (buckets_ == nullptr) return;
  for (const uint64_t feature : features) __builtin_prefetch(&buckets_[FirstBucket(feature, bucket_count_)]);
  uint32_t rows[kMaxFeatures];
  size_t row_count = 0;
  for (const uint64_t feature : features) {
    size_t i = FirstBucket(feature, bucket_count_);
    const auto fingerprint = static_cast<uint32_t>(feature);
    while (buckets_[i].row != 0 && buckets_[i].fingerprint != fingerprint)
      i = i + 1 == bucket_count_ ? 0 : i + 1;
    const uint32_t row = buckets_[i].row;
    if (row == 0 || row_count == kMaxFeatures) continue;
    rows[row_count++] = row;
    if ((row & kSparse) != 0) {
      __builtin_prefetch(sparse_ + (row & ~kSparse));
    } else {
      __builtin_prefetch(dense_ + (row - 1) * row_bytes_);
      __builtin_prefetch(dense_ + (row - 1) * row_bytes_ + 64);
    }
  }
  for (size_t k = 0; k < row_count; ++k) {
    if ((rows[k] & kSparse) == 0) {
      AddDense(dense_ + (rows[k] - 1) * row_bytes_, row_bytes_, scores);
      continue;
    }
    const uint8_t* row = sparse_ + (rows[k] & ~kSparse);
    const size_t size = *row++;
    for (size_t j = 0; j < size; ++j, row += 2) {
      int16_t& score = scores[row[0]];
      score = static_cast<int16_t>(score + static_cast<int8_t>(row[1]));
    }
  }
}

}  // namespace dossier::ingest
