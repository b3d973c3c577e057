// The program that the stress tests run and kill. Every acknowledged step is one line on standard output, written at once.
//
//   worker update DIR SEED          transactions of Updates(SEED), with background folds; "1", "2", ...
//   worker fold DIR SEED            the same, folding after every few of them; "1", "2", ..., folds say nothing
//   worker ingest DIR FILE...       articles, one after the other; "1", "2", ...
//   worker load DIR MEMORY FILE     a bulk load with so many bytes of memory; "1" when done
//   worker merge DIR                a fold, which makes term directories when they are due; "1" when done
//   worker check DIR                reads everything: lines of N-Quads to standard output; exit code 10 for an error status, 11 when the
//                                   database passed for right and does not agree with itself
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "graph/base/strings.h"
#include "graph/store/bulk_load.h"
#include "graph/store/store.h"
#include "ingest/pipeline.h"
#include "tests/stress/store_state.h"
#include "tests/stress/updates.h"

namespace dossier::graph {
namespace {

constexpr uint64_t kMaxSteps = 100'000;
constexpr uint64_t kFoldEvery = 5;
constexpr uint64_t kFoldAt = 400;

void Acknowledge(uint64_t number) {
  const std::string line = Cat(number, "\n");
  if (write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::exit(1);
}

absl::Status Update(const std::string& directory, uint64_t seed, bool fold) {
  ASSIGN_OR_RETURN(const auto store, Store::Open(directory, {.fold_at = kFoldAt}));
  const Updates updates(seed);
  for (uint64_t step = 1; step <= kMaxSteps; ++step) {
    const auto tx = store->Begin();
    RETURN_IF_ERROR(updates.Apply(step, *tx));
    RETURN_IF_ERROR(tx->Commit());
    Acknowledge(step);
    if (fold && step % kFoldEvery == 0) RETURN_IF_ERROR(store->Fold());
  }
  return absl::OkStatus();
}

absl::Status Ingest(const std::string& directory, int count, char** files) {
  ASSIGN_OR_RETURN(const auto store, Store::Open(directory, {.fold_at = kFoldAt}));
  ASSIGN_OR_RETURN(const auto pipeline, ingest::Pipeline::Create(ingest::ModelKind::kFast));
  for (int i = 0; i < count; ++i) {
    std::FILE* file = std::fopen(files[i], "rb");
    if (file == nullptr) return NotFound(files[i]);
    ingest::Document document;
    char buffer[1 << 16];
    for (size_t n; (n = std::fread(buffer, 1, sizeof buffer, file)) > 0;) document.text.append(buffer, n);
    std::fclose(file);
    RETURN_IF_ERROR(pipeline->Ingest(document, *store, {}).status());
    Acknowledge(static_cast<uint64_t>(i) + 1);
  }
  return absl::OkStatus();
}

absl::Status Load(const std::string& directory, size_t memory, const std::string& path) {
  ASSIGN_OR_RETURN(const auto store, Store::Open(directory, {}));
  const BulkLoadFile file{.path = path, .format = RdfFormat::kNQuads};
  BulkLoadOptions options;
  options.memory_bytes = memory;
  RETURN_IF_ERROR(BulkLoad(*store, {&file, 1}, options).status());
  Acknowledge(1);
  return absl::OkStatus();
}

absl::Status Merge(const std::string& directory) {
  ASSIGN_OR_RETURN(const auto store, Store::Open(directory, {.background_fold = false}));
  RETURN_IF_ERROR(store->Fold());
  Acknowledge(1);
  return absl::OkStatus();
}

absl::Status Check(const std::string& directory, std::set<std::string>& lines, bool& agrees) {
  ASSIGN_OR_RETURN(const auto store, Store::Open(directory, {.create_if_missing = false, .read_only = true}));
  const auto snapshot = store->GetSnapshot();
  ASSIGN_OR_RETURN(lines, ReadLines(*snapshot));
  const absl::Status status = CheckSnapshot(*snapshot);
  // An error of the store names the directory; ours says what does not agree.
  agrees = status.ok() || MessageOf(status).find(directory) != std::string::npos;
  return status;
}

int RunCheck(const std::string& directory) {
  std::set<std::string> lines;
  bool agrees = true;
  const absl::Status status = Check(directory, lines, agrees);
  if (!status.ok()) {
    std::fprintf(stderr, "%s\n", status.ToString().c_str());
    return agrees ? 10 : 11;
  }
  for (const std::string& line : lines) std::fputs(line.c_str(), stdout);
  return std::fflush(stdout) == 0 ? 0 : 1;
}

int Main(int argc, char** argv) {
  if (argc < 3) return 2;
  const std::string mode = argv[1], directory = argv[2];
  if (mode == "check") return RunCheck(directory);
  absl::Status status = InvalidArgument("what?");
  if (argc > 3 && (mode == "update" || mode == "fold")) status = Update(directory, std::strtoull(argv[3], nullptr, 10), mode == "fold");
  if (mode == "merge") status = Merge(directory);
  if (argc > 3 && mode == "ingest") status = Ingest(directory, argc - 3, argv + 3);
  if (argc > 4 && mode == "load") status = Load(directory, std::strtoull(argv[3], nullptr, 10), argv[4]);
  if (status.ok()) return 0;
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  return 10;
}

}  // namespace
}  // namespace dossier::graph

int main(int argc, char** argv) { return dossier::graph::Main(argc, argv); }
