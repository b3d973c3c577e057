// Sort keys of terms: the total preorder behind ORDER BY, MIN and MAX (SPARQL 1.1 §15.1, SPARQL 1.2 for
// triple terms).
//
// Kinds: unbound < blank nodes < IRIs < literals < triple terms. Literals: booleans, numbers, dates and times
// by type, durations, strings, language-tagged strings, everything else. Literals of equal value compare
// equal ("01" and 1.0), so that a second sort key decides; a missing timezone counts as UTC. Internal to
// query/expr.
#pragma once

#include <array>
#include <memory>
#include <string>

#include "query/expr/operand.h"

namespace dossier::query {

struct OrderKey {
  uint8_t rank = 0;     // kind, and for literals the group of types
  graph::Value value;   // numbers and booleans
  int64_t instant = 0;  // dates, times and durations: seconds on the timeline, then `fraction`
  int64_t fraction = 0;
  std::string text;       // label, IRI, lexical form
  std::string qualifier;  // language and direction, or datatype
  std::unique_ptr<std::array<OrderKey, 3>> triple;

  // Memory beside the struct itself.
  size_t Bytes() const;
};

OrderKey MakeOrderKey(const Operand& operand);  // of an error: unbound
int CompareKeys(const OrderKey& a, const OrderKey& b);

}  // namespace dossier::query
