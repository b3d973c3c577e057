// Counters of a server, and their Prometheus text form (/metrics).
//
//   metrics.Count(Endpoint::kQuery, 200, duration, bytes);
//
// Thread-safe.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace dossier::server {

enum class Endpoint : uint8_t { kQuery, kUpdate, kStore, kOther };

class Metrics {
 public:
  // Seconds; a last bucket takes the rest.
  static constexpr std::array<double, 10> kBuckets = {0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60};

  Metrics();
  void Count(Endpoint endpoint, int status, std::chrono::nanoseconds duration, uint64_t bytes);

  // What the server knows besides.
  struct Gauges {
    uint64_t connections = 0, queries_running = 0, queries_waiting = 0, updates_waiting = 0, quads = 0;
  };
  std::string Render(const Gauges& gauges) const;

  std::atomic<uint64_t> connections_accepted{0};
  std::atomic<uint64_t> connections_refused{0};  // over the limit
  std::atomic<uint64_t> overloaded{0};           // told 503 because all lanes were full
  std::atomic<uint64_t> malformed{0};            // what was no HTTP request
  std::atomic<uint64_t> cancelled{0};            // the client went before its answer was made

 private:
  static constexpr size_t kEndpoints = 4, kClasses = 6;
  struct Of {
    std::array<std::atomic<uint64_t>, kClasses> by_class{};
    std::array<std::atomic<uint64_t>, kBuckets.size() + 1> buckets{};
    std::atomic<uint64_t> nanoseconds{0};
  };
  std::array<Of, kEndpoints> of_;
  std::atomic<uint64_t> bytes_{0};
  std::chrono::steady_clock::time_point start_;
};

}  // namespace dossier::server
