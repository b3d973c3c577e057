#include "absl/container/flat_hash_map.h"
#include "query/expr/evaluator.h"
#include "query/expr/order_key.h"

namespace dossier::query {

using graph::TermId;

struct TermOrder::Key : OrderKey {};

struct TermOrder::Impl {
  explicit Impl(Vocabulary& v) : vocabulary(v) {}
  absl::StatusOr<const Key*> Keep(TermId id, const Operand& operand) {
    auto key = std::make_unique<Key>(Key{MakeOrderKey(operand)});
    RETURN_IF_ERROR(
        vocabulary.context().Charge(static_cast<int64_t>(sizeof(Key) + key->Bytes() + 32), "ORDER BY"));
    return (keys[id] = std::move(key)).get();
  }
  Vocabulary& vocabulary;
  absl::flat_hash_map<TermId, std::unique_ptr<Key>> keys;
};

TermOrder::TermOrder(Vocabulary& vocabulary) : impl_(std::make_unique<Impl>(vocabulary)) {}
TermOrder::~TermOrder() = default;

absl::StatusOr<const TermOrder::Key*> TermOrder::KeyOf(TermId id) {
  if (const auto it = impl_->keys.find(id); it != impl_->keys.end()) return it->second.get();
  Operand operand;
  if (id.is_bound() && !operand.SetInlined(id)) {
    ASSIGN_OR_RETURN(graph::Term term, impl_->vocabulary.Lookup(id));
    operand.SetTerm(id, std::move(term));
  }
  return impl_->Keep(id, operand);
}

absl::Status TermOrder::Prepare(absl::Span<const TermId> ids) {
  std::vector<TermId> missing;
  for (const TermId id : ids) {
    Operand operand;
    if (id.is_unbound() || impl_->keys.contains(id)) continue;
    if (operand.SetInlined(id)) {
      RETURN_IF_ERROR(impl_->Keep(id, operand).status());
    } else {
      missing.push_back(id);
    }
  }
  std::vector<std::optional<graph::Term>> terms;
  RETURN_IF_ERROR(impl_->vocabulary.LookupMany(missing, terms));
  for (size_t i = 0; i < missing.size(); ++i) {
    if (impl_->keys.contains(missing[i])) continue;
    Operand operand;
    operand.SetTerm(missing[i], *std::move(terms[i]));
    RETURN_IF_ERROR(impl_->Keep(missing[i], operand).status());
  }
  return absl::OkStatus();
}

int TermOrder::Compare(const Key& a, const Key& b) { return CompareKeys(a, b); }

}  // namespace dossier::query
