#include "query/exec/graph_result.h"

#include <algorithm>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "query/optimize/variables.h"

namespace dossier::query {
namespace {

using algebra::PatternTerm;
using graph::Term;
using graph::TermId;

// Where terms may stand (RDF 1.2 Concepts §3.1): no literals or triple terms as subjects, IRIs as predicates.
bool IsLegal(const Term& subject, const Term& predicate) {
  return (subject.is_iri() || subject.is_blank()) && predicate.is_iri();
}

int64_t TextBytes(const Term& term) {
  if (!term.is_triple()) return static_cast<int64_t>(term.value().size() + term.datatype().size() + term.language().size());
  const graph::Triple& t = term.triple();
  return static_cast<int64_t>(3 * sizeof(Term)) + TextBytes(t.subject) + TextBytes(t.predicate) + TextBytes(t.object);
}

}  // namespace

Constructor::Constructor(const algebra::Query& query, Execution& execution)
    : query_(query), execution_(execution), constants_(query.construct.size()) {
  algebra::VarSet all;
  for (const algebra::TriplePattern& triple : query.construct) AddVariables(triple, all);
  for (algebra::VarId blank : query.construct_blanks) all.Remove(blank);
  variables_ = all.ToVector();
  for (const algebra::TriplePattern& triple : query.construct)
    fresh_.push_back(HasBlank(triple.subject) || HasBlank(triple.predicate) || HasBlank(triple.object));
}

Constructor::~Constructor() { execution_.context.Charge(-charged_seen_ - charged_out_, "").IgnoreError(); }

absl::Status Constructor::Charge(int64_t bytes, int64_t& account) {
  RETURN_IF_ERROR(execution_.context.Charge(bytes, "construct"));
  account += bytes;
  return absl::OkStatus();
}

size_t Constructor::IndexOf(algebra::VarId variable) const {
  const auto at = std::lower_bound(variables_.begin(), variables_.end(), variable);
  return at != variables_.end() && *at == variable ? static_cast<size_t>(at - variables_.begin()) : variables_.size();
}

bool Constructor::HasBlank(const PatternTerm& term) const {
  if (term.is_variable()) return IndexOf(term.variable()) == variables_.size();
  return term.is_triple() && std::any_of(term.triple().begin(), term.triple().end(), [this](const PatternTerm& t) { return HasBlank(t); });
}

std::optional<Term> Constructor::Instantiate(const PatternTerm& term, size_t decoded) const {
  if (term.is_constant()) return term.constant();
  if (term.is_triple()) {
    const auto& parts = term.triple();
    std::optional<Term> s = Instantiate(parts[0], decoded), p = Instantiate(parts[1], decoded),
                        o = Instantiate(parts[2], decoded);
    if (!s || !p || !o || !IsLegal(*s, *p)) return std::nullopt;
    return Term::TripleTerm(*std::move(s), *std::move(p), *std::move(o));
  }
  const size_t index = IndexOf(term.variable());
  if (index < variables_.size()) return terms_[index][decoded];
  return Term::BlankNode(Cat("constructed-", solution_, "-", term.variable()));
}

void Constructor::Start(const Batch& batch, const ColumnOf& columns) {
  batch_ = &batch;
  row_ = 0;
  columns_.clear();
  for (algebra::VarId variable : variables_) columns_.push_back(columns(variable));
}

// The terms of the rows from row_ to `end`.
absl::Status Constructor::Decode(size_t end) {
  terms_.resize(variables_.size());
  for (size_t v = 0; v < variables_.size(); ++v) {
    if (columns_[v] < 0) {
      terms_[v].assign(end - row_, std::nullopt);
      continue;
    }
    const std::vector<TermId>& ids = batch_->columns[static_cast<size_t>(columns_[v])];
    RETURN_IF_ERROR(execution_.vocabulary.LookupMany(absl::MakeConstSpan(ids).subspan(row_, end - row_), terms_[v]));
  }
  return absl::OkStatus();
}

absl::Status Constructor::Next(std::vector<graph::Triple>& out) {
  static constexpr size_t kRows = 256;
  static constexpr int64_t kBytes = int64_t{4} << 20;
  execution_.context.Charge(-charged_out_, "").IgnoreError();
  charged_out_ = 0;
  while (has_more() && charged_out_ < kBytes) {
    RETURN_IF_ERROR(Annotate(execution_.context.Check(), "construct"));
    const size_t first = row_, end = std::min(batch_->rows, row_ + kRows);
    RETURN_IF_ERROR(Decode(end));
    for (; row_ < end && charged_out_ < kBytes; ++row_, ++solution_) RETURN_IF_ERROR(AddRow(row_ - first, out));
  }
  return absl::OkStatus();
}

absl::Status Constructor::AddRow(size_t decoded, std::vector<graph::Triple>& out) {
  fresh_of_row_.clear();
  for (size_t i = 0; i < query_.construct.size(); ++i) {
    const algebra::TriplePattern& pattern = query_.construct[i];
    std::optional<Term> s = Instantiate(pattern.subject, decoded), p = Instantiate(pattern.predicate, decoded),
                        o = Instantiate(pattern.object, decoded);
    if (!s || !p || !o || !IsLegal(*s, *p)) continue;
    graph::Triple triple{*std::move(s), *std::move(p), *std::move(o)};
    ASSIGN_OR_RETURN(const bool is_new, IsNew(i, triple));
    if (!is_new) continue;
    const int64_t text = TextBytes(triple.subject) + TextBytes(triple.predicate) + TextBytes(triple.object);
    RETURN_IF_ERROR(Charge(static_cast<int64_t>(sizeof(graph::Triple)) + text, charged_out_));
    out.push_back(std::move(triple));
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> Constructor::IsNew(size_t number, const graph::Triple& triple) {
  if (fresh_[number]) {
    if (std::find(fresh_of_row_.begin(), fresh_of_row_.end(), triple) != fresh_of_row_.end()) return false;
    fresh_of_row_.push_back(triple);
    return true;
  }
  constexpr int64_t kSeenBytes = 72;  // in a set that is kept twice while it grows
  const algebra::TriplePattern& pattern = query_.construct[number];
  Ids ids;
  ASSIGN_OR_RETURN(ids[0], IdOf(pattern.subject, triple.subject, constants_[number][0]));
  ASSIGN_OR_RETURN(ids[1], IdOf(pattern.predicate, triple.predicate, constants_[number][1]));
  ASSIGN_OR_RETURN(ids[2], IdOf(pattern.object, triple.object, constants_[number][2]));
  if (!seen_.insert(ids).second) return false;
  RETURN_IF_ERROR(Charge(kSeenBytes, charged_seen_));
  return true;
}

absl::StatusOr<TermId> Constructor::IdOf(const PatternTerm& pattern, const Term& term, TermId& constant) {
  if (pattern.is_variable()) return batch_->columns[static_cast<size_t>(columns_[IndexOf(pattern.variable())])][row_];
  if (pattern.is_triple()) return execution_.vocabulary.Intern(term);
  if (constant.is_unbound()) {
    ASSIGN_OR_RETURN(constant, execution_.vocabulary.Intern(term));
  }
  return constant;
}

Describer::~Describer() {
  Taken();
  execution_.context.Charge(-charged_seen_, "").IgnoreError();
}

void Describer::Taken() {
  execution_.context.Charge(-charged_out_, "").IgnoreError();
  charged_out_ = 0;
}

absl::Status Describer::Charge(int64_t bytes, int64_t& account) {
  RETURN_IF_ERROR(execution_.context.Charge(bytes, "describe"));
  account += bytes;
  return absl::OkStatus();
}

absl::Status Describer::Describe(TermId resource, std::vector<graph::Triple>& out) {
  constexpr int64_t kSeenBytes = 40;  // with its place among those still open
  std::vector<TermId> open = {resource};
  while (!open.empty()) {
    const TermId next = open.back();
    open.pop_back();
    if (next.is_local() || !seen_.insert(next).second) continue;
    RETURN_IF_ERROR(Charge(kSeenBytes, charged_seen_));
    RETURN_IF_ERROR(Annotate(execution_.context.Check(), "describe"));
    RETURN_IF_ERROR(DescribeOne(next, open, out));
  }
  return absl::OkStatus();
}

absl::Status Describer::DescribeOne(TermId resource, std::vector<TermId>& open,
                                    std::vector<graph::Triple>& out) {
  Dataset::Triple pattern;
  pattern.subject = resource;
  ASSIGN_OR_RETURN(auto cursor,
                   execution_.dataset.Scan(pattern, Dataset::Target::Default(), graph::Order::kSpo));
  std::vector<std::optional<Term>> subjects, predicates, objects;
  for (graph::IdBatch batch;;) {
    RETURN_IF_ERROR(Annotate(execution_.context.Check(), "describe"));
    RETURN_IF_ERROR(cursor->Next(batch));
    if (batch.size == 0) return absl::OkStatus();
    const auto span = [&](const std::vector<TermId>& ids) {
      return absl::MakeConstSpan(ids.data(), batch.size);
    };
    RETURN_IF_ERROR(execution_.vocabulary.LookupMany(span(batch.subject), subjects));
    RETURN_IF_ERROR(execution_.vocabulary.LookupMany(span(batch.predicate), predicates));
    RETURN_IF_ERROR(execution_.vocabulary.LookupMany(span(batch.object), objects));
    for (size_t i = 0; i < batch.size; ++i) {
      graph::Triple triple{*std::move(subjects[i]), *std::move(predicates[i]), *std::move(objects[i])};
      RETURN_IF_ERROR(Charge(static_cast<int64_t>(sizeof(graph::Triple) + triple.subject.value().size() +
                                                  triple.predicate.value().size() + triple.object.value().size()),
                             charged_out_));
      if (batch.object[i].is_blank()) open.push_back(batch.object[i]);
      RETURN_IF_ERROR(AddReifiers(triple, open));
      out.push_back(std::move(triple));
    }
  }
}

absl::Status Describer::AddReifiers(const graph::Triple& triple, std::vector<TermId>& open) {
  ASSIGN_OR_RETURN(const TermId statement, execution_.dataset.snapshot().Find(Term::TripleTerm(
                                               triple.subject, triple.predicate, triple.object)));
  if (statement.is_unbound()) return absl::OkStatus();
  Dataset::Triple pattern;
  ASSIGN_OR_RETURN(pattern.predicate, execution_.vocabulary.Intern(Term::Iri(std::string(graph::rdf::kReifies))));
  pattern.object = statement;
  ASSIGN_OR_RETURN(const auto cursor,
                   execution_.dataset.Scan(pattern, Dataset::Target::Default(), graph::Order::kPos));
  for (graph::IdBatch batch;;) {
    RETURN_IF_ERROR(Annotate(execution_.context.Check(), "describe"));
    RETURN_IF_ERROR(cursor->Next(batch));
    if (batch.size == 0) return absl::OkStatus();
    open.insert(open.end(), batch.subject.begin(), batch.subject.begin() + static_cast<std::ptrdiff_t>(batch.size));
  }
}

}  // namespace dossier::query
