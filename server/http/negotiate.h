// Content negotiation: which of the formats on offer a client likes best (RFC 9110 §12).
//
//   const auto best = Negotiate("text/csv, */*;q=0.1", {"application/sparql-results+json", "text/csv"});   // 1
//
// Thread-safe: pure functions. What cannot be read in a field is taken as not said.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/types/span.h"

namespace dossier::server {

// The index of the best offer (media types without parameters, the server's favourite first), nothing when none is acceptable. An empty
// field accepts everything. Among equals the order of the offers decides.
std::optional<size_t> Negotiate(std::string_view accept, absl::Span<const std::string_view> offers);

// Whether an Accept-Encoding field allows gzip.
bool AcceptsGzip(std::string_view accept_encoding);

// A Content-Type field taken apart; names in lower case.
struct MediaType {
  std::string type;      // "text/turtle"
  std::string charset;   // in lower case, "" when not given
  std::string boundary;  // of multipart types
};
MediaType ParseMediaType(std::string_view field);

}  // namespace dossier::server
