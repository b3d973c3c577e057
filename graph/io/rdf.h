// Reading and writing RDF syntaxes: N-Triples, N-Quads, Turtle, TriG and RDF/XML of RDF 1.2 (https://www.w3.org/TR/rdf12-turtle/).
//
//   RdfReader::Options options{.format = RdfFormat::kTurtle, .base = "file:///x.ttl"};
//   RETURN_IF_ERROR(ReadRdf(text, options, [&](Quad quad) { return tx->Insert(quad); }));
//
// Streaming: quads are handed over as they are read; memory is bounded by the longest statement. Errors are SyntaxErrorAt() with line
// and column and say what was expected; quads before the error have already been handed over (callers discard their transaction).
// A term above 64 MiB is an error. Nesting of brackets, collections, triple terms and elements deeper than 500 is an error. Invalid UTF-8 is an error. Thread-safe (no state).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/status.h"
#include "graph/model/term.h"

namespace dossier::graph {

enum class RdfFormat { kNTriples, kNQuads, kTurtle, kTriG, kRdfXml };

// By file name ("x.ttl", "x.nq.gz": compression endings are skipped); nothing when unknown.
std::optional<RdfFormat> FormatOfPath(std::string_view path);
// By name: "ttl"/"turtle", "nt"/"ntriples", "nq"/"nquads", "trig", "rdf"/"rdfxml"/"xml"/"owl".
std::optional<RdfFormat> FormatOfName(std::string_view name);
// By media type, in any case, parameters ("; charset=utf-8") skipped: the registered names, "text/xml" and "application/xml" for RDF/XML,
// and the "x-" names of old servers. Nothing when unknown; "text/plain" and "application/octet-stream" say nothing.
std::optional<RdfFormat> FormatOfMediaType(std::string_view media_type);
// The registered name, without parameters: "text/turtle".
std::string_view MediaTypeOf(RdfFormat format);
// Whether documents of this format may hold named graphs: N-Quads and TriG.
bool HoldsGraphs(RdfFormat format);

using QuadSink = std::function<absl::Status(Quad)>;

struct RdfReadOptions {
  RdfFormat format = RdfFormat::kNQuads;
  std::string base = {};             // base IRI for Turtle, TriG and RDF/XML; may be empty (then relative IRIs are errors)
  std::string blank_node_prefix = {};  // put in front of every blank node label read, so that files do not share labels
};

absl::Status ReadRdf(std::string_view text, const RdfReadOptions& options, const QuadSink& sink);
// Reads a file, unpacking .gz and .zst on the way.
absl::Status ReadRdfFile(const std::string& path, const RdfReadOptions& options, const QuadSink& sink);

// One quad as an N-Quads line with final newline (canonical form, which has language tags in lower case: RDF 1.2 N-Quads §4).
void AppendNQuad(const Quad& quad, std::string& out);

// Writes Turtle or TriG with the given prefixes (without ':'), grouping consecutive statements of one graph, subject and predicate, and
// reifiers of a statement as annotations (`~ _:r {| |}`) where they directly follow it. Feed quads sorted by subject, with the quads of
// a reifier behind the statement, for compact output. Without `trig` the graphs are left out. Not thread-safe.
class TurtleWriter {
 public:
  TurtleWriter(std::vector<std::pair<std::string, std::string>> prefixes, bool trig);
  void Add(const Quad& quad, std::string& out);  // appends finished text to `out`
  void Finish(std::string& out);

 private:
  // What the text written last still waits for.
  enum class Open { kNothing, kStatement, kReifier, kAnnotation };

  void WriteHeader(std::string& out);
  bool InLastGraph(const Quad& quad) const;
  bool AddToAnnotation(const Quad& quad, std::string& out);
  void CloseAnnotation(std::string& out);
  void CloseStatement(std::string& out);
  void EnterGraph(const Quad& quad, std::string& out);
  void AppendTerm(const Term& term, std::string& out) const;
  void AppendIri(const std::string& iri, std::string& out) const;
  void AppendLiteral(const Term& term, std::string& out) const;
  void AppendPredicate(const Term& term, std::string& out) const;

  std::vector<std::pair<std::string, std::string>> prefixes_;
  bool trig_;
  bool wrote_header_ = false;
  bool in_graph_ = false;  // between the braces of a named graph
  Open open_ = Open::kNothing;
  Quad last_;              // the statement written last, outside of annotations
  Term reifier_;           // of last_, with kReifier and kAnnotation
  Term last_predicate_;    // in the annotation
};

}  // namespace dossier::graph
