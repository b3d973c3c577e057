// What an operator decides about a server: where it listens, who may change data, and every limit.
//
// Plain data. The defaults serve one machine's own users: loopback only, nobody may change anything. All limits are finite, whatever is asked.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "query/remote.h"

namespace dossier::server {

enum class UpdateAccess {
  kOff,    // nobody may change data
  kOpen,   // whoever reaches the port may
  kToken,  // who sends "Authorization: Bearer TOKEN" may
};

struct ServerOptions {
  std::string address = "127.0.0.1";  // an IP address
  uint16_t port = 7878;               // 0: any free one, see Server::port()

  UpdateAccess update_access = UpdateAccess::kOff;
  std::string update_token;              // with kToken; not empty
  std::vector<std::string> cors_origins;  // whose pages may read answers ("*": anybody's), and with kOpen and kToken write
  std::vector<std::string> hosts;         // when not empty: names the Host field must have, without port
  bool default_prefixes = true;          // ent: rel: rdf: ... are known without PREFIX

  std::string access_log;                // a file; empty: none (server/http/access_log.h)

  query::Remote* service = nullptr;  // borrowed; what SERVICE may reach, nullptr: nothing
  query::Remote* load = nullptr;     // borrowed; what LOAD may reach, nullptr: nothing

  std::chrono::milliseconds query_timeout{60'000};
  uint64_t query_memory = uint64_t{1} << 30;
  size_t max_queries = 4;   // run at the same time; updates have one lane of their own
  size_t max_waiting = 64;  // wait for their turn, in each lane; more are told 503
  size_t max_connections = 512;

  size_t max_header_bytes = size_t{32} << 10;
  size_t max_body_bytes = size_t{64} << 20;      // as it came, and again when it is unpacked
  size_t max_buffered_bytes = size_t{512} << 20;  // bodies of all requests together
  std::chrono::milliseconds idle_timeout{60'000};    // between requests
  std::chrono::milliseconds header_timeout{10'000};  // from a request's first byte to the end of its head
  std::chrono::milliseconds body_timeout{30'000};    // on top of what min_body_rate allows
  size_t min_body_rate = size_t{16} << 10;           // bytes a second
  std::chrono::milliseconds write_timeout{30'000};   // for a piece of an answer to be taken
  std::chrono::milliseconds half_close_grace{1'000};  // a client that closed its side still gets answers for so long
  std::chrono::milliseconds shutdown_grace{10'000};  // for running requests to end by themselves
};

}  // namespace dossier::server
