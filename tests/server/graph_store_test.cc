// Graph Store Protocol over the wire.
#include "graph/base/strings.h"
#include "tests/server/support/fixture.h"

namespace dossier::server {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kTurtle = "Content-Type: text/turtle\r\n";
constexpr std::string_view kNTriplesWanted = "Accept: application/n-triples\r\n";

class GraphStoreTest : public ServerTest {
 protected:
  std::string Get(std::string_view target) { return Do("GET", target, kNTriplesWanted).body; }
};

TEST_F(GraphStoreTest, PutGetPostDeleteOfANamedGraph) {
  const std::string graph = "/store?graph=urn:x:g";
  EXPECT_EQ(Do("GET", graph).status, 404);
  EXPECT_EQ(Do("HEAD", graph).status, 404);
  EXPECT_EQ(Do("DELETE", graph).status, 404);
  const Answer created = Do("PUT", graph, kTurtle, "<urn:x:a> <urn:x:p> 1, 2 .");
  EXPECT_EQ(created.status, 201);
  EXPECT_EQ(created.Field("location"), "urn:x:g");
  EXPECT_EQ(Do("HEAD", graph).status, 200);
  EXPECT_EQ(Do("PUT", graph, kTurtle, "<urn:x:a> <urn:x:p> 3 .").status, 204);
  EXPECT_EQ(Get(graph), "<urn:x:a> <urn:x:p> \"3\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n");
  EXPECT_EQ(Do("POST", graph, kTurtle, "<urn:x:a> <urn:x:p> 4 .").status, 204);
  EXPECT_THAT(Get(graph), AllOf(HasSubstr("\"3\""), HasSubstr("\"4\"")));
  EXPECT_FALSE(Ask("ASK { ?s ?p ?o }")) << "the default graph is another one";
  EXPECT_EQ(Do("DELETE", graph).status, 204);
  EXPECT_EQ(Do("GET", graph).status, 404);
}

TEST_F(GraphStoreTest, DefaultGraphIsAlwaysThere) {
  EXPECT_EQ(Do("GET", "/store?default").status, 200);
  EXPECT_EQ(Do("PUT", "/store?default", kTurtle, "<urn:x:a> <urn:x:p> 1 .").status, 204);
  EXPECT_TRUE(Ask("ASK { <urn:x:a> <urn:x:p> 1 }"));
  EXPECT_EQ(Do("DELETE", "/store?default").status, 204);
  EXPECT_EQ(store_->GetSnapshot()->size(), 0u);
}

TEST_F(GraphStoreTest, TheRequestsOwnIriNamesAGraph) {
  EXPECT_EQ(Do("PUT", "/store/people/1", kTurtle, "<> <urn:x:p> <2> .").status, 201);
  EXPECT_EQ(Get("/store/people/1"), "<http://localhost/store/people/1> <urn:x:p> <http://localhost/store/people/2> .\n");
  EXPECT_EQ(Get("/store?graph=http%3A%2F%2Flocalhost%2Fstore%2Fpeople%2F1"), Get("/store/people/1"));
  const Answer first = Do("POST", "/store/", kTurtle, "[] <urn:x:p> 1 ."), second = Do("POST", "/store/", kTurtle, "[] <urn:x:p> 1 .");
  EXPECT_EQ(first.status, 201);
  EXPECT_NE(first.Field("location"), second.Field("location"));
  EXPECT_THAT(Get(first.Field("location").substr(std::string("http://localhost").size())), HasSubstr("<urn:x:p>"));
}

TEST_F(GraphStoreTest, DatasetsWithoutParameters) {
  EXPECT_EQ(Do("POST", "/store", "Content-Type: application/trig\r\n", "<urn:x:a> <urn:x:p> 1 . <urn:x:g> { <urn:x:b> <urn:x:p> 2 }").status, 204);
  EXPECT_EQ(Do("POST", "/store", "Content-Type: application/n-quads\r\n", "<urn:x:c> <urn:x:p> \"x\" <urn:x:h> .\n").status, 204);
  const std::string all = Do("GET", "/store", "Accept: application/n-quads\r\n").body;
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 3) << all;
  EXPECT_THAT(all, HasSubstr("<urn:x:c> <urn:x:p> \"x\" <urn:x:h> .\n"));
  EXPECT_THAT(Do("GET", "/store", "Accept: application/trig\r\n").body, HasSubstr("<urn:x:g> {"));
  EXPECT_EQ(Do("PUT", "/store", "Content-Type: application/n-quads\r\n", "<urn:x:d> <urn:x:p> \"y\" .\n").status, 204);
  EXPECT_EQ(Do("GET", "/store", "Accept: application/n-quads\r\n").body, "<urn:x:d> <urn:x:p> \"y\" .\n") << "PUT replaces everything";
  EXPECT_EQ(Do("PUT", "/store?graph=urn:x:g", "Content-Type: application/n-quads\r\n", "<urn:x:d> <urn:x:p> \"y\" <urn:x:h> .\n").status, 400);
}

TEST_F(GraphStoreTest, RdfXmlAndJsonLd) {
  EXPECT_EQ(Do("PUT", "/store?graph=urn:x:g", "Content-Type: application/rdf+xml\r\n",
               "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:x=\"urn:x:\"><rdf:Description rdf:about=\"\">"
               "<x:p>1</x:p></rdf:Description></rdf:RDF>").status, 201);
  EXPECT_EQ(Get("/store?graph=urn:x:g"), "<urn:x:g> <urn:x:p> \"1\" .\n");
  EXPECT_EQ(Do("PUT", "/store?graph=urn:x:h", "Content-Type: application/ld+json\r\n", "{\"@id\": \"urn:x:a\", \"urn:x:p\": \"2\"}").status, 201);
  EXPECT_EQ(Get("/store?graph=urn:x:h"), "<urn:x:a> <urn:x:p> \"2\" .\n");
  EXPECT_THAT(Do("GET", "/store?graph=urn:x:h", "Accept: application/ld+json\r\n").body, HasSubstr("urn:x:a"));
}

TEST_F(GraphStoreTest, BlankNodesOfTwoRequestsAreTwo) {
  for (int i = 0; i < 2; ++i) ASSERT_EQ(Do("POST", "/store?default", kTurtle, "_:b <urn:x:p> 1 .").status, 204);
  EXPECT_EQ(store_->GetSnapshot()->size(), 2u);
}

TEST_F(GraphStoreTest, PartsOfAForm) {
  const std::string body =
      "--sep\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.nt\"\r\n\r\n<urn:x:a> <urn:x:p> \"1\" .\r\n--sep\r\n"
      "Content-Type: text/turtle\r\n\r\n<urn:x:b> <urn:x:p> 2 .\r\n--sep--\r\n";
  EXPECT_EQ(Do("POST", "/store?graph=urn:x:g", "Content-Type: multipart/form-data; boundary=sep\r\n", body).status, 201);
  EXPECT_EQ(store_->GetSnapshot()->size(), 2u);
}

TEST_F(GraphStoreTest, WhatIsWrongChangesNothing) {
  ASSERT_EQ(Do("PUT", "/store?graph=urn:x:g", kTurtle, "<urn:x:a> <urn:x:p> 1 .").status, 201);
  const struct {
    const char *method, *target, *type, *body;
    int status;
  } cases[] = {
      {"PUT", "/store?graph=urn:x:g", "text/turtle", "<urn:x:b> <urn:x:p> 1 . <urn:x:c> .", 400},
      {"POST", "/store?graph=urn:x:g", "text/turtle", "<urn:x:b> <urn:x:p> 1 . \"", 400},
      {"PUT", "/store?graph=urn:x:g", "text/csv", "a,b", 415},
      {"PUT", "/store?graph=urn:x:g", "text/turtle; charset=latin1", "<urn:x:b> <urn:x:p> 1 .", 415},
      {"PUT", "/store?graph=g", "text/turtle", "", 400},
      {"PUT", "/store?graph=urn:x:g&default", "text/turtle", "", 400},
      {"PUT", "/store?graph=urn:x:g&graph=urn:x:h", "text/turtle", "", 400},
      {"PUT", "/store?graph=urn:x:%3Cg%3E", "text/turtle", "", 400},
      {"POST", "/store?graph=urn:x:g", "multipart/form-data; boundary=x", "--y\r\n\r\n\r\n--y--", 400},
      {"DELETE", "/store?graph=urn:x:h", "text/turtle", "", 404},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(Do(c.method, c.target, Cat("Content-Type: ", c.type, "\r\n"), c.body).status, c.status) << c.method << " " << c.target << " " << c.body;
    EXPECT_EQ(store_->GetSnapshot()->size(), 1u);
  }
  const Answer error = Do("PUT", "/store?graph=urn:x:g", kTurtle, "<urn:x:b> <urn:x:p>\n  1 . <urn:x:c> .");
  EXPECT_THAT(error.body, AllOf(HasSubstr("body:2:"), HasSubstr("^")));
  EXPECT_EQ(Do("GET", "/store?default", "Accept: text/csv\r\n").status, 406);
}

TEST_F(GraphStoreTest, MemoryOfAChangeIsBounded) {
  options_.query_memory = 1 << 20;
  Start();
  std::string body;
  for (int i = 0; i < 10'000; ++i) Append(body, "<urn:x:s", i, "> <urn:x:p> <urn:x:o", i, "> .\n");
  EXPECT_EQ(Do("POST", "/store?default", "Content-Type: application/n-triples\r\n", body).status, 503);
  EXPECT_EQ(store_->GetSnapshot()->size(), 0u);
}

TEST_F(GraphStoreTest, LargeGraphsStream) {
  std::string body;
  for (int i = 0; i < 5'000; ++i) Append(body, "<urn:x:s", i, "> <urn:x:p> <urn:x:o", i, "> .\n");
  ASSERT_EQ(Do("POST", "/store?graph=urn:x:g", "Content-Type: application/n-triples\r\n", body).status, 201);
  const Answer answer = Do("GET", "/store?graph=urn:x:g", kNTriplesWanted);
  EXPECT_EQ(answer.Field("transfer-encoding"), "chunked");
  EXPECT_TRUE(answer.complete);
  EXPECT_EQ(answer.body.size(), body.size());
}

}  // namespace
}  // namespace dossier::server
