#include "ingest/map/forget_more.h"

#include "graph/base/strings.h"
#include "ingest/map/scan.h"
#include "ingest/map/vocabulary.h"

namespace dossier::ingest {
namespace {

using graph::IdQuad;
using graph::Snapshot;
using graph::Term;
using graph::TermId;

absl::StatusOr<std::vector<IdQuad>> All(const Snapshot& snapshot, TermId subject, TermId predicate, TermId object) {
  const graph::IdPattern pattern = MatchOf(subject, predicate, object);
  std::vector<IdQuad> quads;
  RETURN_IF_ERROR(ForEachId(snapshot, pattern, snapshot.BestOrder(pattern, 's'), [&](const IdQuad& quad) {
    quads.push_back(quad);
    return true;
  }));
  return quads;
}

// Removes what is said of `node` when no statement that stays points to it; the nodes it pointed to then.
absl::StatusOr<std::vector<TermId>> RemoveIfUnused(const Snapshot& snapshot, TermId node, std::set<IdQuad>& removed) {
  std::vector<TermId> objects;
  ASSIGN_OR_RETURN(const std::vector<IdQuad> uses, All(snapshot, {}, {}, node));
  for (const IdQuad& quad : uses) {
    if (!removed.contains(quad)) return objects;
  }
  ASSIGN_OR_RETURN(const std::vector<IdQuad> quads, All(snapshot, node, {}, {}));
  for (const IdQuad& quad : quads) {
    removed.insert(quad);
    objects.push_back(quad.object);
  }
  return objects;
}

}  // namespace

absl::Status AddUnusedTimes(const Snapshot& snapshot, std::set<IdQuad>& removed) {
  ASSIGN_OR_RETURN(const TermId has_time, snapshot.Find(Term::Iri(std::string(vocab::kHasTime))));
  ASSIGN_OR_RETURN(const TermId has_beginning, snapshot.Find(Term::Iri(std::string(vocab::kHasBeginning))));
  ASSIGN_OR_RETURN(const TermId has_end, snapshot.Find(Term::Iri(std::string(vocab::kHasEnd))));
  if (has_time.is_unbound()) return absl::OkStatus();
  std::set<TermId> intervals, days;
  for (const IdQuad& quad : removed) {
    if (quad.predicate == has_time) intervals.insert(quad.object);
  }
  for (const TermId interval : intervals) {
    std::set<TermId> ends;
    for (const TermId predicate : {has_beginning, has_end}) {
      if (predicate.is_unbound()) continue;
      ASSIGN_OR_RETURN(const std::vector<IdQuad> quads, All(snapshot, interval, predicate, {}));
      for (const IdQuad& quad : quads) ends.insert(quad.object);
    }
    ASSIGN_OR_RETURN(const std::vector<TermId> gone, RemoveIfUnused(snapshot, interval, removed));
    if (!gone.empty()) days.insert(ends.begin(), ends.end());
  }
  for (const TermId day : days) RETURN_IF_ERROR(RemoveIfUnused(snapshot, day, removed).status());
  return absl::OkStatus();
}

absl::StatusOr<std::vector<graph::Quad>> SavedStatements(const Snapshot& snapshot, std::string_view document_iri) {
  std::vector<graph::Quad> saved;
  const std::string fragment = Cat(document_iri, "#");
  RETURN_IF_ERROR(ForEachQuadIn(snapshot, vocab::kCorrections, [&](const graph::Quad& quad) {
    if (quad.subject.is_iri() && (quad.subject.value() == document_iri || quad.subject.value().starts_with(fragment))) {
      saved.emplace_back(quad.subject, quad.predicate, quad.object, Term::Iri(std::string(vocab::kCorrections)));
    }
  }));
  return saved;
}

}  // namespace dossier::ingest
