// The parameters of a query string or of a form (application/x-www-form-urlencoded).
//
//   ASSIGN_OR_RETURN(const Params params, Params::Parse("query=ASK%20%7B%7D&default-graph-uri=urn%3Ax"));
//   params.All("default-graph-uri")          // {"urn:x"}
//
// Errors: InvalidArgument for a broken percent escape and for what is no UTF-8 after decoding. Thread-compatible.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/status.h"

namespace dossier::server {

class Params {
 public:
  static absl::StatusOr<Params> Parse(std::string_view text);

  bool Has(std::string_view name) const;
  // In the order given.
  std::vector<std::string> All(std::string_view name) const;
  bool empty() const { return params_.empty(); }
  void Append(Params more);

 private:
  std::vector<std::pair<std::string, std::string>> params_;
};

// Decodes percent escapes, and with `plus_is_space` also '+'.
absl::StatusOr<std::string> PercentDecode(std::string_view text, bool plus_is_space);

}  // namespace dossier::server
