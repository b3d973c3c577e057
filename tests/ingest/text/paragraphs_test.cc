#include "ingest/text/paragraphs.h"

#include <gtest/gtest.h>

#include <string>

namespace dossier::ingest {
namespace {

std::vector<std::string> Paragraphs(const std::string& text) {
  std::vector<std::string> out;
  for (const SourceSpan& span : FindParagraphs(text))
    out.push_back(text.substr(span.begin, span.end - span.begin));
  return out;
}

TEST(ParagraphsTest, BlankLinesSeparate) {
  EXPECT_EQ(Paragraphs("  One.\n\n \nTwo.\r\n\r\nThree.  "),
            (std::vector<std::string>{"One.", "Two.", "Three."}));
}

TEST(ParagraphsTest, OneParagraphALine) {
  const std::string longer(300, 'x');
  EXPECT_EQ(Paragraphs("Title\n" + longer + "\n" + longer),
            (std::vector<std::string>{"Title", longer, longer}));
}

TEST(ParagraphsTest, ShortLinesOfAWrappedTextEndParagraphs) {
  const std::string wide = "aaaaaaaaa bbbbbbbbb ccccccccc ddddddddd eeeeeeeee";
  const std::vector<std::string> paragraphs =
      Paragraphs(wide + "\n" + wide + "\nshort end.\nNext " + wide.substr(5) + "\n" + wide);
  ASSERT_EQ(paragraphs.size(), 2u);
  EXPECT_EQ(paragraphs[1].substr(0, 4), "Next");
}

TEST(ParagraphsTest, ListItemsStandAlone) {
  const std::string item = "- aaaaaaaaa bbbbbbbbb ccccccccc ddddddddd eeeeeeeee";
  EXPECT_EQ(Paragraphs(item + "\n" + item + "\n" + item).size(), 3u);
}

}  // namespace
}  // namespace dossier::ingest
