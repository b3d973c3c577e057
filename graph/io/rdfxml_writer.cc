#include "graph/io/rdfxml_writer.h"

#include <algorithm>

#include "graph/base/strings.h"
#include "graph/io/lexer.h"
#include "graph/io/rdfxml_reader.h"
#include "graph/model/iri.h"
#include "graph/model/utf8.h"
#include "graph/model/vocabulary.h"

namespace dossier::graph {
namespace {

// Appends `text` as character data or, with `attribute`, as a quoted value. Carriage returns, and in attributes other white space, would
// be changed by readers and are written as references.
absl::Status AppendEscaped(std::string_view text, bool attribute, std::string& out) {
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    switch (c) {
      case '&': out += "&amp;"; continue;
      case '<': out += "&lt;"; continue;
      case '>': out += "&gt;"; continue;
      case '\r': out += "&#13;"; continue;
      case '"': out += attribute ? "&quot;" : "\""; continue;
      case '\n': out += attribute ? "&#10;" : "\n"; continue;
      case '\t': out += attribute ? "&#9;" : "\t"; continue;
      default: break;
    }
    const std::string_view rest = text.substr(i, 3);
    if (static_cast<unsigned char>(c) < 0x20 || rest == "\xEF\xBF\xBE" || rest == "\xEF\xBF\xBF") {
      return InvalidArgument(Cat("XML cannot hold the character at byte ", i + 1, " of \"", text.substr(0, 60), "\""));
    }
    out.push_back(c);
  }
  return absl::OkStatus();
}

absl::Status AppendAttribute(std::string_view name, std::string_view value, std::string& out) {
  Append(out, ' ', name, "=\"");
  RETURN_IF_ERROR(AppendEscaped(value, true, out));
  out.push_back('"');
  return absl::OkStatus();
}

bool IsXmlPrefix(std::string_view prefix) {
  return Lexer::IsNcName(prefix) && !((prefix[0] | 0x20) == 'x' && prefix.size() >= 3 && (prefix[1] | 0x20) == 'm' && (prefix[2] | 0x20) == 'l');
}

std::string NodeIdOf(const std::string& label) {
  const bool plain = Lexer::IsNcName(label) && label[0] != 'N';
  return plain ? label : Cat("N", label);
}

// Where the longest XML name at the end of `iri` begins, npos when it ends in none.
size_t LocalNameStart(std::string_view iri) {
  size_t start = std::string_view::npos;
  for (size_t i = 0; i < iri.size();) {
    const size_t length = Utf8SequenceLength(iri, i);
    if (length == 0) return std::string_view::npos;
    const char32_t c = DecodeUtf8(iri, i, length);
    if (!Lexer::IsNameChar(c) && c != '.') {
      start = std::string_view::npos;
    } else if (start == std::string_view::npos && (Lexer::IsNameStart(c) || c == '_')) {
      start = i;
    }
    i += length;
  }
  return start;
}

}  // namespace

RdfXmlWriter::RdfXmlWriter(Prefixes prefixes) : prefixes_({{"rdf", std::string(rdf::kNs)}, {"its", std::string(kItsNs)}}) {
  for (auto& [prefix, ns] : prefixes) {
    const bool taken = std::any_of(prefixes_.begin(), prefixes_.end(), [&](const auto& known) { return known.first == prefix; });
    if (!taken && IsXmlPrefix(prefix) && FindInvalidIriByte(ns) == std::string_view::npos && !ns.empty()) {
      prefixes_.emplace_back(std::move(prefix), std::move(ns));
    }
  }
}

void RdfXmlWriter::WriteHeader(std::string& out) {
  if (wrote_header_) return;
  wrote_header_ = true;
  out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF";
  for (const auto& [prefix, ns] : prefixes_) AppendAttribute(Cat("xmlns:", prefix), ns, out).IgnoreError();  // checked IRIs
  out += " rdf:version=\"1.2\" its:version=\"2.0\">\n";
}

absl::StatusOr<RdfXmlWriter::ElementName> RdfXmlWriter::NameOf(const Term& predicate) const {
  const std::string_view iri = predicate.value();
  const size_t start = LocalNameStart(iri);
  if (!predicate.is_iri() || start == 0 || start == std::string_view::npos || FindInvalidIriByte(iri) != std::string_view::npos) {
    return InvalidArgument(Cat("RDF/XML cannot express the predicate ", predicate.ToNTriples(), ": it ends in no XML name"));
  }
  const std::string_view ns = iri.substr(0, start), local = iri.substr(start);
  if (ns == "http://www.w3.org/2000/xmlns/" || (ns == rdf::kNs && (IsReservedRdfName(local) || local == "li" || local == "Description"))) {
    return InvalidArgument(Cat("RDF/XML cannot express the predicate ", predicate.ToNTriples(), ": the name has another meaning"));
  }
  for (const auto& [prefix, its_ns] : prefixes_) {
    if (iri.starts_with(its_ns) && Lexer::IsNcName(iri.substr(its_ns.size()))) return ElementName{Cat(prefix, ":", iri.substr(its_ns.size())), ""};
  }
  ElementName name{Cat("p:", local), ""};
  RETURN_IF_ERROR(AppendAttribute("xmlns:p", ns, name.declaration));
  return name;
}

absl::Status RdfXmlWriter::AppendSubject(const Term& subject, std::string& out) const {
  if (!subject.is_iri() && !subject.is_blank()) return InvalidArgument(Cat(subject.ToNTriples(), " may not be a subject"));
  out += "<rdf:Description";
  RETURN_IF_ERROR(subject.is_iri() ? AppendAttribute("rdf:about", subject.value(), out)
                                   : AppendAttribute("rdf:nodeID", NodeIdOf(subject.value()), out));
  out += ">";
  return absl::OkStatus();
}

absl::Status RdfXmlWriter::AppendProperty(const Term& predicate, const Term& object, std::string& out) const {
  ASSIGN_OR_RETURN(const ElementName name, NameOf(predicate));
  Append(out, "<", name.name, name.declaration);
  switch (object.kind()) {
    case TermKind::kIri: RETURN_IF_ERROR(AppendAttribute("rdf:resource", object.value(), out)); break;
    case TermKind::kBlankNode: RETURN_IF_ERROR(AppendAttribute("rdf:nodeID", NodeIdOf(object.value()), out)); break;
    case TermKind::kTriple: {
      out += " rdf:parseType=\"Triple\">";
      const Triple& triple = object.triple();
      RETURN_IF_ERROR(AppendSubject(triple.subject, out));
      RETURN_IF_ERROR(AppendProperty(triple.predicate, triple.object, out));
      Append(out, "</rdf:Description></", name.name, ">");
      return absl::OkStatus();
    }
    case TermKind::kLiteral:
      if (!object.language().empty()) {
        RETURN_IF_ERROR(AppendAttribute("xml:lang", object.language(), out));
        if (object.direction() != Direction::kNone) Append(out, " its:dir=\"", object.direction() == Direction::kLtr ? "ltr" : "rtl", "\"");
      } else if (object.datatype() != xsd::kString) {
        RETURN_IF_ERROR(AppendAttribute("rdf:datatype", object.datatype(), out));
      }
      out.push_back('>');
      RETURN_IF_ERROR(AppendEscaped(object.value(), false, out));
      Append(out, "</", name.name, ">");
      return absl::OkStatus();
  }
  out += "/>";
  return absl::OkStatus();
}

absl::Status RdfXmlWriter::Add(const Quad& quad, std::string& out) {
  WriteHeader(out);
  std::string text;  // all or nothing
  if (subject_ != quad.subject) {
    if (subject_) text += "</rdf:Description>\n";
    RETURN_IF_ERROR(AppendSubject(quad.subject, text));
    text.push_back('\n');
  }
  text += "  ";
  RETURN_IF_ERROR(AppendProperty(quad.predicate, quad.object, text));
  text.push_back('\n');
  out += text;
  subject_ = quad.subject;
  return absl::OkStatus();
}

void RdfXmlWriter::Finish(std::string& out) {
  WriteHeader(out);
  if (subject_) out += "</rdf:Description>\n";
  subject_.reset();
  out += "</rdf:RDF>\n";
}

}  // namespace dossier::graph
