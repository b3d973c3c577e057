#include "graph/store/vocabulary_set.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <thread>

#include "graph/base/strings.h"
#include "graph/store/bulk_load.h"
#include "graph/store/database.h"
#include "graph/store/maintenance.h"
#include "graph/store/store.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/graph/store/temp_dir.h"

namespace dossier::graph {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr TermId::Tag kIriTag = TermId::Tag::kIri;

Vocabulary Numbered(uint64_t number, uint64_t first, uint64_t count, TermId::Tag tag = kIriTag) { return {TermId(tag, first), count, number}; }

// Hundreds of loads of all sizes: few places to look, every vocabulary in one of them, and no term in too many directories.
TEST(VocabularySet, FewPlacesHoweverManyLoads) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    std::mt19937_64 random(seed);
    std::vector<Vocabulary> list;
    std::vector<TermDirectory> directories;
    uint64_t next = 1, terms = 0, moved = 0;
    for (uint64_t load = 0; load < 300; ++load) {
      const uint64_t count = uint64_t{2048} << (seed % 3 == 0 ? 0 : random() % 8);
      list.push_back(Numbered(load, next, count));
      next += count + random() % 3;
      terms += count;
      std::optional<VocabularySet> set = VocabularySet::Make(list, directories);
      ASSERT_TRUE(set.has_value());
      while (const std::optional<std::vector<Vocabulary>> members = PlanDirectory(*set)) {
        TermDirectory made;
        directories = WithDirectory(directories, *members, made);
        moved += made.terms;
        set = VocabularySet::Make(list, directories);
        ASSERT_TRUE(set.has_value());
      }
      EXPECT_LE(set->places(kIriTag).size(), kMaxPlaces);
      std::vector<uint64_t> numbers;
      uint64_t last = UINT64_MAX;
      for (const VocabularySet::Place& place : set->places(kIriTag)) {
        for (const Vocabulary& member : place.members) numbers.push_back(member.number);
        EXPECT_LE(place.terms, last) << "those with many terms first";
        last = place.terms;
      }
      std::sort(numbers.begin(), numbers.end());
      ASSERT_EQ(numbers.size(), list.size());
      EXPECT_TRUE(std::adjacent_find(numbers.begin(), numbers.end()) == numbers.end());
    }
    EXPECT_LT(moved, 25 * terms) << "seed " << seed;
  }
}

TEST(VocabularySet, KindsAreApart) {
  std::vector<Vocabulary> list;
  for (uint64_t i = 0; i < 4; ++i) list.push_back(Numbered(i, 1 + 10 * i, 10));
  for (uint64_t i = 4; i < 8; ++i) list.push_back(Numbered(i, 1 + 10 * i, 10, TermId::Tag::kLiteral));
  EXPECT_EQ(PlanDirectory(*VocabularySet::Make(list, {})), std::nullopt) << "four of each";
  list.push_back(Numbered(8, 1000, 10, TermId::Tag::kLiteral));
  const auto members = PlanDirectory(*VocabularySet::Make(list, {}));
  ASSERT_TRUE(members.has_value());
  EXPECT_EQ(members->size(), 5u);
  for (const Vocabulary& member : *members) EXPECT_EQ(member.first.tag(), TermId::Tag::kLiteral);
}

TEST(VocabularySet, RefusesWhatDoesNotFit) {
  const std::vector<Vocabulary> list = {Numbered(0, 1, 10), Numbered(1, 20, 10), Numbered(2, 1, 10, TermId::Tag::kLiteral)};
  EXPECT_TRUE(VocabularySet::Make(list, {{7, 1, 20, {0, 1}}}).has_value());
  EXPECT_FALSE(VocabularySet::Make(list, {{7, 1, 20, {0, 3}}}).has_value()) << "not there";
  EXPECT_FALSE(VocabularySet::Make(list, {{7, 1, 20, {0, 0}}}).has_value()) << "twice";
  EXPECT_FALSE(VocabularySet::Make(list, {{7, 1, 10, {0}}, {8, 1, 10, {0}}}).has_value()) << "in two";
  EXPECT_FALSE(VocabularySet::Make(list, {{7, 1, 20, {0, 2}}}).has_value()) << "of two kinds";
  const std::vector<TermDirectory> directories = {{7, 1, 20, {0, 1}}, {9, 2, 300, {5, 2, 1}}};
  const std::string encoded = EncodeDirectories(directories);
  EXPECT_EQ(DecodeDirectories(encoded), directories);
  EXPECT_EQ(DecodeDirectories(""), std::vector<TermDirectory>());
  for (size_t length = 1; length < encoded.size(); ++length) {
    const auto decoded = DecodeDirectories(std::string_view(encoded).substr(0, length));
    EXPECT_TRUE(!decoded.has_value() || decoded->size() == 1) << length;
  }
}

// A load with new IRIs and labels in two languages and cases, and some that other loads have too.
void Load(Store& store, const TempDir& dir, int load, int quads = 20100) {
  const BulkLoadFile file{.path = dir.path("load.nt"), .format = RdfFormat::kNTriples};
  {
    std::ofstream out(file.path);
    for (int i = 0; i < quads; ++i) {
      const int subject = i % 7 == 0 ? i / 3 : load * 100000 + i / 3;
      out << Cat("<urn:x:s", subject, "> <urn:x:p", i % 3, "> \"label ", load * 100000 + i, i % 2 == 0 ? "\"@EN .\n" : "\"@en .\n");
    }
  }
  const auto loaded = BulkLoad(store, {&file, 1}, {});
  ASSERT_TRUE(loaded.ok()) << loaded.status();
}

std::vector<TermDirectory> DirectoriesIn(const std::string& directory) {
  const auto database = OpenDatabase(directory, {.create_if_missing = false, .read_only = true});
  EXPECT_TRUE(database.ok()) << database.status();
  std::string value;
  const rocksdb::Status status = (*database)->db->Get({}, (*database)->family(Family::kMeta), ToSlice(kDirectoriesKey), &value);
  return status.ok() ? DecodeDirectories(value).value_or(std::vector<TermDirectory>()) : std::vector<TermDirectory>();
}

std::vector<std::string> ProblemsOf(const std::string& directory) {
  const auto report = VerifyDatabase(directory, {});
  return report.ok() ? report->problems : std::vector<std::string>{MessageOf(report.status())};
}

TEST(VocabularySet, TermsOfManyLoadsAreFoundUnderTheirIds) {
  const TempDir dir;
  std::shared_ptr<const Snapshot> old;
  std::map<std::string, TermId> known;  // term -> id, as each load left it
  auto store = Store::Open(dir.path(), {.background_fold = false});
  ASSERT_TRUE(store.ok()) << store.status();
  const auto note = [&](const Snapshot& snapshot, int load) {
    for (int i = 0; i < 6000; i += 37) {
      const Term term = Term::Iri(Cat("urn:x:s", load * 100000 + i));
      const auto id = snapshot.Find(term);
      ASSERT_TRUE(id.ok()) << id.status();
      if (id->is_bound()) known.emplace(term.value(), *id);
    }
  };
  for (int load = 0; load < 11; ++load) {
    Load(**store, dir, load);
    note(*(*store)->GetSnapshot(), load);
    if (load == 2) old = (*store)->GetSnapshot();
  }
  EXPECT_GE((*store)->Layout().vocabularies, 22u);
  EXPECT_GT(known.size(), 1000u);
  for (int reopened = 0; reopened < 2; ++reopened) {
    std::shared_ptr<const Snapshot> snapshot = (*store)->GetSnapshot();
    for (const auto& [iri, id] : known) {
      EXPECT_EQ(*snapshot->Find(Term::Iri(iri)), id) << iri;
      std::vector<Term> terms;
      ASSERT_TRUE(snapshot->Decode({&id, 1}, terms).ok());
      EXPECT_EQ(terms[0].value(), iri);
      EXPECT_TRUE(snapshot->Find(Term::Iri(iri + "_")).value().is_unbound());
    }
    if (reopened == 0) {
      // A snapshot from before the directories, which were made and replaced meanwhile.
      EXPECT_EQ(*old->Find(Term::Iri("urn:x:s200000")), known.at("urn:x:s200000"));
      EXPECT_TRUE(old->Find(Term::Iri("urn:x:s900001")).value().is_unbound()) << "loaded later";
      old.reset();
      snapshot.reset();
      store->reset();
      EXPECT_THAT(ProblemsOf(dir.path()), IsEmpty());
      EXPECT_THAT(DirectoriesIn(dir.path()), testing::Not(IsEmpty()));
      store = Store::Open(dir.path(), {.background_fold = false});
      ASSERT_TRUE(store.ok()) << store.status();
    }
  }
}

// Readers find terms while directories are made and their predecessors removed.
TEST(VocabularySet, ReadersMeetLoads) {
  const TempDir dir;
  const auto store = Store::Open(dir.path(), {.background_fold = false});
  ASSERT_TRUE(store.ok()) << store.status();
  Load(**store, dir, 0);
  std::atomic<bool> stop = false;
  std::thread reader([&] {
    std::mt19937_64 random(1);
    while (!stop) {
      const auto snapshot = (*store)->GetSnapshot();
      const auto there = snapshot->Find(Term::Iri(Cat("urn:x:s", random() % 6000)));
      EXPECT_TRUE(there.ok() && there->is_bound()) << there.status();
      const auto absent = snapshot->Find(Term::Iri(Cat("urn:x:t", random() % 6000)));
      EXPECT_TRUE(absent.ok() && absent->is_unbound()) << absent.status();
    }
  });
  for (int load = 1; load < 6; ++load) Load(**store, dir, load);
  stop = true;
  reader.join();
}

TEST(VocabularySet, VerifyFindsAWrongBucketAndFindIsAStatus) {
  const TempDir dir;
  {
    const auto store = Store::Open(dir.path("good"), {.background_fold = false});
    ASSERT_TRUE(store.ok()) << store.status();
    for (int load = 0; load < 5; ++load) Load(**store, dir, load);
  }
  const std::vector<TermDirectory> directories = DirectoriesIn(dir.path("good"));
  ASSERT_FALSE(directories.empty());
  const auto plant = [&](const std::function<void(Database&, const std::string& key, std::string value)>& change) {
    std::filesystem::remove_all(dir.path("bad"));
    std::filesystem::copy(dir.path("good"), dir.path("bad"), std::filesystem::copy_options::recursive);
    const auto database = OpenDatabase(dir.path("bad"), {});
    ASSERT_TRUE(database.ok()) << database.status();
    const std::string key = VocabularyBlockKey(directories.back().number, directories.back().buckets / 2);
    std::string value;
    ASSERT_TRUE((*database)->db->Get({}, (*database)->family(Family::kVocab), key, &value).ok());
    change(**database, key, value);
  };
  plant([](Database& database, const std::string& key, std::string value) {
    value[2] = static_cast<char>(value[2] ^ 1);  // an entry that names another vocabulary
    ASSERT_TRUE(database.db->Put({}, database.family(Family::kVocab), key, value).ok());
  });
  EXPECT_THAT(ProblemsOf(dir.path("bad")), Contains(HasSubstr("term directory")));
  plant([](Database& database, const std::string& key, const std::string&) {
    ASSERT_TRUE(database.db->Delete({}, database.family(Family::kVocab), key).ok());
  });
  EXPECT_THAT(ProblemsOf(dir.path("bad")), Contains(HasSubstr("term directory")));
  const auto store = Store::Open(dir.path("bad"), {.read_only = true});
  ASSERT_TRUE(store.ok()) << store.status();
  int lost = 0;
  for (int i = 0; i < 20000; ++i) {
    const auto id = (*store)->GetSnapshot()->Find(Term::LangLiteral(Cat("label ", 300000 + i), "en"));
    if (id.ok()) continue;
    EXPECT_EQ(id.status().code(), absl::StatusCode::kDataLoss) << id.status();
    ++lost;
  }
  EXPECT_GT(lost, 0);
}

}  // namespace
}  // namespace dossier::graph
