// What all connections of a server share. Internal to server/http and server.cc.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <unordered_set>

#include "server/http/access_log.h"
#include "server/http/worker_pool.h"
#include "server/options.h"
#include "server/service/metrics.h"
#include "server/service/service.h"

namespace dossier::server {

class Connection;

struct Core {
  Core(graph::Store& store, ServerOptions server_options)
      : options(std::move(server_options)),
        service(store, options, metrics),
        readers(options.max_queries, options.max_waiting),
        writers(1, options.max_waiting) {}

  WorkerPool& PoolOf(Lane lane) { return lane == Lane::kWrite ? writers : readers; }

  const ServerOptions options;
  Metrics metrics;
  std::unique_ptr<AccessLog> access_log;  // null: none
  Service service;
  std::unordered_set<Connection*> connections;  // of the io thread
  std::atomic<uint64_t> open_connections{0};
  size_t buffered = 0;    // bytes of bodies; of the io thread
  std::atomic<bool> draining{false};
  // The order matters: the pools' threads end first, then the connections that wait in `io` go, which use what is above.
  boost::asio::io_context io{1};  // one thread: what belongs to connections needs no locks
  WorkerPool readers, writers;
};

}  // namespace dossier::server
