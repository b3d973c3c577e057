// The W3C suites of SPARQL 1.0, 1.1 and 1.2 as far as they concern queries: every positive syntax test and
// every query of an evaluation test parses, prints to text that parses to the same tree, and translates;
// every negative test is refused. The suites are read from $DOSSIER_SHARED/conformance/w3c-rdf-tests (skipped
// when absent).
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "graph/base/strings.h"
#include "graph/io/rdf.h"
#include "graph/model/vocabulary.h"
#include "query/algebra/print.h"
#include "query/algebra/translate.h"
#include "query/algebra/visit.h"
#include "query/syntax/parser.h"
#include "query/syntax/print.h"
#include "tests/paths/paths.h"

namespace dossier::query {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kManifest = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
constexpr std::string_view kQuery = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#query";

fs::path SuiteFolder() { return SharedDirectory() / "conformance/w3c-rdf-tests/sparql"; }

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

struct Tests {
  std::set<std::string> positive, negative;  // paths of .rq files
};

void AddManifest(const fs::path& path, Tests& tests) {
  std::map<std::string, std::string> kinds, actions, queries;
  const graph::RdfReadOptions options{
      .format = graph::RdfFormat::kTurtle, .base = Cat("file://", path.string()), .blank_node_prefix = ""};
  const absl::Status status = graph::ReadRdf(ReadFile(path), options, [&](graph::Quad quad) {
    const std::string& p = quad.predicate.value();
    if (p == graph::rdf::kType) kinds[quad.subject.value()] = quad.object.value();
    if (p == Cat(kManifest, "action")) actions[quad.subject.value()] = quad.object.value();
    if (p == kQuery) queries[quad.subject.value()] = quad.object.value();
    return absl::OkStatus();
  });
  ASSERT_TRUE(status.ok()) << path << ": " << status;
  for (const auto& [test, kind] : kinds) {
    if (!kind.starts_with(kManifest) || !actions.contains(test)) continue;
    std::string file = actions[test];
    if (queries.contains(file)) file = queries[file];
    if (!file.ends_with(".rq") || !file.starts_with("file://")) continue;
    file = file.substr(7);
    const std::string name = kind.substr(kManifest.size());
    if (name.starts_with("NegativeSyntaxTest"))
      tests.negative.insert(file);
    else if (name.starts_with("PositiveSyntaxTest") || name == "QueryEvaluationTest")
      tests.positive.insert(file);
  }
}

Tests AllTests() {
  Tests tests;
  for (const auto& entry : fs::recursive_directory_iterator(SuiteFolder())) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("manifest") && name.ends_with(".ttl"))
      AddManifest(fs::canonical(entry.path()), tests);
  }
  return tests;
}

class W3cSyntax : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(SuiteFolder())) GTEST_SKIP() << SuiteFolder() << " is not there (set DOSSIER_SHARED)";
  }
};

TEST_F(W3cSyntax, ValidQueriesParsePrintAndTranslate) {
  const Tests tests = AllTests();
  EXPECT_GE(tests.positive.size(), 860u);
  for (const std::string& file : tests.positive) {
    const std::string text = ReadFile(file);
    const auto tree = ParseQuery(text, {.base = Cat("file://", file), .prefixes = {}});
    if (!tree.ok()) {
      ADD_FAILURE() << RenderError(tree.status(), text, file);
      continue;
    }
    const std::string printed = Print(*tree);
    const auto again = ParseQuery(printed, {});
    if (!again.ok()) {
      ADD_FAILURE() << file << "\n" << RenderError(again.status(), printed, "printed");
      continue;
    }
    EXPECT_TRUE(*again == *tree) << file << "\n" << printed;
    const auto algebra = Translate(*tree);
    ASSERT_TRUE(algebra.ok()) << file << ": " << algebra.status();
    const auto algebra_again = Translate(*again);
    ASSERT_TRUE(algebra_again.ok()) << file;
    EXPECT_EQ(algebra::Print(*algebra), algebra::Print(*algebra_again)) << file;
    EXPECT_EQ(algebra::Print(*algebra->root, algebra->variables),
              algebra::Print(*algebra::Clone(*algebra->root), algebra->variables))
        << file;
  }
}

TEST_F(W3cSyntax, InvalidQueriesAreRefusedWithAPosition) {
  const Tests tests = AllTests();
  EXPECT_GE(tests.negative.size(), 170u);
  for (const std::string& file : tests.negative) {
    const auto tree = ParseQuery(ReadFile(file), {.base = Cat("file://", file), .prefixes = {}});
    ASSERT_FALSE(tree.ok()) << file;
    EXPECT_TRUE(PositionOf(tree.status()).has_value()) << file << ": " << tree.status();
  }
}

}  // namespace
}  // namespace dossier::query
