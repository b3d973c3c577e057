#include "ingest/map/mapper.h"

#include <algorithm>
#include <string>

#include "graph/base/strings.h"
#include "graph/model/iri.h"
#include "ingest/entity/lexicon.h"
#include "ingest/map/document_mapper.h"
#include "ingest/map/relation_axioms.h"
#include "ingest/map/verb_classes.h"

namespace dossier::ingest {
namespace {

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

}  // namespace

void DocumentMapper::MapDocument() {
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
std::vector<bool> DocumentMapper::UsedEntities() const {
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

void DocumentMapper::MapEntities() {
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

void DocumentMapper::MapEntity(const Entity& entity, const Term& node) {
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

void DocumentMapper::MapTitles() {
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

void DocumentMapper::MapRelations() {
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
void DocumentMapper::MapAxioms(std::string_view name, const Term& relation) {
  if (IsSymmetric(name)) Add(relation, graph::rdf::kType, Iri(vocab::kSymmetricProperty));
  if (IsFunctional(name)) Add(relation, graph::rdf::kType, Iri(vocab::kFunctionalProperty));
  for (const std::string_view inverse : InversesOf(name)) Add(relation, vocab::kInverseOf, Iri(RelationIri(inverse)));
  for (const std::string_view opposite : OppositesOf(name)) Add(relation, vocab::kDisjointWith, Iri(RelationIri(opposite)));
}

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

std::vector<graph::Quad> MapToQuads(const MapInput& input) { return DocumentMapper(input).Run(); }

}  // namespace dossier::ingest
