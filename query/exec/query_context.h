// What every query runs under: deadline, cancellation, memory budget (STYLE.md §13), and the constants of one execution.
//
// Loops over data call Check() at least every 1,024 rows; containers that grow with data charge the budget. Check() and Charge() may be
// called from any thread; the rest is set before execution.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "graph/base/status.h"

namespace dossier::query {

class QueryContext {
 public:
  using Clock = std::chrono::steady_clock;

  QueryContext() : start_(Clock::now()), wall_start_(std::chrono::system_clock::now()) {}
  QueryContext(const QueryContext&) = delete;

  void SetTimeout(std::chrono::nanoseconds timeout) { deadline_ = start_ + timeout; }
  void SetMemoryLimit(uint64_t bytes) { memory_limit_ = bytes; }
  // Borrowed; set to true by another thread or a signal handler to stop the query.
  void SetCancellationFlag(const std::atomic<bool>* flag) { cancelled_ = flag; }

  // Cancelled or DeadlineExceeded with a message for users, else OK.
  absl::Status Check() const { return CheckFor(std::chrono::nanoseconds(0)); }
  // Before a step that cannot be interrupted and will take about `needed`: as if it were over.
  absl::Status CheckFor(std::chrono::nanoseconds needed) const;
  // Adds to (or with a negative number takes from) the memory in use; ResourceExhausted over the limit, naming `what` ("hash join").
  absl::Status Charge(int64_t bytes, std::string_view what);
  // The time until the deadline; nothing when there is none.
  std::optional<std::chrono::nanoseconds> time_left() const {
    if (deadline_ == Clock::time_point::max()) return std::nullopt;
    return deadline_ - Clock::now();
  }
  uint64_t memory_used() const { return memory_used_.load(std::memory_order_relaxed); }

  // NOW(): one instant for the whole query.
  std::chrono::system_clock::time_point now() const { return wall_start_; }

 private:
  Clock::time_point start_;
  std::chrono::system_clock::time_point wall_start_;
  Clock::time_point deadline_ = Clock::time_point::max();
  uint64_t memory_limit_ = std::numeric_limits<uint64_t>::max();
  std::atomic<uint64_t> memory_used_{0};
  const std::atomic<bool>* cancelled_ = nullptr;
};

}  // namespace dossier::query
