// Packing: what goes in comes out, scalar and SIMD agree, malformed bytes do no harm.
#include "graph/store/block.h"

#include <algorithm>
#include <random>

#include "graph/model/term_id.h"
#include "gtest/gtest.h"

namespace dossier::graph {
namespace {

constexpr uint64_t kDefault = TermId::DefaultGraph().bits();

// Columns of every kind that stores have: sorted and not, narrow and wide, of few values, of several tags.
std::vector<uint64_t> RandomColumn(std::mt19937_64& random, size_t n) {
  const auto kind = random() % 7;
  const uint64_t range = uint64_t{1} << random() % 64;
  std::vector<uint64_t> values(n);
  for (uint64_t& value : values) {
    switch (kind) {
      case 0: value = 7; break;
      case 1: value = random() % range; break;
      case 2: value = (random() % 3 + 1) << 60 | random() % 1000; break;
      case 3: value = (random() % 12) * 0x123456789ABCDEF; break;
      case 4: value = random(); break;
      case 5: value = (uint64_t{1} << 61) + random() % 4096 * 3; break;
      default: value = random() % 50 == 0 ? random() : random() % 100;
    }
  }
  if (random() % 2 == 0) std::sort(values.begin(), values.end());
  return values;
}

TEST(StripCodec, ColumnsComeBack) {
  std::mt19937_64 random(7);
  std::array<size_t, 3> modes = {};
  for (int round = 0; round < 20000; ++round) {
    const size_t n = random() % 4 == 0 ? 1 + random() % kStripQuads : kStripQuads;
    const std::vector<uint64_t> values = RandomColumn(random, n);
    std::string bytes;
    PackColumn(values.data(), n, bytes);
    ASSERT_LE(bytes.size(), 8 * n + 12);
    ++modes.at(static_cast<size_t>(bytes[0]));
    const size_t used = bytes.size();
    bytes.append(kReadAhead, '\xAB');
    std::vector<uint64_t> back(n, 1);
    ASSERT_EQ(UnpackColumn(bytes, n, back.data()), used) << "round " << round;
    ASSERT_EQ(back, values) << "round " << round;
  }
  for (const size_t times : modes) EXPECT_GT(times, 100u);
}

TEST(StripCodec, ScalarAndSimdAgree) {
  if (UnpackBitsAvx2() == nullptr) GTEST_SKIP() << "no AVX2 here";
  std::mt19937_64 random(8);
  std::string bytes(kStripQuads * 7 + 8, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  const auto* in = reinterpret_cast<const unsigned char*>(bytes.data());
  for (unsigned width = 0; width <= 56; ++width) {
    for (const size_t n : {1u, 3u, 4u, 255u, 256u}) {
      std::vector<uint64_t> scalar(n), simd(n);
      UnpackBitsScalar(in, width, n, width * 1000, scalar.data());
      UnpackBitsAvx2()(in, width, n, width * 1000, simd.data());
      EXPECT_EQ(scalar, simd) << width;
    }
  }
}

TEST(StripCodec, MalformedBytesAreRefusedOrHarmless) {
  std::mt19937_64 random(9);
  std::vector<uint64_t> out(kStripQuads);
  for (int round = 0; round < 100000; ++round) {
    std::string bytes(random() % 300, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    if (!bytes.empty()) bytes[0] = static_cast<char>(random() % 4);
    const std::vector<char> exact(bytes.begin(), bytes.end());  // so that a sanitizer sees a byte too far
    const size_t used = UnpackColumn({exact.data(), exact.size()}, 1 + random() % kStripQuads, out.data());
    EXPECT_TRUE(used == 0 || used + kReadAhead <= bytes.size());
  }
}

std::vector<QuadKey> RandomRows(std::mt19937_64& random, size_t n, bool graphs) {
  std::vector<QuadKey> rows(n);
  for (QuadKey& row : rows) {
    row = {random() % 40, random() % 500, random(), graphs && random() % 3 == 0 ? 2 + random() % 3 : kDefault};
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

TEST(Block, RowsAndRecordComeBack) {
  std::mt19937_64 random(10);
  for (const size_t n : {1, 255, 256, 257, 4000, 4096}) {
    for (const bool graphs : {false, true}) {
      const std::vector<QuadKey> rows = RandomRows(random, n, graphs);
      std::string bytes;
      BlockRecord record;
      PackBlock(rows.data(), rows.size(), 3, bytes, record);
      BlockRecord again;
      ASSERT_TRUE(again.Decode(record.Encode()));
      again.first = record.first;
      EXPECT_EQ(again, record);
      EXPECT_EQ(record.first, rows.front());
      EXPECT_EQ(record.last, rows.back());
      EXPECT_EQ(record.named, std::count_if(rows.begin(), rows.end(), [](const QuadKey& row) { return row[3] != kDefault; }));
      const auto block = Block::Parse(bytes);
      ASSERT_TRUE(block.has_value() && block->HashMatches());
      ASSERT_EQ(block->size(), rows.size());
      for (size_t strip = 0, at = 0; strip < block->strips(); ++strip) {
        StripColumns columns;
        ASSERT_TRUE(block->Unpack(strip, columns));
        EXPECT_EQ(block->FirstOf(strip), rows[at]);
        EXPECT_EQ(block->StripOf(rows[at]), strip);
        for (size_t i = 0; i < block->StripSize(strip); ++i) ASSERT_EQ(columns.Row(i), rows[at++]);
      }
    }
  }
}

TEST(Block, DamageIsRefusedOrHarmlessAndTheHashSeesIt) {
  std::mt19937_64 random(11);
  const std::vector<QuadKey> rows = RandomRows(random, 1000, true);
  std::string good;
  BlockRecord record;
  PackBlock(rows.data(), rows.size(), 3, good, record);
  StripColumns columns;
  for (int round = 0; round < 20000; ++round) {
    std::string bad = good;
    bad[random() % bad.size()] ^= static_cast<char>(1 << random() % 8);
    if (random() % 4 == 0) bad.resize(random() % bad.size());
    const std::vector<char> exact(bad.begin(), bad.end());
    const auto block = Block::Parse({exact.data(), exact.size()});
    if (!block) continue;
    EXPECT_FALSE(block->HashMatches());
    for (size_t strip = 0; strip < block->strips(); ++strip) block->Unpack(strip, columns);
  }
}

}  // namespace
}  // namespace dossier::graph
