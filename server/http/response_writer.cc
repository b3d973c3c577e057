#include "server/http/response_writer.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <charconv>

#include "graph/base/strings.h"

namespace dossier::server {
namespace {

constexpr size_t kSmallestWorthPacking = 1024;
constexpr int kPollSliceMs = 100;

std::string Gzip(std::string_view bytes) {
  std::string out;
  GzipEncoder gzip;
  gzip.Add(bytes, out);
  gzip.Finish(out);
  return out;
}

}  // namespace

bool ResponseWriter::Send(const Response& response) {
  return response.produce ? SendStreamed(response) : SendWhole(response);
}

bool ResponseWriter::SendWhole(Response response) {
  status_ = response.status;
  if (options_.gzip && response.body.size() >= kSmallestWorthPacking) {
    response.body = Gzip(response.body);
    response.fields.emplace_back("Content-Encoding", "gzip");
  }
  return WriteAll(Serialize(response, options_.version, options_.keep_alive, options_.head_only)).ok() && options_.keep_alive;
}

bool ResponseWriter::SendStreamed(const Response& response) {
  status_ = response.status;
  const absl::Status made = response.produce([&](std::string_view bytes) { return Piece(response, bytes); });
  if (!streaming_) {
    if (!made.ok()) return SendWhole(response.on_error ? response.on_error(made) : TextResponse(500, MessageOf(made)));
    Response whole;
    whole.status = response.status;
    whole.content_type = response.content_type;
    whole.fields = response.fields;
    whole.body = std::move(held_);
    return SendWhole(std::move(whole));
  }
  if (made.ok()) return EndStream();
  BreakOff();
  return false;
}

absl::Status ResponseWriter::Piece(const Response& response, std::string_view bytes) {
  if (bytes.empty()) return absl::OkStatus();
  if (options_.cancelled != nullptr && options_.cancelled->load()) return Cancelled("the client is gone");
  if (streaming_) return WriteChunk(bytes);
  if (held_.empty()) {
    held_ = std::string(bytes);
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(StartStream(response));
  const std::string first = std::move(held_);
  RETURN_IF_ERROR(WriteChunk(first));
  return WriteChunk(bytes);
}

absl::Status ResponseWriter::StartStream(const Response& response) {
  streaming_ = true;
  std::string framing;
  if (options_.version == 10) {
    options_.keep_alive = false;  // the end of the connection is the end of the answer
  } else {
    framing = "Transfer-Encoding: chunked\r\n";
  }
  if (options_.gzip) {
    gzip_ = std::make_unique<GzipEncoder>();
    framing += "Content-Encoding: gzip\r\n";
  }
  RETURN_IF_ERROR(WriteAll(SerializeHead(response, options_.version, options_.keep_alive, framing)));
  // Nobody reads the rest: this ends the producer.
  return options_.head_only ? Cancelled("HEAD") : absl::OkStatus();
}

absl::Status ResponseWriter::WriteChunk(std::string_view bytes) {
  std::string packed;
  if (gzip_ != nullptr) {
    gzip_->Add(bytes, packed);
    if (packed.empty()) return absl::OkStatus();
    bytes = packed;
  }
  if (options_.version == 10) return WriteAll(bytes);
  char size[20];
  const auto [end, error] = std::to_chars(size, size + sizeof size, bytes.size(), 16);
  frame_.assign(size, end);
  Append(frame_, "\r\n", bytes, "\r\n");
  return WriteAll(frame_);
}

bool ResponseWriter::EndStream() {
  std::string rest;
  if (gzip_ != nullptr) {
    gzip_->Finish(rest);
    gzip_.reset();
    if (!rest.empty() && !WriteChunk(rest).ok()) return false;
  }
  return (options_.version == 10 || WriteAll("0\r\n\r\n").ok()) && options_.keep_alive;
}

void ResponseWriter::BreakOff() {
  if (options_.version != 10 || options_.head_only) return;
  const linger reset{1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
}

absl::Status ResponseWriter::WriteAll(std::string_view bytes) {
  bytes_ += bytes.size();
  auto deadline = std::chrono::steady_clock::now() + options_.write_timeout;
  while (!bytes.empty()) {
    const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<size_t>(sent));
      continue;
    }
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && errno != EAGAIN && errno != EWOULDBLOCK) return Cancelled("the client is gone");
    if (options_.cancelled != nullptr && options_.cancelled->load()) return Cancelled("the client is gone");
    if (std::chrono::steady_clock::now() >= deadline) return Cancelled("the client does not take the answer");
    pollfd wait{socket_, POLLOUT, 0};
    poll(&wait, 1, kPollSliceMs);
  }
  return absl::OkStatus();
}

}  // namespace dossier::server
