#include "server/http/message.h"

#include <algorithm>
#include <ctime>

#include "graph/base/strings.h"

namespace dossier::server {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// RFC 9110 §5.6.7, in English whatever the locale.
std::string HttpDate() {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  const auto two = [](int n) { return Cat(n < 10 ? "0" : "", n); };
  return Cat(kDays[utc.tm_wday], ", ", two(utc.tm_mday), " ", kMonths[utc.tm_mon], " ", utc.tm_year + 1900, " ", two(utc.tm_hour), ":",
             two(utc.tm_min), ":", two(utc.tm_sec), " GMT");
}

bool HasNoBody(int status) { return status < 200 || status == 204 || status == 304; }

}  // namespace

std::string Request::Field(std::string_view name) const {
  std::string out;
  bool first = true;
  for (const auto& [field, value] : fields) {
    if (field != name) continue;
    Append(out, first ? "" : ", ", value);
    first = false;
  }
  return out;
}

bool Request::HasField(std::string_view name) const {
  return std::any_of(fields.begin(), fields.end(), [&](const auto& field) { return field.first == name; });
}

std::string Request::Iri() const { return Cat("http://", authority, path); }

std::string_view ReasonOf(int status) {
  switch (status) {
    case 100: return "Continue";
    case 200: return "OK";
    case 201: return "Created";
    case 204: return "No Content";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    case 507: return "Insufficient Storage";
    default: return "Unknown";
  }
}

Response TextResponse(int status, std::string text) {
  Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(text);
  if (!response.body.ends_with('\n')) response.body += '\n';
  return response;
}

Response EmptyResponse(int status) {
  Response response;
  response.status = status;
  return response;
}

std::string SerializeHead(const Response& response, unsigned version, bool keep_alive, std::string_view framing) {
  std::string out = Cat(version == 10 ? "HTTP/1.0 " : "HTTP/1.1 ", response.status, " ", ReasonOf(response.status), "\r\n");
  Append(out, "Date: ", HttpDate(), "\r\n");
  if (!response.content_type.empty()) Append(out, "Content-Type: ", response.content_type, "\r\nX-Content-Type-Options: nosniff\r\n");
  for (const auto& [name, value] : response.fields) Append(out, name, ": ", value, "\r\n");
  out += framing;
  if (!keep_alive) {
    out += "Connection: close\r\n";
  } else if (version == 10) {
    out += "Connection: keep-alive\r\n";
  }
  out += "\r\n";
  return out;
}

std::string Serialize(const Response& response, unsigned version, bool keep_alive, bool head_only) {
  const std::string framing = HasNoBody(response.status) ? "" : Cat("Content-Length: ", response.body.size(), "\r\n");
  std::string out = SerializeHead(response, version, keep_alive, framing);
  if (!head_only && !HasNoBody(response.status)) out += response.body;
  return out;
}

std::string LowerAscii(std::string_view s) {
  std::string out(s);
  std::transform(out.begin(), out.end(), out.begin(), Lower);
  return out;
}

bool EqualsIgnoreCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return Lower(x) == Lower(y); });
}

std::string_view TrimBlanks(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
  return s;
}

}  // namespace dossier::server
