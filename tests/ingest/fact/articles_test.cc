// The golden texts of tests/articles: sentences with facts that must come out of them, and starred ones that
// must assert nothing. Everything runs through the real tokenizer, tagger and parser. The format is described
// in tests/articles/README.md.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "graph/base/strings.h"
#include "ingest/entity/lexicon.h"
#include "ingest/fact/fact.h"
#include "ingest/pipeline.h"
#include "ingest/read/reader.h"
#include "ingest/text/tokenizer.h"
#include "tests/paths/paths.h"

namespace dossier::ingest {
namespace {

struct Case {
  std::string text;
  std::vector<std::string> facts;
  bool starred = false;
  bool known_miss = false;  // of a starred text; facts carry their own '?'
  size_t line = 0;
};

std::string Trim(std::string_view s) {
  while (!s.empty() && std::isspace(static_cast<unsigned char>(s.front()))) s.remove_prefix(1);
  while (!s.empty() && std::isspace(static_cast<unsigned char>(s.back()))) s.remove_suffix(1);
  return std::string(s);
}

std::vector<Case> ReadCases(const std::filesystem::path& path) {
  std::vector<Case> cases;
  std::ifstream in(path);
  std::string line;
  for (size_t number = 1; std::getline(in, line); ++number) {
    if (Trim(line).empty() || line.front() == '#') continue;
    if (line.front() == ' ' && !cases.empty()) {
      cases.back().facts.push_back(Trim(line));
      continue;
    }
    Case c;
    c.starred = line.front() == '*';
    c.known_miss = line.starts_with("*?");
    c.text = Trim(std::string_view(line).substr(c.known_miss ? 2 : c.starred ? 1 : 0));
    c.line = number;
    cases.push_back(std::move(c));
  }
  return cases;
}

class Articles : public ::testing::TestWithParam<std::string> {
 protected:
  static void SetUpTestSuite() {
    auto parser = Pipeline::Create(ModelKind::kFast);
    if (parser.ok()) pipeline_ = std::move(*parser).release();
  }
  static void TearDownTestSuite() {
    delete pipeline_;
    pipeline_ = nullptr;
  }

  // "subject | relation | object | role=value | @source | not asserted | inferred"; names as the document's
  // entities have them. With `surface`, in the text's own words instead, so that a case may name either.
  static std::vector<std::string> FactsOf(const std::string& text, bool asserted_only, bool surface = false) {
    auto document = ReadArticle(text, "case.txt");
    if (!document.ok()) return {};
    const auto analysis = pipeline_->Analyze(*document);
    if (!analysis.ok()) return {};
    const EntityTable& entities = analysis->entities;
    auto name = [&](const FactTerm& t) {
      return t.entity >= 0 && !surface ? entities.entities[static_cast<size_t>(t.entity)].name : t.text;
    };
    std::vector<std::string> lines;
    for (const Fact& fact : analysis->facts) {
      if (asserted_only && !fact.asserted) continue;
      std::string line = Cat(fact.subject ? name(*fact.subject) : "-", " | ", fact.relation, " | ",
                             fact.object ? name(*fact.object) : "-");
      for (const FactQualifier& q : fact.qualifiers) Append(line, " | ", q.role, "=", name(q.value));
      for (const FactTerm& source : fact.attribution) Append(line, " | @", name(source));
      if (!fact.asserted) line += " | not asserted";
      if (fact.inferred) line += " | inferred";
      lines.push_back(std::move(line));
    }
    return lines;
  }

  static std::vector<std::string> Fields(const std::string& line) {
    std::vector<std::string> fields;
    for (size_t begin = 0; begin <= line.size();) {
      const size_t end = std::min(line.find('|', begin), line.size());
      fields.push_back(Trim(std::string_view(line).substr(begin, end - begin)));
      begin = end + 1;
    }
    return fields;
  }

  // The ends and the relation are equal, every other field of `expected` is among those of `found`, and so is
  // "not asserted" both ways.
  static bool Matches(const std::string& expected, const std::string& found) {
    const auto want = Fields(expected), have = Fields(found);
    if (want.size() < 3 || have.size() < 3) return false;
    for (size_t i = 0; i < want.size(); ++i) {
      const bool fits =
          i < 3 ? want[i] == have[i] : std::find(have.begin() + 3, have.end(), want[i]) != have.end();
      if (!fits) return false;
    }
    auto unasserted = [](const std::vector<std::string>& f) {
      return std::find(f.begin(), f.end(), "not asserted") != f.end();
    };
    return unasserted(want) == unasserted(have);
  }

  static Pipeline* pipeline_;
};
Pipeline* Articles::pipeline_ = nullptr;

TEST_P(Articles, SayWhatTheyShould) {
  if (pipeline_ == nullptr) GTEST_SKIP() << "no fast model in this build";
  const std::vector<Case> cases =
      ReadCases(SourceDirectory() / "tests/articles" / GetParam());
  ASSERT_FALSE(cases.empty());
  std::string misses, gained;
  for (const Case& c : cases) {
    const auto found = FactsOf(c.text, c.starred), surface = FactsOf(c.text, c.starred, /*surface=*/true);
    std::string missing;
    if (c.starred) {
      if (!found.empty() && !c.known_miss) missing += "  asserts something\n";
      if (found.empty() && c.known_miss) Append(gained, GetParam(), ":", c.line, ": ", c.text, "\n");
    } else {
      EXPECT_FALSE(c.facts.empty()) << GetParam() << ":" << c.line << ": a case without star needs facts";
    }
    for (const std::string& line : c.facts) {
      const bool known_miss = line.front() == '?';
      const std::string fact = Trim(std::string_view(line).substr(known_miss ? 1 : 0));
      auto matches = [&](const std::string& candidate) { return Matches(fact, candidate); };
      const bool there = std::any_of(found.begin(), found.end(), matches) ||
                         std::any_of(surface.begin(), surface.end(), matches);
      if (!there && !known_miss) Append(missing, "  missing ", fact, "\n");
      if (there && known_miss) Append(gained, GetParam(), ":", c.line, ": ", fact, "\n");
    }
    if (missing.empty()) continue;
    Append(misses, GetParam(), ":", c.line, ": ", c.text, "\n", missing);
    for (const std::string& line : found) Append(misses, "    found ", line, "\n");
  }
  EXPECT_EQ(misses, "");
  EXPECT_EQ(gained, "") << "these are found now: take their '?' away";
}

INSTANTIATE_TEST_SUITE_P(Golden, Articles,
                         ::testing::Values("clauses.txt", "arguments.txt", "speech.txt", "nouns.txt",
                                           "nothing.txt"),
                         [](const auto& file) { return file.param.substr(0, file.param.find('.')); });

}  // namespace
}  // namespace dossier::ingest
