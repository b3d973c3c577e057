// Lemmas by edit scripts: "cut n letters, append a string", chosen by the whole form and tag where training
// saw it, else by the longest known suffix.
//
//   ASSIGN_OR_RETURN(Lemmatizer lemmatizer, Lemmatizer::FromModel(file));
//   lemmatizer.Lemmatize("was", "AUX", "VBD");        // "be"
//
// As bytes (section "lemmas"): u32 log2 of buckets, u32 bytes of scripts, the scripts as lines "case cut
// append" padded to 8 bytes, then buckets {u32 fingerprint, u32 1 + script}. Borrows the buckets; immutable;
// thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/status.h"
#include "ingest/models/model_file.h"

namespace dossier::ingest {

struct LemmaScript {
  char letter_case = 'l';  // 'l': lower the form first; 'k': keep it as written
  int cut = 0;             // code points to cut from the end
  std::string append;

  std::string Apply(std::string_view form) const;
  bool operator==(const LemmaScript&) const = default;
  bool operator<(const LemmaScript& other) const;
};

// `form` with straight apostrophes: lemmas are written with those.
std::string StraightenApostrophes(std::string_view form);
// The script that turns `form` into `lemma`; proper nouns prefer to keep their capitals.
LemmaScript MakeLemmaScript(std::string_view form, std::string_view lemma, std::string_view upos);
// Keys under which scripts are stored: the whole normalised form with its tag, and a suffix of its lower case
// with the Penn tag.
uint64_t LemmaFormKey(std::string_view normalized, std::string_view upos, std::string_view xpos);
uint64_t LemmaSuffixKey(std::string_view lower, size_t suffix_size, std::string_view upos,
                        std::string_view xpos);
inline constexpr size_t kMaxLemmaSuffix = 6;

class Lemmatizer {
 public:
  struct Bucket {
    uint32_t fingerprint = 0;
    uint32_t script = 0;
  };

  static absl::StatusOr<Lemmatizer> FromModel(const ModelFile& file);
  static std::string Build(const std::vector<LemmaScript>& scripts,
                           const std::vector<std::pair<uint64_t, uint32_t>>& keys);

  std::string Lemmatize(std::string_view form, std::string_view upos, std::string_view xpos) const;

 private:
  // 0 or 1 + the script's number.
  uint32_t Find(uint64_t key) const;

  std::vector<LemmaScript> scripts_;
  uint32_t bucket_bits_ = 0;
  const Bucket* buckets_ = nullptr;
};

}  // namespace dossier::ingest
