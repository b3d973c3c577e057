// Random quads with awkward terms: IRIs that make no prefixed names, forms that are no numbers, escapes, nested triple terms.
//
//   QuadGenerator generator(seed);
//   std::vector<Quad> quads = generator.Quads();
#pragma once

#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "graph/base/strings.h"
#include "graph/model/term.h"
#include "graph/model/vocabulary.h"

namespace dossier::graph {

class QuadGenerator {
 public:
  explicit QuadGenerator(unsigned seed) : random_(seed) {}
  size_t Pick(size_t n) { return random_() % n; }

  Term Node() {
    static const std::vector<std::string> kIris = {"urn:x:a", "urn:x:", "http://example.org/b.c", "http://example.org/.d", "urn:x:e,f",
                                                   "http://example.org/é", "urn:x:-g", "urn:y:h:i", "urn:x:1.", "urn:x:%41"};
    return Pick(4) == 0 ? Term::BlankNode(Cat("b", Pick(4))) : Term::Iri(kIris[Pick(kIris.size())]);
  }
  Term Predicate() {
    const size_t n = Pick(6);
    return Term::Iri(n == 0 ? std::string(rdf::kType) : n == 1 ? std::string(rdf::kReifies) : Cat("urn:x:p", n));
  }
  Term Literal() {
    static const std::vector<std::string> kForms = {"1", "+1", "01", "-", "1.0", ".5", "1.", "1e5", "1E-5", ".e1", "1.E3", "true", "TRUE",
                                                    "", "a\"b\\c\n\t\x01é", "INF", "\xEF\xBF\xBF"};
    static const std::vector<std::string_view> kTypes = {xsd::kString, xsd::kInteger, xsd::kDecimal, xsd::kDouble, xsd::kBoolean,
                                                         "urn:x:type"};
    const std::string form = kForms[Pick(kForms.size())];
    if (Pick(4) == 0) return Term::LangLiteral(form, Pick(2) == 0 ? "en" : "de-AT", static_cast<Direction>(Pick(3)));
    return Term::Literal(form, std::string(kTypes[Pick(kTypes.size())]));
  }
  Term Object(int depth = 0) {
    const size_t n = Pick(6);
    if (n == 0 && depth < 3) return Term::TripleTerm(Node(), Predicate(), Object(depth + 1));
    return n < 3 ? Node() : Literal();
  }
  std::vector<Quad> Quads() {
    std::vector<Quad> quads;
    for (size_t n = Pick(30); n > 0; --n) {
      Quad quad(Node(), Predicate(), Object());
      if (!quads.empty()) {
        const Quad& last = quads.back();
        if (Pick(2) == 0) quad.subject = last.subject;
        if (Pick(2) == 0) quad.predicate = last.predicate;
        if (Pick(2) == 0) std::tie(quad.in_default_graph, quad.graph) = std::tie(last.in_default_graph, last.graph);
        if (Pick(4) == 0) {
          quad.predicate = Term::Iri(std::string(rdf::kReifies));
          quad.object = Term::TripleTerm(last.subject, last.predicate, last.object);
        }
      }
      if (Pick(6) == 0) std::tie(quad.in_default_graph, quad.graph) = std::make_tuple(false, Node());
      if (Pick(12) == 0) quad.in_default_graph = true;
      quads.push_back(std::move(quad));
    }
    return quads;
  }

 private:
  std::mt19937 random_;
};

}  // namespace dossier::graph
