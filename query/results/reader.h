// Reads SPARQL results in JSON and XML, extensions of 1.2 included: what SERVICE gets back.
//
//   ASSIGN_OR_RETURN(ReadResults results, ReadJsonResults(text));
//   results.rows[0][2]                                        // of results.variables[2]; nothing = unbound
//
// Strict about what it uses, indifferent to what it does not know (links, other members and elements). Errors are InvalidArgument that say
// where (byte, or line). Triple terms nested deeper than 500 are an error; DTDs are refused; memory is linear in the text. Blank node labels
// are as written: they mean something within this one result only. Thread-safe (pure functions).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/status.h"
#include "graph/model/term.h"

namespace dossier::query {

struct ReadResults {
  std::optional<bool> boolean;  // of ASK
  std::vector<std::string> variables;
  std::vector<std::vector<std::optional<graph::Term>>> rows;  // each as long as `variables`
};

absl::StatusOr<ReadResults> ReadJsonResults(std::string_view text);
absl::StatusOr<ReadResults> ReadXmlResults(std::string_view text);
// By media type; Unimplemented for other types.
absl::StatusOr<ReadResults> ReadResultsOfType(std::string_view media_type, std::string_view text);

}  // namespace dossier::query
