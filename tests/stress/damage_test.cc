// One byte of a database changed at random places: never a crash, never a wrong answer passed as right, and `verify` finds it.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

#include "graph/base/strings.h"
#include "graph/store/maintenance.h"
#include "gtest/gtest.h"
#include "tests/graph/store/temp_dir.h"
#include "tests/stress/child.h"
#include "tests/stress/store_state.h"
#include "tests/stress/updates.h"

namespace dossier::graph {
namespace {

namespace fs = std::filesystem;

// Blocks from two folds, changes in tables, changes in the log.
void Fill(const std::string& directory) {
  Updates updates(11);
  for (const uint64_t to : {uint64_t{30}, uint64_t{60}, uint64_t{70}}) {
    const auto store = Store::Open(directory, {.background_fold = false});
    ASSERT_TRUE(store.ok()) << store.status();
    for (uint64_t step = to == 30 ? 1 : to == 60 ? 31 : 61; step <= to; ++step) {
      const auto tx = (*store)->Begin();
      ASSERT_TRUE(updates.Apply(step, *tx).ok());
      ASSERT_TRUE(tx->Commit().ok());
    }
    if (to < 70) {
      ASSERT_TRUE((*store)->Fold().ok());
    }
  }
}

struct Place {
  fs::path file;  // within the directory
  uint64_t offset = 0;
};

// Half of the places by bytes, half by files, so that small files have their share.
Place PlaceIn(const std::vector<std::pair<fs::path, uint64_t>>& files, std::mt19937_64& random) {
  if (random() % 2 == 0) {
    const auto& [file, size] = files[random() % files.size()];
    return {file, random() % size};
  }
  uint64_t total = 0;
  for (const auto& file : files) total += file.second;
  uint64_t at = random() % total;
  for (const auto& [file, size] : files) {
    if (at < size) return {file, at};
    at -= size;
  }
  return {};
}

void Flip(const fs::path& path, uint64_t offset, unsigned char change) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(static_cast<std::streamoff>(offset));
  const int byte = file.get();
  file.seekp(static_cast<std::streamoff>(offset));
  file.put(static_cast<char>(byte ^ change));
}

TEST(Damage, OneByteAnywhere) {
  const uint64_t seed = SeedOf("Damage.OneByteAnywhere");
  SCOPED_TRACE(Cat("DOSSIER_SEED=", seed));
  std::mt19937_64 random(seed);
  const TempDir dir;
  Fill(dir.path("good"));
  ASSERT_FALSE(testing::Test::HasFailure());
  Updates updates(11);
  std::string expected;
  for (const std::string& line : updates.StateAfter(70)) expected += line;
  std::vector<std::pair<fs::path, uint64_t>> files;
  for (const auto& entry : fs::recursive_directory_iterator(dir.path("good"))) {
    if (entry.is_regular_file() && entry.file_size() > 0) files.emplace_back(fs::relative(entry.path(), dir.path("good")), entry.file_size());
  }
  std::sort(files.begin(), files.end());
  int refused = 0, right = 0, found = 0;
  const int rounds = Rounds(60, 200);
  for (int round = 0; round < rounds; ++round) {
    const Place place = PlaceIn(files, random);
    const auto change = static_cast<unsigned char>(random() % 2 == 0 ? 1u << random() % 8 : 1 + random() % 255);
    const std::string copy = dir.path("copy"), name = place.file.filename().string();
    const std::string what = Cat("round ", round, ": ", name, " of ", fs::file_size(dir.path("good") / place.file), " bytes, offset ", place.offset,
                                 ", xor ", int{change});
    fs::remove_all(copy);
    fs::copy(dir.path("good"), copy, fs::copy_options::recursive);
    Flip(copy / place.file, place.offset, change);
    const auto report = VerifyDatabase(copy, {});
    const bool verify_found = !report.ok() || !report->ok();
    Child check({"check", copy});
    check.Wait();
    EXPECT_TRUE(check.code() == 0 || check.code() == 10) << what << ": exit code " << check.code();
    if (check.code() == 0) {
      EXPECT_EQ(check.output(), expected) << what << ": a wrong answer passed as right";
    }
    EXPECT_TRUE(verify_found) << what << ": verify does not find it";
    ++(check.code() == 0 ? right : refused);
    found += verify_found ? 1 : 0;
  }
  std::printf("%d places: %d refused or reported by readers, %d read right; verify found %d\n", rounds, refused, right, found);
  EXPECT_GT(refused, 0);
  EXPECT_GT(found, 0);
}

}  // namespace
}  // namespace dossier::graph
