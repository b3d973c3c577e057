// The parser of RDF 1.2 XML Syntax: https://www.w3.org/TR/rdf12-xml/. Internal to graph/io: ReadRdfXml() in readers.h runs it.
//
// A stack of frames, one per open element, driven by the events of XmlParser; rdfxml_reader.cc holds the frames and what they emit,
// rdfxml_elements.cc how the attributes of node and property elements are read. Triples go out as soon as their object is known.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/numeric/int128.h"
#include "graph/base/strings.h"
#include "graph/io/readers.h"
#include "graph/io/xml_literal.h"
#include "graph/io/xml_parser.h"

namespace dossier::graph {

inline constexpr std::string_view kXmlNs = "http://www.w3.org/XML/1998/namespace";
inline constexpr std::string_view kItsNs = "http://www.w3.org/2005/11/its";
// Names of RDF's namespace that are neither node nor property elements nor property attributes (RDF 1.2 XML Syntax §6.2.2).
bool IsReservedRdfName(std::string_view local);

class RdfXmlReader : public XmlHandler {
 public:
  RdfXmlReader(Input& in, const RdfReadOptions& options, const QuadSink& sink);
  absl::Status Run() { return parser_.Run(*this); }

  absl::Status StartElement(const XmlName& name, absl::Span<const XmlAttribute> attributes) override;
  absl::Status EndElement(const XmlName& name) override;
  absl::Status Text(std::string_view text) override;
  absl::Status Comment(std::string_view text) override;
  absl::Status Instruction(std::string_view target, std::string_view data) override;

 private:
  enum class Kind {
    kDocument,    // around the root element
    kRdf,         // rdf:RDF: node elements
    kNode,        // a node element or parseType="Resource": property elements
    kProperty,    // a property element: a text or one node element
    kEmpty,       // a property element whose attributes have said it all
    kCollection,  // parseType="Collection": node elements
    kLiteral,     // parseType="Literal": anything
    kTriple,      // parseType="Triple": one node element that makes one triple
    kIgnored      // parseType="Triple" where the version is not 1.2
  };
  // What an element inherits and may change.
  struct Scope {
    std::shared_ptr<const std::string> base;      // shared: every element has one, and it may be long
    std::shared_ptr<const std::string> language;
    Direction direction = Direction::kNone;
    bool version12 = false;
  };
  struct Frame {
    Kind kind = Kind::kDocument;
    Scope scope;
    Term subject;                                 // the node; of a property, the node it is on
    Term predicate;                               // of a property
    std::optional<Term> object;                   // of a property, once known
    std::optional<Term> statement, reifier;       // rdf:ID and rdf:annotation of a property
    std::string datatype, text;                   // of kProperty
    std::optional<Term> cell;                     // of kCollection: the last one
    uint64_t members = 0;                         // rdf:li seen in a node
    std::vector<Quad> captured;                   // of kTriple
    std::unique_ptr<XmlLiteralWriter> literal;    // of kLiteral
  };
  // The attributes of one element, told apart; IRIs are not resolved. Views into the event.
  struct Attributes {
    std::optional<std::string_view> id, node_id, about, resource, datatype, parse_type, annotation, annotation_node_id;
    std::vector<std::pair<std::string, std::string_view>> properties;  // IRI, value
  };

  absl::Status Fail(std::string_view message) const { return SyntaxErrorAt(parser_.position(), message); }

  // --- attributes ---
  absl::Status ReadScope(absl::Span<const XmlAttribute> attributes, Scope& scope) const;
  absl::Status ReadAttributes(absl::Span<const XmlAttribute> attributes, Attributes& out) const;
  absl::Status SetAttribute(const XmlAttribute& attribute, Attributes& out) const;
  absl::StatusOr<std::string> NameIri(const XmlName& name) const;
  absl::StatusOr<Term> Resolve(std::string_view reference, const Scope& scope) const;
  absl::StatusOr<Term> IdIri(std::string_view id, const Scope& scope);
  absl::StatusOr<Term> NodeId(std::string_view id) const;
  Term PlainLiteral(std::string text, const Scope& scope) const;
  Term FreshBlankNode() { return Term::BlankNode(Cat(options_.blank_node_prefix, "anon", ++fresh_)); }

  // --- elements ---
  absl::Status StartRdf(absl::Span<const XmlAttribute> attributes, Frame& frame);
  absl::Status StartNode(const XmlName& name, absl::Span<const XmlAttribute> attributes, Frame& frame);
  absl::Status StartProperty(const XmlName& name, absl::Span<const XmlAttribute> attributes, Frame& frame);
  absl::Status StartTypedProperty(std::string_view parse_type, const Attributes& attributes, Frame& frame);
  absl::Status StartEmptyProperty(const Attributes& attributes, Frame& frame);
  absl::Status AddPropertyAttributes(const Attributes& attributes, const Frame& frame, const Term& subject);
  // The node element `node` has begun inside of `parent`.
  absl::Status AttachNode(Frame& parent, const Term& node);
  absl::Status EndProperty(Frame& frame);
  absl::Status EndTriple(Frame& frame);

  // --- statements ---
  absl::Status Emit(Term subject, Term predicate, Term object);
  // The statement of a property with its reifications.
  absl::Status EmitProperty(const Frame& frame, const Term& object);

  XmlParser parser_;
  const RdfReadOptions& options_;
  const QuadSink& sink_;
  std::vector<Frame> frames_;
  std::vector<size_t> capturing_;             // the kTriple frames
  absl::flat_hash_set<absl::uint128> ids_;    // hashes of the IRIs that rdf:ID made
  uint64_t fresh_ = 0;
};

}  // namespace dossier::graph
