// The access log: a line for every answer, in the Common Log Format with the time it took in seconds behind it.
//
//   127.0.0.1 - - [27/Nov/2026:01:59:16 +0000] "POST /query HTTP/1.1" 200 1234 0.012
//
// What a client sent is written so that it cannot end its line or its quotes ("\x0a", "\""). Lines are appended whole, so that several
// processes may share a file, and a file that was renamed away is replaced by a new one at the next line (logrotate needs no signal).
// A line that cannot be written is lost, nothing else. Thread-safe.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "graph/base/status.h"
#include "server/http/message.h"

namespace dossier::server {

class AccessLog {
 public:
  static absl::StatusOr<std::unique_ptr<AccessLog>> Open(const std::string& path);
  ~AccessLog();
  AccessLog(const AccessLog&) = delete;

  void Write(const std::string& peer, const Request& request, int status, uint64_t bytes, std::chrono::steady_clock::duration took);

  // The line, with its end; for tests too.
  static std::string LineOf(const std::string& peer, const Request& request, int status, uint64_t bytes, std::chrono::steady_clock::duration took,
                            std::chrono::system_clock::time_point now);

 private:
  explicit AccessLog(std::string path) : path_(std::move(path)) {}
  bool OpenFile();
  bool IsCurrent() const;

  const std::string path_;
  std::mutex mutex_;
  int file_ = -1;  // guarded, as its identity
  dev_t device_ = 0;
  ino_t inode_ = 0;
};

}  // namespace dossier::server
