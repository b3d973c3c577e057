// Messages for broken queries, and the canonical text of valid ones.
#include "tests/query/syntax/golden.h"

#include "query/syntax/parser.h"
#include "query/syntax/print.h"

namespace dossier::query {
namespace {

const ParseOptions kOptions = {
    .base = "http://example.org/",
    .prefixes = {{"ent", "urn:dossier:entity/"}, {"rel", "urn:dossier:relation/"}}};

TEST(SyntaxGolden, Errors) {
  RunGolden("tests/query/syntax/golden/errors.test", [](const std::string& text) {
    const auto tree = ParseQuery(text, kOptions);
    return tree.ok() ? std::string("no error") : RenderError(tree.status(), text, "query");
  });
}

TEST(SyntaxGolden, Canonical) {
  RunGolden("tests/query/syntax/golden/canonical.test", [](const std::string& text) {
    const auto tree = ParseQuery(text, kOptions);
    if (!tree.ok()) return RenderError(tree.status(), text, "query");
    const std::string printed = Print(*tree);
    const auto again = ParseQuery(printed, {});
    EXPECT_TRUE(again.ok() && *again == *tree) << printed;
    return printed;
  });
}

TEST(Syntax, RelativeIrisNeedABase) {
  EXPECT_EQ(MessageOf(ParseQuery("ASK { <a> ?p ?o }", {}).status()),
            "relative IRI <a> without a base IRI; write it in full, or BASE <...> at the top");
  EXPECT_TRUE(ParseQuery("BASE <http://b/> ASK { <a> ?p ?o }", {}).ok());
}

}  // namespace
}  // namespace dossier::query
