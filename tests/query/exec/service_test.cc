// SERVICE against engines of other data behind a Remote, the W3C federation tests among them.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "query/remote.h"
#include "query/results/writer.h"
#include "tests/query/conformance/manifest.h"
#include "tests/query/support/fake_store.h"
#include "tests/query/support/result_reader.h"
#include "tests/query/support/result_set.h"

namespace dossier::query {
namespace {

std::string FormDecode(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

// Endpoints by URL; each answers as a server would.
class Endpoints : public Remote {
 public:
  void Add(const std::string& url, const std::vector<Quad>& quads) { stores_[url] = std::make_unique<FakeStore>(quads); }

  absl::StatusOr<RemoteResponse> Fetch(const RemoteRequest& request, QueryContext&) override {
    queries.push_back(request.body.starts_with("query=") ? FormDecode(request.body.substr(6)) : "no form");
    const auto at = stores_.find(request.url);
    if (at == stores_.end()) return absl::UnavailableError("no such host");
    if (!raw.empty()) return RemoteResponse{status, type, raw, request.url};
    QueryOptions options;
    options.remote = this;  // a nested SERVICE
    const auto result = Engine(*at->second).Run(queries.back(), options);
    if (!result.ok()) return RemoteResponse{400, "text/plain", MessageOf(result.status()), request.url};
    RemoteResponse response{status, type, "", request.url};
    const auto format = type.find("json") != std::string::npos ? ResultFormat::kJson : ResultFormat::kXml;
    RETURN_IF_ERROR(WriteResult(**result, format, [&](std::string_view bytes) {
      response.body += bytes;
      return absl::OkStatus();
    }));
    return response;
  }

  std::vector<std::string> queries;
  int status = 200;
  std::string type = "application/sparql-results+json", raw;

 private:
  std::map<std::string, std::unique_ptr<FakeStore>> stores_;
};

Term Iri(std::string_view name) { return Term::Iri(Cat("http://example/", name)); }
Term Number(int i) { return Term::Literal(std::to_string(i), "http://www.w3.org/2001/XMLSchema#integer"); }

class ServiceTest : public testing::TestWithParam<bool> {
 protected:
  ServiceTest() {
    std::vector<Quad> far, near;
    for (int i = 0; i < 300; ++i) {
      far.emplace_back(Iri(Cat("n", i)), Iri("value"), Number(i));
      if (i % 3 == 0) near.emplace_back(Iri(Cat("n", i)), Iri("kind"), Iri("third"));
    }
    far.emplace_back(Term::BlankNode("b"), Iri("value"), Number(3));
    near.emplace_back(Term::BlankNode("b"), Iri("kind"), Iri("third"));
    near.emplace_back(Iri("x"), Iri("at"), Term::Iri("http://far/"));
    near.emplace_back(Iri("y"), Iri("at"), Term::Iri("http://other/"));
    far.emplace_back(Iri("n1"), Iri("about"), Term::TripleTerm(Iri("a"), Iri("p"), Term::LangLiteral("w", "en", graph::Direction::kRtl)));
    endpoints_.Add("http://far/", far);
    endpoints_.Add("http://other/", {Quad(Iri("o"), Iri("value"), Number(7))});
    near_ = std::make_unique<FakeStore>(near);
    options_.remote = &endpoints_;
    options_.optimize = GetParam();
  }
  absl::StatusOr<ResultSet> Run(std::string_view text) {
    return RunQuery(Engine(*near_), Cat("PREFIX : <http://example/>\n", text), options_);
  }
  size_t Rows(std::string_view text) {
    const auto result = Run(text);
    EXPECT_TRUE(result.ok()) << result.status() << "\n" << text;
    return result.ok() ? result->rows.size() : SIZE_MAX;
  }

  Endpoints endpoints_;
  std::unique_ptr<FakeStore> near_;
  QueryOptions options_;
};

TEST_P(ServiceTest, SendsTheValuesOfSharedVariablesInChunks) {
  EXPECT_EQ(Rows("SELECT * { ?n :kind :third SERVICE <http://far/> { ?n :value ?v FILTER(?v > 5) } }"), 98u);
  EXPECT_GE(endpoints_.queries.size(), 1u);
  EXPECT_LE(endpoints_.queries.size(), 3u);
  EXPECT_EQ(Rows("SELECT * { ?n :kind :third FILTER(isIRI(?n)) SERVICE <http://far/> { ?n :value ?v FILTER(?v > 5) } }"), 98u);
  EXPECT_NE(endpoints_.queries.back().find("VALUES"), std::string::npos) << endpoints_.queries.back();
}

TEST_P(ServiceTest, WithoutSharedVariablesItIsAskedOnce) {
  EXPECT_EQ(Rows("SELECT * { ?n :kind :third SERVICE <http://far/> { :n5 :value ?v } }"), 101u);
  EXPECT_EQ(endpoints_.queries.size(), 1u);
}

TEST_P(ServiceTest, BlankNodesOfAnAnswerAreNoNodesOfTheStore) {
  EXPECT_EQ(Rows("SELECT * { ?n :kind :third SERVICE <http://far/> { ?n :value 3 } }"), 1u);
  EXPECT_EQ(Rows("SELECT * { SERVICE <http://far/> { ?a :value 3 FILTER(isBLANK(?a)) } SERVICE <http://far/> { ?a :value 3 FILTER(isBLANK(?a)) } }"), 0u);
}

TEST_P(ServiceTest, OptionalKeepsRowsWithoutAnswer) {
  EXPECT_EQ(Rows("SELECT * { ?n :kind :third OPTIONAL { SERVICE <http://far/> { ?n :value ?v FILTER(?v < 10) } } }"), 101u);
  EXPECT_EQ(Rows("SELECT * { ?n :kind :third OPTIONAL { SERVICE <http://far/> { ?n :value ?v } FILTER(?v < 10) } FILTER(BOUND(?v)) }"), 4u);
}

TEST_P(ServiceTest, TheEndpointMayBeAVariable) {
  const auto result = Run("SELECT ?who (COUNT(*) AS ?n) { ?who :at ?where SERVICE ?where { ?s :value ?v } } GROUP BY ?who");
  ASSERT_TRUE(result.ok()) << result.status();
  std::map<std::string, std::string> counts;
  for (const auto& row : result->rows) counts[row[0]->value()] = row[1]->value();
  EXPECT_EQ(counts, (std::map<std::string, std::string>{{"http://example/x", "301"}, {"http://example/y", "1"}}));
  const auto unbound = Run("SELECT * { SERVICE ?where { ?s :value ?v } }");
  EXPECT_TRUE(absl::IsInvalidArgument(unbound.status())) << unbound.status();
  EXPECT_EQ(Rows("SELECT * { SERVICE SILENT ?where { ?s :value ?v } }"), 1u);
  const auto literal = Run("SELECT * { VALUES ?where { 1 } SERVICE ?where { ?s :value ?v } }");
  EXPECT_TRUE(absl::IsInvalidArgument(literal.status())) << literal.status();
}

TEST_P(ServiceTest, StandsAnywhere) {
  EXPECT_EQ(Rows("SELECT * { { SERVICE <http://far/> { ?a :value 1 } } UNION { SERVICE <http://other/> { ?a :value ?v } } }"), 2u);
  EXPECT_EQ(Rows("SELECT * { ?n :kind :third MINUS { SERVICE <http://far/> { ?n :value ?v FILTER(?v >= 30) } } }"), 11u);
  EXPECT_EQ(Rows("SELECT * { ?n :kind :third FILTER EXISTS { SERVICE <http://far/> { ?n :value ?v FILTER(?v < 7) } } }"), 3u);
  EXPECT_EQ(Rows("SELECT * { { SELECT ?n { SERVICE <http://far/> { ?n :value ?v } } ORDER BY DESC(?v) LIMIT 3 } ?n :kind ?k }"), 1u);
  EXPECT_EQ(Rows("SELECT * { ?n :kind :third SERVICE <http://far/> { ?n :value ?v } SERVICE <http://other/> { ?o :value ?w } FILTER(?w + 2 = ?v) }"), 1u);
  EXPECT_EQ(Rows("SELECT * { SERVICE <http://far/> { { SELECT (MAX(?v) AS ?m) { ?s :value ?v } } } }"), 1u);
}

TEST_P(ServiceTest, TermsOfBothFormatsArriveAsTheyAre) {
  for (const char* type : {"application/sparql-results+json", "application/sparql-results+xml; charset=utf-8"}) {
    endpoints_.type = type;
    const auto result = Run("SELECT ?t { SERVICE <http://far/> { :n1 :about ?t } }");
    ASSERT_TRUE(result.ok()) << result.status();
    ASSERT_EQ(result->rows.size(), 1u);
    EXPECT_EQ(*result->rows[0][0], Term::TripleTerm(Iri("a"), Iri("p"), Term::LangLiteral("w", "en", graph::Direction::kRtl)));
  }
}

TEST_P(ServiceTest, FailuresAreErrorsUnlessSilent) {
  const std::string_view silent = "SELECT * { :x :at ?w SERVICE SILENT <http://nowhere/> { ?s :value ?v } }";
  const std::string_view loud = "SELECT * { :x :at ?w SERVICE <http://nowhere/> { ?s :value ?v } }";
  EXPECT_EQ(Run(loud).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(Rows(silent), 1u);
  const auto far = [&](bool is_silent) { return Run(Cat("SELECT * { SERVICE ", is_silent ? "SILENT " : "", "<http://far/> { :n5 :value ?v } }")); };
  for (const char* body : {"nonsense", "{\"head\":{\"vars\":[\"v\"]},\"results\":{\"bindings\":[{\"v\":{\"type\":\"odd\",\"value\":\"1\"}}]}}", "{\"boolean\":true}"}) {
    endpoints_.raw = body;
    EXPECT_FALSE(far(false).ok()) << body;
    ASSERT_TRUE(far(true).ok()) << body;
    EXPECT_EQ(far(true)->rows.size(), 1u);
  }
  endpoints_.status = 500;
  EXPECT_EQ(far(false).status().code(), absl::StatusCode::kUnavailable);
  endpoints_.status = 200;
  endpoints_.type = "text/html";
  EXPECT_EQ(far(false).status().code(), absl::StatusCode::kUnimplemented);
}

TEST_P(ServiceTest, IsRefusedWithoutRemote) {
  options_.remote = nullptr;
  const auto refused = Run("SELECT * { SERVICE <http://far/> { :n5 :value ?v } }");
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kPermissionDenied) << refused.status();
  EXPECT_EQ(Rows("SELECT * { SERVICE SILENT <http://far/> { :n5 :value ?v } }"), 1u);
}

TEST_P(ServiceTest, LimitsEndAlsoWhatIsSilent) {
  options_.memory_limit = 10'000;
  const auto large = Run("SELECT * { SERVICE SILENT <http://far/> { ?s :value ?v } }");
  EXPECT_EQ(large.status().code(), absl::StatusCode::kResourceExhausted) << large.status();
  EXPECT_NE(MessageOf(large.status()).find("service"), std::string::npos) << large.status();
}

INSTANTIATE_TEST_SUITE_P(Both, ServiceTest, testing::Bool(), [](const auto& p) { return p.param ? "optimised" : "unoptimised"; });

TEST(W3cFederation, QueryEvaluation) {
  const std::string folder = SuiteRoot() + "/sparql11/service";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no W3C suites at " << SuiteRoot();
  const auto quads = ReadGraphFile(folder + "/manifest.ttl", "file://" + folder + "/manifest.ttl", "");
  ASSERT_TRUE(quads.ok());
  const Manifest manifest(*quads);
  size_t passed = 0;
  for (const Term& entry : manifest.List(kMf, "entries")) {
    SCOPED_TRACE(entry.value());
    const Term action = *manifest.Object(entry, kMf, "action");
    Endpoints endpoints;
    for (const Term& service : manifest.Objects(action, kQt, "serviceData")) {
      const auto data = ReadGraphFile(PathOf(manifest.Object(service, kQt, "data")->value()), "http://x/", "s");
      ASSERT_TRUE(data.ok());
      endpoints.Add(manifest.Object(service, kQt, "endpoint")->value(), *data);
    }
    std::vector<Quad> local;
    if (const auto data = manifest.Object(action, kQt, "data")) local = *ReadGraphFile(PathOf(data->value()), data->value(), "d");
    const auto text = ReadFile(PathOf(manifest.Object(action, kQt, "query")->value()));
    ASSERT_TRUE(text.ok());
    QueryOptions options;
    options.remote = &endpoints;
    const FakeStore store(local);
    const auto actual = RunQuery(Engine(store), *text, options);
    ASSERT_TRUE(actual.ok()) << actual.status();
    bool ordered = false;
    const auto expected = ReadResultFile(PathOf(manifest.Object(entry, kMf, "result")->value()), "http://x/", &ordered);
    ASSERT_TRUE(expected.ok());
    const std::string difference = Difference(*expected, *actual, {});
    EXPECT_EQ(difference, "") << *text << Describe(*expected) << "actual\n" << Describe(*actual);
    passed += difference.empty() ? 1 : 0;
  }
  std::cout << "service: " << passed << " passed\n";
  EXPECT_GE(passed, 7u);
}

}  // namespace
}  // namespace dossier::query
