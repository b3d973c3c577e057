// The HTTP server: SPARQL Protocol and Graph Store Protocol over a store (docs/cli.md lists the endpoints).
//
//   ServerOptions options;  options.port = 0;
//   ASSIGN_OR_RETURN(std::unique_ptr<Server> server, Server::Start(*store, options));
//   std::cout << server->port();  ...
//   server->Stop();                         // no new requests; running ones get shutdown_grace, then are cancelled
//
// Threads: one for all connections (an idle connection costs a descriptor and some KiB), options.max_queries for queries, one for changes.
// The store is borrowed and must outlive the server. All functions may be called from any thread; the destructor stops the server.
#pragma once

#include <memory>
#include <string>

#include "graph/base/status.h"
#include "graph/store/store.h"
#include "server/options.h"

namespace dossier::server {

class Server {
 public:
  // InvalidArgument for options that cannot be, Unavailable when the address cannot be listened on.
  static absl::StatusOr<std::unique_ptr<Server>> Start(graph::Store& store, const ServerOptions& options);
  virtual ~Server() = default;

  virtual uint16_t port() const = 0;
  // Waits until everything has ended.
  virtual void Stop() = 0;
  // Makes a Stop() that waits for running requests cancel them now.
  virtual void Hurry() = 0;
};

}  // namespace dossier::server
