#include "ingest/map/mapper.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "graph/base/strings.h"
#include "graph/model/iri.h"
#include "graph/model/vocabulary.h"
#include "ingest/entity/lexicon.h"
#include "ingest/map/iris.h"
#include "ingest/map/relation_axioms.h"
#include "ingest/map/time_value.h"
#include "ingest/map/verb_classes.h"
#include "ingest/map/vocabulary.h"

namespace dossier::ingest {
namespace {

using graph::Quad;
using graph::Term;

Term Iri(std::string_view iri) { return Term::Iri(std::string(iri)); }
Term Text(std::string_view text) { return Term::Literal(CleanUtf8(text)); }
Term English(std::string_view text) { return Term::LangLiteral(CleanUtf8(text), "en"); }
Term Typed(std::string lexical, std::string_view datatype) {
  return Term::Literal(std::move(lexical), std::string(datatype));
}
Term Number(size_t n) { return Typed(Cat(n), graph::xsd::kInteger); }

// Canonical xsd:decimal with at most three fraction digits.
Term Decimal(double value) {
  const double clamped = std::isfinite(value) ? std::clamp(value, 0.0, 1.0) : 0.0;
  std::string digits = Cat(static_cast<int>(std::lround(clamped * 1000)));
  while (digits.size() < 4) digits.insert(0, 1, '0');
  std::string fraction = digits.substr(digits.size() - 3);
  while (fraction.size() > 1 && fraction.back() == '0') fraction.pop_back();
  return Typed(Cat(digits.substr(0, digits.size() - 3), ".", fraction), graph::xsd::kDecimal);
}

std::string_view ClassOf(const Entity& entity) {
  if (entity.shared_concept) return vocab::kConcept;
  switch (entity.type) {
    case EntityType::kPerson:
      return entity.plural ? vocab::kGroup : vocab::kPerson;
    case EntityType::kOrganization:
      return vocab::kOrganization;
    case EntityType::kPlace:
      return vocab::kPlace;
    case EntityType::kCountry:
      return vocab::kCountry;
    case EntityType::kNationality:
    case EntityType::kGroup:
      return vocab::kGroup;
    case EntityType::kEvent:
      return vocab::kEvent;
    case EntityType::kProduct:
      return vocab::kProduct;
    case EntityType::kWork:
      return vocab::kCreativeWork;
    case EntityType::kDate:
      return vocab::kTemporalEntity;
    case EntityType::kQuantity:
      return vocab::kQuantitativeValue;
    case EntityType::kThing:
      return vocab::kThing;
  }
  return vocab::kThing;
}

class Mapper {
 public:
  explicit Mapper(const MapInput& input)
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

void Mapper::MapDocument() {
  const Document& document = in_.document;
  const auto pick = [](const std::string& first, const std::string& second) -> const std::string& {
    return first.empty() ? second : first;
  };
  Add(document_, graph::rdf::kType, Iri(vocab::kArticle));
  Add(document_, graph::rdf::kType, Iri(vocab::kContext));
  if (!document.title.empty()) {
    Add(document_, graph::rdfs::kLabel, English(document.title));
    Add(document_, vocab::kDcTitle, Text(document.title));
  }
  if (!document.author.empty()) Add(document_, vocab::kDcCreator, Text(document.author));
  if (const std::string& date = pick(in_.options.date, document.date); !date.empty()) {
    Add(document_, vocab::kDcDate, IsIsoDate(date) ? Typed(date, graph::xsd::kDate) : Text(date));
  }
  if (const std::string& source = pick(in_.options.source, document.source); !source.empty()) {
    const bool iri = graph::IsAbsoluteIri(source) && graph::FindInvalidIriByte(source) == std::string::npos;
    Add(document_, vocab::kDcSource, iri ? Iri(source) : Text(source));
  }
  if (!document.language.empty()) Add(document_, vocab::kDcLanguage, Text(document.language));
  if (!in_.model.empty()) Add(document_, vocab::kModel, Text(in_.model));
  if (!in_.options.recorded_at.empty()) {
    const Term activity = Iri(Cat(DocumentIri(hash_), "#ingestion"));
    Add(activity, graph::rdf::kType, Iri(vocab::kProvActivity));
    Add(activity, vocab::kProvUsed, document_);
    Add(activity, vocab::kProvEndedAt, Typed(CleanUtf8(in_.options.recorded_at), graph::xsd::kDateTime));
  }
}

// Named entities, and of the others those that a fact is about.
std::vector<bool> Mapper::UsedEntities() const {
  const std::vector<Entity>& entities = in_.analysis.entities.entities;
  std::vector<bool> used(entities.size());
  const auto use = [&](int entity) {
    if (IsEntity(entity)) used[static_cast<size_t>(entity)] = true;
  };
  for (size_t i = 0; i < entities.size(); ++i) {
    if (!entities[i].named) continue;
    used[i] = true;
    for (const Title& title : entities[i].titles) use(title.of_entity);
  }
  for (const Fact& fact : in_.analysis.facts) {
    if (fact.subject) use(fact.subject->entity);
    if (fact.object) use(fact.object->entity);
    for (const FactQualifier& qualifier : fact.qualifiers) use(qualifier.value.entity);
    for (const FactTerm& source : fact.attribution) use(source.entity);
  }
  return used;
}

void Mapper::MapEntities() {
  const std::vector<bool> used = UsedEntities();
  StringSet seen;  // two entities of the document may turn out to be one node of the store
  for (size_t i = 0; i < used.size(); ++i) {
    if (!used[i]) continue;
    const Entity& entity = in_.analysis.entities.entities[i];
    const Term node = EntityTerm(static_cast<int>(i));
    if (!seen.insert(node.value()).second) continue;
    MapEntity(entity, node);
    if (entity.named) Add(document_, vocab::kMentions, node);
  }
}

void Mapper::MapEntity(const Entity& entity, const Term& node) {
  Add(node, graph::rdf::kType, Iri(ClassOf(entity)));
  Add(node, graph::rdfs::kLabel, English(entity.name));
  StringSet keys, labels = {entity.name};
  for (const std::string& alias : entity.aliases) {
    if (labels.insert(alias).second) Add(node, vocab::kAltLabel, English(alias));
  }
  if (!entity.named) return;
  if (!entity.gender.empty()) Add(node, vocab::kGender, Text(entity.gender));
  const auto add_key = [&](std::string_view name) {
    if (std::string key = NameKey(name); !key.empty() && keys.insert(key).second)
      Add(node, vocab::kNameKey, Text(key));
  };
  add_key(entity.name);
  if (entity.known) return;  // a capital that stands for its country is no name of it
  for (const std::string& alias : entity.aliases) add_key(alias);
}

void Mapper::MapTitles() {
  size_t number = 0;
  StringSet seen;
  for (size_t i = 0; i < in_.analysis.entities.entities.size(); ++i) {
    const Entity& entity = in_.analysis.entities.entities[i];
    if (!entity.named) continue;
    const Term node = EntityTerm(static_cast<int>(i));
    for (const Title& title : entity.titles) {
      if (title.sentence >= in_.analysis.sentences.size()) continue;
      const auto add = [&](std::string_view predicate, Term object) {
        if (seen.insert(Cat(node.value(), " ", predicate, " ", object.value())).second)
          Add(node, predicate, std::move(object));
      };
      add(vocab::kJobTitle, English(title.title));
      if (IsEntity(title.of_entity)) add(vocab::kAffiliation, EntityTerm(title.of_entity));
      const Term reifier = Iri(ReifierIri(hash_, "title", number++));
      Add(reifier, graph::rdf::kReifies, Term::TripleTerm(node, Iri(vocab::kJobTitle), English(title.title)));
      Add(reifier, vocab::kProvDerivedFrom, SentenceNode(title.sentence));
      Add(reifier, vocab::kConfidence, Decimal(0.9));
      Add(reifier, vocab::kRule, Text("title"));
      if (IsEntity(title.of_entity)) Add(reifier, vocab::kTitleOf, EntityTerm(title.of_entity));
      const std::vector<Token>& tokens = in_.analysis.sentences[title.sentence].tokens;
      if (title.begin >= 0 && title.begin < title.end && static_cast<size_t>(title.end) <= tokens.size()) {
        const SourceSpan span = {tokens[static_cast<size_t>(title.begin)].span.begin,
                                 tokens[static_cast<size_t>(title.end - 1)].span.end};
        Add(reifier, vocab::kObjectSpan, Text(SpanInSentence(title.sentence, span)));
      }
    }
  }
}

void Mapper::MapRelations() {
  const Lexicon& lexicon = Lexicon::Default();
  StringSet seen;
  for (const Fact& fact : in_.analysis.facts) {
    if (!seen.insert(fact.relation).second) continue;
    const Term relation = Iri(RelationIri(fact.relation));
    std::string label = fact.relation;
    std::replace(label.begin(), label.end(), '_', ' ');
    Add(relation, graph::rdf::kType, Iri(graph::rdf::kProperty));
    Add(relation, graph::rdfs::kLabel, English(label));
    MapAxioms(fact.relation, relation);
    // The verb of "report_to" is "report"; that of "carry_out" is itself.
    std::string_view lemma = fact.relation;
    if (!lexicon.IsVerb(lemma)) lemma = lemma.substr(0, lemma.find('_'));
    if (!lexicon.IsVerb(lemma)) continue;
    Add(relation, vocab::kLemma, Text(lemma));
    if (lemma.size() != fact.relation.size()) continue;
    for (const std::string_view synonym : NearVerbs(lemma))
      Add(relation, vocab::kCloseMatch, Iri(RelationIri(synonym)));
  }
}

// What the meaning of the relation alone says, so that a query can use it.
void Mapper::MapAxioms(std::string_view name, const Term& relation) {
  if (IsSymmetric(name)) Add(relation, graph::rdf::kType, Iri(vocab::kSymmetricProperty));
  if (IsFunctional(name)) Add(relation, graph::rdf::kType, Iri(vocab::kFunctionalProperty));
  for (const std::string_view inverse : InversesOf(name)) Add(relation, vocab::kInverseOf, Iri(RelationIri(inverse)));
  for (const std::string_view opposite : OppositesOf(name)) Add(relation, vocab::kDisjointWith, Iri(RelationIri(opposite)));
}

Term Mapper::ValueOf(const FactTerm& term) const {
  return IsEntity(term.entity) ? EntityTerm(term.entity) : Text(term.text);
}

Term Mapper::SubjectOf(const Fact& fact, size_t number) {
  if (!fact.subject) {
    Term node = Term::BlankNode(Cat("u", hash_, "n", number));
    Add(node, graph::rdf::kType, Iri(vocab::kUnspecified));
    return node;
  }
  if (IsEntity(fact.subject->entity)) return EntityTerm(fact.subject->entity);
  // A literal cannot be a subject: a node that stands for these words in this document.
  Term node = Term::BlankNode(Cat("t", DocumentHash(Cat(hash_, " ", fact.subject->text))));
  if (described_.insert(node.value()).second) {
    Add(node, graph::rdf::kType, Iri(vocab::kDescription));
    Add(node, graph::rdfs::kLabel, English(fact.subject->text));
  }
  return node;
}

Term Mapper::ObjectOf(const Fact& fact) const {
  return fact.object ? ValueOf(*fact.object) : Iri(vocab::kNoObject);
}

void Mapper::MapFact(const Fact& fact, size_t number) {
  if (fact.sentence >= in_.analysis.sentences.size()) return;
  const Term subject = SubjectOf(fact, number);
  const Term relation = Iri(RelationIri(fact.relation));
  const Term object = ObjectOf(fact);
  if (fact.asserted && (in_.options.assert_attributed || fact.attribution.empty())) {
    if (asserted_.insert(Cat(subject.value(), "\n", relation.value(), "\n", object.ToNTriples())).second) {
      quads_.emplace_back(subject, relation, object);
    }
  }
  const Term reifier = Iri(ReifierIri(hash_, "fact", number));
  Add(reifier, graph::rdf::kReifies, Term::TripleTerm(subject, relation, object));
  MapEvidence(fact, reifier);
  MapQualifiers(fact, reifier);
}

void Mapper::MapEvidence(const Fact& fact, const Term& reifier) {
  Add(reifier, vocab::kProvDerivedFrom, SentenceNode(fact.sentence));
  Add(reifier, vocab::kConfidence, Decimal(fact.confidence));
  if (!fact.rule.empty()) Add(reifier, vocab::kRule, Text(fact.rule));
  if (!fact.phrase.empty()) Add(reifier, vocab::kPhrase, Text(fact.phrase));
  if (fact.polarity == Polarity::kNegative) Add(reifier, vocab::kPolarity, Iri(vocab::kNegative));
  if (fact.modality != Modality::kNone)
    Add(reifier, vocab::kModality, Iri(Cat(graph::kVocabNs, LocalName(NameOf(fact.modality)))));
  if (fact.inferred || (fact.subject && fact.subject->inferred) || (fact.object && fact.object->inferred)) {
    Add(reifier, vocab::kInferred, Typed("true", graph::xsd::kBoolean));
  }
  const auto add_span = [&](std::string_view predicate, SourceSpan span) {
    if (std::string where = SpanInSentence(fact.sentence, span); !where.empty())
      Add(reifier, predicate, Text(where));
  };
  if (fact.subject) add_span(vocab::kSubjectSpan, fact.subject->span);
  add_span(vocab::kPredicateSpan, fact.phrase_span);
  if (fact.object) add_span(vocab::kObjectSpan, fact.object->span);
}

void Mapper::MapQualifiers(const Fact& fact, const Term& reifier) {
  std::vector<std::pair<std::string, Term>> added;
  const auto add = [&](std::string_view predicate, Term value) {
    std::pair<std::string, Term> entry(predicate, std::move(value));
    if (std::find(added.begin(), added.end(), entry) != added.end()) return;
    Add(reifier, entry.first, entry.second);
    added.push_back(std::move(entry));
  };
  for (const FactTerm& source : fact.attribution) {
    add(vocab::kAttributedTo,
        source.text.empty() && !IsEntity(source.entity) ? Iri(vocab::kUnspecified) : ValueOf(source));
  }
  bool first_time = true;
  for (const FactQualifier& qualifier : fact.qualifiers) {
    if (MapTime(qualifier, reifier, first_time)) {
      first_time = false;
    } else {
      add(Cat(graph::kVocabNs, LocalName(qualifier.role)), ValueOf(qualifier.value));
    }
  }
}

bool Mapper::MapTime(const FactQualifier& qualifier, const Term& reifier, bool first) {
  // "on 18 May 2020" is a time, whatever the extraction called it.
  constexpr std::string_view kRoles[] = {"q_on",     "q_in",    "q_during",  "q_since", "q_until", "q_before", "q_after",
                                         "q_throughout", "q_by", "q_between", "q_from",  "q_for",   "q_within", "q_over"};
  const bool time_role = qualifier.role == "time";
  if (!time_role && std::find(std::begin(kRoles), std::end(kRoles), qualifier.role) == std::end(kRoles)) return false;
  const std::string words = time_role ? qualifier.value.text : Cat(qualifier.role.substr(2), " ", qualifier.value.text);
  const std::string& date = in_.options.date.empty() ? in_.document.date : in_.options.date;
  const TimeValue value = NormalizeTime(words, date, last_time_);
  if (!value.duration.empty()) Add(reifier, vocab::kDuration, Typed(value.duration, Cat(graph::xsd::kNs, "duration")));
  if (!value.known()) return false;
  const bool exact = !value.datatype.empty();
  Add(reifier, vocab::kTime, exact ? Typed(value.lexical, Cat(graph::xsd::kNs, value.datatype)) : Text(words));
  if (exact && value.lexical != words) Add(reifier, vocab::kTimePhrase, Text(words));
  if (!value.begin.empty()) last_time_ = value.begin;
  if (!first) return true;   // two times in one fact: the first bounds it
  if (!value.begin.empty()) Add(reifier, vocab::kTimeBegin, Typed(value.begin, graph::xsd::kDate));
  if (!value.end.empty()) Add(reifier, vocab::kTimeEnd, Typed(value.end, graph::xsd::kDate));
  Add(reifier, vocab::kHasTime, IntervalNode(value));
  return true;
}

Term Mapper::IntervalNode(const TimeValue& value) {
  const std::string name = Cat(value.begin.empty() ? ".." : value.begin, "/", value.end.empty() ? ".." : value.end);
  Term node = Iri(Cat(vocab::kTimeNs, name));
  if (!described_.insert(node.value()).second) return node;
  Add(node, graph::rdf::kType, Iri(vocab::kProperInterval));
  Add(node, graph::rdfs::kLabel, Text(name));
  const auto add_end = [&](std::string_view predicate, const std::string& day) {
    if (day.empty()) return;
    const Term instant = Iri(Cat(vocab::kTimeNs, day));
    Add(node, predicate, instant);
    if (!described_.insert(instant.value()).second) return;
    Add(instant, graph::rdf::kType, Iri(vocab::kInstant));
    Add(instant, vocab::kInXsdDate, Typed(day, graph::xsd::kDate));
  };
  add_end(vocab::kHasBeginning, value.begin);
  add_end(vocab::kHasEnd, value.end);
  return node;
}

Term Mapper::SentenceNode(uint32_t index) {
  const Sentence& sentence = in_.analysis.sentences[index];
  Term node = Iri(SentenceIri(hash_, sentence.span));
  sentence_done_.resize(in_.analysis.sentences.size());
  if (sentence_done_[index]) return node;
  sentence_done_[index] = true;
  Add(node, graph::rdf::kType, Iri(vocab::kSentence));
  Add(node, vocab::kReferenceContext, document_);
  const SourceSpan text = TextSpanOf(in_.document, sentence.span);
  Add(node, vocab::kAnchorOf,
      Text(std::string_view(in_.document.text).substr(text.begin, text.end - text.begin)));
  Add(node, vocab::kBeginIndex, Number(sentence.span.begin));
  Add(node, vocab::kEndIndex, Number(sentence.span.end));
  return node;
}

std::string Mapper::SpanInSentence(uint32_t sentence, SourceSpan span) const {
  const SourceSpan anchor = TextSpanOf(in_.document, in_.analysis.sentences[sentence].span);
  const SourceSpan text = TextSpanOf(in_.document, span);
  if (span.begin >= span.end || text.begin < anchor.begin || text.end > anchor.end) return "";
  return Cat(text.begin - anchor.begin, ",", text.end - anchor.begin);
}

}  // namespace

SourceSpan TextSpanOf(const Document& document, SourceSpan span) {
  const size_t size = document.text.size();
  if (document.origin.empty()) {
    const size_t end = std::min(span.end, size);
    return {std::min(span.begin, end), end};
  }
  const auto index_of = [&](size_t offset) {
    const auto it = std::lower_bound(document.origin.begin(), document.origin.end(), offset);
    return std::min(static_cast<size_t>(it - document.origin.begin()), size);
  };
  const size_t end = index_of(span.end);
  return {std::min(index_of(span.begin), end), end};
}

std::vector<graph::Quad> MapToQuads(const MapInput& input) { return Mapper(input).Run(); }

}  // namespace dossier::ingest
