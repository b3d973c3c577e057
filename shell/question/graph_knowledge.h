// QuestionKnowledge of a store: relations and names as the graph has them, verbs and synonyms also as the lexicon has them.
//
//   ASSIGN_OR_RETURN(GraphKnowledge knowledge, GraphKnowledge::Load(*snapshot));
//
// Load() reads the relations (some thousand at most) and their synonyms; names are looked up in the store each time, exact ones by
// their key, others by a scan of the labels. Borrows the snapshot. Thread-compatible.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "graph/store/store.h"
#include "shell/question/knowledge.h"

namespace dossier::shell {

class GraphKnowledge : public QuestionKnowledge {
 public:
  static absl::StatusOr<GraphKnowledge> Load(const graph::Snapshot& snapshot);

  bool IsVerb(std::string_view lemma) const override;
  std::vector<std::string> RelationsOf(std::string_view name) const override;
  std::vector<std::string> SwappedRelationsOf(std::string_view name) const override;
  std::vector<std::string> SpeechRelations() const override;
  absl::StatusOr<std::vector<std::string>> EntitiesNamed(std::string_view name) const override;
  std::vector<std::string> RelationsNear(std::string_view name) const override;
  absl::StatusOr<std::vector<std::string>> RelationsAbout(std::string_view name) const override;
  absl::StatusOr<std::vector<std::string>> NamesNear(std::string_view name) const override;

  // Names of all relations, sorted.
  const std::set<std::string, std::less<>>& relations() const { return relations_; }

 private:
  explicit GraphKnowledge(const graph::Snapshot& snapshot) : snapshot_(&snapshot) {}
  // IRIs of the entities whose key is exactly `key`.
  absl::StatusOr<std::vector<std::string>> ByKey(const std::string& key) const;
  // Calls visit(subject, key of its label) for every label and alias of the entities.
  template <typename Visit>
  absl::Status ForEachName(const Visit& visit) const;

  const graph::Snapshot* snapshot_;
  std::set<std::string, std::less<>> relations_;
  std::map<std::string, std::set<std::string>, std::less<>> synonyms_;   // both directions
  std::map<std::string, std::set<std::string>, std::less<>> inverses_;   // both directions; of itself: symmetric
};

// Number of edits (insert, delete, replace, swap neighbours) from `a` to `b`, or `limit` + 1 when more than `limit` are needed.
size_t EditDistance(std::string_view a, std::string_view b, size_t limit);

}  // namespace dossier::shell
