#include "net/exchange.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <optional>

#include "graph/io/gunzip.h"
#include "graph/base/strings.h"

namespace dossier::net {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

constexpr size_t kMaxHeadBytes = size_t{64} << 10;
constexpr size_t kChunk = size_t{32} << 10;
constexpr int kMaxInterim = 8;  // answers of 1xx before the real one
constexpr std::chrono::milliseconds kPoll{20};
constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);

absl::Status Unavailable(const Url& url, std::string_view what, const boost::system::error_code& error) {
  return absl::UnavailableError(ToAbsl(Cat(url.scheme, "://", url.HostHeader(), ": ", what, ": ", error.message())));
}

// Takes the body as it comes: unpacks, counts, charges.
class BodyReader {
 public:
  BodyReader(const ExchangeLimits& limits, query::QueryContext& context) : limits_(limits), context_(context) {}
  BodyReader(const BodyReader&) = delete;
  BodyReader& operator=(const BodyReader&) = delete;
  ~BodyReader() { context_.Charge(-charged_, "").IgnoreError(); }

  absl::Status Start(std::string_view encoding) {
    if (boost::beast::iequals(boost::beast::string_view(encoding.data(), encoding.size()), "gzip") || encoding == "x-gzip") {
      gunzip_.emplace(limits_.max_body_bytes);
    } else if (!encoding.empty() && encoding != "identity") {
      return absl::UnavailableError(ToAbsl(Cat("the answer is packed as \"", encoding, "\", which was not asked for")));
    }
    return absl::OkStatus();
  }
  absl::Status Add(std::string_view bytes) {
    received_ += bytes.size();
    if (received_ > limits_.max_body_bytes) return ResourceExhausted(Cat("the answer is larger than ", limits_.max_body_bytes, " bytes"));
    const size_t before = body_.size();
    if (gunzip_) {
      RETURN_IF_ERROR(gunzip_->Add(bytes, body_));
    } else {
      body_ += bytes;
    }
    const auto more = static_cast<int64_t>(body_.size() - before);
    RETURN_IF_ERROR(context_.Charge(more, "the answer of a remote server"));
    charged_ += more;
    return absl::OkStatus();
  }
  absl::Status Finish(std::string& body) {
    if (gunzip_ && received_ > 0) RETURN_IF_ERROR(gunzip_->Finish());
    body = std::move(body_);
    return absl::OkStatus();
  }

 private:
  const ExchangeLimits& limits_;
  query::QueryContext& context_;
  std::optional<graph::Gunzip> gunzip_;
  std::string body_;
  size_t received_ = 0;
  int64_t charged_ = 0;
};

struct Conversation {
  const Url& url;
  const std::vector<asio::ip::address>& addresses;
  asio::ssl::context& tls;
  const ExchangeLimits& limits;
  query::QueryContext& context;
  http::request<http::string_body> request;
  Answer answer;
};

std::string FieldOf(const http::response<http::buffer_body>& response, http::field field) { return std::string(response[field]); }

template <typename Stream>
asio::awaitable<absl::Status> ReadBody(Stream& stream, boost::beast::flat_buffer& buffer, http::response_parser<http::buffer_body>& parser,
                                       Conversation& talk) {
  BodyReader body(talk.limits, talk.context);
  if (absl::Status status = body.Start(FieldOf(parser.get(), http::field::content_encoding)); !status.ok()) co_return status;
  std::string chunk(kChunk, '\0');
  while (!parser.is_done()) {
    parser.get().body().data = chunk.data();
    parser.get().body().size = chunk.size();
    const auto [error, ignored] = co_await http::async_read(stream, buffer, parser, kAwait);
    if (error && error != http::error::need_buffer) co_return Unavailable(talk.url, "the answer breaks off", error);
    const absl::Status status = body.Add(std::string_view(chunk).substr(0, chunk.size() - parser.get().body().size));
    if (!status.ok()) co_return status;
  }
  co_return body.Finish(talk.answer.body);
}

template <typename Stream>
asio::awaitable<absl::Status> Talk(Stream& stream, Conversation& talk) {
  if (const auto [error, ignored] = co_await http::async_write(stream, talk.request, kAwait); error) {
    co_return Unavailable(talk.url, "the request could not be sent", error);
  }
  boost::beast::flat_buffer buffer(kMaxHeadBytes + kChunk);
  for (int interim = 0; interim < kMaxInterim; ++interim) {
    http::response_parser<http::buffer_body> parser;
    parser.header_limit(kMaxHeadBytes);
    parser.body_limit(boost::none);  // BodyReader has the limit
    if (talk.request.method() == http::verb::head) parser.skip(true);
    if (const auto [error, ignored] = co_await http::async_read_header(stream, buffer, parser, kAwait); error) {
      co_return Unavailable(talk.url, "no proper answer", error);
    }
    talk.answer.status = static_cast<int>(parser.get().result_int());
    if (talk.answer.status / 100 == 1) continue;
    talk.answer.content_type = FieldOf(parser.get(), http::field::content_type);
    talk.answer.location = FieldOf(parser.get(), http::field::location);
    co_return co_await ReadBody(stream, buffer, parser, talk);
  }
  co_return absl::UnavailableError("the server sends interim answers only");
}

asio::awaitable<absl::Status> TalkTls(asio::ssl::stream<tcp::socket>& stream, Conversation& talk) {
  boost::system::error_code is_name;  // the server name indication takes names only (RFC 6066 §3)
  asio::ip::make_address(talk.url.host, is_name);
  if (is_name) SSL_set_tlsext_host_name(stream.native_handle(), talk.url.host.c_str());
  stream.set_verify_mode(asio::ssl::verify_peer);
  stream.set_verify_callback(asio::ssl::host_name_verification(talk.url.host));
  if (const auto [error] = co_await stream.async_handshake(asio::ssl::stream_base::client, kAwait); error) {
    co_return Unavailable(talk.url, "no trusted TLS connection", error);
  }
  co_return co_await Talk(stream, talk);
}

asio::awaitable<absl::Status> Converse(Conversation& talk) {
  tcp::socket socket(co_await asio::this_coro::executor);
  std::vector<tcp::endpoint> endpoints;
  for (const asio::ip::address& address : talk.addresses) endpoints.emplace_back(address, talk.url.port);
  if (const auto [error, ignored] = co_await asio::async_connect(socket, endpoints, kAwait); error) {
    co_return Unavailable(talk.url, "no connection", error);
  }
  if (!talk.url.is_https()) co_return co_await Talk(socket, talk);
  asio::ssl::stream<tcp::socket> stream(std::move(socket), talk.tls);
  co_return co_await TalkTls(stream, talk);
}

absl::StatusOr<http::request<http::string_body>> MakeRequest(const Url& url, const query::RemoteRequest& from) {
  for (const std::string* value : {&from.method, &from.accept, &from.content_type}) {
    if (std::any_of(value->begin(), value->end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; })) {
      return InvalidArgument("a field of a request holds control characters");
    }
  }
  const http::verb verb = http::string_to_verb(from.method);
  if (verb == http::verb::unknown || verb == http::verb::connect) return InvalidArgument(Cat("the method ", from.method, " is not used"));
  http::request<http::string_body> request(verb, url.target, 11);
  request.set(http::field::host, url.HostHeader());
  request.set(http::field::user_agent, "dossier");
  request.set(http::field::accept_encoding, "gzip");
  request.set(http::field::connection, "close");
  if (!from.accept.empty()) request.set(http::field::accept, from.accept);
  if (!from.content_type.empty()) request.set(http::field::content_type, from.content_type);
  request.body() = from.body;
  if (!from.body.empty() || verb == http::verb::post || verb == http::verb::put) request.prepare_payload();
  return request;
}

}  // namespace

absl::StatusOr<Answer> Exchange(const Url& url, const std::vector<asio::ip::address>& addresses, const query::RemoteRequest& request,
                                asio::ssl::context& tls, const ExchangeLimits& limits, query::QueryContext& context) {
  ASSIGN_OR_RETURN(auto message, MakeRequest(url, request));
  Conversation talk{url, addresses, tls, limits, context, std::move(message), {}};
  std::optional<absl::Status> done;
  asio::io_context io(1);  // destroyed first: it ends the coroutine where it stands
  asio::co_spawn(io, Converse(talk), [&](std::exception_ptr exception, absl::Status status) {
    done = exception == nullptr ? std::move(status) : absl::UnavailableError("the exchange with a remote server failed");
  });
  while (!done) {
    io.run_one_for(kPoll);
    RETURN_IF_ERROR(context.Check());
    if (!done && std::chrono::steady_clock::now() > limits.deadline) {
      return DeadlineExceeded(Cat(url.scheme, "://", url.HostHeader(), " did not answer in time"));
    }
  }
  RETURN_IF_ERROR(*done);
  return std::move(talk.answer);
}

}  // namespace dossier::net
