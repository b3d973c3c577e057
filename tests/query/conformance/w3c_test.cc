// The query evaluation tests of the W3C suites (SPARQL 1.0, 1.1, 1.2), read from
// $DOSSIER_SHARED/conformance/w3c-rdf-tests. Each suite is one test: its failures must be exactly those in
// known_failures.txt, so that neither a new failure nor a stale entry goes unseen.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include "graph/base/strings.h"
#include "tests/paths/paths.h"
#include "tests/query/conformance/manifest.h"
#include "tests/query/support/fake_store.h"
#include "tests/query/support/result_reader.h"
#include "tests/query/support/result_set.h"

namespace dossier::query {
namespace {

struct Case {
  std::string name;  // folder/test
  std::string query, result;
  std::vector<std::string> data, graphs;                             // files
  std::vector<std::pair<std::string, std::string>> labelled_graphs;  // name, file
  bool lax = false;
};

void Collect(const std::string& path, std::vector<Case>& cases) {
  const auto quads = ReadGraphFile(path, "file://" + path, "");
  ASSERT_TRUE(quads.ok()) << path << ": " << quads.status();
  const Manifest manifest(*quads);
  for (const Term& include : manifest.List(kMf, "include")) {
    if (include.value().find("/entailment/") == std::string::npos) Collect(PathOf(include.value()), cases);
  }
  const std::string folder = std::filesystem::path(path).parent_path().filename();
  for (const Term& entry : manifest.List(kMf, "entries")) {
    const auto type = manifest.Object(entry, kRdf, "type");
    if (!type || (type->value() != Cat(kMf, "QueryEvaluationTest") &&
                  type->value() != Cat(kMf, "CSVResultFormatTest")))
      continue;
    const auto action = manifest.Object(entry, kMf, "action"), result = manifest.Object(entry, kMf, "result");
    const auto query = action ? manifest.Object(*action, kQt, "query") : std::nullopt;
    if (!query || !result || manifest.Object(*action, kQt, "serviceData")) continue;
    Case test;
    test.name = Cat(folder, "/", entry.value().substr(entry.value().find_last_of("#/") + 1));
    test.query = PathOf(query->value());
    test.result = PathOf(result->value());
    for (const Term& data : manifest.Objects(*action, kQt, "data")) test.data.push_back(PathOf(data.value()));
    for (const Term& data : manifest.Objects(*action, kQt, "graphData")) {
      if (data.is_iri()) {
        test.graphs.push_back(PathOf(data.value()));
      } else {
        const auto file = manifest.Object(data, kQt, "graph");
        const auto label = manifest.Object(data, "http://www.w3.org/2000/01/rdf-schema#", "label");
        if (file && label) test.labelled_graphs.emplace_back(label->value(), PathOf(file->value()));
      }
    }
    test.lax = manifest.Object(entry, kMf, "resultCardinality").has_value();
    cases.push_back(std::move(test));
  }
}

absl::Status Load(const std::string& path, const std::string& graph, std::vector<Quad>& quads) {
  ASSIGN_OR_RETURN(std::vector<Quad> read,
                   ReadGraphFile(path, "file://" + path, Cat("f", quads.size(), "x")));
  for (Quad& quad : read) {
    if (!graph.empty() && quad.in_default_graph) {
      quad.in_default_graph = false;
      quad.graph = Term::Iri(graph);
    }
    quads.push_back(std::move(quad));
  }
  return absl::OkStatus();
}

// Graphs that FROM names are files beside the query.
absl::Status LoadFrom(const std::string& text, const std::string& query_path, std::vector<Quad>& quads) {
  static const std::regex kFrom(R"(FROM\s+(?:NAMED\s+)?<([^>]*)>)", std::regex::icase);
  std::set<std::string> loaded;
  for (std::sregex_iterator it(text.begin(), text.end(), kFrom), end; it != end; ++it) {
    const auto path =
        (std::filesystem::path(query_path).parent_path() / (*it)[1].str()).lexically_normal().string();
    if (!loaded.insert(path).second || !std::filesystem::exists(path)) continue;
    RETURN_IF_ERROR(Load(path, "file://" + path, quads));
  }
  return absl::OkStatus();
}

bool HasOuterOrder(const std::string& text) {
  const size_t last = text.rfind('}');
  static const std::regex kOrder(R"(ORDER\s+BY)", std::regex::icase);
  return std::regex_search(text.substr(last == std::string::npos ? 0 : last), kOrder);
}

// Empty when the test passes.
std::string RunCase(const Case& test, bool optimize) {
  std::vector<Quad> quads;
  absl::Status loaded;
  for (const std::string& path : test.data) loaded.Update(Load(path, "", quads));
  for (const std::string& path : test.graphs) loaded.Update(Load(path, "file://" + path, quads));
  for (const auto& [name, path] : test.labelled_graphs) loaded.Update(Load(path, name, quads));
  const auto text = ReadFile(test.query);
  if (!text.ok()) return MessageOf(text.status());
  if (test.data.empty()) loaded.Update(LoadFrom(*text, test.query, quads));
  if (!loaded.ok()) return MessageOf(Annotate(loaded, "loading"));
  bool indexed = false;
  const auto expected = ReadResultFile(test.result, "file://" + test.result, &indexed);
  if (!expected.ok()) return MessageOf(Annotate(expected.status(), "reading the expected result"));
  const FakeStore store(quads);
  QueryOptions options;
  options.base = "file://" + test.query;
  options.default_prefixes = false;
  options.optimize = optimize;
  options.timeout = std::chrono::seconds(20);
  const auto actual = RunQuery(Engine(store), *text, options);
  if (!actual.ok()) return RenderError(actual.status(), *text, "query");
  CompareOptions compare;
  compare.ordered = HasOuterOrder(*text);
  compare.lax = test.lax;
  compare.by_text = test.result.ends_with(".csv");
  const std::string difference = Difference(*expected, *actual, compare);
  if (difference.empty()) return "";
  return Cat(difference, "\nquery:\n", *text, "\nexpected:\n", Describe(*expected), "actual:\n",
             Describe(*actual));
}

std::set<std::string> KnownFailures(const std::string& suite) {
  std::set<std::string> out;
  std::ifstream in(SourceDirectory() / "tests/query/conformance/known_failures.txt");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(suite + "/")) out.insert(line.substr(0, line.find(' ')));
  }
  return out;
}

class W3c : public testing::TestWithParam<std::tuple<std::string, bool>> {};

TEST_P(W3c, QueryEvaluation) {
  const auto& [suite, optimize] = GetParam();
  const std::string manifest =
      Cat(SuiteRoot(), "/", suite, suite == "sparql11" ? "/manifest-all.ttl" : "/manifest.ttl");
  if (!std::filesystem::exists(manifest)) GTEST_SKIP() << "no W3C suites at " << SuiteRoot();
  std::vector<Case> cases;
  Collect(manifest, cases);
  ASSERT_GT(cases.size(), 20u);
  const std::set<std::string> known = KnownFailures(suite);
  const char* only = std::getenv("DOSSIER_W3C_ONLY");
  size_t passed = 0, failed = 0;
  for (const Case& test : cases) {
    if (only != nullptr && test.name.find(only) == std::string::npos) continue;
    const std::string problem = RunCase(test, optimize);
    const std::string name = Cat(suite, "/", test.name);
    problem.empty() ? ++passed : ++failed;
    if (known.count(name) != 0) {
      if (problem.empty()) ADD_FAILURE() << name << " passes now: take it out of known_failures.txt";
    } else if (!problem.empty()) {
      ADD_FAILURE() << name << "\n" << problem;
    }
  }
  std::cout << suite << (optimize ? "" : " (not optimised)") << ": " << passed << " passed, " << failed
            << " failed\n";
}

INSTANTIATE_TEST_SUITE_P(
    Suites, W3c, testing::Combine(testing::Values("sparql10", "sparql11", "sparql12"), testing::Bool()),
    [](const auto& p) { return std::get<0>(p.param) + (std::get<1>(p.param) ? "" : "_unoptimised"); });

}  // namespace
}  // namespace dossier::query
