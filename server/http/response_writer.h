// Writes one response to a socket from a worker thread: small ones head and body at once, long ones in chunks as they are made.
//
//   ResponseWriter writer(fd, {.version = 11, .keep_alive = true, .gzip = true, .cancelled = &flag});
//   const bool usable = writer.Send(response);     // may another response follow on the connection?
//
// The socket is borrowed and must be non-blocking; nobody else may write to it meanwhile. Send() waits for a slow reader at most
// write_timeout a piece. When a producer fails after the first piece is out, the answer is left without its end (and with HTTP/1.0, where
// the end of the connection is the end of the answer, the connection is reset), so that the client cannot take it for complete.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "server/http/gzip.h"
#include "server/http/message.h"

namespace dossier::server {

class ResponseWriter {
 public:
  struct Options {
    unsigned version = 11;
    bool keep_alive = true;
    bool head_only = false;
    bool gzip = false;  // the client accepts it
    const std::atomic<bool>* cancelled = nullptr;  // borrowed
    std::chrono::milliseconds write_timeout{30'000};
  };

  ResponseWriter(int socket, const Options& options) : socket_(socket), options_(options) {}

  bool Send(const Response& response);

  int status() const { return status_; }  // of what was sent
  uint64_t bytes() const { return bytes_; }

 private:
  bool SendWhole(Response response);
  bool SendStreamed(const Response& response);
  absl::Status Piece(const Response& response, std::string_view bytes);
  absl::Status StartStream(const Response& response);
  absl::Status WriteChunk(std::string_view bytes);
  bool EndStream();
  void BreakOff();
  absl::Status WriteAll(std::string_view bytes);

  int socket_;
  Options options_;
  int status_ = 0;
  uint64_t bytes_ = 0;
  bool streaming_ = false;
  std::string held_;  // the first piece, until it is known whether there is a second
  std::string frame_;
  std::unique_ptr<GzipEncoder> gzip_;
};

}  // namespace dossier::server
