// A term as a 64-bit number: what the store keeps and what queries join on.
//
// Layout: the top 4 bits are the tag, the low 60 bits the payload. Two ids are equal exactly when their terms are equal (RDF term
// equality), for ids of one store and, for kLocal, one query. A value is inlined only when its canonical form *is* the lexical form, so
// that "01"^^xsd:integer comes back as written: it goes to the dictionary under kLiteral. Unsigned order of the bits follows the
// SPARQL order of kinds (unbound < blank nodes < IRIs < triple terms < literals) and, inside the inlined integers, the numeric order.
// Format and inlining rules are persistent: see docs/storage_format.md before changing anything here.
#pragma once

#include <compare>
#include <cstdint>
#include <utility>

namespace dossier::graph {

class TermId {
 public:
  enum class Tag : uint8_t {
    kSpecial = 0,       // 0: unbound / wildcard; 1: the default graph
    kBlankNode = 1,     // dictionary number
    kIri = 2,           // dictionary number
    kTripleTerm = 3,    // dictionary number
    kBoolean = 4,       // 0 / 1
    kInteger = 5,       // xsd:integer, biased by 2^59
    kDecimal = 6,       // xsd:decimal
    kDouble = 7,        // xsd:double
    kDate = 8,          // xsd:date
    kDateTime = 9,      // xsd:dateTime
    kShortString = 10,  // xsd:string of at most 7 bytes
    kLiteral = 11,      // dictionary number
    kLocal = 15,        // number in a query's own vocabulary: never stored
  };
  static constexpr int kPayloadBits = 60;
  static constexpr uint64_t kPayloadMask = (uint64_t{1} << kPayloadBits) - 1;

  constexpr TermId() = default;  // unbound
  constexpr TermId(Tag tag, uint64_t payload) : bits_((uint64_t{static_cast<uint8_t>(tag)} << kPayloadBits) | (payload & kPayloadMask)) {}
  static constexpr TermId FromBits(uint64_t bits) {
    TermId id;
    id.bits_ = bits;
    return id;
  }
  static constexpr TermId Unbound() { return TermId(); }
  static constexpr TermId DefaultGraph() { return FromBits(1); }

  constexpr uint64_t bits() const { return bits_; }
  constexpr Tag tag() const { return static_cast<Tag>(bits_ >> kPayloadBits); }
  constexpr uint64_t payload() const { return bits_ & kPayloadMask; }
  constexpr bool is_unbound() const { return bits_ == 0; }
  constexpr bool is_bound() const { return bits_ != 0; }
  constexpr bool is_iri() const { return tag() == Tag::kIri; }
  constexpr bool is_blank() const { return tag() == Tag::kBlankNode; }
  constexpr bool is_local() const { return tag() == Tag::kLocal; }

  friend constexpr bool operator==(TermId, TermId) = default;
  friend constexpr std::strong_ordering operator<=>(TermId a, TermId b) { return a.bits_ <=> b.bits_; }
  template <typename H>
  friend H AbslHashValue(H h, TermId id) {
    return H::combine(std::move(h), id.bits_);
  }

 private:
  uint64_t bits_ = 0;
};

// A quad of ids. `graph` is TermId::DefaultGraph() for the default graph.
struct IdQuad {
  TermId subject;
  TermId predicate;
  TermId object;
  TermId graph = TermId::DefaultGraph();
  friend bool operator==(const IdQuad&, const IdQuad&) = default;
  friend auto operator<=>(const IdQuad&, const IdQuad&) = default;
};

}  // namespace dossier::graph
