// The service description (SPARQL 1.1 Service Description), what GET without a query gives.
#include "graph/base/strings.h"
#include "graph/io/rdf_writer.h"
#include "graph/model/vocabulary.h"
#include "server/http/negotiate.h"
#include "server/service/formats.h"
#include "server/service/service.h"

namespace dossier::server {
namespace {

using graph::Quad;
using graph::Term;

constexpr std::string_view kSd = "http://www.w3.org/ns/sparql-service-description#";
constexpr std::string_view kFormats = "http://www.w3.org/ns/formats/";
constexpr std::string_view kVoid = "http://rdfs.org/ns/void#";
constexpr size_t kMaxNamedGraphs = 1000;

Term Sd(std::string_view name) { return Term::Iri(Cat(kSd, name)); }
Term Type() { return Term::Iri(std::string(graph::rdf::kType)); }

// The graphs that are there; a store with many more does not list them.
absl::Status AddDataset(const graph::Snapshot& snapshot, const Term& service, std::vector<Quad>& quads) {
  const Term dataset = Term::BlankNode("dataset"), default_graph = Term::BlankNode("default");
  quads.emplace_back(service, Sd("defaultDataset"), dataset);
  quads.emplace_back(dataset, Type(), Sd("Dataset"));
  quads.emplace_back(dataset, Sd("defaultGraph"), default_graph);
  quads.emplace_back(default_graph, Type(), Sd("Graph"));
  quads.emplace_back(dataset, Term::Iri(Cat(kVoid, "triples")),
                     Term::Literal(Cat(snapshot.size()), std::string(graph::xsd::kInteger)));
  ASSIGN_OR_RETURN(std::vector<graph::TermId> ids, snapshot.NamedGraphs());
  if (ids.size() > kMaxNamedGraphs) return absl::OkStatus();
  std::vector<Term> names;
  RETURN_IF_ERROR(snapshot.Decode(ids, names));
  for (size_t i = 0; i < names.size(); ++i) {
    if (!names[i].is_iri()) continue;
    const Term node = Term::BlankNode(Cat("named", i)), graph = Term::BlankNode(Cat("graph", i));
    quads.emplace_back(dataset, Sd("namedGraph"), node);
    quads.emplace_back(node, Type(), Sd("NamedGraph"));
    quads.emplace_back(node, Sd("name"), names[i]);
    quads.emplace_back(node, Sd("graph"), graph);
    quads.emplace_back(graph, Type(), Sd("Graph"));
  }
  return absl::OkStatus();
}

}  // namespace

Response Service::Describe(const Request& request) const {
  const auto best = Negotiate(request.Field("accept"), GraphOffers());
  if (!best) return NotAcceptable(GraphOffers());
  const Term service = Term::BlankNode("service");
  std::vector<Quad> quads;
  quads.emplace_back(service, Type(), Sd("Service"));
  quads.emplace_back(service, Sd("endpoint"), Term::Iri(request.Iri()));
  quads.emplace_back(service, Sd("supportedLanguage"), Sd("SPARQL11Query"));
  if (options_.update_access != UpdateAccess::kOff) quads.emplace_back(service, Sd("supportedLanguage"), Sd("SPARQL11Update"));
  if (options_.remote != nullptr) quads.emplace_back(service, Sd("feature"), Sd("BasicFederatedQuery"));
  for (const std::string_view format : {"SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle",
                                        "N-Triples", "RDF_XML"}) {
    quads.emplace_back(service, Sd("resultFormat"), Term::Iri(Cat(kFormats, format)));
  }
  for (const std::string_view format : {"Turtle", "TriG", "N-Triples", "N-Quads", "RDF_XML"}) {
    quads.emplace_back(service, Sd("inputFormat"), Term::Iri(Cat(kFormats, format)));
  }
  if (const absl::Status status = AddDataset(*store_.GetSnapshot(), service, quads); !status.ok()) return ErrorResponse(status, "", "request");
  Response response;
  response.content_type = ContentTypeOf(GraphOffers()[*best]);
  response.fields.emplace_back("Vary", "Accept, Accept-Encoding");
  graph::Prefixes prefixes = graph::DefaultPrefixes();
  prefixes.emplace_back("sd", kSd);
  prefixes.emplace_back("formats", kFormats);
  const auto writer = graph::RdfWriter::Create(GraphFormatAt(*best), std::move(prefixes));
  for (const Quad& quad : quads) {
    if (const absl::Status status = writer->Add(quad, response.body); !status.ok()) return ErrorResponse(status, "", "request");
  }
  writer->Finish(response.body);
  return response;
}

}  // namespace dossier::server
