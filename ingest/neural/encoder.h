// The transformer: sentences of words in, one vector a word (and one for the root) out.
//
//   ASSIGN_OR_RETURN(Encoder encoder, Encoder::FromModel(file));
//   EncodedBatch batch;
//   encoder.Add({"Words", "of", "it"}, batch);             // false when the sentence is too long: see Fits()
//   encoder.Run(kernels, batch);
//   batch.vectors.data() + batch.sentences[0].vectors * kHidden   // the root, then the words
//
// Post-norm BERT layers with int8 linear layers over the pieces of the words; the pieces of a word share hashed
// features of its form and what the lexicon says of it, and are averaged at the end. Sentences lie one behind the other without padding; each row is
// computed on its own but for the attention within its sentence, so that the result does not depend on the batch.
// Immutable; thread-safe (a batch belongs to one thread).
#pragma once

#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "graph/base/status.h"
#include "ingest/models/model_file.h"
#include "ingest/neural/int8_matrix.h"
#include "ingest/neural/kernels.h"
#include "ingest/neural/word_lexicon.h"
#include "ingest/neural/word_pieces.h"

namespace dossier::ingest {

inline constexpr size_t kHidden = 384;
inline constexpr size_t kInner = 1536;
inline constexpr size_t kFeatureSize = 128;
inline constexpr size_t kWordFeatures = kHashedFeatures + kLexiconFeatures;

struct EncodedBatch {
  struct Range {
    size_t pieces = 0, piece_count = 0;    // the first is [CLS]
    size_t vectors = 0, vector_count = 0;  // the root, then the words
  };
  std::vector<Range> sentences;
  std::vector<uint32_t> pieces;
  std::vector<uint32_t> owners;                                  // of each piece: its vector
  std::vector<std::array<uint32_t, kWordFeatures>> features;    // of each vector; unused for roots
  std::vector<float> vectors;                                    // [vectors][kHidden]

  void Clear();
};

class Encoder {
 public:
  static absl::StatusOr<Encoder> FromModel(const ModelFile& file);

  // How many of the words from `begin` on fit into one sentence of the batch; at least one.
  size_t Fits(absl::Span<const std::string_view> words, size_t begin) const;
  // A sentence of as many words as fit. `first`: it starts with the first word of a sentence.
  void Add(absl::Span<const std::string_view> words, bool first, EncodedBatch& batch) const;
  void Run(const Kernels& kernels, EncodedBatch& batch) const;

 private:
  struct Layer {
    Int8Matrix qkv, out, up, down;
    const float* norms = nullptr;  // gain and bias after attention, gain and bias after the inner layer
  };
  void Embed(const Kernels& kernels, const EncodedBatch& batch, std::vector<float>& x) const;
  void RunLayer(const Kernels& kernels, const Layer& layer, const EncodedBatch& batch, std::vector<float>& x) const;

  WordPieces vocabulary_;
  WordLexicon lexicon_;
  Int8Rows words_, features_;
  Int8Matrix mix_;
  const float* positions_ = nullptr;  // [kMaxPositions][kHidden]
  const float* norm_ = nullptr;       // gain, bias
  std::vector<Layer> layers_;
};

}  // namespace dossier::ingest
