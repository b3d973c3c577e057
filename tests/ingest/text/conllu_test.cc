#include "ingest/text/conllu.h"

#include <gtest/gtest.h>

namespace dossier::ingest {
namespace {

constexpr std::string_view kTwoSentences =
    "# newdoc id = d\n"
    "# sent_id = s1\n"
    "# text = They don't.\n"
    "1\tThey\tthey\tPRON\tPRP\tNumber=Plur\t2\tnsubj\t_\t_\n"
    "2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
    "2\tdo\tdo\tAUX\tVBP\t_\t0\troot\t_\t_\n"
    "3\tn't\tnot\tPART\tRB\t_\t2\tadvmod\t_\t_\n"
    "4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n"
    "\n"
    "# newpar\n"
    "# sent_id = s2\n"
    "# text = Yes\n"
    "1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_\n"
    "1.1\tgone\tgo\tVERB\tVBN\t_\t_\t_\t_\t_\n"
    "\n";

TEST(ConlluTest, Reads) {
  const auto sentences = ReadConllu(kTwoSentences);
  ASSERT_TRUE(sentences.ok());
  ASSERT_EQ(sentences->size(), 2u);
  const Sentence& first = (*sentences)[0];
  EXPECT_EQ(first.id, "s1");
  ASSERT_EQ(first.tokens.size(), 4u);
  EXPECT_TRUE(first.tokens[1].multiword_start);
  EXPECT_FALSE(first.tokens[1].space_after);
  EXPECT_FALSE(first.tokens[2].space_after);
  EXPECT_EQ(first.tokens[1].head, kNoToken);
  EXPECT_EQ(first.tokens[3].head, 1);
  EXPECT_EQ((*sentences)[1].paragraph, 1u);
  EXPECT_EQ((*sentences)[1].tokens.size(), 1u);  // the empty node is skipped
}

TEST(ConlluTest, SpansSliceTheRawText) {
  const auto sentences = ReadConllu(kTwoSentences);
  ASSERT_TRUE(sentences.ok());
  const std::string text = RawText(*sentences);
  EXPECT_EQ(text, "They don't.\n\nYes\n");
  for (const Sentence& sentence : *sentences) {
    for (const Token& token : sentence.tokens) {
      EXPECT_EQ(text.substr(token.span.begin, token.span.end - token.span.begin), token.form);
    }
  }
}

TEST(ConlluTest, WritesWhatItRead) {
  const auto sentences = ReadConllu(kTwoSentences);
  ASSERT_TRUE(sentences.ok());
  std::string once;
  for (const Sentence& sentence : *sentences) AppendConllu(sentence, once);
  EXPECT_NE(once.find("2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"), std::string::npos);
  const auto again = ReadConllu(once);
  ASSERT_TRUE(again.ok());
  std::string twice;
  for (const Sentence& sentence : *again) AppendConllu(sentence, twice);
  EXPECT_EQ(once, twice);
}

TEST(ConlluTest, ClosingPunctuationIsNoPartOfAMultiwordToken) {
  const auto sentences = ReadConllu(kTwoSentences);
  ASSERT_TRUE(sentences.ok());
  const SurfaceToken surface = SurfaceAt((*sentences)[0], 1);
  EXPECT_EQ(surface.text, "don't");
  EXPECT_EQ(surface.words, 2u);
}

TEST(ConlluTest, ErrorsNameTheLine) {
  for (const std::string_view broken :
       {"1\tYes\n", "2\ta\ta\tX\tX\t_\t0\troot\t_\t_\n", "1\ta\ta\tX\tX\t_\t7\tdep\t_\t_\n\n",
        "1\ta\ta\tX\tX\t_\tx\tdep\t_\t_\n", "1-1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n"}) {
    const auto sentences = ReadConllu(broken);
    ASSERT_FALSE(sentences.ok()) << broken;
    EXPECT_TRUE(PositionOf(sentences.status()).has_value()) << broken;
  }
}

}  // namespace
}  // namespace dossier::ingest
