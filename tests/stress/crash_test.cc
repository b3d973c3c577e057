// The store is killed (SIGKILL) at random moments. What was acknowledged is there, nothing is there by half, and the database agrees with
// itself. DOSSIER_STRESS=1 for 200 rounds each, DOSSIER_SEED=n to repeat.
#include <filesystem>
#include <fstream>
#include <random>

#include "graph/base/strings.h"
#include "graph/io/rdf.h"
#include "graph/store/bulk_load.h"
#include "graph/store/database.h"
#include "graph/store/maintenance.h"
#include "graph/store/vocabulary_set.h"
#include "gtest/gtest.h"
#include "ingest/pipeline.h"
#include "tests/graph/store/temp_dir.h"
#include "tests/stress/child.h"
#include "tests/stress/store_state.h"
#include "rocksdb/write_batch.h"
#include "tests/stress/updates.h"

namespace dossier::graph {
namespace {

using std::chrono::microseconds;
using Lines = std::set<std::string>;

int CrashRounds() { return Rounds(20, 200); }

Lines LinesOf(const std::string& directory) {
  const auto store = Store::Open(directory, {});
  EXPECT_TRUE(store.ok()) << store.status();
  if (!store.ok()) return {};
  auto lines = ReadLines(*(*store)->GetSnapshot());
  EXPECT_TRUE(lines.ok()) << lines.status();
  return lines.ok() ? *lines : Lines();
}

void ExpectSound(const std::string& directory) {
  const absl::Status status = CheckDatabase(directory);
  EXPECT_TRUE(status.ok()) << status;
}

microseconds UpTo(microseconds longest, uint64_t random) {
  return microseconds(random % static_cast<uint64_t>(std::max<int64_t>(longest.count(), 1)));
}

// Updates in one directory that is killed, opened, and goes on with other updates after it is emptied: half of the rounds on a fresh one.
void KillDuringUpdates(const char* mode, const char* name) {
  const uint64_t seed = SeedOf(name);
  SCOPED_TRACE(Cat("DOSSIER_SEED=", seed));
  std::mt19937_64 random(seed);
  uint64_t acknowledged = 0;
  for (int round = 0; round < CrashRounds() && !testing::Test::HasFailure(); ++round) {
    const TempDir dir;
    const uint64_t updates_seed = random();
    Child child({mode, dir.path(), Cat(updates_seed)});
    // Short times fall into the creation of the directory, long ones into commits and folds.
    child.KillAfter(UpTo(round % 3 == 0 ? microseconds(60'000) : microseconds(700'000), random()));
    ASSERT_TRUE(child.killed()) << child.code();
    acknowledged += child.acknowledged();
    Updates updates(updates_seed);
    const Lines lines = LinesOf(dir.path());
    const bool exact = lines == updates.StateAfter(child.acknowledged());
    EXPECT_TRUE(exact || lines == updates.StateAfter(child.acknowledged() + 1))
        << "round " << round << ": " << lines.size() << " quads are no state after " << child.acknowledged() << " acknowledged transactions";
    ExpectSound(dir.path());
  }
  std::printf("%s: %llu transactions acknowledged before the kills\n", name, static_cast<unsigned long long>(acknowledged));
  EXPECT_GT(acknowledged, 0u);
}

TEST(Crash, DuringUpdateTransactions) { KillDuringUpdates("update", "Crash.DuringUpdateTransactions"); }
TEST(Crash, DuringFolds) { KillDuringUpdates("fold", "Crash.DuringFolds"); }

// Killed again and again in one directory, which goes on from where it was.
TEST(Crash, AgainAndAgainInOneDirectory) {
  const uint64_t seed = SeedOf("Crash.AgainAndAgainInOneDirectory");
  SCOPED_TRACE(Cat("DOSSIER_SEED=", seed));
  std::mt19937_64 random(seed);
  const TempDir dir;
  // Every run makes the transactions of one seed from the first on. A state after k of them does not depend on what was there before only
  // for the quads they touch, so the marker tells how far the last run came.
  for (int round = 0; round < CrashRounds() && !testing::Test::HasFailure(); ++round) {
    Child child({round % 2 == 0 ? "update" : "fold", dir.path(), Cat(seed)});
    child.KillAfter(UpTo(microseconds(300'000), random()));
    ASSERT_TRUE(child.killed()) << child.code();
    const Lines lines = LinesOf(dir.path());  // first: a kill before anything is there leaves nothing to check
    ExpectSound(dir.path());
    if (child.acknowledged() == 0) continue;
    const auto marker = [](uint64_t n) { return Cat("<urn:marker> <urn:step> \"step number ", n, "\" .\n"); };
    EXPECT_TRUE(lines.contains(marker(child.acknowledged())) || lines.contains(marker(child.acknowledged() + 1))) << "round " << round;
  }
}

std::vector<std::string> Articles(const TempDir& dir) {
  std::vector<std::string> files;
  for (int i = 0; i < 12; ++i) {
    files.push_back(dir.path(Cat("article", i, ".txt")));
    std::ofstream(files.back()) << "Minister Anna Berg dismissed Karl Holm" << i << " on Monday. Karl Holm" << i
                                << " accused Anna Berg of fraud.\n\nFrance supported Germany. The president of Country" << i
                                << " praised Holm. Article number " << i << " ended.\n";
  }
  return files;
}

// The states after each article, read without being killed.
std::vector<Lines> StatesOf(const std::vector<std::string>& files, const std::string& directory) {
  std::vector<Lines> states(1);
  const auto pipeline = ingest::Pipeline::Create(ingest::ModelKind::kFast);
  auto store = Store::Open(directory, {});
  EXPECT_TRUE(pipeline.ok() && store.ok());
  for (const std::string& path : files) {
    std::ifstream in(path, std::ios::binary);
    ingest::Document document;
    document.text.assign(std::istreambuf_iterator<char>(in), {});
    EXPECT_TRUE((*pipeline)->Ingest(document, **store, {}).ok());
    states.push_back(*ReadLines(*(*store)->GetSnapshot()));
  }
  return states;
}

TEST(Crash, DuringIngest) {
  const uint64_t seed = SeedOf("Crash.DuringIngest");
  SCOPED_TRACE(Cat("DOSSIER_SEED=", seed));
  std::mt19937_64 random(seed);
  const TempDir dir;
  const std::vector<std::string> files = Articles(dir);
  const std::vector<Lines> states = StatesOf(files, dir.path("reference"));
  ASSERT_GT(states.back().size(), states[1].size());
  uint64_t acknowledged = 0;
  for (int round = 0; round < CrashRounds() && !testing::Test::HasFailure(); ++round) {
    const TempDir own;
    std::vector<std::string> arguments = {"ingest", own.path()};
    arguments.insert(arguments.end(), files.begin(), files.end());
    Child child(arguments);
    // The model takes a while to load; so some kills wait for articles.
    if (round % 2 == 0) {
      child.KillAfter(UpTo(microseconds(600'000), random()));
    } else {
      child.KillAtLine(1 + random() % files.size());
    }
    acknowledged += child.acknowledged();
    const Lines lines = LinesOf(own.path());
    const uint64_t k = child.acknowledged();
    EXPECT_TRUE(lines == states[k] || (k + 1 < states.size() && lines == states[k + 1]))
        << "round " << round << ": " << lines.size() << " quads after " << k << " acknowledged articles";
    ExpectSound(own.path());
  }
  EXPECT_GT(acknowledged, 0u);
}

class LoadFile {
 public:
  LoadFile(const std::string& path, int quads) : path_(path) {
    std::mt19937_64 random(7);
    std::ofstream out(path);
    for (int i = 0; i < quads; ++i) {
      Quad quad = RandomQuad([&] { return random(); });
      quad.subject = Term::Iri(Cat("urn:loaded", i / 3));
      std::string line;
      AppendNQuad(quad, line);
      lines_.insert(line);
      out << line;
    }
  }
  const Lines& lines() const { return lines_; }
  const std::string& path() const { return path_; }

 private:
  const std::string path_;
  Lines lines_;
};

void FillBase(const std::string& directory, Updates& updates, uint64_t steps) {
  const auto store = Store::Open(directory, {});
  ASSERT_TRUE(store.ok()) << store.status();
  for (uint64_t step = 1; step <= steps; ++step) {
    const auto tx = (*store)->Begin();
    ASSERT_TRUE(updates.Apply(step, *tx).ok());
    ASSERT_TRUE(tx->Commit().ok());
  }
}

void RunLoad(const std::string& directory, const std::string& memory, const LoadFile& file) {
  Child load({"load", directory, memory, file.path()});
  load.Wait();
  ASSERT_EQ(load.code(), 0);
}

// `in_parts`: less memory than the file needs, so that parts may be visible; loading again completes it.
void KillDuringLoad(const char* name, bool in_parts) {
  const uint64_t seed = SeedOf(name);
  SCOPED_TRACE(Cat("DOSSIER_SEED=", seed));
  std::mt19937_64 random(seed);
  const TempDir dir;
  const LoadFile file(dir.path("file.nq"), 30'000);
  const std::string memory = in_parts ? "1000000" : "500000000";
  Updates updates(seed);
  FillBase(dir.path("base"), updates, 10);
  const Lines base = updates.StateAfter(10);
  Lines all = file.lines();
  all.insert(base.begin(), base.end());
  const auto start = std::chrono::steady_clock::now();
  std::filesystem::copy(dir.path("base"), dir.path("whole"), std::filesystem::copy_options::recursive);
  RunLoad(dir.path("whole"), memory, file);
  const auto whole = std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - start);
  EXPECT_EQ(LinesOf(dir.path("whole")), all);
  int before = 0, parts = 0, after = 0;
  for (int round = 0; round < CrashRounds() && !testing::Test::HasFailure(); ++round) {
    const TempDir own;
    std::filesystem::copy(dir.path("base"), own.path(), std::filesystem::copy_options::recursive);
    Child child({"load", own.path(), memory, file.path()});
    child.KillAfter(UpTo(whole, random()));
    const Lines lines = LinesOf(own.path());
    ++(lines == base ? before : lines == all ? after : parts);
    if (child.acknowledged() == 1) {
      EXPECT_EQ(lines, all) << "acknowledged";
    }
    EXPECT_TRUE(std::includes(lines.begin(), lines.end(), base.begin(), base.end())) << "something was lost";
    EXPECT_TRUE(std::includes(all.begin(), all.end(), lines.begin(), lines.end())) << "something was made up";
    ExpectSound(own.path());
    if (round % 4 != 0) continue;
    RunLoad(own.path(), memory, file);
    EXPECT_EQ(LinesOf(own.path()), all) << "loaded again";
    ExpectSound(own.path());
  }
  std::printf("%s: killed with nothing loaded %d times, with parts %d, with all %d\n", name, before, parts, after);
  if (!in_parts) {
    EXPECT_EQ(parts, 0) << "half a load is visible";
  }
}

// The term directories of a database, and a way to make it one of a version that had none.
std::vector<TermDirectory> DirectoriesIn(Database& database) {
  std::string value;
  const rocksdb::Status status = database.db->Get({}, database.family(Family::kMeta), ToSlice(kDirectoriesKey), &value);
  return status.ok() ? DecodeDirectories(value).value_or(std::vector<TermDirectory>()) : std::vector<TermDirectory>();
}

size_t CountDirectories(const std::string& directory) {
  const auto database = OpenDatabase(directory, {.create_if_missing = false, .read_only = true});
  EXPECT_TRUE(database.ok()) << database.status();
  return database.ok() ? DirectoriesIn(**database).size() : 0;
}

void RemoveDirectories(const std::string& directory) {
  const auto database = OpenDatabase(directory, {});
  ASSERT_TRUE(database.ok()) << database.status();
  rocksdb::WriteBatch batch;
  for (const TermDirectory& made : DirectoriesIn(**database)) {
    for (uint64_t bucket = 0; bucket < made.buckets; ++bucket) {
      ASSERT_TRUE(batch.Delete((*database)->family(Family::kVocab), VocabularyBlockKey(made.number, bucket)).ok());
    }
  }
  ASSERT_TRUE(batch.Delete((*database)->family(Family::kMeta), ToSlice(kDirectoriesKey)).ok());
  ASSERT_TRUE((*database)->db->Write({}, &batch).ok());
}

// More terms than a write batch takes, in more vocabularies than are asked one after the other.
TEST(Crash, WhileATermDirectoryIsMade) {
  const uint64_t seed = SeedOf("Crash.WhileATermDirectoryIsMade");
  SCOPED_TRACE(Cat("DOSSIER_SEED=", seed));
  std::mt19937_64 random(seed);
  const TempDir dir;
  constexpr int kLoads = 5, kEach = 20'100;  // fewer quads would go through transactions, one term at a time
  const auto subject = [](int i) { return Cat("urn:subject", i); };
  {
    const auto store = Store::Open(dir.path("base"), {});
    ASSERT_TRUE(store.ok()) << store.status();
    for (int load = 0; load < kLoads; ++load) {
      const BulkLoadFile file{.path = dir.path("file.nt"), .format = RdfFormat::kNTriples};
      std::ofstream out(file.path);
      for (int i = load * kEach; i < (load + 1) * kEach; ++i) out << Cat("<", subject(i), "> <urn:p> <urn:o> .\n");
      out.close();
      ASSERT_TRUE(BulkLoad(**store, {&file, 1}, {}).ok());
    }
  }
  ASSERT_EQ(CountDirectories(dir.path("base")), 1u);
  RemoveDirectories(dir.path("base"));
  std::filesystem::copy(dir.path("base"), dir.path("whole"), std::filesystem::copy_options::recursive);
  const auto start = std::chrono::steady_clock::now();
  Child whole({"merge", dir.path("whole")});
  whole.Wait();
  const auto time = std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - start);
  ASSERT_EQ(CountDirectories(dir.path("whole")), 1u);
  int made = 0;
  const int rounds = Rounds(10, 200);
  for (int round = 0; round < rounds && !testing::Test::HasFailure(); ++round) {
    const TempDir own;
    std::filesystem::copy(dir.path("base"), own.path(), std::filesystem::copy_options::recursive);
    Child child({"merge", own.path()});
    child.KillAfter(UpTo(time, random()));
    {
      const auto store = Store::Open(own.path(), {});  // what a killed writer leaves is put in order
      ASSERT_TRUE(store.ok()) << store.status();
      EXPECT_EQ((*store)->GetSnapshot()->size(), uint64_t{kLoads * kEach});
      for (int i = 0; i < kLoads * kEach; i += 1009) {
        const auto id = (*store)->GetSnapshot()->Find(Term::Iri(subject(i)));
        EXPECT_TRUE(id.ok() && id->is_bound()) << i << ": " << id.status();
      }
    }
    const auto report = VerifyDatabase(own.path(), {});
    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_TRUE(report->ok()) << report->problems[0];
    made += CountDirectories(own.path()) > 0 ? 1 : 0;
    EXPECT_TRUE(child.acknowledged() == 0 || CountDirectories(own.path()) > 0);
    if (round % 4 != 0) continue;
    Child again({"merge", own.path()});
    again.Wait();
    EXPECT_EQ(again.code(), 0);
    EXPECT_EQ(CountDirectories(own.path()), 1u);
    ExpectSound(own.path());
  }
  std::printf("a term directory was there after %d of %d kills\n", made, rounds);
}

TEST(Crash, DuringBulkLoad) { KillDuringLoad("Crash.DuringBulkLoad", false); }
TEST(Crash, DuringBulkLoadInParts) { KillDuringLoad("Crash.DuringBulkLoadInParts", true); }

}  // namespace
}  // namespace dossier::graph
