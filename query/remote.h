// What may be fetched from elsewhere because of a query or an update: the way SERVICE and LOAD reach the network, if the caller gives one.
//
//   class HttpRemote : public Remote { ... };                 // net/: checks the allow-list and the resolved address, then connects
//   options.remote = &remote;                                 // QueryOptions and UpdateOptions; nullptr refuses SERVICE and LOAD
//
// Errors: PermissionDenied for a target that is not allowed, Unavailable when it does not answer, ResourceExhausted for an answer that is
// too large, those of the context. A status of 400 or more is an answer, not an error. Implementations are thread-safe and end within the
// context's deadline, also when the other side is slow.
#pragma once

#include <string>

#include "graph/base/status.h"
#include "query/exec/query_context.h"

namespace dossier::query {

struct RemoteRequest {
  std::string method = "GET";
  std::string url;
  std::string accept;        // of the Accept header, "" = none
  std::string content_type;  // of the body, "" = none
  std::string body;
};

struct RemoteResponse {
  int status = 0;
  std::string content_type;
  std::string body;
  std::string final_url;  // behind redirects: the base IRI of a document
};

class Remote {
 public:
  virtual ~Remote();
  virtual absl::StatusOr<RemoteResponse> Fetch(const RemoteRequest& request, QueryContext& context) = 0;
};

}  // namespace dossier::query
