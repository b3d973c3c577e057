// What text files cannot say about updates: atomicity, limits, options, LOAD.
#include "query/update/update.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "graph/io/rdf.h"
#include "tests/query/support/result_set.h"
#include "tests/query/support/temp_store.h"

namespace dossier::query {
namespace {

using graph::Quad;
using graph::Term;

constexpr std::string_view kPrefix = "PREFIX : <http://example/>\n";

std::vector<std::string> Lines(const std::vector<Quad>& quads) {
  std::vector<std::string> out;
  for (const Quad& quad : quads) graph::AppendNQuad(quad, out.emplace_back());
  std::sort(out.begin(), out.end());
  return out;
}

class UpdateTest : public testing::Test {
 protected:
  absl::StatusOr<UpdateResult> Run(std::string_view text, UpdateOptions options = {}) {
    return RunUpdate(temp_.store(), Cat(kPrefix, text), options);
  }
  void MustRun(std::string_view text, const UpdateOptions& options = {}) {
    const auto done = Run(text, options);
    ASSERT_TRUE(done.ok()) << done.status() << "\n" << text;
  }
  std::vector<std::string> Quads() const { return Lines(temp_.Quads()); }
  TempStore temp_;
};

TEST_F(UpdateTest, CountsWhatCameAndWent) {
  const auto inserted = Run("INSERT DATA { :a :p :b, :c . GRAPH :g { :a :p :b } }");
  ASSERT_TRUE(inserted.ok()) << inserted.status();
  EXPECT_EQ(inserted->inserted, 3u);
  EXPECT_EQ(inserted->removed, 0u);
  const auto changed = Run("DELETE DATA { :a :p :b, :nothing } ; INSERT DATA { :a :p :c, :d }");
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(changed->inserted, 1u);
  EXPECT_EQ(changed->removed, 1u);
}

TEST_F(UpdateTest, AnErrorInALaterOperationUndoesAll) {
  MustRun("INSERT DATA { :a :p :b }");
  const std::vector<std::string> before = Quads();
  const auto failed = Run("INSERT DATA { :x :p :y } ; DELETE WHERE { :a ?p ?o } ; COPY :absent TO :g");
  ASSERT_EQ(failed.status().code(), absl::StatusCode::kNotFound) << failed.status();
  EXPECT_NE(MessageOf(failed.status()).find("operation 3, COPY"), std::string::npos) << failed.status();
  EXPECT_EQ(Quads(), before);
}

TEST_F(UpdateTest, LaterOperationsSeeEarlierOnes) {
  MustRun("INSERT DATA { :a :p 1 } ; INSERT { ?s :q ?n } WHERE { ?s :p ?o BIND(?o + 1 AS ?n) } ;"
          "DELETE { ?s :p ?o } INSERT { :count :is ?n } WHERE { ?s :p ?o { SELECT (COUNT(*) AS ?n) { ?x ?y ?z } } }");
  const std::vector<std::string> expected = {
      "<http://example/a> <http://example/q> \"2\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n",
      "<http://example/count> <http://example/is> \"2\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n"};
  EXPECT_EQ(Quads(), expected);
}

// Triple terms made of new terms are found by the operation behind.
TEST_F(UpdateTest, LaterOperationsSeeNewTripleTerms) {
  MustRun("INSERT DATA { :a :p :b ~ :r {| :since \"the long year 2020\" |} } ;"
          "INSERT { ?x :found ?w } WHERE { ?x ?y ?z ~ ?r {| :since ?w |} } ; DELETE WHERE { ?x ?y ?z ~ ?r {| :since ?w |} }");
  const std::vector<std::string> expected = {"<http://example/a> <http://example/found> \"the long year 2020\" .\n"};
  EXPECT_EQ(Quads(), expected);
}

TEST_F(UpdateTest, AnotherReaderSeesNothingBeforeTheCommit) {
  MustRun("INSERT DATA { :a :p :b }");
  const auto before = temp_.store().GetSnapshot();
  MustRun("DELETE WHERE { ?s ?p ?o } ; INSERT DATA { :c :p :d }");
  EXPECT_EQ(before->size(), 1u);
  EXPECT_EQ(Lines(TempStore::QuadsOf(*before)), std::vector<std::string>{"<http://example/a> <http://example/p> <http://example/b> .\n"});
}

TEST_F(UpdateTest, BlankNodesOfTemplatesAreFreshForEverySolutionAndRequest) {
  MustRun("INSERT DATA { :a :p 1 . :b :p 2 }");
  for (int i = 0; i < 2; ++i) MustRun("INSERT { ?s :has [ :of ?s ] } WHERE { ?s :p ?o }");
  const auto rows = RunQuery(Engine(temp_.store()), Cat(kPrefix, "SELECT DISTINCT ?b { ?s :has ?b }"), {});
  ASSERT_TRUE(rows.ok());
  EXPECT_EQ(rows->rows.size(), 4u);
}

// BNODE() of one row is one node in all templates, another than a node of the store that has the label by chance.
TEST_F(UpdateTest, NodesOfBnodeAreFreshNodesOfTheStore) {
  for (int i = 0; i < 3; ++i) {
    MustRun("INSERT { ?b :n ?n . ?b :t <<( ?b :p ?n )>> } WHERE { VALUES ?n { 1 2 } BIND(BNODE() AS ?b) }");
  }
  const auto rows = RunQuery(Engine(temp_.store()), Cat(kPrefix, "SELECT ?b { ?b :n ?n ; :t <<( ?b :p ?n )>> }"), {});
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_EQ(rows->rows.size(), 6u);
}

TEST_F(UpdateTest, ABlankNodeOfTheStoreStaysItself) {
  MustRun("INSERT DATA { _:x :p 1 }");
  MustRun("INSERT { ?b :q <<( ?b :p ?o )>> } WHERE { ?b :p ?o }");
  const auto rows = RunQuery(Engine(temp_.store()), Cat(kPrefix, "SELECT * { ?b :p ?o ; :q <<( ?b :p ?o )>> }"), {});
  ASSERT_TRUE(rows.ok());
  EXPECT_EQ(rows->rows.size(), 1u);
}

TEST_F(UpdateTest, QuadsThatAreNoQuadsAreLeftOut) {
  MustRun("INSERT { ?o :p ?s . ?s ?o :x . GRAPH ?o { :a :b :c } . :a :b ?unbound . :k :ok ?o } WHERE { VALUES (?s ?o) { (:s 1) } }");
  EXPECT_EQ(Quads().size(), 1u) << testing::PrintToString(Quads());
}

TEST_F(UpdateTest, UsingOfTheProtocolChoosesTheDataset) {
  MustRun("INSERT DATA { GRAPH :g { :a :p :in_g } GRAPH :h { :a :p :in_h } :a :p :in_default }");
  UpdateOptions options;
  options.using_graphs = {"http://example/g"};
  options.using_named_graphs = {"http://example/h"};
  MustRun("INSERT { :out :d ?o . :out :n ?n } WHERE { { :a :p ?o } UNION { GRAPH ?x { :a :p ?n } } }", options);
  const auto rows = RunQuery(Engine(temp_.store()), Cat(kPrefix, "SELECT ?p ?o { :out ?p ?o }"), {});
  ASSERT_TRUE(rows.ok());
  EXPECT_EQ(rows->rows.size(), 2u) << Describe(*rows);
  for (const char* text : {"WITH :g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "DELETE { ?s ?p ?o } USING :g WHERE { ?s ?p ?o }",
                           "INSERT DATA { :a :b :c } ; DELETE { ?s ?p ?o } USING NAMED :g WHERE { ?s ?p ?o }"}) {
    EXPECT_EQ(Run(text, options).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
}

TEST_F(UpdateTest, WithIsTheDefaultGraphAndLeavesTheNamedOnes) {
  MustRun("INSERT DATA { GRAPH :g { :a :p 1 } GRAPH :h { :a :p 2 } :a :p 3 }");
  MustRun("WITH :g DELETE { ?s :p ?o } INSERT { ?s :q ?o, ?x } WHERE { ?s :p ?o . GRAPH :h { ?s :p ?x } }");
  const auto rows = RunQuery(Engine(temp_.store()), Cat(kPrefix, "SELECT ?o { GRAPH :g { :a :q ?o } }"), {});
  ASSERT_TRUE(rows.ok());
  EXPECT_EQ(rows->rows.size(), 2u) << Describe(*rows);
  EXPECT_EQ(Quads().size(), 4u);
}

TEST_F(UpdateTest, LimitsEndARequestAndLeaveTheStore) {
  MustRun("INSERT { ?s :p ?n } WHERE { VALUES ?s { :a :b :c :d } VALUES ?n { 1 2 3 4 5 6 7 8 9 10 } }");
  const std::vector<std::string> before = Quads();
  UpdateOptions options;
  options.query.timeout = std::chrono::milliseconds(200);
  const std::string_view product = "INSERT { ?a :x ?n } WHERE { ?a :p ?n . ?b :p ?m . ?c :p ?o . ?d :p ?q . ?e :p ?r . FILTER(?n + ?m + ?o + ?q + ?r = 7) }";
  EXPECT_EQ(Run(product, options).status().code(), absl::StatusCode::kDeadlineExceeded);
  options = {};
  options.query.memory_limit = 1 << 20;
  const auto grown = Run("INSERT { ?a ?b ?n } WHERE { ?a :p ?n . ?x :p ?m . ?c :p ?o BIND(IRI(CONCAT(\"urn:x\", STR(?m), STR(?o), STR(?c))) AS ?b) }", options);
  EXPECT_EQ(grown.status().code(), absl::StatusCode::kResourceExhausted) << grown.status();
  std::atomic<bool> cancelled = true;
  options = {};
  options.query.cancelled = &cancelled;
  EXPECT_EQ(Run("INSERT DATA { :k :k :k }", options).status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(Quads(), before);
}

TEST_F(UpdateTest, LoadIsRefusedUnlessAllowed) {
  const auto remote = Run("LOAD <http://127.0.0.1:1/x.ttl>");
  EXPECT_EQ(remote.status().code(), absl::StatusCode::kPermissionDenied) << remote.status();
  const auto file = Run("LOAD <file:///etc/passwd>");
  EXPECT_EQ(file.status().code(), absl::StatusCode::kPermissionDenied) << file.status();
  MustRun("LOAD SILENT <file:///etc/passwd> INTO GRAPH :g ; LOAD SILENT <http://127.0.0.1:1/x.ttl>");
  EXPECT_TRUE(Quads().empty());
}

TEST_F(UpdateTest, LoadReadsFilesWholeOrNotAtAll) {
  const std::string good = std::filesystem::temp_directory_path() / Cat("dossier_load_", ::getpid(), ".trig");
  const std::string bad = std::filesystem::temp_directory_path() / Cat("dossier_load_", ::getpid(), ".ttl");
  std::ofstream(good) << "_:a <p> 1 . GRAPH <g> { _:a <p> 2 }";
  std::ofstream(bad) << "<a> <b> <c> .\n<a> <b> oops .";
  UpdateOptions options;
  options.allow_load_files = true;
  MustRun(Cat("LOAD <file://", good, "> INTO GRAPH :t"), options);
  EXPECT_EQ(Quads().size(), 2u);
  const auto shared = RunQuery(Engine(temp_.store()), "SELECT * { GRAPH ?g { ?a ?p 1 } GRAPH ?h { ?a ?p 2 } }", {});
  ASSERT_TRUE(shared.ok());
  EXPECT_EQ(shared->rows.size(), 1u) << "the document's blank node is one node";
  MustRun(Cat("LOAD <file://", good, "> INTO GRAPH :t"), options);
  EXPECT_EQ(Quads().size(), 4u) << "and another one when it is loaded again";
  const auto broken = Run(Cat("LOAD <file://", bad, ">"), options);
  EXPECT_EQ(broken.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_NE(MessageOf(broken.status()).find(":2:"), std::string::npos) << broken.status();
  MustRun(Cat("LOAD SILENT <file://", bad, ">"), options);
  EXPECT_EQ(Quads().size(), 4u);
  std::filesystem::remove(good);
  std::filesystem::remove(bad);
}

class FakeRemote : public Remote {
 public:
  absl::StatusOr<RemoteResponse> Fetch(const RemoteRequest& request, QueryContext&) override {
    last = request;
    return response;
  }
  RemoteRequest last;
  RemoteResponse response;
};

TEST_F(UpdateTest, LoadFetchesByContentTypeAndBaseOfTheFinalUrl) {
  FakeRemote remote;
  remote.response = {200, "text/turtle; charset=utf-8", "<x> <y> <z> .", "http://final/dir/doc"};
  UpdateOptions options;
  options.remote = &remote;
  MustRun("LOAD <http://first/doc> INTO GRAPH :g", options);
  EXPECT_EQ(remote.last.url, "http://first/doc");
  EXPECT_EQ(Quads(), std::vector<std::string>{"<http://final/dir/x> <http://final/dir/y> <http://final/dir/z> <http://example/g> .\n"});
  remote.response = {404, "text/plain", "no", ""};
  EXPECT_EQ(Run("LOAD <http://first/doc>", options).status().code(), absl::StatusCode::kUnavailable);
  remote.response = {200, "text/html", "<p>", ""};
  EXPECT_EQ(Run("LOAD <http://first/doc>", options).status().code(), absl::StatusCode::kInvalidArgument);
}

// Many operations cost about as much each as one.
TEST_F(UpdateTest, ARequestOfManyOperations) {
  std::string text;
  for (int i = 0; i < 2000; ++i)
    Append(text, "INSERT DATA { :s", i, " :p ", i, " } ; DELETE { ?s :p ?o } INSERT { ?s :q ?o } WHERE { ?s :p ?o } ;\n");
  const auto start = std::chrono::steady_clock::now();
  MustRun(text);
  EXPECT_EQ(Quads().size(), 2000u);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30));
}

TEST_F(UpdateTest, AnEmptyRequestIsARequest) {
  MustRun("");
  MustRun("BASE <http://x/>");
  MustRun("INSERT DATA { } ;");
  MustRun("DELETE { } INSERT { } WHERE { } ; BASE <http://y/>");
  EXPECT_TRUE(Quads().empty());
}

}  // namespace
}  // namespace dossier::query
