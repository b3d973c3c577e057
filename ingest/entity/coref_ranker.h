// Which mentions refer to the same thing: a small network ranks the earlier mentions that a mention may take up, and the chance that it
// takes up none.
//
//   ASSIGN_OR_RETURN(auto ranker, CorefRanker::Load());
//   const CorefDocument document(views, table, lexicon, ranker->words());
//   std::vector<CorefLink> links = ranker->LinkMentions(document);      // links[m].antecedent, .probability
//
// One hidden layer over hashed features (coref_features.h): the int8 rows of a FeatureTable add up to the hidden units, rectified, then
// summed with one set of weights for links and one for no link. Greedy from left to right; the best antecedent wins when it scores higher
// than none. Weights: ingest/models/coref.model, trained by ingest/train/coref_main.cc; DataLoss when they are damaged. Linear in the number of
// mentions; deterministic; immutable and thread-safe.
#pragma once

#include <memory>
#include <vector>

#include "ingest/entity/coref_document.h"
#include "ingest/entity/coref_search.h"
#include "ingest/models/feature_table.h"
#include "ingest/models/model_file.h"

namespace dossier::ingest {

struct CorefLink {
  int antecedent = -1;     // an earlier mention, or -1
  double probability = 0;  // of the antecedent's cluster, or of none
  int cluster = 0;         // numbers from 0 in order of first mention
};

class CorefRanker {
 public:
  // The weights that the program carries.
  static absl::StatusOr<std::unique_ptr<CorefRanker>> Load();
  static absl::StatusOr<std::unique_ptr<CorefRanker>> FromModel(std::unique_ptr<ModelFile> file);

  const WordTable& words() const { return words_; }
  // `bias` is added to the score of every link: above 0 more are made, below 0 fewer.
  std::vector<CorefLink> LinkMentions(const CorefDocument& document, double bias = 0) const;

 private:
  using Hidden = std::array<int16_t, FeatureTable::kMaxLabels>;
  double Output(const int16_t* hidden, const float* weights) const;

  std::unique_ptr<ModelFile> file_;
  WordTable words_;
  FeatureTable features_;
  const float* link_ = nullptr;  // a weight a hidden unit, then the bias
  const float* none_ = nullptr;
};

}  // namespace dossier::ingest
