#include "query/results/writer.h"

#include "graph/base/strings.h"
#include "graph/io/rdf.h"
#include "graph/model/vocabulary.h"
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

const RowFormat* RowFormatOf(ResultFormat format) {
  switch (format) {
    case ResultFormat::kJson:
      return &kJsonFormat;
    case ResultFormat::kXml:
      return &kXmlFormat;
    case ResultFormat::kCsv:
      return &kCsvFormat;
    case ResultFormat::kTsv:
      return &kTsvFormat;
    default:
      return nullptr;
  }
}

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

graph::Quad QuadOf(const graph::Triple& triple) {
  return graph::Quad(triple.subject, triple.predicate, triple.object);
}

absl::Status WriteTriples(QueryResult& result, ResultFormat format, Pieces& pieces) {
  std::vector<std::pair<std::string, std::string>> prefixes;
  for (const auto& [prefix, iri] : graph::kDefaultPrefixes) prefixes.emplace_back(prefix, iri);
  graph::TurtleWriter turtle(std::move(prefixes), false);
  for (std::vector<graph::Triple> triples;;) {
    RETURN_IF_ERROR(result.NextTriples(triples));
    if (triples.empty()) break;
    for (const graph::Triple& triple : triples) {
      if (format == ResultFormat::kTurtle) {
        turtle.Add(QuadOf(triple), pieces.text());
      } else {
        graph::AppendNQuad(QuadOf(triple), pieces.text());
      }
      RETURN_IF_ERROR(pieces.FlushIfLarge());
    }
  }
  if (format == ResultFormat::kTurtle) turtle.Finish(pieces.text());
  return pieces.Flush();
}

std::string_view NameOf(ResultFormat format) {
  switch (format) {
    case ResultFormat::kJson:
      return "json";
    case ResultFormat::kXml:
      return "xml";
    case ResultFormat::kCsv:
      return "csv";
    case ResultFormat::kTsv:
      return "tsv";
    case ResultFormat::kNTriples:
      return "nt";
    case ResultFormat::kTurtle:
      return "ttl";
  }
  return "";
}

}  // namespace

std::optional<ResultFormat> ResultFormatOfName(std::string_view name) {
  for (const ResultFormat format : {ResultFormat::kJson, ResultFormat::kXml, ResultFormat::kCsv,
                                    ResultFormat::kTsv, ResultFormat::kNTriples, ResultFormat::kTurtle}) {
    if (NameOf(format) == name) return format;
  }
  return std::nullopt;
}

std::string_view MediaTypeOf(ResultFormat format) {
  switch (format) {
    case ResultFormat::kJson:
      return "application/sparql-results+json";
    case ResultFormat::kXml:
      return "application/sparql-results+xml";
    case ResultFormat::kCsv:
      return "text/csv; charset=utf-8";
    case ResultFormat::kTsv:
      return "text/tab-separated-values; charset=utf-8";
    case ResultFormat::kNTriples:
      return "application/n-triples";
    case ResultFormat::kTurtle:
      return "text/turtle";
  }
  return "";
}

absl::Status WriteResult(QueryResult& result, ResultFormat format, const ByteSink& sink) {
  const RowFormat* rows = RowFormatOf(format);
  Pieces pieces(sink);
  if (result.form() == ResultForm::kGraph) {
    if (rows != nullptr) {
      return InvalidArgument(
          Cat("the query makes a graph, which has no form as ", NameOf(format), "; ask for nt or ttl"));
    }
    return WriteTriples(result, format, pieces);
  }
  if (rows == nullptr) {
    return InvalidArgument(Cat("the query does not make a graph, so ", NameOf(format),
                               " does not fit; ask for json, xml, csv or tsv"));
  }
  if (result.form() == ResultForm::kSelect) return WriteRows(result, *rows, pieces);
  ASSIGN_OR_RETURN(const bool value, result.Boolean());
  rows->boolean(value, pieces.text());
  return pieces.Flush();
}

}  // namespace dossier::query
