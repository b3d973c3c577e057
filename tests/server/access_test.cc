// Who may do what: every way to change data in every mode, tokens, origins, host names.
#include "graph/base/strings.h"
#include "tests/server/support/fixture.h"

namespace dossier::server {
namespace {

using ::testing::HasSubstr;

struct Write {
  const char *method, *target, *type, *body;
};
constexpr Write kWrites[] = {
    {"POST", "/update", "application/sparql-update", "INSERT DATA { <urn:x:a> <urn:x:p> 1 }"},
    {"POST", "/update", "application/x-www-form-urlencoded", "update=INSERT+DATA+%7B+%3Curn:x:a%3E+%3Curn:x:p%3E+1+%7D"},
    {"POST", "/sparql", "application/sparql-update", "INSERT DATA { <urn:x:a> <urn:x:p> 1 }"},
    {"POST", "/sparql", "application/x-www-form-urlencoded", "update=INSERT+DATA+%7B+%3Curn:x:a%3E+%3Curn:x:p%3E+1+%7D"},
    {"POST", "/sparql", "application/x-www-form-urlencoded", "a=b&%75pdate=INSERT+DATA+%7B+%3Curn:x:a%3E+%3Curn:x:p%3E+1+%7D"},
    {"POST", "/sparql?update=INSERT+DATA+%7B+%3Curn:x:a%3E+%3Curn:x:p%3E+1+%7D", "application/x-www-form-urlencoded", ""},
    {"POST", "/", "application/sparql-update", "INSERT DATA { <urn:x:a> <urn:x:p> 1 }"},
    {"POST", "/", "application/x-www-form-urlencoded", "update=INSERT+DATA+%7B+%3Curn:x:a%3E+%3Curn:x:p%3E+1+%7D"},
    {"PUT", "/store?default", "text/turtle", "<urn:x:a> <urn:x:p> 1 ."},
    {"POST", "/store?default", "text/turtle", "<urn:x:a> <urn:x:p> 1 ."},
    {"PUT", "/store?graph=urn:x:g", "text/turtle", "<urn:x:a> <urn:x:p> 1 ."},
    {"POST", "/store?graph=urn:x:g", "text/turtle", "<urn:x:a> <urn:x:p> 1 ."},
    {"POST", "/store", "application/trig", "<urn:x:a> <urn:x:p> 1 ."},
    {"PUT", "/store", "application/n-quads", "<urn:x:a> <urn:x:p> \"1\" .\n"},
    {"PUT", "/store/x", "text/turtle", "<urn:x:a> <urn:x:p> 1 ."},
    {"POST", "/store/", "text/turtle", "<urn:x:a> <urn:x:p> 1 ."},
    {"DELETE", "/store?graph=urn:x:there", "text/turtle", ""},
    {"DELETE", "/store?default", "text/turtle", ""},
};
constexpr std::string_view kToken = "0123456789abcdef0123456789abcdef";

class AccessTest : public ServerTest {
 protected:
  // One quad that deletions would take away.
  void Reset() {
    auto transaction = store_->Begin();
    const graph::Term a = graph::Term::Iri("urn:x:there");
    auto snapshot = store_->GetSnapshot();
    graph::IdPattern all;
    all.graphs = graph::IdPattern::Graphs::kAny;
    auto cursor = snapshot->Scan(all, graph::Order::kSpo);
    ASSERT_TRUE(cursor.ok());
    for (graph::IdBatch batch; (*cursor)->Next(batch).ok() && batch.size > 0;) {
      for (size_t i = 0; i < batch.size; ++i) {
        ASSERT_TRUE(transaction->Remove(graph::IdQuad{batch.subject[i], batch.predicate[i], batch.object[i], batch.graph[i]}).ok());
      }
    }
    ASSERT_TRUE(transaction->Insert(graph::Quad(a, a, a, a)).ok());
    ASSERT_TRUE(transaction->Insert(graph::Quad(a, a, a)).ok());
    ASSERT_TRUE(transaction->Commit().ok());
  }
  std::string State() { return Do("GET", "/store", "Accept: application/n-quads\r\n").body; }

  // Tries every way to write; whether each has the status and changes something.
  void ExpectWrites(std::string_view fields, int status) {
    for (const Write& write : kWrites) {
      Reset();
      const std::string before = State();
      const Answer answer = Do(write.method, write.target, Cat("Content-Type: ", write.type, "\r\n", fields), write.body);
      const std::string what = Cat(write.method, " ", write.target, " ", write.type);
      if (status == 200) {
        EXPECT_EQ(answer.status / 100, 2) << what << ": " << answer.body;
        EXPECT_NE(State(), before) << what;
      } else {
        EXPECT_EQ(answer.status, status) << what;
        EXPECT_EQ(State(), before) << what;
      }
    }
  }
};

TEST_F(AccessTest, UpdatesAreOff) {
  options_.update_access = UpdateAccess::kOff;
  Start();
  ExpectWrites("", 403);
  ExpectWrites(Cat("Authorization: Bearer ", kToken, "\r\n"), 403);
  EXPECT_EQ(Query("ASK {}").status, 200);
}

TEST_F(AccessTest, UpdatesAreOpen) {
  ExpectWrites("", 200);
  ExpectWrites("Origin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n", 200);
  // Pages elsewhere must not use a visitor's browser to reach this machine.
  ExpectWrites("Origin: https://evil.example\r\n", 403);
  ExpectWrites("Origin: null\r\n", 403);
  ExpectWrites("Sec-Fetch-Site: cross-site\r\n", 403);
}

TEST_F(AccessTest, UpdatesWantTheToken) {
  options_.update_access = UpdateAccess::kToken;
  options_.update_token = std::string(kToken);
  Start();
  ExpectWrites("", 401);
  ExpectWrites("Authorization: Bearer\r\n", 401);
  ExpectWrites("Authorization: Bearer 0123456789abcdef0123456789abcdee\r\n", 401);
  ExpectWrites(Cat("Authorization: Bearer ", kToken, "0\r\n"), 401);
  ExpectWrites(Cat("Authorization: Bearer ", kToken.substr(1), "\r\n"), 401);
  ExpectWrites(Cat("Authorization: Basic ", kToken, "\r\n"), 401);
  ExpectWrites(Cat("Authorization: Bearer ", kToken, "\r\nAuthorization: Bearer ", kToken, "\r\n"), 401);
  ExpectWrites(Cat("Authorization: bearer ", kToken, "\r\n"), 200);
  ExpectWrites(Cat("Authorization: Bearer ", kToken, "\r\nOrigin: https://evil.example\r\n"), 403);
  EXPECT_EQ(Query("ASK {}").status, 200) << "reading needs no token";
  EXPECT_THAT(Do("DELETE", "/store?default").Field("www-authenticate"), HasSubstr("Bearer"));
}

TEST_F(AccessTest, ReadingsNeverWrite) {
  Reset();
  const std::string before = State();
  for (const char* target : {"/query?query=DROP%20ALL", "/sparql?update=DROP%20ALL", "/?update=DROP%20ALL", "/update?update=DROP%20ALL"}) {
    EXPECT_GE(Do("GET", target).status, 400) << target;
  }
  EXPECT_EQ(Do("POST", "/query", "Content-Type: application/sparql-query\r\n", "DROP ALL").status, 400);
  EXPECT_EQ(State(), before);
}

TEST_F(AccessTest, AnotherSitesNameOnLoopbackIsRebinding) {
  Client client(server_->port());
  const Answer answer = client.Ask(
      "POST /update HTTP/1.1\r\nHost: evil.example:7878\r\nOrigin: http://evil.example:7878\r\nContent-Type: application/sparql-update\r\n"
      "Content-Length: 8\r\n\r\nDROP ALL");
  EXPECT_EQ(answer.status, 403);
}

TEST_F(AccessTest, HostNames) {
  options_.hosts = {"Data.example"};
  Start();
  Client client(server_->port());
  EXPECT_EQ(client.Ask("GET /health HTTP/1.1\r\nHost: data.example:80\r\n\r\n").status, 200);
  EXPECT_EQ(client.Ask("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 421);
}

TEST_F(AccessTest, CorsIsOffByDefault) {
  EXPECT_EQ(Do("GET", "/query?query=ASK%7B%7D", "Origin: https://a.example\r\n").Field("access-control-allow-origin"), "");
  const Answer preflight = Do("OPTIONS", "/query", "Origin: https://a.example\r\nAccess-Control-Request-Method: POST\r\n");
  EXPECT_EQ(preflight.status, 204);
  EXPECT_EQ(preflight.Field("access-control-allow-origin"), "");
  EXPECT_THAT(preflight.Field("allow"), HasSubstr("POST"));
}

TEST_F(AccessTest, CorsForOneOrigin) {
  options_.cors_origins = {"https://a.example"};
  Start();
  const Answer answer = Do("GET", "/query?query=ASK%7B%7D", "Origin: https://a.example\r\n");
  EXPECT_EQ(answer.Field("access-control-allow-origin"), "https://a.example");
  EXPECT_EQ(Do("GET", "/query?query=ASK%7B%7D", "Origin: https://b.example\r\n").Field("access-control-allow-origin"), "");
  EXPECT_THAT(Do("OPTIONS", "/store?default", "Origin: https://a.example\r\n").Field("access-control-allow-methods"), HasSubstr("PUT"));
  EXPECT_EQ(Do("DELETE", "/store?default", "Origin: https://a.example\r\n").status, 204);
  EXPECT_EQ(Do("DELETE", "/store?default", "Origin: https://b.example\r\n").status, 403);
}

}  // namespace
}  // namespace dossier::server
