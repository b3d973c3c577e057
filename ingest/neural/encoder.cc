#include "ingest/neural/encoder.h"

#include <algorithm>
#include <cstring>

#include "graph/base/strings.h"

namespace dossier::ingest {
namespace {

constexpr size_t kMaxWords = 180;  // of one sentence, as in training
constexpr size_t kMaxLayers = 12;
constexpr size_t kTile = 96;  // rows of the inner layer at a time, so that they stay in the cache

}  // namespace

void EncodedBatch::Clear() {
  sentences.clear();
  pieces.clear();
  owners.clear();
  features.clear();
  vectors.clear();
}

absl::StatusOr<Encoder> Encoder::FromModel(const ModelFile& file) {
  Encoder encoder;
  ASSIGN_OR_RETURN(encoder.vocabulary_, WordPieces::FromBytes(file.Section("pieces")));
  ASSIGN_OR_RETURN(encoder.words_, Int8Rows::FromSection(file, "words", encoder.vocabulary_.size(), kHidden));
  ASSIGN_OR_RETURN(encoder.lexicon_, WordLexicon::FromModel(file));
  ASSIGN_OR_RETURN(encoder.features_,
                   Int8Rows::FromSection(file, "features", kFeatureBuckets + encoder.lexicon_.row_count(), kFeatureSize));
  ASSIGN_OR_RETURN(encoder.mix_, Int8Matrix::FromSection(file, "mix", kFeatureSize, kHidden));
  ASSIGN_OR_RETURN(encoder.positions_, FloatsOfSection(file, "positions", kMaxPositions * kHidden));
  ASSIGN_OR_RETURN(encoder.norm_, FloatsOfSection(file, "norm", 2 * kHidden));
  for (size_t i = 0; i < kMaxLayers && !file.Section(Cat("L", i, ".qkv")).empty(); ++i) {
    Layer layer;
    ASSIGN_OR_RETURN(layer.qkv, Int8Matrix::FromSection(file, Cat("L", i, ".qkv"), kHidden, 3 * kHidden));
    ASSIGN_OR_RETURN(layer.out, Int8Matrix::FromSection(file, Cat("L", i, ".out"), kHidden, kHidden));
    ASSIGN_OR_RETURN(layer.up, Int8Matrix::FromSection(file, Cat("L", i, ".up"), kHidden, kInner));
    ASSIGN_OR_RETURN(layer.down, Int8Matrix::FromSection(file, Cat("L", i, ".down"), kInner, kHidden));
    ASSIGN_OR_RETURN(layer.norms, FloatsOfSection(file, Cat("L", i, ".norms"), 4 * kHidden));
    encoder.layers_.push_back(layer);
  }
  if (encoder.layers_.empty()) return DataLoss("the model has no layers");
  return encoder;
}

size_t Encoder::Fits(absl::Span<const std::string_view> words, size_t begin) const {
  std::vector<uint32_t> pieces = {vocabulary_.start()};
  size_t end = begin;
  while (end < words.size() && end - begin < kMaxWords) {
    vocabulary_.Split(words[end], pieces);
    if (pieces.size() > kMaxPositions) break;
    ++end;
  }
  return end - begin;
}

void Encoder::Add(absl::Span<const std::string_view> words, bool first, EncodedBatch& batch) const {
  EncodedBatch::Range range;
  range.pieces = batch.pieces.size();
  range.vectors = batch.features.size();
  range.vector_count = words.size() + 1;
  batch.pieces.push_back(vocabulary_.start());
  batch.owners.push_back(static_cast<uint32_t>(batch.features.size()));
  batch.features.emplace_back();
  for (size_t i = 0; i < words.size(); ++i) {
    vocabulary_.Split(words[i], batch.pieces);
    batch.owners.resize(batch.pieces.size(), static_cast<uint32_t>(batch.features.size()));
    std::array<uint32_t, kWordFeatures>& features = batch.features.emplace_back();
    const auto hashed = HashedFeatures(words[i], first && i == 0);
    const auto known = lexicon_.Rows(words[i]);
    std::copy(known.begin(), known.end(), std::copy(hashed.begin(), hashed.end(), features.begin()));
  }
  range.piece_count = batch.pieces.size() - range.pieces;
  batch.sentences.push_back(range);
}

void Encoder::Embed(const Kernels& kernels, const EncodedBatch& batch, std::vector<float>& x) const {
  const size_t vectors = batch.features.size();
  std::vector<float> sums(vectors * kFeatureSize), mixed(vectors * kHidden);
  std::vector<bool> is_root(vectors);
  for (const EncodedBatch::Range& sentence : batch.sentences) is_root[sentence.vectors] = true;
  for (size_t v = 0; v < vectors; ++v) {
    if (is_root[v]) continue;  // a row of zeros comes out of the bias-free layer as zeros
    for (const uint32_t feature : batch.features[v]) features_.AddRow(kernels, feature, &sums[v * kFeatureSize]);
  }
  QuantizedRows rows;
  rows.Assign(kernels, sums.data(), vectors, kFeatureSize);
  mix_.Apply(kernels, rows, mixed.data());
  x.resize(batch.pieces.size() * kHidden);
  for (const EncodedBatch::Range& sentence : batch.sentences) {
    for (size_t i = 0; i < sentence.piece_count; ++i) {
      const size_t piece = sentence.pieces + i;
      float* row = &x[piece * kHidden];
      std::memcpy(row, &mixed[batch.owners[piece] * kHidden], kHidden * sizeof(float));
      words_.AddRow(kernels, batch.pieces[piece], row);
      kernels.layer_norm(row, positions_ + i * kHidden, kHidden, norm_, norm_ + kHidden, row);
    }
  }
}

void Encoder::RunLayer(const Kernels& kernels, const Layer& layer, const EncodedBatch& batch, std::vector<float>& x) const {
  const size_t count = batch.pieces.size();
  std::vector<float> qkv(count * 3 * kHidden), attended(count * kHidden), out(count * kHidden);
  QuantizedRows rows;
  rows.Assign(kernels, x.data(), count, kHidden);
  layer.qkv.Apply(kernels, rows, qkv.data());
  for (const EncodedBatch::Range& sentence : batch.sentences) {
    kernels.attention(&qkv[sentence.pieces * 3 * kHidden], sentence.piece_count, kHidden / kHeadSize, &attended[sentence.pieces * kHidden]);
  }
  rows.Assign(kernels, attended.data(), count, kHidden);
  layer.out.Apply(kernels, rows, out.data());
  const float* norms = layer.norms;
  for (size_t i = 0; i < count; ++i)
    kernels.layer_norm(&out[i * kHidden], &x[i * kHidden], kHidden, norms, norms + kHidden, &x[i * kHidden]);

  std::vector<float> inner(kTile * kInner);
  QuantizedRows inner_rows;
  for (size_t begin = 0; begin < count; begin += kTile) {
    const size_t tile = std::min(kTile, count - begin);
    rows.Assign(kernels, &x[begin * kHidden], tile, kHidden);
    layer.up.Apply(kernels, rows, inner.data());
    kernels.gelu(inner.data(), tile * kInner);
    inner_rows.Assign(kernels, inner.data(), tile, kInner);
    layer.down.Apply(kernels, inner_rows, &out[begin * kHidden]);
  }
  for (size_t i = 0; i < count; ++i)
    kernels.layer_norm(&out[i * kHidden], &x[i * kHidden], kHidden, norms + 2 * kHidden, norms + 3 * kHidden, &x[i * kHidden]);
}

void Encoder::Run(const Kernels& kernels, EncodedBatch& batch) const {
  std::vector<float> x;
  Embed(kernels, batch, x);
  for (const Layer& layer : layers_) RunLayer(kernels, layer, batch, x);
  batch.vectors.assign(batch.features.size() * kHidden, 0.0f);
  std::vector<uint32_t> counts(batch.features.size());
  for (size_t piece = 0; piece < batch.pieces.size(); ++piece) {
    float* vector = &batch.vectors[batch.owners[piece] * kHidden];
    for (size_t k = 0; k < kHidden; ++k) vector[k] += x[piece * kHidden + k];
    ++counts[batch.owners[piece]];
  }
  for (size_t v = 0; v < counts.size(); ++v) {
    if (counts[v] < 2) continue;
    const float factor = 1.0f / static_cast<float>(counts[v]);
    for (size_t k = 0; k < kHidden; ++k) batch.vectors[v * kHidden + k] *= factor;
  }
}

}  // namespace dossier::ingest
