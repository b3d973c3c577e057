// Runs the golden text tests of tests/sparql/<topic>/*.test; see tests/sparql/README.md for their format.
// Each case runs with and without the optimizer.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>

#include "graph/base/strings.h"
#include "graph/io/rdf.h"
#include "query/update/update.h"
#include "tests/paths/paths.h"
#include "tests/query/support/fake_store.h"
#include "tests/query/support/result_reader.h"
#include "tests/query/support/result_set.h"
#include "tests/query/support/temp_store.h"

namespace dossier::query {
namespace {

using graph::Quad;
using graph::Term;

constexpr std::string_view kPrefixes = R"(
PREFIX : <http://example/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rel: <urn:dossier:relation/>
PREFIX ent: <urn:dossier:entity/>
PREFIX prov: <http://www.w3.org/ns/prov#>
)";

struct GoldenCase {
  std::string name;
  std::string data, query, update, expect, error;
  bool ordered = false, graph = false, dataset = false;
};

// Sections start with "key:" at the beginning of a line; cases with "===".
std::vector<GoldenCase> ParseCases(const std::string& text) {
  std::vector<GoldenCase> cases;
  GoldenCase current;
  std::string data;
  std::string* section = nullptr;
  const auto finish = [&] {
    if (!current.data.empty()) data = current.data;
    current.data = data;
    if (!current.query.empty() || !current.update.empty()) cases.push_back(current);
    current = GoldenCase();
    section = nullptr;
  };
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("===")) {
      finish();
      current.name = line.size() > 4 ? line.substr(4) : "";
      continue;
    }
    if (line.starts_with("#") && section != &current.data) continue;
    const std::map<std::string, std::string*> keys = {
        {"data:", &current.data},           {"query:", &current.query},
        {"expect:", &current.expect},       {"expect-ordered:", &current.expect},
        {"expect-graph:", &current.expect}, {"error:", &current.error},
        {"update:", &current.update},       {"expect-dataset:", &current.expect}};
    if (const auto key = keys.find(line.substr(0, line.find(':') + 1)); key != keys.end()) {
      section = key->second;
      current.ordered |= key->first == "expect-ordered:";
      current.graph |= key->first == "expect-graph:";
      current.dataset |= key->first == "expect-dataset:";
      line.erase(0, key->first.size());
    }
    if (section != nullptr) Append(*section, line, "\n");
  }
  finish();
  return cases;
}

absl::StatusOr<std::vector<Quad>> ReadTrig(std::string_view text) {
  std::vector<Quad> quads;
  RETURN_IF_ERROR(
      graph::ReadRdf(Cat(kPrefixes, text),
                     {.format = graph::RdfFormat::kTriG, .base = "http://example/", .blank_node_prefix = ""},
                     [&](Quad quad) {
                       quads.push_back(std::move(quad));
                       return absl::OkStatus();
                     }));
  return quads;
}

std::string Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\n");
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \t\n") - begin + 1));
}

std::vector<std::string> Cells(std::string_view line) {
  std::vector<std::string> out;
  for (size_t begin = 0; begin <= line.size();) {
    const size_t end = std::min(line.find(" | ", begin), line.size());
    out.push_back(Trim(line.substr(begin, end - begin)));
    begin = end + 3;
  }
  return out;
}

absl::StatusOr<ResultSet> ReadExpected(const GoldenCase& test) {
  ResultSet out;
  if (test.graph) {
    out.kind = ResultSet::Kind::kGraph;
    ASSIGN_OR_RETURN(const std::vector<Quad> quads, ReadTrig(test.expect));
    for (const Quad& quad : quads) out.triples.push_back({quad.subject, quad.predicate, quad.object});
    return out;
  }
  const std::string text = Trim(test.expect);
  if (text == "true" || text == "false") {
    out.kind = ResultSet::Kind::kBoolean;
    out.boolean = text == "true";
    return out;
  }
  std::istringstream in(text);
  std::string line;
  std::getline(in, line);
  for (std::string name : Cells(line)) {
    if (name.starts_with("?")) out.variables.push_back(name.substr(1));
  }
  while (std::getline(in, line)) {
    std::vector<std::optional<Term>> row;
    for (const std::string& cell : Cells(line)) {
      if (out.variables.empty()) break;
      if (cell == "UNDEF") {
        row.push_back(std::nullopt);
        continue;
      }
      ASSIGN_OR_RETURN(const std::vector<Quad> quads, ReadTrig(Cat("<urn:s> <urn:p> ", cell, " .")));
      row.push_back(quads.at(0).object);
    }
    out.rows.push_back(std::move(row));
  }
  return out;
}

ResultSet AsRows(const std::vector<Quad>& quads) {
  ResultSet out;
  out.variables = {"g", "s", "p", "o"};
  for (const Quad& quad : quads)
    out.rows.push_back({quad.in_default_graph ? std::nullopt : std::optional(quad.graph), quad.subject, quad.predicate, quad.object});
  return out;
}

void RunUpdateGolden(const GoldenCase& test, bool optimize) {
  const auto quads = ReadTrig(test.data);
  ASSERT_TRUE(quads.ok()) << "data: " << quads.status();
  TempStore temp;
  temp.Add(*quads);
  const std::vector<Quad> before = temp.Quads();
  UpdateOptions options;
  options.query.base = "http://example/";
  options.query.optimize = optimize;
  options.query.timeout = std::chrono::seconds(20);
  const std::string update = Cat(kPrefixes, test.update);
  const auto done = RunUpdate(temp.store(), update, options);
  if (!test.error.empty()) {
    ASSERT_FALSE(done.ok()) << "expected an error, got\n" << Describe(AsRows(temp.Quads()));
    EXPECT_NE(MessageOf(done.status()).find(Trim(test.error)), std::string::npos) << done.status();
    EXPECT_EQ(temp.Quads(), before);
    return;
  }
  ASSERT_TRUE(done.ok()) << RenderError(done.status(), update, "update");
  const auto expected = ReadTrig(test.expect);
  ASSERT_TRUE(expected.ok()) << "expect-dataset: " << expected.status();
  const std::vector<Quad> after = temp.Quads();
  EXPECT_EQ(Difference(AsRows(*expected), AsRows(after), {}), "") << test.update << Describe(AsRows(after));
  EXPECT_EQ(before.size() + done->inserted - done->removed, after.size());
}

void RunGolden(const GoldenCase& test, bool optimize) {
  SCOPED_TRACE(optimize ? "optimised" : "not optimised");
  if (!test.update.empty()) return RunUpdateGolden(test, optimize);
  const auto quads = ReadTrig(test.data);
  ASSERT_TRUE(quads.ok()) << "data: " << quads.status();
  const FakeStore store(*quads);
  QueryOptions options;
  options.base = "http://example/";
  options.optimize = optimize;
  options.timeout = std::chrono::seconds(20);
  const std::string query = Cat(kPrefixes, test.query);
  const auto actual = RunQuery(Engine(store), query, options);
  if (!test.error.empty()) {
    ASSERT_FALSE(actual.ok()) << "expected an error, got\n" << Describe(*actual);
    EXPECT_NE(MessageOf(actual.status()).find(Trim(test.error)), std::string::npos) << actual.status();
    return;
  }
  ASSERT_TRUE(actual.ok()) << RenderError(actual.status(), query, "query");
  const auto expected = ReadExpected(test);
  ASSERT_TRUE(expected.ok()) << "expect: " << expected.status();
  CompareOptions compare;
  compare.ordered = test.ordered;
  const std::string difference = Difference(*expected, *actual, compare);
  EXPECT_EQ(difference, "") << test.query << "expected\n"
                            << Describe(*expected) << "actual\n"
                            << Describe(*actual);
}

std::vector<std::string> GoldenFiles() {
  std::vector<std::string> out;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(SourceDirectory() / "tests/sparql")) {
    if (entry.path().extension() == ".test") out.push_back(entry.path().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

class SparqlGolden : public testing::TestWithParam<std::string> {};

TEST_P(SparqlGolden, Cases) {
  const auto text = ReadFile(GetParam());
  ASSERT_TRUE(text.ok());
  const std::vector<GoldenCase> cases = ParseCases(*text);
  ASSERT_FALSE(cases.empty()) << "no cases in " << GetParam();
  for (const GoldenCase& test : cases) {
    SCOPED_TRACE(test.name);
    ASSERT_NE(test.expect.empty(), test.error.empty()) << "a case needs either expect or error";
    ASSERT_EQ(test.update.empty(), !test.dataset && !(test.query.empty() && !test.error.empty())) << "update and expect-dataset go together";
    RunGolden(test, true);
    RunGolden(test, false);
  }
}

INSTANTIATE_TEST_SUITE_P(Files, SparqlGolden, testing::ValuesIn(GoldenFiles()), [](const auto& p) {
  const std::filesystem::path path(p.param);
  std::string name = Cat(path.parent_path().filename().string(), "_", path.stem().string());
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !(std::isalnum(static_cast<unsigned char>(c)) != 0); },
      '_');
  return name;
});

}  // namespace
}  // namespace dossier::query
