// The search for antecedents, from left to right: which earlier mentions a mention is compared with, and the clusters made so far.
//
//   CorefSearch search(document);
//   for (size_t m = 0; m < document.mentions().size(); ++m) {
//     search.FindCandidates(m, candidates);           // nearest first
//     search.Link(m, best_or_minus_one);
//   }
//
// Candidates are the kNear mentions before, and farther ones only where something ties them to the mention: the same head, text, sieve
// entity, or first and second person; of each at most kFar. Of the two readings of a phrase (CorefMention::variant) one at most is linked. So the work is linear in the length of the document. Thread-compatible.
#pragma once

#include <vector>

#include "absl/container/flat_hash_map.h"
#include "ingest/entity/coref_features.h"

namespace dossier::ingest {

struct Candidate {
  size_t mention = 0;
  PairPlace place;
};

class CorefSearch {
 public:
  static constexpr size_t kNear = 50, kFar = 5;

  explicit CorefSearch(const CorefDocument& document);

  void FindCandidates(size_t mention, std::vector<Candidate>& candidates) const;
  SeenBefore Seen(size_t mention) const;
  // Whether the other reading of the same phrase has been linked.
  bool IsTaken(size_t mention) const;
  // Mentions are linked in order; -1: no antecedent.
  void Link(size_t mention, int antecedent);

  ClusterView ClusterOf(size_t mention) const { return {&clusters_[static_cast<size_t>(cluster_of_[mention])]}; }
  const std::vector<int>& cluster_of() const { return cluster_of_; }
  const std::vector<std::vector<int>>& clusters() const { return clusters_; }

 private:
  std::vector<uint64_t> KeysOf(size_t mention) const;

  const CorefDocument& document_;
  std::vector<int> other_reading_;  // or -1
  std::vector<int> cluster_of_;
  std::vector<std::vector<int>> clusters_;
  absl::flat_hash_map<uint64_t, std::vector<int>> by_key_;
};

}  // namespace dossier::ingest
