#include "shell/question/translate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "shell/question/graph_knowledge.h"
#include "tests/paths/paths.h"

namespace dossier::shell {
namespace {

// A small world: what the golden questions are translated against.
class FakeKnowledge : public QuestionKnowledge {
 public:
  bool IsVerb(std::string_view lemma) const override {
    const std::set<std::string, std::less<>> verbs = {"dismiss", "sack", "accuse", "say", "meet", "report", "support", "buy", "resign"};
    return verbs.contains(lemma);
  }
  std::vector<std::string> RelationsOf(std::string_view name) const override {
    static const std::map<std::string, std::vector<std::string>, std::less<>> relations = {
        {"dismiss", {"dismiss", "fire"}}, {"sack", {"dismiss"}},    {"accuse", {"accuse"}}, {"say", {"say", "tell"}},
        {"meet", {"meet"}},               {"meet_with", {"meet_with"}}, {"report_to", {"report_to"}},
    };
    std::vector<std::string> iris;
    if (const auto it = relations.find(name); it != relations.end()) {
      for (const std::string& relation : it->second) iris.push_back("urn:dossier:relation/" + relation);
    }
    return iris;
  }
  absl::StatusOr<std::vector<std::string>> EntitiesNamed(std::string_view name) const override {
    static const std::map<std::string, std::vector<std::string>, std::less<>> names = {
        {"Putin", {"Vladimir_Putin"}},
        {"Erdoğan", {"Recep_Tayyip_Erdoğan"}},
        {"Springfield", {"Springfield", "Springfield_FC"}},
        {"Ministry of Defence", {"Ministry_of_Defence"}},
        {"Azerbaijan", {"Azerbaijan"}},
    };
    std::vector<std::string> iris;
    if (const auto it = names.find(name); it != names.end()) {
      for (const std::string& entity : it->second) iris.push_back("urn:dossier:entity/" + entity);
    }
    return iris;
  }
  std::vector<std::string> RelationsNear(std::string_view) const override { return {"resign_from"}; }
  absl::StatusOr<std::vector<std::string>> NamesNear(std::string_view) const override { return std::vector<std::string>{"Putino"}; }
};

// Blocks of the golden file: "Q: question", the expected query or "error: ...", a line "---".
struct Golden {
  std::string question, expected;
};

std::vector<Golden> ReadGolden(const std::string& path) {
  std::ifstream file(path);
  std::vector<Golden> cases;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("Q: ")) {
      cases.push_back({line.substr(3), ""});
    } else if (line != "---" && !cases.empty()) {
      cases.back().expected += line + "\n";
    }
  }
  return cases;
}

std::string Translated(const std::string& text) {
  const FakeKnowledge knowledge;
  const auto question = ParseQuestion(text, knowledge);
  if (!question.ok()) return "error: " + MessageOf(question.status()) + "\n";
  const auto translation = Translate(*question, knowledge);
  if (!translation.ok()) return "error: " + MessageOf(translation.status()) + "\n";
  return translation->error.empty() ? translation->sparql + "\n" : "error: " + translation->error + "\n";
}

TEST(Translate, Golden) {
  const std::string path = (SourceDirectory() / "tests/shell/question/questions.golden").string();
  const std::vector<Golden> cases = ReadGolden(path);
  std::ostringstream now;
  for (const Golden& golden : cases) {
    EXPECT_EQ(Translated(golden.question), golden.expected) << golden.question;
    now << "Q: " << golden.question << "\n" << Translated(golden.question) << "---\n";
  }
  ASSERT_GE(cases.size(), 10u) << path;
  if (testing::Test::HasFailure()) std::ofstream("questions.golden.now") << now.str();
}

TEST(Translate, TextCannotLeaveItsString) {
  EXPECT_EQ(SparqlString("a\"b\\c\nd"), "\"a\\\"b\\\\c\\nd\"");
  const std::string query = Translated("who dismissed \"x\\\") } DROP ALL #\"");
  EXPECT_THAT(query, testing::HasSubstr("dismiss"));
}

TEST(EditDistance, CountsEdits) {
  EXPECT_EQ(EditDistance("dismiss", "dismiss", 2), 0u);
  EXPECT_EQ(EditDistance("dismis", "dismiss", 2), 1u);
  EXPECT_EQ(EditDistance("dimsiss", "dismiss", 2), 1u);   // neighbours swapped
  EXPECT_EQ(EditDistance("accuse", "excuse", 2), 2u);
  EXPECT_EQ(EditDistance("accuse", "dismiss", 2), 3u);    // more than the limit
  EXPECT_EQ(EditDistance("", "ab", 2), 2u);
}

}  // namespace
}  // namespace dossier::shell
