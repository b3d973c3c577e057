// What the tagger and the parser see of a word: hashes of its forms and affixes, its shape, its word cluster
// and its tag class.
//
//   WordTable words = ...;                              // section "words" of the model
//   std::vector<WordFeatures> features;
//   ComputeWordFeatures(sentence, words, features);
//
// Quotes, dashes, brackets and digits are normalised first ("``" and U+201C become a straight quote, "2020"
// becomes "0000"), so that Penn-style and typographic text look alike. Thread-safe: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/status.h"
#include "ingest/text/sentence.h"

namespace dossier::ingest {

// Word -> its cluster (of distributional vectors; 0 unknown) and its tag class (the set of tags it had in
// training; 0 unknown).
class WordTable {
 public:
  struct Entry {
    uint32_t fingerprint = 0;
    uint16_t cluster = 0;
    uint16_t tag_class = 0;
  };

  // Borrows `bytes`: u32 log2 of buckets, u32 clusters, the coarse cluster of each cluster as u16 (padded to
  // 8 bytes), then buckets.
  static absl::StatusOr<WordTable> FromBytes(std::string_view bytes);
  static std::string Build(const std::vector<std::pair<std::string, Entry>>& words,
                           const std::vector<uint16_t>& coarse);

  Entry Find(uint64_t lower_hash) const;
  uint16_t Coarse(uint16_t cluster) const { return cluster < clusters_ ? coarse_[cluster] : uint16_t{0}; }

 private:
  uint32_t bucket_bits_ = 0;
  uint32_t clusters_ = 0;
  const uint16_t* coarse_ = nullptr;
  const Entry* buckets_ = nullptr;
};

struct WordFeatures {
  uint64_t word = 0;        // hash of the normalised form
  uint64_t lower = 0;       // hash of its lower case
  uint64_t suffix[5] = {};  // of 1 to 5 bytes of the lower case; 0 when the word is shorter
  uint64_t prefix[3] = {};  // of 1 to 3 bytes
  uint32_t shape = 0;
  uint16_t cluster = 0;
  uint16_t coarse = 0;
  uint16_t tag_class = 0;
};

// The form as the model sees it, before lower-casing.
std::string NormalizeForm(std::string_view form);

void ComputeWordFeatures(const Sentence& sentence, const WordTable& words,
                         std::vector<WordFeatures>& features);

}  // namespace dossier::ingest
