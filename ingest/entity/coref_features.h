// The features of the ranker of coreference (coref_ranker.h), as hashes. Training and running share this code.
//
//   FeatureList list;
//   AddPairFeatures(document, anaphor, antecedent, {.rank = 0}, list);
//
// There are five groups: of the anaphor, of the antecedent, of the pair, of the pair's antecedent's cluster so far, and of an anaphor that
// has no antecedent. After Durrett & Klein 2013 (surface features by pronoun and form), Wiseman et al. 2015 (anaphoricity apart from
// linking; the hidden layer conjoins) and Lee et al. 2011 (the sieve's agreement and cluster constraints), in our words. The template numbers and
// what goes into them are part of the format of coref.model: a change needs a newly trained model. Pure; thread-safe.
#pragma once

#include "ingest/entity/coref_document.h"
#include "ingest/models/feature_list.h"

namespace dossier::ingest {

// What the search for an antecedent knows about a candidate.
struct PairPlace {
  int between = 0;  // mentions between antecedent and anaphor
  int rank = 0;     // candidates nearer to the anaphor that agree with it
};

// What is known of a cluster when a mention is compared with it.
struct ClusterView {
  const std::vector<int>* mentions = nullptr;  // in text order, before the anaphor
};

// What is seen of a mention in what precedes it.
struct SeenBefore {
  int same_head = 0, same_text = 0, same_sieve = 0;
};

bool AgreeInForm(const MentionTraits& anaphor, const MentionTraits& antecedent);  // no conflict in number, gender, animacy

void AddAnaphorFeatures(const CorefDocument& document, size_t mention, const SeenBefore& seen, FeatureList& out);
void AddNewFeatures(const CorefDocument& document, size_t mention, const SeenBefore& seen, FeatureList& out);
void AddAntecedentFeatures(const CorefDocument& document, size_t mention, FeatureList& out);
void AddPairFeatures(const CorefDocument& document, size_t anaphor, size_t antecedent, const PairPlace& place, FeatureList& out);
void AddClusterFeatures(const CorefDocument& document, size_t anaphor, size_t antecedent, const ClusterView& cluster, FeatureList& out);

}  // namespace dossier::ingest
