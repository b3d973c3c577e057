#include "server/http/connection.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>

#include "graph/base/strings.h"
#include "server/http/head.h"
#include "server/http/negotiate.h"
#include "server/http/response_writer.h"

namespace dossier::server {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr size_t kReadBytes = size_t{16} << 10;
constexpr size_t kEarlyBytes = size_t{64} << 10;  // kept of what comes while an answer is made
constexpr size_t kLingerBytes = size_t{1} << 20;
constexpr auto kLingerTime = std::chrono::milliseconds(1500);

auto Into(error_code& error) { return asio::redirect_error(asio::use_awaitable, error); }

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, Core& core)
    : socket_(std::move(socket)),
      core_(core),
      buffer_(core.options.max_header_bytes + kEarlyBytes + kReadBytes),
      deadline_(core.io),
      watch_(core.io) {
  core_.connections.insert(this);
  ++core_.open_connections;
  error_code gone;
  if (core_.access_log != nullptr) peer_ = socket_.remote_endpoint(gone).address().to_string();
}

Connection::~Connection() {
  ReleaseBody();
  core_.connections.erase(this);
  --core_.open_connections;
}

void Connection::Start() {
  asio::co_spawn(
      core_.io, [self = shared_from_this()]() -> asio::awaitable<void> { co_await self->Run(); }, asio::detached);
}

void Connection::Drain() {
  if (idle_) socket_.cancel();
}

void Connection::Cancel() {
  cancelled_ = true;
  if (done_) socket_.cancel();
}

asio::awaitable<void> Connection::Run() {
  try {
    while (co_await ServeOne()) ReleaseBody();
  } catch (const std::exception&) {
    // Out of memory for this connection: it ends, the server goes on.
  }
  Disarm();
  error_code ignored;
  socket_.close(ignored);
}

asio::awaitable<bool> Connection::ServeOne() {
  request_ = Request();
  cancelled_ = silent_ = whole_ = false;
  if (!co_await WaitForRequest()) co_return false;
  std::optional<Response> refusal = co_await ReadHead();
  if (!refusal && !silent_) refusal = co_await ReadBody();
  Disarm();
  if (silent_) co_return false;
  if (!refusal) co_return co_await Answer();
  core_.service.AddOriginFields(request_, *refusal);
  Count(refusal->status, {}, refusal->body.size());
  // What follows an unread body or a malformed head cannot be told apart from it.
  co_return co_await SendNow(*std::move(refusal), !whole_ || !KeepAlive());
}

asio::awaitable<bool> Connection::WaitForRequest() {
  if (core_.draining) co_return false;
  if (buffer_.size() > 0) co_return true;
  idle_ = true;
  Arm(core_.options.idle_timeout);
  error_code error;
  const size_t got = co_await socket_.async_read_some(buffer_.prepare(kReadBytes), Into(error));
  Disarm();
  idle_ = false;
  if (error) co_return false;
  buffer_.commit(got);
  co_return true;
}

asio::awaitable<std::optional<Response>> Connection::ReadHead() {
  idle_ = false;
  parser_.emplace();
  parser_->header_limit(static_cast<uint32_t>(core_.options.max_header_bytes));
  parser_->body_limit(core_.options.max_body_bytes);
  Arm(core_.options.header_timeout);
  bool folded = false;
  if (const ErrorCode error = co_await ParseHead(folded)) co_return Malformed(error);
  if (folded) {
    ++core_.metrics.malformed;
    co_return TextResponse(400, "fields that go on in the next line are obsolete (RFC 9112 §5.2)");
  }
  if (auto refusal = ReadRequestHead(parser_->get(), request_)) {
    ++core_.metrics.malformed;
    co_return refusal;
  }
  whole_ = parser_->is_done();
  co_return core_.service.Refuse(request_);
}

// As http::async_read_header(), which hides whether a field's value was folded: two readers may understand that differently.
asio::awaitable<Connection::ErrorCode> Connection::ParseHead(bool& folded) {
  for (;;) {
    ErrorCode error;
    const std::string_view bytes(static_cast<const char*>(buffer_.data().data()), buffer_.size());
    const size_t used = bytes.empty() ? 0 : parser_->put(buffer_.data(), error);
    folded = folded || bytes.substr(0, used).find("\r\n ") != std::string_view::npos || bytes.substr(0, used).find("\r\n\t") != std::string_view::npos;
    if (error && error != http::error::need_more) co_return error;
    buffer_.consume(used);
    if (parser_->is_header_done()) co_return ErrorCode();
    if (buffer_.size() + kReadBytes > buffer_.max_size()) co_return http::error::buffer_overflow;
    error = {};
    const size_t got = co_await socket_.async_read_some(buffer_.prepare(kReadBytes), Into(error));
    buffer_.commit(got);
    if (error == asio::error::eof) co_return parser_->got_some() ? http::error::partial_message : http::error::end_of_stream;
    if (error) co_return error;
  }
}

asio::awaitable<std::optional<Response>> Connection::ReadBody() {
  if (whole_) co_return std::nullopt;
  if (request_.HasField("expect") && request_.version == 11 && buffer_.size() == 0 && !co_await Continue()) co_return std::nullopt;
  const auto begin = std::chrono::steady_clock::now();
  size_t size = 0;
  while (!parser_->is_done()) {
    const auto allowed = core_.options.body_timeout + std::chrono::milliseconds(size * 1000 / core_.options.min_body_rate);
    const auto used = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    Arm(std::max(allowed - used, std::chrono::milliseconds(0)));
    error_code error;
    co_await http::async_read_some(socket_, buffer_, *parser_, Into(error));
    if (error) co_return Malformed(error);
    const size_t now = parser_->get().body().size();
    core_.buffered += now - size;
    charged_ += now - size;
    size = now;
    if (core_.buffered > core_.options.max_buffered_bytes) {
      ++core_.metrics.overloaded;
      Response response = TextResponse(503, "the bodies of all requests together are more than the server holds at a time");
      response.fields.emplace_back("Retry-After", "2");
      co_return response;
    }
  }
  request_.body = std::move(parser_->get().body());
  whole_ = true;
  co_return std::nullopt;
}

asio::awaitable<bool> Connection::Continue() {
  static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  Arm(core_.options.write_timeout);
  error_code error;
  co_await asio::async_write(socket_, asio::buffer(kContinue), Into(error));
  silent_ = static_cast<bool>(error);
  co_return !error;
}

asio::awaitable<bool> Connection::Answer() {
  arrival_ = std::chrono::steady_clock::now();
  const Lane lane = core_.service.LaneOf(request_);
  if (lane != Lane::kInline) co_return co_await AnswerOnWorker(lane);
  Response response = core_.service.Handle(request_, {&cancelled_, arrival_});
  core_.service.AddOriginFields(request_, response);
  Count(response.status, std::chrono::steady_clock::now() - arrival_, response.body.size());
  co_return co_await SendNow(std::move(response), !KeepAlive());
}

asio::awaitable<bool> Connection::AnswerOnWorker(Lane lane) {
  done_ = false;
  if (!core_.PoolOf(lane).Submit([self = shared_from_this()]() mutable { Work(std::move(self)); })) {
    done_ = true;
    ++core_.metrics.overloaded;
    Response response = TextResponse(503, "too many requests run and wait already; come back a little later");
    response.fields.emplace_back("Retry-After", "1");
    core_.service.AddOriginFields(request_, response);
    Count(503, {}, 0);
    co_return co_await SendNow(std::move(response), !KeepAlive());
  }
  co_await WatchUntilDone();
  if (reset_) {
    error_code ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
  } else if (!usable_) {
    co_await Linger();
  }
  co_return usable_;
}

// Until done_ is set the io thread only reads from the socket.
void Connection::Work(std::shared_ptr<Connection> self) {
  bool usable = false;
  try {
    usable = !self->cancelled_ && self->HandleAndSend();
  } catch (const std::exception&) {
    // Out of memory: the client sees the connection end.
  }
  if (self->cancelled_) ++self->core_.metrics.cancelled;
  auto& io = self->core_.io;
  asio::post(io, [self = std::move(self), usable] {
    self->usable_ = usable;
    self->done_ = true;
    self->socket_.cancel();
    self->watch_.cancel();
  });
}

bool Connection::HandleAndSend() {
  Response response = core_.service.Handle(request_, {&cancelled_, arrival_});
  core_.service.AddOriginFields(request_, response);
  ResponseWriter writer(socket_.native_handle(), {.version = request_.version,
                                                  .keep_alive = KeepAlive(),
                                                  .head_only = request_.method == "HEAD",
                                                  .gzip = AcceptsGzip(request_.Field("accept-encoding")),
                                                  .cancelled = &cancelled_,
                                                  .write_timeout = core_.options.write_timeout});
  const bool usable = writer.Send(response);
  reset_ = writer.must_reset();
  Count(writer.status(), std::chrono::steady_clock::now() - arrival_, writer.bytes());
  return usable;
}

asio::awaitable<void> Connection::WatchUntilDone() {
  bool closed = false;
  while (!done_) {
    error_code error;
    if (!closed && buffer_.size() < kEarlyBytes) {
      const size_t got = co_await socket_.async_read_some(buffer_.prepare(kReadBytes), Into(error));
      if (!error) {
        buffer_.commit(got);
      } else if (error == asio::error::eof) {
        closed = true;
      } else if (error != asio::error::operation_aborted) {
        closed = true;
        cancelled_ = true;
      }
      continue;
    }
    if (closed && !cancelled_) {
      watch_.expires_after(core_.options.half_close_grace);
    } else {
      watch_.expires_at(asio::steady_timer::time_point::max());
    }
    co_await watch_.async_wait(Into(error));
    if (!error && closed) cancelled_ = true;
  }
}

asio::awaitable<bool> Connection::SendNow(Response response, bool close) {
  const std::string bytes = Serialize(response, request_.version == 10 ? 10 : 11, !close, request_.method == "HEAD");
  Arm(core_.options.write_timeout);
  error_code error;
  co_await asio::async_write(socket_, asio::buffer(bytes), Into(error));
  if (!error && close) co_await Linger();
  Disarm();
  co_return !error && !close;
}

// Closing a socket with unread bytes resets the connection, and the client may lose the answer: so the rest is read for a moment.
asio::awaitable<void> Connection::Linger() {
  error_code error;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
  Arm(kLingerTime);
  for (size_t read = 0; !error && read < kLingerBytes;) {
    buffer_.clear();
    read += co_await socket_.async_read_some(buffer_.prepare(kReadBytes), Into(error));
  }
}

bool Connection::KeepAlive() const {
  if (core_.draining) return false;
  const std::string connection = LowerAscii(request_.Field("connection"));
  if (request_.version == 10) return connection.find("keep-alive") != std::string::npos;
  return connection.find("close") == std::string::npos;
}

void Connection::Arm(std::chrono::milliseconds timeout) {
  timed_out_ = false;
  const uint64_t number = ++deadline_number_;
  deadline_.expires_after(timeout);
  deadline_.async_wait([self = weak_from_this(), number](const error_code& error) {
    const auto connection = self.lock();
    if (error || !connection || connection->deadline_number_ != number) return;
    connection->timed_out_ = true;
    connection->socket_.cancel();
  });
}

void Connection::Disarm() {
  ++deadline_number_;
  deadline_.cancel();
}

Response Connection::Malformed(const ErrorCode& error) {
  if (error == asio::error::operation_aborted && timed_out_) return TextResponse(408, "the request did not come in time");
  if (error == http::error::end_of_stream || error.category() == asio::error::get_system_category() ||
      error == asio::error::operation_aborted || error == asio::error::eof) {
    silent_ = true;
    return {};
  }
  ++core_.metrics.malformed;
  const auto bytes = buffer_.data();
  return ResponseForParseError(error, {static_cast<const char*>(bytes.data()), bytes.size()});
}

void Connection::Count(int status, std::chrono::steady_clock::duration took, uint64_t bytes) {
  core_.metrics.Count(core_.service.EndpointOf(request_), status, took, bytes);
  if (core_.access_log != nullptr) core_.access_log->Write(peer_, request_, status, bytes, took);
}

void Connection::ReleaseBody() {
  core_.buffered -= charged_;
  charged_ = 0;
}

}  // namespace dossier::server
