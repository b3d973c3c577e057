#include "query/expr/order_key.h"

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

void PlaceLiteral(const Operand& x, OrderKey& key) {
  const Value& value = x.is_string() ? Value() : x.value();
  if (value.type() == ValueType::kBoolean || value.is_numeric()) {
    key.rank = value.is_numeric() ? kNumber : kBoolean;
    key.value = value;
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
  key.qualifier = term.language();
  for (char& c : key.qualifier) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  key.qualifier.push_back(static_cast<char>('0' + static_cast<int>(term.direction())));
}

}  // namespace

size_t OrderKey::Bytes() const {
  size_t bytes = text.capacity() + qualifier.capacity();
  if (triple != nullptr) {
    for (const OrderKey& part : *triple) bytes += sizeof(OrderKey) + part.Bytes();
  }
  return bytes;
}

OrderKey MakeOrderKey(const Operand& x) {
  OrderKey key;
  if (x.is_error()) return key;
  if (x.is_literal()) {
    PlaceLiteral(x, key);
    return key;
  }
  const Term& term = x.term();
  if (!term.is_triple()) {
    key.rank = term.is_iri() ? kIri : kBlank;
    key.text = term.value();
    return key;
  }
  key.rank = kTriple;
  key.triple = std::make_unique<std::array<OrderKey, 3>>();
  const graph::Triple& t = term.triple();
  size_t i = 0;
  for (const Term* part : {&t.subject, &t.predicate, &t.object}) {
    Operand operand;
    operand.SetTerm(*part);
    (*key.triple)[i++] = MakeOrderKey(operand);
  }
  return key;
}

int CompareKeys(const OrderKey& a, const OrderKey& b) {
  if (a.rank != b.rank) return a.rank < b.rank ? -1 : 1;
  if (a.rank == kBoolean) return static_cast<int>(a.value.boolean()) - static_cast<int>(b.value.boolean());
  if (a.rank == kNumber) return Sign(CompareExactly(a.value, b.value));
  if (a.rank >= kFirstTemporal && a.rank <= kDuration) {
    return a.instant != b.instant ? Sign(a.instant, b.instant) : Sign(a.fraction, b.fraction);
  }
  if (a.rank == kTriple) {
    for (size_t i = 0; i < 3; ++i) {
      if (const int order = CompareKeys((*a.triple)[i], (*b.triple)[i]); order != 0) return order;
    }
    return 0;
  }
  if (const int order = a.text.compare(b.text); order != 0) return order < 0 ? -1 : 1;
  return Sign(a.qualifier.compare(b.qualifier), 0);
}

}  // namespace dossier::query
