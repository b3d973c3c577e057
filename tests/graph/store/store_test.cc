#include "graph/store/store.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "graph/base/strings.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/graph/store/temp_dir.h"

namespace dossier::graph {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Term I(std::string name) { return Term::Iri("urn:x:" + name); }

std::unique_ptr<Store> OpenOrDie(const std::string& directory, const Store::Options& options = {}) {
  auto store = Store::Open(directory, options);
  EXPECT_TRUE(store.ok()) << store.status();
  return store.ok() ? *std::move(store) : nullptr;
}

void InsertAll(Store& store, const std::vector<Quad>& quads) {
  const auto tx = store.Begin();
  for (const Quad& quad : quads) ASSERT_TRUE(tx->Insert(quad).ok());
  ASSERT_TRUE(tx->Commit().ok());
}

// All quads of a snapshot as sorted N-Triples-like lines.
std::vector<std::string> Dump(const Snapshot& snapshot) {
  IdPattern pattern;
  pattern.graphs = IdPattern::Graphs::kAny;
  auto cursor = snapshot.Scan(pattern, Order::kSpo);
  EXPECT_TRUE(cursor.ok()) << cursor.status();
  std::vector<std::string> lines;
  for (IdBatch batch; (*cursor)->Next(batch).ok() && batch.size > 0;) {
    for (size_t i = 0; i < batch.size; ++i) {
      std::vector<TermId> ids = {batch.subject[i], batch.predicate[i], batch.object[i]};
      if (batch.graph[i] != TermId::DefaultGraph()) ids.push_back(batch.graph[i]);
      std::vector<Term> terms;
      const absl::Status status = snapshot.Decode(ids, terms);
      EXPECT_TRUE(status.ok()) << status;
      std::string line;
      for (const Term& term : terms) Append(line, term.ToNTriples(), " ");
      lines.push_back(line);
    }
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

TEST(Store, QuadsSurviveReopening) {
  const TempDir dir;
  const Quad plain(I("s"), I("p"), Term::LangLiteral("é\n", "en", Direction::kRtl));
  const Quad nested(I("s"), I("p"),
                    Term::TripleTerm(I("s"), I("p"), Term::TripleTerm(Term::BlankNode("b"), I("p"), Term::Literal("x"))));
  const Quad named(I("s"), I("p"), Term::Literal(std::string(100000, 'x')), I("g"));
  std::vector<std::string> before;
  {
    const auto store = OpenOrDie(dir.path());
    InsertAll(*store, {plain, nested, named});
    before = Dump(*store->GetSnapshot());
    EXPECT_EQ(before.size(), 3u);
  }
  const auto store = OpenOrDie(dir.path());
  EXPECT_EQ(store->GetSnapshot()->size(), 3u);
  EXPECT_EQ(Dump(*store->GetSnapshot()), before);
}

TEST(Store, TransactionCountsOnlyChanges) {
  const TempDir dir;
  const auto store = OpenOrDie(dir.path());
  const Quad a(I("a"), I("p"), I("o")), b(I("b"), I("p"), I("o")), c(I("c"), I("p"), I("o"));
  InsertAll(*store, {a, b});
  const auto tx = store->Begin();
  EXPECT_TRUE(tx->Insert(a).ok());   // there already
  EXPECT_TRUE(tx->Remove(c).ok());   // not there, term unknown
  EXPECT_TRUE(tx->Remove(b).ok());
  EXPECT_TRUE(tx->Insert(c).ok());
  EXPECT_TRUE(tx->Insert(c).ok());
  ASSERT_TRUE(tx->Commit().ok());
  EXPECT_EQ(tx->changed().inserted, 1u);
  EXPECT_EQ(tx->changed().removed, 1u);
  EXPECT_EQ(store->GetSnapshot()->size(), 2u);
  EXPECT_FALSE(tx->Insert(a).ok()) << "finished";
}

TEST(Store, LaterChangeOfOneTransactionWins) {
  const TempDir dir;
  const auto store = OpenOrDie(dir.path());
  const Quad a(I("a"), I("p"), I("o")), b(I("b"), I("p"), I("o"));
  const auto tx = store->Begin();
  EXPECT_TRUE(tx->Insert(a).ok());
  EXPECT_TRUE(tx->Remove(a).ok());
  EXPECT_TRUE(tx->Remove(b).ok());
  EXPECT_TRUE(tx->Insert(b).ok());
  ASSERT_TRUE(tx->Commit().ok());
  EXPECT_THAT(Dump(*store->GetSnapshot()), ElementsAre("<urn:x:b> <urn:x:p> <urn:x:o> "));
}

TEST(Store, AbandonedTransactionLeavesNothing) {
  const TempDir dir;
  const auto store = OpenOrDie(dir.path());
  {
    const auto tx = store->Begin();
    EXPECT_TRUE(tx->Insert(Quad(I("a"), I("p"), I("o"))).ok());
  }
  EXPECT_EQ(store->GetSnapshot()->size(), 0u);
  EXPECT_TRUE(store->GetSnapshot()->Find(I("a"))->is_unbound());
  InsertAll(*store, {Quad(I("b"), I("p"), I("o"))});
  EXPECT_THAT(Dump(*store->GetSnapshot()), ElementsAre("<urn:x:b> <urn:x:p> <urn:x:o> "));
}

TEST(Store, SnapshotSeesOneState) {
  const TempDir dir;
  const auto store = OpenOrDie(dir.path());
  InsertAll(*store, {Quad(I("a"), I("p"), I("o"))});
  const auto snapshot = store->GetSnapshot();
  const auto tx = store->Begin();
  EXPECT_TRUE(tx->Remove(Quad(I("a"), I("p"), I("o"))).ok());
  EXPECT_TRUE(tx->Insert(Quad(I("b"), I("p"), I("o"))).ok());
  EXPECT_EQ(store->GetSnapshot()->size(), 1u) << "before the commit";
  ASSERT_TRUE(tx->Commit().ok());
  EXPECT_THAT(Dump(*snapshot), ElementsAre("<urn:x:a> <urn:x:p> <urn:x:o> "));
  EXPECT_TRUE(snapshot->Find(I("b"))->is_unbound());
  EXPECT_THAT(Dump(*store->GetSnapshot()), ElementsAre("<urn:x:b> <urn:x:p> <urn:x:o> "));
}

TEST(Store, LanguageTagsAreComparedWithoutCase) {
  const TempDir dir;
  const auto store = OpenOrDie(dir.path());
  InsertAll(*store, {Quad(I("a"), I("p"), Term::LangLiteral("x", "en-GB"))});
  InsertAll(*store, {Quad(I("a"), I("p"), Term::LangLiteral("x", "EN-gb"))});
  EXPECT_THAT(Dump(*store->GetSnapshot()), ElementsAre("<urn:x:a> <urn:x:p> \"x\"@en-GB "));
  EXPECT_TRUE(store->GetSnapshot()->Find(Term::LangLiteral("x", "eN-gB"))->is_bound());
  EXPECT_TRUE(store->GetSnapshot()->Find(Term::LangLiteral("x", "en-gb", Direction::kLtr))->is_unbound());
}

TEST(Store, RefusesWhatIsNoQuad) {
  const TempDir dir;
  const auto store = OpenOrDie(dir.path());
  const auto tx = store->Begin();
  EXPECT_EQ(tx->Insert(Quad(Term::Literal("x"), I("p"), I("o"))).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(tx->Insert(Quad(I("s"), Term::BlankNode("p"), I("o"))).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(tx->Insert(Quad(I("s"), I("p"), I("o"), Term::Literal("g"))).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(tx->Insert(IdQuad{}).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(tx->Insert(IdQuad{TermId(TermId::Tag::kIri, 99), TermId(TermId::Tag::kIri, 99), TermId(TermId::Tag::kIri, 99)}).code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(tx->Insert(Quad(I("s"), I("p"), Term::Literal(std::string(65u << 20, 'x')))).code(),
            absl::StatusCode::kInvalidArgument);
  ASSERT_TRUE(tx->Commit().ok());
  EXPECT_EQ(store->GetSnapshot()->size(), 0u);
}

TEST(Store, DecodeRefusesIdsWithoutTerm) {
  const TempDir dir;
  const auto store = OpenOrDie(dir.path());
  std::vector<Term> terms;
  for (const TermId id : {TermId(), TermId::DefaultGraph(), TermId(TermId::Tag::kLocal, 1), TermId(TermId::Tag::kIri, 7),
                          TermId(TermId::Tag::kBoolean, 2), TermId(TermId::Tag::kShortString, 9)}) {
    EXPECT_EQ(store->GetSnapshot()->Decode({&id, 1}, terms).code(), absl::StatusCode::kInvalidArgument);
  }
}

TEST(Store, SecondOpenerIsTurnedAwayAndReadersAreNot) {
  const TempDir dir;
  const auto store = OpenOrDie(dir.path());
  InsertAll(*store, {Quad(I("a"), I("p"), I("o"))});
  const auto second = Store::Open(dir.path(), {});
  ASSERT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition) << second.status();
  EXPECT_THAT(MessageOf(second.status()), HasSubstr(dir.path()));
  const auto reader = OpenOrDie(dir.path(), {.read_only = true});
  ASSERT_NE(reader, nullptr);
  EXPECT_THAT(Dump(*reader->GetSnapshot()), ElementsAre("<urn:x:a> <urn:x:p> <urn:x:o> "));
  const auto tx = reader->Begin();
  EXPECT_EQ(tx->Insert(Quad(I("a"), I("p"), I("o"))).code(), absl::StatusCode::kFailedPrecondition);
  InsertAll(*store, {Quad(I("b"), I("p"), I("o"))});
}

TEST(Store, ReadersMeetAWriter) {
  const TempDir dir;
  const auto store = OpenOrDie(dir.path());
  std::atomic<bool> stop = false;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      while (!stop) {
        const auto snapshot = store->GetSnapshot();
        const uint64_t size = snapshot->size();
        EXPECT_EQ(size % 10, 0u);
        EXPECT_EQ(Dump(*snapshot).size(), size);
      }
    });
  }
  for (int round = 0; round < 30; ++round) {
    std::vector<Quad> quads;
    for (int i = 0; i < 10; ++i) quads.emplace_back(I(Cat(round)), I("p"), Term::Literal(Cat("value ", i)));
    InsertAll(*store, quads);
  }
  stop = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(store->GetSnapshot()->size(), 300u);
}

}  // namespace
}  // namespace dossier::graph
