#include "ingest/map/scan.h"

namespace dossier::ingest {

using graph::IdPattern;
using graph::Snapshot;
using graph::Term;
using graph::TermId;

IdPattern MatchOf(TermId subject, TermId predicate, TermId object) {
  IdPattern pattern;
  pattern.subject = subject;
  pattern.predicate = predicate;
  pattern.object = object;
  return pattern;
}

absl::Status ForEachId(const Snapshot& snapshot, const IdPattern& pattern, graph::Order order,
                       const std::function<bool(const graph::IdQuad&)>& visit) {
  ASSIGN_OR_RETURN(const auto cursor, snapshot.Scan(pattern, order));
  for (graph::IdBatch batch;;) {
    RETURN_IF_ERROR(cursor->Next(batch));
    if (batch.size == 0) return absl::OkStatus();
    for (size_t i = 0; i < batch.size; ++i) {
      if (!visit({batch.subject[i], batch.predicate[i], batch.object[i], batch.graph[i]})) return absl::OkStatus();
    }
  }
}

absl::Status ForEachQuad(const Snapshot& snapshot, const IdPattern& pattern, const QuadVisitor& visit) {
  ASSIGN_OR_RETURN(auto cursor, snapshot.Scan(pattern, snapshot.BestOrder(pattern, 's')));
  std::vector<Term> subjects, predicates, objects;
  for (graph::IdBatch batch;;) {
    RETURN_IF_ERROR(cursor->Next(batch));
    if (batch.size == 0) return absl::OkStatus();
    RETURN_IF_ERROR(snapshot.Decode(absl::MakeConstSpan(batch.subject.data(), batch.size), subjects));
    RETURN_IF_ERROR(snapshot.Decode(absl::MakeConstSpan(batch.predicate.data(), batch.size), predicates));
    RETURN_IF_ERROR(snapshot.Decode(absl::MakeConstSpan(batch.object.data(), batch.size), objects));
    for (size_t i = 0; i < batch.size; ++i) visit(graph::Quad(subjects[i], predicates[i], objects[i]));
  }
}

absl::Status ForEachQuadIn(const Snapshot& snapshot, std::string_view graph, const QuadVisitor& visit) {
  IdPattern pattern;
  ASSIGN_OR_RETURN(pattern.graph, snapshot.Find(Term::Iri(std::string(graph))));
  return pattern.graph.is_bound() ? ForEachQuad(snapshot, pattern, visit) : absl::OkStatus();
}

absl::Status ForEachMatch(const Snapshot& snapshot, std::string_view subject, std::string_view predicate, std::string_view object,
                          const QuadVisitor& visit) {
  IdPattern pattern;
  const std::pair<std::string_view, TermId*> parts[] = {{subject, &pattern.subject}, {predicate, &pattern.predicate}, {object, &pattern.object}};
  for (const auto& [iri, id] : parts) {
    if (iri.empty()) continue;
    ASSIGN_OR_RETURN(*id, snapshot.Find(Term::Iri(std::string(iri))));
    if (!id->is_bound()) return absl::OkStatus();
  }
  return ForEachQuad(snapshot, pattern, visit);
}

absl::StatusOr<bool> Has(const Snapshot& snapshot, const graph::Quad& quad) {
  IdPattern pattern;
  ASSIGN_OR_RETURN(pattern.subject, snapshot.Find(quad.subject));
  ASSIGN_OR_RETURN(pattern.predicate, snapshot.Find(quad.predicate));
  ASSIGN_OR_RETURN(pattern.object, snapshot.Find(quad.object));
  if (!pattern.subject.is_bound() || !pattern.predicate.is_bound() || !pattern.object.is_bound()) return false;
  ASSIGN_OR_RETURN(const uint64_t count, snapshot.Count(pattern, 1));
  return count > 0;
}

}  // namespace dossier::ingest
