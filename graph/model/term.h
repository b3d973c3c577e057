// RDF 1.2 terms as values: IRIs, blank nodes, literals with datatype, language and base direction, and triple terms.
//
//   Term t = Term::Iri("urn:dossier:entity/Azerbaijan");
//   Term l = Term::LangLiteral("Hasanov", "en");
//   t.ToNTriples()                                       // <urn:dossier:entity/Azerbaijan>
//
// Equality is RDF term equality (RDF 1.2 Concepts §3): lexical forms are compared as written ("01" != "1"), language tags are compared
// case-insensitively (they keep the case they were written in). A Term owns its strings; triple terms share their (immutable) parts.
// Thread-compatible. A default-constructed Term is the IRI "" and only good for being assigned to.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/hash/hash.h"

namespace dossier::graph {

enum class TermKind : uint8_t { kBlankNode, kIri, kLiteral, kTriple };
enum class Direction : uint8_t { kNone, kLtr, kRtl };

struct Triple;

class Term {
 public:
  Term() = default;
  static Term Iri(std::string iri);
  static Term BlankNode(std::string label);                      // without "_:"
  static Term Literal(std::string lexical);                      // xsd:string
  // A datatype of rdf:langString or rdf:dirLangString without language is kept as written (ill-typed but a term).
  static Term Literal(std::string lexical, std::string datatype);
  static Term LangLiteral(std::string lexical, std::string language, Direction direction = Direction::kNone);
  static Term TripleTerm(Term subject, Term predicate, Term object);

  TermKind kind() const { return kind_; }
  bool is_iri() const { return kind_ == TermKind::kIri; }
  bool is_blank() const { return kind_ == TermKind::kBlankNode; }
  bool is_literal() const { return kind_ == TermKind::kLiteral; }
  bool is_triple() const { return kind_ == TermKind::kTriple; }

  // The IRI, the blank node's label, or the lexical form; empty for a triple term.
  const std::string& value() const { return value_; }
  // For literals: the datatype IRI (rdf:langString / rdf:dirLangString where a language is given). Empty otherwise.
  const std::string& datatype() const { return datatype_; }
  const std::string& language() const { return language_; }
  Direction direction() const { return direction_; }
  // Precondition: is_triple().
  const Triple& triple() const { return *triple_; }

  // The term in N-Triples 1.2 syntax, canonical escapes (RDF 1.2 N-Triples §4). `AppendNTriples` appends. Language tags are as written;
  // the canonical form has them in lower case.
  std::string ToNTriples() const;
  void AppendNTriples(std::string& out, bool lower_language = false) const;

  friend bool operator==(const Term& a, const Term& b);
  // A total order for sorting in tests and dumps: kind, value, datatype, language (lower case), direction, triple.
  friend std::strong_ordering operator<=>(const Term& a, const Term& b);

  template <typename H>
  friend H AbslHashValue(H h, const Term& t) {
    return H::combine(std::move(h), t.HashKey());
  }
  // Stable within the process and over term equality.
  size_t HashKey() const;

 private:
  TermKind kind_ = TermKind::kIri;
  Direction direction_ = Direction::kNone;
  std::string value_;
  std::string datatype_;
  std::string language_;
  std::shared_ptr<const Triple> triple_;  // shared: triple terms nest and are copied with their rows
};

struct Triple {
  Term subject;
  Term predicate;
  Term object;
  friend bool operator==(const Triple&, const Triple&) = default;
};

// A statement in a graph; `graph` is an IRI or a blank node, or nothing for the default graph.
struct Quad {
  Term subject;
  Term predicate;
  Term object;
  bool in_default_graph = true;
  Term graph;  // meaningful only when !in_default_graph

  Quad() = default;
  Quad(Term s, Term p, Term o) : subject(std::move(s)), predicate(std::move(p)), object(std::move(o)) {}
  Quad(Term s, Term p, Term o, Term g)
      : subject(std::move(s)), predicate(std::move(p)), object(std::move(o)), in_default_graph(false), graph(std::move(g)) {}
  friend bool operator==(const Quad&, const Quad&) = default;
};

}  // namespace dossier::graph
