#include "server/http/access_log.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>

#include "graph/base/strings.h"

namespace dossier::server {
namespace {

constexpr size_t kMaxTarget = 8192;  // of a request's target, in a line

void AppendQuoted(std::string_view text, std::string& out) {
  for (const char c : text.substr(0, kMaxTarget)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (byte < 0x20 || byte >= 0x7F) {
      static constexpr char kHex[] = "0123456789abcdef";
      out += "\\x";
      out.push_back(kHex[byte >> 4]);
      out.push_back(kHex[byte & 15]);
    } else {
      out.push_back(c);
    }
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<AccessLog>> AccessLog::Open(const std::string& path) {
  std::unique_ptr<AccessLog> log(new AccessLog(path));
  if (!log->OpenFile()) return InvalidArgument(Cat("cannot write the log ", path, ": ", std::strerror(errno)));
  return log;
}

AccessLog::~AccessLog() {
  if (file_ >= 0) close(file_);
}

bool AccessLog::OpenFile() {
  if (file_ >= 0) close(file_);
  file_ = open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
  struct stat info {};
  if (file_ < 0 || fstat(file_, &info) != 0) return false;
  device_ = info.st_dev;
  inode_ = info.st_ino;
  return true;
}

bool AccessLog::IsCurrent() const {
  struct stat info {};
  return file_ >= 0 && stat(path_.c_str(), &info) == 0 && info.st_dev == device_ && info.st_ino == inode_;
}

void AccessLog::Write(const std::string& peer, const Request& request, int status, uint64_t bytes, std::chrono::steady_clock::duration took) {
  const std::string line = LineOf(peer, request, status, bytes, took, std::chrono::system_clock::now());
  const std::lock_guard lock(mutex_);
  if (!IsCurrent() && !OpenFile()) return;
  const ssize_t written = write(file_, line.data(), line.size());
  static_cast<void>(written);  // a full disk loses the line
}

std::string AccessLog::LineOf(const std::string& peer, const Request& request, int status, uint64_t bytes,
                              std::chrono::steady_clock::duration took, std::chrono::system_clock::time_point now) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char time[64];
  std::strftime(time, sizeof time, "%d/%b/%Y:%H:%M:%S +0000", &utc);
  std::string line = Cat(peer.empty() ? "-" : peer, " - - [", time, "] \"");
  if (request.method.empty()) {
    line.push_back('-');  // it was no request
  } else {
    AppendQuoted(request.method, line);
    line.push_back(' ');
    AppendQuoted(request.path, line);
    if (!request.query.empty()) {
      line.push_back('?');
      AppendQuoted(request.query, line);
    }
    line += request.version == 10 ? " HTTP/1.0" : " HTTP/1.1";
  }
  char end[64];
  std::snprintf(end, sizeof end, "\" %d %llu %.3f\n", status, static_cast<unsigned long long>(bytes), std::chrono::duration<double>(took).count());
  return line + end;
}

}  // namespace dossier::server
