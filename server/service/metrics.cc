#include "server/service/metrics.h"

#include <algorithm>

#include "graph/base/strings.h"

namespace dossier::server {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"query", "update", "store", "other"};

void Head(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
  Append(out, "# HELP dossier_", name, " ", help, "\n# TYPE dossier_", name, " ", type, "\n");
}

template <typename N>
void Single(std::string& out, std::string_view name, std::string_view type, std::string_view help, N value) {
  Head(out, name, type, help);
  Append(out, "dossier_", name, " ", value, "\n");
}

}  // namespace

Metrics::Metrics() : start_(std::chrono::steady_clock::now()) {}

void Metrics::Count(Endpoint endpoint, int status, std::chrono::nanoseconds duration, uint64_t bytes) {
  Of& of = of_[static_cast<size_t>(endpoint)];
  ++of.by_class[static_cast<size_t>(std::clamp(status / 100, 0, 5))];
  const double seconds = std::chrono::duration<double>(duration).count();
  const auto bucket = std::lower_bound(kBuckets.begin(), kBuckets.end(), seconds) - kBuckets.begin();
  ++of.buckets[static_cast<size_t>(bucket)];
  of.nanoseconds += static_cast<uint64_t>(duration.count());
  bytes_ += bytes;
}

std::string Metrics::Render(const Gauges& gauges) const {
  std::string out;
  Head(out, "requests_total", "counter", "Requests answered, by endpoint and class of status.");
  for (size_t e = 0; e < kEndpoints; ++e) {
    for (size_t c = 2; c < kClasses; ++c) {
      Append(out, "dossier_requests_total{endpoint=\"", kNames[e], "\",status=\"", c, "xx\"} ", of_[e].by_class[c].load(), "\n");
    }
  }
  Head(out, "request_seconds", "histogram", "Time from the end of a request to the end of its answer.");
  for (size_t e = 0; e < kEndpoints; ++e) {
    uint64_t sum = 0;
    for (size_t b = 0; b <= kBuckets.size(); ++b) {
      sum += of_[e].buckets[b].load();
      const std::string le = b < kBuckets.size() ? Cat(kBuckets[b]) : "+Inf";
      Append(out, "dossier_request_seconds_bucket{endpoint=\"", kNames[e], "\",le=\"", le, "\"} ", sum, "\n");
    }
    const double seconds = static_cast<double>(of_[e].nanoseconds.load()) / 1e9;
    Append(out, "dossier_request_seconds_sum{endpoint=\"", kNames[e], "\"} ", seconds, "\n");
    Append(out, "dossier_request_seconds_count{endpoint=\"", kNames[e], "\"} ", sum, "\n");
  }
  Single(out, "response_bytes_total", "counter", "Bytes of answers, heads included.", bytes_.load());
  Single(out, "connections_accepted_total", "counter", "Connections accepted.", connections_accepted.load());
  Single(out, "connections_refused_total", "counter", "Connections over the limit.", connections_refused.load());
  Single(out, "overloaded_total", "counter", "Requests told 503 because too many ran and waited.", overloaded.load());
  Single(out, "malformed_total", "counter", "Connections closed because of what was no HTTP request.", malformed.load());
  Single(out, "cancelled_total", "counter", "Requests whose client went before the answer.", cancelled.load());
  Single(out, "connections", "gauge", "Open connections.", gauges.connections);
  Single(out, "queries_running", "gauge", "Queries that run.", gauges.queries_running);
  Single(out, "queries_waiting", "gauge", "Queries that wait for their turn.", gauges.queries_waiting);
  Single(out, "updates_waiting", "gauge", "Updates that wait for their turn.", gauges.updates_waiting);
  Single(out, "quads", "gauge", "Quads in the store.", gauges.quads);
  Single(out, "uptime_seconds", "gauge", "Seconds since the start.",
         std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count());
  return out;
}

}  // namespace dossier::server
