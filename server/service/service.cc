#include "server/service/service.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <algorithm>

#include "graph/base/strings.h"
#include "graph/io/gunzip.h"
#include "server/http/negotiate.h"
#include "server/service/pages.h"

namespace dossier::server {
namespace {

// Of the field Content-Encoding.
bool IsGzip(std::string_view encoding) { return encoding == "gzip" || encoding == "x-gzip"; }

// A body that came packed. InvalidArgument and ResourceExhausted are the client's.
absl::StatusOr<std::string> Unpack(std::string_view packed, size_t max_bytes) {
  std::string body;
  graph::Gunzip gunzip(max_bytes);
  absl::Status status = gunzip.Add(packed, body);
  if (status.ok()) status = gunzip.Finish();
  if (!status.ok()) return status;
  return body;
}

bool IsSparqlUpdateType(std::string_view type) { return type == "application/sparql-update"; }
constexpr std::string_view kFormType = "application/x-www-form-urlencoded";

// "http://localhost:8080" -> "localhost"; "[::1]:80" -> "[::1]".
std::string_view HostOf(std::string_view authority) {
  if (const size_t scheme = authority.find("://"); scheme != std::string_view::npos) authority.remove_prefix(scheme + 3);
  if (authority.starts_with('[')) return authority.substr(0, std::min(authority.find(']') + 1, authority.size()));
  return authority.substr(0, authority.find(':'));
}

bool IsLoopbackName(std::string_view host) {
  return EqualsIgnoreCase(host, "localhost") || host == "[::1]" || host.starts_with("127.");
}

}  // namespace

Response ErrorResponse(const absl::Status& status, std::string_view text, std::string_view name) {
  using absl::StatusCode;
  int code = 500;
  switch (status.code()) {
    case StatusCode::kInvalidArgument:
    case StatusCode::kOutOfRange: code = 400; break;
    case StatusCode::kPermissionDenied: code = 403; break;
    case StatusCode::kNotFound: code = 404; break;
    case StatusCode::kFailedPrecondition:
    case StatusCode::kAlreadyExists: code = 409; break;
    case StatusCode::kUnimplemented: code = 501; break;
    case StatusCode::kUnavailable: code = 502; break;
    case StatusCode::kDeadlineExceeded:
    case StatusCode::kResourceExhausted:
    case StatusCode::kCancelled: code = 503; break;
    default: break;
  }
  return TextResponse(code, RenderError(status, text, name));
}

Service::Service(graph::Store& store, const ServerOptions& options, Metrics& metrics)
    : store_(store), options_(options), metrics_(metrics), engine_(store) {}

Service::Route Service::RouteOf(std::string_view path) {
  if (path == "/") return Route::kPage;
  if (path == "/query" || path == "/query/") return Route::kQuery;
  if (path == "/update" || path == "/update/") return Route::kUpdate;
  if (path == "/sparql" || path == "/sparql/") return Route::kSparql;
  if (path == "/store" || path.starts_with("/store/")) return Route::kStore;
  if (path == "/health") return Route::kHealth;
  if (path == "/metrics") return Route::kMetrics;
  return Route::kNone;
}

std::string_view Service::MethodsOf(Route route) {
  switch (route) {
    case Route::kPage:
    case Route::kQuery:
    case Route::kSparql: return "GET, HEAD, POST, OPTIONS";
    case Route::kUpdate: return "POST, OPTIONS";
    case Route::kStore: return "GET, HEAD, PUT, POST, DELETE, OPTIONS";
    default: return "GET, HEAD, OPTIONS";
  }
}

// Whether the request changes data if it is let through. A form on /sparql may hold either: Sparql() looks again.
bool Service::Writes(const Request& head) const {
  switch (RouteOf(head.path)) {
    case Route::kUpdate: return head.method == "POST";
    case Route::kStore: return head.method != "GET" && head.method != "HEAD" && head.method != "OPTIONS";
    case Route::kPage:
    case Route::kSparql: return IsSparqlUpdateType(ParseMediaType(head.Field("content-type")).type) && head.method == "POST";
    default: return false;
  }
}

std::optional<Response> Service::Refuse(const Request& head) const {
  const Route route = RouteOf(head.path);
  if (!options_.hosts.empty()) {
    const std::string_view host = HostOf(head.authority);
    const auto same = [&](const std::string& name) { return EqualsIgnoreCase(name, host); };
    if (std::none_of(options_.hosts.begin(), options_.hosts.end(), same)) return TextResponse(421, "this server has another name");
  }
  if (route == Route::kNone) {
    return TextResponse(404, "there is nothing here; endpoints are /query, /update, /sparql, /store, /health and /metrics");
  }
  const std::string_view methods = MethodsOf(route);
  const std::string searched = Cat(", ", methods, ",");
  if (searched.find(Cat(", ", head.method, ",")) == std::string::npos) {
    Response response = TextResponse(405, Cat("this endpoint has the methods ", methods));
    response.fields.emplace_back("Allow", methods);
    return response;
  }
  if (Writes(head)) {
    if (auto refusal = RefuseWrite(head)) return refusal;
  }
  const std::string encoding = LowerAscii(TrimBlanks(head.Field("content-encoding")));
  if (encoding.empty() || encoding == "identity" || IsGzip(encoding)) return std::nullopt;
  Response response = TextResponse(415, "the only Content-Encoding of a body known here is gzip");
  response.fields.emplace_back("Accept-Encoding", "gzip");
  return response;
}

std::optional<Response> Service::RefuseWrite(const Request& head) const {
  if (options_.update_access == UpdateAccess::kOff) {
    return TextResponse(403, "this server does not let data be changed (see dossier serve --allow-update and --update-token-file)");
  }
  if (!OriginMayWrite(head)) return TextResponse(403, "pages of other origins may not change data here");
  if (options_.update_access == UpdateAccess::kToken && !TokenIsRight(head.Field("authorization"))) {
    Response response = TextResponse(401, "changing data needs the update token: Authorization: Bearer TOKEN");
    response.fields.emplace_back("WWW-Authenticate", "Bearer realm=\"dossier\"");
    return response;
  }
  return std::nullopt;
}

// Browsers say where a page comes from; other clients do not. A page of another site, or of another name for this machine (DNS
// rebinding), must not reach data with the user's browser as its go-between.
bool Service::OriginMayWrite(const Request& head) const {
  const std::string site = head.Field("sec-fetch-site");
  const std::string origin = head.Field("origin");
  if (origin.empty()) return site.empty() || site == "same-origin" || site == "none";
  const auto& allowed = options_.cors_origins;
  if (std::find(allowed.begin(), allowed.end(), "*") != allowed.end()) return true;
  if (std::find(allowed.begin(), allowed.end(), origin) != allowed.end()) return true;
  if (!origin.ends_with(Cat("://", head.authority))) return false;
  return !IsLoopbackName(options_.address) || IsLoopbackName(HostOf(origin));
}

bool Service::TokenIsRight(std::string_view authorization) const {
  constexpr std::string_view kScheme = "bearer ";
  if (authorization.size() < kScheme.size() || !EqualsIgnoreCase(authorization.substr(0, kScheme.size()), kScheme)) return false;
  const std::string_view given = TrimBlanks(authorization.substr(kScheme.size()));
  // Digests have one length, so that neither content nor length of the token can be found out by timing.
  unsigned char digests[2][SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(given.data()), given.size(), digests[0]);
  SHA256(reinterpret_cast<const unsigned char*>(options_.update_token.data()), options_.update_token.size(), digests[1]);
  return !options_.update_token.empty() && CRYPTO_memcmp(digests[0], digests[1], SHA256_DIGEST_LENGTH) == 0;
}

Lane Service::LaneOf(const Request& head) const {
  if (head.method == "OPTIONS") return Lane::kInline;
  switch (RouteOf(head.path)) {
    case Route::kQuery: return Lane::kRead;
    case Route::kUpdate: return Lane::kWrite;
    case Route::kStore: return Writes(head) ? Lane::kWrite : Lane::kRead;
    case Route::kPage:
    case Route::kSparql: {
      if (head.method != "POST") {
        const bool page = RouteOf(head.path) == Route::kPage && head.query.empty() && WantsPage(head);
        return page ? Lane::kInline : Lane::kRead;  // the service description reads the store
      }
      // Known only after the form is read, and its first parameter nearly always tells.
      const bool update = ParseMediaType(head.Field("content-type")).type == kFormType &&
                          (head.body.starts_with("update=") || head.body.find("&update=") != std::string::npos);
      return update || Writes(head) ? Lane::kWrite : Lane::kRead;
    }
    default: return Lane::kInline;
  }
}

Endpoint Service::EndpointOf(const Request& head) const {
  switch (RouteOf(head.path)) {
    case Route::kQuery: return Endpoint::kQuery;
    case Route::kUpdate: return Endpoint::kUpdate;
    case Route::kStore: return Endpoint::kStore;
    case Route::kSparql: return LaneOf(head) == Lane::kWrite ? Endpoint::kUpdate : Endpoint::kQuery;
    default: return Endpoint::kOther;
  }
}

Response Service::Handle(const Request& request, const RequestContext& context) const {
  if (!IsGzip(LowerAscii(TrimBlanks(request.Field("content-encoding"))))) return HandlePlain(request, context);
  Request plain{request.method, request.path, request.query, request.authority, request.version, request.fields, {}};
  absl::StatusOr<std::string> body = Unpack(request.body, options_.max_body_bytes);
  if (absl::IsResourceExhausted(body.status())) {
    return TextResponse(413, Cat("the body is larger than ", options_.max_body_bytes, " bytes when it is unpacked"));
  }
  if (!body.ok()) return TextResponse(400, "the body is no gzip data, or not all of it");
  plain.body = *std::move(body);
  return HandlePlain(plain, context);
}

Response Service::HandlePlain(const Request& request, const RequestContext& context) const {
  const Route route = RouteOf(request.path);
  if (request.method == "OPTIONS") {
    Response response = EmptyResponse(204);
    response.fields.emplace_back("Allow", MethodsOf(route));
    return response;
  }
  switch (route) {
    case Route::kHealth: return TextResponse(200, "ok");
    case Route::kMetrics: {
      Response response = TextResponse(200, metrics_.Render(gauges_ ? gauges_() : Metrics::Gauges{}));
      response.content_type = "text/plain; version=0.0.4; charset=utf-8";
      return response;
    }
    case Route::kStore: return GraphStore(request, context);
    case Route::kNone: return TextResponse(404, "there is nothing here");
    default: return Sparql(route, request, context);
  }
}

void Service::AddOriginFields(const Request& head, Response& response) const {
  const std::string origin = head.Field("origin");
  const auto& allowed = options_.cors_origins;
  if (origin.empty() || allowed.empty()) return;
  const bool anybody = std::find(allowed.begin(), allowed.end(), "*") != allowed.end();
  if (!anybody && std::find(allowed.begin(), allowed.end(), origin) == allowed.end()) return;
  response.fields.emplace_back("Access-Control-Allow-Origin", anybody ? "*" : origin);
  if (!anybody) response.fields.emplace_back("Vary", "Origin");
  response.fields.emplace_back("Access-Control-Expose-Headers", "Location");
  if (head.method != "OPTIONS") return;
  response.fields.emplace_back("Access-Control-Allow-Methods", MethodsOf(RouteOf(head.path)));
  response.fields.emplace_back("Access-Control-Allow-Headers", "Accept, Authorization, Content-Type");
  response.fields.emplace_back("Access-Control-Max-Age", "600");
}

}  // namespace dossier::server
