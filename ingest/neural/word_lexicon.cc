#include "ingest/neural/word_lexicon.h"

#include <algorithm>
#include <cstring>

#include "ingest/neural/word_pieces.h"

namespace dossier::ingest {

absl::StatusOr<WordLexicon> WordLexicon::FromModel(const ModelFile& file) {
  const std::string_view bytes = file.Section("lexicon");
  uint32_t sizes[4] = {};
  if (bytes.size() < sizeof sizes) return DataLoss("the model has no lexicon");
  std::memcpy(sizes, bytes.data(), sizeof sizes);
  WordLexicon lexicon;
  lexicon.words_ = sizes[0];
  lexicon.clusters_ = sizes[1];
  lexicon.coarse_count_ = sizes[2];
  lexicon.kinds_ = sizes[3];
  const size_t words = sizes[0], coarse = (size_t{sizes[1]} + 1) / 2 * 4;
  if (sizes[1] == 0 || sizes[1] > 65536 || sizes[2] > 65536 || sizes[3] == 0 || sizes[3] > 256 ||
      bytes.size() != sizeof sizes + coarse + words * 7) {
    return DataLoss("the lexicon of the model does not have its size");
  }
  const char* at = bytes.data() + sizeof sizes;
  lexicon.coarse_ = reinterpret_cast<const uint16_t*>(at);
  lexicon.keys_ = reinterpret_cast<const uint32_t*>(at + coarse);
  lexicon.cluster_ = reinterpret_cast<const uint16_t*>(at + coarse + words * 4);
  lexicon.kind_ = reinterpret_cast<const uint8_t*>(at + coarse + words * 6);
  const auto below = [](auto* begin, size_t count, uint32_t limit) {
    return std::all_of(begin, begin + count, [limit](auto x) { return x < limit; });
  };
  if (!below(lexicon.coarse_, sizes[1], sizes[2]) || !below(lexicon.cluster_, words, sizes[1]) || !below(lexicon.kind_, words, sizes[3]))
    return DataLoss("the lexicon of the model names clusters that it does not have");
  return lexicon;
}

std::array<uint32_t, kLexiconFeatures> WordLexicon::Rows(std::string_view form) const {
  const uint32_t key = LexiconKey(form);
  const uint32_t* found = std::lower_bound(keys_, keys_ + words_, key);
  uint32_t cluster = 0, kind = 0;
  if (found != keys_ + words_ && *found == key) {
    cluster = cluster_[found - keys_];
    kind = kind_[found - keys_];
  }
  const uint32_t first = kFeatureBuckets;
  return {first + cluster, first + clusters_ + coarse_[cluster], first + clusters_ + coarse_count_ + kind};
}

}  // namespace dossier::ingest
