#include "graph/base/strings.h"

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

}  // namespace
}  // namespace dossier
