#include "graph/store/seal.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "graph/base/strings.h"
#include "graph/store/maintenance.h"
#include "graph/store/store.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/graph/store/temp_dir.h"

namespace dossier::graph {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void Write(const fs::path& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

void AddQuad(Store& store, int n) {
  const auto tx = store.Begin();
  ASSERT_TRUE(tx->Insert(Quad(Term::Iri("urn:s"), Term::Iri("urn:p"), Term::Literal(Cat("value number ", n)))).ok());
  ASSERT_TRUE(tx->Commit().ok());
}

void MakeDatabase(const std::string& directory) {
  const auto store = Store::Open(directory, {});
  ASSERT_TRUE(store.ok()) << store.status();
  for (int n = 0; n < 3; ++n) AddQuad(**store, n);
}

std::string ManifestOf(const std::string& directory) {
  std::string name = Read(fs::path(directory) / "CURRENT");
  name.pop_back();
  return name;
}

std::vector<std::string> ProblemsOf(const std::string& directory) {
  const auto report = VerifyDatabase(directory, {});
  return report.ok() ? report->problems : std::vector<std::string>{MessageOf(report.status())};
}

TEST(Seal, ComesBackAsWritten) {
  const TempDir dir;
  EXPECT_EQ(ReadSeal(dir.path("")), Seal());
  const Seal open{.last_log = 17, .files = {}, .damaged = false};
  WriteSeal(dir.path(""), open);
  EXPECT_EQ(ReadSeal(dir.path("")), open);
  const Seal closed{.last_log = 42, .files = {{"CURRENT", 16, 0xfedcba9876543210u}, {"a name", 0, 1}}, .damaged = false};
  WriteSeal(dir.path(""), closed);
  EXPECT_EQ(ReadSeal(dir.path("")), closed);
}

TEST(Seal, ReadsTheFileOfVersionsBefore) {
  const TempDir dir;
  Write(dir.path(kLastLogFile), "42.log\n");
  EXPECT_EQ(ReadSeal(dir.path("")).last_log, 42u);
  EXPECT_FALSE(ReadSeal(dir.path("")).damaged);
}

TEST(Seal, EveryChangedByteOfItIsSeen) {
  const TempDir dir;
  WriteSeal(dir.path(""), {.last_log = 42, .files = {{"CURRENT", 16, 5}, {"000042.log", 1234, 77}}, .damaged = false});
  const std::string good = Read(dir.path(kLastLogFile));
  for (size_t at = 0; at < good.size(); ++at) {
    for (const char change : {'\x01', '\x10', '\x80', '\x2a'}) {
      std::string bad = good;
      bad[at] = static_cast<char>(bad[at] ^ change);
      Write(dir.path(kLastLogFile), bad);
      EXPECT_TRUE(ReadSeal(dir.path("")).damaged) << "offset " << at;
    }
    if (at == 7) continue;  // cut behind its first line it is the file of versions before; it is replaced whole, so nothing cuts it
    Write(dir.path(kLastLogFile), good.substr(0, at));
    EXPECT_TRUE(ReadSeal(dir.path("")).damaged) << "cut to " << at << " bytes";
  }
}

TEST(Seal, IsMadeByClosingAndBrokenByOpening) {
  const TempDir dir;
  MakeDatabase(dir.path());
  const Seal closed = ReadSeal(dir.path());
  EXPECT_GE(closed.files.size(), 5u) << "CURRENT, IDENTITY, MANIFEST, OPTIONS, log";
  EXPECT_THAT(BrokenSeals(dir.path(), closed, Seals::kAll), IsEmpty());
  EXPECT_THAT(ProblemsOf(dir.path()), IsEmpty());
  EXPECT_EQ(ReadSeal(dir.path()), closed) << "reading leaves it alone";
  const auto store = Store::Open(dir.path(), {});
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_THAT(ReadSeal(dir.path()).files, IsEmpty());
  EXPECT_THAT(BrokenSeals(dir.path(), closed, Seals::kAll), IsEmpty()) << "CURRENT is another: it counts no more";
  EXPECT_THAT(ProblemsOf(dir.path()), IsEmpty()) << "beside a writer";
}

// The last record of the manifest or the log with a changed length reads as cut off by a power failure, and RocksDB opens without it.
TEST(Seal, AChangedLengthInTheLastRecordIsRefused) {
  const TempDir dir;
  MakeDatabase(dir.path("good"));
  for (const bool log : {false, true}) {
    for (const auto& entry : fs::directory_iterator(dir.path("good"))) {
      const std::string name = entry.path().filename().string();
      if (log ? NumberOf(name, ".log") == 0 || entry.file_size() == 0 : name != ManifestOf(dir.path("good"))) continue;
      fs::remove_all(dir.path("bad"));
      fs::copy(dir.path("good"), dir.path("bad"), fs::copy_options::recursive);
      std::string bytes = Read(dir.path("bad") + "/" + name);
      size_t last = 0;  // no file here is longer than a block of the log format
      for (size_t at = 0; at < bytes.size();) {
        last = at;
        at += 7 + static_cast<unsigned char>(bytes[at + 4]) + 256u * static_cast<unsigned char>(bytes[at + 5]);
      }
      bytes[last + 5] = static_cast<char>(bytes[last + 5] | 0x40);
      Write(dir.path("bad") + "/" + name, bytes);
      for (const bool read_only : {true, false}) {
        const auto store = Store::Open(dir.path("bad"), {.read_only = read_only});
        EXPECT_EQ(store.status().code(), absl::StatusCode::kDataLoss) << name << ": " << store.status();
        EXPECT_THAT(MessageOf(store.status()), HasSubstr(name));
      }
    }
  }
}

TEST(Seal, WhatNoAnswerDependsOnIsReportedAndOpens) {
  const TempDir dir;
  MakeDatabase(dir.path("good"));
  for (const SealedFile& file : ReadSeal(dir.path("good")).files) {
    if (file.name != "IDENTITY" && !file.name.starts_with("OPTIONS-")) continue;
    fs::remove_all(dir.path("bad"));
    fs::copy(dir.path("good"), dir.path("bad"), fs::copy_options::recursive);
    std::string bytes = Read(dir.path("bad") + "/" + file.name);
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    Write(dir.path("bad") + "/" + file.name, bytes);
    EXPECT_THAT(ProblemsOf(dir.path("bad")), ElementsAre(HasSubstr(file.name)));
    EXPECT_TRUE(Store::Open(dir.path("bad"), {}).ok());
    EXPECT_THAT(ProblemsOf(dir.path("bad")), IsEmpty()) << "opened and closed again: it is as it was closed";
  }
  Write(dir.path("good") + "/" + kLastLogFile, "nonsense");
  EXPECT_THAT(ProblemsOf(dir.path("good")), ElementsAre(HasSubstr(kLastLogFile)));
  EXPECT_TRUE(Store::Open(dir.path("good"), {}).ok());
  EXPECT_THAT(ProblemsOf(dir.path("good")), IsEmpty());
}

// Without a seal (the writer was killed) the walk over the manifest finds what RocksDB takes for its end.
TEST(Seal, EveryChangedByteOfAManifestIsFoundWithoutASeal) {
  const TempDir dir;
  MakeDatabase(dir.path());
  const std::string path = dir.path() + "/" + ManifestOf(dir.path()), good = Read(path);
  EXPECT_EQ(CheckManifest(dir.path()), "");
  for (size_t at = 0; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ (1 << at % 8));
    Write(path, bad);
    EXPECT_NE(CheckManifest(dir.path()), "") << "offset " << at;
  }
  Write(path, good.substr(0, good.size() - 1));
  EXPECT_NE(CheckManifest(dir.path()), "");
}

TEST(Seal, ABackupHasOne) {
  const TempDir dir;
  {
    const auto store = Store::Open(dir.path("db"), {});
    ASSERT_TRUE(store.ok()) << store.status();
    AddQuad(**store, 1);
    ASSERT_TRUE(Backup(**store, dir.path("backup")).ok());
    AddQuad(**store, 2);
  }
  EXPECT_THAT(ReadSeal(dir.path("backup")).files, Contains(testing::Field(&SealedFile::name, ManifestOf(dir.path("backup")))));
  EXPECT_THAT(ProblemsOf(dir.path("backup")), IsEmpty());
}

}  // namespace
}  // namespace dossier::graph
