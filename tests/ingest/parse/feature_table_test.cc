#include "ingest/models/feature_table.h"

#include <gtest/gtest.h>

#include <random>

#include "ingest/models/model_file.h"

namespace dossier::ingest {
namespace {

TEST(ModelFileTest, RoundTrip) {
  ModelFileWriter writer;
  writer.Add("one", "first");
  writer.Add("two", std::string(1000, 'x'));
  const std::string bytes = writer.Finish();
  const auto file = ModelFile::FromBytes(bytes);
  ASSERT_TRUE(file.ok()) << MessageOf(file.status());
  EXPECT_EQ((*file)->Section("one"), "first");
  EXPECT_EQ((*file)->Section("two"), std::string(1000, 'x'));
  EXPECT_EQ((*file)->Section("three"), "");
}

TEST(ModelFileTest, EveryDamagedByteIsNoticed) {
  ModelFileWriter writer;
  writer.Add("one", "some weights");
  const std::string good = writer.Finish();
  for (size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 0x10);
    EXPECT_FALSE(ModelFile::FromBytes(bad).ok()) << "byte " << i;
  }
  for (size_t size = 0; size < good.size(); ++size)
    EXPECT_FALSE(ModelFile::FromBytes(std::string_view(good).substr(0, size)).ok());
}

TEST(ModelFileTest, OtherModelsAreUnimplemented) {
  EXPECT_TRUE(ModelFile::Embedded("accurate").ok());
  EXPECT_EQ(ModelFile::Embedded("best").status().code(), absl::StatusCode::kUnimplemented);
}

TEST(FeatureTableTest, EmbeddedWeightsLoad) {
  const auto file = ModelFile::Embedded("fast");
  ASSERT_TRUE(file.ok()) << MessageOf(file.status());
  for (const char* section : {"tokenizer", "splitter", "tagger", "feats", "parser"}) {
    EXPECT_TRUE(FeatureTable::FromBytes((*file)->Section(section)).ok()) << section;
  }
}

TEST(FeatureTableTest, UnknownFeaturesScoreNothing) {
  const auto file = ModelFile::Embedded("fast");
  ASSERT_TRUE(file.ok());
  const auto table = FeatureTable::FromBytes((*file)->Section("tokenizer"));
  ASSERT_TRUE(table.ok());
  std::mt19937_64 random(1);
  std::vector<uint64_t> features(50);
  for (uint64_t& feature : features) feature = random();
  int16_t scores[FeatureTable::kMaxLabels];
  table->Score(features, scores);
  for (size_t label = 0; label < table->label_count(); ++label) EXPECT_EQ(scores[label], 0);
}

// No bytes may make the table read outside them (run under ASan).
TEST(FeatureTableTest, BrokenBytesAreRefusedOrHarmless) {
  const auto file = ModelFile::Embedded("fast");
  ASSERT_TRUE(file.ok());
  const std::string_view good = (*file)->Section("splitter");
  std::mt19937_64 random(2);
  for (int round = 0; round < 30; ++round) {
    std::string bad(good);
    for (int k = 0; k < 50; ++k) bad[random() % bad.size()] = static_cast<char>(random());
    if (round % 3 == 0) bad[random() % 16] = static_cast<char>(random());
    const auto table = FeatureTable::FromBytes(bad);
    if (!table.ok()) continue;
    std::vector<uint64_t> features(100);
    for (uint64_t& feature : features) feature = random();
    int16_t scores[FeatureTable::kMaxLabels + 16];
    table->Score(features, scores);
  }
  EXPECT_FALSE(FeatureTable::FromBytes("").ok());
}

}  // namespace
}  // namespace dossier::ingest
