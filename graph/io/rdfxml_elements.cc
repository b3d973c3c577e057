#include <xxhash.h>

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/match.h"
#include "graph/base/strings.h"
#include "graph/io/lexer.h"
#include "graph/io/rdfxml_reader.h"
#include "graph/model/iri.h"
#include "graph/model/utf8.h"
#include "graph/model/vocabulary.h"

namespace dossier::graph {
namespace {

// RDF 1.2 XML Syntax §6.2.2: names that are neither node nor property elements nor property attributes.
constexpr std::array<std::string_view, 13> kReserved = {"RDF",      "ID",      "about",      "parseType",        "resource",
                                                        "nodeID",   "datatype", "version",   "annotation",       "annotationNodeID",
                                                        "aboutEach", "aboutEachPrefix", "bagID"};

// Attributes that may be written without the prefix of RDF (§6.1.4).
constexpr std::array<std::string_view, 5> kUnprefixed = {"about", "ID", "resource", "parseType", "type"};

}  // namespace

bool IsReservedRdfName(std::string_view local) { return std::find(kReserved.begin(), kReserved.end(), local) != kReserved.end(); }

absl::Status RdfXmlReader::ReadScope(absl::Span<const XmlAttribute> attributes, Scope& scope) const {
  std::optional<std::string_view> base, language, direction;
  for (const XmlAttribute& attribute : attributes) {
    if (attribute.name.Is(kXmlNs, "base")) base = attribute.value;
    if (attribute.name.Is(kXmlNs, "lang")) language = attribute.value;
    if (attribute.name.Is(kItsNs, "dir")) direction = attribute.value;
    if (attribute.name.Is(rdf::kNs, "version")) scope.version12 = attribute.value.starts_with("1.2");
  }
  if (base) {
    ASSIGN_OR_RETURN(const Term resolved, Resolve(*base, scope));
    scope.base = std::make_shared<const std::string>(resolved.value());
  }
  if (language) {
    if (!language->empty() && !Lexer::IsLanguageTag(*language)) return Fail(Cat("\"", *language, "\" is no language tag"));
    scope.language = std::make_shared<const std::string>(*language);
  }
  // Before 1.2 texts have no direction.
  if (!scope.version12) {
    scope.direction = Direction::kNone;
  } else if (direction) {
    scope.direction = *direction == "ltr" ? Direction::kLtr : *direction == "rtl" ? Direction::kRtl : Direction::kNone;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> RdfXmlReader::NameIri(const XmlName& name) const {
  if (name.ns.empty()) return Fail(Cat("\"", name.local, "\" has no namespace"));
  std::string iri = Cat(name.ns, name.local);
  if (FindInvalidIriByte(iri) != std::string_view::npos || !IsAbsoluteIri(iri)) {
    return Fail(Cat("the namespace of \"", name.local, "\" is no IRI: \"", name.ns, "\""));
  }
  return iri;
}

absl::StatusOr<Term> RdfXmlReader::Resolve(std::string_view reference, const Scope& scope) const {
  absl::StatusOr<std::string> iri = ResolveIri(*scope.base, reference);
  if (!iri.ok()) return Fail(MessageOf(iri.status()));
  return Term::Iri(*std::move(iri));
}

absl::StatusOr<Term> RdfXmlReader::IdIri(std::string_view id, const Scope& scope) {
  if (!Lexer::IsNcName(id)) return Fail(Cat("rdf:ID=\"", id, "\" is no XML name"));
  ASSIGN_OR_RETURN(Term iri, Resolve(Cat("#", id), scope));
  const XXH128_hash_t hash = XXH3_128bits(iri.value().data(), iri.value().size());
  if (!ids_.insert(absl::MakeUint128(hash.high64, hash.low64)).second) {
    return Fail(Cat("rdf:ID=\"", id, "\" stands twice in the document"));
  }
  return iri;
}

// An XML name may end with dots, a blank node label may not.
absl::StatusOr<Term> RdfXmlReader::NodeId(std::string_view id) const {
  if (!Lexer::IsNcName(id)) return Fail(Cat("rdf:nodeID=\"", id, "\" is no XML name"));
  std::string label = UserBlankNodeLabel(std::string(id));
  const size_t last = label.find_last_not_of('E');
  if (last != std::string::npos && label[last] == '.') label.push_back('E');
  return Term::BlankNode(Cat(options_.blank_node_prefix, label));
}

Term RdfXmlReader::PlainLiteral(std::string text, const Scope& scope) const {
  if (scope.language->empty()) return Term::Literal(std::move(text));
  return Term::LangLiteral(std::move(text), *scope.language, scope.direction);
}

absl::Status RdfXmlReader::SetAttribute(const XmlAttribute& attribute, Attributes& out) const {
  XmlName name = attribute.name;
  if (name.ns.empty() && std::find(kUnprefixed.begin(), kUnprefixed.end(), name.local) != kUnprefixed.end()) name.ns = rdf::kNs;
  if (name.ns != rdf::kNs || !(IsReservedRdfName(name.local) || name.local == "Description" || name.local == "li")) {
    ASSIGN_OR_RETURN(std::string iri, NameIri(name));
    out.properties.emplace_back(std::move(iri), attribute.value);
    return absl::OkStatus();
  }
  const std::pair<std::string_view, std::optional<std::string_view> Attributes::*> kMembers[] = {
      {"ID", &Attributes::id},
      {"nodeID", &Attributes::node_id},
      {"about", &Attributes::about},
      {"resource", &Attributes::resource},
      {"datatype", &Attributes::datatype},
      {"parseType", &Attributes::parse_type},
      {"annotation", &Attributes::annotation},
      {"annotationNodeID", &Attributes::annotation_node_id}};
  for (const auto& [local, member] : kMembers) {
    if (name.local != local) continue;
    if (out.*member) return Fail(Cat("rdf:", local, " stands here twice"));
    out.*member = attribute.value;
    return absl::OkStatus();
  }
  return name.local == "version" ? absl::OkStatus() : Fail(Cat("rdf:", name.local, " may not be an attribute"));
}

absl::Status RdfXmlReader::ReadAttributes(absl::Span<const XmlAttribute> attributes, Attributes& out) const {
  for (const XmlAttribute& attribute : attributes) {
    const XmlName& name = attribute.name;
    if (name.ns == kXmlNs || (name.ns.empty() && absl::StartsWithIgnoreCase(ToAbsl(name.local), "xml"))) continue;
    if (name.Is(kItsNs, "dir") || name.Is(kItsNs, "version")) continue;
    RETURN_IF_ERROR(SetAttribute(attribute, out));
  }
  return absl::OkStatus();
}

absl::Status RdfXmlReader::StartRdf(absl::Span<const XmlAttribute> attributes, Frame& frame) {
  frame.kind = Kind::kRdf;
  RETURN_IF_ERROR(ReadScope(attributes, frame.scope));
  Attributes read;
  RETURN_IF_ERROR(ReadAttributes(attributes, read));
  const bool any = read.id || read.node_id || read.about || read.resource || read.datatype || read.parse_type || read.annotation ||
                   read.annotation_node_id || !read.properties.empty();
  return any ? Fail("rdf:RDF has no attributes but those of XML, rdf:version and its:dir") : absl::OkStatus();
}

absl::Status RdfXmlReader::AddPropertyAttributes(const Attributes& attributes, const Frame& frame, const Term& subject) {
  for (const auto& [iri, value] : attributes.properties) {
    if (iri == rdf::kType) {
      ASSIGN_OR_RETURN(Term type, Resolve(value, frame.scope));
      RETURN_IF_ERROR(Emit(subject, Term::Iri(iri), std::move(type)));
    } else {
      RETURN_IF_ERROR(Emit(subject, Term::Iri(iri), PlainLiteral(std::string(value), frame.scope)));
    }
  }
  return absl::OkStatus();
}

absl::Status RdfXmlReader::StartNode(const XmlName& name, absl::Span<const XmlAttribute> attributes, Frame& frame) {
  frame.kind = Kind::kNode;
  if (name.ns == rdf::kNs && (IsReservedRdfName(name.local) || name.local == "li")) {
    return Fail(Cat("rdf:", name.local, " may not be a node element"));
  }
  ASSIGN_OR_RETURN(std::string type, NameIri(name));
  RETURN_IF_ERROR(ReadScope(attributes, frame.scope));
  Attributes read;
  RETURN_IF_ERROR(ReadAttributes(attributes, read));
  if (read.resource || read.datatype || read.parse_type || read.annotation || read.annotation_node_id) {
    return Fail("rdf:resource, rdf:datatype, rdf:parseType and rdf:annotation belong to property elements, this is a node element");
  }
  if (static_cast<int>(read.id.has_value()) + read.node_id.has_value() + read.about.has_value() > 1) {
    return Fail("a node element has one of rdf:ID, rdf:nodeID and rdf:about");
  }
  absl::StatusOr<Term> subject = read.id        ? IdIri(*read.id, frame.scope)
                                 : read.node_id ? NodeId(*read.node_id)
                                 : read.about   ? Resolve(*read.about, frame.scope)
                                                : FreshBlankNode();
  RETURN_IF_ERROR(subject.status());
  frame.subject = *std::move(subject);
  RETURN_IF_ERROR(AttachNode(frames_.back(), frame.subject));
  if (!name.Is(rdf::kNs, "Description")) {
    RETURN_IF_ERROR(Emit(frame.subject, Term::Iri(std::string(rdf::kType)), Term::Iri(std::move(type))));
  }
  return AddPropertyAttributes(read, frame, frame.subject);
}

absl::Status RdfXmlReader::StartProperty(const XmlName& name, absl::Span<const XmlAttribute> attributes, Frame& frame) {
  Frame& node = frames_.back();
  if (name.ns == rdf::kNs && (IsReservedRdfName(name.local) || name.local == "Description")) {
    return Fail(Cat("rdf:", name.local, " may not be a property element"));
  }
  ASSIGN_OR_RETURN(std::string predicate, NameIri(name));
  if (name.Is(rdf::kNs, "li")) predicate = Cat(rdf::kNs, "_", ++node.members);
  frame.subject = node.subject;
  frame.predicate = Term::Iri(std::move(predicate));
  RETURN_IF_ERROR(ReadScope(attributes, frame.scope));
  Attributes read;
  RETURN_IF_ERROR(ReadAttributes(attributes, read));
  if (read.about) return Fail("rdf:about belongs to node elements, this is a property element");
  if (read.id) {
    ASSIGN_OR_RETURN(frame.statement, IdIri(*read.id, frame.scope));
  }
  if (read.annotation && read.annotation_node_id) return Fail("expected one of rdf:annotation and rdf:annotationNodeID");
  if (read.annotation) {
    ASSIGN_OR_RETURN(frame.reifier, Resolve(*read.annotation, frame.scope));
  } else if (read.annotation_node_id) {
    ASSIGN_OR_RETURN(frame.reifier, NodeId(*read.annotation_node_id));
  }
  if (read.parse_type) return StartTypedProperty(*read.parse_type, read, frame);
  if (read.resource || read.node_id || !read.properties.empty()) return StartEmptyProperty(read, frame);
  frame.kind = Kind::kProperty;
  if (!read.datatype) return absl::OkStatus();
  ASSIGN_OR_RETURN(const Term datatype, Resolve(*read.datatype, frame.scope));
  if (datatype.value() == rdf::kLangString || datatype.value() == rdf::kDirLangString) {
    return Fail("a literal of this datatype needs a language: expected xml:lang and no rdf:datatype");
  }
  frame.datatype = datatype.value();
  return absl::OkStatus();
}

absl::Status RdfXmlReader::StartTypedProperty(std::string_view parse_type, const Attributes& attributes, Frame& frame) {
  if (attributes.resource || attributes.node_id || attributes.datatype || !attributes.properties.empty()) {
    return Fail("with rdf:parseType a property element has no other attributes than rdf:ID and rdf:annotation");
  }
  if (parse_type == "Resource") {
    const Term node = FreshBlankNode();
    frame.kind = Kind::kNode;
    RETURN_IF_ERROR(EmitProperty(frame, node));
    frame.subject = node;
  } else if (parse_type == "Collection") {
    frame.kind = Kind::kCollection;
  } else if (parse_type == "Triple") {
    frame.kind = frame.scope.version12 ? Kind::kTriple : Kind::kIgnored;
  } else {
    frame.kind = Kind::kLiteral;
    frame.literal = std::make_unique<XmlLiteralWriter>();
  }
  return absl::OkStatus();
}

absl::Status RdfXmlReader::StartEmptyProperty(const Attributes& attributes, Frame& frame) {
  frame.kind = Kind::kEmpty;
  if (attributes.datatype) return Fail("rdf:datatype does not go with rdf:resource, rdf:nodeID or property attributes");
  if (attributes.resource && attributes.node_id) return Fail("expected one of rdf:resource and rdf:nodeID");
  absl::StatusOr<Term> object = attributes.resource  ? Resolve(*attributes.resource, frame.scope)
                                : attributes.node_id ? NodeId(*attributes.node_id)
                                                     : FreshBlankNode();
  RETURN_IF_ERROR(object.status());
  RETURN_IF_ERROR(EmitProperty(frame, *object));
  return AddPropertyAttributes(attributes, frame, *object);
}

}  // namespace dossier::graph
