// Measures ingest: words per second and memory over many articles, into a fresh database.
//
//   taskset -c 0 build/release/bench/dossier_ingest_bench DIR N ARTICLE...
//
// Ingests N articles into the new database DIR. The given ARTICLE files are taken in turn, each with a closing line of its own, so that
// no two texts are equal and each is analysed and committed like a new one. Prints a line per tenth of the work: articles, words, words/s
// since the start, resident memory, quads in the store and changes that no fold has taken up. DOSSIER_BENCH_CACHE_MIB in the environment: the
// caches of the store (256), which fill up with time and make the memory grow until they are full.

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "graph/base/strings.h"
#include "ingest/pipeline.h"
#include "ingest/read/reader.h"

namespace {

using dossier::Cat;
using Clock = std::chrono::steady_clock;

double ResidentMiB() {
  std::ifstream statm("/proc/self/statm");
  size_t total = 0, resident = 0;
  statm >> total >> resident;
  return static_cast<double>(resident) * 4096.0 / (1 << 20);
}

absl::Status Run(const std::string& directory, size_t articles, const std::vector<std::string>& texts, const dossier::graph::Store::Options& options) {
  ASSIGN_OR_RETURN(auto pipeline, dossier::ingest::Pipeline::Create(dossier::ingest::ModelKind::kFast));
  ASSIGN_OR_RETURN(auto store, dossier::graph::Store::Open(directory, options));
  const auto start = Clock::now();
  size_t words = 0;
  for (size_t i = 0; i < articles; ++i) {
    const std::string text = Cat(texts[i % texts.size()], "\n\nThis is copy number ", i, " of the article.\n");
    ASSIGN_OR_RETURN(auto document, dossier::ingest::ReadArticle(text, Cat("copy", i, ".txt")));
    ASSIGN_OR_RETURN(auto report, pipeline->Ingest(document, *store, {}));
    words += report.words;
    if ((i + 1) % std::max<size_t>(1, articles / 10) == 0) {
      const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
      const dossier::graph::StoreLayout layout = store->Layout();
      std::printf("%zu articles  %zu words  %.0f words/s  %.0f MiB resident  %llu quads, %llu changes not folded\n", i + 1, words,
                  static_cast<double>(words) / seconds, ResidentMiB(), static_cast<unsigned long long>(layout.quads),
                  static_cast<unsigned long long>(layout.delta_changes));
      std::fflush(stdout);
    }
  }
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: %s DIR N ARTICLE...\n", argv[0]);
    return 2;
  }
  std::vector<std::string> texts;
  for (int i = 3; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) {
      std::fprintf(stderr, "cannot read %s\n", argv[i]);
      return 1;
    }
    texts.push_back(text.str());
  }
  dossier::graph::Store::Options options;
  if (const char* cache = std::getenv("DOSSIER_BENCH_CACHE_MIB")) options.cache_bytes = std::strtoul(cache, nullptr, 10) << 20;
  const absl::Status status = Run(argv[1], std::strtoul(argv[2], nullptr, 10), texts, options);
  if (!status.ok()) {
    std::fprintf(stderr, "%s\n", dossier::MessageOf(status).c_str());
    return 1;
  }
  return 0;
}
