// AST -> algebra as golden text: what SPARQL 1.1 §18.2 says a query means.
#include "query/algebra/translate.h"

#include <gtest/gtest.h>

#include "query/algebra/print.h"
#include "query/syntax/parser.h"
#include "tests/query/syntax/golden.h"

namespace dossier::query {
namespace {

std::string AlgebraOf(const std::string& text) {
  const auto tree = ParseQuery(text, {.base = "http://e/", .prefixes = {{"", "http://e/"}}});
  if (!tree.ok()) return RenderError(tree.status(), text, "query");
  const auto query = Translate(*tree);
  return query.ok() ? algebra::Print(*query) : MessageOf(query.status());
}

TEST(TranslateGolden, Patterns) { RunGolden("tests/query/algebra/golden/patterns.test", AlgebraOf); }
TEST(TranslateGolden, Queries) { RunGolden("tests/query/algebra/golden/queries.test", AlgebraOf); }

TEST(Translate, BlankNodesAndMadeUpVariablesAreHidden) {
  const auto tree = ParseQuery("SELECT * { _:a <p:>/<q:> [] }", {});
  ASSERT_TRUE(tree.ok());
  const auto query = Translate(*tree);
  ASSERT_TRUE(query.ok());
  EXPECT_TRUE(query->projection.empty());
  EXPECT_EQ(query->variables.size(), 3u);
  for (const algebra::Variable& variable : query->variables) EXPECT_TRUE(variable.hidden) << variable.name;
}

TEST(Translate, TheDatasetAndTheBaseAreHandedOn) {
  const auto tree = ParseQuery("BASE <http://b/> SELECT * FROM <g> FROM NAMED <h> FROM <i> {}", {});
  ASSERT_TRUE(tree.ok()) << tree.status();
  const auto query = Translate(*tree);
  ASSERT_TRUE(query.ok());
  EXPECT_TRUE(query->has_dataset);
  EXPECT_EQ(query->from, (std::vector<std::string>{"http://b/g", "http://b/i"}));
  EXPECT_EQ(query->from_named, (std::vector<std::string>{"http://b/h"}));
  EXPECT_EQ(query->base, "http://b/");
}

TEST(Translate, AServiceIsSentTheTextOfItsGroup) {
  const auto tree =
      ParseQuery("PREFIX : <http://e/> SELECT * { SERVICE <http://s/> { ?s :p ?o FILTER(?o > 1) } }", {});
  ASSERT_TRUE(tree.ok());
  const auto query = Translate(*tree);
  ASSERT_TRUE(query.ok());
  const auto& project = std::get<algebra::Project>(query->root->op);
  EXPECT_EQ(std::get<algebra::Service>(project.input->op).text,
            "SELECT * WHERE {\n  ?s <http://e/p> ?o .\n  FILTER (?o > 1)\n}\n");
}

TEST(Translate, ConstructBlanksAreThoseOfTheTemplateOnly) {
  const auto tree = ParseQuery("CONSTRUCT { _:a <p:> ?o . _:a <q:> [] } WHERE { _:a <p:> ?o }", {});
  ASSERT_TRUE(tree.ok());
  const auto query = Translate(*tree);
  ASSERT_TRUE(query.ok());
  ASSERT_EQ(query->construct_blanks.size(), 2u);
  const auto& bgp = std::get<algebra::Bgp>(query->root->op);
  EXPECT_NE(bgp.triples[0].subject.variable(), query->construct_blanks[0]);
  EXPECT_EQ(query->construct[0].subject.variable(), query->construct[1].subject.variable());
}

}  // namespace
}  // namespace dossier::query
