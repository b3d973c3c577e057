// http: and https: URLs, taken apart strictly: what two programs could read differently is refused.
//
//   ASSIGN_OR_RETURN(const Url url, ParseUrl("https://example.org:8443/sparql?x=1#f"));   // fragment dropped
//
// Refused: other schemes, user names, hosts that are neither names in ASCII nor addresses, spaces, backslashes and controls. Characters
// beyond ASCII in path and query are percent-encoded. Thread-safe: pure functions. Errors: InvalidArgument.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace dossier::net {

struct Url {
  std::string scheme;          // "http" or "https"
  std::string host;            // lower case, without a final dot; an IPv6 address without brackets
  uint16_t port = 0;
  bool explicit_port = false;  // written in the URL
  std::string target;          // path and query, never empty

  bool is_https() const { return scheme == "https"; }
  bool has_default_port() const { return port == (is_https() ? 443 : 80); }
  std::string HostHeader() const;
  std::string ToString() const;
  // Whether a segment of the path is "." or "..", in any spelling a server could take for one.
  bool HasDotSegments() const;
};

absl::StatusOr<Url> ParseUrl(std::string_view text);

// "host", "host:port", "[v6]" or "[v6]:port", as they stand in a URL; `port` stays as it is when none is given.
absl::Status ParseHostAndPort(std::string_view text, std::string& host, uint16_t& port, bool& explicit_port);

}  // namespace dossier::net
