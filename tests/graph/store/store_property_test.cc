// The store against a std::set: random changes, then every pattern in every order, ScanMany and Count.
#include <algorithm>
#include <cstdlib>
#include <random>
#include <set>

#include "graph/base/strings.h"
#include "graph/store/store.h"
#include "gtest/gtest.h"
#include "tests/graph/store/temp_dir.h"

namespace dossier::graph {
namespace {

using Graphs = IdPattern::Graphs;
constexpr Order kOrders[] = {Order::kSpo, Order::kSop, Order::kPso, Order::kPos, Order::kOsp, Order::kOps, Order::kGspo};

bool Matches(const IdQuad& q, const IdPattern& p) {
  if (p.subject.is_bound() && p.subject != q.subject) return false;
  if (p.predicate.is_bound() && p.predicate != q.predicate) return false;
  if (p.object.is_bound() && p.object != q.object) return false;
  if (p.graphs == Graphs::kAnyNamed) return q.graph != TermId::DefaultGraph();
  return p.graphs == Graphs::kAny || p.graph == q.graph;
}

std::array<TermId, 4> Key(const IdQuad& q, Order order) {
  switch (order) {
    case Order::kSpo: return {q.subject, q.predicate, q.object, q.graph};
    case Order::kSop: return {q.subject, q.object, q.predicate, q.graph};
    case Order::kPso: return {q.predicate, q.subject, q.object, q.graph};
    case Order::kPos: return {q.predicate, q.object, q.subject, q.graph};
    case Order::kOsp: return {q.object, q.subject, q.predicate, q.graph};
    case Order::kOps: return {q.object, q.predicate, q.subject, q.graph};
    case Order::kGspo: return {q.graph, q.subject, q.predicate, q.object};
  }
  return {};
}

std::vector<IdQuad> ReadAll(const Snapshot& snapshot, const IdPattern& pattern, Order order) {
  std::vector<IdQuad> quads;
  auto cursor = snapshot.Scan(pattern, order);
  EXPECT_TRUE(cursor.ok()) << cursor.status();
  for (IdBatch batch; (*cursor)->Next(batch).ok() && batch.size > 0;) {
    EXPECT_LE(batch.size, IdBatch::kCapacity);
    for (size_t i = 0; i < batch.size; ++i) {
      quads.push_back({batch.subject[i], batch.predicate[i], batch.object[i], batch.graph[i]});
    }
  }
  return quads;
}

class Model {
 public:
  explicit Model(unsigned seed) : random_(seed) {}

  size_t Pick(size_t n) { return random_() % n; }

  IdQuad RandomQuad() {
    return {nodes_[Pick(6)], nodes_[Pick(4)], Pick(2) == 0 ? nodes_[Pick(nodes_.size())] : values_[Pick(values_.size())],
            Pick(2) == 0 ? TermId::DefaultGraph() : nodes_[8 + Pick(3)]};
  }

  IdPattern RandomPattern() {
    const IdQuad quad = RandomQuad();
    IdPattern pattern;
    if (Pick(2) == 0) pattern.subject = quad.subject;
    if (Pick(2) == 0) pattern.predicate = quad.predicate;
    if (Pick(2) == 0) pattern.object = quad.object;
    pattern.graph = quad.graph;
    pattern.graphs = static_cast<Graphs>(Pick(3));
    return pattern;
  }

  void Intern(Transaction& tx) {
    nodes_.clear();
    values_.clear();
    for (int i = 0; i < 12; ++i) nodes_.push_back(*tx.Intern(Term::Iri(Cat("urn:n", i))));
    for (int i = 0; i < 5; ++i) {
      values_.push_back(*tx.Intern(Term::Literal(Cat(i), "http://www.w3.org/2001/XMLSchema#integer")));
      values_.push_back(*tx.Intern(Term::Literal(Cat("a long string ", i))));
    }
  }

  void Change(Store& store) {
    const auto tx = store.Begin();
    Intern(*tx);
    std::set<IdQuad> before = quads_;
    for (size_t n = Pick(80); n > 0; --n) {
      const IdQuad quad = RandomQuad();
      if (Pick(3) == 0) {
        ASSERT_TRUE(tx->Remove(quad).ok());
        quads_.erase(quad);
      } else {
        ASSERT_TRUE(tx->Insert(quad).ok());
        quads_.insert(quad);
      }
    }
    ASSERT_TRUE(tx->Commit().ok());
    std::vector<IdQuad> added, removed;
    std::set_difference(quads_.begin(), quads_.end(), before.begin(), before.end(), std::back_inserter(added));
    std::set_difference(before.begin(), before.end(), quads_.begin(), quads_.end(), std::back_inserter(removed));
    EXPECT_EQ(tx->changed().inserted, added.size());
    EXPECT_EQ(tx->changed().removed, removed.size());
  }

  std::vector<IdQuad> Expected(const IdPattern& pattern, Order order) const {
    std::vector<IdQuad> quads;
    std::copy_if(quads_.begin(), quads_.end(), std::back_inserter(quads), [&](const IdQuad& q) { return Matches(q, pattern); });
    std::sort(quads.begin(), quads.end(), [&](const IdQuad& a, const IdQuad& b) { return Key(a, order) < Key(b, order); });
    return quads;
  }

  void CheckPattern(const Snapshot& snapshot, const IdPattern& pattern) {
    for (const Order order : kOrders) EXPECT_EQ(ReadAll(snapshot, pattern, order), Expected(pattern, order));
    const std::vector<IdQuad> expected = Expected(pattern, Order::kSpo);
    EXPECT_EQ(*snapshot.Count(pattern), expected.size());
    EXPECT_EQ(*snapshot.Count(pattern, 3), std::min<size_t>(expected.size(), 3));
    for (const char wish : {'s', 'p', 'o', 'g', '\0'}) {
      const Order order = snapshot.BestOrder(pattern, wish);
      EXPECT_EQ(ReadAll(snapshot, pattern, order), Expected(pattern, order));
    }
  }

  void CheckScanMany(const Snapshot& snapshot, IdPattern pattern, char column) {
    std::vector<TermId> keys;
    for (int i = 0; i < 12; ++i) {
      const IdQuad q = RandomQuad();
      keys.push_back(column == 's' ? q.subject : column == 'p' ? q.predicate : column == 'o' ? q.object : q.graph);
    }
    if (Pick(4) != 0) std::sort(keys.begin(), keys.end());
    std::vector<IdQuad> out;
    std::vector<uint32_t> origin;
    ASSERT_TRUE(snapshot.ScanMany(pattern, column, keys, out, origin).ok());
    ASSERT_EQ(out.size(), origin.size());
    size_t at = 0;
    for (size_t i = 0; i < keys.size(); ++i) {
      if (column == 'g') pattern.graphs = Graphs::kOne;
      (column == 's' ? pattern.subject : column == 'p' ? pattern.predicate : column == 'o' ? pattern.object : pattern.graph) = keys[i];
      std::vector<IdQuad> got;
      for (; at < out.size() && origin[at] == i; ++at) got.push_back(out[at]);
      std::sort(got.begin(), got.end());
      EXPECT_EQ(got, Expected(pattern, Order::kSpo)) << "key " << i << " of column " << column;
    }
    EXPECT_EQ(at, out.size());
  }

  void CheckWhole(const Snapshot& snapshot) const {
    EXPECT_EQ(snapshot.size(), quads_.size());
    std::set<TermId> graphs;
    for (const IdQuad& quad : quads_) {
      if (quad.graph != TermId::DefaultGraph()) graphs.insert(quad.graph);
    }
    EXPECT_EQ(*snapshot.NamedGraphs(), std::vector<TermId>(graphs.begin(), graphs.end()));
  }

 private:
  std::mt19937 random_;
  std::vector<TermId> nodes_, values_;
  std::set<IdQuad> quads_;
};

TEST(StoreProperty, AgreesWithASet) {
  const char* fixed = std::getenv("DOSSIER_SEED");
  const unsigned seed = fixed != nullptr ? static_cast<unsigned>(std::atoi(fixed)) : std::random_device{}();
  SCOPED_TRACE(Cat("DOSSIER_SEED=", seed));
  const TempDir dir;
  Model model(seed);
  auto store = Store::Open(dir.path(), {});
  ASSERT_TRUE(store.ok()) << store.status();
  for (int round = 0; round < 30; ++round) {
    model.Change(**store);
    if (round % 10 == 9) {
      store->reset();
      store = Store::Open(dir.path(), {});
      ASSERT_TRUE(store.ok()) << store.status();
    }
    const auto snapshot = (*store)->GetSnapshot();
    model.CheckWhole(*snapshot);
    for (int i = 0; i < 20; ++i) model.CheckPattern(*snapshot, model.RandomPattern());
    for (const char column : {'s', 'p', 'o', 'g'}) {
      for (int i = 0; i < 5; ++i) model.CheckScanMany(*snapshot, model.RandomPattern(), column);
    }
    if (::testing::Test::HasFailure()) break;
  }
}

}  // namespace
}  // namespace dossier::graph
