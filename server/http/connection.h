// One client's connection: reads requests one after the other, hands them to the service and writes the answers.
//
//   auto connection = std::make_shared<Connection>(std::move(socket), core);
//   connection->Start();
//
// Lives on the io thread; while a worker thread answers a request, only that thread writes to the socket, and the io thread watches it for
// the client going away (which cancels the request) and keeps what comes early. Every wait has a limit; nothing is trusted about lengths:
// requests whose end two readers could see differently are refused and the connection closed (RFC 9112 §6.3, §11.2).
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>
#include <optional>

#include "server/http/core.h"

namespace dossier::server {

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(boost::asio::ip::tcp::socket socket, Core& core);
  ~Connection();
  Connection(const Connection&) = delete;

  void Start();
  // Ends the connection if it waits for a request; else Core::draining does so after the answer.
  void Drain();
  // Cancels the request in progress.
  void Cancel();

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
  using ErrorCode = boost::system::error_code;
  template <typename T = void>
  using Task = boost::asio::awaitable<T>;

  Task<> Run();
  // One request and its answer; whether another may follow.
  Task<bool> ServeOne();
  Task<bool> WaitForRequest();
  // Reads the head into request_; an answer when it is refused.
  Task<std::optional<Response>> ReadHead();
  Task<ErrorCode> ParseHead(bool& folded);
  Task<std::optional<Response>> ReadBody();
  Task<bool> Continue();
  Task<bool> Answer();
  Task<bool> AnswerOnWorker(Lane lane);
  // On a worker thread, which gives `self` back to the io thread: connections end there.
  static void Work(std::shared_ptr<Connection> self);
  bool HandleAndSend();
  Task<> WatchUntilDone();
  // Sends a response without producer. With `close` also sees to it that the client gets it.
  Task<bool> SendNow(Response response, bool close);
  Task<> Linger();

  bool KeepAlive() const;
  void Arm(std::chrono::milliseconds timeout);
  void Disarm();
  Response Malformed(const ErrorCode& error);
  void ReleaseBody();
  // The metrics and the access log.
  void Count(int status, std::chrono::steady_clock::duration took, uint64_t bytes);

  boost::asio::ip::tcp::socket socket_;
  Core& core_;
  boost::beast::flat_buffer buffer_;
  std::string peer_;  // the client's address, for the access log
  std::optional<Parser> parser_;
  Request request_;
  boost::asio::steady_timer deadline_;
  boost::asio::steady_timer watch_;
  uint64_t deadline_number_ = 0;  // of the deadline that counts
  bool timed_out_ = false;
  bool idle_ = true;      // waits for a request
  bool whole_ = false;    // the request has been read to its end
  bool silent_ = false;   // the client is gone or said nothing: nothing is answered
  size_t charged_ = 0;    // of core_.buffered
  std::chrono::steady_clock::time_point arrival_;
  // Of the request that a worker answers.
  std::atomic<bool> cancelled_{false};
  bool done_ = true;
  bool usable_ = false;
  bool reset_ = false;  // written by the worker, read when done_
};

}  // namespace dossier::server
