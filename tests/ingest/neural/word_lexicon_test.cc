#include "ingest/neural/word_lexicon.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "ingest/neural/word_pieces.h"

namespace dossier::ingest {
namespace {

struct Word {
  std::string form;
  uint16_t cluster = 0;
  uint8_t kind = 0;
};

template <typename T>
void Append(T value, std::string& out) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

// Three clusters, of which the last two belong together; two kinds.
std::string SectionOf(std::vector<Word> words, uint16_t last_coarse = 1) {
  std::sort(words.begin(), words.end(), [](const Word& a, const Word& b) { return LexiconKey(a.form) < LexiconKey(b.form); });
  std::string out;
  for (const size_t size : {words.size(), size_t{3}, size_t{2}, size_t{2}}) Append(static_cast<uint32_t>(size), out);
  for (const uint16_t coarse : {uint16_t{0}, uint16_t{1}, last_coarse, uint16_t{0}}) Append(coarse, out);
  for (const Word& word : words) Append(LexiconKey(word.form), out);
  for (const Word& word : words) Append(word.cluster, out);
  for (const Word& word : words) Append(word.kind, out);
  return out;
}

absl::StatusOr<std::unique_ptr<ModelFile>> FileWith(const std::string& section, std::string& bytes) {
  ModelFileWriter writer;
  writer.Add("lexicon", section);
  bytes = writer.Finish();
  return ModelFile::FromBytes(bytes);
}

TEST(WordLexiconTest, FindsWordsWhateverTheirCase) {
  std::string bytes;
  const auto file = FileWith(SectionOf({{"baku", 1, 1}, {"sao", 2, 0}, {"x", 1, 0}}), bytes).value();
  const WordLexicon lexicon = WordLexicon::FromModel(*file).value();
  EXPECT_EQ(lexicon.row_count(), 7u);
  using Rows = std::array<uint32_t, kLexiconFeatures>;
  const uint32_t first = kFeatureBuckets;
  EXPECT_EQ(lexicon.Rows("Baku"), (Rows{first + 1, first + 3 + 1, first + 5 + 1}));
  EXPECT_EQ(lexicon.Rows("S\u00E3o"), (Rows{first + 2, first + 3 + 1, first + 5}));
  EXPECT_EQ(lexicon.Rows("unheard-of"), (Rows{first, first + 3, first + 5}));
  EXPECT_EQ(lexicon.Rows(""), (Rows{first, first + 3, first + 5}));
  EXPECT_EQ(lexicon.Rows("\xFF\xFE"), (Rows{first, first + 3, first + 5}));
}

TEST(WordLexiconTest, AnEmptyOneKnowsNothing) {
  std::string bytes;
  const auto file = FileWith(SectionOf({}), bytes).value();
  EXPECT_EQ(WordLexicon::FromModel(*file).value().Rows("Baku")[0], kFeatureBuckets);
}

TEST(WordLexiconTest, BrokenOnesAreRefused) {
  const std::string good = SectionOf({{"baku", 1, 1}});
  std::vector<std::string> broken = {"", good.substr(0, 15), good.substr(0, good.size() - 1), good + "x",
                                     SectionOf({{"baku", 3, 1}}), SectionOf({{"baku", 1, 2}}), SectionOf({{"baku", 1, 1}}, 2)};
  for (const size_t place : {0u, 4u, 8u, 12u}) {
    broken.push_back(good);
    broken.back().replace(place, 4, "\xFF\xFF\xFF\xFF");
  }
  for (const std::string& section : broken) {
    std::string bytes;
    const auto file = FileWith(section, bytes);
    ASSERT_TRUE(file.ok());
    EXPECT_FALSE(WordLexicon::FromModel(**file).ok()) << section.size();
  }
}

}  // namespace
}  // namespace dossier::ingest
