// One HTTP/1.1 request and its answer over a connection of its own, to addresses that were checked before.
//
//   ExchangeLimits limits{.deadline = ..., .max_body_bytes = ...};
//   ASSIGN_OR_RETURN(const Answer answer, Exchange(url, addresses, request, tls, limits, context));
//
// Connects to exactly `addresses`, one after the other; names are not looked up. Blocks; ends within the deadline, that of the context and
// its cancellation (within 20 ms). The body is charged to the context while it is read. Thread-safe. Errors: Unavailable when the other
// side does not answer properly, DeadlineExceeded, ResourceExhausted for an answer that is too large, those of the context.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "net/url.h"
#include "query/remote.h"

namespace dossier::net {

struct ExchangeLimits {
  std::chrono::steady_clock::time_point deadline;
  size_t max_body_bytes = 0;  // as sent, and unpacked
};

struct Answer {
  int status = 0;
  std::string content_type, location, body;
};

absl::StatusOr<Answer> Exchange(const Url& url, const std::vector<boost::asio::ip::address>& addresses, const query::RemoteRequest& request,
                                boost::asio::ssl::context& tls, const ExchangeLimits& limits, query::QueryContext& context);

}  // namespace dossier::net
