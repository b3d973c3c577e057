// What the neural model knows of a word apart from its letters: the cluster of its use in other text, and whether somebody or
// a town is called so. Numbers of rows of the model's table of features, behind the hashed ones.
//
//   ASSIGN_OR_RETURN(WordLexicon lexicon, WordLexicon::FromModel(file));
//   std::array<uint32_t, kLexiconFeatures> rows = lexicon.Rows("Baku");
//
// Section "lexicon": u32 words, clusters, coarse clusters, kinds; u16 coarse cluster of each cluster (padded to 4); u32 keys of
// the words in order (LexiconKey), u16 cluster of each, u8 kind of each. Unknown words have cluster and kind 0. Borrows the
// section; immutable; thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "graph/base/status.h"
#include "ingest/models/model_file.h"

namespace dossier::ingest {

inline constexpr size_t kLexiconFeatures = 3;

class WordLexicon {
 public:
  // DataLoss when the section is missing, does not have its size, or names clusters that it does not have.
  static absl::StatusOr<WordLexicon> FromModel(const ModelFile& file);

  // Rows of the table that belong to the lexicon.
  size_t row_count() const { return size_t{clusters_} + coarse_count_ + kinds_; }
  // Of the cluster, the coarse cluster and the kind.
  std::array<uint32_t, kLexiconFeatures> Rows(std::string_view form) const;

 private:
  uint32_t words_ = 0, clusters_ = 0, coarse_count_ = 0, kinds_ = 0;
  const uint16_t* coarse_ = nullptr;
  const uint32_t* keys_ = nullptr;
  const uint16_t* cluster_ = nullptr;
  const uint8_t* kind_ = nullptr;
};

}  // namespace dossier::ingest
