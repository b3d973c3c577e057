// Golden text tests: files of cases that somebody who knows SPARQL can write.
//
//   # a comment
//   === what this case shows
//   SELECT * { ?s ?p ?o }
//   ---
//   the expected text
//
//   RunGolden("tests/query/syntax/golden/errors.test", [](const std::string& query) { return ...; });
//
// With DOSSIER_UPDATE_GOLDEN set, the file is rewritten with what the code gives now (read the diff before
// committing it).
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "tests/paths/paths.h"

namespace dossier::query {

struct GoldenCase {
  std::string comments;  // lines in front of the name
  std::string name;
  std::string input;
  std::string expected;
  int line = 0;
};

inline std::string Trimmed(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

inline std::vector<GoldenCase> ReadGolden(const std::string& path) {
  std::ifstream in(path);
  std::vector<GoldenCase> cases;
  GoldenCase pending;
  std::string* part = nullptr;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.starts_with("=== ")) {
      cases.push_back({std::exchange(pending.comments, ""), line.substr(4), "", "", number});
      part = &cases.back().input;
    } else if (line == "---" && part != nullptr) {
      part = &cases.back().expected;
    } else if (line.starts_with("#") && (part == nullptr || part == &cases.back().expected)) {
      pending.comments += line + "\n";
    } else if (part != nullptr) {
      *part += line + "\n";
    }
  }
  for (GoldenCase& c : cases) {
    c.input = Trimmed(c.input);
    c.expected = Trimmed(c.expected);
  }
  return cases;
}

inline void RunGolden(const std::string& file, const std::function<std::string(const std::string&)>& run) {
  const std::string path = (SourceDirectory() / file).string();
  const std::vector<GoldenCase> cases = ReadGolden(path);
  ASSERT_FALSE(cases.empty()) << path;
  std::string updated;
  for (const GoldenCase& c : cases) {
    const std::string actual = Trimmed(run(c.input));
    updated += c.comments + (c.comments.empty() ? "=== " : "\n=== ") + c.name + "\n" + c.input + "\n---\n" +
               actual + "\n\n";
    if (std::getenv("DOSSIER_UPDATE_GOLDEN") == nullptr) {
      EXPECT_EQ(actual, c.expected) << file << ":" << c.line << ": " << c.name;
    }
  }
  if (std::getenv("DOSSIER_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << Trimmed(updated) << "\n";
}

}  // namespace dossier::query
