// SPARQL 1.1 Protocol over the wire: forms of requests, formats, datasets, errors.
#include <fstream>

#include "graph/base/strings.h"
#include "server/http/gzip.h"
#include "tests/server/support/fixture.h"

namespace dossier::server {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

using ProtocolTest = ServerTest;
constexpr std::string_view kForm = "Content-Type: application/x-www-form-urlencoded\r\n";

TEST_F(ProtocolTest, WaysToSendAQuery) {
  for (const char* path : {"/query", "/sparql", "/"}) {
    EXPECT_THAT(Do("GET", Cat(path, "?query=ASK%20%7B%7D")).body, HasSubstr("true")) << path;
    EXPECT_THAT(Do("POST", path, kForm, "query=ASK+%7B%7D").body, HasSubstr("true")) << path;
    EXPECT_THAT(Do("POST", path, "Content-Type: application/sparql-query; charset=UTF-8\r\n", "ASK {}").body, HasSubstr("true")) << path;
  }
}

TEST_F(ProtocolTest, WaysToSendAnUpdate) {
  int n = 0;
  for (const char* path : {"/update", "/sparql", "/"}) {
    EXPECT_EQ(Do("POST", path, "Content-Type: application/sparql-update\r\n", Cat("INSERT DATA { <urn:x:a> <urn:x:n> ", ++n, " }")).status, 204);
    EXPECT_EQ(Do("POST", path, kForm, Cat("update=INSERT+DATA+%7B+%3Curn:x:a%3E+%3Curn:x:n%3E+", ++n, "+%7D")).status, 204);
  }
  EXPECT_THAT(Query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv").body, HasSubstr(Cat("\n", n)));
}

TEST_F(ProtocolTest, WhatIsNoRequestIsRefused) {
  const struct {
    const char *method, *target, *fields, *body;
    int status;
  } cases[] = {
      {"GET", "/query?query=ASK%20%7B", "", "", 400},
      {"GET", "/query?query=ASK%7B%7D&query=ASK%7B%7D", "", "", 400},
      {"GET", "/query?update=CLEAR%20ALL", "", "", 400},
      {"GET", "/query?query=%zz", "", "", 400},
      {"GET", "/query?query=ASK%7B%7D&default-graph-uri=relative", "", "", 400},
      {"GET", "/update?update=CLEAR%20ALL", "", "", 405},
      {"PUT", "/query?query=ASK%7B%7D", "", "", 405},
      {"DELETE", "/update", "", "", 405},
      {"PATCH", "/store?default", "", "x", 405},
      {"BREW", "/query", "", "", 405},
      {"GET", "/nothing", "", "", 404},
      {"POST", "/query", "", "ASK {}", 415},
      {"POST", "/query", "Content-Type: text/plain\r\n", "ASK {}", 415},
      {"POST", "/query", "Content-Type: application/sparql-query; charset=UTF-16\r\n", "ASK {}", 415},
      {"POST", "/query", "Content-Type: application/sparql-query\r\n", "ASK { ?s ?p \"\xff\" }", 400},
      {"POST", "/query", "Content-Type: application/sparql-query\r\nContent-Encoding: br\r\n", "ASK {}", 415},
      {"POST", "/query?query=ASK%7B%7D", "Content-Type: application/sparql-query\r\n", "ASK {}", 400},
      {"POST", "/query", "Content-Type: application/sparql-update\r\n", "CLEAR ALL", 400},
      {"POST", "/query", "Content-Type: application/x-www-form-urlencoded\r\n", "update=CLEAR+ALL", 400},
      {"POST", "/query", "Content-Type: application/x-www-form-urlencoded\r\n", "", 400},
      {"POST", "/update", "Content-Type: application/sparql-query\r\n", "ASK {}", 400},
      {"POST", "/update", "Content-Type: application/x-www-form-urlencoded\r\n", "update=CLEAR+ALL&update=CLEAR+ALL", 400},
      {"POST", "/update", "Content-Type: application/x-www-form-urlencoded\r\n", "update=CLEAR+XYZ", 400},
      {"POST", "/update?using-graph-uri=urn:x:g", "Content-Type: application/sparql-update\r\n",
       "DELETE { ?s ?p ?o } USING <urn:x:h> WHERE { ?s ?p ?o }", 400},
  };
  for (const auto& c : cases) EXPECT_EQ(Do(c.method, c.target, c.fields, c.body).status, c.status) << c.method << " " << c.target << " " << c.body;
}

TEST_F(ProtocolTest, SyntaxErrorsShowThePlace) {
  const Answer answer = Query("SELECT ?x {\n  ?x ?y\n}");
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.Field("content-type"), StartsWith("text/plain"));
  EXPECT_THAT(answer.body, AllOf(HasSubstr("query:3:1: error:"), HasSubstr("^")));
}

TEST_F(ProtocolTest, FormatsAreNegotiated) {
  const struct {
    const char *query, *accept, *type;
  } cases[] = {
      {"SELECT ?s {}", "", "application/sparql-results+json"},
      {"SELECT ?s {}", "application/sparql-results+xml", "application/sparql-results+xml"},
      {"SELECT ?s {}", "application/json", "application/json"},
      {"SELECT ?s {}", "text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values; charset=utf-8"},
      {"ASK {}", "text/csv", "text/csv; charset=utf-8"},
      {"ASK {}", "text/turtle, application/sparql-results+xml;q=0.1", "application/sparql-results+xml"},
      {"CONSTRUCT WHERE { ?s ?p ?o }", "*/*", "text/turtle; charset=utf-8"},
      {"CONSTRUCT WHERE { ?s ?p ?o }", "application/n-quads", "application/n-quads"},
      {"DESCRIBE <urn:x:a>", "application/trig, application/n-triples;q=0.9", "application/trig"},
      {"DESCRIBE <urn:x:a>", "application/rdf+xml", "application/rdf+xml"},
      {"DESCRIBE <urn:x:a>", "application/ld+json", "application/ld+json"},
  };
  for (const auto& c : cases) {
    const Answer answer = Query(c.query, c.accept);
    EXPECT_EQ(answer.status, 200) << c.query << " " << c.accept;
    EXPECT_EQ(answer.Field("content-type"), c.type) << c.query << " " << c.accept;
  }
  EXPECT_EQ(Query("SELECT ?s {}", "text/turtle").status, 406);
  EXPECT_EQ(Query("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv").status, 406);
  EXPECT_EQ(Query("SELECT ?s {", "text/turtle").status, 400) << "what is wrong comes before what is unacceptable";
}

TEST_F(ProtocolTest, DatasetOfTheProtocol) {
  ASSERT_EQ(Update("INSERT DATA { GRAPH <urn:x:g1> { <urn:x:a> <urn:x:p> 1 } GRAPH <urn:x:g2> { <urn:x:b> <urn:x:p> 2 } }").status, 204);
  const auto ask = [&](std::string_view graphs, std::string_view query) {
    return Do("POST", Cat("/query?", graphs), "Content-Type: application/sparql-query\r\n", query).body.find("true") != std::string::npos;
  };
  EXPECT_FALSE(ask("", "ASK { <urn:x:a> ?p ?o }"));
  EXPECT_TRUE(ask("default-graph-uri=urn:x:g1", "ASK { <urn:x:a> ?p ?o }"));
  EXPECT_FALSE(ask("default-graph-uri=urn:x:g1", "ASK { <urn:x:b> ?p ?o }"));
  EXPECT_TRUE(ask("default-graph-uri=urn:x:g1&default-graph-uri=urn:x:g2", "ASK { <urn:x:a> ?p ?o . <urn:x:b> ?q ?r }"));
  EXPECT_TRUE(ask("named-graph-uri=urn:x:g2", "ASK { GRAPH ?g { <urn:x:b> ?p ?o } }"));
  EXPECT_FALSE(ask("named-graph-uri=urn:x:g2", "ASK { GRAPH ?g { <urn:x:a> ?p ?o } }"));
  EXPECT_FALSE(ask("default-graph-uri=urn:x:g2", "ASK FROM <urn:x:g1> { <urn:x:a> ?p ?o }")) << "the protocol's dataset counts";
  // In a form, too.
  EXPECT_THAT(Do("POST", "/query", kForm, "query=ASK%20%7B%3Curn:x:a%3E%20%3Fp%20%3Fo%7D&default-graph-uri=urn:x:g1").body, HasSubstr("true"));
}

TEST_F(ProtocolTest, RelativeIrisAreOfTheEndpoint) {
  ASSERT_EQ(Update("INSERT DATA { <urn:x:a> <urn:x:p> <test> }").status, 204);
  EXPECT_TRUE(Ask("ASK { <urn:x:a> <urn:x:p> <http://localhost/test> }"));
}

TEST_F(ProtocolTest, HeadHasNoBody) {
  Client client(server_->port());
  client.Send(Message("HEAD", "/query?query=ASK%7B%7D"));
  const Answer head = client.Read(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.Field("content-type"), "application/sparql-results+json");
  EXPECT_EQ(client.Ask(Message("GET", "/health")).body, "ok\n") << "nothing of a body lies in between";
}

TEST_F(ProtocolTest, LongAnswersAreChunkedShortOnesAreNot) {
  AddTriples(300);
  const Answer small = Query("SELECT * { ?s ?p ?o } LIMIT 5", "text/csv");
  EXPECT_NE(small.Field("content-length"), "");
  const Answer large = Query("SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f }", "text/csv");
  EXPECT_EQ(large.Field("transfer-encoding"), "chunked");
  EXPECT_TRUE(large.complete);
  EXPECT_EQ(std::count(large.body.begin(), large.body.end(), '\n'), 300 * 300 + 1);
}

TEST_F(ProtocolTest, GzipOnRequest) {
  AddTriples(300);
  const std::string query = "query=SELECT%20%3Fa%20%3Fd%20%7B%3Fa%20%3Fb%20%3Fc%20.%20%3Fd%20%3Fe%20%3Ff%7D";
  const Answer plain = Do("GET", "/query?" + query, "Accept: text/csv\r\n");
  const Answer packed = Do("GET", "/query?" + query, "Accept: text/csv\r\nAccept-Encoding: gzip\r\n");
  EXPECT_EQ(plain.Field("content-encoding"), "");
  EXPECT_EQ(packed.Field("content-encoding"), "gzip");
  EXPECT_THAT(packed.Field("vary"), HasSubstr("Accept-Encoding"));
  EXPECT_TRUE(packed.complete);
  EXPECT_TRUE(packed.body.starts_with("\x1f\x8b"));
  EXPECT_LT(packed.body.size(), plain.body.size() / 4);
  EXPECT_EQ(Do("GET", "/health", "Accept-Encoding: gzip\r\n").Field("content-encoding"), "") << "not worth it";
}

TEST_F(ProtocolTest, PackedBodies) {
  options_.max_body_bytes = 64 << 10;
  Start();
  const auto pack = [](std::string_view text) {
    GzipEncoder gzip;
    std::string out;
    gzip.Add(text, out);
    gzip.Finish(out);
    return out;
  };
  const std::string query = "Content-Type: application/sparql-query\r\nContent-Encoding: gzip\r\n";
  EXPECT_THAT(Do("POST", "/query", query, pack("ASK {}")).body, HasSubstr("true"));
  EXPECT_THAT(Do("POST", "/query", Cat(kForm, "Content-Encoding: x-gzip\r\n"), pack("query=ASK+%7B%7D")).body, HasSubstr("true"));
  const std::string turtle = "Content-Type: text/turtle\r\nContent-Encoding: GZIP\r\n";
  EXPECT_EQ(Do("PUT", "/store?default", turtle, pack("<urn:x:packed> a <urn:x:b> .")).status, 204);
  EXPECT_TRUE(Ask("ASK { <urn:x:packed> a <urn:x:b> }"));
  const std::string whole = pack("ASK {}");
  EXPECT_EQ(Do("POST", "/query", query, whole.substr(0, whole.size() - 9)).status, 400) << "cut off";
  EXPECT_EQ(Do("POST", "/query", query, "ASK {}").status, 400) << "not packed";
  EXPECT_EQ(Do("POST", "/query", query, "").status, 400);
  EXPECT_EQ(Do("POST", "/query", query, pack(Cat("ASK {} #", std::string(70 << 10, 'x')))).status, 413) << "a bomb";
  EXPECT_EQ(Do("POST", "/query", query, pack("ASK { ?s ?p \"\xff\" }")).status, 400) << "not UTF-8 inside";
  const Answer refused = Do("POST", "/query", "Content-Type: application/sparql-query\r\nContent-Encoding: br\r\n", "ASK {}");
  EXPECT_EQ(refused.status, 415);
  EXPECT_EQ(refused.Field("accept-encoding"), "gzip");
}

TEST_F(ProtocolTest, AccessLog) {
  options_.access_log = (directory_ / "access.log").string();
  Start();
  const auto lines = [&] {
    std::ifstream in(options_.access_log);
    std::vector<std::string> out;
    for (std::string line; std::getline(in, line);) out.push_back(line);
    return out;
  };
  Do("GET", "/query?query=ASK%7B%7D&x=%22");
  EXPECT_TRUE(Eventually([&] { return lines().size() == 1; })) << "written when the answer is out";
  Do("GET", "/nothing\"here");
  Client(server_->port()).Ask("no request at all\r\n\r\n");
  ASSERT_TRUE(Eventually([&] { return lines().size() == 3; }));
  const std::vector<std::string> all = lines();
  EXPECT_THAT(all[0], ::testing::MatchesRegex(
                          "127.0.0.1 - - \\[../.../....:..:..:.. .0000\\] \"GET /query.query=ASK%7B%7D&x=%22 HTTP/1.1\" 200 [0-9]+ [0-9]+.[0-9]+"));
  EXPECT_THAT(all[2], HasSubstr("] \"-\" 400 "));
  std::filesystem::rename(options_.access_log, options_.access_log + ".1");
  Do("GET", "/health");
  EXPECT_TRUE(Eventually([&] { return lines().size() == 1; })) << "a log that was moved away begins anew";
}

TEST_F(ProtocolTest, AnAccessLogThatCannotBeWrittenIsAnError) {
  options_.access_log = "/proc/nowhere/access.log";
  server_.reset();
  EXPECT_FALSE(Server::Start(*store_, options_).ok());
}

TEST_F(ProtocolTest, ServiceDescriptionAndPage) {
  for (const char* type : {"text/turtle", "application/n-triples", "application/rdf+xml", "application/trig", "application/n-quads"}) {
    const Answer answer = Do("GET", "/query", Cat("Accept: ", type, "\r\n"));
    EXPECT_EQ(answer.status, 200) << type;
    EXPECT_THAT(answer.Field("content-type"), StartsWith(type));
    EXPECT_THAT(answer.body, HasSubstr("http://localhost/query")) << type;
  }
  const Answer page = Do("GET", "/", "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n");
  EXPECT_THAT(page.Field("content-type"), StartsWith("text/html"));
  EXPECT_THAT(page.body, AllOf(HasSubstr("<form"), Not(HasSubstr("https://")), Not(HasSubstr("src="))));
  EXPECT_THAT(Do("GET", "/", "Accept: text/turtle\r\n").body, HasSubstr("sd:Service"));
}

TEST_F(ProtocolTest, MetricsCount) {
  Query("ASK {}");
  Query("ASK {");
  // Counted when the answer is out, so perhaps after it has arrived.
  const auto counted = [&](std::string_view line) {
    return Eventually([&] { return Do("GET", "/metrics").body.find(line) != std::string::npos; });
  };
  EXPECT_TRUE(counted("dossier_requests_total{endpoint=\"query\",status=\"2xx\"} 1\n"));
  EXPECT_TRUE(counted("dossier_requests_total{endpoint=\"query\",status=\"4xx\"} 1\n"));
  EXPECT_TRUE(counted("dossier_request_seconds_count{endpoint=\"query\"} 2\n"));
}

TEST_F(ProtocolTest, PrefixesOfTheProjectAreKnownUnlessSwitchedOff) {
  EXPECT_EQ(Query("ASK { ?s rel:dismiss ?o }").status, 200);
  options_.default_prefixes = false;
  Start();
  EXPECT_EQ(Query("ASK { ?s rel:dismiss ?o }").status, 400);
}

}  // namespace
}  // namespace dossier::server
