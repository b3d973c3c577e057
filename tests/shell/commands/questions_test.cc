// Questions about whole articles with the answers a reader expects: tests/questions/README.md.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "graph/base/strings.h"
#include "ingest/map/iris.h"
#include "tests/paths/paths.h"
#include "tests/shell/commands/program.h"

namespace dossier::shell {
namespace {

struct Expectation {
  char kind = '=';   // '=', '!', or '?' for a known miss
  std::string phrase;
};

struct Case {
  std::string question;
  std::vector<Expectation> expected;
  size_t line = 0;
};

std::vector<Case> ReadCases(const std::filesystem::path& path) {
  std::vector<Case> cases;
  std::ifstream in(path);
  size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    const size_t mark = line.starts_with("?= ") ? 3 : line.starts_with("= ") || line.starts_with("! ") ? 2 : 0;
    if (mark == 0) {
      cases.push_back({line, {}, number});
    } else if (!cases.empty()) {
      cases.back().expected.push_back({line[0], line.substr(mark)});
    }
  }
  return cases;
}

// The strings of the JSON array behind `"answers":`.
std::vector<std::string> AnswersOf(std::string_view json) {
  std::vector<std::string> answers;
  size_t i = json.find("\"answers\":[");
  if (i == std::string_view::npos) return answers;
  for (i += 11; i < json.size() && json[i] != ']'; ++i) {
    if (json[i] != '"') continue;
    std::string text;
    for (++i; i < json.size() && json[i] != '"'; ++i) {
      if (json[i] == '\\') ++i;
      text += json[i];
    }
    answers.push_back(std::move(text));
  }
  return answers;
}

// "  found in ..." lines for what `answers` miss; `gained` for known misses that hold now.
std::string Check(const Case& c, const std::vector<std::string>& answers, std::string& gained) {
  std::string problems;
  for (const Expectation& expectation : c.expected) {
    const std::string wanted = ingest::NameKey(expectation.phrase);
    bool found = false;
    for (const std::string& answer : answers) found = found || Cat(" ", ingest::NameKey(answer), " ").find(wanted) != std::string::npos;
    if (expectation.kind == '=' && !found) Append(problems, "  missing: ", expectation.phrase, "\n");
    if (expectation.kind == '!' && found) Append(problems, "  wrong: ", expectation.phrase, "\n");
    if (expectation.kind == '?' && found) Append(gained, c.line, ": ", c.question, "\n  ", expectation.phrase, "\n");
  }
  return problems;
}

std::vector<std::string> Ask(const Program& program, const std::string& question) {
  if (question.starts_with("sparql ")) {
    return {program.Run({"query", "db", question.substr(7), "--format", "csv"}).out};
  }
  return AnswersOf(program.Run({"ask", "db", question, "--format", "json"}).out);
}

void RunFile(const std::string& questions, const std::filesystem::path& article, const std::string& date, size_t at_least) {
  const Program program;
  const Program::Result ingest = program.Run({"ingest", "db", std::filesystem::absolute(article).string(), "--date", date});
  ASSERT_EQ(ingest.code, 0) << ingest.err;
  const std::vector<Case> cases = ReadCases(SourceDirectory() / "tests/questions" / questions);
  ASSERT_GE(cases.size(), at_least);
  std::string problems, gained;
  size_t right = 0, whole = 0;
  for (const Case& c : cases) {
    ASSERT_FALSE(c.expected.empty()) << questions << ":" << c.line;
    const std::vector<std::string> answers = Ask(program, c.question);
    const std::string wrong = Check(c, answers, gained);
    bool known_miss = false;
    for (const Expectation& e : c.expected) known_miss = known_miss || e.kind == '?';
    ++whole;
    right += wrong.empty() && !known_miss ? 1 : 0;
    if (wrong.empty()) continue;
    Append(problems, questions, ":", c.line, ": ", c.question, "\n", wrong);
    for (const std::string& answer : answers) Append(problems, "    answered: ", answer, "\n");
  }
  std::printf("[ FIGURES  ] %s: %zu of %zu questions answered as a reader would\n", questions.c_str(), right, whole);
  if (!gained.empty()) std::printf("[ GAINED   ] take the '?' of these away:\n%s", gained.c_str());
  EXPECT_EQ(problems, "");
}

TEST(Questions, AboutTheFirstRealArticle) {
  const std::filesystem::path article = SharedDirectory() / "articles" / "nagorno-karabakh.txt";
  if (!std::filesystem::exists(article)) GTEST_SKIP() << article << " is not there (set DOSSIER_SHARED)";
  RunFile("nagorno_karabakh.txt", article, "2020-11-29", 40);
}

TEST(Questions, AboutAnArticleOfOurOwn) {
  RunFile("harbour.questions", SourceDirectory() / "tests/questions/harbour.txt", "2021-03-04", 20);
}

}  // namespace
}  // namespace dossier::shell
