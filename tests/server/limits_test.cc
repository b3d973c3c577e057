// Limits of a server under way: time, memory, numbers, clients that go, stopping.
#include <thread>

#include "graph/base/strings.h"
#include "tests/server/support/fixture.h"

namespace dossier::server {
namespace {

using ::testing::HasSubstr;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

// Compares each of many rows, finds nothing, and so runs until it is stopped.
constexpr std::string_view kEndless =
    "SELECT ?a { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?f), STR(?h))) > 100000) }";
// Gives rows without end.
constexpr std::string_view kEndlessRows = "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h }";

std::string Sparql(std::string_view text, std::string_view version = "1.1") {
  return Cat("POST /query HTTP/", version, "\r\nHost: x\r\nContent-Type: application/sparql-query\r\nAccept: text/csv\r\nContent-Length: ",
             text.size(), "\r\n\r\n", text);
}

class LimitsTest : public ServerTest {
 protected:
  void SetUp() override {
    ServerTest::SetUp();
    AddTriples(300);
  }
  bool RunningBecomes(std::string_view count, milliseconds within = milliseconds(5000)) {
    return Eventually([&] { return Metric("queries_running") == count; }, within);
  }
};

TEST_F(LimitsTest, TimeOfAQuery) {
  options_.query_timeout = milliseconds(300);
  Start();
  const auto begin = Clock::now();
  const Answer answer = Query(kEndless);
  EXPECT_EQ(answer.status, 503);
  EXPECT_LT(Clock::now() - begin, milliseconds(3000));
  EXPECT_EQ(Query("ASK {}").status, 200);
}

TEST_F(LimitsTest, MemoryOfAQuery) {
  options_.query_memory = 4 << 20;
  Start();
  const Answer answer = Query("SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f } ORDER BY ?f ?d");
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(answer.body, HasSubstr("memory"));
}

TEST_F(LimitsTest, AnErrorBehindTheFirstBytesBreaksTheAnswerOff) {
  options_.query_timeout = milliseconds(500);
  Start();
  Client client(server_->port());
  const Answer answer = client.Ask(Sparql(kEndlessRows));
  EXPECT_EQ(answer.status, 200);
  EXPECT_GT(answer.body.size(), 100'000u);
  EXPECT_FALSE(answer.complete);
  EXPECT_TRUE(client.IsClosed());
  Client old(server_->port());
  const Answer reset = old.Ask(Sparql(kEndlessRows, "1.0"));
  EXPECT_EQ(reset.status, 200);
  EXPECT_FALSE(reset.complete) << "HTTP/1.0 has no chunks: the connection is reset";
}

TEST_F(LimitsTest, ADisconnectedClientCancelsItsQuery) {
  Client aborts(server_->port()), closes(server_->port());
  aborts.Send(Sparql(kEndless));
  closes.Send(Sparql(kEndless));
  ASSERT_TRUE(RunningBecomes("2"));
  aborts.Abort();
  EXPECT_TRUE(RunningBecomes("1"));
  closes.Close();
  EXPECT_TRUE(RunningBecomes("0"));
  EXPECT_TRUE(Eventually([&] { return Metric("cancelled_total") == "2"; }));
}

TEST_F(LimitsTest, AClientThatDoesNotReadIsLeft) {
  options_.write_timeout = milliseconds(300);
  Start();
  Client client(server_->port());
  client.Send(Sparql(kEndlessRows));
  ASSERT_TRUE(RunningBecomes("1"));
  EXPECT_TRUE(RunningBecomes("0", milliseconds(15'000)));
}

TEST_F(LimitsTest, QueriesAtATime) {
  options_.max_queries = 1;
  options_.max_waiting = 1;
  Start();
  Client runs(server_->port()), waits(server_->port());
  runs.Send(Sparql(kEndless));
  ASSERT_TRUE(RunningBecomes("1"));
  waits.Send(Sparql("ASK {}"));
  ASSERT_TRUE(Eventually([&] { return Metric("queries_waiting") == "1"; }));
  const Answer refused = Query("ASK {}");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.Field("retry-after"), "1");
  EXPECT_EQ(Do("GET", "/health").status, 200);
  EXPECT_EQ(Update("INSERT DATA { <urn:x:new> <urn:x:p> 1 }").status, 204) << "updates have a lane of their own";
  runs.Abort();
  EXPECT_EQ(waits.Read().status, 200);
}

TEST_F(LimitsTest, ConnectionsAtATime) {
  options_.max_connections = 3;
  Start();
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(std::make_unique<Client>(server_->port()));
    EXPECT_EQ(clients.back()->Ask(Message("GET", "/health")).status, 200);
  }
  Client over(server_->port());
  EXPECT_EQ(over.Read().status, 503);
  clients.clear();
  EXPECT_TRUE(Eventually([&] { return Do("GET", "/health").status == 200; }));
}

TEST_F(LimitsTest, BodiesTogether) {
  options_.max_buffered_bytes = 50'000;
  Start();
  Client holds(server_->port());
  holds.Send(Cat("POST /query HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 60000\r\n\r\n", std::string(40'000, ' ')));
  const std::string query = "ASK {}" + std::string(30'000, ' ');
  EXPECT_TRUE(Eventually([&] { return Query(query).status == 503; }));
  holds.Close();
  EXPECT_TRUE(Eventually([&] { return Query(query).status == 200; }));
}

TEST_F(LimitsTest, IdleConnectionsCostNoThread) {
  const size_t threads = Threads();
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 200; ++i) {
    clients.push_back(std::make_unique<Client>(server_->port()));
    clients.back()->Send(Message("GET", "/health"));
  }
  for (const auto& client : clients) EXPECT_EQ(client->Read().status, 200);
  EXPECT_EQ(Threads(), threads);
}

TEST_F(LimitsTest, StoppingLetsRunningRequestsEnd) {
  Client idle(server_->port()), busy(server_->port());
  EXPECT_EQ(idle.Ask(Message("GET", "/health")).status, 200);
  busy.Send(Sparql("SELECT (COUNT(?a) AS ?n) { ?a ?p ?b . ?c ?q ?d FILTER(STRLEN(CONCAT(STR(?a), STR(?d))) > 1) }"));
  std::this_thread::sleep_for(milliseconds(20));  // received; likely still running
  server_->Stop();
  const Answer answer = busy.Read();
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr("90000"));
  EXPECT_TRUE(idle.IsClosed());
  Client late(server_->port());
  EXPECT_FALSE(late.Send("x") && late.Ask(Message("GET", "/health")).status != 0);
}

TEST_F(LimitsTest, StoppingCancelsWhatTakesTooLong) {
  options_.shutdown_grace = milliseconds(200);
  Start();
  Client busy(server_->port());
  busy.Send(Sparql(kEndless));
  ASSERT_TRUE(RunningBecomes("1"));
  const auto begin = Clock::now();
  server_->Stop();
  EXPECT_LT(Clock::now() - begin, milliseconds(4000));
  const int status = busy.Read().status;
  EXPECT_TRUE(status == 503 || status == 0) << status;
}

TEST_F(LimitsTest, ManyClientsAtOnce) {
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (int t = 0; t < 6; ++t) {
    threads.emplace_back([&, t] {
      Client client(server_->port());
      for (int i = 0; i < 100; ++i) {
        const bool write = (i + t) % 10 == 0;
        const std::string text = write ? Cat("INSERT DATA { <urn:x:t", t, "> <urn:x:n> ", i, " }") : "SELECT ?a { ?a ?p ?b } LIMIT 100";
        const Answer answer = client.Ask(Cat("POST /", write ? "update" : "query", " HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-",
                                             write ? "update" : "query", "\r\nContent-Length: ", text.size(), "\r\n\r\n", text));
        if (answer.status != (write ? 204 : 200) || !answer.complete) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(store_->GetSnapshot()->size(), 300u + 60u);
}

}  // namespace
}  // namespace dossier::server
