#include "query/update/changes.h"

#include <cstdio>
#include <random>

#include "absl/time/clock.h"
#include "graph/base/strings.h"
#include "graph/model/inline_value.h"

namespace dossier::query {

using graph::IdQuad;
using graph::Term;
using graph::TermId;

namespace {

// A change in the transaction and what it becomes at the commit; the same in the overlay, sorted several ways.
constexpr int64_t kChangeBytes = 260;
constexpr int64_t kOverlayBytes = 300;
constexpr uint64_t kCheckEvery = 1024;

std::string RandomPrefix() {
  std::random_device random;
  char text[40];
  std::snprintf(text, sizeof text, "u%08x%08x%08x.", random(), random(), random());
  return text;
}

}  // namespace

absl::StatusOr<std::unique_ptr<graph::Transaction>> Changes::WaitForTurn(graph::Store& store, const QueryContext& context) {
  const std::optional<std::chrono::nanoseconds> left = context.time_left();
  const absl::Time deadline = left ? absl::Now() + absl::FromChrono(*left) : absl::InfiniteFuture();
  absl::StatusOr<std::unique_ptr<graph::Transaction>> transaction = store.Begin(deadline);
  // The message of a time limit that has passed is the context's.
  if (absl::IsDeadlineExceeded(transaction.status())) RETURN_IF_ERROR(Annotate(context.Check(), "waiting for other writers"));
  return transaction;
}

Changes::Changes(std::unique_ptr<graph::Transaction> transaction, QueryContext& context)
    : context_(context),
      transaction_(std::move(transaction)),
      base_(transaction_->GetSnapshot()),
      overlay_(*base_),
      label_prefix_(RandomPrefix()) {}

std::string Changes::FreshLabel() { return Cat(label_prefix_, ++labels_); }

absl::StatusOr<TermId> Changes::Intern(const Term& term) {
  if (const auto id = graph::InlineId(term)) return *id;
  ASSIGN_OR_RETURN(TermId known, overlay_.Find(term));
  if (known.is_bound()) return known;
  ASSIGN_OR_RETURN(const TermId id, transaction_->Intern(term));
  RETURN_IF_ERROR(context_.Charge(static_cast<int64_t>(200 + 3 * term.value().size()), "update"));
  if (keep_) RETURN_IF_ERROR(Remember(term, id));
  return id;
}

// The parts of a triple term have ids of their own.
absl::Status Changes::Remember(const Term& term, TermId id) {
  RETURN_IF_ERROR(context_.Charge(static_cast<int64_t>(2 * sizeof(Term) + 2 * term.value().size()), "update"));
  new_terms_.emplace_back(term, id);
  if (!term.is_triple()) return absl::OkStatus();
  for (const Term* part : {&term.triple().subject, &term.triple().predicate, &term.triple().object})
    RETURN_IF_ERROR(Intern(*part).status());
  return absl::OkStatus();
}

absl::Status Changes::Add(const IdQuad& quad, bool insert) {
  if (++changes_ % kCheckEvery == 0) RETURN_IF_ERROR(Annotate(context_.Check(), "update"));
  RETURN_IF_ERROR(context_.Charge(kChangeBytes + (keep_ ? kOverlayBytes : 0), "update"));
  if (keep_) pending_.push_back({quad, insert});
  return insert ? transaction_->Insert(quad) : transaction_->Remove(quad);
}

absl::Status Changes::EndOperation() {
  for (const auto& [term, id] : new_terms_) overlay_.AddTerm(id, term);
  new_terms_.clear();
  uint64_t done = 0;
  for (const Change& change : pending_) {
    if (++done % kCheckEvery == 0) RETURN_IF_ERROR(Annotate(context_.Check(), "update"));
    RETURN_IF_ERROR(change.insert ? overlay_.Insert(change.quad) : overlay_.Remove(change.quad));
  }
  pending_.clear();
  return absl::OkStatus();
}

absl::StatusOr<UpdateResult> Changes::Commit() {
  RETURN_IF_ERROR(Annotate(context_.Check(), "update"));
  RETURN_IF_ERROR(transaction_->Commit());
  const graph::Transaction::Changes changed = transaction_->changed();
  return UpdateResult{changed.inserted, changed.removed};
}

}  // namespace dossier::query
