// Averaged multi-class perceptron over hashed features, and its export as a FeatureTable.
//
//   Perceptron model(label_count);
//   for (...) model.Count(features.span());                 // first pass: which features are frequent enough
//   to get weights for (...) { model.Score(features.span(), scores); model.Update(features.span(), gold,
//   predicted); } std::string section = model.Export({.min_count = 2});
//
// Deterministic. Not thread-safe. Memory: 8 bytes a label for each feature that was ever updated.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"

namespace dossier::ingest {

struct ExportOptions {
  double clip_quantile = 0.9999;  // weights beyond this share of the absolute values are clipped to fit int8
  int smallest = 1;               // quantised weights below this are dropped
};

// The sum of several linear models: it scores as the models do together, and costs no more than one of them.
class WeightSum {
 public:
  explicit WeightSum(size_t labels) : labels_(labels) {}
  // The weights of `feature`, zero when it is new.
  float* Row(uint64_t feature);
  std::string Export(const ExportOptions& options = {}) const;

 private:
  size_t labels_;
  absl::flat_hash_map<uint64_t, size_t> index_;
  std::vector<float> weights_;
};

class Perceptron {
 public:
  Perceptron(size_t labels, int min_count);

  size_t labels() const { return labels_; }
  size_t rows() const { return index_.size(); }
  void Count(absl::Span<const uint64_t> features);
  // Fills scores[0, labels()).
  void Score(absl::Span<const uint64_t> features, float* scores) const;
  // Ends one decision; moves weight from `wrong` to `right` unless they are the same.
  void Update(absl::Span<const uint64_t> features, size_t right, size_t wrong, float amount = 1);

  // Adds the averaged weights to `sum`.
  void AddAverages(WeightSum& sum) const;
  // The averaged weights as bytes of a FeatureTable.
  std::string Export(const ExportOptions& options = {}) const;

 private:
  static constexpr size_t kCountBits = 27;
  static constexpr size_t kRowsPerBlock = 65536;  // large enough for huge pages

  float* Row(uint32_t row) const {
    return blocks_[row / kRowsPerBlock].get() + row % kRowsPerBlock * 2 * stride_;
  }
  float Average(const float* row, size_t label) const {
    return static_cast<float>(row[label] -
                              static_cast<double>(row[stride_ + label]) / static_cast<double>(time_));
  }

  size_t labels_;
  size_t stride_;  // labels_ rounded up
  int min_count_;
  uint64_t time_ = 1;
  std::vector<uint8_t> counts_;                    // saturating; indexed by the hash's top bits
  absl::flat_hash_map<uint64_t, uint32_t> index_;  // feature -> row
  struct Free {
    void operator()(float* block) const { std::free(block); }
  };
  static float* NewBlock(size_t floats);
  std::vector<std::unique_ptr<float[], Free>> blocks_;  // a row: weights, then weights times time of update
};

// xorshift generator: the same numbers on every machine.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed * 2 + 1) {}
  uint64_t Next();
  double Uniform() { return static_cast<double>(Next() >> 11) / 9007199254740992.0; }
  template <typename T>
  void Shuffle(std::vector<T>& items) {
    for (size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[Next() % i]);
  }

 private:
  uint64_t state_;
};

}  // namespace dossier::ingest
