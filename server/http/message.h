// HTTP requests and responses as plain data, for the part of the server that knows nothing of sockets.
//
//   Response Hello(const Request& request) { return TextResponse(200, Cat("you asked for ", request.path, "\n")); }
//
// A response has a body, or a producer that streams one. Thread-compatible.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/status.h"

namespace dossier::server {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method;     // as sent: "GET"
  std::string path;       // as sent, percent escapes kept, without the query: "/store"
  std::string query;      // as sent, behind the '?'
  std::string authority;  // host and port the client used: "127.0.0.1:7878"
  unsigned version = 11;  // 10 or 11
  Fields fields;          // names in lower case
  std::string body;

  // The value of a field, "" when it is not there; several of one name are joined with ", ".
  std::string Field(std::string_view name) const;
  bool HasField(std::string_view name) const;
  // The IRI of what was asked for, without query: "http://127.0.0.1:7878/store".
  std::string Iri() const;
};

using ByteSink = std::function<absl::Status(std::string_view)>;

struct Response {
  int status = 200;
  std::string content_type;
  Fields fields;
  std::string body;
  // Instead of `body`: hands over the body in pieces. An error before the first pieces are sent is answered with on_error's response, a
  // later one breaks the connection off, which the client sees as an incomplete answer.
  std::function<absl::Status(const ByteSink&)> produce;
  std::function<Response(const absl::Status&)> on_error;
};

std::string_view ReasonOf(int status);
Response TextResponse(int status, std::string text);
// 204, or 201 and others without a body.
Response EmptyResponse(int status);

// The status line and all fields up to the empty line; `framing` is the line(s) that say how the body ends, each with "\r\n".
std::string SerializeHead(const Response& response, unsigned version, bool keep_alive, std::string_view framing);
// The whole of a response without producer. `head_only` for HEAD.
std::string Serialize(const Response& response, unsigned version, bool keep_alive, bool head_only);

// ASCII only, as HTTP wants.
std::string LowerAscii(std::string_view s);
bool EqualsIgnoreCase(std::string_view a, std::string_view b);
std::string_view TrimBlanks(std::string_view s);

}  // namespace dossier::server
