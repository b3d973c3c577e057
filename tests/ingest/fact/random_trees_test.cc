// Whatever the trees, extraction keeps its promises: no crash, indexes inside the sentence, phrases in text
// order, the same result twice.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "ingest/entity/lexicon.h"
#include "ingest/fact/carb.h"
#include "ingest/fact/fact.h"

namespace dossier::ingest {
namespace {

constexpr const char* kRels[] = {"nsubj",  "nsubj:pass", "obj",      "iobj",         "obl",       "obl:agent",
                                 "ccomp",  "xcomp",      "advcl",    "acl",          "acl:relcl", "conj",
                                 "cc",     "case",       "mark",     "aux",          "aux:pass",  "cop",
                                 "advmod", "amod",       "det",      "nmod",         "nmod:poss", "nmod:desc",
                                 "appos",  "flat",       "compound", "compound:prt", "parataxis", "punct",
                                 "csubj",  "expl",       "fixed",    "obl:unmarked", "root",      "nonsense"};
constexpr const char* kWords[][3] = {
    {"say", "VERB", "VBD"},      {"sold", "VERB", "VBN"},     {"meeting", "VERB", "VBG"},
    {"go", "VERB", "VB"},        {"is", "AUX", "VBZ"},        {"will", "AUX", "MD"},
    {"Oslo", "PROPN", "NNP"},    {"Anna", "PROPN", "NNP"},    {"request", "NOUN", "NN"},
    {"president", "NOUN", "NN"}, {"advisers", "NOUN", "NNS"}, {"number", "NOUN", "NN"},
    {"who", "PRON", "WP"},       {"that", "SCONJ", "IN"},     {"whose", "PRON", "WP$"},
    {"to", "PART", "TO"},        {"of", "ADP", "IN"},         {"with", "ADP", "IN"},
    {"by", "ADP", "IN"},         {"over", "ADP", "IN"},       {"at", "ADP", "IN"},
    {"'s", "PART", "POS"},       {",", "PUNCT", ","},         {"“", "PUNCT", "``"},
    {"”", "PUNCT", "''"},        {"\"", "PUNCT", "''"},       {"—", "PUNCT", ":"},
    {"?", "PUNCT", "."},         {"not", "PART", "RB"},       {"if", "SCONJ", "IN"},
    {"and", "CCONJ", "CC"},      {"unsafe", "ADJ", "JJ"},     {"May", "PROPN", "NNP"},
    {"quickly", "ADV", "RB"},    {"Turkish", "ADJ", "JJ"},    {"-", "PUNCT", "HYPH"}};

Sentence RandomTree(std::mt19937& random, bool valid) {
  Sentence sentence;
  const int size = 1 + static_cast<int>(random() % 30);
  const int root = static_cast<int>(random() % static_cast<unsigned>(size));
  for (int i = 0; i < size; ++i) {
    const auto& word = kWords[random() % std::size(kWords)];
    Token token;
    token.form = token.lemma = word[0];
    token.upos = word[1];
    token.xpos = word[2];
    token.span = {static_cast<size_t>(i) * 10, static_cast<size_t>(i) * 10 + token.form.size()};
    token.deprel = kRels[random() % std::size(kRels)];
    // A tree: heads lie on the way to the root. Otherwise anything, cycles and heads outside included.
    const int towards = i < root   ? i + 1 + static_cast<int>(random() % static_cast<unsigned>(root - i))
                        : i > root ? root + static_cast<int>(random() % static_cast<unsigned>(i - root))
                                   : -1;
    token.head = valid ? towards : static_cast<int>(random() % static_cast<unsigned>(size + 3)) - 2;
    if (token.head < 0 && valid) token.deprel = "root";
    sentence.tokens.push_back(std::move(token));
  }
  sentence.span = {0, static_cast<size_t>(size) * 10};
  return sentence;
}

void CheckProposition(const Proposition& p, const Sentence& sentence, size_t count) {
  const auto size = static_cast<TokenIndex>(sentence.tokens.size());
  auto inside = [&](TokenIndex t) { return t >= 0 && t < size; };
  EXPECT_TRUE(inside(p.trigger));
  EXPECT_LT(p.parent, static_cast<int>(count));
  EXPECT_LT(p.merged_into, static_cast<int>(count));
  EXPECT_GE(p.confidence, 0.0);
  EXPECT_LE(p.confidence, 1.0);
  EXPECT_TRUE(std::is_sorted(p.predicate.begin(), p.predicate.end()));
  for (const Argument& a : p.arguments) {
    EXPECT_TRUE(inside(a.head));
    ASSERT_FALSE(a.tokens.empty());
    EXPECT_TRUE(std::is_sorted(a.tokens.begin(), a.tokens.end()));
    EXPECT_TRUE(inside(a.tokens.front()) && inside(a.tokens.back()));
  }
}

TEST(RandomTrees, KeepThePromisesOfExtraction) {
  std::mt19937 random(20201129);
  for (int round = 0; round < 3000; ++round) {
    std::vector<Sentence> sentences{RandomTree(random, round % 3 != 0)};
    std::vector<std::vector<Proposition>> propositions{ExtractPropositions(sentences[0])};
    for (const Proposition& p : propositions[0]) CheckProposition(p, sentences[0], propositions[0].size());
    EntityTable entities;
    for (TokenIndex t = 0; t < static_cast<TokenIndex>(sentences[0].tokens.size()); ++t) {
      if (sentences[0].tokens[static_cast<size_t>(t)].upos != "PROPN") continue;
      entities.by_head[{0, t}] = static_cast<int>(entities.mentions.size());
      entities.mentions.push_back(
          {0, t, t + 1, t, MentionKind::kName, static_cast<int>(entities.entities.size()), 1.0});
      entities.entities.emplace_back();
      entities.entities.back().type = EntityType::kOrganization;
    }
    std::string once, twice;
    for (std::string* out : {&once, &twice}) {
      for (const Fact& fact : BuildFacts(sentences, propositions, entities, Lexicon::Default())) {
        *out += FactToJson(fact, sentences[0], {}, entities);
        EXPECT_LE(fact.phrase_span.end, sentences[0].span.end);
      }
    }
    EXPECT_EQ(once, twice);
    RenderCarb("line", sentences[0], propositions[0]);
  }
}

}  // namespace
}  // namespace dossier::ingest
