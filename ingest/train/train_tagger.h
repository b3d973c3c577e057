// Training of the tagger: tags, then the feats of each tag.
#pragma once

#include <string>
#include <vector>

#include "ingest/train/treebank.h"

namespace dossier::ingest {

struct TaggerOptions {
  int epochs = 8;
  int min_count = 3;  // features rarer than this get no weights
  int smallest = 2;   // quantised weights below this are dropped
  int models = 3;     // trained with different seeds and added up
  uint64_t seed = 1;
};

// Weights (bytes of a FeatureTable) of a tagger trained on `examples`.
std::string TrainTagger(const std::vector<Example>& examples, const TagSet& tags,
                        const TaggerOptions& options);
// Weights of the choice of feats, given gold tags.
std::string TrainFeats(const std::vector<Example>& examples, const TagSet& tags,
                       const TaggerOptions& options);
// Fills Example::tags with what the tagger of `weights` gives.
absl::Status TagExamples(std::string_view weights, std::vector<Example>& examples);
// Jackknifing: the examples of all `sentences`, each tagged by a tagger that was trained on the other folds.
absl::StatusOr<std::vector<Example>> JackknifeTags(absl::Span<const Sentence* const> sentences,
                                                   const Clusters& clusters, const TagSet& tags, int folds,
                                                   const TaggerOptions& options);

}  // namespace dossier::ingest
