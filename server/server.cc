#include "server/server.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <condition_variable>
#include <thread>

#include "graph/base/strings.h"
#include "server/http/connection.h"
#include "server/http/core.h"

namespace dossier::server {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

class ServerImpl : public Server {
 public:
  ServerImpl(graph::Store& store, const ServerOptions& options)
      : core_(store, options), guard_(asio::make_work_guard(core_.io)), acceptor_(core_.io), backoff_(core_.io) {
    core_.service.SetGauges([this, &store] {
      return Metrics::Gauges{core_.open_connections.load(), core_.readers.running(), core_.readers.waiting(), core_.writers.waiting(),
                             store.GetSnapshot()->size()};
    });
  }
  ~ServerImpl() override { Stop(); }

  absl::Status Listen() {
    error_code error;
    const auto address = asio::ip::make_address(core_.options.address, error);
    if (error) return InvalidArgument(Cat("\"", core_.options.address, "\" is no IP address"));
    if (!core_.options.access_log.empty()) {
      ASSIGN_OR_RETURN(core_.access_log, AccessLog::Open(core_.options.access_log));
    }
    const tcp::endpoint endpoint(address, core_.options.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
      return absl::UnavailableError(ToAbsl(Cat("cannot listen on ", core_.options.address, ":", core_.options.port, ": ", error.message())));
    }
    port_ = acceptor_.local_endpoint().port();
    Accept();
    thread_ = std::thread([this] { core_.io.run(); });
    return absl::OkStatus();
  }

  uint16_t port() const override { return port_; }

  void Stop() override {
    if (!thread_.joinable()) return;
    OnIoThread([this] {
      core_.draining = true;
      error_code ignored;
      acceptor_.close(ignored);
      backoff_.cancel();
      for (Connection* connection : core_.connections) connection->Drain();
    });
    WaitForConnections(core_.options.shutdown_grace);
    OnIoThread([this] {
      for (Connection* connection : core_.connections) connection->Cancel();
    });
    // Cancelled queries end soon; what lingers for slow clients is cut off.
    WaitForConnections(std::chrono::seconds(5));
    guard_.reset();
    core_.io.stop();
    thread_.join();
  }

  void Hurry() override { hurry_ = true; }

 private:
  void OnIoThread(std::function<void()> task) { asio::post(core_.io, std::move(task)); }

  void WaitForConnections(std::chrono::milliseconds limit) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    while (core_.open_connections > 0 && !hurry_.exchange(false) && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }

  void Accept() {
    acceptor_.async_accept([this](const error_code& error, tcp::socket socket) {
      if (error == asio::error::operation_aborted || core_.draining) return;
      if (error) {
        // Out of descriptors or memory: connections wait in the kernel until there are some again.
        backoff_.expires_after(std::chrono::milliseconds(100));
        backoff_.async_wait([this](const error_code& stopped) {
          if (!stopped) Accept();
        });
        return;
      }
      Admit(std::move(socket));
      Accept();
    });
  }

  void Admit(tcp::socket socket) {
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    socket.non_blocking(true, ignored);
    if (core_.open_connections >= core_.options.max_connections) {
      ++core_.metrics.connections_refused;
      Response response = TextResponse(503, "too many connections");
      response.fields.emplace_back("Retry-After", "2");
      const std::string bytes = Serialize(response, 11, false, false);
      socket.write_some(asio::buffer(bytes), ignored);  // fits into the empty buffer of a new socket
      return;
    }
    ++core_.metrics.connections_accepted;
    std::make_shared<Connection>(std::move(socket), core_)->Start();
  }

  Core core_;
  asio::executor_work_guard<asio::io_context::executor_type> guard_;
  tcp::acceptor acceptor_;
  asio::steady_timer backoff_;
  std::thread thread_;
  uint16_t port_ = 0;
  std::atomic<bool> hurry_{false};
};

absl::Status Check(const ServerOptions& options) {
  if (options.update_access == UpdateAccess::kToken && options.update_token.empty()) return InvalidArgument("the update token is empty");
  if (options.max_queries == 0 || options.max_connections == 0 || options.min_body_rate == 0) {
    return InvalidArgument("a server needs room for at least one query and one connection");
  }
  if (options.max_header_bytes < 1024) return InvalidArgument("the head of a request needs at least 1024 bytes");
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(graph::Store& store, const ServerOptions& options) {
  RETURN_IF_ERROR(Check(options));
  auto server = std::make_unique<ServerImpl>(store, options);
  RETURN_IF_ERROR(server->Listen());
  return std::unique_ptr<Server>(std::move(server));
}

}  // namespace dossier::server
