// Greedy averaged-perceptron tagger: universal tag, Penn tag and morphological features of each word, left to
// right.
//
//   ASSIGN_OR_RETURN(Tagger tagger, Tagger::FromModel(file));
//   std::vector<TagId> tags;
//   tagger.Tag(words, sentence, tags);                // words: ComputeWordFeatures(sentence, ...)
//   tagger.Annotate(words, tags, sentence);           // fills upos, xpos, feats
//
// The functions that extract features are shared with ingest/train. Borrows the model's bytes; immutable;
// thread-safe.
#pragma once

#include <vector>

#include "absl/types/span.h"
#include "ingest/models/feature_list.h"
#include "ingest/models/feature_table.h"
#include "ingest/models/model_file.h"
#include "ingest/parse/tag_set.h"
#include "ingest/parse/word_features.h"
#include "ingest/text/sentence.h"

namespace dossier::ingest {

// True for sentences most of whose longer words are capitalised, as in headlines.
bool LooksLikeHeadline(const Sentence& sentence);

// Features of the tag of word `i`, given the tags before it.
void ExtractTagFeatures(absl::Span<const WordFeatures> words, const Sentence& sentence, bool headline,
                        absl::Span<const TagId> tags, size_t i, FeatureList& out);
// Features of the choice among the feats of the tag of word `i`, given all tags.
void ExtractFeatsFeatures(absl::Span<const WordFeatures> words, absl::Span<const TagId> tags, size_t i,
                          FeatureList& out);

class Tagger {
 public:
  static absl::StatusOr<Tagger> FromModel(const ModelFile& file);

  const TagSet& tag_set() const { return tag_set_; }
  void Tag(absl::Span<const WordFeatures> words, const Sentence& sentence, std::vector<TagId>& tags) const;
  void Annotate(absl::Span<const WordFeatures> words, absl::Span<const TagId> tags, Sentence& sentence) const;

 private:
  TagSet tag_set_;
  FeatureTable tag_weights_;
  FeatureTable feats_weights_;
};

}  // namespace dossier::ingest
