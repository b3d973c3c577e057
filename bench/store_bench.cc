// Figures of the quad store: loading, scanning, joining, decoding, opening. Prints one line each.
//
//   store_bench [quads]        (default 1,000,000; a temporary directory under $TMPDIR)
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "graph/store/store.h"

namespace {

using namespace dossier;
using namespace dossier::graph;
using Clock = std::chrono::steady_clock;

double Since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

void Report(const char* what, double count, const char* unit, double seconds) {
  std::printf("%-28s %10.0f %-8s %8.3f s  %12.0f /s\n", what, count, unit, seconds, count / seconds);
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

void Load(Store& store, size_t quads) {
  std::mt19937 random(1);
  const auto begin = Clock::now();
  const auto tx = store.Begin();
  for (size_t i = 0; i < quads; ++i) {
    const Term subject = Term::Iri(Cat("urn:dossier:entity/Entity_Number_", i / 5));
    const Term predicate = Term::Iri(Cat("urn:dossier:relation/relation_", random() % 60));
    const Term object = i % 3 == 0   ? Term::Literal(Cat(random() % 1000000), std::string(xsd::kInteger))
                        : i % 3 == 1 ? Term::Iri(Cat("urn:dossier:entity/Entity_Number_", random() % (quads / 5 + 1)))
                                     : Term::LangLiteral(Cat("some label of medium length ", random()), "en");
    OrDie(tx->Insert(Quad(subject, predicate, object)));
  }
  Report("insert (buffered)", static_cast<double>(quads), "quads", Since(begin));
  const auto commit = Clock::now();
  OrDie(tx->Commit());
  Report("commit", static_cast<double>(tx->changed().inserted), "quads", Since(commit));
  Report("insert and commit", static_cast<double>(tx->changed().inserted), "quads", Since(begin));
}

std::vector<TermId> ScanAll(const Snapshot& snapshot, Order order, const char* name) {
  const auto begin = Clock::now();
  const auto cursor = OrDie(snapshot.Scan({}, order));
  std::vector<TermId> objects;
  size_t n = 0;
  for (IdBatch batch;;) {
    OrDie(cursor->Next(batch));
    if (batch.size == 0) break;
    if (n % 10 == 0) objects.insert(objects.end(), batch.object.begin(), batch.object.begin() + static_cast<std::ptrdiff_t>(batch.size));
    n += batch.size;
  }
  Report(name, static_cast<double>(n), "quads", Since(begin));
  return objects;
}

void Run(const std::string& directory, size_t quads) {
  {
    auto store = OrDie(Store::Open(directory, {}));
    Load(*store, quads);
    const auto begin = Clock::now();
    store.reset();
    Report("close", 1, "store", Since(begin));
  }
  const auto begin = Clock::now();
  const auto store = OrDie(Store::Open(directory, {}));
  Report("open", 1, "store", Since(begin));
  const auto snapshot = store->GetSnapshot();
  ScanAll(*snapshot, Order::kSpo, "scan spo, cold");
  std::vector<TermId> objects = ScanAll(*snapshot, Order::kSpo, "scan spo, warm");
  std::vector<Term> terms;
  objects.resize(std::min<size_t>(objects.size(), 100000));
  for (const char* name : {"decode, cold", "decode, warm"}) {
    const auto at = Clock::now();
    for (size_t i = 0; i + 2048 <= objects.size(); i += 2048) OrDie(snapshot->Decode({objects.data() + i, 2048}, terms));
    Report(name, static_cast<double>(objects.size()), "ids", Since(at));
  }
  std::vector<TermId> keys;
  for (size_t i = 0; i < 50000 && i < quads; ++i) keys.push_back(TermId(TermId::Tag::kIri, 1 + i * 7 % (quads / 5 + 60)));
  std::sort(keys.begin(), keys.end());
  std::vector<IdQuad> out;
  std::vector<uint32_t> origin;
  const auto at = Clock::now();
  OrDie(snapshot->ScanMany({}, 's', keys, out, origin));
  Report("ScanMany by subject", static_cast<double>(keys.size()), "keys", Since(at));
  const auto count_at = Clock::now();
  const uint64_t count = OrDie(snapshot->Count({}));
  Report("count of everything", static_cast<double>(count), "quads", Since(count_at));
  const auto small_at = Clock::now();
  for (int i = 0; i < 100; ++i) {
    const auto tx = store->Begin();
    OrDie(tx->Insert(Quad(Term::Iri(Cat("urn:new:", i)), Term::Iri("urn:p"), Term::Literal("v"))));
    OrDie(tx->Commit());
  }
  Report("commits of one quad", 100, "commits", Since(small_at));
}

}  // namespace

int main(int argc, char** argv) {
  const size_t quads = argc > 1 ? static_cast<size_t>(std::atoll(argv[1])) : 1000000;
  std::string directory = (std::filesystem::temp_directory_path() / "store-bench-XXXXXX").string();
  if (mkdtemp(directory.data()) == nullptr) return 1;
  Run(directory + "/db", quads);
  uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(directory + "/db")) bytes += entry.file_size();
  std::printf("%-28s %10.1f bytes/quad\n", "on disk", static_cast<double>(bytes) / static_cast<double>(quads));
  std::filesystem::remove_all(directory);
  return 0;
}
