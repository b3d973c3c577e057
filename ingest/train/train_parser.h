// Training of the arc-hybrid parser with a dynamic oracle and exploration (Goldberg and Nivre 2012, 2013).
#pragma once

#include <string>
#include <vector>

#include "ingest/train/treebank.h"

namespace dossier::ingest {

struct ParserOptions {
  int epochs = 8;
  int min_count = 10;
  int explore_from = 1;  // first epoch (from 0) that follows the parser's own choices
  double explore_share = 0.9;
  int smallest = 3;  // quantised weights below this are dropped
  int models = 3;    // trained with different seeds and added up
  uint64_t seed = 1;
};

// "root" first, the others by frequency.
std::vector<std::string> CollectLabels(const Treebank& treebank);
// Heads of the nearest projective tree: the shortest crossing arcs are lifted to their head's head until none
// crosses.
std::vector<TokenIndex> Projectivize(const Sentence& sentence);
// Weights trained on `examples` with their predicted tags.
std::string TrainParser(const std::vector<Example>& examples, const TagSet& tags,
                        const std::vector<std::string>& labels, const ParserOptions& options);

}  // namespace dossier::ingest
