// Figures of the quad store: bulk load, scans, lookups, counts, decoding, commits. Prints one line each.
//
//   dossier_store_bench FILE        loads FILE (.nt .nq .ttl .trig, .gz .zst) into a new database under $TMPDIR
//   dossier_store_bench N           the same with N triples of its own making
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

#include "graph/base/strings.h"
#include "graph/store/bulk_load.h"
#include "graph/store/maintenance.h"
#include "graph/store/store.h"

namespace {

using namespace dossier;
using namespace dossier::graph;
using Clock = std::chrono::steady_clock;

double CpuSeconds() {
  struct timespec now {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double Since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

void Report(const std::string& what, double count, const char* unit, double seconds) {
  std::printf("%-34s %10.0f %-8s %9.4f s  %13.0f /s\n", what.c_str(), count, unit, seconds, count / seconds);
  std::fflush(stdout);
}

template <typename T>
T OrDie(absl::StatusOr<T> value) {
  if (!value.ok()) {
    std::fprintf(stderr, "%s\n", value.status().ToString().c_str());
    std::exit(1);
  }
  return *std::move(value);
}

void OrDie(const absl::Status& status) {
  if (!status.ok()) OrDie<int>(status);
}

uint64_t PeakMegabytes() {
  struct rusage usage {};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<uint64_t>(usage.ru_maxrss) / 1024;
}

// Entities with labels, numbers and links, as a knowledge graph has them.
void WriteTriples(const std::string& path, size_t triples) {
  std::mt19937_64 random(1);
  std::ofstream out(path);
  std::string line;
  for (size_t i = 0; i < triples; ++i) {
    line.clear();
    Append(line, "<http://example.org/entity/Entity_Number_", i / 8, "> ");
    switch (i % 8) {
      case 0: Append(line, "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/class/Class", random() % 40, ">"); break;
      case 1: Append(line, "<http://www.w3.org/2000/01/rdf-schema#label> \"Entity number ", i / 8, "\"@en"); break;
      case 2: Append(line, "<http://example.org/population> \"", random() % 1000000, "\"^^<http://www.w3.org/2001/XMLSchema#integer>"); break;
      default:
        Append(line, "<http://example.org/relation/relation_", random() % 60, "> <http://example.org/entity/Entity_Number_",
               random() % (triples / 8 + 1), ">");
    }
    line += " .\n";
    out << line;
  }
}

uint64_t ScanAll(const Snapshot& snapshot, const IdPattern& pattern, Order order, std::vector<TermId>* objects = nullptr) {
  const auto cursor = OrDie(snapshot.Scan(pattern, order));
  uint64_t n = 0;
  for (IdBatch batch;;) {
    OrDie(cursor->Next(batch));
    if (batch.size == 0) return n;
    if (objects != nullptr) objects->insert(objects->end(), batch.object.begin(), batch.object.begin() + static_cast<std::ptrdiff_t>(batch.size));
    n += batch.size;
  }
}

void Scans(const Snapshot& snapshot, const std::string& note) {
  constexpr const char* kNames[] = {"spo", "sop", "pso", "pos", "osp", "ops"};
  for (size_t o = 0; o < 6; ++o) {
    const auto order = static_cast<Order>(o);
    ScanAll(snapshot, {}, order);
    double best = 1e9;
    uint64_t n = 0;
    for (int i = 0; i < 5; ++i) {
      const auto begin = Clock::now();
      n = ScanAll(snapshot, {}, order);
      best = std::min(best, Since(begin));
    }
    Report(Cat("scan ", kNames[o], ", warm, best of 5", note), static_cast<double>(n), "quads", best);
  }
}

// The predicates with their counts, most first.
std::vector<std::pair<uint64_t, TermId>> Predicates(const Snapshot& snapshot) {
  std::vector<std::pair<uint64_t, TermId>> predicates;
  const auto cursor = OrDie(snapshot.Scan({}, Order::kPso));
  for (IdBatch batch;;) {
    OrDie(cursor->Next(batch));
    if (batch.size == 0) break;
    for (size_t i = 0; i < batch.size; ++i) {
      if (predicates.empty() || predicates.back().second != batch.predicate[i]) predicates.emplace_back(0, batch.predicate[i]);
      ++predicates.back().first;
    }
  }
  std::sort(predicates.rbegin(), predicates.rend());
  return predicates;
}

void Predicate(const Snapshot& snapshot, TermId predicate, const std::string& note) {
  IdPattern pattern;
  pattern.predicate = predicate;
  for (const Order order : {Order::kPso, Order::kPos}) {
    double best = 1e9;
    uint64_t n = 0;
    for (int i = 0; i < 20; ++i) {
      const auto begin = Clock::now();
      n = ScanAll(snapshot, pattern, order);
      best = std::min(best, Since(begin));
    }
    Report(Cat("scan of a predicate, ", order == Order::kPso ? "pso" : "pos", note), static_cast<double>(n), "quads", best);
  }
}

void Lookups(const Snapshot& snapshot) {
  std::vector<TermId> objects, subjects;
  const auto cursor = OrDie(snapshot.Scan({}, Order::kSpo));
  std::vector<IdQuad> quads;
  for (IdBatch batch;;) {
    OrDie(cursor->Next(batch));
    if (batch.size == 0) break;
    for (size_t i = 0; i < batch.size; ++i) quads.push_back({batch.subject[i], batch.predicate[i], batch.object[i]});
  }
  std::mt19937 random(2);
  std::shuffle(quads.begin(), quads.end(), random);
  quads.resize(std::min<size_t>(quads.size(), 50000));
  const auto measure = [&](const char* name, auto pattern_of, bool count) {
    const auto begin = Clock::now();
    for (const IdQuad& quad : quads) {
      const IdPattern pattern = pattern_of(quad);
      if (count) {
        OrDie(snapshot.Count(pattern));
        continue;
      }
      const auto one = OrDie(snapshot.Scan(pattern, snapshot.BestOrder(pattern, 0)));
      IdBatch batch;
      OrDie(one->Next(batch));
    }
    Report(name, static_cast<double>(quads.size()), "patterns", Since(begin));
  };
  const auto sp = [](const IdQuad& q) { return IdPattern{q.subject, q.predicate, {}}; };
  const auto po = [](const IdQuad& q) { return IdPattern{{}, q.predicate, q.object}; };
  const auto p = [](const IdQuad& q) { return IdPattern{{}, q.predicate, {}}; };
  measure("lookup s p ?o, random", sp, false);
  measure("count s p ?o, random", sp, true);
  measure("count ?s p o, random", po, true);
  measure("count ?s p ?o", p, true);
  std::vector<TermId> keys;
  for (const IdQuad& quad : quads) keys.push_back(quad.subject);
  std::sort(keys.begin(), keys.end());
  std::vector<IdQuad> out;
  std::vector<uint32_t> origin;
  auto begin = Clock::now();
  OrDie(snapshot.ScanMany({}, 's', keys, out, origin));
  Report("ScanMany, random sorted subjects", static_cast<double>(keys.size()), "keys", Since(begin));
  keys.clear();
  ScanAll(snapshot, {}, Order::kOsp, &keys);
  keys.resize(std::min<size_t>(keys.size(), 400000));
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  out.clear();
  origin.clear();
  begin = Clock::now();
  OrDie(snapshot.ScanMany({}, 'o', keys, out, origin));
  Report("ScanMany, neighbouring objects", static_cast<double>(keys.size()), "keys", Since(begin));
}

void Decoding(const Snapshot& snapshot) {
  std::vector<TermId> ids;
  ScanAll(snapshot, {}, Order::kOsp, &ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::erase_if(ids, [](TermId id) { return id.tag() != TermId::Tag::kIri && id.tag() != TermId::Tag::kLiteral; });
  std::vector<Term> terms;
  for (const char* name : {"decode of sorted ids, first", "decode of sorted ids, again"}) {
    const auto begin = Clock::now();
    for (size_t i = 0; i < ids.size(); i += 2048) OrDie(snapshot.Decode({ids.data() + i, std::min<size_t>(2048, ids.size() - i)}, terms));
    Report(name, static_cast<double>(ids.size()), "terms", Since(begin));
  }
  const auto begin = Clock::now();
  size_t n = 0;
  OrDie(snapshot.Decode({ids.data(), std::min<size_t>(ids.size(), 20000)}, terms));
  for (const Term& term : terms) n += OrDie(snapshot.Find(term)).is_bound() ? 1 : 0;
  Report("find by term", static_cast<double>(n), "terms", Since(begin));
}

void Update(Store& store, const std::vector<std::pair<uint64_t, TermId>>& predicates, size_t changes, const char* name) {
  std::mt19937 random(5);
  const auto snapshot = store.GetSnapshot();
  std::vector<TermId> subjects;
  {
    std::vector<IdQuad> quads;
    const auto cursor = OrDie(snapshot->Scan({}, Order::kSpo));
    for (IdBatch batch;;) {
      OrDie(cursor->Next(batch));
      if (batch.size == 0) break;
      subjects.insert(subjects.end(), batch.subject.begin(), batch.subject.begin() + static_cast<std::ptrdiff_t>(batch.size));
    }
    subjects.erase(std::unique(subjects.begin(), subjects.end()), subjects.end());
  }
  const auto begin = Clock::now();
  const auto tx = store.Begin();
  for (size_t i = 0; i < changes; ++i) {
    OrDie(tx->Insert(IdQuad{subjects[random() % subjects.size()], predicates[random() % predicates.size()].second,
                            subjects[random() % subjects.size()]}));
  }
  OrDie(tx->Commit());
  Report(name, static_cast<double>(tx->changed().inserted), "quads", Since(begin));
}

void Commits(Store& store, int writers) {
  constexpr int kCommits = 500;
  const auto begin = Clock::now();
  std::vector<std::thread> threads;
  for (int w = 0; w < writers; ++w) {
    threads.emplace_back([&, w] {
      for (int i = 0; i < kCommits; ++i) {
        const auto tx = store.Begin();
        OrDie(tx->Insert(Quad(Term::Iri(Cat("urn:new:", w, ":", i, ":", writers)), Term::Iri("urn:p"), Term::Literal("v"))));
        OrDie(tx->Commit());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  Report(Cat("commits of one quad, ", writers, " writers"), writers * kCommits, "commits", Since(begin));
}

uint64_t BytesOf(const std::string& directory) {
  uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) bytes += entry.is_regular_file() ? entry.file_size() : 0;
  return bytes;
}

void Run(const std::string& directory, const std::string& file) {
  auto begin = Clock::now();
  auto store = OrDie(Store::Open(directory, {.fold_at = 4000000}));
  Report("open, new", 1, "store", Since(begin));
  BulkLoadFile input;
  input.path = file;
  input.format = FormatOfPath(file).value_or(RdfFormat::kNTriples);
  const double cpu_before = CpuSeconds();
  begin = Clock::now();
  const char* stage = "";
  auto at = begin;
  BulkLoadOptions load;
  load.progress = [&](const BulkLoadProgress& progress) {
    if (std::string_view(stage) != progress.stage && *stage != 0) std::printf("  %s: %.3f s (processor so far %.3f)\n", stage, Since(at), CpuSeconds() - cpu_before);
    if (std::string_view(stage) != progress.stage) at = Clock::now();
    stage = progress.stage;
  };
  const BulkLoadResult loaded = OrDie(BulkLoad(*store, {&input, 1}, load));
  std::printf("  %s: %.3f s\n", stage, Since(at));
  Report("bulk load", static_cast<double>(loaded.read), "triples", Since(begin));
  std::printf("%-34s %10.3f s of processor time so far\n", "", CpuSeconds() - cpu_before);
  std::printf("%-34s %10llu MiB; %llu new quads, %llu terms\n", "peak memory", static_cast<unsigned long long>(PeakMegabytes()),
              static_cast<unsigned long long>(loaded.inserted), static_cast<unsigned long long>(loaded.terms));
  store.reset();
  const uint64_t bytes = BytesOf(directory);
  std::printf("%-34s %10.1f bytes a triple\n", "on disk, closed", static_cast<double>(bytes) / static_cast<double>(loaded.inserted));
  begin = Clock::now();
  store = OrDie(Store::Open(directory, {.fold_at = 4000000}));
  Report("open", 1, "store", Since(begin));
  auto snapshot = store->GetSnapshot();
  Scans(*snapshot, "");
  const auto predicates = Predicates(*snapshot);
  Predicate(*snapshot, predicates[0].second, "");
  Lookups(*snapshot);
  Decoding(*snapshot);
  snapshot.reset();
  Update(*store, predicates, loaded.inserted / 100, "update of 1 %, one commit");
  snapshot = store->GetSnapshot();
  Scans(*snapshot, ", 1 % delta");
  Predicate(*snapshot, predicates[0].second, ", 1 % delta");
  snapshot.reset();
  for (const int writers : {1, 8}) Commits(*store, writers);
  begin = Clock::now();
  const uint64_t changes = store->Layout().delta_changes;
  OrDie(store->Fold());
  Report("fold", static_cast<double>(changes), "changes", Since(begin));
  Update(*store, predicates, 1000000, "update of 1 M, one commit");
  begin = Clock::now();
  OrDie(store->Fold());
  Report("fold of it", 1000000, "changes", Since(begin));
  std::printf("%-34s %10llu MiB\n", "peak memory", static_cast<unsigned long long>(PeakMegabytes()));
  store.reset();
  begin = Clock::now();
  const VerifyReport report = OrDie(VerifyDatabase(directory, {}));
  std::printf("%-34s %10.3f s of processor time in all\n", "", CpuSeconds());
  Report("verify", static_cast<double>(report.quads), "quads", Since(begin));
  for (const std::string& problem : report.problems) std::printf("PROBLEM %s\n", problem.c_str());
}

}  // namespace

int main(int argc, char** argv) {
  std::string directory = (std::filesystem::temp_directory_path() / "store-bench-XXXXXX").string();
  if (mkdtemp(directory.data()) == nullptr) return 1;
  std::string file = argc > 1 ? argv[1] : "1000000";
  if (file.find_first_not_of("0123456789") == std::string::npos) {
    WriteTriples(directory + "/data.nt", static_cast<size_t>(std::atoll(file.c_str())));
    file = directory + "/data.nt";
  }
  Run(directory + "/db", file);
  std::filesystem::remove_all(directory);
  return 0;
}
