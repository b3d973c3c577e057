// Other places for the names that queries use: a service that has moved, or a copy of it nearby.
//
//   ASSIGN_OR_RETURN(const auto remote, AliasRemote::Create({"http://example.org/sparql=http://127.0.0.1:3030/query"}, *client));
//
// A request for exactly the name before the first '=' goes to the URL behind it, which `next` (borrowed) checks as any other. Thread-safe.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "graph/base/strings.h"
#include "query/remote.h"

namespace dossier::net {

class AliasRemote : public query::Remote {
 public:
  // InvalidArgument for an entry that is not NAME=URL.
  static absl::StatusOr<std::unique_ptr<AliasRemote>> Create(const std::vector<std::string>& entries, query::Remote& next);
  absl::StatusOr<query::RemoteResponse> Fetch(const query::RemoteRequest& request, query::QueryContext& context) override;

 private:
  explicit AliasRemote(query::Remote& next) : next_(next) {}

  query::Remote& next_;
  StringMap<std::string> urls_;
};

}  // namespace dossier::net
