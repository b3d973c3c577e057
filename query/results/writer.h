// Query results in the standard formats: SPARQL Results JSON, XML, CSV and TSV, and any RDF syntax for graphs.
//
//   ASSIGN_OR_RETURN(ResultFormat format, ResultFormatOfName("json"));
//   RETURN_IF_ERROR(WriteResult(*result, format, [&](std::string_view bytes) { return Write(fd, bytes); }));
//
// Streams: bytes are handed over in pieces of some tens of KiB. Triple terms and base direction as in the SPARQL 1.2 drafts.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "graph/io/rdf.h"
#include "query/engine.h"

namespace dossier::query {

enum class ResultFormat { kJson, kXml, kCsv, kTsv, kNTriples, kTurtle, kNQuads, kTriG, kRdfXml };

// "json", "xml", "csv", "tsv", "nt", "ttl", "nq", "trig", "rdf"; nothing when unknown.
std::optional<ResultFormat> ResultFormatOfName(std::string_view name);
std::string_view MediaTypeOf(ResultFormat format);
// The syntax of the formats for graphs; nothing for those of rows and booleans.
std::optional<graph::RdfFormat> RdfFormatOf(ResultFormat format);

using ByteSink = std::function<absl::Status(std::string_view)>;
// InvalidArgument when the format does not fit the result's form (CSV of a CONSTRUCT).
absl::Status WriteResult(QueryResult& result, ResultFormat format, const ByteSink& sink);

}  // namespace dossier::query
