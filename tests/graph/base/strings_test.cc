#include "graph/base/strings.h"

#include "graph/base/json_text.h"

#include "graph/base/status.h"
#include "gtest/gtest.h"

namespace dossier {
namespace {

TEST(Strings, CatJoinsStringsCharactersAndNumbers) { EXPECT_EQ(Cat("a", 'b', 3, std::string_view("c"), 0.5), "ab3c0.5"); }

TEST(Strings, MapFindsByView) {
  StringMap<int> map{{"key", 1}};
  EXPECT_EQ(map.find(std::string_view("key"))->second, 1);
}

TEST(Status, PositionSurvivesAnnotation) {
  const absl::Status status = Annotate(SyntaxErrorAt({7, 2, 3}, "expected '}'"), "file.rq");
  ASSERT_TRUE(PositionOf(status).has_value());
  EXPECT_EQ(PositionOf(status)->line, 2u);
  EXPECT_EQ(MessageOf(status), "file.rq: expected '}'");
}

TEST(Status, ErrorIsRenderedWithACaretUnderTheCodePoint) {
  const std::string text = "first\né = }\n";
  const absl::Status status = SyntaxErrorAt(LocatePosition(text, text.find('}')), "unexpected");
  EXPECT_EQ(RenderError(status, text, "q"), "q:2:5: error: unexpected\n  é = }\n      ^");
}

TEST(JsonText, EscapesWhatMustBe) {
  std::string out = "x";
  AppendJsonString("a\"b\\c\n\r\t\x01\x1F/\x7Fé", out);
  EXPECT_EQ(out, "x\"a\\\"b\\\\c\\n\\r\\t\\u0001\\u001f/\x7Fé\"");
}

}  // namespace
}  // namespace dossier
