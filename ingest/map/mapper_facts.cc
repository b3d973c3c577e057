// Facts as triples with their reifiers: evidence, circumstances, times.
#include "ingest/map/document_mapper.h"

namespace dossier::ingest {

Term DocumentMapper::ValueOf(const FactTerm& term) const {
  return IsEntity(term.entity) ? EntityTerm(term.entity) : Text(term.text);
}

Term DocumentMapper::SubjectOf(const Fact& fact, size_t number) {
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

Term DocumentMapper::ObjectOf(const Fact& fact) const {
  return fact.object ? ValueOf(*fact.object) : Iri(vocab::kNoObject);
}

void DocumentMapper::MapFact(const Fact& fact, size_t number) {
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

void DocumentMapper::MapEvidence(const Fact& fact, const Term& reifier) {
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

void DocumentMapper::MapQualifiers(const Fact& fact, const Term& reifier) {
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

bool DocumentMapper::MapTime(const FactQualifier& qualifier, const Term& reifier, bool first) {
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

Term DocumentMapper::IntervalNode(const TimeValue& value) {
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

Term DocumentMapper::SentenceNode(uint32_t index) {
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

std::string DocumentMapper::SpanInSentence(uint32_t sentence, SourceSpan span) const {
  const SourceSpan anchor = TextSpanOf(in_.document, in_.analysis.sentences[sentence].span);
  const SourceSpan text = TextSpanOf(in_.document, span);
  if (span.begin >= span.end || text.begin < anchor.begin || text.end > anchor.end) return "";
  return Cat(text.begin - anchor.begin, ",", text.end - anchor.begin);
}

}  // namespace dossier::ingest
