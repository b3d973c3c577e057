#include "ingest/text/tokenizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace dossier::ingest {
namespace {

using ::testing::ElementsAre;

std::vector<Sentence> Split(std::string_view text) {
  Document document;
  document.text = std::string(text);
  return SplitAndTokenize(document);
}

// Tokens of all sentences, joined by " ", sentences by " / ".
std::string Show(std::string_view text) {
  std::string out;
  for (const Sentence& sentence : Split(text)) {
    if (!out.empty()) out += " / ";
    for (const Token& token : sentence.tokens) {
      if (&token != &sentence.tokens.front()) out += " ";
      out += token.form;
    }
  }
  return out;
}

TEST(TokenizerTest, Clitics) {
  EXPECT_EQ(Show("We don't know."), "We do n't know .");
  EXPECT_EQ(Show("They cannot say what's wrong."), "They can not say what 's wrong .");
  EXPECT_EQ(Show("I'm sure you'll see that she'd have left."),
            "I 'm sure you 'll see that she 'd have left .");
  EXPECT_EQ(Show("The minister’s aides couldn’t be reached."),
            "The minister ’s aides could n’t be reached .");
}

TEST(TokenizerTest, Hyphens) {
  EXPECT_EQ(Show("The French-led talks were tight-knit."), "The French - led talks were tight - knit .");
}

TEST(TokenizerTest, AbbreviationsAndInitials) {
  EXPECT_EQ(Show("Mr. Jones met Dr. Anna B. Smith in the U.S. on Monday. They talked."),
            "Mr. Jones met Dr. Anna B. Smith in the U.S. on Monday . / They talked .");
}

TEST(TokenizerTest, NumbersAndMoney) {
  EXPECT_EQ(Show("It cost $3,500.50 in 2019, or 12% more."), "It cost $ 3,500.50 in 2019 , or 12 % more .");
}

TEST(TokenizerTest, AddressesStayWhole) {
  EXPECT_EQ(Show("Write to jane.doe@example.com or see http://www.example.com/a/b.html for more."),
            "Write to jane.doe@example.com or see http://www.example.com/a/b.html for more .");
}

TEST(TokenizerTest, DashesWithoutSpaces) {
  EXPECT_EQ(Show("The mayor—a former judge—resigned."), "The mayor — a former judge — resigned .");
}

TEST(TokenizerTest, QuotationsEndWithTheirClosingMark) {
  EXPECT_EQ(Show("“We will leave,” she said. “There is no other way.”"),
            "“ We will leave , ” she said . / “ There is no other way . ”");
  EXPECT_EQ(Show("He asked: \"Who are you?\" Nobody answered."),
            "He asked : \" Who are you ? \" / Nobody answered .");
}

TEST(TokenizerTest, ParagraphsEndSentences) {
  const std::vector<Sentence> sentences = Split("A short heading\n\nThe text begins here. It goes on.");
  ASSERT_EQ(sentences.size(), 3u);
  EXPECT_TRUE(sentences[0].heading);
  EXPECT_FALSE(sentences[1].heading);
  EXPECT_EQ(sentences[0].paragraph, 0u);
  EXPECT_EQ(sentences[2].paragraph, 1u);
}

TEST(TokenizerTest, HardWrappedLinesAreOneParagraph) {
  const std::string text =
      "The committee met on Tuesday to discuss the plan that had been put forward by\n"
      "the mayor in the spring, and most of its members were in favour of the idea as\n"
      "a whole, although a few of them asked for changes.\n";
  EXPECT_EQ(Split(text).size(), 1u);
}

TEST(TokenizerTest, MultiwordTokensAreMarked) {
  const std::vector<Sentence> sentences = Split("They don't.");
  ASSERT_EQ(sentences.size(), 1u);
  const std::vector<Token>& tokens = sentences[0].tokens;
  ASSERT_EQ(tokens.size(), 4u);
  EXPECT_TRUE(tokens[1].multiword_start);
  EXPECT_FALSE(tokens[1].space_after);
  EXPECT_FALSE(tokens[2].multiword_start);
}

TEST(TokenizerTest, SentenceTextIsOneLine) {
  const std::vector<Sentence> sentences = Split("One  two\tthree.");
  ASSERT_EQ(sentences.size(), 1u);
  EXPECT_EQ(sentences[0].text, "One two three.");
}

TEST(TokenizerTest, EmptyAndBlankTextHasNoSentences) {
  EXPECT_TRUE(Split("").empty());
  EXPECT_TRUE(Split(" \n\t\n ").empty());
}

TEST(TokenizerTest, LongRunsAreCut) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "word ";
  for (const Sentence& sentence : Split(text)) EXPECT_LE(sentence.tokens.size(), kMaxSentenceTokens);
}

// Whatever the bytes: tokens are in order, do not overlap, slice the input to their forms, and leave out only
// white space.
TEST(TokenizerTest, TokensCoverAnyText) {
  const std::vector<std::string> pieces = {
      "a",   "B",      "don't", "’s",   ".",          "...",      "\"",   "“",    "”",      "(",
      ")",   " ",      "\n",    "\n\n", "-",          "--",       "—",    "U.S.", "3",      "%",
      "$",   "@",      "/",     "é",    "日本",       "😀",        "\xFF", "\xC3", "\u200B", "\t",
      "n't", "cannot", "'",     ",",    "http://x.y", "\xE2\x80", "Ł"};
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    const size_t count = random() % 40;
    for (size_t i = 0; i < count; ++i) text += pieces[random() % pieces.size()];
    size_t end = 0;
    std::string covered;
    for (const Sentence& sentence : Split(text)) {
      ASSERT_FALSE(sentence.tokens.empty());
      for (const Token& token : sentence.tokens) {
        ASSERT_LE(end, token.span.begin);
        ASSERT_LT(token.span.begin, token.span.end);
        ASSERT_EQ(text.substr(token.span.begin, token.span.end - token.span.begin), token.form);
        end = token.span.end;
        covered += token.form;
      }
      ASSERT_EQ(sentence.span.begin, sentence.tokens.front().span.begin);
      ASSERT_EQ(sentence.span.end, sentence.tokens.back().span.end);
    }
    std::string expected;
    for (size_t i = 0; i < text.size();) {
      if (text.compare(i, 3, "\u200B") == 0) {
        i += 3;
      } else {
        if (text[i] != ' ' && text[i] != '\n' && text[i] != '\t') expected += text[i];
        ++i;
      }
    }
    ASSERT_EQ(covered, expected);
  }
}

TEST(TokenizeLineTest, KeepsTheLinesTokens) {
  const std::string line = "`` I do n't know , '' said Ms. O'Brien -LRB- 34 -RRB- , who can't stay .";
  const Sentence sentence = TokenizeLine(line);
  std::string back;
  std::vector<std::string> forms;
  for (const Token& token : sentence.tokens) {
    back += token.form + (token.space_after ? " " : "");
    forms.push_back(token.form);
    EXPECT_EQ(line.substr(token.span.begin, token.span.end - token.span.begin), token.form);
  }
  EXPECT_EQ(back, line + " ");
  EXPECT_THAT(forms, ElementsAre("``", "I", "do", "n't", "know", ",", "''", "said", "Ms.", "O'Brien", "-LRB-",
                                 "34", "-RRB-", ",", "who", "ca", "n't", "stay", "."));
}

TEST(TokenizeLineTest, EmptyLine) {
  EXPECT_TRUE(TokenizeLine("").tokens.empty());
  EXPECT_TRUE(TokenizeLine("   ").tokens.empty());
}

}  // namespace
}  // namespace dossier::ingest
