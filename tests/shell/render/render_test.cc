#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shell/render/display_width.h"
#include "shell/render/styled_text.h"
#include "shell/render/table.h"

namespace dossier::shell {
namespace {

TEST(DisplayWidth, CountsColumnsNotBytes) {
  EXPECT_EQ(DisplayWidth("Ankara"), 6u);
  EXPECT_EQ(DisplayWidth("Erdoğan"), 7u);
  EXPECT_EQ(DisplayWidth("e\xCC\x81t\xCC\x81"), 2u);      // combining accents
  EXPECT_EQ(DisplayWidth("日本"), 4u);
  EXPECT_EQ(DisplayWidth("👍"), 2u);
  EXPECT_EQ(DisplayWidth("👩‍🚀"), 2u);                     // joined
  EXPECT_EQ(DisplayWidth("🇦🇲"), 2u);                     // a flag is two regional indicators
  EXPECT_EQ(DisplayWidth("\xFF\xFE"), 2u);                // invalid bytes
}

TEST(DisplayWidth, NeverCutsACharacter) {
  EXPECT_EQ(BytesThatFit("日本", 3), 3u);
  EXPECT_EQ(BytesThatFit("日本", 4), 6u);
  EXPECT_EQ(BytesThatFit("e\xCC\x81t", 1), 3u);
  EXPECT_EQ(BytesThatFit("日", 1), 0u);
}

TEST(Printable, ArticlesCannotMoveTheCursor) {
  EXPECT_EQ(Printable("a\x1b[2Jb"), "a␛[2Jb");
  EXPECT_EQ(Printable("one\ntwo\tthree"), "one two three");
  EXPECT_EQ(Printable("a\xE2\x80\xAE" "b"), "ab");           // right-to-left override
  EXPECT_EQ(Printable("\xFF"), "\xEF\xBF\xBD");
  EXPECT_EQ(Printable("\xC2\x9B" "31m"), "\xEF\xBF\xBD" "31m"); // C1 control sequence introducer
}

std::vector<std::string> Lines(const StyledText& text, size_t width, bool ansi = false) {
  std::vector<std::string> lines;
  for (const StyledText& line : Wrap(text, width, ansi)) lines.push_back(Render(line, ansi));
  return lines;
}

TEST(Wrap, BreaksAtSpaces) {
  EXPECT_THAT(Lines(Plain("one two  three"), 7), testing::ElementsAre("one two", "three"));
  EXPECT_THAT(Lines(Plain(""), 7), testing::ElementsAre(""));
  EXPECT_THAT(Lines(Plain("  "), 7), testing::ElementsAre(""));
  EXPECT_THAT(Lines(Plain("abcdefghij"), 4), testing::ElementsAre("abcd", "efgh", "ij"));
  EXPECT_THAT(Lines(Plain("ab abcdefghij"), 4), testing::ElementsAre("ab", "abcd", "efgh", "ij"));
  EXPECT_THAT(Lines(Plain("日本語"), 1), testing::ElementsAre("日", "本", "語"));
}

TEST(Wrap, KeepsStylesOverBreaks) {
  const StyledText text = {{"Ankara ", Style::kPlain}, {"has dismissed", Style::kPredicate}, {"’s", Style::kPlain}};
  EXPECT_THAT(Lines(text, 12), testing::ElementsAre("Ankara [has", "dismissed]’s"));
  EXPECT_THAT(Lines(text, 12, true),
              testing::ElementsAre("Ankara \x1b[4;33mhas\x1b[0m", "\x1b[4;33mdismissed\x1b[0m’s"));
}

TEST(Truncate, EndsWithAnEllipsis) {
  EXPECT_EQ(Render(Truncate(Plain("Azerbaijan"), 10, false), false), "Azerbaijan");
  EXPECT_EQ(Render(Truncate(Plain("Azerbaijan"), 5, false), false), "Azer…");
  EXPECT_EQ(Render(Truncate(Plain("日本語"), 4, false), false), "日…");
}

Table People() {
  Table table;
  table.columns = {{"#", Align::kRight}, {"who", Align::kLeft}, {"whom", Align::kLeft}};
  table.rows.push_back({{Plain("1"), Plain("Erdoğan"), Plain("日本")}, {}});
  table.rows.push_back({{Plain("10"), Plain("a"), Plain("b")}, {}});
  return table;
}

TEST(Table, Plain) {
  EXPECT_EQ(RenderTable(People(), {.width = 80}),
            " #  who      whom\n"
            "──  ───────  ────\n"
            " 1  Erdoğan  日本\n"
            "10  a        b\n");
}

TEST(Table, Box) {
  EXPECT_EQ(RenderTable(People(), {.width = 80, .box = true}),
            "┌────┬─────────┬──────┐\n"
            "│  # │ who     │ whom │\n"
            "├────┼─────────┼──────┤\n"
            "│  1 │ Erdoğan │ 日本 │\n"
            "│ 10 │ a       │ b    │\n"
            "└────┴─────────┴──────┘\n");
}

TEST(Table, LongCellsWrapAndTheTableFits) {
  Table table;
  table.columns = {{"who"}, {"what"}};
  table.rows.push_back({{Plain("Putin"), Plain("that Azerbaijan is a sovereign and independent state")}, {}});
  EXPECT_EQ(RenderTable(table, {.width = 30}),
            "who    what\n"
            "─────  ───────────────────────\n"
            "Putin  that Azerbaijan is a\n"
            "       sovereign and\n"
            "       independent state\n");
  EXPECT_EQ(RenderTable(table, {.width = 30, .max_cell_lines = 1}),
            "who    what\n"
            "─────  ───────────────────────\n"
            "Putin  that Azerbaijan is a …\n");
}

TEST(Table, NotesStandUnderTheirRow) {
  Table table;
  table.columns = {{"who"}, {"whom"}};
  table.rows.push_back({{Plain("A"), Plain("B")}, {{{"A", Style::kSubject}, {" met B.", Style::kPlain}}}});
  table.rows.push_back({{Plain("C"), Plain("D")}, {}});
  EXPECT_EQ(RenderTable(table, {.width = 40}),
            "who  whom\n"
            "───  ────\n"
            "A    B\n"
            "    [A] met B.\n"
            "\n"
            "C    D\n");
}

TEST(Table, AnyWidthWorks) {
  for (size_t width = 0; width < 40; ++width) {
    for (const bool box : {false, true}) EXPECT_FALSE(RenderTable(People(), {.width = width, .box = box}).empty());
  }
  EXPECT_EQ(RenderTable({}, {}), "");
}

}  // namespace
}  // namespace dossier::shell
