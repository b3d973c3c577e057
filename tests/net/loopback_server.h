// A server on 127.0.0.1 that answers with whatever bytes a test wants, for clients to be tested against; with a certificate of its own
// on request.
//
//   LoopbackServer server([](LoopbackServer::Connection& c) { c.Send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"); });
//   ... Cat("http://127.0.0.1:", server.port(), "/x") ... server.requests()
//
// One thread a connection; the destructor ends them all.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

struct ssl_st;
struct ssl_ctx_st;

namespace dossier::net {

class LoopbackServer {
 public:
  class Connection {
   public:
    // False once the client is gone or the server is ending.
    bool Send(std::string_view bytes);
    const std::string& request() const { return request_; }  // head and body
    bool ending() const;

   private:
    friend class LoopbackServer;
    bool Read();
    LoopbackServer* server_ = nullptr;
    int fd_ = -1;
    ssl_st* ssl_ = nullptr;
    std::string request_;
  };
  using Handler = std::function<void(Connection&)>;
  enum class Security { kPlain, kTls };

  explicit LoopbackServer(Handler handler, Security security = Security::kPlain);
  LoopbackServer(const LoopbackServer&) = delete;
  ~LoopbackServer();

  uint16_t port() const { return port_; }
  std::vector<std::string> requests();
  const std::string& certificate() const { return certificate_; }  // PEM, for "localhost"

 private:
  void StartTls();
  void Accept();
  void Serve(int fd);

  Handler handler_;
  std::string certificate_;
  ssl_ctx_st* tls_ = nullptr;
  int listener_ = -1;
  uint16_t port_ = 0;
  std::atomic<bool> ending_{false};
  std::mutex mutex_;
  std::vector<std::string> requests_;
  std::vector<std::thread> workers_;
  std::thread acceptor_;
};

// An answer with its length.
std::string Answered(std::string_view status, std::string_view fields, std::string_view body);

}  // namespace dossier::net
