// Writers move money between accounts; the sum stays. Readers must see that sum in every snapshot, in every order, while folds go on.
#include <atomic>
#include <random>
#include <thread>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "gtest/gtest.h"
#include "tests/graph/store/temp_dir.h"
#include "tests/stress/store_state.h"

namespace dossier::graph {
namespace {

constexpr int kAccounts = 80;
constexpr int64_t kEach = 1000;
constexpr Order kOrders[] = {Order::kSpo, Order::kSop, Order::kPso, Order::kPos, Order::kOsp, Order::kOps, Order::kGspo};

Term Account(uint64_t n) { return Term::Iri(Cat("urn:account", n)); }
Term Amount(int64_t value) { return Term::Literal(Cat(value), std::string(xsd::kInteger)); }
const Term& Balance() {
  static const Term* const balance = new Term(Term::Iri("urn:balance"));
  return *balance;
}

class Bank {
 public:
  explicit Bank(const std::string& directory) {
    auto opened = Store::Open(directory, {.fold_at = 200});
    EXPECT_TRUE(opened.ok()) << opened.status();
    store_ = *std::move(opened);
    const auto tx = store_->Begin();
    for (uint64_t i = 0; i < kAccounts; ++i) {
      EXPECT_TRUE(tx->Insert(Quad(Account(i), Balance(), Amount(kEach), Term::Iri(Cat("urn:branch", i % 4)))).ok());
      // Other statements around, so that the balances are spread over blocks.
      for (int k = 0; k < 20; ++k) {
        EXPECT_TRUE(tx->Insert(Quad(Account(i), Term::Iri(Cat("urn:note", k)), Term::Literal(Cat("a remark ", i * 20 + k)))).ok());
      }
    }
    EXPECT_TRUE(tx->Commit().ok());
    const auto snapshot = store_->GetSnapshot();
    balance_ = *snapshot->Find(Balance());
    for (uint64_t i = 0; i < kAccounts; ++i) accounts_.push_back(*snapshot->Find(Account(i)));
  }

  Store& store() { return *store_; }
  IdPattern Balances() const {
    IdPattern pattern;
    pattern.predicate = balance_;
    pattern.graphs = IdPattern::Graphs::kAnyNamed;
    return pattern;
  }

  // The sum over an order, or over an index join; -1 and a failure when the number of balances is wrong.
  int64_t SumByScan(const Snapshot& snapshot, Order order, bool everything) const {
    IdPattern pattern = Balances();
    if (everything) pattern.predicate = TermId();
    const auto cursor = snapshot.Scan(pattern, order);
    std::vector<TermId> amounts;
    for (IdBatch batch; cursor.ok() && (*cursor)->Next(batch).ok() && batch.size > 0;) {
      for (size_t i = 0; i < batch.size; ++i) {
        if (batch.predicate[i] == balance_) amounts.push_back(batch.object[i]);
      }
    }
    return Sum(snapshot, amounts);
  }
  int64_t SumByJoin(const Snapshot& snapshot) const {
    std::vector<IdQuad> quads;
    std::vector<uint32_t> origin;
    std::vector<TermId> keys = accounts_;
    std::sort(keys.begin(), keys.end());
    EXPECT_TRUE(snapshot.ScanMany(Balances(), 's', keys, quads, origin).ok());
    std::vector<TermId> amounts;
    for (const IdQuad& quad : quads) amounts.push_back(quad.object);
    return Sum(snapshot, amounts);
  }

  // Moves 1 to 100 between two accounts. `balances` are what the caller knows them to be, when it is the only writer.
  absl::Status Move(std::mt19937_64& random, std::vector<int64_t>& balances) {
    const uint64_t from = random() % kAccounts, to = (from + 1 + random() % (kAccounts - 1)) % kAccounts;
    const int64_t amount = 1 + static_cast<int64_t>(random() % 100);
    const auto tx = store_->Begin();
    for (const auto& [account, change] : {std::pair(from, -amount), std::pair(to, amount)}) {
      const Term graph = Term::Iri(Cat("urn:branch", account % 4));
      RETURN_IF_ERROR(tx->Remove(Quad(Account(account), Balance(), Amount(balances[account]), graph)));
      balances[account] += change;
      RETURN_IF_ERROR(tx->Insert(Quad(Account(account), Balance(), Amount(balances[account]), graph)));
    }
    return tx->Commit();
  }

 private:
  static int64_t Sum(const Snapshot& snapshot, const std::vector<TermId>& amounts) {
    EXPECT_EQ(amounts.size(), size_t{kAccounts});
    std::vector<Term> terms;
    EXPECT_TRUE(snapshot.Decode(amounts, terms).ok());
    int64_t sum = 0;
    for (const Term& term : terms) sum += std::atoll(term.value().c_str());
    return amounts.size() == size_t{kAccounts} ? sum : -1;
  }

  std::unique_ptr<Store> store_;
  TermId balance_;
  std::vector<TermId> accounts_;
};

TEST(Readers, SeeAConstantSumUnderAWriter) {
  const uint64_t seed = SeedOf("Readers.SeeAConstantSumUnderAWriter");
  SCOPED_TRACE(Cat("DOSSIER_SEED=", seed));
  const TempDir dir;
  Bank bank(dir.path());
  std::atomic<bool> stop = false;
  std::atomic<uint64_t> reads = 0;
  std::vector<std::thread> threads;
  for (uint64_t reader = 0; reader < 3; ++reader) {
    threads.emplace_back([&, reader] {
      std::mt19937_64 random(seed + reader);
      std::shared_ptr<const Snapshot> old = bank.store().GetSnapshot();
      while (!stop && !testing::Test::HasFailure()) {
        // Now and then a snapshot that is some folds old.
        std::shared_ptr<const Snapshot> snapshot = random() % 4 == 0 ? old : bank.store().GetSnapshot();
        const Order order = kOrders[random() % 7];
        EXPECT_EQ(bank.SumByScan(*snapshot, order, random() % 4 == 0), kAccounts * kEach) << "order " << static_cast<int>(order);
        EXPECT_EQ(bank.SumByJoin(*snapshot), kAccounts * kEach);
        EXPECT_EQ(*snapshot->Count(bank.Balances()), uint64_t{kAccounts});
        EXPECT_EQ(snapshot->size(), uint64_t{kAccounts * 21});
        if (random() % 50 == 0) old = std::move(snapshot);
        ++reads;
      }
    });
  }
  std::thread folder([&] {
    while (!stop) {
      EXPECT_TRUE(bank.store().Fold().ok());
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  });
  std::mt19937_64 random(seed);
  std::vector<int64_t> balances(kAccounts, kEach);
  const int moves = Rounds(400, 30'000);
  for (int i = 0; i < moves && !testing::Test::HasFailure(); ++i) {
    const absl::Status status = bank.Move(random, balances);
    ASSERT_TRUE(status.ok()) << status;
  }
  stop = true;
  for (std::thread& thread : threads) thread.join();
  folder.join();
  std::printf("%d moves, %llu reads, %llu folds\n", moves, static_cast<unsigned long long>(reads.load()),
              static_cast<unsigned long long>(bank.store().Layout().folds));
  EXPECT_GT(reads, 20u);
  EXPECT_TRUE(CheckSnapshot(*bank.store().GetSnapshot()).ok());
}

// Several writers at once (group commit), each with accounts of its own: all commits arrive.
TEST(Readers, SeeAConstantSumUnderSeveralWriters) {
  const uint64_t seed = SeedOf("Readers.SeeAConstantSumUnderSeveralWriters");
  SCOPED_TRACE(Cat("DOSSIER_SEED=", seed));
  const TempDir dir;
  Bank bank(dir.path());
  constexpr uint64_t kWriters = 4;
  std::atomic<uint64_t> running = kWriters;
  std::vector<std::thread> threads;
  std::vector<std::vector<int64_t>> balances(kWriters, std::vector<int64_t>(kAccounts, kEach));
  for (uint64_t writer = 0; writer < kWriters; ++writer) {
    threads.emplace_back([&, writer] {
      std::mt19937_64 random(seed + writer);
      for (int i = 0; i < Rounds(200, 3000); ++i) {
        const uint64_t from = writer + kWriters * (random() % (kAccounts / kWriters));
        const uint64_t to = writer + kWriters * (random() % (kAccounts / kWriters));
        if (from == to) continue;
        const auto tx = bank.store().Begin();
        for (const auto& [account, change] : {std::pair(from, int64_t{-7}), std::pair(to, int64_t{7})}) {
          const Term graph = Term::Iri(Cat("urn:branch", account % 4));
          EXPECT_TRUE(tx->Remove(Quad(Account(account), Balance(), Amount(balances[writer][account]), graph)).ok());
          balances[writer][account] += change;
          EXPECT_TRUE(tx->Insert(Quad(Account(account), Balance(), Amount(balances[writer][account]), graph)).ok());
        }
        EXPECT_TRUE(tx->Commit().ok());
        EXPECT_EQ(tx->changed().inserted, 2u);
        EXPECT_EQ(tx->changed().removed, 2u);
        // What was acknowledged is visible.
        const auto snapshot = bank.store().GetSnapshot();
        IdPattern pattern = bank.Balances();
        pattern.subject = *snapshot->Find(Account(from));
        pattern.object = *snapshot->Find(Amount(balances[writer][from]));
        EXPECT_EQ(*snapshot->Count(pattern), 1u);
      }
      --running;
    });
  }
  while (running > 0) {
    const auto snapshot = bank.store().GetSnapshot();
    EXPECT_EQ(bank.SumByScan(*snapshot, Order::kPos, false), kAccounts * kEach);
    EXPECT_EQ(bank.SumByScan(*snapshot, Order::kGspo, true), kAccounts * kEach);
  }
  for (std::thread& thread : threads) thread.join();
  const absl::Status status = CheckSnapshot(*bank.store().GetSnapshot());
  EXPECT_TRUE(status.ok()) << status;
}

// Several writers that read before they write: each reads a counter through its transaction and adds one. None may be lost, though a
// transaction begins before the one before it is on disk.
TEST(Readers, LoseNoUpdate) {
  const TempDir dir;
  auto opened = Store::Open(dir.path(), {.fold_at = 50});
  ASSERT_TRUE(opened.ok()) << opened.status();
  Store& store = **opened;
  const Term counter = Term::Iri("urn:counter"), value = Term::Iri("urn:value");
  {
    const auto tx = store.Begin();
    ASSERT_TRUE(tx->Insert(Quad(counter, value, Amount(0))).ok());
    ASSERT_TRUE(tx->Commit().ok());
  }
  constexpr int kWriters = 4;
  const int each = Rounds(100, 2000);
  const auto add_one = [&] {
    const auto tx = store.Begin();
    const auto snapshot = tx->GetSnapshot();
    IdPattern pattern;
    pattern.subject = *snapshot->Find(counter);
    const auto cursor = snapshot->Scan(pattern, Order::kSpo);
    IdBatch batch;
    ASSERT_TRUE((*cursor)->Next(batch).ok());
    ASSERT_EQ(batch.size, 1u);
    std::vector<Term> terms;
    ASSERT_TRUE(snapshot->Decode({batch.object.data(), 1}, terms).ok());
    ASSERT_TRUE(tx->Remove(Quad(counter, value, terms[0])).ok());
    ASSERT_TRUE(tx->Insert(Quad(counter, value, Amount(std::atoll(terms[0].value().c_str()) + 1))).ok());
    ASSERT_TRUE(tx->Commit().ok());
  };
  std::vector<std::thread> threads;
  for (int writer = 0; writer < kWriters; ++writer) {
    threads.emplace_back([&] {
      for (int i = 0; i < each && !testing::Test::HasFailure(); ++i) add_one();
    });
  }
  for (std::thread& thread : threads) thread.join();
  const auto snapshot = store.GetSnapshot();
  EXPECT_EQ(snapshot->size(), 1u);
  IdPattern pattern;
  pattern.object = *snapshot->Find(Amount(kWriters * each));
  EXPECT_EQ(*snapshot->Count(pattern), 1u);
}

}  // namespace
}  // namespace dossier::graph
