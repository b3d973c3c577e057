#include "net/remote_client.h"

#include <zlib.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include "gmock/gmock.h"
#include "graph/base/strings.h"
#include "gtest/gtest.h"
#include "tests/graph/store/temp_dir.h"
#include "tests/net/loopback_server.h"

namespace dossier::net {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using Connection = LoopbackServer::Connection;
using Clock = std::chrono::steady_clock;
namespace ip = boost::asio::ip;

std::string Gzip(std::string_view text) {
  z_stream z = {};
  deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&z, text.size()), '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  z.avail_in = static_cast<uInt>(text.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  deflate(&z, Z_FINISH);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

LoopbackServer::Handler Always(std::string answer) {
  return [answer = std::move(answer)](Connection& connection) { connection.Send(answer); };
}

// Options that allow `server` by its address and port.
RemoteOptions Allowing(const LoopbackServer& server) {
  RemoteOptions options;
  options.allow = {Cat("127.0.0.1:", server.port()), Cat("localhost:", server.port())};
  options.timeout = std::chrono::seconds(5);
  return options;
}

std::string UrlOf(const LoopbackServer& server, std::string_view path = "/") { return Cat("http://127.0.0.1:", server.port(), path); }

absl::StatusOr<query::RemoteResponse> Get(RemoteOptions options, std::string url) {
  const auto client = RemoteClient::Create(std::move(options));
  if (!client.ok()) return client.status();
  query::QueryContext context;
  query::RemoteRequest request;
  request.url = std::move(url);
  const auto response = (*client)->Fetch(request, context);
  EXPECT_EQ(context.memory_used(), 0u);
  return response;
}

TEST(RemoteClient, GetsAndPosts) {
  LoopbackServer server(Always(Answered("200 OK", "Content-Type: text/turtle; charset=utf-8\r\n", "<a> <b> <c> .")));
  const auto response = Get(Allowing(server), UrlOf(server, "/d?q=é#f"));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->content_type, "text/turtle; charset=utf-8");
  EXPECT_EQ(response->body, "<a> <b> <c> .");
  EXPECT_EQ(response->final_url, UrlOf(server, "/d?q=é"));

  const auto client = RemoteClient::Create(Allowing(server));
  query::QueryContext context;
  const query::RemoteRequest post{"POST", UrlOf(server, "/sparql"), "application/sparql-results+json", "application/sparql-query", "ASK {}"};
  ASSERT_TRUE((*client)->Fetch(post, context).ok());
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_THAT(requests[0], StartsWith("GET /d?q=%C3%A9 HTTP/1.1\r\n"));
  EXPECT_THAT(requests[0], HasSubstr(Cat("Host: 127.0.0.1:", server.port(), "\r\n")));
  EXPECT_THAT(requests[1], StartsWith("POST /sparql HTTP/1.1\r\n"));
  EXPECT_THAT(requests[1], HasSubstr("Accept: application/sparql-results+json\r\n"));
  EXPECT_THAT(requests[1], HasSubstr("Content-Type: application/sparql-query\r\n"));
  EXPECT_THAT(requests[1], HasSubstr("\r\n\r\nASK {}"));
}

TEST(RemoteClient, AnswersOfManyShapes) {
  const auto get = [](std::string answer) {
    LoopbackServer server(Always(std::move(answer)));
    const auto response = Get(Allowing(server), UrlOf(server));
    return response.ok() ? Cat(response->status, " ", response->body) : Cat("error: ", MessageOf(response.status()));
  };
  EXPECT_EQ(get("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"), "200 abcde");
  EXPECT_EQ(get("HTTP/1.0 200 OK\r\n\r\nuntil the end"), "200 until the end");
  EXPECT_EQ(get("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno"), "404 no");
  EXPECT_EQ(get("HTTP/1.1 204 No Content\r\n\r\n"), "204 ");
  EXPECT_EQ(get(Answered("200 OK", "Content-Encoding: gzip\r\n", Gzip("packed"))), "200 packed");
  EXPECT_EQ(get(Answered("200 OK", "Content-Encoding: gzip\r\n", Gzip("one ") + Gzip("two"))), "200 one two");
  EXPECT_THAT(get(Answered("200 OK", "Content-Encoding: gzip\r\n", "no gzip")), HasSubstr("damaged"));
  EXPECT_THAT(get(Answered("200 OK", "Content-Encoding: gzip\r\n", Gzip("packed").substr(0, 12))), HasSubstr("ends too early"));
  EXPECT_THAT(get(Answered("200 OK", "Content-Encoding: br\r\n", "x")), HasSubstr("which was not asked for"));
  EXPECT_THAT(get("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"), HasSubstr("breaks off"));
  EXPECT_THAT(get("SSH-2.0-OpenSSH\r\n"), HasSubstr("no proper answer"));
  EXPECT_THAT(get(""), HasSubstr("no proper answer"));
  EXPECT_THAT(get(Cat("HTTP/1.1 200 OK\r\nX: ", std::string(100000, 'x'), "\r\n\r\n")), HasSubstr("no proper answer"));
  std::string interim;
  for (int i = 0; i < 20; ++i) interim += "HTTP/1.1 103 Early Hints\r\n\r\n";
  EXPECT_THAT(get(interim), HasSubstr("interim answers only"));
}

TEST(RemoteClient, OnlyAllowedTargetsAreReached) {
  LoopbackServer server(Always(Answered("200 OK", "", "x")));
  RemoteOptions options;
  EXPECT_EQ(Get(options, UrlOf(server)).status().code(), absl::StatusCode::kPermissionDenied);
  options.allow = {Cat("127.0.0.1:", server.port() + 1), "127.0.0.1", "localhost"};
  EXPECT_EQ(Get(options, UrlOf(server)).status().code(), absl::StatusCode::kPermissionDenied);
  options.allow = {"*"};
  for (const std::string host : {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "127.1", "2130706433", "0x7f000001", "0"}) {
    const auto response = Get(options, Cat("http://", host, ":", server.port(), "/"));
    EXPECT_FALSE(response.ok()) << host;
    EXPECT_THAT(MessageOf(response.status()), testing::AnyOf(HasSubstr("private or local"), HasSubstr("is not known"))) << host;
  }
  EXPECT_TRUE(server.requests().empty());
  options.allow_private = true;
  EXPECT_TRUE(Get(options, UrlOf(server)).ok());
  EXPECT_EQ(Get(options, "ftp://127.0.0.1/").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Get(options, "file:///etc/passwd").status().code(), absl::StatusCode::kPermissionDenied);
}

TEST(RemoteClient, RedirectsAreFollowedAndCheckedAgain) {
  LoopbackServer secret(Always(Answered("200 OK", "", "secret")));
  LoopbackServer server([&](Connection& connection) {
    const std::string& request = connection.request();
    const auto redirect = [&](std::string_view status, std::string_view to) {
      connection.Send(Answered(status, Cat("Location: ", to, "\r\n"), ""));
    };
    if (request.find(" /relative ") != std::string::npos) return redirect("302 Found", "sub/../end?x#y");
    if (request.find(" /loop ") != std::string::npos) return redirect("307 Temporary Redirect", "/loop");
    if (request.find(" /secret ") != std::string::npos) return redirect("301 Moved Permanently", UrlOf(secret));
    if (request.find(" /file ") != std::string::npos) return redirect("302 Found", "file:///etc/passwd");
    if (request.find(" /bad ") != std::string::npos) return redirect("302 Found", "http://u@127.0.0.1/");
    if (request.find(" /see ") != std::string::npos) return redirect("303 See Other", "/end");
    if (request.find(" /keep ") != std::string::npos) return redirect("308 Permanent Redirect", "/end");
    if (request.find(" /nowhere ") != std::string::npos) return redirect("304 Not Modified", "/end");
    connection.Send(Answered("200 OK", "", request.substr(0, request.find(' '))));
  });
  const auto get = [&](std::string_view path) { return Get(Allowing(server), UrlOf(server, path)); };
  const auto relative = get("/relative");
  ASSERT_TRUE(relative.ok()) << relative.status();
  EXPECT_EQ(relative->final_url, UrlOf(server, "/end?x"));
  EXPECT_THAT(MessageOf(get("/loop").status()), HasSubstr("redirects more than 5 times"));
  EXPECT_EQ(get("/secret").status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_TRUE(secret.requests().empty());
  EXPECT_FALSE(get("/file").ok());
  EXPECT_FALSE(get("/bad").ok());
  EXPECT_EQ(get("/nowhere")->status, 304);
  const auto client = RemoteClient::Create(Allowing(server));
  query::QueryContext context;
  EXPECT_EQ((*client)->Fetch({"POST", UrlOf(server, "/see"), "", "text/plain", "x"}, context)->body, "GET");
  EXPECT_EQ((*client)->Fetch({"POST", UrlOf(server, "/keep"), "", "text/plain", "x"}, context)->body, "POST");
}

// A public host redirects to a private one that the list would allow if it were public.
TEST(RemoteClient, RedirectsToPrivateAddressesAreRefused) {
  LoopbackServer secret(Always(Answered("200 OK", "", "secret")));
  LoopbackServer server(Always(Answered("302 Found", Cat("Location: http://127.0.0.1:", secret.port(), "/\r\n"), "")));
  RemoteOptions options = Allowing(server);
  options.allow.push_back("*");
  const auto response = Get(options, UrlOf(server));
  EXPECT_EQ(response.status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_THAT(MessageOf(response.status()), HasSubstr("private or local"));
  EXPECT_TRUE(secret.requests().empty());
}

// The name's first address is checked, and no second look-up can put another in its place.
TEST(RemoteClient, NamesAreLookedUpOnce) {
  LoopbackServer server(Always(Answered("200 OK", "", "x")));
  auto lookups = std::make_shared<std::atomic<int>>(0);
  RemoteOptions options;
  options.allow = {"*"};
  options.timeout = std::chrono::milliseconds(300);
  options.resolver = [lookups](const std::string&) -> absl::StatusOr<std::vector<ip::address>> {
    // A public address that nobody has when it is checked, loopback afterwards.
    return std::vector<ip::address>{ip::make_address(lookups->fetch_add(1) == 0 ? "2000::1" : "127.0.0.1")};
  };
  EXPECT_FALSE(Get(options, Cat("http://rebind.example:", server.port(), "/")).ok());
  EXPECT_EQ(*lookups, 1);
  EXPECT_TRUE(server.requests().empty());
}

// Of several addresses only the public ones are used.
TEST(RemoteClient, PrivateAddressesOfPublicNamesAreLeftOut) {
  LoopbackServer server(Always(Answered("200 OK", "", "x")));
  RemoteOptions options;
  options.allow = {"*"};
  options.timeout = std::chrono::milliseconds(300);
  options.resolver = [](const std::string&) -> absl::StatusOr<std::vector<ip::address>> {
    return std::vector<ip::address>{ip::make_address("127.0.0.1"), ip::make_address("2000::1"), ip::make_address("::1")};
  };
  EXPECT_FALSE(Get(options, Cat("http://mixed.example:", server.port(), "/")).ok());
  EXPECT_TRUE(server.requests().empty());
  options.allow = {Cat("mixed.example:", server.port())};
  EXPECT_TRUE(Get(options, Cat("http://mixed.example:", server.port(), "/")).ok());
}

TEST(RemoteClient, SlowNamesDoNotHoldTheQuery) {
  auto hang = std::make_shared<std::atomic<bool>>(true);
  RemoteOptions options;
  options.allow = {"*"};
  options.timeout = std::chrono::milliseconds(200);
  options.resolver = [hang](const std::string&) -> absl::StatusOr<std::vector<ip::address>> {
    while (*hang) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return std::vector<ip::address>{};
  };
  const auto start = Clock::now();
  EXPECT_EQ(Get(options, "http://slow.example/").status().code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_LT(Clock::now() - start, std::chrono::seconds(2));
  *hang = false;
}

TEST(RemoteClient, LargeAnswersAreRefused) {
  std::atomic<size_t> sent{0};
  LoopbackServer server([&](Connection& connection) {
    const bool packed = connection.request().find(" /packed ") != std::string::npos;
    connection.Send(Cat("HTTP/1.1 200 OK\r\n", packed ? "Content-Encoding: gzip\r\n" : "", "\r\n"));
    if (packed) {
      connection.Send(Gzip(std::string(size_t{32} << 20, 'x')));
      return;
    }
    const std::string block(size_t{64} << 10, 'x');
    while (connection.Send(block)) sent += block.size();  // endless
  });
  RemoteOptions options = Allowing(server);
  options.max_body_bytes = size_t{1} << 20;
  const auto plain = Get(options, UrlOf(server, "/plain"));
  EXPECT_EQ(plain.status().code(), absl::StatusCode::kResourceExhausted) << plain.status();
  const auto packed = Get(options, UrlOf(server, "/packed"));
  EXPECT_EQ(packed.status().code(), absl::StatusCode::kResourceExhausted) << packed.status();
  EXPECT_THAT(MessageOf(packed.status()), HasSubstr("unpacked"));
}

TEST(RemoteClient, AnswersCountAsMemoryOfTheQuery) {
  LoopbackServer server(Always(Answered("200 OK", "", std::string(100000, 'x'))));
  const auto client = RemoteClient::Create(Allowing(server));
  query::QueryContext context;
  context.SetMemoryLimit(50000);
  const auto response = (*client)->Fetch({"GET", UrlOf(server), "", "", ""}, context);
  EXPECT_EQ(response.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(context.memory_used(), 0u);
}

// Sends a byte now and then, for ever.
void Drip(Connection& connection) {
  connection.Send("HTTP/1.1 200 OK\r\n\r\n");
  while (connection.Send("x")) std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

TEST(RemoteClient, SlowServersEndWithTheTimeout) {
  for (const LoopbackServer::Handler& handler :
       {LoopbackServer::Handler(Drip), LoopbackServer::Handler([](Connection& connection) {
          while (!connection.ending()) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        })}) {
    LoopbackServer server(handler);
    RemoteOptions options = Allowing(server);
    options.timeout = std::chrono::milliseconds(200);
    auto start = Clock::now();
    EXPECT_EQ(Get(options, UrlOf(server)).status().code(), absl::StatusCode::kDeadlineExceeded);
    EXPECT_LT(Clock::now() - start, std::chrono::seconds(2));

    const auto client = RemoteClient::Create(Allowing(server));
    query::QueryContext context;
    context.SetTimeout(std::chrono::milliseconds(200));
    start = Clock::now();
    EXPECT_EQ((*client)->Fetch({"GET", UrlOf(server), "", "", ""}, context).status().code(), absl::StatusCode::kDeadlineExceeded);
    EXPECT_LT(Clock::now() - start, std::chrono::seconds(2));
  }
}

TEST(RemoteClient, CancellationEndsAnExchange) {
  LoopbackServer server(Drip);
  const auto client = RemoteClient::Create(Allowing(server));
  std::atomic<bool> cancelled{false};
  query::QueryContext context;
  context.SetCancellationFlag(&cancelled);
  std::thread canceller([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    cancelled = true;
  });
  const auto start = Clock::now();
  EXPECT_EQ((*client)->Fetch({"GET", UrlOf(server), "", "", ""}, context).status().code(), absl::StatusCode::kCancelled);
  EXPECT_LT(Clock::now() - start, std::chrono::seconds(2));
  canceller.join();
}

TEST(RemoteClient, NobodyThere) {
  uint16_t port = 0;
  {
    LoopbackServer server(Always(""));
    port = server.port();
  }
  RemoteOptions options;
  options.allow = {Cat("127.0.0.1:", port)};
  const auto response = Get(options, Cat("http://127.0.0.1:", port, "/"));
  EXPECT_EQ(response.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(MessageOf(response.status()), HasSubstr("no connection"));
}

TEST(RemoteClient, RequestsCannotBeSplit) {
  LoopbackServer server(Always(Answered("200 OK", "", "x")));
  const auto client = RemoteClient::Create(Allowing(server));
  query::QueryContext context;
  EXPECT_FALSE((*client)->Fetch({"GET", UrlOf(server), "a\r\nX: y", "", ""}, context).ok());
  EXPECT_FALSE((*client)->Fetch({"GET", UrlOf(server), "", "a\nb", ""}, context).ok());
  EXPECT_FALSE((*client)->Fetch({"G T", UrlOf(server), "", "", ""}, context).ok());
  EXPECT_FALSE((*client)->Fetch({"GET", UrlOf(server, "/\r\nX: y"), "", "", ""}, context).ok());
  EXPECT_TRUE(server.requests().empty());
}

TEST(RemoteClient, CertificatesAreVerified) {
  LoopbackServer server(Always(Answered("200 OK", "", "private")), LoopbackServer::Security::kTls);
  LoopbackServer plain(Always(Answered("200 OK", "", "plain")));
  LoopbackServer downgrading(Always(Answered("302 Found", Cat("Location: ", UrlOf(plain), "\r\n"), "")), LoopbackServer::Security::kTls);
  const graph::TempDir dir;
  const auto options_for = [&](const LoopbackServer& target) {
    RemoteOptions options = Allowing(target);
    options.allow.push_back(Cat("127.0.0.1:", plain.port()));
    options.ca_file = dir.path(Cat(target.port(), ".pem"));
    std::ofstream(options.ca_file) << target.certificate();
    return options;
  };
  const std::string https = Cat("https://localhost:", server.port(), "/");
  const auto trusted = Get(options_for(server), https);
  ASSERT_TRUE(trusted.ok()) << trusted.status();
  EXPECT_EQ(trusted->body, "private");
  const auto untrusted = Get(Allowing(server), https);
  EXPECT_THAT(MessageOf(untrusted.status()), HasSubstr("no trusted TLS connection"));
  // The certificate is for the name, not for the address.
  const auto other_name = Get(options_for(server), Cat("https://127.0.0.1:", server.port(), "/"));
  EXPECT_THAT(MessageOf(other_name.status()), HasSubstr("no trusted TLS connection"));
  const auto downgraded = Get(options_for(downgrading), Cat("https://localhost:", downgrading.port(), "/"));
  EXPECT_THAT(MessageOf(downgraded.status()), HasSubstr("from https: to http:"));
  EXPECT_TRUE(plain.requests().empty());
  EXPECT_EQ(server.requests().size(), 1u);
  RemoteOptions no_file;
  no_file.ca_file = dir.path("none.pem");
  EXPECT_FALSE(RemoteClient::Create(no_file).ok());
}

TEST(RemoteClient, FilesComeFromAllowedFolders) {
  const graph::TempDir dir;
  std::ofstream(dir.path("x.ttl.gz"), std::ios::binary) << Gzip("<a> <b> <c> .");
  RemoteOptions options;
  options.load_folders = {dir.path(".")};
  const auto file = Get(options, Cat("file://", dir.path("x.ttl.gz")));
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->body, "<a> <b> <c> .");
  EXPECT_EQ(file->content_type, "text/turtle");
  EXPECT_EQ(Get(options, "file:///etc/passwd").status().code(), absl::StatusCode::kPermissionDenied);
  options.max_body_bytes = 4;
  EXPECT_EQ(Get(options, Cat("file://", dir.path("x.ttl.gz"))).status().code(), absl::StatusCode::kResourceExhausted);
}

TEST(RemoteClient, ManyAtOnce) {
  LoopbackServer server(Always(Answered("200 OK", "", std::string(50000, 'x'))));
  const auto client = RemoteClient::Create(Allowing(server));
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 10; ++n) {
        query::QueryContext context;
        const auto response = (*client)->Fetch({"GET", UrlOf(server), "", "", ""}, context);
        if (response.ok() && response->body.size() == 50000) ++good;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 80);
}

}  // namespace
}  // namespace dossier::net
