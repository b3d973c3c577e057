#include "net/alias_remote.h"

#include "net/url.h"

namespace dossier::net {

absl::StatusOr<std::unique_ptr<AliasRemote>> AliasRemote::Create(const std::vector<std::string>& entries, query::Remote& next) {
  std::unique_ptr<AliasRemote> remote(new AliasRemote(next));
  for (const std::string& entry : entries) {
    const size_t equals = entry.find('=');
    if (equals == std::string::npos || equals == 0) return InvalidArgument(Cat("\"", entry, "\" is no alias of the form NAME=URL"));
    ASSIGN_OR_RETURN(const Url url, ParseUrl(entry.substr(equals + 1)));
    remote->urls_[entry.substr(0, equals)] = url.ToString();
  }
  return remote;
}

absl::StatusOr<query::RemoteResponse> AliasRemote::Fetch(const query::RemoteRequest& request, query::QueryContext& context) {
  const auto found = urls_.find(std::string_view(request.url));
  if (found == urls_.end()) return next_.Fetch(request, context);
  query::RemoteRequest moved = request;
  moved.url = found->second;
  return next_.Fetch(moved, context);
}

}  // namespace dossier::net
