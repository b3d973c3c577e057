// Many blocks: random changes, folds in between, snapshots held open, against a std::set.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <random>
#include <set>
#include <thread>

#include "graph/base/strings.h"
#include "graph/model/inline_value.h"
#include "graph/store/quad_key.h"
#include "graph/store/store.h"
#include "gtest/gtest.h"
#include "tests/graph/store/temp_dir.h"

namespace dossier::graph {
namespace {

using Quads = std::set<IdQuad>;
using Graphs = IdPattern::Graphs;

unsigned Seed() {
  const char* fixed = std::getenv("DOSSIER_SEED");
  return fixed != nullptr ? static_cast<unsigned>(std::atoi(fixed)) : std::random_device{}();
}

std::vector<QuadKey> ReadAll(const Snapshot& snapshot, const IdPattern& pattern, Order order) {
  std::vector<QuadKey> rows;
  auto cursor = snapshot.Scan(pattern, order);
  EXPECT_TRUE(cursor.ok()) << cursor.status();
  for (IdBatch batch;;) {
    const absl::Status status = (*cursor)->Next(batch);
    EXPECT_TRUE(status.ok()) << status;
    if (!status.ok() || batch.size == 0) return rows;
    for (size_t i = 0; i < batch.size; ++i) {
      rows.push_back(ToKey({batch.subject[i].bits(), batch.predicate[i].bits(), batch.object[i].bits(), batch.graph[i].bits()}, order));
    }
  }
}

std::vector<QuadKey> Expected(const Quads& quads, const IdPattern& p, Order order) {
  std::vector<QuadKey> rows;
  for (const IdQuad& q : quads) {
    const bool graph = p.graphs == Graphs::kAny || (p.graphs == Graphs::kAnyNamed ? q.graph != TermId::DefaultGraph() : q.graph == p.graph);
    if (graph && (p.subject.is_unbound() || p.subject == q.subject) && (p.predicate.is_unbound() || p.predicate == q.predicate) &&
        (p.object.is_unbound() || p.object == q.object)) {
      rows.push_back(ToKey(ColumnsOf(q), order));
    }
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

class ManyBlocks {
 public:
  explicit ManyBlocks(unsigned seed) : random_(seed) {}

  size_t Pick(size_t n) { return random_() % n; }
  IdQuad RandomQuad() {
    const TermId object = Pick(3) == 0 ? *InlineId(Term::Literal(Cat(Pick(5000)), "http://www.w3.org/2001/XMLSchema#integer"))
                                       : nodes_[Pick(nodes_.size())];
    return {nodes_[Pick(nodes_.size())], nodes_[Pick(8)], object, Pick(6) == 0 ? nodes_[Pick(3)] : TermId::DefaultGraph()};
  }
  void Intern(Store& store) {
    const auto tx = store.Begin();
    for (int i = 0; i < 3000; ++i) nodes_.push_back(*tx->Intern(Term::Iri(Cat("urn:node:", i))));
    ASSERT_TRUE(tx->Commit().ok());
  }
  void Change(Store& store, size_t n, bool mostly_remove) {
    const auto tx = store.Begin();
    for (; n > 0; --n) {
      if (!quads.empty() && Pick(10) < (mostly_remove ? 9u : 3u)) {
        auto it = quads.lower_bound(RandomQuad());
        if (it == quads.end()) it = quads.begin();
        ASSERT_TRUE(tx->Remove(*it).ok());
        quads.erase(it);
      } else {
        const IdQuad quad = RandomQuad();
        ASSERT_TRUE(tx->Insert(quad).ok());
        quads.insert(quad);
      }
    }
    ASSERT_TRUE(tx->Commit().ok());
  }
  IdPattern RandomPattern() {
    const IdQuad quad = RandomQuad();
    IdPattern pattern;
    if (Pick(3) == 0) pattern.subject = quad.subject;
    if (Pick(2) == 0) pattern.predicate = quad.predicate;
    if (Pick(3) == 0) pattern.object = quad.object;
    pattern.graph = quad.graph;
    pattern.graphs = static_cast<Graphs>(Pick(3));
    return pattern;
  }
  void Check(const Snapshot& snapshot, const Quads& expected, int patterns) {
    ASSERT_EQ(snapshot.size(), expected.size());
    for (int i = 0; i < patterns; ++i) {
      IdPattern pattern = RandomPattern();
      if (i == 0) pattern = {{}, {}, {}, {}, Graphs::kAny};
      const auto order = static_cast<Order>(Pick(7));
      const std::vector<QuadKey> rows = Expected(expected, pattern, order);
      ASSERT_EQ(ReadAll(snapshot, pattern, order), rows);
      ASSERT_EQ(*snapshot.Count(pattern), rows.size());
      for (const char column : {'s', 'p', 'o'}) CheckDistinct(snapshot, expected, pattern, column);
    }
  }

  Quads quads;
  size_t unfolded = SIZE_MAX;  // at most so many changes of the snapshot checked are not folded

 private:
  void CheckDistinct(const Snapshot& snapshot, const Quads& expected, IdPattern pattern, char column) {
    pattern.graphs = Graphs::kAny;
    pattern.object = TermId::Unbound();
    if (column == 'p') pattern.predicate = TermId::Unbound();
    if (column == 's') pattern.subject = TermId::Unbound();
    if (pattern.subject.is_bound() && pattern.predicate.is_bound()) return;
    std::set<uint64_t> values;
    for (const QuadKey& row : Expected(expected, pattern, Order::kSpo)) values.insert(row[*ColumnNumber(column)]);
    const auto distinct = snapshot.Distinct(pattern, column);
    ASSERT_TRUE(distinct.ok()) << distinct.status();
    if (unfolded <= 256) {
      EXPECT_EQ(*distinct, values.size());
    } else {
      EXPECT_LE(*distinct, expected.size());
      EXPECT_LE(*distinct > values.size() ? *distinct - values.size() : values.size() - *distinct, unfolded);
    }
  }

  std::mt19937 random_;
  std::vector<TermId> nodes_;
};

TEST(Fold, ManyBlocksAgreeWithASet) {
  const unsigned seed = Seed();
  SCOPED_TRACE(Cat("DOSSIER_SEED=", seed));
  const TempDir dir;
  auto store = Store::Open(dir.path(), {.background_fold = false});
  ASSERT_TRUE(store.ok()) << store.status();
  ManyBlocks model(seed);
  model.Intern(**store);
  std::shared_ptr<const Snapshot> held = (*store)->GetSnapshot();
  Quads held_quads;
  uint64_t most_blocks = 0;
  const size_t sizes[] = {20000, 1, 300, 3000, 15000, 20, 40000, 12000};
  for (size_t round = 0; round < 16; ++round) {
    model.Change(**store, sizes[round % 8], round > 10);
    const size_t before = model.unfolded;
    model.unfolded = SIZE_MAX;
    model.Check(*held, held_quads, 1);
    if (round % 2 == 1) {
      ASSERT_TRUE((*store)->Fold().ok());
      EXPECT_EQ((*store)->Layout().delta_changes, 0u);
      model.Check(*held, held_quads, 1);
      model.unfolded = 0;
    } else {
      model.unfolded = before == SIZE_MAX ? before : before + sizes[round % 8];
    }
    most_blocks = std::max(most_blocks, (*store)->Layout().blocks);
    if (round % 3 == 0) {
      held = (*store)->GetSnapshot();
      held_quads = model.quads;
    }
    if (round == 8) {
      held.reset();
      store->reset();
      store = Store::Open(dir.path(), {.background_fold = false});
      ASSERT_TRUE(store.ok()) << store.status();
      held = (*store)->GetSnapshot();
      held_quads = model.quads;
    }
    model.Check(*(*store)->GetSnapshot(), model.quads, 3);
    if (::testing::Test::HasFailure()) return;
  }
  EXPECT_GT(most_blocks, 20u);
  EXPECT_GT((*store)->Layout().folds, 2u);
  // Everything removed and folded: no block remains.
  const auto tx = (*store)->Begin();
  for (const IdQuad& quad : model.quads) ASSERT_TRUE(tx->Remove(quad).ok());
  ASSERT_TRUE(tx->Commit().ok());
  ASSERT_TRUE((*store)->Fold().ok());
  EXPECT_EQ((*store)->Layout().blocks, 0u);
  EXPECT_EQ((*store)->GetSnapshot()->size(), 0u);
}

// With a few changes in the delta, values that come and go with them are counted one by one.
TEST(Fold, DistinctIsExactBesideAFewChanges) {
  const unsigned seed = Seed();
  SCOPED_TRACE(Cat("DOSSIER_SEED=", seed));
  const TempDir dir;
  auto store = Store::Open(dir.path(), {.background_fold = false});
  ASSERT_TRUE(store.ok()) << store.status();
  ManyBlocks model(seed);
  model.Intern(**store);
  model.Change(**store, 30000, false);
  ASSERT_TRUE((*store)->Fold().ok());
  model.unfolded = 0;
  for (int round = 0; round < 8; ++round) {
    model.Change(**store, 40, round % 2 == 1);
    model.unfolded += 40;
    model.Check(*(*store)->GetSnapshot(), model.quads, 12);
  }
}

// Writers that keep a number constant while the background folds: whoever looks sees that number, in every order.
TEST(Fold, ReadersSeeWholeCommitsDuringFolds) {
  const TempDir dir;
  auto store = Store::Open(dir.path(), {.fold_at = 500});
  ASSERT_TRUE(store.ok()) << store.status();
  ManyBlocks model(Seed());
  model.Intern(**store);
  constexpr size_t kQuads = 10000;
  {
    const auto tx = (*store)->Begin();
    while (model.quads.size() < kQuads) {
      const IdQuad quad = model.RandomQuad();
      model.quads.insert(quad);
      ASSERT_TRUE(tx->Insert(quad).ok());
    }
    ASSERT_TRUE(tx->Commit().ok());
  }
  std::atomic<bool> stop = false;
  std::vector<std::thread> readers;
  for (int r = 0; r < 2; ++r) {
    readers.emplace_back([&, r] {
      for (size_t i = 0; !stop; ++i) {
        const auto snapshot = (*store)->GetSnapshot();
        EXPECT_EQ(snapshot->size(), kQuads);
        const IdPattern all{{}, {}, {}, {}, Graphs::kAny};
        EXPECT_EQ(ReadAll(*snapshot, all, static_cast<Order>((i + static_cast<size_t>(r)) % 6)).size(), kQuads);
        EXPECT_EQ(*snapshot->Count(all), kQuads);
      }
    });
  }
  for (int round = 0; round < 150; ++round) {
    const auto tx = (*store)->Begin();
    for (int i = 0; i < 20; ++i) {
      IdQuad quad = model.RandomQuad();
      if (!model.quads.insert(quad).second) continue;
      const auto victim = model.quads.begin();
      ASSERT_TRUE(tx->Insert(quad).ok());
      ASSERT_TRUE(tx->Remove(*victim).ok());
      model.quads.erase(victim);
    }
    ASSERT_TRUE(tx->Commit().ok());
  }
  // More than fold_at has been committed: the background folds, however busy the machine is.
  for (int i = 0; i < 1200 && (*store)->Layout().folds == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  stop = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_GT((*store)->Layout().folds, 0u);
  model.Check(*(*store)->GetSnapshot(), model.quads, 5);
}

TEST(GroupCommit, SeveralWritersLoseNothing) {
  const TempDir dir;
  constexpr int kWriters = 8, kCommits = 30;
  {
    auto store = Store::Open(dir.path(), {});
    ASSERT_TRUE(store.ok()) << store.status();
    std::vector<std::thread> writers;
    for (int w = 0; w < kWriters; ++w) {
      writers.emplace_back([&, w] {
        for (int i = 0; i < kCommits; ++i) {
          const auto tx = (*store)->Begin();
          const Quad quad(Term::Iri(Cat("urn:writer:", w)), Term::Iri("urn:p"), Term::Literal(Cat("number ", i)));
          EXPECT_TRUE(tx->Insert(quad).ok());
          EXPECT_TRUE(tx->Commit().ok());
          const auto id = (*store)->GetSnapshot()->Find(quad.object);
          EXPECT_TRUE(id.ok() && id->is_bound()) << "an acknowledged commit is seen";
        }
      });
    }
    for (std::thread& writer : writers) writer.join();
    EXPECT_EQ((*store)->GetSnapshot()->size(), uint64_t{kWriters * kCommits});
  }
  const auto store = Store::Open(dir.path(), {});
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_EQ((*store)->GetSnapshot()->size(), uint64_t{kWriters * kCommits});
}

}  // namespace
}  // namespace dossier::graph
