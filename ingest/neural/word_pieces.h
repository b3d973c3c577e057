// Words as the neural model sees them: pieces of a WordPiece vocabulary (lower-cased, without accents) and hashed
// features of the form as written (case, affixes).
//
//   ASSIGN_OR_RETURN(WordPieces vocabulary, WordPieces::FromBytes(file.Section("pieces")));
//   std::vector<uint32_t> pieces;
//   vocabulary.Split("Baku's", pieces);                   // at least one, at most kMaxPieces
//   std::array<uint32_t, kHashedFeatures> features = HashedFeatures("Baku's", /*first=*/true);
//
// The same functions as ingest/train/accurate/wordpiece.py, which is held to the same golden file; part of the model
// format. Any bytes are fine: invalid UTF-8 counts as U+FFFD. Immutable after loading; thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/base/status.h"

namespace dossier::ingest {

inline constexpr size_t kMaxPieces = 6;
inline constexpr size_t kHashedFeatures = 9;
inline constexpr uint32_t kFeatureBuckets = 16384;

class WordPieces {
 public:
  // Lines, one piece each, in the order of their numbers; borrowed. "[UNK]" and "[CLS]" must be among them.
  static absl::StatusOr<WordPieces> FromBytes(std::string_view bytes);

  size_t size() const { return size_; }
  uint32_t start() const { return start_; }
  // Appends the pieces of `form`.
  void Split(std::string_view form, std::vector<uint32_t>& out) const;

 private:
  // Greedy longest match of text without spaces and punctuation, whose code points start at `starts`.
  void SplitChunk(std::string_view chunk, std::vector<uint32_t>& out) const;

  size_t size_ = 0;
  uint32_t unknown_ = 0, start_ = 0;
  absl::flat_hash_map<std::string_view, uint32_t> initial_, inner_;  // inner ones without their "##"
  size_t longest_ = 0;                                               // bytes of the longest piece
};

// Numbers below kFeatureBuckets. `first`: the word begins its sentence.
std::array<uint32_t, kHashedFeatures> HashedFeatures(std::string_view form, bool first);
// Under which a word stands in the lexicon: a hash of its letters in lower case, without accents.
uint32_t LexiconKey(std::string_view form);

}  // namespace dossier::ingest
