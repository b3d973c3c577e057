// Whose turn it is to write: one at a time, in the order of asking, so that nobody waits for ever. Internal to graph/store.
//
//   turn.Acquire();  ...  turn.Release();
//   if (!turn.AcquireBefore(absl::Now() + absl::Seconds(2))) return DeadlineExceeded(...);
//
// Whoever gives up leaves the queue. Release() hands the turn to the first who waits, so that a thread in a tight loop cannot take it
// again over the heads of others. It may be released by another thread than the one that acquired it. Thread-safe.
#pragma once

#include <condition_variable>
#include <list>
#include <mutex>

#include "absl/time/time.h"

namespace dossier::graph {

class Turn {
 public:
  void Acquire() { AcquireBefore(absl::InfiniteFuture()); }
  // Whether the turn came before the deadline; a deadline in the past: whether it is free and nobody waits.
  bool AcquireBefore(absl::Time deadline);
  void Release();

 private:
  struct Waiter {
    std::condition_variable came;
    bool has_turn = false;
  };
  std::mutex mutex_;
  bool taken_ = false;
  std::list<Waiter> waiting_;  // not empty only while taken
};

}  // namespace dossier::graph
