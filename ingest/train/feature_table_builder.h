// Lays out rows as a FeatureTable reads them.
//
//   FeatureTableBuilder builder(labels);
//   builder.Add(hash, weights);                 // int8, one a label; each hash once
//   std::string section = builder.Finish();
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "ingest/models/feature_table.h"

namespace dossier::ingest {

class FeatureTableBuilder {
 public:
  explicit FeatureTableBuilder(size_t labels) : labels_(labels), row_bytes_((labels + 15) / 16 * 16) {}

  void Add(uint64_t feature, std::vector<int8_t> weights) { rows_.emplace_back(feature, std::move(weights)); }
  std::string Finish();

 private:
  size_t labels_;
  size_t row_bytes_;
  std::vector<std::pair<uint64_t, std::vector<int8_t>>> rows_;
};

}  // namespace dossier::ingest
