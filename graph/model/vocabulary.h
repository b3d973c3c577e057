// IRIs of the vocabularies the program itself speaks, and the default prefixes the shell and the server know.
#pragma once

#include <array>
#include <string_view>
#include <utility>

namespace dossier::graph {

namespace rdf {
inline constexpr std::string_view kNs = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
inline constexpr std::string_view kType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
inline constexpr std::string_view kFirst = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first";
inline constexpr std::string_view kRest = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest";
inline constexpr std::string_view kNil = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil";
inline constexpr std::string_view kReifies = "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies";
inline constexpr std::string_view kProperty = "http://www.w3.org/1999/02/22-rdf-syntax-ns#Property";
inline constexpr std::string_view kLangString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";
inline constexpr std::string_view kDirLangString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString";
}  // namespace rdf

namespace rdfs {
inline constexpr std::string_view kLabel = "http://www.w3.org/2000/01/rdf-schema#label";
}  // namespace rdfs

namespace xsd {
inline constexpr std::string_view kNs = "http://www.w3.org/2001/XMLSchema#";
inline constexpr std::string_view kString = "http://www.w3.org/2001/XMLSchema#string";
inline constexpr std::string_view kBoolean = "http://www.w3.org/2001/XMLSchema#boolean";
inline constexpr std::string_view kInteger = "http://www.w3.org/2001/XMLSchema#integer";
inline constexpr std::string_view kDecimal = "http://www.w3.org/2001/XMLSchema#decimal";
inline constexpr std::string_view kDouble = "http://www.w3.org/2001/XMLSchema#double";
inline constexpr std::string_view kFloat = "http://www.w3.org/2001/XMLSchema#float";
inline constexpr std::string_view kDate = "http://www.w3.org/2001/XMLSchema#date";
inline constexpr std::string_view kTime = "http://www.w3.org/2001/XMLSchema#time";
inline constexpr std::string_view kDateTime = "http://www.w3.org/2001/XMLSchema#dateTime";
inline constexpr std::string_view kGYear = "http://www.w3.org/2001/XMLSchema#gYear";
inline constexpr std::string_view kGYearMonth = "http://www.w3.org/2001/XMLSchema#gYearMonth";
inline constexpr std::string_view kDayTimeDuration = "http://www.w3.org/2001/XMLSchema#dayTimeDuration";
}  // namespace xsd

// Namespaces of the data model (DESIGN.md, docs/vocabulary.md).
inline constexpr std::string_view kEntityNs = "urn:dossier:entity/";
inline constexpr std::string_view kRelationNs = "urn:dossier:relation/";
inline constexpr std::string_view kDocumentNs = "urn:dossier:document/";
inline constexpr std::string_view kVocabNs = "urn:dossier:vocab#";

// (prefix without colon, namespace IRI), in the order they are shown.
inline constexpr std::array<std::pair<std::string_view, std::string_view>, 15> kDefaultPrefixes = {{
    {"ent", kEntityNs},
    {"rel", kRelationNs},
    {"doc", kDocumentNs},
    {"dos", kVocabNs},
    {"rdf", rdf::kNs},
    {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
    {"xsd", xsd::kNs},
    {"owl", "http://www.w3.org/2002/07/owl#"},
    {"skos", "http://www.w3.org/2004/02/skos/core#"},
    {"schema", "http://schema.org/"},
    {"foaf", "http://xmlns.com/foaf/0.1/"},
    {"dcterms", "http://purl.org/dc/terms/"},
    {"prov", "http://www.w3.org/ns/prov#"},
    {"nif", "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"},
    {"time", "http://www.w3.org/2006/time#"},
}};

}  // namespace dossier::graph
