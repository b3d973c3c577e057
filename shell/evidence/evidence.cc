#include "shell/evidence/evidence.h"

#include <algorithm>
#include <charconv>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "ingest/map/vocabulary.h"
#include "shell/evidence/describe.h"
#include "shell/render/display_width.h"

namespace dossier::shell {
namespace {

namespace vocab = ingest::vocab;

using graph::Term;

template <typename Number>
Number ParseOr(std::string_view text, Number otherwise) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : otherwise;
}

std::string ValueOr(const Description& description, std::string_view predicate) {
  const Term* value = FindObject(description, predicate);
  return value == nullptr ? std::string() : value->value();
}

// "3120,3388", also at the end of an IRI ("...#char=3120,3388").
std::optional<SourceSpan> SpanOf(const Term& term) {
  std::string_view text = term.value();
  if (const size_t equals = text.rfind('='); equals != std::string_view::npos) text.remove_prefix(equals + 1);
  const size_t comma = text.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const SourceSpan span{ParseOr<size_t>(text.substr(0, comma), SIZE_MAX), ParseOr<size_t>(text.substr(comma + 1), 0)};
  if (span.begin >= span.end) return std::nullopt;
  return span;
}

void SetVocabularyProperty(const Property& property, Evidence& evidence) {
  const std::string_view iri = property.predicate.value();
  const Term& value = property.object;
  if (iri == vocab::kConfidence) {
    evidence.confidence = ParseOr<double>(value.value(), 0);
  } else if (iri == vocab::kRule) {
    evidence.rule = value.value();
  } else if (iri == vocab::kPhrase) {
    evidence.phrase = value.value();
  } else if (iri == vocab::kPolarity) {
    if (value.value() != "positive") evidence.polarity = LocalLabel(value.value());
  } else if (iri == vocab::kModality) {
    if (value.value() != "none") evidence.modality = LocalLabel(value.value());
  } else if (iri == vocab::kAttributedTo) {
    evidence.attributed_to.push_back(value);
  } else if (iri == vocab::kInferred) {
    evidence.inferred = value.value() == "true" || value.value() == "1";
  } else if (iri == vocab::kSubjectSpan) {
    evidence.subject_span = SpanOf(value);
  } else if (iri == vocab::kPredicateSpan) {
    evidence.predicate_span = SpanOf(value);
  } else if (iri == vocab::kObjectSpan) {
    evidence.object_span = SpanOf(value);
  } else if (iri == vocab::kTimeBegin) {
    evidence.time_begin = value.value();
  } else if (iri == vocab::kTimeEnd) {
    evidence.time_end = value.value();
  } else if (iri == vocab::kTimePhrase) {
    evidence.time_phrase = value.value();
  } else if (iri == vocab::kDuration) {
    evidence.duration = value.value();
  } else {
    evidence.qualifiers.push_back({std::string(iri.substr(graph::kVocabNs.size())), value});
  }
}

Evidence FromDescription(const Term& reifier, const Description& description) {
  Evidence evidence;
  evidence.reifier = reifier;
  for (const Property& property : description) {
    const std::string_view iri = property.predicate.value();
    if (iri == vocab::kProvDerivedFrom) {
      evidence.sentence_iri = property.object.value();
    } else if (iri.starts_with(graph::kVocabNs)) {
      SetVocabularyProperty(property, evidence);
    }
  }
  std::stable_sort(evidence.qualifiers.begin(), evidence.qualifiers.end(),
                   [](const Qualifier& a, const Qualifier& b) { return a.role < b.role; });
  return evidence;
}

absl::Status LoadSentences(const graph::Snapshot& snapshot, std::vector<Evidence>& evidence) {
  std::vector<Term> sentences;
  for (const Evidence& e : evidence) sentences.push_back(Term::Iri(e.sentence_iri));
  ASSIGN_OR_RETURN(const std::vector<Description> descriptions, Describe(snapshot, sentences));
  std::vector<Term> documents;
  for (size_t i = 0; i < evidence.size(); ++i) {
    Evidence& e = evidence[i];
    e.sentence = ValueOr(descriptions[i], vocab::kAnchorOf);
    e.sentence_span = {ParseOr<size_t>(ValueOr(descriptions[i], vocab::kBeginIndex), 0),
                       ParseOr<size_t>(ValueOr(descriptions[i], vocab::kEndIndex), 0)};
    e.document_iri = ValueOr(descriptions[i], vocab::kReferenceContext);
    documents.push_back(Term::Iri(e.document_iri));
  }
  ASSIGN_OR_RETURN(const std::vector<Description> about, Describe(snapshot, documents));
  for (size_t i = 0; i < evidence.size(); ++i) {
    evidence[i].title = ValueOr(about[i], vocab::kDcTitle);
    evidence[i].date = ValueOr(about[i], vocab::kDcDate);
    evidence[i].source = ValueOr(about[i], vocab::kDcSource);
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> IsAsserted(const graph::Snapshot& snapshot, const graph::Triple& triple) {
  graph::IdPattern pattern;
  ASSIGN_OR_RETURN(pattern.subject, snapshot.Find(triple.subject));
  ASSIGN_OR_RETURN(pattern.predicate, snapshot.Find(triple.predicate));
  ASSIGN_OR_RETURN(pattern.object, snapshot.Find(triple.object));
  if (!pattern.subject.is_bound() || !pattern.predicate.is_bound() || !pattern.object.is_bound()) return false;
  ASSIGN_OR_RETURN(const uint64_t count, snapshot.Count(pattern, 1));
  return count > 0;
}

}  // namespace

absl::StatusOr<std::vector<Evidence>> LoadEvidence(const graph::Snapshot& snapshot, absl::Span<const Term> reifiers) {
  ASSIGN_OR_RETURN(const std::vector<Description> descriptions, Describe(snapshot, reifiers));
  std::vector<Evidence> all;
  for (size_t i = 0; i < reifiers.size(); ++i) {
    for (const Property& property : descriptions[i]) {
      if (property.predicate.value() != graph::rdf::kReifies || !property.object.is_triple()) continue;
      Evidence evidence = FromDescription(reifiers[i], descriptions[i]);
      evidence.fact = property.object.triple();
      ASSIGN_OR_RETURN(evidence.asserted, IsAsserted(snapshot, evidence.fact));
      all.push_back(std::move(evidence));
    }
  }
  RETURN_IF_ERROR(LoadSentences(snapshot, all));
  return all;
}

std::string RoleLabel(std::string_view role) {
  if (role.starts_with("q_")) role.remove_prefix(2);
  std::string out;
  for (const char c : role) {
    if (c >= 'A' && c <= 'Z') {
      Append(out, " ", static_cast<char>(c - 'A' + 'a'));
    } else {
      out += c == '_' ? ' ' : c;
    }
  }
  return Printable(out);
}

std::string TimeInterval(const Evidence& evidence) {
  const std::string &begin = evidence.time_begin, &end = evidence.time_end;
  if (begin.empty() && end.empty()) return "";
  const bool exact = std::any_of(evidence.qualifiers.begin(), evidence.qualifiers.end(), [](const Qualifier& q) {
    return q.role == "time" && q.value.is_literal() && q.value.datatype() != graph::xsd::kString;
  });
  if (exact) return Printable(evidence.time_phrase);
  if (begin.empty()) return Printable(Cat("until ", end));
  return Printable(end.empty() ? Cat("since ", begin) : Cat(begin, " to ", end));
}

std::string WhyNotAsserted(const Evidence& evidence) {
  if (evidence.asserted) return "";
  std::string why = evidence.polarity == "negative" ? "denied" : evidence.polarity;
  if (!evidence.modality.empty()) Append(why, why.empty() ? "" : ", ", evidence.modality);
  if (why.empty()) why = evidence.attributed_to.empty() ? "only reported" : "claimed by a source";
  return Printable(why);
}

std::string Citation(const Evidence& evidence) {
  std::string out;
  if (!evidence.title.empty()) {
    Append(out, "“", Printable(evidence.title), "”");
  } else {
    out = evidence.source.empty() ? Printable(evidence.document_iri) : Printable(evidence.source);
  }
  if (!evidence.date.empty()) Append(out, ", ", Printable(evidence.date));
  return out;
}

}  // namespace dossier::shell
