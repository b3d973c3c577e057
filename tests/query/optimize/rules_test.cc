// Golden tests of the optimizer's rules: rules.test holds, per case, a query, a rule, and the algebra before
// and after that rule alone.
#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "graph/base/strings.h"
#include "query/algebra/print.h"
#include "query/algebra/translate.h"
#include "query/optimize/optimizer.h"
#include "query/syntax/parser.h"
#include "tests/paths/paths.h"
#include "tests/query/support/result_reader.h"

namespace dossier::query {
namespace {

struct RuleCase {
  std::string name, rule, query, before, after;
};

std::string Trim(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  while (!text.empty() && (text.front() == '\n' || text.front() == ' ')) text.erase(0, 1);
  return text;
}

std::vector<RuleCase> ReadCases() {
  const auto text = ReadFile((SourceDirectory() / "tests/query/optimize/rules.test").string());
  std::vector<RuleCase> cases;
  if (!text.ok()) return cases;
  std::istringstream in(*text);
  std::string* section = nullptr;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("===")) {
      cases.emplace_back();
      cases.back().name = line.substr(4);
      section = nullptr;
      continue;
    }
    if (cases.empty()) continue;
    RuleCase& current = cases.back();
    const std::map<std::string, std::string*> keys = {{"rule:", &current.rule},
                                                      {"query:", &current.query},
                                                      {"before:", &current.before},
                                                      {"after:", &current.after}};
    if (const auto key = keys.find(line.substr(0, line.find(':') + 1)); key != keys.end()) {
      section = key->second;
      line.erase(0, key->first.size());
    }
    if (section != nullptr) Append(*section, line, "\n");
  }
  return cases;
}

// Knows that 1 < 2 and not 1 > 2: folding itself is the evaluator's and tested there.
std::optional<graph::Term> FoldForTest(const algebra::Expression& expression) {
  const std::string text = algebra::Print(expression, {});
  const auto boolean = [](const char* value) {
    return graph::Term::Literal(value, "http://www.w3.org/2001/XMLSchema#boolean");
  };
  if (text.starts_with("(< \"1\"")) return boolean("true");
  if (text.starts_with("(> \"1\"")) return boolean("false");
  return std::nullopt;
}

TEST(Rules, BeforeAndAfter) {
  const std::vector<RuleCase> cases = ReadCases();
  ASSERT_GT(cases.size(), 5u);
  for (const RuleCase& test : cases) {
    SCOPED_TRACE(test.name);
    const auto tree = ParseQuery(Cat("PREFIX : <http://example/>\n", test.query), {});
    ASSERT_TRUE(tree.ok()) << tree.status();
    auto query = Translate(*tree);
    ASSERT_TRUE(query.ok()) << query.status();
    EXPECT_EQ(algebra::Print(*query->root, query->variables), Trim(test.before));
    algebra::OptimizerOptions options;
    options.fold = FoldForTest;
    bool known = false;
    for (const algebra::Rule& rule : algebra::Rules()) {
      if (rule.name == Trim(test.rule)) {
        known = true;
      } else {
        options.disabled.push_back(rule.name);
      }
    }
    EXPECT_TRUE(known) << "no rule " << test.rule;
    query->root = algebra::Optimize(std::move(query->root), options);
    EXPECT_EQ(algebra::Print(*query->root, query->variables), Trim(test.after));
  }
}

TEST(Rules, AllCanBeSwitchedOff) {
  const auto tree = ParseQuery("SELECT * { ?s ?p ?o FILTER(?o = <urn:a> && ?s = ?o) }", {});
  ASSERT_TRUE(tree.ok());
  auto query = Translate(*tree);
  ASSERT_TRUE(query.ok());
  const std::string before = algebra::Print(*query->root, query->variables);
  algebra::OptimizerOptions options;
  for (const algebra::Rule& rule : algebra::Rules()) options.disabled.push_back(rule.name);
  query->root = algebra::Optimize(std::move(query->root), options);
  EXPECT_EQ(algebra::Print(*query->root, query->variables), before);
}

}  // namespace
}  // namespace dossier::query
