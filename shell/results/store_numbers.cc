#include "shell/results/store_numbers.h"

#include <algorithm>
#include <filesystem>

#include "graph/base/strings.h"
#include "shell/evidence/describe.h"
#include "shell/evidence/labels.h"
#include "shell/render/json.h"
#include "shell/render/progress.h"

namespace dossier::shell {
namespace {

using graph::TermId;

constexpr std::array<const char*, 4> kTermKinds = {"blank_nodes", "iris", "triple_terms", "literals"};
constexpr std::array<const char*, 4> kTermNames = {"blank nodes", "IRIs", "triple terms", "literals"};

// Files that vanish meanwhile (a writer is at work) are not counted.
uint64_t DirectoryBytes(const std::string& directory) {
  namespace fs = std::filesystem;
  uint64_t bytes = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    const uintmax_t size = it->is_regular_file(ignored) ? it->file_size(ignored) : 0;
    if (!ignored) bytes += size;
  }
  return bytes;
}

struct PredicateRun {
  TermId predicate;
  uint64_t quads = 0, subjects = 0;
};

// Runs of equal predicates, and of equal subjects in them.
absl::StatusOr<std::vector<PredicateRun>> ScanPredicates(const graph::Snapshot& snapshot, const std::atomic<bool>* cancelled, uint64_t& in_default) {
  graph::IdPattern everything;
  everything.graphs = graph::IdPattern::Graphs::kAny;
  ASSIGN_OR_RETURN(const auto cursor, snapshot.Scan(everything, graph::Order::kPso));
  std::vector<PredicateRun> runs;
  TermId subject;
  for (graph::IdBatch batch;;) {
    if (cancelled != nullptr && cancelled->load()) return Cancelled("interrupted");
    RETURN_IF_ERROR(cursor->Next(batch));
    if (batch.size == 0) return runs;
    for (size_t i = 0; i < batch.size; ++i) {
      if (runs.empty() || runs.back().predicate != batch.predicate[i]) {
        runs.push_back({batch.predicate[i]});
        subject = TermId();
      }
      ++runs.back().quads;
      if (batch.subject[i] != subject) ++runs.back().subjects;
      subject = batch.subject[i];
      if (batch.graph[i] == TermId::DefaultGraph()) ++in_default;
    }
  }
}

std::string Size(uint64_t bytes) {
  if (bytes < 10'000) return Cat(bytes, " B");
  if (bytes < 10'000'000) return Cat(ShortNumber(static_cast<double>(bytes) / 1000), " kB");
  return Cat(ShortNumber(static_cast<double>(bytes) / 1e6), " MB");
}

}  // namespace

absl::StatusOr<StoreNumbers> CountStore(graph::Store& store, const std::string& directory, const std::atomic<bool>* cancelled) {
  StoreNumbers numbers;
  const auto snapshot = store.GetSnapshot();
  numbers.layout = store.Layout();
  numbers.layout.quads = snapshot->size();
  numbers.bytes = DirectoryBytes(directory);
  ASSIGN_OR_RETURN(const std::vector<TermId> graphs, snapshot->NamedGraphs());
  numbers.named_graphs = graphs.size();
  ASSIGN_OR_RETURN(std::vector<PredicateRun> runs, ScanPredicates(*snapshot, cancelled, numbers.default_graph_quads));
  std::vector<TermId> ids;
  for (const PredicateRun& run : runs) ids.push_back(run.predicate);
  std::vector<graph::Term> terms;
  RETURN_IF_ERROR(snapshot->Decode(ids, terms));
  for (size_t i = 0; i < runs.size(); ++i) {
    graph::IdPattern pattern;
    pattern.predicate = runs[i].predicate;
    pattern.graphs = graph::IdPattern::Graphs::kAny;
    ASSIGN_OR_RETURN(const uint64_t objects, snapshot->Distinct(pattern, 'o'));
    numbers.predicates.push_back({terms[i].value(), runs[i].quads, runs[i].subjects, std::min(objects, runs[i].quads)});
  }
  std::sort(numbers.predicates.begin(), numbers.predicates.end(), [](const PredicateNumbers& a, const PredicateNumbers& b) {
    return a.quads != b.quads ? a.quads > b.quads : a.iri < b.iri;
  });
  return numbers;
}

std::string StoreNumbersToJson(const StoreNumbers& numbers) {
  JsonWriter json;
  json.BeginObject();
  json.Field("format", std::string_view(numbers.layout.format));
  json.Field("quads", size_t{numbers.layout.quads});
  json.Field("default_graph_quads", size_t{numbers.default_graph_quads});
  json.Field("named_graphs", size_t{numbers.named_graphs});
  json.Key("terms");
  json.BeginObject();
  for (size_t i = 0; i < kTermKinds.size(); ++i) json.Field(kTermKinds[i], size_t{numbers.layout.terms[i]});
  json.EndObject();
  json.Field("bytes", size_t{numbers.bytes});
  json.Field("table_bytes", size_t{numbers.layout.file_bytes});
  json.Field("blocks", size_t{numbers.layout.blocks});
  json.Field("changes_not_folded", size_t{numbers.layout.delta_changes});
  json.Field("vocabularies", size_t{numbers.layout.vocabularies});
  json.Key("predicates");
  json.BeginArray();
  for (const PredicateNumbers& predicate : numbers.predicates) {
    json.BeginObject();
    json.Field("iri", std::string_view(predicate.iri));
    json.Field("quads", size_t{predicate.quads});
    json.Field("distinct_subjects", size_t{predicate.subjects});
    json.Field("distinct_objects", size_t{predicate.objects});
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return json.text() + "\n";
}

std::string RenderStoreNumbers(const StoreNumbers& numbers, size_t max_predicates, const TableOptions& options) {
  Table storage;
  storage.columns = {{"storage", Align::kLeft}, {"how much", Align::kRight}};
  const auto line = [&](std::string_view name, std::string value) { storage.rows.push_back({{Plain(name), Plain(value)}, {}}); };
  line("format", numbers.layout.format);
  line("bytes on disk", Size(numbers.bytes));
  for (size_t i = 0; i < kTermNames.size(); ++i) {
    if (numbers.layout.terms[i] > 0) line(Cat("terms: ", kTermNames[i]), Cat(numbers.layout.terms[i]));
  }
  line("packed blocks", Cat(numbers.layout.blocks));
  line("changes not folded into blocks", Cat(numbers.layout.delta_changes));
  Table predicates;
  predicates.columns = {{Cat("predicates (", numbers.predicates.size(), ")"), Align::kLeft},
                        {"statements", Align::kRight}, {"subjects", Align::kRight}, {"objects", Align::kRight}};
  for (size_t i = 0; i < std::min(numbers.predicates.size(), max_predicates); ++i) {
    const PredicateNumbers& p = numbers.predicates[i];
    predicates.rows.push_back({{Plain(ShortIri(p.iri)), Plain(Cat(p.quads)), Plain(Cat(p.subjects)), Plain(Cat(p.objects))}, {}});
  }
  return Cat(RenderTable(storage, options), "\n", RenderTable(predicates, options));
}

}  // namespace dossier::shell
