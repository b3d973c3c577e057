// /query, /update and /sparql: SPARQL 1.1 Protocol §2.
#include <algorithm>

#include "graph/base/strings.h"
#include "graph/model/iri.h"
#include "graph/model/utf8.h"
#include "query/results/writer.h"
#include "query/update/update.h"
#include "server/http/negotiate.h"
#include "server/service/formats.h"
#include "server/service/pages.h"
#include "server/service/service.h"

namespace dossier::server {
namespace {

Response BadRequest(std::string text) { return TextResponse(400, std::move(text)); }

bool IsUtf8Charset(std::string_view charset) {
  return charset.empty() || charset == "utf-8" || charset == "utf8" || charset == "us-ascii";
}

// What the request carries: exactly one query or update.
struct Operation {
  bool update = false;
  std::string text;
};

// Of a form or of a query string.
absl::StatusOr<Operation> OperationOf(const Params& params) {
  std::vector<std::string> queries = params.All("query"), updates = params.All("update");
  if (queries.size() + updates.size() != 1) {
    return InvalidArgument("one request carries exactly one parameter query or update");
  }
  if (updates.empty()) return Operation{false, std::move(queries[0])};
  return Operation{true, std::move(updates[0])};
}

absl::StatusOr<std::vector<std::string>> GraphsOf(const Params& params, std::string_view name) {
  std::vector<std::string> graphs = params.All(name);
  for (const std::string& graph : graphs) {
    if (!graph::IsAbsoluteIri(graph) || graph::FindInvalidIriByte(graph) != std::string::npos) {
      return InvalidArgument(Cat(name, " wants an absolute IRI, not \"", graph, "\""));
    }
  }
  return graphs;
}

std::optional<Response> CheckBody(const Request& request, const MediaType& media) {
  if (!IsUtf8Charset(media.charset)) return TextResponse(415, Cat("the body has to be UTF-8, not ", media.charset));
  if (graph::FindInvalidUtf8(request.body) != std::string::npos) return BadRequest("the body is not UTF-8");
  return std::nullopt;
}

Response StreamResult(std::shared_ptr<query::QueryResult> result, query::ResultFormat format, std::string_view media_type,
                      std::string text) {
  Response response;
  response.content_type = ContentTypeOf(media_type);
  response.fields.emplace_back("Vary", "Accept, Accept-Encoding");
  response.produce = [result = std::move(result), format](const ByteSink& sink) { return query::WriteResult(*result, format, sink); };
  response.on_error = [text = std::move(text)](const absl::Status& status) { return ErrorResponse(status, text, "query"); };
  return response;
}

}  // namespace

Response Service::Sparql(Route route, const Request& request, const RequestContext& context) const {
  auto params = Params::Parse(request.query);
  if (!params.ok()) return BadRequest(MessageOf(params.status()));
  Operation operation;
  if (request.method != "POST") {
    if (params->Has("update")) return BadRequest("an update has to come by POST");
    if (!params->Has("query")) return route == Route::kPage && WantsPage(request) ? PageResponse() : Describe(request);
    auto found = OperationOf(*params);
    if (!found.ok()) return BadRequest(MessageOf(found.status()));
    operation = *std::move(found);
  } else {
    const MediaType media = ParseMediaType(request.Field("content-type"));
    if (auto refusal = CheckBody(request, media)) return *std::move(refusal);
    if (media.type == "application/x-www-form-urlencoded") {
      auto form = Params::Parse(request.body);
      if (!form.ok()) return BadRequest(MessageOf(form.status()));
      params->Append(*std::move(form));
      auto found = OperationOf(*params);
      if (!found.ok()) return BadRequest(MessageOf(found.status()));
      operation = *std::move(found);
    } else if (media.type == "application/sparql-query" || media.type == "application/sparql-update") {
      if (params->Has("query") || params->Has("update")) return BadRequest("one request carries one query or update: it is in the body already");
      operation = {media.type == "application/sparql-update", request.body};
    } else {
      return TextResponse(415, "the body has to be application/sparql-query, application/sparql-update or application/x-www-form-urlencoded");
    }
  }
  if (operation.update && route == Route::kQuery) return BadRequest("this endpoint takes queries; updates go to /update");
  if (!operation.update && route == Route::kUpdate) return BadRequest("this endpoint takes updates; queries go to /query");
  return operation.update ? Update(request, operation.text, *params, context) : Query(request, operation.text, *params, context);
}

query::QueryOptions Service::OptionsFor(const Request& request, const RequestContext& context) const {
  query::QueryOptions options;
  const auto waited = std::chrono::steady_clock::now() - context.arrival;
  options.timeout = std::max<std::chrono::nanoseconds>(options_.query_timeout - waited, std::chrono::nanoseconds(1));
  options.memory_limit = options_.query_memory;
  options.cancelled = context.cancelled;
  options.base = request.Iri();
  options.default_prefixes = options_.default_prefixes;
  options.remote = options_.remote;
  return options;
}

Response Service::Query(const Request& request, const std::string& text, const Params& params, const RequestContext& context) const {
  query::QueryOptions options = OptionsFor(request, context);
  for (const auto& [name, graphs] : {std::pair("default-graph-uri", &options.default_graphs), std::pair("named-graph-uri", &options.named_graphs)}) {
    auto found = GraphsOf(params, name);
    if (!found.ok()) return BadRequest(MessageOf(found.status()));
    *graphs = *std::move(found);
  }
  auto result = engine_.Run(text, options);
  if (!result.ok()) return ErrorResponse(result.status(), text, "query");
  const bool graph = (*result)->form() == query::ResultForm::kGraph;
  const auto offers = graph ? GraphOffers() : RowOffers();
  const auto best = Negotiate(request.Field("accept"), offers);
  if (!best) return NotAcceptable(offers);
  return StreamResult(*std::move(result), graph ? GraphResultFormatAt(*best) : RowFormatAt(*best), offers[*best], text);
}

Response Service::Update(const Request& request, const std::string& text, const Params& params, const RequestContext& context) const {
  if (auto refusal = RefuseWrite(request)) return *std::move(refusal);
  query::UpdateOptions options;
  options.query = OptionsFor(request, context);
  options.remote = options_.remote;
  for (const auto& [name, graphs] : {std::pair("using-graph-uri", &options.using_graphs), std::pair("using-named-graph-uri", &options.using_named_graphs)}) {
    auto found = GraphsOf(params, name);
    if (!found.ok()) return BadRequest(MessageOf(found.status()));
    *graphs = *std::move(found);
  }
  const auto done = query::RunUpdate(store_, text, options);
  return done.ok() ? EmptyResponse(204) : ErrorResponse(done.status(), text, "update");
}

}  // namespace dossier::server
