// Questions to SPARQL.
//
//   ASSIGN_OR_RETURN(Translation t, Translate(question, knowledge));
//   t.sparql      // SELECT DISTINCT ?fact ?who ?relation ?whom ?answer ?asserted WHERE { ... }
//
// The query finds reifiers, so that facts that are only claimed are found too; names are resolved to the IRIs of the graph first, so that
// the query is one a user can read, change and run. Its columns are always the ones above; ?answer is bound where the question asks
// for a circumstance (when, where, of what).
// A question that finds nothing as it stands is asked again more loosely, in the order of `fallbacks`; `note` says what was loosened.
//
// Errors: NotFound for verbs and names the graph does not have, naming near ones. Pure but for the knowledge.
#pragma once

#include <string>
#include <vector>

#include "graph/base/status.h"
#include "shell/question/knowledge.h"
#include "shell/question/question.h"

namespace dossier::shell {

struct Translation {
  struct Fallback {
    std::string sparql;
    std::string note;
    bool claims = false;      // finds who says so: for "according to whom" the answer, else only what is said near it
  };
  std::string sparql;
  std::vector<Fallback> fallbacks;
  std::string error;          // why the question as it stands cannot be asked; the fallbacks may still find something
  bool role = false;          // asks who has a role: the answers are in ?who
  bool swapped = false;       // some blocks find facts said the other way round: ?answer is then the end that is asked for
  std::string answer_title;   // heading of ?answer: "when", "of what"; empty when the question asks for no circumstance
  std::vector<std::string> unknown_names;   // that no entity has, and that are looked for as words
};

// `today` (YYYY-MM-DD) is what "last week" in a question counts from; without it such words are matched as words.
absl::StatusOr<Translation> Translate(const Question& question, const QuestionKnowledge& knowledge, std::string_view today = "");

// `text` as a SPARQL string literal.
std::string SparqlString(std::string_view text);

}  // namespace dossier::shell
