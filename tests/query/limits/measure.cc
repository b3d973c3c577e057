// Measures how far beyond its limits a pathological query goes: each runs in a process of its own on a store on disk.
//
//   dossier_query_limits [SECONDS] [MIB]         defaults: 1 256; exit code 1 when one exceeds 1.1 x a limit or does not name an operator
//
// Prints time, the growth of the resident set's peak, and the error. Only with an otherwise idle machine are the times those of the engine;
// CPU time is shown beside them.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "graph/store/store.h"
#include "query/engine.h"
#include "tests/query/limits/pathological.h"

namespace dossier::query {
namespace {

// A line of /proc/self/status in KiB.
long StatusKib(std::string_view key) {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(key)) return std::atol(line.c_str() + key.size());
  }
  return 0;
}

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

absl::Status RunToTheEnd(const Engine& engine, const std::string& text, const QueryOptions& options) {
  ASSIGN_OR_RETURN(const auto result, engine.Run(text, options));
  if (result->form() == ResultForm::kAsk) return result->Boolean().status();
  if (result->form() == ResultForm::kGraph) {
    for (std::vector<graph::Triple> triples;;) {
      RETURN_IF_ERROR(result->NextTriples(triples));
      if (triples.empty()) return absl::OkStatus();
    }
  }
  for (ResultRows rows;;) {
    RETURN_IF_ERROR(result->Next(rows));
    if (rows.rows.empty()) return absl::OkStatus();
  }
}

// In the child process. Returns its exit code.
int RunOne(const std::string& directory, const PathologicalQuery& query, double seconds, long mib) {
  const auto store = graph::Store::Open(directory, {.read_only = true, .cache_bytes = 8u << 20});
  if (!store.ok()) return 2;
  const Engine engine(**store);
  QueryOptions options;
  options.timeout = std::chrono::milliseconds(static_cast<int64_t>(seconds * 1000));
  options.memory_limit = static_cast<uint64_t>(mib) << 20;
  std::ofstream("/proc/self/clear_refs") << "5";  // the peak is counted from here
  const long before = StatusKib("VmRSS:");
  const double cpu = CpuSeconds();
  const auto start = std::chrono::steady_clock::now();
  const absl::Status status = RunToTheEnd(engine, query.text, options);
  const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const double grown = static_cast<double>(StatusKib("VmHWM:") - before) / 1024;
  const std::string message = MessageOf(status);
  const size_t colon = message.find(": the query ");
  const bool limit = absl::IsDeadlineExceeded(status) || absl::IsResourceExhausted(status);
  const bool named = limit && (colon != std::string::npos || message.find('(') != std::string::npos || message.starts_with("GROUP_CONCAT"));
  const bool good = named && took <= 1.1 * seconds && grown <= 1.1 * static_cast<double>(mib);
  std::printf("%s  %6.3f s  %6.3f s cpu  %7.1f MiB  %-45s %s\n", good ? "ok  " : "FAIL", took, CpuSeconds() - cpu, grown, query.name.c_str(),
              status.ok() ? "(ended by itself)" : message.c_str());
  std::fflush(stdout);
  return good ? 0 : 1;
}

int Main(double seconds, long mib) {
  const std::string directory = (std::filesystem::temp_directory_path() / Cat("dossier_limits_", ::getpid())).string();
  {
    const auto store = graph::Store::Open(directory, {});
    if (!store.ok()) return 2;
    const auto transaction = (*store)->Begin();
    for (const graph::Quad& quad : PathologicalData()) {
      if (!transaction->Insert(quad).ok()) return 2;
    }
    if (!transaction->Commit().ok()) return 2;
  }
  int failures = 0, count = 0;
  for (const PathologicalQuery& query : ReadPathological()) {
    ++count;
    const pid_t child = fork();
    if (child == 0) std::_Exit(RunOne(directory, query, seconds, mib));
    int status = 0;
    waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) ++failures;
    if (!WIFEXITED(status)) std::printf("FAIL  %s: killed\n", query.name.c_str());
  }
  std::filesystem::remove_all(directory);
  std::printf("%d queries, %d beyond 1.1 x %.1f s or 1.1 x %ld MiB, or without a named operator\n", count, failures, seconds, mib);
  return failures == 0 ? 0 : 1;
}

}  // namespace
}  // namespace dossier::query

int main(int argc, char** argv) {
  return dossier::query::Main(argc > 1 ? std::atof(argv[1]) : 1.0, argc > 2 ? std::atol(argv[2]) : 256);
}
