// The parts of a multipart/form-data body (RFC 7578).
//
//   ASSIGN_OR_RETURN(const std::vector<Part> parts, ParseMultipart(request.body, boundary));
//
// Errors: InvalidArgument for a body that does not begin with its boundary or never ends. The views are into `body`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/base/status.h"

namespace dossier::server {

struct Part {
  std::string content_type;  // as sent, "" when not given
  std::string file_name;
  std::string_view body;
};

absl::StatusOr<std::vector<Part>> ParseMultipart(std::string_view body, std::string_view boundary);

}  // namespace dossier::server
