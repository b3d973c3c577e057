#include "query/results/writer.h"

#include <algorithm>
#include <iterator>

#include "graph/base/strings.h"
#include "graph/io/rdf_writer.h"
#include "query/results/row_format.h"

namespace dossier::query {
namespace {

constexpr size_t kPieceBytes = size_t{32} << 10;

// Collects text and hands it over in pieces.
class Pieces {
 public:
  explicit Pieces(const ByteSink& sink) : sink_(sink) {}
  std::string& text() { return text_; }
  absl::Status FlushIfLarge() { return text_.size() < kPieceBytes ? absl::OkStatus() : Flush(); }
  absl::Status Flush() {
    if (text_.empty()) return absl::OkStatus();
    RETURN_IF_ERROR(sink_(text_));
    text_.clear();
    return absl::OkStatus();
  }

 private:
  const ByteSink& sink_;
  std::string text_;
};

absl::Status WriteRows(QueryResult& result, const RowFormat& format, Pieces& pieces) {
  format.head(result.columns(), pieces.text());
  bool first = true;
  for (ResultRows rows;;) {
    RETURN_IF_ERROR(result.Next(rows));
    if (rows.rows.empty()) break;
    for (const ResultRow& row : rows.rows) {
      format.row(result.columns(), row, first, pieces.text());
      first = false;
      RETURN_IF_ERROR(pieces.FlushIfLarge());
    }
  }
  format.end(pieces.text());
  return pieces.Flush();
}

absl::Status WriteTriples(QueryResult& result, graph::RdfFormat format, Pieces& pieces) {
  const auto writer = graph::RdfWriter::Create(format, graph::DefaultPrefixes());
  for (std::vector<graph::Triple> triples;;) {
    RETURN_IF_ERROR(result.NextTriples(triples));
    if (triples.empty()) break;
    for (const graph::Triple& triple : triples) {
      RETURN_IF_ERROR(writer->Add(graph::Quad(triple.subject, triple.predicate, triple.object), pieces.text()));
      RETURN_IF_ERROR(pieces.FlushIfLarge());
    }
  }
  writer->Finish(pieces.text());
  return pieces.Flush();
}

struct FormatInfo {
  ResultFormat format;
  std::string_view name, media_type;
  const RowFormat* rows;                     // of rows and booleans
  std::optional<graph::RdfFormat> syntax;    // of graphs
};

constexpr FormatInfo kFormats[] = {
    {ResultFormat::kJson, "json", "application/sparql-results+json", &kJsonFormat, {}},
    {ResultFormat::kXml, "xml", "application/sparql-results+xml", &kXmlFormat, {}},
    {ResultFormat::kCsv, "csv", "text/csv; charset=utf-8", &kCsvFormat, {}},
    {ResultFormat::kTsv, "tsv", "text/tab-separated-values; charset=utf-8", &kTsvFormat, {}},
    {ResultFormat::kNTriples, "nt", "application/n-triples", nullptr, graph::RdfFormat::kNTriples},
    {ResultFormat::kTurtle, "ttl", "text/turtle", nullptr, graph::RdfFormat::kTurtle},
    {ResultFormat::kNQuads, "nq", "application/n-quads", nullptr, graph::RdfFormat::kNQuads},
    {ResultFormat::kTriG, "trig", "application/trig", nullptr, graph::RdfFormat::kTriG},
    {ResultFormat::kRdfXml, "rdf", "application/rdf+xml", nullptr, graph::RdfFormat::kRdfXml}};

// Every format has its row.
const FormatInfo& InfoOf(ResultFormat format) {
  return *std::find_if(std::begin(kFormats), std::end(kFormats), [&](const FormatInfo& info) { return info.format == format; });
}

}  // namespace

std::optional<ResultFormat> ResultFormatOfName(std::string_view name) {
  for (const FormatInfo& info : kFormats) {
    if (info.name == name) return info.format;
  }
  return std::nullopt;
}

std::string_view MediaTypeOf(ResultFormat format) { return InfoOf(format).media_type; }

std::optional<graph::RdfFormat> RdfFormatOf(ResultFormat format) { return InfoOf(format).syntax; }

absl::Status WriteResult(QueryResult& result, ResultFormat format, const ByteSink& sink) {
  const FormatInfo& info = InfoOf(format);
  Pieces pieces(sink);
  if (result.form() == ResultForm::kGraph) {
    if (!info.syntax) {
      return InvalidArgument(
          Cat("the query makes a graph, which has no form as ", info.name, "; ask for nt, ttl, nq, trig or rdf"));
    }
    return WriteTriples(result, *info.syntax, pieces);
  }
  if (info.rows == nullptr) {
    return InvalidArgument(Cat("the query does not make a graph, so ", info.name,
                               " does not fit; ask for json, xml, csv or tsv"));
  }
  if (result.form() == ResultForm::kSelect) return WriteRows(result, *info.rows, pieces);
  ASSIGN_OR_RETURN(const bool value, result.Boolean());
  info.rows->boolean(value, pieces.text());
  return pieces.Flush();
}

}  // namespace dossier::query
