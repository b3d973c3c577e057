#include "ingest/parse/accurate_parser.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>
#include <thread>

#include "ingest/parse/spanning_tree.h"
#include "ingest/text/conllu.h"
#include "ingest/text/tokenizer.h"
#include "tests/paths/paths.h"

namespace dossier::ingest {
namespace {

const Parser& AccurateForTests() {
  static const std::unique_ptr<Parser> parser = Parser::Load(ModelKind::kAccurate).value();
  return *parser;
}

std::vector<Sentence> Sample() {
  std::vector<Sentence> sentences;
  for (const char* line : {"The minister who had been dismissed in May returned to Baku on Monday .", "Yes .",
                           "\xF0\x9F\x98\x80 \xFF\xFE of of", "Anna Meier , the head of Siemens , told the BBC that sales rose .",
                           "It is what it is , and nobody in the old part of the town would ever say otherwise ."}) {
    sentences.push_back(TokenizeLine(line));
  }
  return sentences;
}

std::string AsText(const std::vector<Sentence>& sentences) {
  std::string out;
  for (const Sentence& sentence : sentences) {
    AppendConllu(sentence, out);
    for (const Token& token : sentence.tokens) out += token.name + " ";
  }
  return out;
}

std::string ParsedTogether(const Parser& parser) {
  std::vector<Sentence> sentences = Sample();
  parser.ParseAll(absl::MakeSpan(sentences));
  return AsText(sentences);
}

void ExpectTree(const Sentence& sentence) {
  const auto size = static_cast<TokenIndex>(sentence.tokens.size());
  int roots = 0;
  for (TokenIndex i = 0; i < size; ++i) {
    const Token& token = sentence.tokens[static_cast<size_t>(i)];
    ASSERT_FALSE(token.upos.empty());
    ASSERT_FALSE(token.deprel.empty());
    ASSERT_FALSE(token.name.empty());
    ASSERT_LT(token.head, size);
    roots += token.head == kNoToken ? 1 : 0;
    ASSERT_EQ(token.head == kNoToken, token.deprel == "root");
    TokenIndex up = i;
    for (TokenIndex steps = 0; up != kNoToken; ++steps) {
      ASSERT_LE(steps, size) << "cycle";
      up = sentence.tokens[static_cast<size_t>(up)].head;
    }
  }
  ASSERT_EQ(roots, 1);
}

TEST(AccurateParserTest, ReadsASentence) {
  Sentence sentence = TokenizeLine("Angela Merkel dismissed two ministers in Berlin on Monday .");
  AccurateForTests().Parse(sentence);
  const std::vector<Token>& tokens = sentence.tokens;
  EXPECT_EQ(tokens[0].name, "B-PER");
  EXPECT_EQ(tokens[1].name, "I-PER");
  EXPECT_EQ(tokens[2].name, "O");
  EXPECT_EQ(tokens[2].upos, "VERB");
  EXPECT_EQ(tokens[2].lemma, "dismiss");
  EXPECT_EQ(tokens[2].deprel, "root");
  EXPECT_NE(tokens[2].feats.find("Tense=Past"), std::string::npos);
  EXPECT_EQ(tokens[4].deprel, "obj");
  EXPECT_EQ(tokens[4].head, 2);
  EXPECT_EQ(tokens[6].name, "B-LOC");
  EXPECT_EQ(tokens[8].deprel, "obl");
}

TEST(AccurateParserTest, TheBatchDoesNotMatter) {
  std::vector<Sentence> alone = Sample();
  for (Sentence& sentence : alone) AccurateForTests().Parse(sentence);
  EXPECT_EQ(AsText(alone), ParsedTogether(AccurateForTests()));
  std::vector<Sentence> many, expected;
  for (int i = 0; i < 40; ++i) {
    for (Sentence& sentence : Sample()) many.push_back(std::move(sentence));
    expected.insert(expected.end(), alone.begin(), alone.end());
  }
  AccurateForTests().ParseAll(absl::MakeSpan(many));
  EXPECT_EQ(AsText(many), AsText(expected));
}

TEST(AccurateParserTest, ThreadsAndProcessorsDoNotMatter) {
  const std::string expected = ParsedTogether(AccurateForTests());
  std::vector<std::string> results(3);
  std::vector<std::thread> threads;
  for (std::string& result : results) threads.emplace_back([&result] { result = ParsedTogether(AccurateForTests()); });
  for (std::thread& thread : threads) thread.join();
  for (const std::string& result : results) EXPECT_EQ(result, expected);
  for (const char* name : {"plain", "avx2", "avxvnni", "avx512"}) {
    const Kernels* kernels = KernelsOfName(name);
    if (kernels == nullptr) continue;
    const auto parser = AccurateParser::FromModel(ModelFile::Embedded("accurate").value(), *kernels);
    ASSERT_TRUE(parser.ok()) << MessageOf(parser.status());
    EXPECT_EQ(ParsedTogether(**parser), expected) << name;
  }
}

TEST(AccurateParserTest, AnyTokensGetOneTree) {
  for (const std::string word : {"dog", "\xF0\x9F\x98\x80", "(", "", "\xFF", "a b", "\u6771\u4EAC"}) {
    for (const size_t size : {1u, 2u, 179u, 181u, 3000u}) {
      Sentence sentence;
      for (size_t i = 0; i < size; ++i) sentence.tokens.emplace_back().form = word;
      AccurateForTests().Parse(sentence);
      ExpectTree(sentence);
    }
  }
  Sentence sentence;
  sentence.tokens.emplace_back().form = std::string(100000, 'x');
  AccurateForTests().Parse(sentence);
  ExpectTree(sentence);
  Sentence empty;
  AccurateForTests().Parse(empty);
  EXPECT_TRUE(empty.tokens.empty());
}

// Sections that are cut, missing, or of other sizes than they say.
TEST(AccurateParserTest, DamagedModelsAreRefused) {
  const auto good = ModelFile::Embedded("accurate").value();
  const std::vector<std::string> names = {"name",   "pieces", "words", "features", "lexicon", "mix",  "positions", "norm",  "L0.qkv", "L0.out", "L0.up",
                                          "L0.down", "L0.norms", "tags", "edges",    "arc",  "rel",       "upos",  "xpos",   "feats",  "deprel",
                                          "names",  "pairs",  "lemmas"};
  for (const std::string& damaged : names) {
    if (damaged == "name") continue;
    ModelFileWriter writer;
    for (const std::string& name : names) {
      const std::string_view bytes = good->Section(name);
      ASSERT_FALSE(bytes.empty()) << name;
      writer.Add(name, std::string(name == damaged ? bytes.substr(0, bytes.size() / 2 - bytes.size() / 2 % 4) : bytes));
    }
    const std::string bytes = writer.Finish();
    auto file = ModelFile::FromBytes(bytes);
    ASSERT_TRUE(file.ok());
    const auto parser = AccurateParser::FromModel(std::move(*file));
    // Half a list of labels is still a list, and its matrix is padded: then the labels are wrong, but nothing breaks.
    if (damaged == "deprel" || damaged == "names" || damaged == "pairs") {
      ASSERT_TRUE(parser.ok()) << damaged;
      std::vector<Sentence> sentences = Sample();
      (*parser)->ParseAll(absl::MakeSpan(sentences));
      for (const Sentence& sentence : sentences) ExpectTree(sentence);
      continue;
    }
    EXPECT_FALSE(parser.ok()) << damaged;
  }
}

struct Reference {
  std::string form, pieces, features, deprel;
  uint32_t head = 0;
  std::vector<float> vector;
};

// Sentences of tests/ingest/neural/reference.tsv, written by ingest/train/accurate/reference.py.
std::vector<std::vector<Reference>> References() {
  std::ifstream in(SourceDirectory() / "tests/ingest/neural/reference.tsv");
  std::vector<std::vector<Reference>> sentences(1);
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) {
      sentences.emplace_back();
      continue;
    }
    std::istringstream columns(line);
    Reference& word = sentences.back().emplace_back();
    std::string head, vector;
    std::getline(columns, word.form, '\t');
    std::getline(columns, word.pieces, '\t');
    std::getline(columns, word.features, '\t');
    std::getline(columns, head, '\t');
    std::getline(columns, word.deprel, '\t');
    std::getline(columns, vector);
    word.head = static_cast<uint32_t>(std::stoul(head));
    std::istringstream numbers(vector);
    for (float x; numbers >> x;) word.vector.push_back(x);
  }
  if (sentences.back().empty()) sentences.pop_back();
  return sentences;
}

template <typename Numbers>
std::string Join(const Numbers& numbers) {
  std::string out;
  for (const uint32_t n : numbers) out += (out.empty() ? "" : " ") + std::to_string(n);
  return out;
}

TEST(WordPiecesTest, SameAsInTraining) {
  const auto file = ModelFile::Embedded("accurate").value();
  const WordPieces vocabulary = WordPieces::FromBytes(file->Section("pieces")).value();
  const WordLexicon lexicon = WordLexicon::FromModel(*file).value();
  ASSERT_EQ(References().size(), 6u);
  for (const auto& sentence : References()) {
    for (size_t i = 0; i < sentence.size(); ++i) {
      std::vector<uint32_t> pieces;
      vocabulary.Split(sentence[i].form, pieces);
      EXPECT_EQ(Join(pieces), sentence[i].pieces) << sentence[i].form;
      EXPECT_EQ(Join(HashedFeatures(sentence[i].form, i == 0)) + " " + Join(lexicon.Rows(sentence[i].form)), sentence[i].features)
          << sentence[i].form;
    }
  }
}

// int8 weights and activations against float32: the vectors point the same way (measured: cosines of 0.99 and more), and
// of heads and relations one in twenty may differ where two were nearly equal.
TEST(EncoderTest, CloseToTheFloatModel) {
  const auto file = ModelFile::Embedded("accurate").value();
  const Encoder encoder = Encoder::FromModel(*file).value();
  size_t words = 0, heads = 0, relations = 0;
  for (const auto& reference : References()) {
    Sentence sentence;
    std::vector<std::string_view> forms;
    for (const Reference& word : reference) sentence.tokens.emplace_back().form = word.form, forms.push_back(word.form);
    EncodedBatch batch;
    encoder.Add(forms, true, batch);
    encoder.Run(BestKernels(), batch);
    AccurateForTests().Parse(sentence);
    for (size_t i = 0; i < reference.size(); ++i) {
      double product = 0, own = 0, theirs = 0;
      for (size_t k = 0; k < reference[i].vector.size(); ++k) {
        const double x = static_cast<double>(batch.vectors[(i + 1) * kHidden + 16 * k]), y = static_cast<double>(reference[i].vector[k]);
        product += x * y, own += x * x, theirs += y * y;
      }
      EXPECT_GT(product / std::sqrt(own * theirs), 0.97) << reference[i].form;
      ++words;
      heads += sentence.tokens[i].head + 1 == static_cast<TokenIndex>(reference[i].head) ? 1 : 0;
      relations += sentence.tokens[i].deprel == reference[i].deprel ? 1 : 0;
    }
  }
  EXPECT_GE(heads * 20, words * 19) << heads << " of " << words;
  EXPECT_GE(relations * 20, words * 19) << relations << " of " << words;
}

// The best tree of a few words by trying all of them.
double BestScore(const std::vector<float>& scores, size_t words) {
  double best = -1e30;
  std::vector<size_t> heads(words, 0);
  while (true) {
    size_t roots = 0;
    bool tree = true;
    double sum = 0;
    for (size_t i = 0; i < words; ++i) {
      roots += heads[i] == 0 ? 1 : 0;
      sum += static_cast<double>(scores[i * (words + 1) + heads[i]]);
      size_t up = i + 1, steps = 0;
      while (up != 0 && steps <= words) up = heads[up - 1], ++steps;
      tree &= up == 0;
    }
    if (tree && roots == 1) best = std::max(best, sum);
    size_t i = 0;
    while (i < words && ++heads[i] > words) heads[i++] = 0;
    if (i == words) return best;
  }
}

TEST(SpanningTreeTest, BestOfAllTrees) {
  std::srand(3);
  for (int round = 0; round < 400; ++round) {
    const size_t words = 1 + static_cast<size_t>(round) % 5;
    std::vector<float> scores(words * (words + 1));
    for (float& score : scores) score = static_cast<float>(std::rand() % 50 - 25);
    const std::vector<uint32_t> heads = BestTree(scores.data(), words);
    ASSERT_EQ(heads.size(), words);
    double sum = 0;
    for (size_t i = 0; i < words; ++i) {
      ASSERT_NE(heads[i], i + 1);
      sum += static_cast<double>(scores[i * (words + 1) + heads[i]]);
    }
    EXPECT_EQ(std::count(heads.begin(), heads.end(), 0u), 1);
    EXPECT_DOUBLE_EQ(sum, BestScore(scores, words)) << "round " << round;
  }
}

}  // namespace
}  // namespace dossier::ingest
