// Opening what is no database, what is damaged, what is half made.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "graph/base/strings.h"
#include "graph/store/store.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rocksdb/db.h"
#include "tests/graph/store/temp_dir.h"

namespace dossier::graph {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::map<std::string, std::string> Contents(const fs::path& directory) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::directory_iterator(directory)) {
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    files[entry.path().filename().string()] = bytes.str();
  }
  return files;
}

void Fill(const std::string& directory, int from, int to) {
  auto store = Store::Open(directory, {});
  ASSERT_TRUE(store.ok()) << store.status();
  const auto tx = (*store)->Begin();
  for (int i = from; i < to; ++i) {
    ASSERT_TRUE(tx->Insert(Quad(Term::Iri(Cat("urn:s", i)), Term::Iri("urn:p"), Term::Literal(Cat("the value ", i)))).ok());
  }
  ASSERT_TRUE(tx->Commit().ok());
}

TEST(Open, MissingDatabaseIsNotFound) {
  const TempDir dir;
  EXPECT_EQ(Store::Open(dir.path(), {.create_if_missing = false}).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Store::Open(dir.path(), {.read_only = true}).status().code(), absl::StatusCode::kNotFound);
  EXPECT_FALSE(fs::exists(dir.path()));
}

TEST(Open, EmptyDirectoryAndMissingParentsAreFilled) {
  const TempDir dir;
  fs::create_directory(dir.path());
  EXPECT_TRUE(Store::Open(dir.path(), {}).ok());
  EXPECT_TRUE(Store::Open(dir.path("a/b/c"), {}).ok());
}

TEST(Open, OtherDirectoriesAreLeftAlone) {
  const TempDir dir;
  fs::create_directory(dir.path());
  std::ofstream(dir.path() + "/letter.txt") << "dear";
  const auto before = Contents(dir.path());
  const absl::Status status = Store::Open(dir.path(), {}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
  EXPECT_THAT(MessageOf(status), HasSubstr(dir.path()));
  EXPECT_EQ(Contents(dir.path()), before);
  std::ofstream(dir.path("file")) << "dear";
  EXPECT_EQ(Store::Open(dir.path("file"), {}).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(Open, DatabasesOfOtherProgramsAreLeftAlone) {
  const TempDir dir;
  {
    rocksdb::Options options;
    options.create_if_missing = true;
    rocksdb::DB* raw = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open(options, dir.path(), &raw).ok());
    const std::unique_ptr<rocksdb::DB> db(raw);
    ASSERT_TRUE(db->Put({}, "key", "value").ok());
  }
  const auto before = Contents(dir.path());
  const absl::Status status = Store::Open(dir.path(), {}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
  EXPECT_EQ(Contents(dir.path()), before);
}

TEST(Open, OtherFormatIsRefusedByName) {
  const TempDir dir;
  {
    rocksdb::Options options;
    options.create_if_missing = true;
    rocksdb::DB* raw = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open(options, dir.path(), &raw).ok());
    const std::unique_ptr<rocksdb::DB> db(raw);
    ASSERT_TRUE(db->Put({}, "format", "dossier-quads-99").ok());
  }
  const absl::Status status = Store::Open(dir.path(), {}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << status;
  EXPECT_THAT(MessageOf(status), HasSubstr("dossier-quads-99"));
}

// The families and the format of the first layout, as that version made them.
TEST(Open, TheFirstFormatIsRefusedWithWhatToDo) {
  const TempDir dir;
  {
    rocksdb::Options options;
    options.create_if_missing = true;
    rocksdb::DB* raw = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open(options, dir.path(), &raw).ok());
    const std::unique_ptr<rocksdb::DB> db(raw);
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    ASSERT_TRUE(db->CreateColumnFamilies(rocksdb::ColumnFamilyOptions(), {"terms", "ids", "spo", "sop", "pso", "pos", "osp", "ops", "gspo"}, &handles).ok());
    ASSERT_TRUE(db->Put({}, "format", "dossier-quads-1").ok());
    ASSERT_TRUE(db->Put({}, handles[2], std::string(24, 'x'), "").ok());
    for (rocksdb::ColumnFamilyHandle* handle : handles) ASSERT_TRUE(db->DestroyColumnFamilyHandle(handle).ok());
  }
  const auto before = Contents(dir.path());
  for (const bool read_only : {false, true}) {
    const absl::Status status = Store::Open(dir.path(), {.read_only = read_only}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << status;
    for (const char* part : {"dossier-quads-1", "dossier-quads-2", "dossier dump", "load"}) EXPECT_THAT(MessageOf(status), HasSubstr(part));
  }
  EXPECT_EQ(Contents(dir.path()), before) << "left alone";
}

TEST(Open, InterruptedCreationIsFinished) {
  const TempDir dir;
  {
    rocksdb::Options options;
    options.create_if_missing = true;
    rocksdb::DB* raw = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open(options, dir.path(), &raw).ok());
    const std::unique_ptr<rocksdb::DB> db(raw);
    rocksdb::ColumnFamilyHandle* terms = nullptr;
    ASSERT_TRUE(db->CreateColumnFamily({}, "terms", &terms).ok());
    ASSERT_TRUE(db->DestroyColumnFamilyHandle(terms).ok());
  }
  Fill(dir.path(), 0, 10);
  EXPECT_EQ((*Store::Open(dir.path(), {}))->GetSnapshot()->size(), 10u);
}

// Every file of a database lost, cut in half, or with bytes changed: an error that names the directory, or all the data; never a crash,
// never silently less, never a new database in place of the old.
class DamagedFile : public ::testing::TestWithParam<int> {};

absl::Status ReadEverything(const std::string& directory, uint64_t& quads) {
  auto store = Store::Open(directory, {.create_if_missing = true});
  if (!store.ok()) return store.status();
  const auto snapshot = (*store)->GetSnapshot();
  ASSIGN_OR_RETURN(const auto cursor, snapshot->Scan({}, Order::kPos));
  quads = 0;
  for (IdBatch batch;;) {
    RETURN_IF_ERROR(cursor->Next(batch));
    if (batch.size == 0) return absl::OkStatus();
    quads += batch.size;
    std::vector<Term> terms;
    RETURN_IF_ERROR(snapshot->Decode({batch.object.data(), batch.size}, terms));
  }
}

TEST_P(DamagedFile, IsReportedOrHarmless) {
  const TempDir dir;
  constexpr int kFlushed = 5000, kAll = 5100;
  Fill(dir.path("good"), 0, kFlushed);     // large enough to be flushed at closing
  Fill(dir.path("good"), kFlushed, kAll);  // in the log
  int reported = 0, harmless = 0;
  for (const auto& entry : fs::directory_iterator(dir.path("good"))) {
    const std::string name = entry.path().filename().string();
    const std::string copy = dir.path("copy");
    fs::remove_all(copy);
    fs::copy(dir.path("good"), copy);
    const fs::path file = fs::path(copy) / name;
    const uint64_t size = fs::file_size(file);
    if (GetParam() == 0) {
      fs::remove(file);
    } else if (GetParam() == 1) {
      fs::resize_file(file, size / 2);
    } else if (size > 0) {
      std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
      out.seekp(static_cast<std::streamoff>(size / 2));
      out << "damage damage damage";
    }
    uint64_t quads = 0;
    const absl::Status status = ReadEverything(copy, quads);
    if (status.ok()) {
      // A log cut in its last record is what a power failure leaves: that commit was never acknowledged.
      const bool torn_log = GetParam() == 1 && name.ends_with(".log");
      EXPECT_EQ(quads, torn_log ? quads : uint64_t{kAll}) << name;
      ++harmless;
    } else {
      EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << name << ": " << status;
      EXPECT_THAT(MessageOf(status), HasSubstr(copy)) << name;
      ++reported;
    }
  }
  EXPECT_GT(reported, 5);
  EXPECT_GT(harmless, 1);
}
INSTANTIATE_TEST_SUITE_P(Damages, DamagedFile, ::testing::Values(0, 1, 2));

// The lock must hold even after this process has tried to open the directory a second time: POSIX gives a process's locks up when it
// closes any descriptor of the file.
TEST(Open, SecondAttemptOfTheHolderDoesNotGiveTheLockUp) {
  const TempDir dir;
  const auto store = Store::Open(dir.path(), {});
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_EQ(Store::Open(dir.path(), {}).status().code(), absl::StatusCode::kFailedPrecondition);
  const pid_t child = fork();
  if (child == 0) {
    const int fd = open((dir.path() + "/LOCK").c_str(), O_RDWR);
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    _exit(fd >= 0 && fcntl(fd, F_SETLK, &lock) != 0 ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0) << "another process got the lock";
}

TEST(Open, ErrorNamesTheProcessThatHoldsTheDirectory) {
  const TempDir dir;
  int channel[2];
  ASSERT_EQ(pipe(channel), 0);
  const pid_t child = fork();
  if (child == 0) {
    const auto store = Store::Open(dir.path(), {});
    const char opened = store.ok() ? 'y' : 'n';
    if (write(channel[1], &opened, 1) == 1) pause();
    _exit(0);
  }
  char opened = 0;
  ASSERT_EQ(read(channel[0], &opened, 1), 1);
  EXPECT_EQ(opened, 'y');
  const absl::Status status = Store::Open(dir.path(), {}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << status;
  EXPECT_THAT(MessageOf(status), HasSubstr(Cat(dir.path(), " is in use by process ", child)));
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  EXPECT_TRUE(Store::Open(dir.path(), {}).ok());
  close(channel[0]);
  close(channel[1]);
}

// An acknowledged commit survives a kill at any time.
TEST(Open, CommitsSurviveBeingKilled) {
  const TempDir dir;
  int channel[2];
  ASSERT_EQ(pipe(channel), 0);
  const pid_t child = fork();
  if (child == 0) {
    auto store = Store::Open(dir.path(), {});
    for (unsigned char i = 0; store.ok() && i < 250; ++i) {
      const auto tx = (*store)->Begin();
      for (int k = 0; k < 7; ++k) {
        if (!tx->Insert(Quad(Term::Iri(Cat("urn:", int{i}, "/", k)), Term::Iri("urn:p"), Term::Literal("v"))).ok()) _exit(1);
      }
      if (!tx->Commit().ok() || write(channel[1], &i, 1) != 1) _exit(1);
    }
    pause();
    _exit(0);
  }
  unsigned char acknowledged = 0;
  while (acknowledged < 60 && read(channel[0], &acknowledged, 1) == 1) {
  }
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  const auto store = Store::Open(dir.path(), {});
  ASSERT_TRUE(store.ok()) << store.status();
  const uint64_t size = (*store)->GetSnapshot()->size();
  EXPECT_GE(size, 7u * (acknowledged + 1u));
  EXPECT_EQ(size % 7, 0u);
  close(channel[0]);
  close(channel[1]);
}

}  // namespace
}  // namespace dossier::graph
