// The data of a training run, and what every trainer needs of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "ingest/parse/tag_set.h"
#include "ingest/parse/word_features.h"
#include "ingest/text/sentence.h"

namespace dossier::ingest {

using Treebank = std::vector<Sentence>;

absl::StatusOr<std::string> ReadFile(const std::string& path);
absl::StatusOr<Treebank> ReadTreebank(const std::string& path);
absl::Status WriteFile(const std::string& path, std::string_view bytes);

// Words with their clusters, most frequent first, and the coarse cluster of each cluster. Cluster 0 means
// "unknown".
struct Clusters {
  std::vector<std::pair<std::string, uint16_t>> words;
  std::vector<uint16_t> coarse;
};

// A sentence as the classifiers see it.
struct Example {
  const Sentence* gold = nullptr;
  bool headline = false;
  std::vector<WordFeatures> words;
  std::vector<TagId> gold_tags;
  std::vector<TagId> tags;  // predicted
};

// The tags of `treebank` with at least two words, the commonest first, each with its common feats.
TagSet CollectTags(const Treebank& treebank);
// Words with clusters and the classes of tags they have in `treebank`.
std::string BuildWordTable(const Clusters& clusters, absl::Span<const Sentence* const> treebank);
std::vector<Example> MakeExamples(absl::Span<const Sentence* const> sentences, const WordTable& words,
                                  const TagSet& tags);
std::vector<const Sentence*> Pointers(const Treebank& treebank);

}  // namespace dossier::ingest
