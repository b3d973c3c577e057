// What the translation of questions needs to know about a graph: its relations and its names.
//
// GraphKnowledge (graph_knowledge.h) reads them from the store; tests make their own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shell/question/grammar.h"

namespace dossier::shell {

class QuestionKnowledge : public VerbKnowledge {
 public:
  // IRIs of the graph's relation `name` ("dismiss", "report_to") and of those that mean nearly the same, the exact one first.
  virtual std::vector<std::string> RelationsOf(std::string_view name) const = 0;
  // IRIs of relations whose facts say the same with their ends swapped: inverses ("employ" for "work_for"), and `name` itself and its
  // like where they are symmetric ("meet_with").
  virtual std::vector<std::string> SwappedRelationsOf(std::string_view) const { return {}; }
  // IRIs of the graph's relations of saying ("say", "note", "warn").
  virtual std::vector<std::string> SpeechRelations() const { return {}; }
  // IRIs of the entities called `name`: those with exactly that label or alias; else, and for common
  // nouns also, those whose label has all its words.
  virtual absl::StatusOr<std::vector<std::string>> EntitiesNamed(std::string_view name) const = 0;
  // Names in the graph that look like `name`, for the message when there is nothing by that name.
  virtual std::vector<std::string> RelationsNear(std::string_view name) const = 0;
  // Names of relations that entities called `name` have facts of.
  virtual absl::StatusOr<std::vector<std::string>> RelationsAbout(std::string_view) const { return std::vector<std::string>{}; }
  virtual absl::StatusOr<std::vector<std::string>> NamesNear(std::string_view name) const = 0;
};

}  // namespace dossier::shell
