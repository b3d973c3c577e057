#include "graph/io/rdfxml_reader.h"

#include <tuple>
#include <utility>

#include "graph/base/strings.h"
#include "graph/io/lexer.h"
#include "graph/model/vocabulary.h"

namespace dossier::graph {
namespace {

bool IsSpace(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

Term RdfTerm(std::string_view local) { return Term::Iri(Cat(rdf::kNs, local)); }

}  // namespace

RdfXmlReader::RdfXmlReader(Input& in, const RdfReadOptions& options, const QuadSink& sink)
    : parser_(in), options_(options), sink_(sink) {
  Frame document;
  document.scope.base = std::make_shared<const std::string>(options.base);
  document.scope.language = std::make_shared<const std::string>();
  frames_.push_back(std::move(document));
}

absl::Status RdfXmlReader::Emit(Term subject, Term predicate, Term object) {
  Quad quad(std::move(subject), std::move(predicate), std::move(object));
  if (capturing_.empty()) return sink_(std::move(quad));
  std::vector<Quad>& captured = frames_[capturing_.back()].captured;
  if (!captured.empty()) return Fail("rdf:parseType=\"Triple\" holds more than one triple");
  captured.push_back(std::move(quad));
  return absl::OkStatus();
}

absl::Status RdfXmlReader::EmitProperty(const Frame& frame, const Term& object) {
  const auto& [subject, predicate, statement, reifier] = std::tie(frame.subject, frame.predicate, frame.statement, frame.reifier);
  RETURN_IF_ERROR(Emit(subject, predicate, object));
  if (reifier) {
    RETURN_IF_ERROR(Emit(*reifier, Term::Iri(std::string(rdf::kReifies)), Term::TripleTerm(subject, predicate, object)));
  }
  if (!statement) return absl::OkStatus();
  RETURN_IF_ERROR(Emit(*statement, Term::Iri(std::string(rdf::kType)), RdfTerm("Statement")));
  RETURN_IF_ERROR(Emit(*statement, RdfTerm("subject"), subject));
  RETURN_IF_ERROR(Emit(*statement, RdfTerm("predicate"), predicate));
  return Emit(*statement, RdfTerm("object"), object);
}

absl::Status RdfXmlReader::StartElement(const XmlName& name, absl::Span<const XmlAttribute> attributes) {
  Frame& parent = frames_.back();
  Frame frame;
  frame.scope = parent.scope;
  switch (parent.kind) {
    case Kind::kLiteral: parent.literal->Start(name, attributes); return absl::OkStatus();
    case Kind::kIgnored: frame.kind = Kind::kIgnored; break;
    case Kind::kEmpty: return Fail("this property has its value in its attributes: expected no element inside");
    case Kind::kNode: RETURN_IF_ERROR(StartProperty(name, attributes, frame)); break;
    case Kind::kDocument:
      if (name.Is(rdf::kNs, "RDF")) {
        RETURN_IF_ERROR(StartRdf(attributes, frame));
        break;
      }
      [[fallthrough]];
    default:
      RETURN_IF_ERROR(StartNode(name, attributes, frame));
  }
  frames_.push_back(std::move(frame));
  if (frames_.back().kind == Kind::kTriple) capturing_.push_back(frames_.size() - 1);
  return absl::OkStatus();
}

absl::Status RdfXmlReader::AttachNode(Frame& parent, const Term& node) {
  switch (parent.kind) {
    case Kind::kProperty:
      if (parent.object) return Fail("a property element holds one node element at most");
      if (!parent.datatype.empty()) return Fail("a property with rdf:datatype holds text only");
      if (!IsSpace(parent.text)) return Fail("a property element holds either text or a node element");
      parent.object = node;
      return EmitProperty(parent, node);
    case Kind::kTriple:
      if (parent.object) return Fail("rdf:parseType=\"Triple\" holds one node element");
      parent.object = node;
      return absl::OkStatus();
    case Kind::kCollection: {
      const Term cell = FreshBlankNode();
      if (parent.cell) {
        RETURN_IF_ERROR(Emit(*parent.cell, Term::Iri(std::string(rdf::kRest)), cell));
      } else {
        RETURN_IF_ERROR(EmitProperty(parent, cell));
      }
      parent.cell = cell;
      return Emit(cell, Term::Iri(std::string(rdf::kFirst)), node);
    }
    default: return absl::OkStatus();
  }
}

absl::Status RdfXmlReader::EndElement(const XmlName& name) {
  if (frames_.back().kind == Kind::kLiteral && frames_.back().literal->depth() > 0) {
    frames_.back().literal->End(name);
    return absl::OkStatus();
  }
  Frame frame = std::move(frames_.back());
  if (frame.kind == Kind::kTriple) capturing_.pop_back();
  frames_.pop_back();
  return EndProperty(frame);
}

absl::Status RdfXmlReader::EndProperty(Frame& frame) {
  switch (frame.kind) {
    case Kind::kProperty:
      if (frame.object) return absl::OkStatus();
      return EmitProperty(frame, frame.datatype.empty() ? PlainLiteral(std::move(frame.text), frame.scope)
                                                        : Term::Literal(std::move(frame.text), std::move(frame.datatype)));
    case Kind::kCollection: {
      const Term nil = Term::Iri(std::string(rdf::kNil));
      return frame.cell ? Emit(*frame.cell, Term::Iri(std::string(rdf::kRest)), nil) : EmitProperty(frame, nil);
    }
    case Kind::kLiteral:
      return EmitProperty(frame, Term::Literal(frame.literal->TakeText(), Cat(rdf::kNs, "XMLLiteral")));
    case Kind::kTriple: return EndTriple(frame);
    default: return absl::OkStatus();
  }
}

absl::Status RdfXmlReader::EndTriple(Frame& frame) {
  if (frame.captured.empty()) return Fail("rdf:parseType=\"Triple\" holds no triple");
  Quad& quad = frame.captured.front();
  return EmitProperty(frame, Term::TripleTerm(std::move(quad.subject), std::move(quad.predicate), std::move(quad.object)));
}

absl::Status RdfXmlReader::Text(std::string_view text) {
  Frame& frame = frames_.back();
  switch (frame.kind) {
    case Kind::kIgnored: return absl::OkStatus();
    case Kind::kLiteral:
      frame.literal->Text(text);
      return frame.literal->text().size() > Lexer::kMaxToken ? Fail("longer than 64 MiB") : absl::OkStatus();
    case Kind::kProperty:
      if (!frame.object) {
        frame.text += text;
        return frame.text.size() > Lexer::kMaxToken ? Fail("longer than 64 MiB") : absl::OkStatus();
      }
      [[fallthrough]];
    default: return IsSpace(text) ? absl::OkStatus() : Fail("text may not stand here");
  }
}

absl::Status RdfXmlReader::Comment(std::string_view text) {
  if (frames_.back().kind == Kind::kLiteral) frames_.back().literal->Comment(text);
  return absl::OkStatus();
}

absl::Status RdfXmlReader::Instruction(std::string_view target, std::string_view data) {
  if (frames_.back().kind == Kind::kLiteral) frames_.back().literal->Instruction(target, data);
  return absl::OkStatus();
}

absl::Status ReadRdfXml(Input& in, const RdfReadOptions& options, const QuadSink& sink) {
  return RdfXmlReader(in, options, sink).Run();
}

}  // namespace dossier::graph
