#include "query/update/quad_maker.h"

#include <algorithm>

namespace dossier::query {

using algebra::PatternTerm;
using graph::IdQuad;
using graph::Term;
using graph::TermId;

namespace {

constexpr int64_t kQuadBytes = 120;  // in a set that is kept twice while it grows
constexpr size_t kCheckEvery = 1024;

bool IsNode(TermId id) { return id.is_iri() || id.is_blank(); }

}  // namespace

QuadMaker::~QuadMaker() {
  if (charged_ > 0) changes_.context().Charge(-charged_, "").IgnoreError();
}

absl::Status QuadMaker::Add(const Batch& batch, const ColumnOf& columns) {
  batch_ = &batch;
  columns_ = &columns;
  for (row_ = 0; row_ < batch.rows; ++row_) {
    if (row_ % kCheckEvery == 0) RETURN_IF_ERROR(Annotate(changes_.context().Check(), "update"));
    row_blanks_.clear();
    RETURN_IF_ERROR(AddRow(modify_.remove, false, removed_));
    RETURN_IF_ERROR(AddRow(modify_.insert, true, inserted_));
  }
  return absl::OkStatus();
}

absl::Status QuadMaker::Apply() {
  for (const IdQuad& quad : removed_) {
    if (!inserted_.contains(quad)) RETURN_IF_ERROR(changes_.Remove(quad));
  }
  for (const IdQuad& quad : inserted_) RETURN_IF_ERROR(changes_.Insert(quad));
  return absl::OkStatus();
}

absl::Status QuadMaker::AddRow(const std::vector<algebra::QuadTemplate>& templates, bool insert, Quads& out) {
  for (const algebra::QuadTemplate& quad : templates) {
    IdQuad ids;
    if (quad.graph) {
      ASSIGN_OR_RETURN(ids.graph, IdOf(*quad.graph, insert));
      if (!IsNode(ids.graph)) continue;
    }
    ASSIGN_OR_RETURN(ids.subject, IdOf(quad.triple.subject, insert));
    if (!IsNode(ids.subject)) continue;
    ASSIGN_OR_RETURN(ids.predicate, IdOf(quad.triple.predicate, insert));
    if (!ids.predicate.is_iri()) continue;
    ASSIGN_OR_RETURN(ids.object, IdOf(quad.triple.object, insert));
    if (ids.object.is_unbound() || !out.insert(ids).second) continue;
    RETURN_IF_ERROR(changes_.context().Charge(kQuadBytes, "update"));
    charged_ += kQuadBytes;
  }
  return absl::OkStatus();
}

bool QuadMaker::IsBlank(algebra::VarId variable) const {
  return std::binary_search(modify_.blanks.begin(), modify_.blanks.end(), variable);  // numbered as they come
}

absl::StatusOr<TermId> QuadMaker::IdOfTerm(const Term& term, bool insert) {
  return insert ? changes_.Intern(term) : changes_.Find(term);
}

absl::StatusOr<TermId> QuadMaker::IdOfValue(TermId value, bool insert) {
  if (!value.is_local()) return value;
  if (!insert) return TermId::Unbound();  // what the query made is in no quad
  if (const auto it = made_.find(value); it != made_.end()) return it->second;
  ASSIGN_OR_RETURN(const Term term, vocabulary_.Lookup(value));
  ASSIGN_OR_RETURN(const Term stored, Stored(term));
  ASSIGN_OR_RETURN(const TermId id, changes_.Intern(stored));
  made_.emplace(value, id);
  return id;
}

absl::StatusOr<TermId> QuadMaker::IdOf(const PatternTerm& term, bool insert) {
  if (term.is_constant()) {
    if (!insert) return changes_.Find(term.constant());
    if (const auto it = constants_.find(term.constant()); it != constants_.end()) return it->second;
    ASSIGN_OR_RETURN(const TermId id, changes_.Intern(term.constant()));
    constants_.emplace(term.constant(), id);
    return id;
  }
  if (term.is_triple() || IsBlank(term.variable())) {
    ASSIGN_OR_RETURN(const std::optional<Term> made, TermOf(term));
    if (!made) return TermId::Unbound();
    return IdOfTerm(*made, insert);
  }
  const int column = (*columns_)(term.variable());
  return column < 0 ? TermId::Unbound() : IdOfValue(batch_->columns[static_cast<size_t>(column)][row_], insert);
}

absl::StatusOr<std::optional<Term>> QuadMaker::TermOf(const PatternTerm& term) {
  if (term.is_constant()) return term.constant();
  if (term.is_triple()) {
    std::array<Term, 3> parts;
    for (size_t i = 0; i < 3; ++i) {
      ASSIGN_OR_RETURN(std::optional<Term> part, TermOf(term.triple()[i]));
      if (!part) return std::nullopt;
      parts[i] = *std::move(part);
    }
    if ((!parts[0].is_iri() && !parts[0].is_blank()) || !parts[1].is_iri()) return std::nullopt;
    return Term::TripleTerm(std::move(parts[0]), std::move(parts[1]), std::move(parts[2]));
  }
  if (IsBlank(term.variable())) {
    const auto [it, inserted] = row_blanks_.try_emplace(term.variable());
    if (inserted) it->second = Term::BlankNode(changes_.FreshLabel());
    return it->second;
  }
  const int column = (*columns_)(term.variable());
  const TermId value = column < 0 ? TermId::Unbound() : batch_->columns[static_cast<size_t>(column)][row_];
  if (value.is_unbound()) return std::nullopt;
  ASSIGN_OR_RETURN(const Term found, vocabulary_.Lookup(value));
  if (!value.is_local()) return found;
  ASSIGN_OR_RETURN(Term stored, Stored(found));
  return stored;
}

absl::StatusOr<Term> QuadMaker::Stored(const Term& term) {
  if (term.is_triple()) {
    ASSIGN_OR_RETURN(Term subject, Stored(term.triple().subject));
    ASSIGN_OR_RETURN(Term object, Stored(term.triple().object));
    return Term::TripleTerm(std::move(subject), term.triple().predicate, std::move(object));
  }
  if (!term.is_blank()) return term;
  ASSIGN_OR_RETURN(const TermId known, changes_.Find(term));
  if (known.is_bound()) return term;
  const auto [it, inserted] = blank_nodes_.try_emplace(term);
  if (inserted) it->second = Term::BlankNode(changes_.FreshLabel());
  return it->second;
}

}  // namespace dossier::query
