// A page of raw HTTP abuse: the right status, the server alive, no descriptor and no thread left behind.
#include <random>
#include <thread>

#include "graph/base/strings.h"
#include "tests/server/support/fixture.h"

namespace dossier::server {
namespace {

using ::testing::HasSubstr;

class AbuseTest : public ServerTest {
 protected:
  void SetUp() override {
    options_.max_body_bytes = 100'000;
    options_.max_header_bytes = 8 << 10;
    options_.idle_timeout = std::chrono::milliseconds(2000);
    options_.header_timeout = std::chrono::milliseconds(300);
    options_.body_timeout = std::chrono::milliseconds(300);
    options_.min_body_rate = 1 << 20;
    ServerTest::SetUp();
    Do("GET", "/health");
    ASSERT_TRUE(Eventually([&] { return Metric("connections") == "1"; }));
    files_ = OpenFiles();
    threads_ = Threads();
  }
  void TearDown() override {
    EXPECT_EQ(Do("GET", "/health").body, "ok\n");
    EXPECT_TRUE(Eventually([&] { return OpenFiles() <= files_; })) << OpenFiles() << " descriptors, before " << files_;
    EXPECT_EQ(Threads(), threads_);
    EXPECT_EQ(store_->GetSnapshot()->size(), 0u) << "nothing of this page is a valid update";
    ServerTest::TearDown();
  }
  // The answer to these bytes, after which the connection must be closed.
  void Expect(std::string_view bytes, int status) {
    Client client(server_->port());
    client.Send(bytes);
    const Answer answer = client.Read();
    EXPECT_EQ(answer.status, status) << std::string(bytes.substr(0, 200)) << "\n-> " << answer.body;
    EXPECT_TRUE(client.IsClosed()) << std::string(bytes.substr(0, 200));
  }

  size_t files_ = 0, threads_ = 0;
};

std::string Post(std::string_view fields, std::string_view body) {
  return Cat("POST /update HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-update\r\n", fields, "\r\n", body);
}
constexpr std::string_view kInsert = "INSERT DATA { <urn:x:a> <urn:x:p> 1 }";

TEST_F(AbuseTest, LengthsThatTwoReadersCouldSeeDifferently) {
  const std::string smuggled = Cat("0\r\n\r\n", Post("Content-Length: 37\r\n", kInsert));
  Expect(Post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", smuggled), 400);
  Expect(Post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", smuggled), 400);
  Expect(Post("Content-Length: 5\r\nContent-Length: 6\r\n", "123456"), 400);
  Expect(Post("Content-Length: 5\r\nContent-Length: 5\r\n", "12345"), 400);
  for (const char* length : {"-1", "+5", "5, 5", "5,6", "0x5", "5a", "1e3", "", " ", "99999999999999999999999"}) {
    Expect(Post(Cat("Content-Length: ", length, "\r\n"), "12345"), 400);
  }
  for (const char* encoding : {"gzip", "identity", "xchunked", "gzip, chunked", "chunked, identity"}) {
    Expect(Post(Cat("Transfer-Encoding: ", encoding, "\r\n"), smuggled), 501);
  }
  Expect(Post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", smuggled), 400);
  Expect(Post("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n", smuggled), 501);
  Expect(Post("Transfer-Encoding:\r\n chunked\r\n", smuggled), 400);
  Expect(Post("Content-Length:\r\n 5\r\n", smuggled), 400);
  Expect(Post("Content-Length: 5\r\nA: b\r\n Transfer-Encoding: chunked\r\n", smuggled), 400);
  Expect(Post("Transfer-Encoding : chunked\r\n", smuggled), 400);
  Expect(Cat("POST /update HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", smuggled), 400);
}

TEST_F(AbuseTest, BrokenChunks) {
  const auto chunked = [](std::string_view body) { return Post("Transfer-Encoding: chunked\r\n", body); };
  for (const char* body : {"zz\r\n", "-1\r\nx", "fffffffffffffffff\r\n", "5\r\n1234567\r\n0\r\n\r\n", "5;\x01\r\n12345\r\n0\r\n\r\n"}) {
    Expect(chunked(body), 400);
  }
  Expect(chunked("5\n12345\n0\n\n"), 408);  // no line ends in it, so more is waited for
  Expect(chunked("7fffffffffffffff\r\n"), 413);
  Expect(chunked(Cat("186a1\r\n", std::string(100'001, 'x'), "\r\n0\r\n\r\n")), 413);
  std::string many;
  for (int i = 0; i < 30'000; ++i) many += "4\r\nxxxx\r\n";
  Expect(chunked(many), 413);
  Expect(chunked("5\r\n12345\r\n0\r\nBad Trailer\r\n\r\n"), 400);
}

TEST_F(AbuseTest, HeadsThatAreNone) {
  const struct {
    std::string bytes;
    int status;
  } cases[] = {
      {"GET\r\n\r\n", 400},
      {"GET /health\r\n\r\n", 400},
      {"GET  /health HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"GET /health HTTP/1.1 \r\nHost: x\r\n\r\n", 400},
      {"GET /health HTTP/2.0\r\nHost: x\r\n\r\n", 505},
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
      {"GET /health HTTQ/1.1\r\nHost: x\r\n\r\n", 400},
      {"G@T /health HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello over TLS", 400},
      {std::string(100, '\0'), 400},
      {"GET /health HTTP/1.1\nHost: x\n\n", 400},
      {"GET /he\x01lth HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"GET health HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"GET ftp://x/health HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"GET /health#x HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"GET /health HTTP/1.1\r\n\r\n", 400},
      {"GET /health HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", 400},
      {"GET /health HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
      {"GET /health HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
      {"GET /health HTTP/1.1\r\nHost: \r\n\r\n", 400},
      {"GET /health HTTP/1.1\r\nHost: x\r\nNo colon here\r\n\r\n", 400},
      {"GET /health HTTP/1.1\r\nHost: x\r\n: empty\r\n\r\n", 400},
      {std::string("GET /health HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n", 42), 400},
      {"GET /health HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n", 400},
      {"GET /health HTTP/1.1\r\nHost: x\r\nA: folded\r\n value\r\n\r\n", 400},
      {"GET /health HTTP/1.1\r\nHost: x\r\nA:\r\n\tvalue\r\n\r\n", 400},
      {"GET /health HTTP/1.1\r\n A: before the first\r\nHost: x\r\n\r\n", 400},
      {"GET /health HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\n\r\n", 417},
  };
  for (const auto& c : cases) Expect(c.bytes, c.status);
}

TEST_F(AbuseTest, TooLarge) {
  Expect(Cat("GET /health HTTP/1.1\r\nHost: x\r\nA: ", std::string(64 << 10, 'a'), "\r\n\r\n"), 431);
  Expect(Cat("GET /", std::string(64 << 10, 'a'), " HTTP/1.1\r\nHost: x\r\n\r\n"), 431);
  std::string many = "GET /health HTTP/1.1\r\nHost: x\r\n";
  for (int i = 0; i < 5000; ++i) Append(many, "A", i, ": b\r\n");
  Expect(many + "\r\n", 431);
  Expect(Post("Content-Length: 100001\r\n", ""), 413);
  Expect(Post("Content-Length: 1099511627776\r\n", ""), 413);
  Expect(Post("Content-Length: 100001\r\nExpect: 100-continue\r\n", ""), 413);
  Expect(Post("Content-Length: 200000\r\n", std::string(200'000, ' ')), 413);
}

TEST_F(AbuseTest, SlowSenders) {
  const auto drip = [&](std::string_view begin, std::string_view drops) {
    Client client(server_->port());
    client.Send(begin);
    for (size_t i = 0; i < 100 && client.Send(drops.substr(i % drops.size(), 1)); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      if (client.IsClosed(std::chrono::milliseconds(5))) return i;
    }
    return size_t{100};
  };
  EXPECT_LT(drip("GET /health HTTP/1.1\r\nHost: x\r\nA: ", "a"), 60u);
  EXPECT_LT(drip(Post("Content-Length: 1000\r\n", ""), " "), 60u);
  EXPECT_LT(drip(Post("Transfer-Encoding: chunked\r\n", ""), "1\r\nx\r\n"), 60u);
  Expect("GET /health HTTP/1.1\r\nHost:", 408);
  Expect(Post("Content-Length: 1000\r\n", "begun"), 408);
  Expect(Post("Transfer-Encoding: chunked\r\n", "5\r\n123"), 408);
  Client silent(server_->port());
  EXPECT_TRUE(silent.IsClosed()) << "nothing said: closed after idle_timeout";
}

TEST_F(AbuseTest, PipelinedRequestsAreAnsweredInOrder) {
  Client client(server_->port());
  std::string all;
  for (int i = 0; i < 50; ++i) {
    all += i % 2 == 0 ? Message("GET", Cat("/query?query=SELECT%20(", i, "%20AS%20?x)%20%7B%7D"), "Accept: text/csv\r\n") : Message("GET", "/health");
  }
  client.Send(all);
  for (int i = 0; i < 50; ++i) EXPECT_EQ(client.Read().body, i % 2 == 0 ? Cat("x\r\n", i, "\r\n") : "ok\n");
}

TEST_F(AbuseTest, WhatFollowsARefusedBodyIsNoRequest) {
  options_.update_access = UpdateAccess::kOff;
  Start();
  Client client(server_->port());
  client.Send(Post("Content-Length: 100\r\n", Message("GET", "/health")));
  EXPECT_EQ(client.Read().status, 403);
  EXPECT_EQ(client.Read().status, 0);
  threads_ = Threads();
  files_ = OpenFiles();
}

TEST_F(AbuseTest, HalfClosedClientsGetTheirAnswer) {
  Client client(server_->port());
  client.Send(Message("GET", "/query?query=ASK%7B%7D"));
  client.CloseSending();
  EXPECT_THAT(client.Read().body, HasSubstr("true"));
  EXPECT_TRUE(client.IsClosed());
  Client partial(server_->port());
  partial.Send("GET /health HT");
  partial.CloseSending();
  EXPECT_EQ(partial.Read().status, 400);
}

TEST_F(AbuseTest, ExpectContinue) {
  Client client(server_->port());
  client.Send("POST /query HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 6\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.Read().status, 100);
  client.Send("ASK {}");
  EXPECT_EQ(client.Read().status, 200);
}

TEST_F(AbuseTest, OldClients) {
  Client client(server_->port());
  const Answer answer = client.Ask("GET /health HTTP/1.0\r\n\r\n");
  EXPECT_EQ(answer.body, "ok\n");
  EXPECT_TRUE(client.IsClosed());
  Client kept(server_->port());
  EXPECT_EQ(kept.Ask("GET /health HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n").status, 200);
  EXPECT_EQ(kept.Ask("GET http://y/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").status, 200);
  EXPECT_TRUE(kept.IsClosed());
}

TEST_F(AbuseTest, ConnectionsThatVanish) {
  for (int i = 0; i < 200; ++i) {
    Client client(server_->port());
    if (i % 4 > 0) client.Send(Message("GET", "/query?query=ASK%7B%7D").substr(0, static_cast<size_t>(i)));
    if (i % 2 == 0) client.Abort();
  }
}

TEST_F(AbuseTest, RandomBytesAndMutations) {
  std::mt19937 random(7);
  const std::string valid = Post("Transfer-Encoding: chunked\r\nAccept: a/b;q=0.5\r\n", "5\r\nASK {\r\n1\r\n}\r\n0\r\n\r\n");
  for (int i = 0; i < 300; ++i) {
    std::string bytes = valid;
    for (int changes = 1 + static_cast<int>(random() % 4); changes > 0; --changes) {
      const size_t at = random() % bytes.size();
      switch (random() % 3) {
        case 0: bytes[at] = static_cast<char>(random()); break;
        case 1: bytes.erase(at, 1 + random() % 5); break;
        default: bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 10));
      }
    }
    Client client(server_->port());
    client.Send(bytes);
    client.CloseSending();
    const Answer answer = client.Read();
    // 204: an update without operations, where the body's field was hit.
    const bool right = answer.status == 0 || answer.status == 204 || (answer.status >= 400 && answer.status < 500) || answer.status == 501 || answer.status == 505;
    EXPECT_TRUE(right) << answer.status << "\n" << bytes;
  }
}

}  // namespace
}  // namespace dossier::server
