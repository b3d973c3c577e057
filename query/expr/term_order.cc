#include <algorithm>
#include <new>

#include "absl/container/flat_hash_map.h"
#include "query/expr/evaluator.h"
#include "query/expr/order_key.h"

namespace dossier::query {

using graph::TermId;

struct TermOrder::Key {
  OrderKey key;
};

struct TermOrder::Impl {
  explicit Impl(Vocabulary& v) : vocabulary(v) {}
  ~Impl() { vocabulary.context().Charge(-charged, "").IgnoreError(); }

  absl::StatusOr<const Key*> Keep(TermId id, const Operand& operand) {
    constexpr int64_t kIndexBytes = 48;  // its place in `keys`, kept twice while that grows
    scratch.Clear();
    const OrderKey key = MakeOrderKey(operand, scratch);
    const auto bytes = static_cast<int64_t>(sizeof(Key) + BytesOfKey(key)) + kIndexBytes;
    RETURN_IF_ERROR(vocabulary.context().Charge(bytes, "ORDER BY"));
    charged += bytes;
    return keys[id] = new (arena.Room(sizeof(Key), alignof(Key))) Key{OwnKey(key, arena)};
  }

  Vocabulary& vocabulary;
  absl::flat_hash_map<TermId, const Key*> keys;
  KeyArena arena, scratch;
  int64_t charged = 0;
};

TermOrder::TermOrder(Vocabulary& vocabulary) : impl_(std::make_unique<Impl>(vocabulary)) {}
TermOrder::~TermOrder() = default;

absl::StatusOr<const TermOrder::Key*> TermOrder::KeyOf(TermId id) {
  if (const auto it = impl_->keys.find(id); it != impl_->keys.end()) return it->second;
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
  std::sort(missing.begin(), missing.end());
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  std::vector<std::optional<graph::Term>> terms;
  for (absl::Span<const TermId> rest = missing; !rest.empty();) {
    static constexpr size_t kAtOnce = 128;  // terms may be long
    const absl::Span<const TermId> some = rest.subspan(0, kAtOnce);
    rest = rest.subspan(some.size());
    RETURN_IF_ERROR(impl_->vocabulary.context().Check());
    RETURN_IF_ERROR(impl_->vocabulary.LookupMany(some, terms));
    for (size_t i = 0; i < some.size(); ++i) {
      Operand operand;
      operand.SetTerm(some[i], *std::move(terms[i]));
      RETURN_IF_ERROR(impl_->Keep(some[i], operand).status());
    }
  }
  return absl::OkStatus();
}

int TermOrder::Compare(const Key& a, const Key& b) { return CompareKeys(a.key, b.key); }

}  // namespace dossier::query
