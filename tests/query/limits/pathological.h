// Queries that would run for ever or fill the memory, and the data they run on.
//
//   for (const PathologicalQuery& query : ReadPathological()) RunQuery(engine, query.text, limits) ...
//
// The file is pathological.test: "=== name", then the query. Data: a chain of 3,000 nodes (:next), a graph of 120 nodes with all edges
// (:edge), 3,000 numbers (:value) and strings (:text), 60 named graphs of 20 quads.
#pragma once

#include <fstream>
#include <string>
#include <vector>

#include "graph/base/strings.h"
#include "graph/model/term.h"
#include "tests/paths/paths.h"

namespace dossier::query {

struct PathologicalQuery {
  std::string name, text;
};

inline std::vector<PathologicalQuery> ReadPathological() {
  std::ifstream in(SourceDirectory() / "tests/query/limits/pathological.test");
  std::vector<PathologicalQuery> out;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("=== ")) {
      out.push_back({line.substr(4), "PREFIX : <http://example/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"});
    } else if (!out.empty() && !line.starts_with("#")) {
      out.back().text += line + "\n";
    }
  }
  return out;
}

inline std::vector<graph::Quad> PathologicalData() {
  using graph::Quad;
  using graph::Term;
  const auto iri = [](std::string_view name, int i) { return Term::Iri(Cat("http://example/", name, i)); };
  const auto property = [](std::string_view name) { return Term::Iri(Cat("http://example/", name)); };
  std::vector<Quad> out;
  for (int i = 0; i < 3000; ++i) {
    out.emplace_back(iri("c", i), property("next"), iri("c", i + 1));
    out.emplace_back(iri("c", i), property("value"), Term::Literal(std::to_string(i), "http://www.w3.org/2001/XMLSchema#integer"));
    out.emplace_back(iri("c", i), property("text"), Term::Literal(Cat("a text of some length, number ", i, " aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")));
  }
  for (int i = 0; i < 120; ++i) {
    for (int k = 0; k < 120; ++k) out.emplace_back(iri("k", i), property("edge"), iri("k", k));
  }
  for (int g = 0; g < 60; ++g) {
    for (int i = 0; i < 20; ++i) out.emplace_back(iri("m", i), property("member"), iri("m", (i + g) % 20), iri("g", g));
  }
  return out;
}

}  // namespace dossier::query
