#include "net/resolver.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

#include "graph/base/status.h"
#include "graph/base/strings.h"

namespace dossier::net {
namespace {

namespace ip = boost::asio::ip;
using Addresses = absl::StatusOr<std::vector<ip::address>>;

constexpr std::chrono::milliseconds kPoll{20};

std::atomic<int> running{0};

// What the thread and the waiting caller share; the thread may outlive the caller.
struct Pending {
  std::mutex mutex;
  std::condition_variable ready;
  std::optional<Addresses> result;
};

std::optional<ip::address> AddressOf(const addrinfo& entry) {
  if (entry.ai_family == AF_INET) {
    sockaddr_in in;
    std::memcpy(&in, entry.ai_addr, sizeof in);
    return ip::address_v4(ntohl(in.sin_addr.s_addr));
  }
  if (entry.ai_family != AF_INET6) return std::nullopt;
  sockaddr_in6 in;
  std::memcpy(&in, entry.ai_addr, sizeof in);
  ip::address_v6::bytes_type bytes;
  std::copy(std::begin(in.sin6_addr.s6_addr), std::end(in.sin6_addr.s6_addr), bytes.begin());
  return ip::address_v6(bytes, in.sin6_scope_id);
}

}  // namespace

absl::StatusOr<std::vector<ip::address>> SystemResolver(const std::string& host) {
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int error = getaddrinfo(host.c_str(), nullptr, &hints, &found);
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(found, [](addrinfo* list) {
    if (list != nullptr) freeaddrinfo(list);
  });
  if (error != 0) return absl::UnavailableError(ToAbsl(Cat("the host ", host, " is not known: ", gai_strerror(error))));
  std::vector<ip::address> addresses;
  for (const addrinfo* entry = found; entry != nullptr; entry = entry->ai_next) {
    const auto address = AddressOf(*entry);
    if (address && std::find(addresses.begin(), addresses.end(), *address) == addresses.end()) addresses.push_back(*address);
  }
  return addresses;
}

absl::StatusOr<std::vector<ip::address>> LookUp(const Resolver& resolver, const std::string& host, const std::function<absl::Status()>& go_on) {
  boost::system::error_code no_address;
  const ip::address literal = ip::make_address(host, no_address);
  if (!no_address) return std::vector<ip::address>{literal};
  if (running.fetch_add(1) >= kMaxLookUps) {
    running.fetch_sub(1);
    return absl::UnavailableError("too many look-ups of names are waiting for an answer");
  }
  auto pending = std::make_shared<Pending>();
  try {
    std::thread([pending, resolver, host] {
      Addresses result = resolver(host);
      {
        const std::lock_guard lock(pending->mutex);
        pending->result = std::move(result);
      }
      pending->ready.notify_one();
      running.fetch_sub(1);
    }).detach();
  } catch (const std::system_error&) {
    running.fetch_sub(1);
    return absl::UnavailableError("no thread is left to look up a name");
  }
  std::unique_lock lock(pending->mutex);
  while (!pending->ready.wait_for(lock, kPoll, [&] { return pending->result.has_value(); })) RETURN_IF_ERROR(go_on());
  return *std::move(pending->result);
}

}  // namespace dossier::net
