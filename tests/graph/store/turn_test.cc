#include "graph/store/turn.h"

#include <atomic>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "graph/base/strings.h"
#include "graph/store/store.h"
#include "gtest/gtest.h"
#include "tests/graph/store/temp_dir.h"

namespace dossier::graph {
namespace {

TEST(Turn, ComesInTheOrderOfAsking) {
  Turn turn;
  turn.Acquire();
  std::vector<int> order;  // guarded by the turn
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&turn, &order, i] {
      turn.Acquire();
      order.push_back(i);
      turn.Release();
    });
    absl::SleepFor(absl::Milliseconds(30));  // until it waits
  }
  turn.Release();
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3, 4, 5}));
}

TEST(Turn, WhoGivesUpLeavesTheQueue) {
  Turn turn;
  turn.Acquire();
  EXPECT_FALSE(turn.AcquireBefore(absl::Now() - absl::Seconds(1)));
  std::atomic<bool> second_came = false;
  std::thread first([&] { EXPECT_FALSE(turn.AcquireBefore(absl::Now() + absl::Milliseconds(60))); });
  absl::SleepFor(absl::Milliseconds(20));
  std::thread second([&] {
    turn.Acquire();
    second_came = true;
    turn.Release();
  });
  first.join();
  EXPECT_FALSE(second_came);
  turn.Release();
  second.join();
  EXPECT_TRUE(second_came);
  EXPECT_TRUE(turn.AcquireBefore(absl::InfinitePast())) << "free: no deadline matters";
  turn.Release();
}

TEST(Turn, IsHeldByOneThread) {
  Turn turn;
  int64_t count = 0;  // guarded by the turn
  std::atomic<int64_t> granted = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&, i] {
      for (int k = 0; k < 2000; ++k) {
        if (!turn.AcquireBefore(absl::Now() + absl::Microseconds(i * 20))) continue;
        ++count;
        ++granted;
        turn.Release();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(count, granted.load());
  EXPECT_GT(count, 0);
}

Quad NumberedQuad(uint64_t n) { return Quad(Term::Iri(Cat("urn:s", n)), Term::Iri("urn:p"), Term::Literal(Cat("value ", n))); }

TEST(Turn, BeginGivesUpAtItsDeadline) {
  const TempDir dir;
  auto store = Store::Open(dir.path(), {});
  ASSERT_TRUE(store.ok()) << store.status();
  auto open = (*store)->Begin();
  ASSERT_TRUE(open->Insert(NumberedQuad(1)).ok());
  const absl::Time start = absl::Now();
  std::thread other([&] {
    const auto late = (*store)->Begin(start + absl::Milliseconds(50));
    EXPECT_EQ(late.status().code(), absl::StatusCode::kDeadlineExceeded) << late.status();
  });
  other.join();
  EXPECT_GE(absl::Now() - start, absl::Milliseconds(50));
  EXPECT_LT(absl::Now() - start, absl::Seconds(5));
  ASSERT_TRUE(open->Commit().ok());
  auto next = (*store)->Begin(absl::Now());
  ASSERT_TRUE(next.ok()) << next.status();
  ASSERT_TRUE((*next)->Insert(NumberedQuad(2)).ok());
  ASSERT_TRUE((*next)->Commit().ok());
  EXPECT_EQ((*store)->GetSnapshot()->size(), 2u);
}

TEST(Turn, BeginOfAReadOnlyStoreIsAStatus) {
  const TempDir dir;
  ASSERT_TRUE(Store::Open(dir.path(), {}).ok());
  auto store = Store::Open(dir.path(), {.read_only = true});
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_EQ((*store)->Begin(absl::InfiniteFuture()).status().code(), absl::StatusCode::kFailedPrecondition);
}

// A writer in a tight loop let nobody else write or fold: its next Begin() took the turn before those who waited woke up.
TEST(Turn, AWriterInALoopStarvesNobody) {
  const TempDir dir;
  auto store = Store::Open(dir.path(), {.background_fold = false});
  ASSERT_TRUE(store.ok()) << store.status();
  std::atomic<bool> stop = false;
  std::atomic<uint64_t> busy = 0;
  std::thread writer([&] {
    for (uint64_t n = 0; !stop; ++n) {
      const auto tx = (*store)->Begin();
      // Nearly all of the time is spent holding the turn.
      for (uint64_t k = 0; k < 200; ++k) EXPECT_TRUE(tx->Insert(NumberedQuad(n * 200 + k)).ok());
      // Otherwise dropped: no sync lets others in.
      if (n % 16 == 0) {
        EXPECT_TRUE(tx->Commit().ok());
      }
      ++busy;
    }
  });
  for (int i = 0; i < 20; ++i) {
    while (busy == 0) absl::SleepFor(absl::Milliseconds(1));
    const uint64_t before = busy;
    const auto tx = (*store)->Begin(absl::Now() + absl::Seconds(20));
    ASSERT_TRUE(tx.ok()) << tx.status();
    EXPECT_LE(busy - before, 3u) << "the writer went on while another waited";
  }
  for (int i = 0; i < 5; ++i) EXPECT_TRUE((*store)->Fold().ok());
  EXPECT_GT((*store)->Layout().folds, 0u);
  stop = true;
  writer.join();
}

}  // namespace
}  // namespace dossier::graph
