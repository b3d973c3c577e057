// Looks at the limits of a query now and then in a loop whose steps take nanoseconds or, with long values, milliseconds.
//
//   Ticker ticker(context);
//   for (...) { RETURN_IF_ERROR(ticker.Tick()); ... }
//
// The clock is read about every millisecond: the number of steps between two looks follows the time they took.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "query/exec/query_context.h"

namespace dossier::query {

class Ticker {
 public:
  explicit Ticker(const QueryContext& context) : context_(context), last_(QueryContext::Clock::now()) {}

  absl::Status Tick() { return --left_ > 0 ? absl::OkStatus() : Look(); }
  // Before a loop: the time since the last step was not spent here.
  void Restart() {
    last_ = QueryContext::Clock::now();
    left_ = 1;
  }

 private:
  absl::Status Look() {
    const QueryContext::Clock::time_point now = QueryContext::Clock::now();
    const auto took = now - last_;
    last_ = now;
    if (took < std::chrono::microseconds(500)) {
      step_ = std::min<int64_t>(kMaxSteps, 2 * step_);
    } else if (took > std::chrono::milliseconds(2)) {
      step_ = std::max<int64_t>(1, step_ / 8);
    }
    left_ = step_;
    return context_.Check();
  }

  static constexpr int64_t kMaxSteps = 4096;
  const QueryContext& context_;
  QueryContext::Clock::time_point last_;
  int64_t step_ = 1, left_ = 1;
};

}  // namespace dossier::query
