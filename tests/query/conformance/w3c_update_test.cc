// The update tests of the W3C suites (SPARQL 1.1 and 1.2): every update evaluation test on a store on disk, every positive syntax test
// parses and prints to text that parses to the same request, every negative one is refused with a position.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "query/syntax/parser.h"
#include "query/syntax/print.h"
#include "query/update/update.h"
#include "tests/query/conformance/manifest.h"
#include "tests/query/support/result_reader.h"
#include "tests/query/support/result_set.h"
#include "tests/query/support/temp_store.h"

namespace dossier::query {
namespace {

constexpr std::string_view kUt = "http://www.w3.org/2009/sparql/tests/test-update#";
constexpr std::string_view kRdfs = "http://www.w3.org/2000/01/rdf-schema#";

// A dataset of a manifest: files for the default graph, (name, file) for the others.
struct DatasetFiles {
  std::vector<std::string> data;
  std::vector<std::pair<std::string, std::string>> graphs;
};

struct UpdateCase {
  std::string name, request;
  DatasetFiles before, after;
};

struct UpdateTests {
  std::vector<UpdateCase> evaluation;
  std::set<std::string> positive, negative;
};

DatasetFiles FilesOf(const Manifest& manifest, const Term& node) {
  DatasetFiles out;
  for (const Term& data : manifest.Objects(node, kUt, "data")) out.data.push_back(PathOf(data.value()));
  for (const Term& graph : manifest.Objects(node, kUt, "graphData")) {
    const auto file = manifest.Object(graph, kUt, "graph");
    const auto label = manifest.Object(graph, kRdfs, "label");
    if (file && label)
      out.graphs.emplace_back(label->value(), PathOf(file->value()));
    else if (graph.is_iri())
      out.graphs.emplace_back(graph.value(), PathOf(graph.value()));
  }
  return out;
}

void Collect(const std::string& path, UpdateTests& tests) {
  const auto quads = ReadGraphFile(path, "file://" + path, "");
  ASSERT_TRUE(quads.ok()) << path << ": " << quads.status();
  const Manifest manifest(*quads);
  for (const Term& include : manifest.List(kMf, "include")) {
    if (include.value().find("/entailment/") == std::string::npos) Collect(PathOf(include.value()), tests);
  }
  const std::string folder = std::filesystem::path(path).parent_path().filename();
  for (const Term& entry : manifest.List(kMf, "entries")) {
    const auto type = manifest.Object(entry, kRdf, "type");
    const auto action = manifest.Object(entry, kMf, "action");
    if (!type || !action) continue;
    const std::string kind = type->value().starts_with(kMf) ? type->value().substr(kMf.size()) : "";
    if (kind == "UpdateEvaluationTest") {
      const auto request = manifest.Object(*action, kUt, "request"), result = manifest.Object(entry, kMf, "result");
      ASSERT_TRUE(request) << entry.value();
      UpdateCase test;
      test.name = Cat(folder, "/", entry.value().substr(entry.value().find_last_of("#/") + 1));
      test.request = PathOf(request->value());
      test.before = FilesOf(manifest, *action);
      if (result) test.after = FilesOf(manifest, *result);
      tests.evaluation.push_back(std::move(test));
    } else if (action->value().ends_with(".ru")) {
      const std::string file = PathOf(action->value());
      if (kind.starts_with("PositiveUpdateSyntaxTest")) tests.positive.insert(file);
      if (kind.starts_with("NegativeUpdateSyntaxTest")) tests.negative.insert(file);
    }
  }
}

absl::StatusOr<std::vector<Quad>> ReadDataset(const DatasetFiles& files, std::string_view prefix) {
  std::vector<Quad> out;
  const auto read = [&](const std::string& path, const std::string& graph) -> absl::Status {
    // Blank nodes of one file that is data of two graphs are different nodes, as the suites have it.
    ASSIGN_OR_RETURN(std::vector<Quad> quads, ReadGraphFile(path, "file://" + path, Cat(prefix, out.size(), "x")));
    for (Quad& quad : quads) {
      if (!graph.empty() && quad.in_default_graph) {
        quad.in_default_graph = false;
        quad.graph = Term::Iri(graph);
      }
      out.push_back(std::move(quad));
    }
    return absl::OkStatus();
  };
  for (const std::string& path : files.data) RETURN_IF_ERROR(read(path, ""));
  for (const auto& [name, path] : files.graphs) RETURN_IF_ERROR(read(path, name));
  return out;
}

ResultSet AsRows(const std::vector<Quad>& quads) {
  ResultSet out;
  out.variables = {"g", "s", "p", "o"};
  for (const Quad& quad : quads) {
    out.rows.push_back({quad.in_default_graph ? std::nullopt : std::optional(quad.graph), quad.subject, quad.predicate, quad.object});
  }
  return out;
}

// Empty when the test passes.
std::string RunCase(const UpdateCase& test, TempStore& temp, bool optimize) {
  UpdateOptions options;
  options.query.base = "file://" + test.request;
  options.query.default_prefixes = false;
  options.query.optimize = optimize;
  options.query.timeout = std::chrono::seconds(20);
  if (const auto cleared = RunUpdate(temp.store(), "DROP ALL", {}); !cleared.ok()) return MessageOf(cleared.status());
  const auto before = ReadDataset(test.before, "b");
  const auto after = ReadDataset(test.after, "a");
  if (!before.ok() || !after.ok()) return "the data cannot be read";
  temp.Add(*before);
  const auto text = ReadFile(test.request);
  if (!text.ok()) return MessageOf(text.status());
  const auto done = RunUpdate(temp.store(), *text, options);
  if (!done.ok()) return RenderError(done.status(), *text, "update");
  const ResultSet actual = AsRows(temp.Quads());
  const std::string difference = Difference(AsRows(*after), actual, {});
  if (difference.empty()) return "";
  return Cat(difference, "\nupdate:\n", *text, "\nexpected:\n", Describe(AsRows(*after)), "actual:\n", Describe(actual));
}

class W3cUpdate : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    const std::string manifest = Cat(SuiteRoot(), "/", GetParam(), GetParam() == "sparql11" ? "/manifest-all.ttl" : "/manifest.ttl");
    if (!std::filesystem::exists(manifest)) GTEST_SKIP() << "no W3C suites at " << SuiteRoot();
    Collect(manifest, tests_);
  }
  UpdateTests tests_;
};

TEST_P(W3cUpdate, Evaluation) {
  ASSERT_GE(tests_.evaluation.size(), GetParam() == "sparql11" ? 90u : 3u);
  TempStore temp;
  for (const bool optimize : {true, false}) {
    for (const UpdateCase& test : tests_.evaluation) {
      const std::string problem = RunCase(test, temp, optimize);
      if (!problem.empty()) ADD_FAILURE() << GetParam() << "/" << test.name << "\n" << problem;
    }
  }
  std::cout << GetParam() << ": " << tests_.evaluation.size() << " update evaluation tests\n";
}

TEST_P(W3cUpdate, ValidRequestsParseAndPrint) {
  ASSERT_GE(tests_.positive.size(), 10u);
  for (const std::string& file : tests_.positive) {
    const auto text = ReadFile(file);
    ASSERT_TRUE(text.ok()) << file;
    const auto tree = ParseUpdate(*text, {.base = Cat("file://", file), .prefixes = {}});
    if (!tree.ok()) {
      ADD_FAILURE() << RenderError(tree.status(), *text, file);
      continue;
    }
    const std::string printed = Print(*tree);
    const auto again = ParseUpdate(printed, {});
    if (!again.ok()) {
      ADD_FAILURE() << file << "\n" << RenderError(again.status(), printed, "printed");
      continue;
    }
    EXPECT_TRUE(*again == *tree) << file << "\n" << printed;
  }
  std::cout << GetParam() << ": " << tests_.positive.size() << " valid, " << tests_.negative.size() << " invalid requests\n";
}

TEST_P(W3cUpdate, InvalidRequestsAreRefusedWithAPosition) {
  ASSERT_GE(tests_.negative.size(), 2u);
  for (const std::string& file : tests_.negative) {
    const auto text = ReadFile(file);
    ASSERT_TRUE(text.ok()) << file;
    const auto tree = ParseUpdate(*text, {.base = Cat("file://", file), .prefixes = {}});
    if (tree.ok()) {
      ADD_FAILURE() << file << " was accepted:\n" << *text;
      continue;
    }
    EXPECT_TRUE(PositionOf(tree.status()).has_value()) << file << ": " << tree.status();
  }
}

INSTANTIATE_TEST_SUITE_P(Suites, W3cUpdate, testing::Values("sparql11", "sparql12"), [](const auto& p) { return p.param; });

}  // namespace
}  // namespace dossier::query
