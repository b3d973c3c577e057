// What the server does with a request, apart from HTTP's bytes: routes, authorisation, CORS, and the endpoints.
//
//   Service service(store, options, metrics);
//   if (auto refusal = service.Refuse(head)) ...            // before the body is read: 401, 403, 404, 405, 415 ...
//   Response response = service.Handle(request, context);   // on a thread of the lane LaneOf(request) names
//
// Endpoints: /query, /update, /sparql (both), /store and what is below it (Graph Store Protocol, docs/cli.md), / (page, or as /sparql),
// /health, /metrics. Thread-safe. Never throws for what a request holds.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "graph/store/store.h"
#include "query/engine.h"
#include "server/http/message.h"
#include "server/http/params.h"
#include "server/options.h"
#include "server/service/metrics.h"

namespace dossier::server {

enum class Lane {
  kInline,  // answered at once
  kRead,    // may take long; many at a time
  kWrite,   // changes the store; one at a time
};

struct RequestContext {
  const std::atomic<bool>* cancelled = nullptr;  // borrowed; the client is gone
  std::chrono::steady_clock::time_point arrival;  // the time limit counts from here
};

class Service {
 public:
  // All borrowed.
  Service(graph::Store& store, const ServerOptions& options, Metrics& metrics);

  std::optional<Response> Refuse(const Request& head) const;
  Lane LaneOf(const Request& head) const;
  Endpoint EndpointOf(const Request& head) const;
  Response Handle(const Request& request, const RequestContext& context) const;
  // Adds the CORS fields that the request's origin may have.
  void AddOriginFields(const Request& head, Response& response) const;

  // How the service learns about the server around it, for /metrics.
  void SetGauges(std::function<Metrics::Gauges()> gauges) { gauges_ = std::move(gauges); }

 private:
  enum class Route { kPage, kQuery, kUpdate, kSparql, kStore, kHealth, kMetrics, kNone };

  static Route RouteOf(std::string_view path);
  static std::string_view MethodsOf(Route route);
  bool Writes(const Request& head) const;
  std::optional<Response> RefuseWrite(const Request& head) const;
  bool OriginMayWrite(const Request& head) const;
  bool TokenIsRight(std::string_view authorization) const;

  // A request whose body is as it was meant, unpacked.
  Response HandlePlain(const Request& request, const RequestContext& context) const;
  Response Sparql(Route route, const Request& request, const RequestContext& context) const;
  Response Query(const Request& request, const std::string& text, const Params& params, const RequestContext& context) const;
  Response Update(const Request& request, const std::string& text, const Params& params, const RequestContext& context) const;
  Response Describe(const Request& request) const;
  Response GraphStore(const Request& request, const RequestContext& context) const;
  query::QueryOptions OptionsFor(const Request& request, const RequestContext& context) const;

  graph::Store& store_;
  const ServerOptions& options_;
  Metrics& metrics_;
  query::Engine engine_;
  std::function<Metrics::Gauges()> gauges_;
};

// The response for a failed query, update or load; `text` is what an error's position points into and `name` calls.
Response ErrorResponse(const absl::Status& status, std::string_view text, std::string_view name);

}  // namespace dossier::server
