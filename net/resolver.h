// Names to addresses, without waiting longer than wanted.
//
//   ASSIGN_OR_RETURN(std::vector<ip::address> addresses, LookUp(SystemResolver, "example.org", [&] { return context.Check(); }));
//
// The system's resolver cannot be interrupted: a look-up runs in a thread of its own, which is left to end by itself when `go_on` returns
// an error (kMaxLookUps of them at most). Thread-safe. Errors: Unavailable when there is no such name or too many look-ups hang.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace dossier::net {

inline constexpr int kMaxLookUps = 32;

// Blocks; called from any thread.
using Resolver = std::function<absl::StatusOr<std::vector<boost::asio::ip::address>>(const std::string& host)>;
absl::StatusOr<std::vector<boost::asio::ip::address>> SystemResolver(const std::string& host);

absl::StatusOr<std::vector<boost::asio::ip::address>> LookUp(const Resolver& resolver, const std::string& host,
                                                             const std::function<absl::Status()>& go_on);

}  // namespace dossier::net
