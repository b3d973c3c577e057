// The W3C suites of RDF 1.1 and 1.2 for the Turtle family and RDF/XML, from $DOSSIER_SHARED/conformance/w3c-rdf-tests (skipped when absent).
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "graph/base/strings.h"
#include "graph/io/rdf.h"
#include "graph/model/vocabulary.h"
#include "gtest/gtest.h"
#include "tests/graph/io/isomorphism.h"
#include "tests/paths/paths.h"

namespace dossier::graph {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMf = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
constexpr std::string_view kRdft = "http://www.w3.org/ns/rdftest#";

std::string Slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

absl::StatusOr<std::vector<Quad>> ReadQuads(const fs::path& path, RdfFormat format, const std::string& base) {
  std::vector<Quad> quads;
  const absl::Status status = ReadRdf(Slurp(path), {.format = format, .base = base, .blank_node_prefix = ""}, [&](Quad quad) {
    quads.push_back(std::move(quad));
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return quads;
}

struct Case {
  std::string type;                 // local name, "TestTurtleEval"
  std::string action, result;       // IRIs
};

// The tests of one manifest by name, and its base.
struct Manifest {
  std::string base;
  std::map<std::string, Case> cases;
};

Manifest ReadManifest(const fs::path& path) {
  Manifest manifest;
  const std::string self = Cat("file://", path.string());
  const auto quads = ReadQuads(path, RdfFormat::kTurtle, self);
  EXPECT_TRUE(quads.ok()) << path << ": " << quads.status();
  if (!quads.ok()) return manifest;
  for (const Quad& quad : *quads) {
    const std::string& predicate = quad.predicate.value();
    Case& test = manifest.cases[quad.subject.value()];
    if (predicate == Cat(kMf, "assumedTestBase")) manifest.base = quad.object.value();
    if (predicate == Cat(kMf, "action")) test.action = quad.object.value();
    if (predicate == Cat(kMf, "result")) test.result = quad.object.value();
    if (predicate == rdf::kType && quad.object.value().starts_with(kRdft)) test.type = quad.object.value().substr(kRdft.size());
  }
  std::erase_if(manifest.cases, [](const auto& entry) { return !entry.second.type.starts_with("Test"); });
  return manifest;
}

RdfFormat FormatOfType(std::string_view type) {
  if (type.starts_with("TestNTriples")) return RdfFormat::kNTriples;
  if (type.starts_with("TestNQuads")) return RdfFormat::kNQuads;
  if (type.starts_with("TestXML")) return RdfFormat::kRdfXml;
  return type.starts_with("TestTrig") ? RdfFormat::kTriG : RdfFormat::kTurtle;
}

fs::path FileOf(const std::string& iri) { return iri.substr(std::string_view("file://").size()); }

void RunCase(const std::string& name, const Case& test, const fs::path& folder, const std::string& manifest_base) {
  SCOPED_TRACE(name);
  const RdfFormat format = FormatOfType(test.type);
  const fs::path action = FileOf(test.action);
  const std::string base = Cat(manifest_base, action.lexically_relative(folder).string());
  const auto quads = ReadQuads(action, format, base);
  if (test.type.find("Negative") != std::string::npos) {
    EXPECT_FALSE(quads.ok()) << Slurp(action);
    if (!quads.ok()) {
      EXPECT_TRUE(PositionOf(quads.status()).has_value());
    }
    return;
  }
  ASSERT_TRUE(quads.ok()) << quads.status() << "\n" << Slurp(action);
  if (test.result.empty()) return;
  if (test.type.ends_with("C14N")) {
    std::string out;
    for (const Quad& quad : *quads) AppendNQuad(quad, out);
    EXPECT_EQ(out, Slurp(FileOf(test.result)));
    return;
  }
  const auto expected = ReadQuads(FileOf(test.result), RdfFormat::kNQuads, "");
  ASSERT_TRUE(expected.ok()) << expected.status();
  EXPECT_TRUE(Isomorphic(*quads, *expected)) << Slurp(action) << "\n--- expected ---\n" << Slurp(FileOf(test.result));
}

// `tests`: how many the suite has at the commit in conformance/COMMIT, so that none is left out unseen.
void RunSuite(std::string_view folder_name, size_t tests) {
  const fs::path folder = SharedDirectory() / "conformance" / "w3c-rdf-tests" / "rdf" / folder_name;
  if (!fs::exists(folder)) GTEST_SKIP() << folder << " is not there (set DOSSIER_SHARED)";
  const fs::path path = fs::canonical(folder) / "manifest.ttl";
  const Manifest manifest = ReadManifest(path);
  EXPECT_EQ(manifest.cases.size(), tests);
  for (const auto& [name, test] : manifest.cases) RunCase(name, test, path.parent_path(), manifest.base);
}

TEST(W3c, Rdf11NTriples) { RunSuite("rdf11/rdf-n-triples", 70); }
TEST(W3c, Rdf11NQuads) { RunSuite("rdf11/rdf-n-quads", 87); }
TEST(W3c, Rdf11Turtle) { RunSuite("rdf11/rdf-turtle", 313); }
TEST(W3c, Rdf11Trig) { RunSuite("rdf11/rdf-trig", 356); }
TEST(W3c, Rdf12NTriplesSyntax) { RunSuite("rdf12/rdf-n-triples/syntax", 29); }
TEST(W3c, Rdf12NTriplesC14n) { RunSuite("rdf12/rdf-n-triples/c14n", 41); }
TEST(W3c, Rdf12NQuadsSyntax) { RunSuite("rdf12/rdf-n-quads/syntax", 27); }
TEST(W3c, Rdf12NQuadsC14n) { RunSuite("rdf12/rdf-n-quads/c14n", 41); }
TEST(W3c, Rdf12TurtleSyntax) { RunSuite("rdf12/rdf-turtle/syntax", 74); }
TEST(W3c, Rdf12TurtleEval) { RunSuite("rdf12/rdf-turtle/eval", 29); }
TEST(W3c, Rdf12TrigSyntax) { RunSuite("rdf12/rdf-trig/syntax", 35); }
TEST(W3c, Rdf12TrigEval) { RunSuite("rdf12/rdf-trig/eval", 25); }
TEST(W3c, Rdf11Xml) { RunSuite("rdf11/rdf-xml", 166); }
TEST(W3c, Rdf12Xml) { RunSuite("rdf12/rdf-xml/eval", 31); }

}  // namespace
}  // namespace dossier::graph
