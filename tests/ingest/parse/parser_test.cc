#include "ingest/parse/parser.h"

#include <gtest/gtest.h>

#include <random>

#include "ingest/text/tokenizer.h"

namespace dossier::ingest {
namespace {

const Parser& FastParserForTests() {
  static const std::unique_ptr<Parser> parser = Parser::Load(ModelKind::kFast).value();
  return *parser;
}

Sentence Parsed(std::string_view text) {
  Sentence sentence = TokenizeLine(text);
  FastParserForTests().Parse(sentence);
  return sentence;
}

// The token with `form`; the test fails when there is none.
const Token& Find(const Sentence& sentence, std::string_view form) {
  for (const Token& token : sentence.tokens) {
    if (token.form == form) return token;
  }
  ADD_FAILURE() << "no token " << form;
  return sentence.tokens.front();
}

std::string HeadOf(const Sentence& sentence, std::string_view form) {
  const TokenIndex head = Find(sentence, form).head;
  return head == kNoToken ? "" : sentence.tokens[static_cast<size_t>(head)].form;
}

void ExpectProjectiveTree(const Sentence& sentence) {
  const auto size = static_cast<TokenIndex>(sentence.tokens.size());
  int roots = 0;
  for (TokenIndex i = 0; i < size; ++i) {
    const Token& token = sentence.tokens[static_cast<size_t>(i)];
    ASSERT_FALSE(token.upos.empty());
    ASSERT_FALSE(token.deprel.empty());
    ASSERT_LT(token.head, size);
    ASSERT_NE(token.head, i);
    roots += token.head == kNoToken ? 1 : 0;
    ASSERT_EQ(token.head == kNoToken, token.deprel == "root");
    TokenIndex up = i;
    for (TokenIndex steps = 0; up != kNoToken; ++steps) {
      ASSERT_LE(steps, size) << "cycle";
      up = sentence.tokens[static_cast<size_t>(up)].head;
    }
  }
  ASSERT_EQ(roots, 1);
  if (size > 200) return;  // the check is quadratic
  for (TokenIndex i = 0; i < size; ++i) {
    for (TokenIndex k = i + 1; k < size; ++k) {
      const auto ends = [&](TokenIndex n) {
        const TokenIndex head = sentence.tokens[static_cast<size_t>(n)].head;
        return std::pair(std::min(n, head), std::max(n, head));
      };
      const auto [a, b] = ends(i);
      const auto [c, d] = ends(k);
      ASSERT_FALSE((a < c && c < b && b < d) || (c < a && a < d && d < b)) << "crossing arcs";
    }
  }
}

TEST(ParserTest, TagsAndAttachesASimpleSentence) {
  const Sentence sentence = Parsed("The president dismissed two ministers on Monday .");
  EXPECT_EQ(Find(sentence, "dismissed").upos, "VERB");
  EXPECT_EQ(Find(sentence, "dismissed").deprel, "root");
  EXPECT_EQ(Find(sentence, "dismissed").lemma, "dismiss");
  EXPECT_EQ(Find(sentence, "president").deprel, "nsubj");
  EXPECT_EQ(Find(sentence, "ministers").deprel, "obj");
  EXPECT_EQ(Find(sentence, "ministers").lemma, "minister");
  EXPECT_EQ(HeadOf(sentence, "ministers"), "dismissed");
  EXPECT_EQ(Find(sentence, "Monday").deprel, "obl");
  EXPECT_NE(Find(sentence, "dismissed").feats.find("Tense=Past"), std::string::npos);
}

TEST(ParserTest, Passive) {
  const Sentence sentence = Parsed("The bridge was destroyed by the army .");
  EXPECT_EQ(Find(sentence, "bridge").deprel, "nsubj:pass");
  EXPECT_EQ(Find(sentence, "was").deprel, "aux:pass");
  EXPECT_EQ(HeadOf(sentence, "army"), "destroyed");
}

TEST(ParserTest, PennQuotesAndBracketsAreNormalised) {
  const Sentence sentence = Parsed("`` We won , '' she said -LRB- again -RRB- .");
  EXPECT_EQ(sentence.tokens[0].form, "``");
  EXPECT_EQ(sentence.tokens[0].upos, "PUNCT");
  EXPECT_EQ(Find(sentence, "''").upos, "PUNCT");
  EXPECT_EQ(Find(sentence, "-LRB-").upos, "PUNCT");
}

TEST(ParserTest, EmptySentenceStaysEmpty) {
  Sentence sentence;
  FastParserForTests().Parse(sentence);
  EXPECT_TRUE(sentence.tokens.empty());
}

TEST(ParserTest, AnyTokensGetOneTree) {
  const std::vector<std::string> words = {
      "the", "dog", "😀", "said", ",", ".", "''", "``",  "",     "\xFF\xFE", "of",   "who", "Paris",
      "ran", "and", "-", "2020", "(", ")", "is", "not", "that", "''''",     "日本", "a b"};
  std::mt19937 random(11);
  for (int round = 0; round < 500; ++round) {
    Sentence sentence;
    const size_t size = 1 + random() % 40;
    for (size_t i = 0; i < size; ++i) sentence.tokens.emplace_back().form = words[random() % words.size()];
    FastParserForTests().Parse(sentence);
    ExpectProjectiveTree(sentence);
  }
}

TEST(ParserTest, TenThousandTokensGetOneTree) {
  for (const std::string word : {"😀", "dog", "and", "("}) {
    Sentence sentence;
    for (int i = 0; i < 10000; ++i) sentence.tokens.emplace_back().form = word;
    FastParserForTests().Parse(sentence);
    int roots = 0;
    for (const Token& token : sentence.tokens) roots += token.head == kNoToken ? 1 : 0;
    EXPECT_EQ(roots, 1) << word;
  }
}

TEST(ParserTest, IsDeterministic) {
  const std::string_view text =
      "Old friends of the family who had come from Spain left before the storm hit the coast .";
  const Sentence a = Parsed(text);
  const Sentence b = Parsed(text);
  for (size_t i = 0; i < a.tokens.size(); ++i) {
    EXPECT_EQ(a.tokens[i].head, b.tokens[i].head);
    EXPECT_EQ(a.tokens[i].deprel, b.tokens[i].deprel);
    EXPECT_EQ(a.tokens[i].xpos, b.tokens[i].xpos);
  }
}

}  // namespace
}  // namespace dossier::ingest
