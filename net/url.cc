#include "net/url.h"

#include <algorithm>
#include <boost/asio/ip/address_v6.hpp>
#include <charconv>

#include "graph/base/status.h"
#include "graph/base/strings.h"

namespace dossier::net {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string Lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), Lower);
  return out;
}

bool IsHostCharacter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_'; }

// Not to be seen in a URL, percent-encoded or not understood the same by everybody.
bool IsForbidden(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte == 0x7F || c == '\\' || c == '<' || c == '>' || c == '"' || c == '{' || c == '}' || c == '|' || c == '^' || c == '`';
}

std::string PercentEncoded(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out.push_back(c);
    } else {
      Append(out, '%', kHex[byte >> 4], kHex[byte & 15]);
    }
  }
  return out;
}

}  // namespace

absl::Status ParseHostAndPort(std::string_view text, std::string& host, uint16_t& port, bool& explicit_port) {
  const auto fail = [&](std::string_view why) { return InvalidArgument(Cat("\"", text, "\": ", why)); };
  std::string_view rest;
  if (text.starts_with('[')) {
    const size_t end = text.find(']');
    if (end == std::string_view::npos) return fail("']' is missing");
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address_v6(std::string(text.substr(1, end - 1)), error);
    if (error || address.scope_id() != 0 || text.substr(0, end).find('%') != std::string_view::npos) return fail("this is no IPv6 address");
    host = address.to_string();
    rest = text.substr(end + 1);
  } else {
    const size_t colon = std::min(text.find(':'), text.size());
    host = Lowered(text.substr(0, colon));
    rest = text.substr(colon);
    if (host.ends_with('.')) host.pop_back();
    if (host.empty() || host.size() > 253 || !std::all_of(host.begin(), host.end(), IsHostCharacter)) {
      return fail("expected the name of a host, in ASCII letters, or its address");
    }
  }
  if (rest.empty()) return absl::OkStatus();
  unsigned number = 0;
  const auto [end, error] = std::from_chars(rest.data() + 1, rest.data() + rest.size(), number);
  if (rest[0] != ':' || error != std::errc() || end != rest.data() + rest.size() || number == 0 || number > 65535 || rest.size() > 6) {
    return fail("expected a port from 1 to 65535");
  }
  port = static_cast<uint16_t>(number);
  explicit_port = true;
  return absl::OkStatus();
}

absl::StatusOr<Url> ParseUrl(std::string_view text) {
  if (const auto bad = std::find_if(text.begin(), text.end(), IsForbidden); bad != text.end()) {
    return InvalidArgument(Cat("a URL may not hold the character at byte ", bad - text.begin() + 1, " of <", text, ">"));
  }
  Url url;
  const size_t colon = text.find("://");
  if (colon != std::string_view::npos) url.scheme = Lowered(text.substr(0, colon));
  if (url.scheme != "http" && url.scheme != "https") return InvalidArgument(Cat("<", text, "> is no http: or https: URL"));
  url.port = url.is_https() ? 443 : 80;
  std::string_view rest = text.substr(colon + 3);
  rest = rest.substr(0, rest.find('#'));
  const size_t path = std::min(rest.find_first_of("/?"), rest.size());
  const std::string_view authority = rest.substr(0, path);
  if (authority.find('@') != std::string_view::npos) return InvalidArgument("a URL with a user name in it is not used");
  RETURN_IF_ERROR(ParseHostAndPort(authority, url.host, url.port, url.explicit_port));
  url.target = PercentEncoded(rest.substr(path));
  if (!url.target.starts_with('/')) url.target.insert(0, "/");
  return url;
}

std::string Url::HostHeader() const {
  std::string out = host.find(':') == std::string::npos ? host : Cat("[", host, "]");
  if (!has_default_port()) Append(out, ":", port);
  return out;
}

std::string Url::ToString() const { return Cat(scheme, "://", HostHeader(), target); }

bool Url::HasDotSegments() const {
  std::string path = Lowered(std::string_view(target).substr(0, target.find('?')));
  for (const auto& [encoded, plain] : {std::pair("%2e", "."), std::pair("%2f", "/"), std::pair("%5c", "/"), std::pair("%25", "%")}) {
    for (size_t at = 0; (at = path.find(encoded, at)) != std::string::npos;) path.replace(at, 3, plain);
  }
  path.push_back('/');
  return path.find("/./") != std::string::npos || path.find("/../") != std::string::npos || path.find("%2e") != std::string::npos;
}

}  // namespace dossier::net
