#include "graph/canon/quad_reader.h"

#include <algorithm>
#include <vector>

namespace dossier::graph {
namespace {

// The terms of one batch.
class BatchTerms {
 public:
  absl::Status Decode(const Snapshot& snapshot, const IdBatch& batch) {
    ids_.clear();
    for (const std::vector<TermId>* column : {&batch.subject, &batch.predicate, &batch.object}) {
      ids_.insert(ids_.end(), column->begin(), column->begin() + static_cast<std::ptrdiff_t>(batch.size));
    }
    for (size_t i = 0; i < batch.size; ++i) {
      if (batch.graph[i] != TermId::DefaultGraph()) ids_.push_back(batch.graph[i]);
    }
    std::sort(ids_.begin(), ids_.end());
    ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
    return snapshot.Decode(ids_, terms_);
  }

  Quad QuadOf(const IdQuad& ids) const {
    Quad quad(Of(ids.subject), Of(ids.predicate), Of(ids.object));
    quad.in_default_graph = ids.graph == TermId::DefaultGraph();
    if (!quad.in_default_graph) quad.graph = Of(ids.graph);
    return quad;
  }

 private:
  const Term& Of(TermId id) const {
    return terms_[static_cast<size_t>(std::lower_bound(ids_.begin(), ids_.end(), id) - ids_.begin())];
  }

  std::vector<TermId> ids_;
  std::vector<Term> terms_;
};

}  // namespace

absl::Status EachQuad(const Snapshot& snapshot, const IdPattern& pattern, Order order, const std::atomic<bool>* cancelled,
                      const QuadVisitor& visit) {
  ASSIGN_OR_RETURN(const auto cursor, snapshot.Scan(pattern, order));
  BatchTerms terms;
  for (IdBatch batch;;) {
    if (cancelled != nullptr && cancelled->load()) return Cancelled("interrupted");
    RETURN_IF_ERROR(cursor->Next(batch));
    if (batch.size == 0) return absl::OkStatus();
    RETURN_IF_ERROR(terms.Decode(snapshot, batch));
    for (size_t i = 0; i < batch.size; ++i) {
      const IdQuad ids = {batch.subject[i], batch.predicate[i], batch.object[i], batch.graph[i]};
      RETURN_IF_ERROR(visit(ids, terms.QuadOf(ids)));
    }
  }
}

}  // namespace dossier::graph
