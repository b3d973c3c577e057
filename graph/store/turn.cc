#include "graph/store/turn.h"

#include <chrono>

#include "absl/time/clock.h"

namespace dossier::graph {

bool Turn::AcquireBefore(absl::Time deadline) {
  std::unique_lock lock(mutex_);
  if (!taken_) {
    taken_ = true;
    return true;
  }
  const absl::Duration longest = deadline - absl::Now();
  if (longest <= absl::ZeroDuration()) return false;
  const auto me = waiting_.emplace(waiting_.end());
  const auto came = [me] { return me->has_turn; };
  // By the steady clock: a clock that is set must not make anybody wait longer.
  if (longest > absl::Hours(24 * 365)) {
    me->came.wait(lock, came);
  } else {
    me->came.wait_until(lock, std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(longest), came);
  }
  const bool has_turn = me->has_turn;
  waiting_.erase(me);
  return has_turn;
}

void Turn::Release() {
  const std::lock_guard lock(mutex_);
  if (waiting_.empty()) {
    taken_ = false;
    return;
  }
  // It takes itself off the list when it wakes, which is before anybody can release the turn again.
  waiting_.front().has_turn = true;
  waiting_.front().came.notify_one();
}

}  // namespace dossier::graph
