// What an update request does to the store, one operation after another: the open transaction, and the state that the next operation sees.
//
//   ASSIGN_OR_RETURN(auto transaction, Changes::WaitForTurn(store, context));
//   Changes changes(std::move(transaction), context);
//   changes.StartOperation(/*keep=*/true);
//   ASSIGN_OR_RETURN(TermId s, changes.Intern(term));   RETURN_IF_ERROR(changes.Insert({s, p, o}));
//   RETURN_IF_ERROR(changes.EndOperation());             // now snapshot() shows it
//   ASSIGN_OR_RETURN(UpdateResult done, changes.Commit());
//
// Changes are charged to the context's memory budget. Dropping it without Commit() leaves the store as it was. Not thread-safe.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "graph/store/store.h"
#include "query/exec/query_context.h"
#include "query/update/overlay.h"
#include "query/update/update.h"

namespace dossier::query {

class Changes {
 public:
  // Waits for the writers before, within the time of the context.
  static absl::StatusOr<std::unique_ptr<graph::Transaction>> WaitForTurn(graph::Store& store, const QueryContext& context);
  // Borrows the context.
  Changes(std::unique_ptr<graph::Transaction> transaction, QueryContext& context);

  // `keep`: an operation will follow, which must see the changes of this one.
  void StartOperation(bool keep) { keep_ = keep; }
  // The state before the operation in hand.
  const graph::Snapshot& snapshot() const { return overlay_; }

  // The id of a term for Insert(), new if need be, and for Remove(): unbound when no quad can have it.
  absl::StatusOr<graph::TermId> Intern(const graph::Term& term);
  absl::StatusOr<graph::TermId> Find(const graph::Term& term) const { return overlay_.Find(term); }
  absl::Status Insert(const graph::IdQuad& quad) { return Add(quad, true); }
  absl::Status Remove(const graph::IdQuad& quad) { return Add(quad, false); }
  // What Insert() and Remove() said counts from now on, in that order.
  absl::Status EndOperation();

  // A label no other blank node of the store has.
  std::string FreshLabel();
  QueryContext& context() { return context_; }

  absl::StatusOr<UpdateResult> Commit();

 private:
  struct Change {
    graph::IdQuad quad;
    bool insert;
  };
  absl::Status Add(const graph::IdQuad& quad, bool insert);
  absl::Status Remember(const graph::Term& term, graph::TermId id);

  QueryContext& context_;
  std::unique_ptr<graph::Transaction> transaction_;
  std::shared_ptr<const graph::Snapshot> base_;  // shared with other readers of the store; of the transaction: the last state there is
  Overlay overlay_;
  bool keep_ = false;
  std::vector<Change> pending_;  // of the operation in hand, when it is kept
  std::vector<std::pair<graph::Term, graph::TermId>> new_terms_;
  std::string label_prefix_;
  uint64_t labels_ = 0;
  uint64_t changes_ = 0;
};

}  // namespace dossier::query
