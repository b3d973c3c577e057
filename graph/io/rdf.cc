#include "graph/io/rdf.h"

#include <utility>

#include "absl/strings/match.h"
#include "graph/base/strings.h"
#include "graph/io/byte_source.h"
#include "graph/io/readers.h"

namespace dossier::graph {
namespace {

constexpr std::pair<std::string_view, RdfFormat> kNames[] = {
    {"ttl", RdfFormat::kTurtle},  {"turtle", RdfFormat::kTurtle}, {"nt", RdfFormat::kNTriples}, {"ntriples", RdfFormat::kNTriples},
    {"nq", RdfFormat::kNQuads},   {"nquads", RdfFormat::kNQuads}, {"trig", RdfFormat::kTriG},   {"rdf", RdfFormat::kRdfXml},
    {"rdfxml", RdfFormat::kRdfXml}, {"xml", RdfFormat::kRdfXml},  {"owl", RdfFormat::kRdfXml}};

// The first name of a format is the registered one.
constexpr std::pair<std::string_view, RdfFormat> kMediaTypes[] = {
    {"text/turtle", RdfFormat::kTurtle},
    {"application/n-triples", RdfFormat::kNTriples},
    {"application/n-quads", RdfFormat::kNQuads},
    {"application/trig", RdfFormat::kTriG},
    {"application/rdf+xml", RdfFormat::kRdfXml},
    {"application/turtle", RdfFormat::kTurtle},
    {"application/x-turtle", RdfFormat::kTurtle},
    {"text/n-triples", RdfFormat::kNTriples},
    {"text/x-nquads", RdfFormat::kNQuads},
    {"text/n-quads", RdfFormat::kNQuads},
    {"application/x-trig", RdfFormat::kTriG},
    {"application/xml", RdfFormat::kRdfXml},
    {"text/xml", RdfFormat::kRdfXml}};

absl::Status Read(Input& in, const RdfReadOptions& options, const QuadSink& sink) {
  if (options.format == RdfFormat::kRdfXml) return ReadRdfXml(in, options, sink);
  const bool lines = options.format == RdfFormat::kNTriples || options.format == RdfFormat::kNQuads;
  return lines ? ReadLines(in, options, sink) : ReadDocument(in, options, sink);
}

}  // namespace

std::optional<RdfFormat> FormatOfName(std::string_view name) {
  for (const auto& [known, format] : kNames) {
    if (known == name) return format;
  }
  return std::nullopt;
}

std::optional<RdfFormat> FormatOfPath(std::string_view path) {
  for (const std::string_view ending : {".gz", ".zst"}) {
    if (path.ends_with(ending)) path.remove_suffix(ending.size());
  }
  const size_t dot = path.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  return FormatOfName(path.substr(dot + 1));
}

std::optional<RdfFormat> FormatOfMediaType(std::string_view media_type) {
  media_type = media_type.substr(0, media_type.find(';'));
  while (!media_type.empty() && (media_type.back() == ' ' || media_type.back() == '\t')) media_type.remove_suffix(1);
  while (!media_type.empty() && (media_type.front() == ' ' || media_type.front() == '\t')) media_type.remove_prefix(1);
  for (const auto& [known, format] : kMediaTypes) {
    if (absl::EqualsIgnoreCase(ToAbsl(known), ToAbsl(media_type))) return format;
  }
  return std::nullopt;
}

std::string_view MediaTypeOf(RdfFormat format) {
  for (const auto& [known, its_format] : kMediaTypes) {
    if (its_format == format) return known;
  }
  return "";
}

bool HoldsGraphs(RdfFormat format) { return format == RdfFormat::kNQuads || format == RdfFormat::kTriG; }

absl::Status ReadRdf(std::string_view text, const RdfReadOptions& options, const QuadSink& sink) {
  Input in(text);
  return Read(in, options, sink);
}

absl::Status ReadRdfFile(const std::string& path, const RdfReadOptions& options, const QuadSink& sink) {
  ASSIGN_OR_RETURN(const std::unique_ptr<FileSource> file, FileSource::Open(path));
  Input in([&](std::string& buffer) { return file->Read(buffer); });
  const absl::Status status = Read(in, options, sink);
  // A file that cannot be unpacked looks like a syntax error at the place where it breaks off.
  RETURN_IF_ERROR(file->status());
  return status;
}

void AppendNQuad(const Quad& quad, std::string& out) {
  quad.subject.AppendNTriples(out, /*lower_language=*/true);
  out.push_back(' ');
  quad.predicate.AppendNTriples(out, /*lower_language=*/true);
  out.push_back(' ');
  quad.object.AppendNTriples(out, /*lower_language=*/true);
  out.push_back(' ');
  if (!quad.in_default_graph) {
    quad.graph.AppendNTriples(out, /*lower_language=*/true);
    out.push_back(' ');
  }
  out += ".\n";
}

}  // namespace dossier::graph
