// Training of the tokenizer (where a chunk of text is cut) and of the sentence splitter.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ingest/train/treebank.h"

namespace dossier::ingest {

struct TokenizerSections {
  std::string cuts;          // section "tokenizer": a FeatureTable with labels 0 join, 1 cut
  std::string boundaries;    // section "splitter": labels 0 go on, 1 the sentence ends
  std::string contractions;  // section "contractions"
};

// Each treebank is read as one raw text.
TokenizerSections TrainTokenizer(const std::vector<Treebank>& treebanks, uint64_t seed);

}  // namespace dossier::ingest
