#include "tests/stress/store_state.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>
#include <vector>

#include "graph/base/strings.h"
#include "graph/canon/quad_reader.h"
#include "graph/io/rdf.h"
#include "graph/store/maintenance.h"

namespace dossier::graph {
namespace {

constexpr std::pair<Order, const char*> kOrders[] = {{Order::kSpo, "spog"}, {Order::kSop, "sopg"}, {Order::kPso, "psog"}, {Order::kPos, "posg"},
                                                     {Order::kOsp, "ospg"}, {Order::kOps, "opsg"}, {Order::kGspo, "gspo"}};

IdPattern Everything() {
  IdPattern pattern;
  pattern.graphs = IdPattern::Graphs::kAny;
  return pattern;
}

TermId Column(const IdQuad& q, char column) {
  return column == 's' ? q.subject : column == 'p' ? q.predicate : column == 'o' ? q.object : q.graph;
}

std::array<TermId, 4> Key(const IdQuad& quad, const char* columns) {
  return {Column(quad, columns[0]), Column(quad, columns[1]), Column(quad, columns[2]), Column(quad, columns[3])};
}

absl::StatusOr<std::vector<IdQuad>> ReadOrder(const Snapshot& snapshot, Order order, const char* columns) {
  ASSIGN_OR_RETURN(const auto cursor, snapshot.Scan(Everything(), order));
  std::vector<IdQuad> quads;
  for (IdBatch batch;;) {
    RETURN_IF_ERROR(cursor->Next(batch));
    if (batch.size == 0) return quads;
    for (size_t i = 0; i < batch.size; ++i) {
      quads.push_back({batch.subject[i], batch.predicate[i], batch.object[i], batch.graph[i]});
      const size_t n = quads.size();
      if (n > 1 && !(Key(quads[n - 2], columns) < Key(quads[n - 1], columns))) return DataLoss(Cat("order ", columns, " is not sorted"));
    }
  }
}

absl::Status CheckTerms(const Snapshot& snapshot, const std::vector<IdQuad>& quads) {
  std::set<TermId> ids;
  for (const IdQuad& q : quads) {
    ids.insert({q.subject, q.predicate, q.object});
    if (q.graph != TermId::DefaultGraph()) ids.insert(q.graph);
  }
  const std::vector<TermId> list(ids.begin(), ids.end());
  std::vector<Term> terms;
  RETURN_IF_ERROR(snapshot.Decode(list, terms));
  for (size_t i = 0; i < list.size(); ++i) {
    ASSIGN_OR_RETURN(const TermId found, snapshot.Find(terms[i]));
    if (found != list[i]) return DataLoss(Cat("the term ", terms[i].ToNTriples().substr(0, 100), " is not found under its id"));
  }
  return absl::OkStatus();
}

absl::Status CheckCounts(const Snapshot& snapshot, const std::vector<IdQuad>& quads) {
  if (snapshot.size() != quads.size()) return DataLoss(Cat("size is ", snapshot.size(), ", there are ", quads.size(), " quads"));
  std::set<TermId> graphs;
  std::map<std::pair<char, TermId>, uint64_t> counts;
  for (const IdQuad& q : quads) {
    if (q.graph != TermId::DefaultGraph()) graphs.insert(q.graph);
    for (const char column : {'s', 'p', 'o'}) ++counts[{column, Column(q, column)}];
  }
  ASSIGN_OR_RETURN(const std::vector<TermId> named, snapshot.NamedGraphs());
  if (named != std::vector<TermId>(graphs.begin(), graphs.end())) return DataLoss("NamedGraphs() is not what was counted");
  for (const auto& [key, expected] : counts) {
    IdPattern pattern = Everything();
    (key.first == 's' ? pattern.subject : key.first == 'p' ? pattern.predicate : pattern.object) = key.second;
    ASSIGN_OR_RETURN(const uint64_t count, snapshot.Count(pattern));
    if (count != expected) return DataLoss(Cat("Count() by ", key.first, " is ", count, ", there are ", expected));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::set<std::string>> ReadLines(const Snapshot& snapshot) {
  std::set<std::string> lines;
  const absl::Status status = EachQuad(snapshot, Everything(), Order::kSpo, nullptr, [&](const IdQuad&, const Quad& quad) {
    std::string line;
    AppendNQuad(quad, line);
    lines.insert(std::move(line));
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return lines;
}

absl::Status CheckSnapshot(const Snapshot& snapshot) {
  std::vector<IdQuad> first;
  for (const auto& [order, columns] : kOrders) {
    ASSIGN_OR_RETURN(std::vector<IdQuad> quads, ReadOrder(snapshot, order, columns));
    std::sort(quads.begin(), quads.end());
    if (order == Order::kSpo) {
      first = std::move(quads);
    } else if (quads != first) {
      return DataLoss(Cat("order ", columns, " has ", quads.size(), " quads and differs from the first, which has ", first.size()));
    }
  }
  RETURN_IF_ERROR(CheckTerms(snapshot, first));
  return CheckCounts(snapshot, first);
}

absl::Status CheckDatabase(const std::string& directory) {
  ASSIGN_OR_RETURN(const VerifyReport report, VerifyDatabase(directory, {}));
  if (!report.ok()) return DataLoss(Cat("verify: ", report.problems.size(), " problems, first: ", report.problems[0]));
  ASSIGN_OR_RETURN(const auto store, Store::Open(directory, {.create_if_missing = false, .read_only = true}));
  return CheckSnapshot(*store->GetSnapshot());
}

int Rounds(int few, int full) {
  const char* stress = std::getenv("DOSSIER_STRESS");
  return stress != nullptr && stress[0] != '\0' && stress[0] != '0' ? full : few;
}

uint64_t SeedOf(const char* test) {
  const char* fixed = std::getenv("DOSSIER_SEED");
  const uint64_t seed = fixed != nullptr ? std::strtoull(fixed, nullptr, 10) : std::random_device{}();
  std::printf("%s: DOSSIER_SEED=%llu\n", test, static_cast<unsigned long long>(seed));
  return seed;
}

}  // namespace dossier::graph
