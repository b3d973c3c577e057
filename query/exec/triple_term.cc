#include <algorithm>
#include <array>

#include "absl/container/flat_hash_map.h"
#include "query/exec/operators.h"
#include "query/exec/row_filter.h"

namespace dossier::query {
namespace {

using graph::Term;
using graph::TermId;

using Parts = std::array<TermId, 3>;

// Splits triple terms into their parts (Unnest), or makes triple terms of parts (Nest). Parts that the row
// has already are compared.
class TripleTermOperator : public Operator {
 public:
  TripleTermOperator(const plan::PlanNode& plan_node, Execution& execution, OperatorPtr input)
      : Operator(plan_node, execution), input_(std::move(input)) {
    const plan::PlanNode& from = input_->node();
    if (const auto* unnest = std::get_if<plan::Unnest>(&plan_node.op)) {
      slots_ = {unnest->subject, unnest->predicate, unnest->object};
      triple_ = unnest->triple;
    } else {
      const auto& nest = std::get<plan::Nest>(plan_node.op);
      nest_ = true;
      slots_ = {nest.subject, nest.predicate, nest.object};
      triple_ = nest.triple;
    }
    triple_column_ = from.ColumnOf(triple_);
    for (size_t i = 0; i < 3; ++i)
      part_columns_[i] = slots_[i].is_variable() ? from.ColumnOf(slots_[i].variable) : -1;
    for (const plan::Column& column : plan_node.columns) sources_.push_back(from.ColumnOf(column.variable));
  }

  absl::Status Init() {
    for (size_t i = 0; i < 3; ++i) {
      if (!slots_[i].is_variable()) {
        ASSIGN_OR_RETURN(constants_[i], execution_.vocabulary.Lookup(slots_[i].constant));
        continue;
      }
      needed_[i] = part_columns_[i] >= 0 || node_.ColumnOf(slots_[i].variable) >= 0;
      for (size_t j = 0; j < 3; ++j) needed_[i] |= i != j && slots_[i].variable == slots_[j].variable;
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Fill(Batch& batch) override {
    while (batch.rows == 0) {
      RETURN_IF_ERROR(input_->Next(rows_));
      if (rows_.rows == 0) return absl::OkStatus();
      kept_.clear();
      made_.clear();
      if (nest_) {
        RETURN_IF_ERROR(MakeTriples());
      } else {
        RETURN_IF_ERROR(SplitTriples());
      }
      AppendRows(rows_.columns, sources_, kept_, batch);
      FillNew(batch);
    }
    return absl::OkStatus();
  }

  // The columns that this operator binds: parts, or the triple (as part 0 of made_). A part may be bound by
  // input but may be unbound.
  void FillNew(Batch& batch) {
    for (size_t c = 0; c < column_count(); ++c) {
      const plan::VarId variable = node_.columns[c].variable;
      for (size_t i = 0; i < (nest_ ? 1 : 3); ++i) {
        const plan::VarId mine = nest_ ? triple_ : slots_[i].variable;
        if (mine != variable) continue;
        for (size_t r = 0; r < made_.size(); ++r) batch.columns[c][r] = made_[r][i];
      }
    }
  }

  absl::Status SplitTriples() {
    const std::vector<TermId>& triples = rows_.columns[static_cast<size_t>(triple_column_)];
    RETURN_IF_ERROR(Decode(triples));
    for (size_t row = 0; row < rows_.rows; ++row) {
      const auto at = parts_.find(triples[row]);
      if (at == parts_.end() || !Matches(at->second, row)) continue;
      kept_.push_back(static_cast<uint32_t>(row));
      made_.push_back(at->second);
    }
    return absl::OkStatus();
  }

  // parts_ of all triple terms of the batch; other terms have none.
  absl::Status Decode(const std::vector<TermId>& triples) {
    if (parts_.size() > kRemembered) parts_.clear();
    std::vector<TermId> wanted;
    for (TermId id : triples) {
      const bool may_be = id.tag() == TermId::Tag::kTripleTerm || id.is_local();
      if (may_be && !parts_.contains(id)) wanted.push_back(id);
    }
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    std::vector<std::optional<Term>> terms;
    RETURN_IF_ERROR(execution_.vocabulary.LookupMany(wanted, terms));
    for (size_t i = 0; i < wanted.size(); ++i) {
      if (!terms[i] || !terms[i]->is_triple()) continue;
      if (i % 256 == 0) RETURN_IF_ERROR(execution_.context.Check());
      const graph::Triple& triple = terms[i]->triple();
      const std::array<const Term*, 3> terms_of = {&triple.subject, &triple.predicate, &triple.object};
      // Constants are compared as terms: most triple terms fail there, before anything is looked up.
      bool matches = true;
      for (size_t k = 0; k < 3; ++k) matches = matches && (!constants_[k] || *constants_[k] == *terms_of[k]);
      if (!matches) continue;
      Parts parts;
      for (size_t k = 0; k < 3; ++k) {
        parts[k] = slots_[k].constant;
        if (!needed_[k]) continue;
        ASSIGN_OR_RETURN(parts[k], IdOf(*terms_of[k]));
      }
      parts_.emplace(wanted[i], parts);
    }
    return absl::OkStatus();
  }

  // Triple terms of one predicate or subject follow one another: most parts have just been seen.
  absl::StatusOr<TermId> IdOf(const Term& term) {
    if (const auto at = ids_.find(term); at != ids_.end()) return at->second;
    ASSIGN_OR_RETURN(const TermId id, execution_.vocabulary.Intern(term));
    if (ids_.size() > kRemembered) ids_.clear();
    ids_.emplace(term, id);
    return id;
  }

  bool Matches(const Parts& parts, size_t row) const {
    for (size_t i = 0; i < 3; ++i) {
      if (!slots_[i].is_variable()) continue;  // compared when the term was decoded
      for (size_t j = 0; j < i; ++j) {
        if (slots_[j].is_variable() && slots_[j].variable == slots_[i].variable && parts[i] != parts[j])
          return false;
      }
      if (part_columns_[i] < 0) continue;
      const TermId bound = rows_.columns[static_cast<size_t>(part_columns_[i])][row];
      if (bound.is_bound() && bound != parts[i]) return false;
    }
    return true;
  }

  absl::Status MakeTriples() {
    std::array<std::vector<std::optional<Term>>, 3> terms;
    for (size_t i = 0; i < 3; ++i) {
      std::vector<TermId> ids(rows_.rows, slots_[i].constant);
      if (slots_[i].is_variable()) ids = rows_.columns[static_cast<size_t>(part_columns_[i])];
      RETURN_IF_ERROR(execution_.vocabulary.LookupMany(ids, terms[i]));
    }
    for (size_t row = 0; row < rows_.rows; ++row) {
      if (!terms[0][row] || !terms[1][row] || !terms[2][row]) continue;
      if (terms[0][row]->is_literal() || !terms[1][row]->is_iri()) continue;
      const Term triple = Term::TripleTerm(*terms[0][row], *terms[1][row], *terms[2][row]);
      ASSIGN_OR_RETURN(const TermId id, execution_.dataset.snapshot().Find(triple));
      if (id.is_unbound()) continue;  // no quad can hold it
      kept_.push_back(static_cast<uint32_t>(row));
      made_.push_back({id, TermId(), TermId()});
    }
    return absl::OkStatus();
  }

  static constexpr size_t kRemembered = 1 << 16;

  OperatorPtr input_;
  bool nest_ = false;
  std::array<plan::Slot, 3> slots_;
  plan::VarId triple_ = -1;
  int triple_column_ = -1;
  std::array<int, 3> part_columns_ = {-1, -1, -1};
  std::array<bool, 3> needed_ = {false, false, false};  // parts whose ids are compared or given out
  std::array<std::optional<Term>, 3> constants_;        // of constant slots, when splitting
  std::vector<int> sources_;
  Batch rows_;
  std::vector<uint32_t> kept_;
  std::vector<Parts> made_;  // of each kept row
  absl::flat_hash_map<TermId, Parts> parts_;
  absl::flat_hash_map<Term, TermId> ids_;
};

}  // namespace

absl::StatusOr<OperatorPtr> MakeTripleTerm(const plan::PlanNode& node, Execution& execution,
                                           const BuildScope& scope) {
  ASSIGN_OR_RETURN(OperatorPtr input, BuildOperator(*node.children[0], execution, scope));
  auto result = std::make_unique<TripleTermOperator>(node, execution, std::move(input));
  RETURN_IF_ERROR(result->Init());
  return result;
}

}  // namespace dossier::query
