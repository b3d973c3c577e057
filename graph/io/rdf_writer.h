// Any RDF syntax, written quad by quad.
//
//   const std::unique_ptr<RdfWriter> writer = RdfWriter::Create(RdfFormat::kTurtle, DefaultPrefixes());
//   for (const Quad& quad : quads) RETURN_IF_ERROR(writer->Add(quad, out));    // appends finished text to `out`
//   writer->Finish(out);
//
// Streaming: memory is a statement or two, `out` may be handed on and cleared after each call. Formats that hold no graphs leave the
// graph names out. Terms keep their spelling (AppendNQuad() in rdf.h writes the canonical form). Turtle, TriG and RDF/XML are compact when
// quads come sorted by graph and subject. Errors: InvalidArgument from RDF/XML for what XML cannot express (predicates that end in no XML
// name, control characters), naming the term. Not thread-safe.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "graph/io/rdf.h"

namespace dossier::graph {

using Prefixes = std::vector<std::pair<std::string, std::string>>;  // prefix without ':', namespace
Prefixes DefaultPrefixes();                                         // those of model/vocabulary.h

class RdfWriter {
 public:
  // Prefixes that are no names, and namespaces that are no IRIs, are left out.
  static std::unique_ptr<RdfWriter> Create(RdfFormat format, Prefixes prefixes);
  virtual ~RdfWriter() = default;
  virtual absl::Status Add(const Quad& quad, std::string& out) = 0;
  virtual void Finish(std::string& out) = 0;
};

}  // namespace dossier::graph
