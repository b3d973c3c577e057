#include "graph/io/rdf_writer.h"

#include "graph/io/lexer.h"
#include "graph/io/rdfxml_writer.h"
#include "graph/model/iri.h"
#include "graph/model/vocabulary.h"

namespace dossier::graph {
namespace {

class LineWriter : public RdfWriter {
 public:
  explicit LineWriter(bool graphs) : graphs_(graphs) {}
  absl::Status Add(const Quad& quad, std::string& out) override {
    for (const Term* term : {&quad.subject, &quad.predicate, &quad.object}) {
      term->AppendNTriples(out);
      out.push_back(' ');
    }
    if (graphs_ && !quad.in_default_graph) {
      quad.graph.AppendNTriples(out);
      out.push_back(' ');
    }
    out += ".\n";
    return absl::OkStatus();
  }
  void Finish(std::string&) override {}

 private:
  bool graphs_;
};

class DocumentWriter : public RdfWriter {
 public:
  DocumentWriter(Prefixes prefixes, bool trig) : writer_(std::move(prefixes), trig) {}
  absl::Status Add(const Quad& quad, std::string& out) override {
    writer_.Add(quad, out);
    return absl::OkStatus();
  }
  void Finish(std::string& out) override { writer_.Finish(out); }

 private:
  TurtleWriter writer_;
};

// PN_PREFIX of Turtle with a namespace that is an IRI.
bool IsUsable(const std::pair<std::string, std::string>& entry) {
  const auto& [prefix, ns] = entry;
  const bool name = prefix.empty() || (Lexer::IsNcName(prefix) && prefix[0] != '_' && prefix.back() != '.');
  return name && IsAbsoluteIri(ns) && FindInvalidIriByte(ns) == std::string::npos;
}

}  // namespace

Prefixes DefaultPrefixes() { return Prefixes(kDefaultPrefixes.begin(), kDefaultPrefixes.end()); }

std::unique_ptr<RdfWriter> RdfWriter::Create(RdfFormat format, Prefixes prefixes) {
  std::erase_if(prefixes, [](const auto& entry) { return !IsUsable(entry); });
  switch (format) {
    case RdfFormat::kNTriples: return std::make_unique<LineWriter>(false);
    case RdfFormat::kNQuads: return std::make_unique<LineWriter>(true);
    case RdfFormat::kTurtle: return std::make_unique<DocumentWriter>(std::move(prefixes), false);
    case RdfFormat::kTriG: return std::make_unique<DocumentWriter>(std::move(prefixes), true);
    case RdfFormat::kRdfXml: return std::make_unique<RdfXmlWriter>(std::move(prefixes));
  }
  return nullptr;
}

}  // namespace dossier::graph
