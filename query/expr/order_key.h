// Sort keys of terms: the total preorder behind ORDER BY, MIN and MAX (SPARQL 1.1 §15.1, SPARQL 1.2 for
// triple terms).
//
// Kinds: unbound < blank nodes < IRIs < literals < triple terms. Literals: booleans, numbers, dates and times
// by type, durations, strings, language-tagged strings, everything else. Literals of equal value compare
// equal ("01" and 1.0), so that a second sort key decides; a missing timezone counts as UTC. Internal to
// query/expr.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "query/exec/byte_arena.h"
#include "query/expr/operand.h"

namespace dossier::query {

// Refers to texts and values of the operand it was made of, or of an arena.
struct OrderKey {
  uint8_t rank = 0;                      // kind, and for literals the group of types
  const graph::Value* value = nullptr;   // numbers, but for those in `instant`
  int64_t instant = 0;                   // integers of 64 bits, booleans; dates, times and durations: seconds on the timeline, then `fraction`
  int64_t fraction = 0;
  std::string_view text;                 // label, IRI, lexical form
  std::string_view qualifier;            // language and direction, or datatype
  const OrderKey* parts = nullptr;       // three, of a triple term
};

// What keys refer to that is in no operand.
class KeyArena {
 public:
  std::string_view Copy(std::string_view text) { return bytes_.Copy(text); }
  const graph::Value* Copy(const graph::Value& value) { return values_.emplace_back(std::make_unique<const graph::Value>(value)).get(); }
  OrderKey* MakeKeys(size_t count);
  char* Room(size_t bytes, size_t align) { return bytes_.Room(bytes, align); }
  void Clear() {
    bytes_.Clear();
    values_.clear();
  }

 private:
  ByteArena bytes_;
  std::vector<std::unique_ptr<const graph::Value>> values_;
};

// Of an error: unbound. Valid as long as the operand (unchanged) and the arena.
OrderKey MakeOrderKey(const Operand& operand, KeyArena& arena);
// The same key, valid as long as the arena.
OrderKey OwnKey(const OrderKey& key, KeyArena& arena);
// The memory that OwnKey() takes.
size_t BytesOfKey(const OrderKey& key);
int CompareKeys(const OrderKey& a, const OrderKey& b);

}  // namespace dossier::query
