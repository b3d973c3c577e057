// IRIs that the mapping of facts to quads uses, besides those of graph/model/vocabulary.h. Specified in
// docs/vocabulary.md.
#pragma once

#include <string_view>

namespace dossier::ingest::vocab {

#define DOS(local) "urn:dossier:vocab#" local
// The evidence of a fact, on its reifier.
inline constexpr std::string_view kConfidence = DOS("confidence");
inline constexpr std::string_view kRule = DOS("rule");
inline constexpr std::string_view kPhrase = DOS("phrase");
inline constexpr std::string_view kPolarity = DOS("polarity");
inline constexpr std::string_view kModality = DOS("modality");
inline constexpr std::string_view kAttributedTo = DOS("attributedTo");
inline constexpr std::string_view kInferred = DOS("inferred");
inline constexpr std::string_view kSubjectSpan = DOS("subjectSpan");
inline constexpr std::string_view kPredicateSpan = DOS("predicateSpan");
inline constexpr std::string_view kObjectSpan = DOS("objectSpan");
inline constexpr std::string_view kTitleOf = DOS("titleOf");
// Resources.
inline constexpr std::string_view kUnspecified =
    DOS("Unspecified");                                         // class of agents the text does not name
inline constexpr std::string_view kNoObject = DOS("NoObject");  // object of facts that have none
inline constexpr std::string_view kNegative = DOS("negative");
// Classes schema.org lacks.
inline constexpr std::string_view kGroup = DOS("Group");
inline constexpr std::string_view kConcept = DOS("Concept");
inline constexpr std::string_view kDescription = DOS("Description");
// Corrections (corrections.h): the named graph and its properties.
inline constexpr std::string_view kCorrections = "urn:dossier:corrections";
inline constexpr std::string_view kMergedInto = DOS("mergedInto");
inline constexpr std::string_view kSplitFrom = DOS("splitFrom");
inline constexpr std::string_view kInDocument = DOS("inDocument");
inline constexpr std::string_view kAlias = DOS("alias");
// Entities, relations and documents.
inline constexpr std::string_view kNameKey = DOS("nameKey");
inline constexpr std::string_view kTime = DOS("time");
inline constexpr std::string_view kTimeBegin = DOS("timeBegin");
inline constexpr std::string_view kTimeEnd = DOS("timeEnd");
inline constexpr std::string_view kTimePhrase = DOS("timePhrase");
inline constexpr std::string_view kDuration = DOS("duration");
inline constexpr std::string_view kLemma = DOS("lemma");
inline constexpr std::string_view kModel = DOS("model");
#undef DOS

#define SCHEMA(local) "http://schema.org/" local
inline constexpr std::string_view kPerson = SCHEMA("Person");
inline constexpr std::string_view kOrganization = SCHEMA("Organization");
inline constexpr std::string_view kPlace = SCHEMA("Place");
inline constexpr std::string_view kCountry = SCHEMA("Country");
inline constexpr std::string_view kEvent = SCHEMA("Event");
inline constexpr std::string_view kProduct = SCHEMA("Product");
inline constexpr std::string_view kCreativeWork = SCHEMA("CreativeWork");
inline constexpr std::string_view kQuantitativeValue = SCHEMA("QuantitativeValue");
inline constexpr std::string_view kThing = SCHEMA("Thing");
inline constexpr std::string_view kArticle = SCHEMA("Article");
inline constexpr std::string_view kJobTitle = SCHEMA("jobTitle");
inline constexpr std::string_view kAffiliation = SCHEMA("affiliation");
inline constexpr std::string_view kGender = SCHEMA("gender");
inline constexpr std::string_view kMentions = SCHEMA("mentions");
#undef SCHEMA

#define NIF(local) "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#" local
inline constexpr std::string_view kSentence = NIF("Sentence");
inline constexpr std::string_view kContext = NIF("Context");
inline constexpr std::string_view kReferenceContext = NIF("referenceContext");
inline constexpr std::string_view kAnchorOf = NIF("anchorOf");
inline constexpr std::string_view kBeginIndex = NIF("beginIndex");
inline constexpr std::string_view kEndIndex = NIF("endIndex");
#undef NIF

#define OWL_TIME(local) "http://www.w3.org/2006/time#" local
inline constexpr std::string_view kTemporalEntity = OWL_TIME("TemporalEntity");
inline constexpr std::string_view kProperInterval = OWL_TIME("ProperInterval");
inline constexpr std::string_view kInstant = OWL_TIME("Instant");
inline constexpr std::string_view kHasTime = OWL_TIME("hasTime");
inline constexpr std::string_view kHasBeginning = OWL_TIME("hasBeginning");
inline constexpr std::string_view kHasEnd = OWL_TIME("hasEnd");
inline constexpr std::string_view kInXsdDate = OWL_TIME("inXSDDate");
#undef OWL_TIME
inline constexpr std::string_view kTimeNs = "urn:dossier:time/";   // of intervals and days: "2020-10-01/2020-10-10"

inline constexpr std::string_view kAltLabel = "http://www.w3.org/2004/02/skos/core#altLabel";
inline constexpr std::string_view kCloseMatch = "http://www.w3.org/2004/02/skos/core#closeMatch";
inline constexpr std::string_view kDifferentFrom = "http://www.w3.org/2002/07/owl#differentFrom";
inline constexpr std::string_view kInverseOf = "http://www.w3.org/2002/07/owl#inverseOf";
inline constexpr std::string_view kSymmetricProperty = "http://www.w3.org/2002/07/owl#SymmetricProperty";
inline constexpr std::string_view kFunctionalProperty = "http://www.w3.org/2002/07/owl#FunctionalProperty";
inline constexpr std::string_view kDisjointWith = "http://www.w3.org/2002/07/owl#propertyDisjointWith";
inline constexpr std::string_view kDcTitle = "http://purl.org/dc/terms/title";
inline constexpr std::string_view kDcCreator = "http://purl.org/dc/terms/creator";
inline constexpr std::string_view kDcDate = "http://purl.org/dc/terms/date";
inline constexpr std::string_view kDcSource = "http://purl.org/dc/terms/source";
inline constexpr std::string_view kDcLanguage = "http://purl.org/dc/terms/language";
inline constexpr std::string_view kProvDerivedFrom = "http://www.w3.org/ns/prov#wasDerivedFrom";
inline constexpr std::string_view kProvActivity = "http://www.w3.org/ns/prov#Activity";
inline constexpr std::string_view kProvUsed = "http://www.w3.org/ns/prov#used";
inline constexpr std::string_view kProvEndedAt = "http://www.w3.org/ns/prov#endedAtTime";

}  // namespace dossier::ingest::vocab
