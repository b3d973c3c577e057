// Reading and writing RDF syntaxes: N-Triples, N-Quads, Turtle and TriG of RDF 1.2 (https://www.w3.org/TR/rdf12-turtle/).
//
//   RdfReader::Options options{.format = RdfFormat::kTurtle, .base = "file:///x.ttl"};
//   RETURN_IF_ERROR(ReadRdf(text, options, [&](Quad quad) { return tx->Insert(quad); }));
//
// Streaming: quads are handed over as they are read; memory is bounded by the longest statement. Errors are SyntaxErrorAt() with line
// and column and say what was expected; quads before the error have already been handed over (callers discard their transaction).
// Nesting of brackets, collections and triple terms deeper than 500 is an error. Invalid UTF-8 is an error. Thread-safe (no state).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/status.h"
#include "graph/model/term.h"

namespace dossier::graph {

enum class RdfFormat { kNTriples, kNQuads, kTurtle, kTriG };

// By file name ("x.ttl", "x.nq.gz": compression endings are skipped); nothing when unknown.
std::optional<RdfFormat> FormatOfPath(std::string_view path);
// By name: "ttl"/"turtle", "nt"/"ntriples", "nq"/"nquads", "trig".
std::optional<RdfFormat> FormatOfName(std::string_view name);

using QuadSink = std::function<absl::Status(Quad)>;

struct RdfReadOptions {
  RdfFormat format = RdfFormat::kNQuads;
  std::string base;                  // base IRI for Turtle and TriG; may be empty (then relative IRIs are errors)
  std::string blank_node_prefix;     // put in front of every blank node label read, so that files do not share labels
};

absl::Status ReadRdf(std::string_view text, const RdfReadOptions& options, const QuadSink& sink);
// Reads a file, unpacking .gz and .zst on the way.
absl::Status ReadRdfFile(const std::string& path, const RdfReadOptions& options, const QuadSink& sink);

// One quad as an N-Quads line with final newline (canonical form: RDF 1.2 N-Quads §4).
void AppendNQuad(const Quad& quad, std::string& out);

// Writes Turtle or TriG with the given prefixes, grouping consecutive statements of one graph, subject and predicate, and reifiers of a
// statement as annotations (`~ _:r {| |}`) where they directly follow it. Feed quads sorted by subject for compact output.
class TurtleWriter {
 public:
  TurtleWriter(std::vector<std::pair<std::string, std::string>> prefixes, bool trig);
  void Add(const Quad& quad, std::string& out);  // appends finished text to `out`
  void Finish(std::string& out);

 private:
  std::string Render(const Term& term) const;
  std::vector<std::pair<std::string, std::string>> prefixes_;
  bool trig_;
  bool wrote_header_ = false;
  bool open_ = false;
  Quad last_;
};

}  // namespace dossier::graph
