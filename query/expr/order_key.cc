#include "query/expr/order_key.h"

#include <new>

namespace dossier::query {
namespace {

using graph::Term;
using graph::TermKind;
using graph::Value;
using graph::ValueType;

enum Rank : uint8_t {
  kUnbound,
  kBlank,
  kIri,
  kBoolean,
  kNumber,
  kFirstTemporal,
  kDuration = kFirstTemporal + 8,
  kString,
  kTagged,
  kOther,
  kTriple,
};

int Sign(int64_t a, int64_t b) { return a < b ? -1 : a > b ? 1 : 0; }
int Sign(std::strong_ordering order) { return order < 0 ? -1 : order > 0 ? 1 : 0; }

// Where the duration leads from one of the reference dates of XSD's partial order: an order that agrees with
// it.
void PlaceDuration(const graph::Duration& d, OrderKey& key) {
  graph::Temporal start;
  start.year = 1696;
  start.month = 9;
  start.timezone = 0;
  const std::optional<graph::Temporal> end = AddDuration(start, d);
  constexpr int64_t kSecondsPerMonth = 2629746;
  key.instant = end.has_value() ? TimelineSeconds(*end)
                                : (d.months > INT64_MAX / kSecondsPerMonth / 2 ? INT64_MAX : d.seconds);
  key.fraction = end.has_value() ? static_cast<int64_t>(end->attos) : d.attos;
}

void PlaceLiteral(const Operand& x, KeyArena& arena, OrderKey& key) {
  static const Value kNone;
  const Value& value = x.is_string() ? kNone : x.value();
  if (value.type() == ValueType::kBoolean) {
    key.rank = kBoolean;
    key.instant = value.boolean() ? 1 : 0;
    return;
  }
  if (value.is_numeric()) {
    key.rank = kNumber;
    const std::optional<int64_t> small = value.is_exact() ? value.exact().ToInt64() : std::nullopt;
    if (small) {
      key.instant = *small;
    } else {
      key.value = &value;
    }
    return;
  }
  if (value.is_temporal()) {
    key.rank = static_cast<uint8_t>(kFirstTemporal + static_cast<int>(value.temporal().kind));
    key.instant = TimelineSeconds(value.temporal());
    key.fraction = static_cast<int64_t>(value.temporal().attos);
    return;
  }
  if (value.is_duration()) {
    key.rank = kDuration;
    return PlaceDuration(value.duration(), key);
  }
  const Term& term = x.term();
  key.rank = x.is_simple() ? kString : x.is_tagged() ? kTagged : kOther;
  key.text = term.value();
  if (key.rank == kOther) key.qualifier = term.datatype();
  if (key.rank != kTagged) return;
  std::string qualifier = term.language();
  for (char& c : qualifier) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  qualifier.push_back(static_cast<char>('0' + static_cast<int>(term.direction())));
  key.qualifier = arena.Copy(qualifier);
}

int CompareNumbers(const OrderKey& a, const OrderKey& b) {
  if (a.value == nullptr && b.value == nullptr) return Sign(a.instant, b.instant);
  if (a.value == nullptr) return Sign(CompareExactly(Value::Integer(a.instant), *b.value));
  if (b.value == nullptr) return Sign(CompareExactly(*a.value, Value::Integer(b.instant)));
  return Sign(CompareExactly(*a.value, *b.value));
}

}  // namespace

OrderKey* KeyArena::MakeKeys(size_t count) {
  static_assert(std::is_trivially_destructible_v<OrderKey>);
  char* const room = bytes_.Room(count * sizeof(OrderKey), alignof(OrderKey));
  return new (room) OrderKey[count];
}

OrderKey OwnKey(const OrderKey& key, KeyArena& arena) {
  OrderKey own = key;
  own.text = arena.Copy(key.text);
  own.qualifier = arena.Copy(key.qualifier);
  if (key.value != nullptr) own.value = arena.Copy(*key.value);
  if (key.parts != nullptr) {
    OrderKey* const parts = arena.MakeKeys(3);
    for (size_t i = 0; i < 3; ++i) parts[i] = OwnKey(key.parts[i], arena);
    own.parts = parts;
  }
  return own;
}

size_t BytesOfKey(const OrderKey& key) {
  size_t bytes = key.text.size() + key.qualifier.size() + (key.value != nullptr ? sizeof(Value) + 32 : 0);
  for (size_t i = 0; key.parts != nullptr && i < 3; ++i) bytes += sizeof(OrderKey) + BytesOfKey(key.parts[i]);
  return bytes;
}

OrderKey MakeOrderKey(const Operand& x, KeyArena& arena) {
  OrderKey key;
  if (x.is_error()) return key;
  if (x.is_literal()) {
    PlaceLiteral(x, arena, key);
    return key;
  }
  const Term& term = x.term();
  if (!term.is_triple()) {
    key.rank = term.is_iri() ? kIri : kBlank;
    key.text = term.value();
    return key;
  }
  key.rank = kTriple;
  OrderKey* const parts = arena.MakeKeys(3);
  const graph::Triple& t = term.triple();
  size_t i = 0;
  for (const Term* part : {&t.subject, &t.predicate, &t.object}) {
    Operand operand;
    operand.SetTerm(*part);
    parts[i++] = OwnKey(MakeOrderKey(operand, arena), arena);
  }
  key.parts = parts;
  return key;
}

int CompareKeys(const OrderKey& a, const OrderKey& b) {
  if (a.rank != b.rank) return a.rank < b.rank ? -1 : 1;
  if (a.rank == kNumber) return CompareNumbers(a, b);
  if (a.rank == kBoolean || (a.rank >= kFirstTemporal && a.rank <= kDuration)) {
    return a.instant != b.instant ? Sign(a.instant, b.instant) : Sign(a.fraction, b.fraction);
  }
  if (a.rank == kTriple) {
    for (size_t i = 0; i < 3; ++i) {
      if (const int order = CompareKeys(a.parts[i], b.parts[i]); order != 0) return order;
    }
    return 0;
  }
  if (const int order = a.text.compare(b.text); order != 0) return order < 0 ? -1 : 1;
  return Sign(a.qualifier.compare(b.qualifier), 0);
}

}  // namespace dossier::query
