// The smallest pieces a text may be cut into, and the features of the decision whether to cut between two of
// them.
//
//   std::vector<Atom> atoms;
//   FindAtoms(text, chunk_begin, chunk_end, contractions, atoms);       // "don't." -> do n ' t .   (n't:
//   "do|n" is a place to cut) ExtractCutFeatures(text, atoms, i, token_begin, flags, next, features);   //
//   cut before atoms[i]?
//
// A chunk is a run without white space. Atoms are runs of letters, runs of digits and single other
// characters; a run of letters is divided further where training saw contractions cut ("can|not", "do|n't",
// "gon|na"). Shared by the tokenizer and its training. Thread-safe: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/strings.h"
#include "ingest/models/feature_list.h"
#include "ingest/text/characters.h"

namespace dossier::ingest {

// Lower-cased run of letters -> where it may be cut, in bytes.
class Contractions {
 public:
  // Lines "run<TAB>offset"; broken lines are skipped.
  static Contractions FromBytes(std::string_view bytes);
  // Offset of the cut in `lower_run`, which is followed by `rest` of the chunk; 0 when there is none. "n"
  // before "'t" is always one.
  size_t CutIn(std::string_view lower_run, std::string_view rest) const;

 private:
  StringMap<size_t> cuts_;
};

struct Atom {
  size_t begin = 0;
  size_t end = 0;
  CharClass type = CharClass::kOther;  // kLower or kUpper by the first letter
  bool inner = false;                  // begins inside a run of letters
};

void FindAtoms(std::string_view text, size_t begin, size_t end, const Contractions& contractions,
               std::vector<Atom>& atoms);

// What the chunk looks like as a whole: web address, e-mail address, ...
uint32_t ChunkFlags(std::string_view chunk);

// Features of a cut before atoms[i], i > 0; the token that would end there begins with atoms[token_begin].
// `next` is the class of the first character of the next chunk, kSpace at the end of a paragraph.
void ExtractCutFeatures(std::string_view text, const std::vector<Atom>& atoms, size_t i, size_t token_begin,
                        uint32_t flags, CharClass next, FeatureList& out);

bool IsApostrophe(std::string_view s);

}  // namespace dossier::ingest
