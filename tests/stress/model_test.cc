// A million random operations on a store and on sets in memory: changes, commits, folds, snapshots held open while all that goes on, and
// reading them by every pattern in every order. Fewer steps usually; DOSSIER_STRESS=1 for a million, DOSSIER_SEED=n to repeat.
#include <algorithm>
#include <deque>
#include <random>
#include <set>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "gtest/gtest.h"
#include "tests/graph/store/temp_dir.h"
#include "tests/stress/store_state.h"

namespace dossier::graph {
namespace {

using Graphs = IdPattern::Graphs;
constexpr std::pair<Order, const char*> kOrders[] = {{Order::kSpo, "spog"}, {Order::kSop, "sopg"}, {Order::kPso, "psog"}, {Order::kPos, "posg"},
                                                     {Order::kOsp, "ospg"}, {Order::kOps, "opsg"}, {Order::kGspo, "gspo"}};

TermId Column(const IdQuad& q, char column) {
  return column == 's' ? q.subject : column == 'p' ? q.predicate : column == 'o' ? q.object : q.graph;
}

bool Before(const IdQuad& a, const IdQuad& b, const char* columns) {
  for (int i = 0; i < 4; ++i) {
    if (Column(a, columns[i]) != Column(b, columns[i])) return Column(a, columns[i]) < Column(b, columns[i]);
  }
  return false;
}

bool Matches(const IdQuad& q, const IdPattern& p) {
  if (p.subject.is_bound() && p.subject != q.subject) return false;
  if (p.predicate.is_bound() && p.predicate != q.predicate) return false;
  if (p.object.is_bound() && p.object != q.object) return false;
  if (p.graphs == Graphs::kAnyNamed) return q.graph != TermId::DefaultGraph();
  return p.graphs == Graphs::kAny || p.graph == q.graph;
}

using Quads = std::set<IdQuad>;

// A state of the store that is held open, and what it must hold.
struct Held {
  std::shared_ptr<const Snapshot> snapshot;
  std::shared_ptr<const Quads> quads;
};

class Machine {
 public:
  Machine(const std::string& directory, uint64_t seed) : directory_(directory), random_(seed), committed_(std::make_shared<Quads>()) { Open(); }

  void Step() {
    const uint64_t n = random_() % 10'000;
    if (n < 9'860) return Change();
    if (n < 9'920) return Commit();
    if (n < 9'945) return Check(Pick());
    if (n < 9'965) return Join(Pick());
    if (n < 9'985) return Hold();
    if (n < 9'988) return Abandon();
    if (n < 9'996) {
      tx_.reset();  // a fold waits for an open transaction
      working_ = *committed_;
      EXPECT_TRUE(store_->Fold().ok());
      return;
    }
    if (n < 9'997) return Open();
  }
  void Finish() {
    Commit();
    for (const Held& held : held_) Whole(held);
    Hold();
    Whole(held_.back());
    const absl::Status status = CheckSnapshot(*held_.back().snapshot);
    EXPECT_TRUE(status.ok()) << status;
  }
  uint64_t commits = 0, checks = 0, opens = 0;

 private:
  size_t Below(size_t n) { return random_() % n; }

  void Open() {
    held_.clear();
    tx_.reset();
    store_.reset();
    auto opened = Store::Open(directory_, {.fold_at = 500 + Below(3000)});
    ASSERT_TRUE(opened.ok()) << opened.status();
    store_ = *std::move(opened);
    working_ = *committed_;
    ++opens;
    const auto tx = store_->Begin();
    const auto intern = [&](const Term& term) { return *tx->Intern(term); };
    subjects_.clear(), predicates_.clear(), objects_.clear(), graphs_.assign(4, TermId::DefaultGraph());
    for (int i = 0; i < 150; ++i) subjects_.push_back(intern(i % 9 == 0 ? Term::BlankNode(Cat("b", i)) : Term::Iri(Cat("urn:s", i))));
    for (int i = 0; i < 7; ++i) predicates_.push_back(intern(Term::Iri(Cat("urn:p", i))));
    for (int i = 0; i < 60; ++i) {
      objects_.push_back(intern(Term::Literal(Cat(i * i), std::string(xsd::kInteger))));
      objects_.push_back(intern(Term::Literal(Cat("a longer string ", i))));
      objects_.push_back(intern(Term::TripleTerm(Term::Iri(Cat("urn:s", i)), Term::Iri("urn:p1"), Term::Literal(Cat(i)))));
      objects_.push_back(subjects_[static_cast<size_t>(i)]);
    }
    for (int i = 0; i < 3; ++i) graphs_.push_back(intern(Term::Iri(Cat("urn:g", i))));
    EXPECT_TRUE(tx->Commit().ok());
  }

  IdQuad RandomQuad() {
    // A few subjects have most of the quads.
    const size_t s = Below(4) == 0 ? Below(subjects_.size()) : Below(12);
    return {subjects_[s], predicates_[Below(predicates_.size())], objects_[Below(objects_.size())], graphs_[Below(graphs_.size())]};
  }

  void Change() {
    if (tx_ == nullptr) tx_ = store_->Begin();
    // Grows and shrinks by turns.
    const bool shrink = commits / 60 % 2 == 1;
    if (Below(10) < (shrink ? 6u : 2u) && !working_.empty()) {
      const auto it = working_.lower_bound(RandomQuad());
      const IdQuad quad = it == working_.end() ? RandomQuad() : *it;
      EXPECT_TRUE(tx_->Remove(quad).ok());
      working_.erase(quad);
    } else {
      const IdQuad quad = RandomQuad();
      EXPECT_TRUE(tx_->Insert(quad).ok());
      working_.insert(quad);
    }
  }

  void Commit() {
    if (tx_ == nullptr) return;
    ASSERT_TRUE(tx_->Commit().ok());
    std::vector<IdQuad> came, went;
    std::set_difference(working_.begin(), working_.end(), committed_->begin(), committed_->end(), std::back_inserter(came));
    std::set_difference(committed_->begin(), committed_->end(), working_.begin(), working_.end(), std::back_inserter(went));
    EXPECT_EQ(tx_->changed().inserted, came.size());
    EXPECT_EQ(tx_->changed().removed, went.size());
    tx_.reset();
    committed_ = std::make_shared<Quads>(working_);
    ++commits;
  }

  void Abandon() {
    tx_.reset();
    working_ = *committed_;
  }

  void Hold() {
    held_.push_back({store_->GetSnapshot(), committed_});
    if (held_.size() > 6) held_.erase(held_.begin() + static_cast<std::ptrdiff_t>(Below(held_.size() - 1)));
  }

  Held Pick() {
    if (!held_.empty() && Below(2) == 0) return held_[Below(held_.size())];
    return {store_->GetSnapshot(), committed_};
  }

  IdPattern RandomPattern(const Quads& quads) {
    IdQuad quad = RandomQuad();
    if (const auto it = quads.lower_bound(quad); it != quads.end() && Below(4) != 0) quad = *it;
    IdPattern pattern;
    if (Below(2) == 0) pattern.subject = quad.subject;
    if (Below(2) == 0) pattern.predicate = quad.predicate;
    if (Below(2) == 0) pattern.object = quad.object;
    pattern.graph = quad.graph;
    pattern.graphs = static_cast<Graphs>(Below(3));
    return pattern;
  }

  static std::vector<IdQuad> Read(const Snapshot& snapshot, const IdPattern& pattern, Order order) {
    std::vector<IdQuad> quads;
    const auto cursor = snapshot.Scan(pattern, order);
    EXPECT_TRUE(cursor.ok()) << cursor.status();
    for (IdBatch batch; cursor.ok() && (*cursor)->Next(batch).ok() && batch.size > 0;) {
      for (size_t i = 0; i < batch.size; ++i) quads.push_back({batch.subject[i], batch.predicate[i], batch.object[i], batch.graph[i]});
    }
    return quads;
  }

  void CheckOrder(const Held& held, const IdPattern& pattern, Order order, const char* columns) {
    std::vector<IdQuad> expected;
    std::copy_if(held.quads->begin(), held.quads->end(), std::back_inserter(expected), [&](const IdQuad& q) { return Matches(q, pattern); });
    std::sort(expected.begin(), expected.end(), [&](const IdQuad& a, const IdQuad& b) { return Before(a, b, columns); });
    const std::vector<IdQuad> read = Read(*held.snapshot, pattern, order);
    EXPECT_TRUE(read == expected) << "order " << columns << ": " << read.size() << " quads read, " << expected.size() << " expected";
    EXPECT_EQ(*held.snapshot->Count(pattern), expected.size());
    EXPECT_EQ(*held.snapshot->Count(pattern, 5), std::min<size_t>(expected.size(), 5));
  }

  void Check(const Held& held) {
    ++checks;
    EXPECT_EQ(held.snapshot->size(), held.quads->size());
    const auto& [order, columns] = kOrders[Below(7)];
    CheckOrder(held, RandomPattern(*held.quads), order, columns);
  }

  void Whole(const Held& held) {
    IdPattern everything;
    everything.graphs = Graphs::kAny;
    for (const auto& [order, columns] : kOrders) CheckOrder(held, everything, order, columns);
  }

  void Join(const Held& held) {
    ++checks;
    const char column = "spog"[Below(4)];
    IdPattern pattern = RandomPattern(*held.quads);
    if (column == 'g') pattern.graphs = Graphs::kOne;
    std::vector<TermId> keys;
    for (int i = 0; i < 10; ++i) keys.push_back(Column(RandomQuad(), column));
    std::sort(keys.begin(), keys.end());
    std::vector<IdQuad> out;
    std::vector<uint32_t> origin;
    ASSERT_TRUE(held.snapshot->ScanMany(pattern, column, keys, out, origin).ok());
    std::vector<std::pair<uint32_t, IdQuad>> got, expected;
    for (size_t i = 0; i < out.size(); ++i) got.emplace_back(origin[i], out[i]);
    for (uint32_t i = 0; i < keys.size(); ++i) {
      (column == 's' ? pattern.subject : column == 'p' ? pattern.predicate : column == 'o' ? pattern.object : pattern.graph) = keys[i];
      for (const IdQuad& quad : *held.quads) {
        if (Matches(quad, pattern)) expected.emplace_back(i, quad);
      }
    }
    std::sort(got.begin(), got.end());
    std::sort(expected.begin(), expected.end());
    EXPECT_TRUE(got == expected) << "ScanMany by " << column << ": " << got.size() << " quads, " << expected.size() << " expected";
  }

  const std::string directory_;
  std::mt19937_64 random_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Transaction> tx_;
  std::vector<TermId> subjects_, predicates_, objects_, graphs_;
  Quads working_;
  std::shared_ptr<const Quads> committed_;
  std::deque<Held> held_;
};

TEST(Model, RandomOperationsAgreeWithSets) {
  const uint64_t seed = SeedOf("Model.RandomOperationsAgreeWithSets");
  SCOPED_TRACE(Cat("DOSSIER_SEED=", seed));
  const TempDir dir;
  Machine machine(dir.path(), seed);
  const int steps = Rounds(60'000, 1'000'000);
  for (int step = 0; step < steps; ++step) {
    machine.Step();
    ASSERT_FALSE(testing::Test::HasFailure()) << "step " << step;
  }
  machine.Finish();
  std::printf("%d steps: %llu commits, %llu checks, opened %llu times\n", steps, static_cast<unsigned long long>(machine.commits),
              static_cast<unsigned long long>(machine.checks), static_cast<unsigned long long>(machine.opens));
}

}  // namespace
}  // namespace dossier::graph
