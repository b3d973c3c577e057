// What many bulk loads do to a store: speed of loading, of finding terms and of decoding after every tenth.
//
//   dossier_loads_bench LOADS TRIPLES      LOADS times TRIPLES triples of its own making, into a new database under $TMPDIR
//
// Every load brings entities of its own that link to those of all loads before. Seconds are of processor time, all threads together. A line per tenth of the work:
// vocabularies; seconds of the loads since the line before; microseconds to find a term that is there, and one that is not; millions of terms
// decoded a second in ascending order of id; `verify` at the end.
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include "graph/base/strings.h"
#include "graph/store/bulk_load.h"
#include "graph/store/maintenance.h"
#include "graph/store/store.h"

namespace {

using namespace dossier;
using namespace dossier::graph;

double CpuSeconds() {
  struct timespec now {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <typename T>
T OrDie(absl::StatusOr<T> value) {
  if (!value.ok()) {
    std::fprintf(stderr, "%s\n", value.status().ToString().c_str());
    std::exit(1);
  }
  return *std::move(value);
}

std::string Entity(size_t n) { return Cat("http://example.org/entity/Entity_Number_", n); }

void WriteLoad(const std::string& path, size_t load, size_t triples) {
  std::mt19937_64 random(load);
  const size_t own = triples / 4, first = load * own;
  std::ofstream out(path);
  for (size_t i = 0; i < triples; ++i) {
    const std::string subject = Entity(first + i / 4);
    switch (i % 4) {
      case 0: out << Cat("<", subject, "> <http://www.w3.org/2000/01/rdf-schema#label> \"Entity number ", first + i / 4, "\"@en .\n"); break;
      case 1: out << Cat("<", subject, "> <http://example.org/population> \"", random() % 1000000, "\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n"); break;
      default: out << Cat("<", subject, "> <http://example.org/relation_", random() % 40, "> <", Entity(random() % (first + own)), "> .\n");
    }
  }
}

void Measure(const Snapshot& snapshot, size_t entities, size_t vocabularies, double load_seconds) {
  constexpr size_t kTerms = 20000;
  std::mt19937_64 random(3);
  std::vector<Term> there, absent;
  for (size_t i = 0; i < kTerms; ++i) {
    there.push_back(Term::Iri(Entity(random() % entities)));
    absent.push_back(Term::Iri(Entity(random() % entities) + "_x"));
  }
  std::vector<TermId> ids;
  const auto find = [&](const std::vector<Term>& terms, bool expected) {
    for (const Term& term : terms) {  // first round: into the cache
      const TermId id = OrDie(snapshot.Find(term));
      if (id.is_bound() != expected) std::exit(2);
      if (expected) ids.push_back(id);
    }
    const double begin = CpuSeconds();
    for (const Term& term : terms) (void)OrDie(snapshot.Find(term));
    return 1e6 * (CpuSeconds() - begin) / kTerms;
  };
  const double there_us = find(there, true), absent_us = find(absent, false);
  // All subjects, ascending.
  ids.clear();
  const auto cursor = OrDie(snapshot.Scan({}, Order::kSpo));
  for (IdBatch batch;;) {
    if (!cursor->Next(batch).ok()) std::exit(1);
    if (batch.size == 0) break;
    ids.insert(ids.end(), batch.subject.begin(), batch.subject.begin() + static_cast<std::ptrdiff_t>(batch.size));
  }
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  const double begin = CpuSeconds();
  std::vector<Term> terms;
  for (size_t i = 0; i < ids.size(); i += 2048) {
    if (!snapshot.Decode({ids.data() + i, std::min<size_t>(2048, ids.size() - i)}, terms).ok()) std::exit(1);
  }
  std::printf("%4zu vocabularies  loads %6.2f s  find %6.2f us  absent %6.2f us  decode %5.2f M/s of %zu\n", vocabularies, load_seconds, there_us,
              absent_us, 1e-6 * static_cast<double>(ids.size()) / (CpuSeconds() - begin), ids.size());
  std::fflush(stdout);
}

void Run(const std::string& directory, size_t loads, size_t triples) {
  {
    const auto store = OrDie(Store::Open(directory + "/db", {}));
    double seconds = 0;
    for (size_t load = 0; load < loads; ++load) {
      const BulkLoadFile file{.path = directory + "/load.nt", .format = RdfFormat::kNTriples};
      WriteLoad(file.path, load, triples);
      const double begin = CpuSeconds();
      OrDie(BulkLoad(*store, {&file, 1}, {}));
      seconds += CpuSeconds() - begin;
      if (load > 0 && (load + 1) % std::max<size_t>(1, loads / 10) != 0) continue;
      Measure(*store->GetSnapshot(), (load + 1) * (triples / 4), store->Layout().vocabularies, seconds);
      seconds = 0;
    }
  }
  const VerifyReport report = OrDie(VerifyDatabase(directory + "/db", {}));
  std::printf("verify: %llu quads, %llu terms, %zu problems\n", static_cast<unsigned long long>(report.quads),
              static_cast<unsigned long long>(report.terms), report.problems.size());
  for (const std::string& problem : report.problems) std::printf("PROBLEM %s\n", problem.c_str());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: %s LOADS TRIPLES\n", argv[0]);
    return 2;
  }
  std::string directory = (std::filesystem::temp_directory_path() / "loads-bench-XXXXXX").string();
  if (mkdtemp(directory.data()) == nullptr) return 1;
  Run(directory, std::strtoull(argv[1], nullptr, 10), std::strtoull(argv[2], nullptr, 10));
  std::filesystem::remove_all(directory);
  return 0;
}
