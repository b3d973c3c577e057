#include "shell/results/dump.h"

#include <algorithm>

#include "graph/io/rdf_writer.h"

namespace dossier::shell {
namespace {

using graph::Term;
using graph::TermId;

// Decodes the terms of a batch, each id once.
class BatchDecoder {
 public:
  explicit BatchDecoder(const graph::Snapshot& snapshot) : snapshot_(snapshot) {}

  absl::Status Decode(const graph::IdBatch& batch) {
    ids_.clear();
    const auto add = [&](const std::vector<TermId>& column) {
      ids_.insert(ids_.end(), column.begin(), column.begin() + static_cast<std::ptrdiff_t>(batch.size));
    };
    add(batch.subject);
    add(batch.predicate);
    add(batch.object);
    for (size_t i = 0; i < batch.size; ++i) {
      if (batch.graph[i] != TermId::DefaultGraph()) ids_.push_back(batch.graph[i]);
    }
    std::sort(ids_.begin(), ids_.end());
    ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
    return snapshot_.Decode(ids_, terms_);
  }

  graph::Quad QuadAt(const graph::IdBatch& batch, size_t i) const {
    graph::Quad quad(Of(batch.subject[i]), Of(batch.predicate[i]), Of(batch.object[i]));
    quad.in_default_graph = batch.graph[i] == TermId::DefaultGraph();
    if (!quad.in_default_graph) quad.graph = Of(batch.graph[i]);
    return quad;
  }

 private:
  const Term& Of(TermId id) const {
    return terms_[static_cast<size_t>(std::lower_bound(ids_.begin(), ids_.end(), id) - ids_.begin())];
  }

  const graph::Snapshot& snapshot_;
  std::vector<TermId> ids_;
  std::vector<Term> terms_;
};

}  // namespace

absl::Status Dump(const graph::Snapshot& snapshot, graph::RdfFormat format, const std::atomic<bool>* cancelled,
                  const std::function<absl::Status(std::string_view)>& sink) {
  const auto writer = graph::RdfWriter::Create(format, graph::DefaultPrefixes());
  BatchDecoder decoder(snapshot);
  graph::IdPattern pattern;
  if (graph::HoldsGraphs(format)) pattern.graphs = graph::IdPattern::Graphs::kAny;
  // TriG groups by graph, so it wants graphs together.
  const graph::Order order = format == graph::RdfFormat::kTriG ? graph::Order::kGspo : graph::Order::kSpo;
  ASSIGN_OR_RETURN(const auto cursor, snapshot.Scan(pattern, order));
  std::string text;
  for (graph::IdBatch batch;;) {
    if (cancelled != nullptr && cancelled->load()) return Cancelled("interrupted");
    RETURN_IF_ERROR(cursor->Next(batch));
    if (batch.size == 0) break;
    RETURN_IF_ERROR(decoder.Decode(batch));
    for (size_t i = 0; i < batch.size; ++i) RETURN_IF_ERROR(writer->Add(decoder.QuadAt(batch, i), text));
    RETURN_IF_ERROR(sink(text));
    text.clear();
  }
  writer->Finish(text);
  return sink(text);
}

}  // namespace dossier::shell
