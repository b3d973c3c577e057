// The features of one decision, as hashes, in a buffer that lives on the stack.
#pragma once

#include <array>
#include <cstdint>

#include "absl/types/span.h"
#include "ingest/models/feature_table.h"

namespace dossier::ingest {

class FeatureList {
 public:
  void Clear() { size_ = 0; }
  template <typename... Components>
  void Add(uint32_t feature_template, Components... components) {
    if (size_ < hashes_.size()) hashes_[size_++] = HashFeature(feature_template, components...);
  }
  absl::Span<const uint64_t> span() const { return {hashes_.data(), size_}; }

 private:
  std::array<uint64_t, FeatureTable::kMaxFeatures> hashes_;
  size_t size_ = 0;
};

}  // namespace dossier::ingest
