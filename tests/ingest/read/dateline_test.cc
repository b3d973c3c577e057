#include "ingest/read/dateline.h"

#include "gtest/gtest.h"
#include "ingest/read/reader.h"
#include "ingest/text/tokenizer.h"

namespace dossier::ingest {
namespace {

std::string Cut(std::string_view paragraph) {
  const Dateline dateline = FindDateline(paragraph);
  return std::string(paragraph.substr(0, dateline.length)) + "|" + dateline.date;
}

TEST(Dateline, PlaceDateAndAgencyEndAtTheDash) {
  EXPECT_EQ(Cut("BAKU, 10 November 2020 — The guns fell silent."), "BAKU, 10 November 2020 — |2020-11-10");
  EXPECT_EQ(Cut("NEW YORK, Nov. 3, 2021 (AP) - Shares fell."), "NEW YORK, Nov. 3, 2021 (AP) - |2021-11-03");
  EXPECT_EQ(Cut("WASHINGTON (Reuters) – The senate voted."), "WASHINGTON (Reuters) – |");
  EXPECT_EQ(Cut("PARIS -- Strikes went on."), "PARIS -- |");
}

TEST(Dateline, NamesSetOffByDashesAreNone) {
  EXPECT_EQ(Cut("NATO — the alliance of thirty states — met."), "|");
  EXPECT_EQ(Cut("NATO — an alliance that grew."), "|");
  EXPECT_EQ(Cut("The minister resigned — at last."), "|");
  EXPECT_EQ(Cut("Boeing, the aircraft maker — in trouble — fell."), "|");
  EXPECT_EQ(Cut("OSLO —"), "|");
  EXPECT_EQ(Cut(""), "|");
}

TEST(Dateline, ReportStartsASentenceOfItsOwn) {
  const auto document =
      ReadArticle("Guns fall silent\n\nLUNDBY, 10 November 2020 — The council dismissed its clerk. He left.\n", "a.txt");
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->date, "2020-11-10");
  const std::vector<Sentence> sentences = SplitAndTokenize(*document);
  ASSERT_EQ(sentences.size(), 4u);
  EXPECT_TRUE(sentences[1].heading);
  EXPECT_EQ(sentences[2].tokens.front().form, "The");
  EXPECT_FALSE(sentences[2].heading);
  EXPECT_EQ(document->text.substr(sentences[2].span.begin, 11), "The council");
}

}  // namespace
}  // namespace dossier::ingest
