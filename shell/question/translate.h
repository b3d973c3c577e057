// Questions to SPARQL.
//
//   ASSIGN_OR_RETURN(Translation t, Translate(question, knowledge));
//   t.sparql      // SELECT DISTINCT ?fact ?who ?relation ?whom ?answer ?asserted WHERE { ... }
//
// The query finds reifiers, so that facts that are only claimed are found too; names are resolved to the IRIs of the graph first, so that
// the query is one a user can read, change and run. Its columns are always the ones above; ?answer is bound where the question asks
// for a circumstance (when, where, of what).
// Errors: NotFound for verbs and names the graph does not have, naming near ones. Pure but for the knowledge.
#pragma once

#include <string>
#include <vector>

#include "graph/base/status.h"
#include "shell/question/knowledge.h"
#include "shell/question/question.h"

namespace dossier::shell {

struct Translation {
  std::string sparql;
  std::string answer_title;   // heading of ?answer: "when", "of what"; empty when the question asks for no circumstance
  std::vector<std::string> unknown_names;   // that no entity has, and that are looked for as words
};

absl::StatusOr<Translation> Translate(const Question& question, const QuestionKnowledge& knowledge);

// `text` as a SPARQL string literal.
std::string SparqlString(std::string_view text);

}  // namespace dossier::shell
