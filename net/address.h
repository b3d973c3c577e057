// Which addresses belong to the public internet.
//
//   if (!IsPublicAddress(address)) return PermissionDenied(...);
//
// Not public: this host, loopback, private and shared ranges, link-local (cloud metadata lives there), documentation, benchmarking,
// multicast, reserved ones, and IPv6 addresses that stand for such an IPv4 address (mapped, NAT64, 6to4). IANA's special-purpose
// registries, RFC 6890. Thread-safe: a pure function.
#pragma once

#include <boost/asio/ip/address.hpp>

namespace dossier::net {

bool IsPublicAddress(const boost::asio::ip::address& address);

}  // namespace dossier::net
