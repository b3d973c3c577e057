#include "server/http/head.h"

#include <algorithm>
#include <boost/beast/http/error.hpp>

#include "graph/base/strings.h"

namespace dossier::server {
namespace {

namespace http = boost::beast::http;

std::string_view View(boost::beast::string_view s) { return {s.data(), s.size()}; }

size_t CountOf(const Request& request, std::string_view name) {
  return static_cast<size_t>(std::count_if(request.fields.begin(), request.fields.end(), [&](const auto& field) { return field.first == name; }));
}

// host[:port] with nothing that could break out of an IRI.
bool IsAuthority(std::string_view authority) {
  if (authority.empty() || authority.size() > 300) return false;
  return std::all_of(authority.begin(), authority.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("-._~:[]%").find(c) != std::string_view::npos;
  });
}

std::optional<Response> CheckFraming(const Request& request) {
  const size_t lengths = CountOf(request, "content-length"), encodings = CountOf(request, "transfer-encoding");
  if (lengths > 1 || (lengths == 1 && request.Field("content-length").find_first_not_of("0123456789") != std::string::npos)) {
    return TextResponse(400, "one Content-Length, please, and a number");
  }
  if (encodings == 0) return std::nullopt;
  if (lengths > 0) return TextResponse(400, "Content-Length and Transfer-Encoding together");
  if (request.version == 10) return TextResponse(400, "HTTP/1.0 has no Transfer-Encoding");
  if (encodings > 1 || !EqualsIgnoreCase(request.Field("transfer-encoding"), "chunked")) {
    return TextResponse(501, "the only Transfer-Encoding known here is chunked");
  }
  return std::nullopt;
}

// Splits the request target; also of the form "http://host/path".
std::optional<Response> ReadTarget(std::string_view target, Request& request) {
  if (!target.starts_with('/') && !(target == "*" && request.method == "OPTIONS")) {
    const size_t scheme = EqualsIgnoreCase(target.substr(0, 7), "http://") ? 7 : EqualsIgnoreCase(target.substr(0, 8), "https://") ? 8 : 0;
    if (scheme == 0) return TextResponse(400, "the request target has to be a path or an http: URL");
    const size_t slash = std::min(target.find_first_of("/?", scheme), target.size());
    request.authority = target.substr(scheme, slash - scheme);
    target.remove_prefix(slash);
  }
  if (target.find('#') != std::string_view::npos) return TextResponse(400, "the request target has a fragment");
  const size_t question = std::min(target.find('?'), target.size());
  request.path = target.substr(0, question);
  if (request.path.empty() || request.path == "*") request.path = "/";
  request.query = target.substr(std::min(question + 1, target.size()));
  return std::nullopt;
}

}  // namespace

std::optional<Response> ReadRequestHead(const http::request_header<>& head, Request& request) {
  request.method = View(head.method_string());
  request.version = head.version();
  for (const auto& field : head) request.fields.emplace_back(LowerAscii(View(field.name_string())), View(field.value()));
  if (request.version != 10 && request.version != 11) return TextResponse(505, "this server speaks HTTP/1.1");
  if (auto refusal = CheckFraming(request)) return refusal;
  const size_t hosts = CountOf(request, "host");
  if (hosts > 1 || (hosts == 0 && request.version == 11)) return TextResponse(400, "one Host field, please");
  request.authority = hosts == 1 ? request.Field("host") : "localhost";
  if (auto refusal = ReadTarget(View(head.target()), request)) return refusal;
  if (!IsAuthority(request.authority)) return TextResponse(400, "malformed Host field");
  const std::string expect = request.Field("expect");
  if (!expect.empty() && !EqualsIgnoreCase(expect, "100-continue")) return TextResponse(417, "the only expectation met here is 100-continue");
  return std::nullopt;
}

Response ResponseForParseError(const boost::system::error_code& error) {
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return TextResponse(431, "the head of the request is larger than the server's limit");
  }
  if (error == http::error::body_limit) return TextResponse(413, "the body is larger than the server's limit (dossier serve --max-body)");
  if (error == http::error::bad_version) return TextResponse(505, "this server speaks HTTP/1.1");
  return TextResponse(400, Cat("this is no HTTP request: ", error.message()));
}

}  // namespace dossier::server
