// Quads from templates and solutions: what INSERT and DELETE put in and take out (SPARQL 1.1 Update §3.1.3, §4.2).
//
//   QuadMaker maker(modify, run.vocabulary(), changes);
//   RETURN_IF_ERROR(maker.Add(batch, columns));                  // for every batch of the pattern
//   RETURN_IF_ERROR(maker.Apply());                              // removes, then inserts
//
// Quads with unbound or misplaced terms are left out. Blank nodes of the INSERT template are fresh for every solution, those BNODE() made
// for every node; those of the store stay themselves. Not thread-safe.
#pragma once

#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "query/algebra/update.h"
#include "query/exec/operator.h"
#include "query/update/changes.h"

namespace dossier::query {

class QuadMaker {
 public:
  // All borrowed.
  QuadMaker(const algebra::Modify& modify, Vocabulary& vocabulary, Changes& changes)
      : modify_(modify), vocabulary_(vocabulary), changes_(changes) {}
  ~QuadMaker();
  QuadMaker(const QuadMaker&) = delete;

  absl::Status Add(const Batch& batch, const ColumnOf& columns);
  absl::Status Apply();

 private:
  using Quads = QuadHashSet;
  absl::Status AddRow(const std::vector<algebra::QuadTemplate>& templates, bool insert, Quads& out);
  // Unbound: there is no such term.
  absl::StatusOr<graph::TermId> IdOf(const algebra::PatternTerm& term, bool insert);
  absl::StatusOr<graph::TermId> IdOfValue(graph::TermId value, bool insert);
  absl::StatusOr<graph::TermId> IdOfTerm(const graph::Term& term, bool insert);
  absl::StatusOr<std::optional<graph::Term>> TermOf(const algebra::PatternTerm& term);
  // The term with the blank nodes that BNODE() made replaced.
  absl::StatusOr<graph::Term> Stored(const graph::Term& term);
  bool IsBlank(algebra::VarId variable) const;

  const algebra::Modify& modify_;
  Vocabulary& vocabulary_;
  Changes& changes_;
  Quads removed_, inserted_;
  absl::flat_hash_map<graph::TermId, graph::TermId> made_;         // terms of the query -> of the store
  absl::flat_hash_map<graph::Term, graph::TermId> constants_;      // of the INSERT template
  absl::flat_hash_map<graph::Term, graph::Term> blank_nodes_;      // made by BNODE()
  absl::flat_hash_map<algebra::VarId, graph::Term> row_blanks_;    // of the current solution
  const Batch* batch_ = nullptr;
  const ColumnOf* columns_ = nullptr;
  size_t row_ = 0;
  int64_t charged_ = 0;
};

}  // namespace dossier::query
