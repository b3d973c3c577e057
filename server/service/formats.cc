#include "server/service/formats.h"

#include <array>
#include <iterator>

#include "graph/base/strings.h"

namespace dossier::server {
namespace {

using graph::RdfFormat;
using query::ResultFormat;

// The second and later names of a format are what clients ask for that do not know the registered one.
constexpr std::string_view kRowTypes[] = {"application/sparql-results+json", "application/json", "application/sparql-results+xml",
                                          "application/xml", "text/xml", "text/csv", "text/tab-separated-values"};
constexpr ResultFormat kRowFormats[] = {ResultFormat::kJson, ResultFormat::kJson, ResultFormat::kXml, ResultFormat::kXml,
                                        ResultFormat::kXml, ResultFormat::kCsv, ResultFormat::kTsv};
static_assert(std::size(kRowTypes) == std::size(kRowFormats));

constexpr std::string_view kGraphTypes[] = {"text/turtle", "application/n-triples", "application/rdf+xml", "application/trig",
                                            "application/n-quads", "application/ld+json", "application/xml", "text/xml",
                                            "text/plain"};
constexpr RdfFormat kGraphFormats[] = {RdfFormat::kTurtle, RdfFormat::kNTriples, RdfFormat::kRdfXml, RdfFormat::kTriG,
                                       RdfFormat::kNQuads, RdfFormat::kJsonLd, RdfFormat::kRdfXml, RdfFormat::kRdfXml,
                                       RdfFormat::kNTriples};
constexpr ResultFormat kGraphResultFormats[] = {ResultFormat::kTurtle, ResultFormat::kNTriples, ResultFormat::kRdfXml,
                                                ResultFormat::kTriG, ResultFormat::kNQuads, ResultFormat::kJsonLd,
                                                ResultFormat::kRdfXml, ResultFormat::kRdfXml, ResultFormat::kNTriples};
static_assert(std::size(kGraphTypes) == std::size(kGraphFormats) && std::size(kGraphTypes) == std::size(kGraphResultFormats));

}  // namespace

absl::Span<const std::string_view> RowOffers() { return kRowTypes; }
ResultFormat RowFormatAt(size_t offer) { return kRowFormats[offer]; }
absl::Span<const std::string_view> GraphOffers() { return kGraphTypes; }
RdfFormat GraphFormatAt(size_t offer) { return kGraphFormats[offer]; }
ResultFormat GraphResultFormatAt(size_t offer) { return kGraphResultFormats[offer]; }

std::string ContentTypeOf(std::string_view media_type) {
  return media_type.starts_with("text/") ? Cat(media_type, "; charset=utf-8") : std::string(media_type);
}

Response NotAcceptable(absl::Span<const std::string_view> offers) {
  std::string text = "no format of the Accept field is on offer; there are:\n";
  for (const std::string_view offer : offers) Append(text, "  ", offer, "\n");
  return TextResponse(406, std::move(text));
}

}  // namespace dossier::server
