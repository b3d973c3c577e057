// Manifests of the W3C suites, read from $DOSSIER_SHARED/conformance/w3c-rdf-tests.
//
//   const Manifest manifest(quads);   for (const Term& entry : manifest.List(kMf, "entries")) ...
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/strings.h"
#include "graph/model/term.h"
#include "tests/paths/paths.h"

namespace dossier::query {

using graph::Quad;
using graph::Term;

inline constexpr std::string_view kMf = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
inline constexpr std::string_view kQt = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#";
inline constexpr std::string_view kRdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

inline std::string SuiteRoot() {
  return std::filesystem::weakly_canonical(SharedDirectory() / "conformance/w3c-rdf-tests/sparql").string();
}

inline std::string PathOf(const std::string& iri) { return iri.starts_with("file://") ? iri.substr(7) : iri; }

class Manifest {
 public:
  explicit Manifest(std::vector<Quad> quads) : quads_(std::move(quads)) {}

  std::vector<Term> Objects(const Term& subject, std::string_view ns, std::string_view name) const {
    std::vector<Term> out;
    for (const Quad& quad : quads_) {
      if (quad.subject == subject && quad.predicate.value() == Cat(ns, name)) out.push_back(quad.object);
    }
    return out;
  }
  std::optional<Term> Object(const Term& subject, std::string_view ns, std::string_view name) const {
    const std::vector<Term> all = Objects(subject, ns, name);
    return all.empty() ? std::nullopt : std::optional(all[0]);
  }
  std::vector<Term> List(std::string_view ns, std::string_view name) const {
    std::vector<Term> out;
    for (const Quad& quad : quads_) {
      if (quad.predicate.value() != Cat(ns, name)) continue;
      for (std::optional<Term> node = quad.object; node && node->is_blank();
           node = Object(*node, kRdf, "rest")) {
        if (const auto first = Object(*node, kRdf, "first")) out.push_back(*first);
      }
    }
    return out;
  }

 private:
  std::vector<Quad> quads_;
};

}  // namespace dossier::query
