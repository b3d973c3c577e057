#include "query/exec/vocabulary.h"

#include <algorithm>
#include <utility>

#include "graph/base/strings.h"
#include "graph/model/inline_value.h"

namespace dossier::query {
namespace {

using graph::Term;
using graph::TermId;

// What a made term costs: itself, its place in the index (which is kept twice while it grows), and for long strings the copy that the
// expression which made it still has.
size_t CostOf(const Term& term) {
  constexpr size_t kIndexBytes = 56, kLong = 4096;
  return TermArena::BytesOf(term) + kIndexBytes + (term.value().size() > kLong ? term.value().size() : 0);
}

bool NeedsStore(TermId id) {
  switch (id.tag()) {
    case TermId::Tag::kBlankNode:
    case TermId::Tag::kIri:
    case TermId::Tag::kTripleTerm:
    case TermId::Tag::kLiteral:
      return true;
    default:
      return false;
  }
}

absl::Status Undecodable(TermId id) {
  return DataLoss(Cat("term id ", id.bits(), " has no term; run `dossier verify` on the database"));
}

// Snapshot::Decode() calls an unknown id an argument error; for a query it is damage.
absl::Status DecodeFromStore(const graph::Snapshot& snapshot, absl::Span<const TermId> ids,
                             std::vector<Term>& terms) {
  const absl::Status status = snapshot.Decode(ids, terms);
  if (status.ok() && terms.size() != ids.size())
    return Internal("the store decoded another number of terms than asked for");
  if (absl::IsInvalidArgument(status)) return DataLoss(MessageOf(status));
  return status;
}

}  // namespace

Vocabulary::~Vocabulary() { context_.Charge(-charged_, "").IgnoreError(); }

absl::Status Vocabulary::Charge(size_t bytes, std::string_view what) {
  RETURN_IF_ERROR(context_.Charge(static_cast<int64_t>(bytes), what));
  charged_ += static_cast<int64_t>(bytes);
  return absl::OkStatus();
}

absl::StatusOr<TermId> Vocabulary::Intern(const Term& term) {
  if (std::optional<TermId> id = graph::InlineId(term)) return *id;
  if (const auto it = made_ids_.find(term); it != made_ids_.end()) return TermId(TermId::Tag::kLocal, it->number);
  ASSIGN_OR_RETURN(const TermId stored, snapshot_.Find(term));
  if (stored.is_bound()) return stored;
  RETURN_IF_ERROR(Charge(CostOf(term), "terms made by the query"));
  const TermId id(TermId::Tag::kLocal, made_.Add(term));
  made_ids_.insert({term.HashKey(), id.payload()});
  return id;
}

absl::StatusOr<Term> Vocabulary::Lookup(TermId id) const {
  if (id.is_local()) {
    if (id.payload() >= made_.size()) return Undecodable(id);
    return made_.Get(id.payload());
  }
  if (!NeedsStore(id)) {
    std::optional<Term> term = graph::InlineTerm(id);
    if (!term.has_value()) return Undecodable(id);
    return *std::move(term);
  }
  std::vector<Term> terms;
  RETURN_IF_ERROR(DecodeFromStore(snapshot_, absl::MakeConstSpan(&id, 1), terms));
  return std::move(terms.front());
}

absl::Status Vocabulary::LookupMany(absl::Span<const TermId> ids,
                                    std::vector<std::optional<Term>>& terms) const {
  terms.assign(ids.size(), std::nullopt);
  std::vector<std::pair<TermId, uint32_t>> stored;  // with the place each is wanted at
  for (size_t i = 0; i < ids.size(); ++i) {
    const TermId id = ids[i];
    if (id.is_unbound()) continue;
    if (NeedsStore(id)) {
      stored.emplace_back(id, static_cast<uint32_t>(i));
      continue;
    }
    ASSIGN_OR_RETURN(terms[i], Lookup(id));
  }
  if (stored.empty()) return absl::OkStatus();
  std::sort(stored.begin(), stored.end());
  std::vector<TermId> distinct;
  for (const auto& [id, place] : stored) {
    if (distinct.empty() || distinct.back() != id) distinct.push_back(id);
  }
  std::vector<Term> decoded;
  RETURN_IF_ERROR(DecodeFromStore(snapshot_, distinct, decoded));
  size_t next = 0;
  for (const auto& [id, place] : stored) {
    if (distinct[next] != id) ++next;
    terms[place] = decoded[next];
  }
  return absl::OkStatus();
}

}  // namespace dossier::query
