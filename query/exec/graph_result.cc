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

constexpr int64_t kSeenBytes = 4 * sizeof(Term) + 64;

int64_t TextBytes(const Term& term) {
  if (!term.is_triple()) return static_cast<int64_t>(term.value().size() + term.datatype().size() + term.language().size());
  const graph::Triple& t = term.triple();
  return static_cast<int64_t>(3 * sizeof(Term)) + TextBytes(t.subject) + TextBytes(t.predicate) + TextBytes(t.object);
}

}  // namespace

Constructor::Constructor(const algebra::Query& query, Execution& execution)
    : query_(query), execution_(execution) {
  algebra::VarSet all;
  for (const algebra::TriplePattern& triple : query.construct) AddVariables(triple, all);
  for (algebra::VarId blank : query.construct_blanks) all.Remove(blank);
  variables_ = all.ToVector();
}

Constructor::~Constructor() {
  if (charged_ > 0) execution_.context.Charge(-charged_, "").IgnoreError();
}

std::optional<Term> Constructor::Instantiate(const PatternTerm& term, size_t row) const {
  if (term.is_constant()) return term.constant();
  if (term.is_triple()) {
    const auto& parts = term.triple();
    std::optional<Term> s = Instantiate(parts[0], row), p = Instantiate(parts[1], row),
                        o = Instantiate(parts[2], row);
    if (!s || !p || !o || !IsLegal(*s, *p)) return std::nullopt;
    return Term::TripleTerm(*std::move(s), *std::move(p), *std::move(o));
  }
  const auto at = std::lower_bound(variables_.begin(), variables_.end(), term.variable());
  if (at != variables_.end() && *at == term.variable())
    return terms_[static_cast<size_t>(at - variables_.begin())][row];
  return Term::BlankNode(Cat("constructed-", solution_, "-", term.variable()));
}

absl::Status Constructor::Add(const Batch& batch, const ColumnOf& columns, std::vector<graph::Triple>& out) {
  terms_.resize(variables_.size());
  for (size_t v = 0; v < variables_.size(); ++v) {
    const int column = columns(variables_[v]);
    if (column >= 0) {
      RETURN_IF_ERROR(
          execution_.vocabulary.LookupMany(batch.columns[static_cast<size_t>(column)], terms_[v]));
    } else {
      terms_[v].assign(batch.rows, std::nullopt);
    }
  }
  for (size_t row = 0; row < batch.rows; ++row, ++solution_) {
    for (const algebra::TriplePattern& triple : query_.construct) {
      std::optional<Term> s = Instantiate(triple.subject, row), p = Instantiate(triple.predicate, row),
                          o = Instantiate(triple.object, row);
      if (!s || !p || !o || !IsLegal(*s, *p)) continue;
      if (!seen_.emplace(*s, std::make_pair(*p, *o)).second) continue;
      // Kept to tell repetitions, and a while in `out`.
      const int64_t bytes = kSeenBytes + 2 * (TextBytes(*s) + TextBytes(*p) + TextBytes(*o));
      RETURN_IF_ERROR(execution_.context.Charge(bytes, "construct"));
      charged_ += bytes;
      out.push_back({*std::move(s), *std::move(p), *std::move(o)});
    }
  }
  return absl::OkStatus();
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
