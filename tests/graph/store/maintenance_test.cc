// Verifying finds what is planted; a backup is a database.
#include "graph/store/maintenance.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

#include "graph/base/strings.h"
#include "graph/store/base_index.h"
#include "graph/store/bulk_load.h"
#include "graph/store/database.h"
#include "graph/store/dictionary.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/graph/store/temp_dir.h"

namespace dossier::graph {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Blocks, vocabularies, a delta, terms stored one by one, named graphs.
void Fill(const std::string& directory, const std::string& file) {
  {
    std::ofstream out(file);
    for (size_t i = 0; i < 25000; ++i) {
      out << Cat("<urn:s", i / 3, "> <urn:p", i % 7, "> \"the value ", i, "\" ", i % 10 == 0 ? "<urn:g> " : "", ".\n");
    }
  }
  const auto store = Store::Open(directory, {.background_fold = false});
  ASSERT_TRUE(store.ok()) << store.status();
  const BulkLoadFile input{file, RdfFormat::kNQuads, "", "", ""};
  const auto loaded = BulkLoad(**store, {&input, 1}, {});
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  for (int i = 0; i < 3; ++i) {
    const auto tx = (*store)->Begin();
    ASSERT_TRUE(tx->Insert(Quad(Term::Iri(Cat("urn:new", i)), Term::Iri("urn:p1"), Term::Literal(std::string(5000, 'x')))).ok());
    ASSERT_TRUE(tx->Remove(Quad(Term::Iri(Cat("urn:s", i)), Term::Iri(Cat("urn:p", (3 * i + 1) % 7)), Term::Literal(Cat("the value ", 3 * i + 1)))).ok());
    ASSERT_TRUE(tx->Commit().ok());
    EXPECT_EQ(tx->changed().removed, 1u);
  }
}

std::vector<std::string> Problems(const std::string& directory) {
  const auto report = VerifyDatabase(directory, {});
  if (!report.ok()) return {MessageOf(report.status())};
  return report->problems;
}

TEST(Maintenance, VerifyNamesWhatIsPlanted) {
  const TempDir dir;
  Fill(dir.path("good"), dir.path("x.nq"));
  const auto report = VerifyDatabase(dir.path("good"), {});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(report->problems, IsEmpty());
  EXPECT_EQ(report->quads, 25000u);
  EXPECT_EQ(report->delta_changes, 6u);
  EXPECT_GT(report->terms, 33000u);
  EXPECT_GT(report->blocks, 40u);

  const auto plant = [&](const std::function<void(const Database&)>& change) {
    std::filesystem::remove_all(dir.path("bad"));
    std::filesystem::copy(dir.path("good"), dir.path("bad"));
    {
      const auto database = OpenDatabase(dir.path("bad"), {});
      ASSERT_TRUE(database.ok()) << database.status();
      change(**database);
    }
  };
  const auto first = [](const Database& database, Family family, size_t steps) {
    const std::unique_ptr<rocksdb::Iterator> it(database.db->NewIterator({}, database.family(family)));
    it->SeekToFirst();
    for (; steps > 0; --steps) it->Next();
    return std::make_pair(it->key().ToString(), it->value().ToString());
  };
  plant([&](const Database& database) {
    auto [key, value] = first(database, Family::kBlocks, 20);
    value[value.size() / 2] ^= 4;
    ASSERT_TRUE(database.db->Put({}, database.family(Family::kBlocks), key, value).ok());
  });
  EXPECT_THAT(Problems(dir.path("bad")), Contains(HasSubstr("checksum")));
  plant([&](const Database& database) {
    const std::string key = first(database, Family::kBlocks, 10).first;
    ASSERT_TRUE(database.db->Delete({}, database.family(Family::kBlocks), key).ok());
  });
  EXPECT_THAT(Problems(dir.path("bad")), Contains(HasSubstr("index: a record without a block")));
  plant([&](const Database& database) {
    const std::string key = first(database, Family::kBlocks, 10).first;
    ASSERT_TRUE(database.db->Delete({}, database.family(Family::kBlocks), key).ok());
    ASSERT_TRUE(database.db->Delete({}, database.family(Family::kIndex), key).ok());
  });
  EXPECT_THAT(Problems(dir.path("bad")), Contains(HasSubstr("order sop")));
  plant([&](const Database& database) {
    Counters counters;
    ASSERT_TRUE(counters.Decode(first(database, Family::kMeta, 0).second));
    ++counters.quads;
    ASSERT_TRUE(database.db->Put({}, database.family(Family::kMeta), ToSlice(kCountersKey), counters.Encode()).ok());
  });
  EXPECT_THAT(Problems(dir.path("bad")), Contains(HasSubstr("counters")));
  plant([&](const Database& database) {
    const std::string key = first(database, Family::kTerms, 0).first;
    ASSERT_TRUE(database.db->Delete({}, database.family(Family::kTerms), key).ok());
  });
  EXPECT_THAT(Problems(dir.path("bad")), Contains(HasSubstr("dictionary")));
  plant([&](const Database& database) {
    const std::string key = first(database, Family::kIds, 0).first;
    ASSERT_TRUE(database.db->Delete({}, database.family(Family::kIds), key).ok());
  });
  EXPECT_THAT(Problems(dir.path("bad")), Contains(HasSubstr("dictionary")));
  plant([&](const Database& database) {
    auto [key, value] = first(database, Family::kVocab, 3);
    value[value.size() / 2] ^= 64;
    ASSERT_TRUE(database.db->Put({}, database.family(Family::kVocab), key, value).ok());
  });
  EXPECT_THAT(Problems(dir.path("bad")), Contains(HasSubstr("vocabulary")));
  plant([&](const Database& database) {
    const auto [key, value] = first(database, Family::kDelta, 0);
    std::string later = key;
    later.back() = 100;
    ASSERT_TRUE(database.db->Put({}, database.family(Family::kDelta), later, value).ok());
  });
  EXPECT_THAT(Problems(dir.path("bad")), Contains(HasSubstr("changes nothing")));
}

TEST(Maintenance, BackupIsADatabase) {
  const TempDir dir;
  Fill(dir.path(), dir.path("x.nq"));
  {
    const auto store = Store::Open(dir.path(), {});
    ASSERT_TRUE(store.ok());
    std::filesystem::create_directory(dir.path("backup"));
    ASSERT_TRUE(Backup(**store, dir.path("backup")).ok());
    EXPECT_EQ(Backup(**store, dir.path("backup")).code(), absl::StatusCode::kInvalidArgument);
    const auto tx = (*store)->Begin();
    ASSERT_TRUE(tx->Insert(Quad(Term::Iri("urn:later"), Term::Iri("urn:p"), Term::Literal("x"))).ok());
    ASSERT_TRUE(tx->Commit().ok());
  }
  const auto report = CheckBackup(dir.path("backup"));
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(report->problems, IsEmpty());
  EXPECT_EQ(report->quads, 25000u);
  const auto copy = Store::Open(dir.path("backup"), {});
  ASSERT_TRUE(copy.ok()) << copy.status();
  EXPECT_EQ((*copy)->GetSnapshot()->size(), 25000u);
}

// Step n removes marker n - 1, inserts marker n and one quad more.
void WriteStep(Store& store, uint64_t n) {
  const auto tx = store.Begin();
  const auto marker = [](uint64_t step) { return Quad(Term::Iri("urn:marker"), Term::Iri("urn:step"), Term::Literal(Cat("step ", step))); };
  if (n > 1) {
    ASSERT_TRUE(tx->Remove(marker(n - 1)).ok());
  }
  ASSERT_TRUE(tx->Insert(marker(n)).ok());
  ASSERT_TRUE(tx->Insert(Quad(Term::Iri(Cat("urn:s", n)), Term::Iri("urn:p"), Term::Literal(std::string(n % 50 == 0 ? 5000 : 50, 'x')))).ok());
  ASSERT_TRUE(tx->Commit().ok());
}

// Copies made while commits and folds go on, with the store at hand and from the directory alone.
TEST(Maintenance, BackupsBesideAWriter) {
  const TempDir dir;
  const auto store = Store::Open(dir.path(), {.fold_at = 300});
  ASSERT_TRUE(store.ok()) << store.status();
  std::atomic<uint64_t> acknowledged = 0;
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    for (uint64_t n = 1; !stop && !testing::Test::HasFailure(); ++n) {
      WriteStep(**store, n);
      acknowledged = n;
      if (n % 30 == 0) {
        EXPECT_TRUE((*store)->Fold().ok());
      }
    }
  });
  for (int round = 0; round < 6 && !testing::Test::HasFailure(); ++round) {
    while (acknowledged < static_cast<uint64_t>(round) * 20) std::this_thread::yield();
    const uint64_t before = acknowledged;
    const std::string copy = dir.path(Cat("copy", round));
    const absl::Status made = round % 2 == 0 ? BackupDatabase(dir.path(), copy) : Backup(**store, copy);
    ASSERT_TRUE(made.ok()) << made;
    const auto report = CheckBackup(copy);
    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_THAT(report->problems, IsEmpty());
    const auto opened = Store::Open(copy, {});
    ASSERT_TRUE(opened.ok()) << opened.status();
    const auto snapshot = (*opened)->GetSnapshot();
    if (snapshot->size() == 0) continue;  // before the first commit
    const uint64_t n = snapshot->size() - 1;
    EXPECT_GE(n, before) << "an acknowledged commit is not in the copy";
    EXPECT_TRUE(snapshot->Find(Term::Literal(Cat("step ", n))).value().is_bound());
    IdPattern pattern;
    pattern.subject = *snapshot->Find(Term::Iri("urn:marker"));
    pattern.object = *snapshot->Find(Term::Literal(Cat("step ", n)));
    EXPECT_EQ(*snapshot->Count(pattern), 1u);
  }
  stop = true;
  writer.join();
  EXPECT_EQ(BackupDatabase(dir.path("nothing"), dir.path("none")).code(), absl::StatusCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(dir.path("none")));
}

}  // namespace
}  // namespace dossier::graph
