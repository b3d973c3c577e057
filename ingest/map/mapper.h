// Facts of a document as RDF 1.2: each fact a triple with a reifier that holds its evidence (DESIGN.md "Data
// model", docs/vocabulary.md).
//
//   std::vector<graph::Quad> quads = MapToQuads({document, analysis, options, "fast-1"});
//
// Everything goes to the default graph. Quads come in a fixed order: document, entities, relations, then by
// fact; none comes twice. A fact that is not asserted gets its reifier only. Pure; thread-safe; any text,
// names and IRIs in the analysis give valid terms.
#pragma once

#include <string_view>
#include <vector>

#include "graph/model/term.h"
#include "ingest/pipeline.h"

namespace dossier::ingest {

struct MapInput {
  const Document& document;
  const Analysis& analysis;  // with iris
  const IngestOptions& options;
  std::string_view model;  // Parser::Name(), for provenance
};

std::vector<graph::Quad> MapToQuads(const MapInput& input);

// The bytes of Document::text that the input's bytes `span` came from.
SourceSpan TextSpanOf(const Document& document, SourceSpan span);

}  // namespace dossier::ingest
