#include "ingest/train/feature_table_builder.h"

#include <algorithm>

namespace dossier::ingest {

std::string FeatureTableBuilder::Finish() {
  std::sort(rows_.begin(), rows_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  const auto bucket_count = static_cast<uint32_t>(rows_.size() * 5 / 4 + 8);
  std::vector<FeatureTable::Bucket> buckets(bucket_count);
  std::string dense, sparse;
  uint32_t dense_rows = 0;
  for (const auto& [feature, weights] : rows_) {
    size_t i = FeatureTable::FirstBucket(feature, bucket_count);
    while (buckets[i].row != 0) i = i + 1 == bucket_count ? 0 : i + 1;
    buckets[i].fingerprint = static_cast<uint32_t>(feature);
    const auto nonzero =
        static_cast<size_t>(std::count_if(weights.begin(), weights.end(), [](int8_t w) { return w != 0; }));
    if (2 * nonzero + 1 >= row_bytes_) {
      buckets[i].row = ++dense_rows;
      dense.append(reinterpret_cast<const char*>(weights.data()), weights.size());
      dense.append(row_bytes_ - weights.size(), '\0');
      continue;
    }
    buckets[i].row = FeatureTable::kSparse | static_cast<uint32_t>(sparse.size());
    sparse.push_back(static_cast<char>(nonzero));
    for (size_t label = 0; label < weights.size(); ++label) {
      if (weights[label] == 0) continue;
      sparse.push_back(static_cast<char>(label));
      sparse.push_back(static_cast<char>(weights[label]));
    }
  }
  const FeatureTable::Header header{static_cast<uint32_t>(labels_), bucket_count, dense_rows,
                                    static_cast<uint32_t>(sparse.size())};
  std::string out(reinterpret_cast<const char*>(&header), sizeof header);
  out.append(reinterpret_cast<const char*>(buckets.data()), buckets.size() * sizeof buckets[0]);
  return out + dense + sparse;
}

}  // namespace dossier::ingest
