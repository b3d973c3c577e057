// "list the presidents of Turkey", "who is the Russian president": who has a role, as blocks of SPARQL.
//
//   ASSIGN_OR_RETURN(std::vector<std::string> blocks, RoleBlocks("Russian president", "", true, knowledge));
//
// A role is found as a class (people, countries, companies), as a title with its affiliation, as a predicate noun ("X is a member of
// Y"), as a relation of that name (rel:ally_of) and as the verb an agent noun stands for (an adviser of X advises X); `with_descriptions`
// also finds things whose description holds the noun ("list officials"). Each block binds ?who ?relation ?whom, and ?fact where there
// is evidence. Errors are the knowledge's. No block when the noun has no content words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/base/status.h"
#include "shell/question/knowledge.h"

namespace dossier::shell {

absl::StatusOr<std::vector<std::string>> RoleBlocks(std::string_view noun, std::string_view of, bool with_descriptions,
                                                    const QuestionKnowledge& knowledge);

// The class that a noun names ("countries" -> "schema:Country"), or "".
std::string_view ClassOfNoun(std::string_view noun);

// `VALUES ?variable { ... }` with the shortest form of each IRI.
std::string ValuesOf(std::string_view variable, const std::vector<std::string>& iris);

}  // namespace dossier::shell
