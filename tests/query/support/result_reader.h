// Reads expected results of the W3C tests: SRX, SRJ, CSV, TSV, graphs, and the result-set vocabulary in
// Turtle or RDF/XML.
#pragma once

#include <string>
#include <vector>

#include "graph/base/status.h"
#include "graph/model/term.h"
#include "tests/query/support/result_set.h"

namespace dossier::query {

absl::StatusOr<std::string> ReadFile(const std::string& path);
// The triples of a Turtle, TriG, N-Triples or RDF/XML file (by its name). Blank nodes get `prefix` in front.
absl::StatusOr<std::vector<graph::Quad>> ReadGraphFile(const std::string& path, const std::string& base,
                                                       const std::string& prefix);
absl::StatusOr<ResultSet> ReadResultFile(const std::string& path, const std::string& base, bool* ordered);

}  // namespace dossier::query
