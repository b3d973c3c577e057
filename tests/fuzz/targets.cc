#include "tests/fuzz/targets.h"

#include "graph/io/rdf_writer.h"
#include "ingest/pipeline.h"
#include "ingest/read/reader.h"
#include "query/algebra/translate.h"
#include "query/syntax/parser.h"

namespace dossier::fuzz {

void FuzzSparql(std::string_view bytes) {
  const auto tree = query::ParseQuery(bytes, {.base = "http://example.org/", .prefixes = {{"", "http://example.org/"}}});
  if (tree.ok()) query::Translate(*tree).IgnoreError();
}

void FuzzRdf(std::string_view bytes) {
  for (const graph::RdfFormat format : {graph::RdfFormat::kTriG, graph::RdfFormat::kNQuads, graph::RdfFormat::kRdfXml}) {
    graph::RdfReadOptions options;
    options.format = format;
    options.base = "http://example.org/";
    std::string line;
    const std::unique_ptr<graph::RdfWriter> writers[] = {graph::RdfWriter::Create(graph::RdfFormat::kTriG, graph::DefaultPrefixes()),
                                                         graph::RdfWriter::Create(graph::RdfFormat::kRdfXml, graph::DefaultPrefixes())};
    graph::ReadRdf(bytes, options, [&](graph::Quad quad) {
      line.clear();
      graph::AppendNQuad(quad, line);
      for (const auto& writer : writers) {
        line.clear();
        writer->Add(quad, line).IgnoreError();
      }
      return absl::OkStatus();
    }).IgnoreError();
  }
}

void FuzzArticle(std::string_view bytes) {
  static const auto* const pipeline = [] {
    auto created = ingest::Pipeline::Create(ingest::ModelKind::kFast);
    return created.ok() ? std::move(*created).release() : nullptr;
  }();
  if (pipeline == nullptr) return;
  for (const char* name : {"fuzz.txt", "fuzz.html"}) {
    const auto document = ingest::ReadArticle(bytes, name);
    if (!document.ok()) continue;
    const auto analysis = pipeline->Analyze(*document);
    if (analysis.ok()) pipeline->ToQuads(*document, *analysis, {}).IgnoreError();
  }
}

}  // namespace dossier::fuzz
