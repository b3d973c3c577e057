// The W3C tests of CSV and TSV results (sparql11/csv-tsv-res): query text in, bytes out, compared line by
// line.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "graph/base/strings.h"
#include "graph/io/rdf.h"
#include "query/results/writer.h"
#include "tests/paths/paths.h"
#include "tests/query/support/fake_store.h"

namespace dossier::query {
namespace {

std::filesystem::path Folder() { return SharedDirectory() / "conformance/w3c-rdf-tests/sparql/sparql11/csv-tsv-res"; }

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// Lines in order, with every blank node called b and the double of the suite in one spelling (it is compared
// by value).
std::vector<std::string> Lines(std::string text) {
  text = std::regex_replace(text, std::regex("\r\n"), "\n");
  text = std::regex_replace(text, std::regex("_:\\w+"), "_:b");
  text = std::regex_replace(text, std::regex("1\\.0e6"), "1.0E6");
  std::vector<std::string> lines;
  std::stringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  std::sort(lines.begin(), lines.end());
  return lines;
}

TEST(W3cFormats, CsvAndTsv) {
  if (!std::filesystem::exists(Folder())) GTEST_SKIP() << "no W3C suites at " << Folder();
  const struct {
    const char* name;
    const char* query;
    const char* data;
  } tests[] = {{"csvtsv01", "csvtsv01.rq", "data.ttl"},
               {"csvtsv02", "csvtsv02.rq", "data.ttl"},
               {"csvtsv03", "csvtsv01.rq", "data2.ttl"}};
  for (const auto& test : tests) {
    std::vector<graph::Quad> quads;
    graph::RdfReadOptions read;
    read.format = graph::RdfFormat::kTurtle;
    read.base = "http://example.org/";
    ASSERT_TRUE(graph::ReadRdf(ReadFile(Folder() / test.data), read, [&](graph::Quad quad) {
                  quads.push_back(std::move(quad));
                  return absl::OkStatus();
                }).ok());
    const FakeStore store(quads);
    const Engine engine(store);
    for (const char* format : {"csv", "tsv"}) {
      auto result = engine.Run(ReadFile(Folder() / test.query), {});
      ASSERT_TRUE(result.ok()) << MessageOf(result.status());
      std::string text;
      ASSERT_TRUE(WriteResult(**result, *ResultFormatOfName(format), [&](std::string_view bytes) {
                    text += bytes;
                    return absl::OkStatus();
                  }).ok());
      EXPECT_EQ(Lines(text), Lines(ReadFile(Folder() / Cat(test.name, ".", format))))
          << test.name << " " << format;
    }
  }
}

}  // namespace
}  // namespace dossier::query
