// The work behind MapToQuads() (mapper.h): one DocumentMapper a document. Only its two files include this header.
//
//   mapper.cc        the document, its entities, titles and relations
//   mapper_facts.cc  facts with their reifiers, evidence, qualifiers and times
//
// Thread-compatible; borrows its input.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "ingest/map/iris.h"
#include "ingest/map/mapper.h"
#include "ingest/map/time_value.h"
#include "ingest/map/vocabulary.h"

namespace dossier::ingest {

using graph::Quad;
using graph::Term;

inline Term Iri(std::string_view iri) { return Term::Iri(std::string(iri)); }
inline Term Text(std::string_view text) { return Term::Literal(CleanUtf8(text)); }
inline Term English(std::string_view text) { return Term::LangLiteral(CleanUtf8(text), "en"); }
inline Term Typed(std::string lexical, std::string_view datatype) {
  return Term::Literal(std::move(lexical), std::string(datatype));
}
inline Term Number(size_t n) { return Typed(Cat(n), graph::xsd::kInteger); }

// Canonical xsd:decimal with at most three fraction digits.
inline Term Decimal(double value) {
  const double clamped = std::isfinite(value) ? std::clamp(value, 0.0, 1.0) : 0.0;
  std::string digits = Cat(static_cast<int>(std::lround(clamped * 1000)));
  while (digits.size() < 4) digits.insert(0, 1, '0');
  std::string fraction = digits.substr(digits.size() - 3);
  while (fraction.size() > 1 && fraction.back() == '0') fraction.pop_back();
  return Typed(Cat(digits.substr(0, digits.size() - 3), ".", fraction), graph::xsd::kDecimal);
}

class DocumentMapper {
 public:
  explicit DocumentMapper(const MapInput& input)
      : in_(input), hash_(DocumentHash(input.document.text)), document_(Iri(DocumentIri(hash_))) {}

  std::vector<Quad> Run() {
    MapDocument();
    MapEntities();
    MapTitles();
    MapRelations();
    for (size_t i = 0; i < in_.analysis.facts.size(); ++i) MapFact(in_.analysis.facts[i], i);
    return std::move(quads_);
  }

 private:
  void Add(const Term& s, std::string_view p, Term o) { quads_.emplace_back(s, Iri(p), std::move(o)); }
  Term EntityTerm(int entity) const { return Iri(in_.analysis.iris.iri[static_cast<size_t>(entity)]); }
  bool IsEntity(int entity) const {
    return entity >= 0 && static_cast<size_t>(entity) < in_.analysis.iris.iri.size();
  }

  void MapDocument();
  void MapEntities();
  void MapEntity(const Entity& entity, const Term& node);
  void MapTitles();
  void MapRelations();
  void MapAxioms(std::string_view name, const Term& relation);
  void MapFact(const Fact& fact, size_t number);
  void MapEvidence(const Fact& fact, const Term& reifier);
  void MapQualifiers(const Fact& fact, const Term& reifier);
  std::vector<bool> UsedEntities() const;
  Term SubjectOf(const Fact& fact, size_t number);
  Term ObjectOf(const Fact& fact) const;
  Term ValueOf(const FactTerm& term) const;
  // When the qualifier says when: its time and dos:timeBegin and the like on the reifier. False when it does not.
  bool MapTime(const FactQualifier& qualifier, const Term& reifier, bool first);
  // The OWL-Time interval of a time whose ends are known.
  Term IntervalNode(const TimeValue& value);
  // The sentence's node; described when first asked for.
  Term SentenceNode(uint32_t index);
  // `span` of the input as "begin,end" within the sentence's nif:anchorOf; empty for spans outside it.
  std::string SpanInSentence(uint32_t sentence, SourceSpan span) const;

  const MapInput& in_;
  const std::string hash_;
  const Term document_;
  std::vector<Quad> quads_;
  std::vector<bool> sentence_done_;
  StringSet asserted_;   // triples stated already: one for any number of reifiers
  StringSet described_;  // blank nodes of subjects that are no entities, and intervals
  std::string last_time_;  // first day of the time named last
};

}  // namespace dossier::ingest
