#include "query/exec/query_context.h"

#include "graph/base/strings.h"

namespace dossier::query {
namespace {

std::string HumanBytes(uint64_t bytes) {
  if (bytes >= uint64_t{1} << 20) return Cat(bytes >> 20, " MiB");
  if (bytes >= uint64_t{1} << 10) return Cat(bytes >> 10, " KiB");
  return Cat(bytes, " bytes");
}

}  // namespace

absl::Status QueryContext::CheckFor(std::chrono::nanoseconds needed) const {
  if (cancelled_ != nullptr && cancelled_->load(std::memory_order_relaxed)) {
    return Cancelled("the query was cancelled");
  }
  if (deadline_ == Clock::time_point::max()) return absl::OkStatus();
  if (Clock::now() + needed < deadline_) return absl::OkStatus();
  const auto limit = std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - start_).count();
  return DeadlineExceeded(Cat("the query took longer than its time limit of ", limit, " ms"));
}

absl::Status QueryContext::Charge(int64_t bytes, std::string_view what) {
  if (bytes <= 0) {
    memory_used_.fetch_sub(static_cast<uint64_t>(-bytes), std::memory_order_relaxed);
    return absl::OkStatus();
  }
  const auto amount = static_cast<uint64_t>(bytes);
  const uint64_t before = memory_used_.fetch_add(amount, std::memory_order_relaxed);
  if (amount <= memory_limit_ && before <= memory_limit_ - amount) return absl::OkStatus();
  // A refused charge is not kept: the caller will not allocate, and so will not give it back.
  memory_used_.fetch_sub(amount, std::memory_order_relaxed);
  return ResourceExhausted(
      Cat("the query needs more than its memory limit of ", HumanBytes(memory_limit_), " (", what, ")"));
}

}  // namespace dossier::query
