#include "ingest/train/perceptron.h"

#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <new>

#include "ingest/models/feature_table.h"
#include "ingest/train/feature_table_builder.h"

namespace dossier::ingest {

Perceptron::Perceptron(size_t labels, int min_count)
    : labels_(labels),
      stride_((labels + 15) / 16 * 16),
      min_count_(min_count),
      counts_(size_t{1} << kCountBits) {}

// Rows are read at random, so huge pages save most of the time.
float* Perceptron::NewBlock(size_t floats) {
  constexpr size_t kHugePage = size_t{2} << 20;
  const size_t bytes = (floats * sizeof(float) + kHugePage - 1) / kHugePage * kHugePage;
  void* block = std::aligned_alloc(kHugePage, bytes);
  if (block == nullptr) throw std::bad_alloc();
  madvise(block, bytes, MADV_HUGEPAGE);
  std::memset(block, 0, bytes);
  return static_cast<float*>(block);
}

void Perceptron::Count(absl::Span<const uint64_t> features) {
  for (const uint64_t feature : features) {
    uint8_t& count = counts_[feature >> (64 - kCountBits)];
    if (count < 255) ++count;
  }
}

void Perceptron::Score(absl::Span<const uint64_t> features, float* scores) const {
  for (const uint64_t feature : features) index_.prefetch(feature);
  std::array<const float*, FeatureTable::kMaxFeatures> rows;
  size_t count = 0;
  for (const uint64_t feature : features) {
    const auto it = index_.find(feature);
    if (it == index_.end()) continue;
    rows[count] = Row(it->second);
    for (size_t label = 0; label < labels_; label += 16) __builtin_prefetch(rows[count] + label);
    ++count;
  }
  // Eight labels at a time over all rows, so that the sums stay in registers.
  using Floats8 = float __attribute__((vector_size(32)));
  for (size_t label = 0; label < labels_; label += 8) {
    Floats8 sum = {};
    for (size_t i = 0; i < count; ++i) {
      Floats8 weights;
      std::memcpy(&weights, rows[i] + label, sizeof weights);
      sum += weights;
    }
    std::memcpy(scores + label, &sum, std::min<size_t>(8, labels_ - label) * sizeof(float));
  }
}

void Perceptron::Update(absl::Span<const uint64_t> features, size_t right, size_t wrong, float amount) {
  ++time_;
  if (right == wrong) return;
  const auto now = static_cast<float>(time_);
  for (const uint64_t feature : features) {
    if (counts_[feature >> (64 - kCountBits)] < min_count_) continue;
    const auto [it, inserted] = index_.try_emplace(feature, static_cast<uint32_t>(index_.size()));
    if (inserted && it->second % kRowsPerBlock == 0) {
      blocks_.emplace_back(NewBlock(kRowsPerBlock * 2 * stride_));
    }
    float* row = Row(it->second);
    row[right] += amount;
    row[wrong] -= amount;
    row[stride_ + right] += amount * now;
    row[stride_ + wrong] -= amount * now;
  }
}

void Perceptron::AddAverages(WeightSum& sum) const {
  for (const auto& [feature, row] : index_) {
    float* out = sum.Row(feature);
    for (size_t label = 0; label < labels_; ++label) out[label] += Average(Row(row), label);
  }
}

std::string Perceptron::Export(const ExportOptions& options) const {
  WeightSum sum(labels_);
  AddAverages(sum);
  return sum.Export(options);
}

float* WeightSum::Row(uint64_t feature) {
  const auto [it, inserted] = index_.try_emplace(feature, weights_.size());
  if (inserted) weights_.resize(weights_.size() + labels_);
  return weights_.data() + it->second;
}

std::string WeightSum::Export(const ExportOptions& options) const {
  std::vector<float> magnitudes;
  for (const float weight : weights_) {
    if (weight != 0) magnitudes.push_back(std::fabs(weight));
  }
  if (magnitudes.empty()) magnitudes.push_back(1);
  const auto quantile =
      static_cast<ptrdiff_t>(options.clip_quantile * static_cast<double>(magnitudes.size() - 1));
  std::nth_element(magnitudes.begin(), magnitudes.begin() + quantile, magnitudes.end());
  const float scale = 127 / magnitudes[static_cast<size_t>(quantile)];
  std::printf("  exporting %zu rows; weight 1 is %.2f quantised, %.2f is clipped\n", index_.size(),
              static_cast<double>(scale), static_cast<double>(127 / scale));
  FeatureTableBuilder builder(labels_);
  for (const auto& [feature, row] : index_) {
    std::vector<int8_t> weights(labels_);
    bool any = false;
    for (size_t label = 0; label < labels_; ++label) {
      const float scaled = std::round(std::clamp(weights_[row + label] * scale, -127.0f, 127.0f));
      if (std::fabs(scaled) < static_cast<float>(options.smallest)) continue;
      weights[label] = static_cast<int8_t>(scaled);
      any = true;
    }
    if (any) builder.Add(feature, std::move(weights));
  }
  return builder.Finish();
}

uint64_t Random::Next() {
  state_ ^= state_ << 13;
  state_ ^= state_ >> 7;
  state_ ^= state_ << 17;
  return state_ * 0x2545F4914F6CDD1Dull;
}

}  // namespace dossier::ingest
