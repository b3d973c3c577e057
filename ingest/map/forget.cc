#include "ingest/map/forget.h"

#include <algorithm>
#include <functional>
#include <set>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "ingest/map/forget_more.h"
#include "ingest/map/scan.h"
#include "ingest/map/vocabulary.h"

namespace dossier::ingest {
namespace {

using graph::IdBatch;
using graph::IdPattern;
using graph::IdQuad;
using graph::Order;
using graph::Snapshot;
using graph::Term;
using graph::TermId;
using IdSet = absl::flat_hash_set<TermId>;

constexpr size_t kShortestBeginning = 4;

IdPattern InAllGraphs(IdPattern pattern) {
  pattern.graphs = IdPattern::Graphs::kAny;
  return pattern;
}

// Finds the quads to remove. Reads one snapshot; Run() once.
class Forgetter {
 public:
  explicit Forgetter(const Snapshot& snapshot) : snapshot_(snapshot) {}

  absl::Status Run(std::string_view document_iri);
  const std::set<IdQuad>& removed() const { return removed_; }
  const ForgetReport& report() const { return report_; }

 private:
  struct Fact {
    Term term;   // the triple term
    TermId id;
    IdQuad quad; // the triple in the default graph; parts unbound where the store does not know them
  };

  absl::Status FindVocabulary();
  absl::Status CollectEvidence(TermId document, std::string_view document_iri);
  absl::Status CollectReifiers(TermId sentence);
  absl::Status CollectFacts();
  absl::Status RemoveUnsupportedFacts();
  absl::Status RemoveAffiliations();
  absl::Status RemoveOrphans();
  absl::Status DropUsedInRemainingTriples(IdSet& orphans) const;

  absl::Status Each(const IdPattern& pattern, const std::function<bool(const IdQuad&)>& visit) const {
    return ForEachId(snapshot_, pattern, snapshot_.BestOrder(pattern, 0), visit);
  }
  absl::Status RemoveAllOf(TermId subject);
  absl::StatusOr<bool> Any(const IdPattern& pattern, const std::function<bool(const IdQuad&)>& wanted) const;
  absl::StatusOr<bool> Asserts(TermId reifier) const;
  // What relations say of each other.
  bool IsLink(TermId predicate) const { return predicate == close_match_ || predicate == inverse_of_ || predicate == disjoint_with_; }
  absl::StatusOr<bool> IsOrphan(TermId node, bool relation) const;
  absl::Status AddCandidate(const Term& term);

  const Snapshot& snapshot_;
  TermId type_, label_, alt_label_, name_key_, gender_, lemma_, close_match_, context_, reference_context_, derived_from_, reifies_,
      polarity_, modality_, title_of_, affiliation_, inverse_of_, disjoint_with_;
  IdSet reifiers_;  // those to go
  std::vector<Fact> facts_;
  absl::flat_hash_map<TermId, size_t> fact_of_term_;
  absl::flat_hash_map<TermId, bool> candidates_;  // entities and relations spoken of; true: a relation
  std::set<IdQuad> removed_;
  ForgetReport report_;
};

absl::Status Forgetter::FindVocabulary() {
  const std::pair<TermId*, std::string_view> wanted[] = {
      {&type_, graph::rdf::kType},          {&label_, graph::rdfs::kLabel},     {&alt_label_, vocab::kAltLabel},
      {&name_key_, vocab::kNameKey},        {&gender_, vocab::kGender},         {&lemma_, vocab::kLemma},
      {&close_match_, vocab::kCloseMatch},  {&context_, vocab::kContext},       {&reference_context_, vocab::kReferenceContext},
      {&derived_from_, vocab::kProvDerivedFrom}, {&reifies_, graph::rdf::kReifies}, {&polarity_, vocab::kPolarity},
      {&modality_, vocab::kModality},       {&title_of_, vocab::kTitleOf},      {&affiliation_, vocab::kAffiliation},
      {&inverse_of_, vocab::kInverseOf},    {&disjoint_with_, vocab::kDisjointWith}};
  for (const auto& [id, iri] : wanted) {
    ASSIGN_OR_RETURN(*id, snapshot_.Find(Term::Iri(std::string(iri))));
  }
  return absl::OkStatus();
}

absl::Status Forgetter::RemoveAllOf(TermId subject) {
  return Each(MatchOf(subject, {}, {}), [&](const IdQuad& quad) {
    removed_.insert(quad);
    return true;
  });
}

absl::StatusOr<bool> Forgetter::Any(const IdPattern& pattern, const std::function<bool(const IdQuad&)>& wanted) const {
  bool found = false;
  RETURN_IF_ERROR(Each(pattern, [&](const IdQuad& quad) { return !(found = !removed_.contains(quad) && wanted(quad)); }));
  return found;
}

absl::StatusOr<bool> Forgetter::Asserts(TermId reifier) const {
  for (const TermId predicate : {polarity_, modality_}) {
    if (predicate.is_unbound()) continue;
    ASSIGN_OR_RETURN(const uint64_t count, snapshot_.Count(MatchOf(reifier, predicate, {}), 1));
    if (count > 0) return false;
  }
  return true;
}

// The document, its sentences, its activity; and of the reifiers those without other sentences.
absl::Status Forgetter::CollectEvidence(TermId document, std::string_view document_iri) {
  std::vector<TermId> sentences;
  if (reference_context_.is_bound()) {
    RETURN_IF_ERROR(Each(MatchOf({}, reference_context_, document), [&](const IdQuad& quad) {
      sentences.push_back(quad.subject);
      return true;
    }));
  }
  RETURN_IF_ERROR(RemoveAllOf(document));
  ASSIGN_OR_RETURN(const TermId activity, snapshot_.Find(Term::Iri(Cat(document_iri, "#ingestion"))));
  if (activity.is_bound()) RETURN_IF_ERROR(RemoveAllOf(activity));
  for (const TermId sentence : sentences) RETURN_IF_ERROR(RemoveAllOf(sentence));
  report_.sentences = sentences.size();
  if (derived_from_.is_unbound() || reifies_.is_unbound()) return absl::OkStatus();
  for (const TermId sentence : sentences) RETURN_IF_ERROR(CollectReifiers(sentence));
  for (const TermId reifier : std::vector<TermId>(reifiers_.begin(), reifiers_.end())) {
    const auto other = [](const IdQuad&) { return true; };
    ASSIGN_OR_RETURN(const bool stays, Any(MatchOf(reifier, derived_from_, {}), other));
    if (stays) reifiers_.erase(reifier);
  }
  return absl::OkStatus();
}

// Marks the links to `sentence` as removed, so that a reifier with links left is seen to have another source.
absl::Status Forgetter::CollectReifiers(TermId sentence) {
  std::vector<IdQuad> links;
  RETURN_IF_ERROR(Each(MatchOf({}, derived_from_, sentence), [&](const IdQuad& quad) {
    links.push_back(quad);
    return true;
  }));
  for (const IdQuad& link : links) {
    ASSIGN_OR_RETURN(const uint64_t reified, snapshot_.Count(MatchOf(link.subject, reifies_, {}), 1));
    if (reified == 0) continue;  // something else that somebody derived from the sentence
    removed_.insert(link);
    reifiers_.insert(link.subject);
  }
  return absl::OkStatus();
}

// Nodes that may become orphans: entities, blank nodes and relations, wherever they stand in a term.
absl::Status Forgetter::AddCandidate(const Term& term) {
  if (term.is_literal()) return absl::OkStatus();
  if (term.is_triple()) {
    RETURN_IF_ERROR(AddCandidate(term.triple().subject));
    RETURN_IF_ERROR(AddCandidate(term.triple().predicate));
    return AddCandidate(term.triple().object);
  }
  const bool relation = term.is_iri() && term.value().starts_with(graph::kRelationNs);
  const bool entity = term.is_blank() || (term.is_iri() && term.value().starts_with(graph::kEntityNs));
  if (!relation && !entity) return absl::OkStatus();
  ASSIGN_OR_RETURN(const TermId id, snapshot_.Find(term));
  if (id.is_bound()) candidates_.emplace(id, relation);
  return absl::OkStatus();
}

// Everything the removed quads speak of, and the triples that the reifiers stand for.
absl::Status Forgetter::CollectFacts() {
  for (const TermId reifier : reifiers_) RETURN_IF_ERROR(RemoveAllOf(reifier));
  std::vector<TermId> objects;
  for (const IdQuad& quad : removed_) objects.push_back(quad.object);
  std::sort(objects.begin(), objects.end());
  objects.erase(std::unique(objects.begin(), objects.end()), objects.end());
  std::vector<Term> terms;
  RETURN_IF_ERROR(snapshot_.Decode(objects, terms));
  for (size_t i = 0; i < objects.size(); ++i) {
    RETURN_IF_ERROR(AddCandidate(terms[i]));
    if (!terms[i].is_triple()) continue;
    Fact fact{terms[i], objects[i], {}};
    ASSIGN_OR_RETURN(fact.quad.subject, snapshot_.Find(terms[i].triple().subject));
    ASSIGN_OR_RETURN(fact.quad.predicate, snapshot_.Find(terms[i].triple().predicate));
    ASSIGN_OR_RETURN(fact.quad.object, snapshot_.Find(terms[i].triple().object));
    fact_of_term_.emplace(objects[i], facts_.size());
    facts_.push_back(std::move(fact));
  }
  return absl::OkStatus();
}

absl::Status Forgetter::RemoveUnsupportedFacts() {
  for (const Fact& fact : facts_) {
    bool ours = false, others = false;
    std::vector<TermId> reifiers;
    RETURN_IF_ERROR(Each(MatchOf({}, reifies_, fact.id), [&](const IdQuad& quad) {
      reifiers.push_back(quad.subject);
      return true;
    }));
    for (const TermId reifier : reifiers) {
      const bool going = reifiers_.contains(reifier);
      if (going ? ours : others) continue;
      ASSIGN_OR_RETURN(const bool asserts, Asserts(reifier));
      (going ? ours : others) |= asserts;
      if (others) break;
    }
    if (!ours || others) continue;
    ASSIGN_OR_RETURN(const uint64_t stated, snapshot_.Count(MatchOf(fact.quad.subject, fact.quad.predicate, fact.quad.object), 1));
    if (stated > 0 && removed_.insert(fact.quad).second) ++report_.facts;
  }
  return absl::OkStatus();
}

// A title's reifier says whose title it is: (person affiliation X) is supported by any title of the person with dos:titleOf X.
absl::Status Forgetter::RemoveAffiliations() {
  if (title_of_.is_unbound() || affiliation_.is_unbound()) return absl::OkStatus();
  std::set<std::pair<TermId, TermId>> affiliations;  // person, organisation
  for (const IdQuad& quad : removed_) {
    if (quad.predicate != title_of_) continue;
    RETURN_IF_ERROR(Each(MatchOf(quad.subject, reifies_, {}), [&](const IdQuad& reified) {
      const auto it = fact_of_term_.find(reified.object);
      if (it != fact_of_term_.end()) affiliations.emplace(facts_[it->second].quad.subject, quad.object);
      return true;
    }));
  }
  for (const auto& [person, organisation] : affiliations) {
    std::vector<TermId> others;
    RETURN_IF_ERROR(Each(MatchOf({}, title_of_, organisation), [&](const IdQuad& quad) {
      if (!reifiers_.contains(quad.subject)) others.push_back(quad.subject);
      return true;
    }));
    bool supported = false;
    for (size_t i = 0; i < others.size() && !supported; ++i) {
      std::vector<TermId> triples;
      RETURN_IF_ERROR(Each(MatchOf(others[i], reifies_, {}), [&](const IdQuad& quad) {
        triples.push_back(quad.object);
        return true;
      }));
      std::vector<Term> terms;
      RETURN_IF_ERROR(snapshot_.Decode(triples, terms));
      for (const Term& term : terms) {
        if (!term.is_triple()) continue;
        ASSIGN_OR_RETURN(const TermId subject, snapshot_.Find(term.triple().subject));
        supported |= subject == person;
      }
    }
    if (!supported) removed_.insert({person, affiliation_, organisation});
  }
  return absl::OkStatus();
}

// True when no statement speaks of `node` but those that describe it and those that go.
absl::StatusOr<bool> Forgetter::IsOrphan(TermId node, bool relation) const {
  const auto describes = [&](const IdQuad& quad) {
    if (quad.graph != TermId::DefaultGraph()) return false;
    if (quad.predicate == type_ || quad.predicate == label_) return true;
    if (relation) return quad.predicate == lemma_ || IsLink(quad.predicate);
    return quad.predicate == alt_label_ || quad.predicate == name_key_ || quad.predicate == gender_;
  };
  const auto everything = [](const IdQuad&) { return true; };
  ASSIGN_OR_RETURN(bool used, Any(InAllGraphs(MatchOf(node, {}, {})), [&](const IdQuad& quad) { return !describes(quad); }));
  if (used) return false;
  const auto counts = [&](const IdQuad& quad) { return !relation || !IsLink(quad.predicate); };
  ASSIGN_OR_RETURN(used, Any(InAllGraphs(MatchOf({}, {}, node)), counts));
  if (used) return false;
  if (relation) {
    ASSIGN_OR_RETURN(used, Any(InAllGraphs(MatchOf({}, node, {})), everything));
    if (used) return false;
  }
  IdPattern graph;
  graph.graph = node;
  ASSIGN_OR_RETURN(const uint64_t in_graph, snapshot_.Count(graph, 1));
  return in_graph == 0;
}

// Triple terms have no index by their parts, so all reified ones are looked at once.
absl::Status Forgetter::DropUsedInRemainingTriples(IdSet& orphans) const {
  if (orphans.empty() || reifies_.is_unbound()) return absl::OkStatus();
  absl::flat_hash_map<Term, TermId> wanted;
  std::vector<TermId> ids(orphans.begin(), orphans.end());
  std::vector<Term> terms;
  RETURN_IF_ERROR(snapshot_.Decode(ids, terms));
  for (size_t i = 0; i < ids.size(); ++i) wanted.emplace(terms[i], ids[i]);
  const std::function<void(const Term&)> use = [&](const Term& term) {
    if (term.is_triple()) {
      use(term.triple().subject);
      use(term.triple().predicate);
      use(term.triple().object);
    } else if (const auto it = wanted.find(term); it != wanted.end()) {
      orphans.erase(it->second);
    }
  };
  const IdPattern pattern = InAllGraphs(MatchOf({}, reifies_, {}));
  ASSIGN_OR_RETURN(const auto cursor, snapshot_.Scan(pattern, Order::kPos));
  TermId last;
  for (IdBatch batch;;) {
    RETURN_IF_ERROR(cursor->Next(batch));
    if (batch.size == 0 || orphans.empty()) return absl::OkStatus();
    ids.clear();
    for (size_t i = 0; i < batch.size; ++i) {
      const TermId triple = batch.object[i];
      const bool stays = !removed_.contains({batch.subject[i], batch.predicate[i], triple, batch.graph[i]});
      if (stays && triple != last && triple.tag() == TermId::Tag::kTripleTerm) ids.push_back(last = triple);
    }
    RETURN_IF_ERROR(snapshot_.Decode(ids, terms));
    for (const Term& term : terms) use(term);
  }
}

absl::Status Forgetter::RemoveOrphans() {
  IdSet orphans;
  for (const auto& [node, relation] : candidates_) {
    ASSIGN_OR_RETURN(const bool orphan, IsOrphan(node, relation));
    if (orphan) orphans.insert(node);
  }
  RETURN_IF_ERROR(DropUsedInRemainingTriples(orphans));
  for (const TermId node : orphans) RETURN_IF_ERROR(RemoveAllOf(node));
  report_.entities = orphans.size();
  return absl::OkStatus();
}

absl::Status Forgetter::Run(std::string_view document_iri) {
  RETURN_IF_ERROR(FindVocabulary());
  ASSIGN_OR_RETURN(const TermId document, snapshot_.Find(Term::Iri(std::string(document_iri))));
  uint64_t known = 0;
  if (document.is_bound() && type_.is_bound() && context_.is_bound()) {
    ASSIGN_OR_RETURN(known, snapshot_.Count(MatchOf(document, type_, context_), 1));
  }
  if (known == 0) return NotFound(Cat("there is no document <", document_iri, ">"));
  RETURN_IF_ERROR(CollectEvidence(document, document_iri));
  RETURN_IF_ERROR(CollectFacts());
  RETURN_IF_ERROR(RemoveUnsupportedFacts());
  RETURN_IF_ERROR(RemoveAffiliations());
  RETURN_IF_ERROR(RemoveOrphans());
  report_.reifiers = reifiers_.size();
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> FindDocument(const Snapshot& snapshot, std::string_view name) {
  if (name.starts_with("<") && name.ends_with(">")) name = name.substr(1, name.size() - 2);
  if (name.starts_with("doc:")) name.remove_prefix(4);
  if (name.starts_with(graph::kDocumentNs)) name.remove_prefix(graph::kDocumentNs.size());
  const absl::Status none = NotFound(Cat("there is no document \"", name, "\" (list them: SELECT ?d { ?d a nif:Context })"));
  ASSIGN_OR_RETURN(const TermId type, snapshot.Find(Term::Iri(std::string(graph::rdf::kType))));
  ASSIGN_OR_RETURN(const TermId context, snapshot.Find(Term::Iri(std::string(vocab::kContext))));
  if (type.is_unbound() || context.is_unbound() || name.size() < kShortestBeginning) return none;
  std::vector<TermId> ids;
  RETURN_IF_ERROR(ForEachId(snapshot, MatchOf({}, type, context), Order::kPos, [&](const IdQuad& quad) {
    ids.push_back(quad.subject);
    return true;
  }));
  std::vector<Term> terms;
  RETURN_IF_ERROR(snapshot.Decode(ids, terms));
  std::vector<std::string> found;
  const std::string beginning = Cat(graph::kDocumentNs, name);
  for (const Term& term : terms) {
    if (!term.is_iri() || !term.value().starts_with(beginning)) continue;
    if (term.value().size() == beginning.size()) return term.value();
    found.push_back(term.value());
  }
  if (found.empty()) return none;
  if (found.size() == 1) return found[0];
  return InvalidArgument(Cat(found.size(), " documents begin with \"", name, "\": give more digits"));
}

absl::StatusOr<ForgetReport> ForgetDocument(graph::Store& store, std::string_view document_iri) {
  // The transaction comes first: it keeps other writers out, so that the snapshot is the state it changes.
  const std::unique_ptr<graph::Transaction> transaction = store.Begin();
  const std::shared_ptr<const Snapshot> snapshot = transaction->GetSnapshot();
  Forgetter forgetter(*snapshot);
  RETURN_IF_ERROR(forgetter.Run(document_iri));
  std::set<IdQuad> removed = forgetter.removed();
  RETURN_IF_ERROR(AddUnusedTimes(*snapshot, removed));
  for (const IdQuad& quad : removed) RETURN_IF_ERROR(transaction->Remove(quad));
  ASSIGN_OR_RETURN(const std::vector<graph::Quad> saved, SavedStatements(*snapshot, document_iri));
  for (const graph::Quad& quad : saved) RETURN_IF_ERROR(transaction->Remove(quad));
  RETURN_IF_ERROR(transaction->Commit());
  ForgetReport report = forgetter.report();
  report.quads = transaction->changed().removed;
  return report;
}

}  // namespace dossier::ingest
