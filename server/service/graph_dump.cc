#include "server/service/graph_dump.h"

#include <algorithm>
#include <vector>

#include "graph/io/rdf_writer.h"

namespace dossier::server {
namespace {

using graph::TermId;

constexpr size_t kPieceBytes = size_t{32} << 10;

// Decodes the terms of a batch, each id once.
class BatchTerms {
 public:
  explicit BatchTerms(const graph::Snapshot& snapshot) : snapshot_(snapshot) {}

  absl::Status Decode(const graph::IdBatch& batch) {
    ids_.clear();
    for (const auto* column : {&batch.subject, &batch.predicate, &batch.object, &batch.graph}) {
      ids_.insert(ids_.end(), column->begin(), column->begin() + static_cast<std::ptrdiff_t>(batch.size));
    }
    std::sort(ids_.begin(), ids_.end());
    ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
    std::erase(ids_, TermId::DefaultGraph());
    return snapshot_.Decode(ids_, terms_);
  }
  const graph::Term& Of(TermId id) const {
    return terms_[static_cast<size_t>(std::lower_bound(ids_.begin(), ids_.end(), id) - ids_.begin())];
  }

 private:
  const graph::Snapshot& snapshot_;
  std::vector<TermId> ids_;
  std::vector<graph::Term> terms_;
};

}  // namespace

absl::Status DumpGraph(const graph::Snapshot& snapshot, const graph::IdPattern& pattern, graph::RdfFormat format,
                       const std::function<absl::Status()>& check, const ByteSink& sink) {
  const bool one = pattern.graphs == graph::IdPattern::Graphs::kOne;
  const auto writer = graph::RdfWriter::Create(format, graph::DefaultPrefixes());
  BatchTerms terms(snapshot);
  // Subjects together within a graph, for the formats that group.
  ASSIGN_OR_RETURN(const auto cursor, snapshot.Scan(pattern, one ? snapshot.BestOrder(pattern, 's') : graph::Order::kGspo));
  std::string text;
  for (graph::IdBatch batch;;) {
    RETURN_IF_ERROR(check());
    RETURN_IF_ERROR(cursor->Next(batch));
    if (batch.size == 0) break;
    RETURN_IF_ERROR(terms.Decode(batch));
    for (size_t i = 0; i < batch.size; ++i) {
      graph::Quad quad(terms.Of(batch.subject[i]), terms.Of(batch.predicate[i]), terms.Of(batch.object[i]));
      quad.in_default_graph = one || batch.graph[i] == TermId::DefaultGraph();
      if (!quad.in_default_graph) quad.graph = terms.Of(batch.graph[i]);
      RETURN_IF_ERROR(writer->Add(quad, text));
      if (text.size() < kPieceBytes) continue;
      RETURN_IF_ERROR(sink(text));
      text.clear();
    }
  }
  writer->Finish(text);
  return sink(text);
}

}  // namespace dossier::server
