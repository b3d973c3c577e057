// The fuzz targets over seeds and their mutations, so that every test run exercises them; what is proved is that nothing crashes (under
// the sanitizers: that nothing is read out of bounds).
#include "tests/fuzz/targets.h"

#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace dossier::fuzz {
namespace {

constexpr unsigned kSeed = 20261123;
constexpr int kRounds = 300;

// Flips, cuts, repeats and splices bytes of the seeds.
std::string Mutate(const std::vector<std::string>& seeds, std::mt19937& random) {
  const auto below = [&](size_t n) { return n == 0 ? 0 : random() % n; };
  std::string text = seeds[below(seeds.size())];
  for (size_t changes = 1 + below(6); changes > 0; --changes) {
    const size_t at = below(text.size()), length = below(20);
    switch (below(4)) {
      case 0: text.insert(at, 1, static_cast<char>(below(256))); break;
      case 1: text.erase(at, length); break;
      case 2: text.insert(at, text.substr(at, length)); break;
      default: {
        const std::string& other = seeds[below(seeds.size())];
        const size_t from = below(other.size());
        text.insert(at, other.substr(from, length));
      }
    }
  }
  return text;
}

void RunMutated(void (*target)(std::string_view), const std::vector<std::string>& seeds) {
  SCOPED_TRACE(kSeed);
  std::mt19937 random(kSeed);
  for (const std::string& seed : seeds) target(seed);
  for (int round = 0; round < kRounds; ++round) target(Mutate(seeds, random));
}

TEST(FuzzTargets, SparqlSurvivesMutations) {
  RunMutated(FuzzSparql, {"SELECT ?x (COUNT(*) AS ?n) WHERE { ?x :p/:q* ?y ~ :r {| :a 1.5 |} FILTER(?y > 3 && !BOUND(?z)) } GROUP BY ?x",
                   "CONSTRUCT { ?s ?p <<( :a :b \"c\"@en )>> } WHERE { { ?s ?p ?o } UNION { VALUES (?s ?p) { (UNDEF :x) } } }", "ASK {}"});
}

TEST(FuzzTargets, RdfSurvivesMutations) {
  RunMutated(FuzzRdf, {"PREFIX : <http://x/>\n:a :b ( 1 2.5 [ :c \"d\"@en--ltr ] ) ~ :r {| :e true |} .\n:g { :s :p <<( :a :b :c )>> }",
                "<http://x/a> <http://x/b> \"\\u00e9\"^^<http://x/t> _:g .\n",
                "<!DOCTYPE r [<!ENTITY e 'v<b/>'>]><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:x='urn:x:' "
                "rdf:version='1.2'><x:T rdf:ID='a' x:p='1'><x:q rdf:parseType='Literal'>&e;</x:q><rdf:li rdf:parseType='Collection'><x:T/>"
                "</rdf:li><x:r rdf:parseType='Triple' rdf:annotation='r'><x:T rdf:nodeID='n'/></x:r></x:T></rdf:RDF>"});
}

TEST(FuzzTargets, ArticlesSurviveMutations) {
  RunMutated(FuzzArticle, {"Minister Leaves\n\nOSLO, 3 May 2021 — “We will go,” said Anna Berg, the minister, whose party, which lost, agreed.",
                    "<html><head><title>T</title></head><body><p>Berg&nbsp;was <b>dismissed</b> by Holm &amp; co.</p><ul><li>x</ul></body>"});
}

}  // namespace
}  // namespace dossier::fuzz
