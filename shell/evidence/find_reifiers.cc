#include <algorithm>
#include <optional>

#include "graph/model/vocabulary.h"
#include "shell/evidence/describe.h"
#include "shell/evidence/evidence.h"

namespace dossier::shell {
namespace {

using graph::IdPattern;
using graph::Snapshot;
using graph::Term;
using graph::TermId;

class Finder {
 public:
  Finder(const Snapshot& snapshot, size_t limit) : snapshot_(snapshot), limit_(limit) {}

  absl::Status Init() {
    ASSIGN_OR_RETURN(reifies_, snapshot_.Find(Term::Iri(std::string(graph::rdf::kReifies))));
    return absl::OkStatus();
  }
  bool Done() const { return !reifies_.is_bound() || found_.size() >= limit_; }

  // `term` when it is a reifier itself, or the reifiers of a triple term.
  absl::Status AddDirect(const Term& term) {
    ASSIGN_OR_RETURN(const TermId id, snapshot_.Find(term));
    if (!id.is_bound()) return absl::OkStatus();
    if (term.is_triple()) return AddReifiersOf(id);
    if (term.is_literal()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const uint64_t count, snapshot_.Count({id, reifies_, {}}, 1));
    if (count > 0) AddTerm(term);
    return absl::OkStatus();
  }

  // Reifiers of the asserted triples a ?p b.
  absl::Status AddJoining(const Term& a, const Term& b) {
    if (a.is_literal() || a.is_triple()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const TermId subject, snapshot_.Find(a));
    ASSIGN_OR_RETURN(const TermId object, snapshot_.Find(b));
    if (!subject.is_bound() || !object.is_bound()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const std::vector<Term> predicates,
                     Column(snapshot_, {subject, {}, object}, 'p', limit_));
    for (const Term& predicate : predicates) RETURN_IF_ERROR(AddTriple(a, predicate, b));
    return absl::OkStatus();
  }

  // Reifiers of every triple, asserted or not, whose ends `matches`: walks all reifications.
  template <typename Matches>
  absl::Status AddWhere(const Matches& matches) {
    const IdPattern pattern{{}, reifies_, {}};
    ASSIGN_OR_RETURN(const auto cursor, snapshot_.Scan(pattern, snapshot_.BestOrder(pattern, 'o')));
    for (graph::IdBatch batch; !Done();) {
      RETURN_IF_ERROR(cursor->Next(batch));
      if (batch.size == 0) break;
      std::vector<Term> triples;
      RETURN_IF_ERROR(snapshot_.Decode(absl::MakeConstSpan(batch.object.data(), batch.size), triples));
      std::vector<TermId> hits;
      for (size_t i = 0; i < triples.size(); ++i) {
        if (triples[i].is_triple() && matches(triples[i].triple())) hits.push_back(batch.subject[i]);
      }
      RETURN_IF_ERROR(AddIds(hits));
    }
    return absl::OkStatus();
  }

  std::vector<Term> Take() {
    if (found_.size() > limit_) found_.resize(limit_);
    return std::move(found_);
  }
  bool empty() const { return found_.empty(); }

 private:
  void AddTerm(const Term& term) {
    if (std::find(found_.begin(), found_.end(), term) == found_.end()) found_.push_back(term);
  }
  absl::Status AddIds(const std::vector<TermId>& ids) {
    std::vector<Term> terms;
    RETURN_IF_ERROR(snapshot_.Decode(ids, terms));
    for (const Term& term : terms) AddTerm(term);
    return absl::OkStatus();
  }
  absl::Status AddReifiersOf(TermId triple) {
    ASSIGN_OR_RETURN(const std::vector<Term> reifiers,
                     Column(snapshot_, {{}, reifies_, triple}, 's', limit_));
    for (const Term& reifier : reifiers) AddTerm(reifier);
    return absl::OkStatus();
  }
  absl::Status AddTriple(const Term& s, const Term& p, const Term& o) {
    ASSIGN_OR_RETURN(const TermId triple, snapshot_.Find(Term::TripleTerm(s, p, o)));
    return triple.is_bound() ? AddReifiersOf(triple) : absl::OkStatus();
  }

  const Snapshot& snapshot_;
  size_t limit_;
  TermId reifies_;
  std::vector<Term> found_;
};

bool IsOneOf(const Term& term, absl::Span<const Term> terms) {
  return std::find(terms.begin(), terms.end(), term) != terms.end();
}

}  // namespace

absl::StatusOr<std::vector<Term>> FindReifiers(const Snapshot& snapshot, absl::Span<const Term> row, size_t limit) {
  Finder finder(snapshot, limit);
  RETURN_IF_ERROR(finder.Init());
  if (finder.Done()) return std::vector<Term>{};
  for (const Term& term : row) RETURN_IF_ERROR(finder.AddDirect(term));
  if (!finder.empty()) return finder.Take();

  for (const Term& a : row) {
    for (const Term& b : row) {
      if (!(a == b) && !finder.Done()) RETURN_IF_ERROR(finder.AddJoining(a, b));
    }
  }
  if (!finder.empty()) return finder.Take();

  // Nothing asserted joins them: perhaps something that is only claimed does.
  RETURN_IF_ERROR(finder.AddWhere([&](const graph::Triple& triple) {
    return IsOneOf(triple.subject, row) && IsOneOf(triple.object, row) && !(triple.subject == triple.object);
  }));
  if (!finder.empty()) return finder.Take();

  // A row about one thing (perhaps with a relation): the facts it is an end of.
  const auto is_relation = [](const Term& term) { return term.is_iri() && term.value().starts_with(graph::kRelationNs); };
  const bool has_relation = std::any_of(row.begin(), row.end(), is_relation);
  RETURN_IF_ERROR(finder.AddWhere([&](const graph::Triple& triple) {
    const auto is_end = [&](const Term& end) { return IsOneOf(end, row) && !end.is_literal(); };
    return (is_end(triple.subject) || is_end(triple.object)) && (!has_relation || IsOneOf(triple.predicate, row));
  }));
  return finder.Take();
}

}  // namespace dossier::shell
