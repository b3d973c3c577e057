#include <chrono>

#include "gmock/gmock.h"
#include "graph/base/strings.h"
#include "graph/io/json_value.h"
#include "graph/io/rdf.h"
#include "gtest/gtest.h"
#include "tests/graph/io/isomorphism.h"

namespace dossier::graph {
namespace {

using ::testing::HasSubstr;

absl::StatusOr<std::vector<Quad>> ReadQuads(std::string_view text, RdfFormat format) {
  std::vector<Quad> quads;
  const absl::Status status = ReadRdf(text, {.format = format, .base = "http://b/d/e", .blank_node_prefix = ""}, [&](Quad quad) {
    quads.push_back(std::move(quad));
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return quads;
}

std::string NQuadsOf(const std::vector<Quad>& quads) {
  std::string out;
  for (const Quad& quad : quads) AppendNQuad(quad, out);
  return out;
}

// Reads `json` and compares with `trig`, in which x: is http://x/, xsd: and rdf: are known.
void Expect(std::string_view json, std::string_view trig) {
  const auto read = ReadQuads(json, RdfFormat::kJsonLd);
  ASSERT_TRUE(read.ok()) << read.status() << json;
  const auto expected = ReadQuads(Cat("PREFIX x: <http://x/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
                                      "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ",
                                      trig),
                                  RdfFormat::kTriG);
  ASSERT_TRUE(expected.ok()) << expected.status() << trig;
  EXPECT_TRUE(Isomorphic(*read, *expected)) << json << "\n" << NQuadsOf(*read) << "--- expected ---\n" << NQuadsOf(*expected);
}

std::string ErrorOf(std::string_view json) {
  const auto read = ReadQuads(json, RdfFormat::kJsonLd);
  return read.ok() ? Cat("no error: ", NQuadsOf(*read)) : MessageOf(read.status());
}

TEST(JsonLd, ExpandedForm) {
  Expect(R"([{"@id": "http://x/s", "@type": ["http://x/T", "http://x/U"], "http://x/p": [{"@value": "v"}, {"@value": "v", "@language": "en"},
           {"@value": "v", "@language": "ar", "@direction": "rtl"}, {"@value": "1", "@type": "http://x/t"}, {"@id": "_:n"}, {"@value": null}]},
          {"@id": "_:n", "http://x/q": [{"@value": true}, {"@value": 5}, {"@value": 5.5}, {"@value": 1e30}]}])",
         R"(x:s a x:T, x:U; x:p "v", "v"@en, "v"@ar--rtl, "1"^^x:t, _:n . _:n x:q true, 5, 5.5E0, 1.0E30 .)");
}

TEST(JsonLd, CompactForm) {
  Expect(R"({"@context": {"@version": 1.1, "@vocab": "http://x/", "@language": "en", "y": "http://y/", "id": "@id", "type": "@type",
             "when": {"@id": "y:when", "@type": "xsd:date"}, "xsd": "http://www.w3.org/2001/XMLSchema#", "knows": {"@type": "@id"},
             "kind": {"@type": "@vocab"}, "plain": {"@language": null}, "none": null, "price": {"@type": "xsd:decimal"}, "d": {"@type": "xsd:double"}},
            "id": "s", "type": "T", "name": "n", "y:z": "q", "when": "2020-01-01", "knows": ["a", "../b", "_:c"], "kind": "K", "plain": "p",
            "none": "dropped", "price": 3, "d": 3, "http://x/full": {"@value": "f"}})",
         R"(PREFIX y: <http://y/> <http://b/d/s> a x:T; x:name "n"@en; y:z "q"@en; y:when "2020-01-01"^^xsd:date; x:knows <http://b/d/a>, <http://b/b>, _:c;
            x:kind x:K; x:plain "p"; x:price "3"^^xsd:decimal; x:d 3.0E0; x:full "f" .)");
}

TEST(JsonLd, TermsWithoutMeaningAreDropped) {
  Expect(R"({"@id": "http://x/s", "name": "dropped", "http://x/p": "kept", "@unknown": 1})", R"(x:s x:p "kept" .)");
  Expect(R"(["free", 1, null, {"@value": "free"}, {"@id": "http://x/alone"}])", "");
  Expect(R"({"@context": {"@base": null}, "@id": "relative", "http://x/p": 1})", "");
}

TEST(JsonLd, ListsAndSets) {
  Expect(R"({"@context": {"l": {"@id": "http://x/l", "@container": "@list"}, "s": {"@id": "http://x/s", "@container": "@set"}}, "@id": "http://x/i",
            "l": [1, null, [2, []]], "s": [1, [2], {"@set": [3]}], "http://x/e": {"@list": []}, "http://x/f": [{"@list": ["a"]}, "b"]})",
         R"(x:i x:l (1 (2 ())); x:s 1, 2, 3; x:e (); x:f ("a"), "b" .)");
  Expect(R"({"@context": {"l": {"@id": "http://x/l", "@container": "@list", "@type": "@id"}}, "@id": "http://x/i", "l": "http://x/a"})",
         "x:i x:l (x:a) .");
}

TEST(JsonLd, Graphs) {
  Expect(R"({"@context": {"@vocab": "http://x/"}, "@graph": [{"@id": "http://x/a", "p": 1}, {"@id": "http://x/b", "p": {"@id": "http://x/c", "p": 2}}]})",
         "x:a x:p 1 . x:b x:p x:c . x:c x:p 2 .");
  Expect(R"({"@context": {"@vocab": "http://x/"}, "@id": "http://x/g", "p": 1, "@graph": {"@id": "http://x/a", "p": 2}})",
         "x:g x:p 1 . x:g { x:a x:p 2 }");
  Expect(R"({"@id": "http://x/a", "http://x/p": 1, "@included": [{"@id": "http://x/b", "http://x/p": 2}]})", "x:a x:p 1 . x:b x:p 2 .");
  Expect(R"({"@context": {"g": {"@id": "http://x/g", "@container": "@graph"}}, "@id": "http://x/a", "g": {"@id": "http://x/b", "http://x/p": 2}})",
         "x:a x:g _:n . _:n { x:b x:p 2 }");
  Expect(R"({"@context": {"g": {"@id": "http://x/g", "@container": ["@graph", "@id"]}}, "@id": "http://x/a",
             "g": {"http://x/n": {"@id": "http://x/b", "http://x/p": 2}}})",
         "x:a x:g x:n . x:n { x:b x:p 2 }");
}

TEST(JsonLd, Reverse) {
  Expect(R"({"@context": {"@vocab": "http://x/", "child": {"@reverse": "http://x/parent"}}, "@id": "http://x/a",
            "@reverse": {"p": {"@id": "http://x/b"}}, "child": [{"@id": "http://x/c"}, {"@id": "http://x/d"}]})",
         "x:b x:p x:a . x:c x:parent x:a . x:d x:parent x:a .");
  EXPECT_THAT(ErrorOf(R"({"@id": "http://x/a", "@reverse": {"http://x/p": "text"}})"), HasSubstr("have to be nodes"));
}

TEST(JsonLd, Maps) {
  Expect(R"({"@context": {"@vocab": "http://x/", "label": {"@container": "@language"}, "post": {"@container": "@index"},
             "by": {"@container": "@id"}, "typed": {"@container": "@type"}, "pi": {"@container": "@index", "@index": "tag"}},
            "@id": "http://x/s", "label": {"en": "a", "de": ["b", null], "@none": "c"}, "post": {"x": "d", "y": {"@id": "http://x/e"}},
            "by": {"http://x/f": {"p": 1}, "@none": {"p": 2}}, "typed": {"T": {"@id": "http://x/g", "p": 3}, "U": "http://x/h"},
            "pi": {"one": {"@id": "http://x/i"}}})",
         R"(x:s x:label "a"@en, "b"@de, "c"; x:post "d", x:e; x:by x:f, [x:p 2]; x:typed x:g, x:h; x:pi x:i .
            x:f x:p 1 . x:g a x:T; x:p 3 . x:h a x:U . x:i x:tag "one" .)");
}

TEST(JsonLd, ScopedContexts) {
  Expect(R"({"@context": {"@vocab": "http://x/", "in": {"@context": {"@vocab": "http://y/"}},
             "T": {"@context": {"p": "http://t/p"}}, "id": {"@id": "@id", "@type": "@id"}},
            "id": "http://x/a", "@type": "T", "p": 1, "q": {"id": "http://x/b", "p": 2}, "in": {"id": "http://x/c", "p": 3}, "p2": 4})",
         "x:a a x:T; <http://t/p> 1; x:q x:b; x:in x:c; x:p2 4 . x:b x:p 2 . x:c <http://y/p> 3 .");
  Expect(R"({"@context": [{"a": "http://x/a"}, null, {"b": "http://x/b"}], "@id": "http://x/s", "a": 1, "b": 2})", "x:s x:b 2 .");
  Expect(R"({"@context": {"n": "@nest", "a": "http://x/a"}, "@id": "http://x/s", "n": {"a": 1}, "@nest": [{"a": 2}]})", "x:s x:a 1, 2 .");
}

TEST(JsonLd, JsonLiterals) {
  Expect(R"({"@context": {"j": {"@id": "http://x/j", "@type": "@json"}}, "@id": "http://x/s",
            "j": {"b": [1.0, 1e21, 0.000001, 1e-7, -0, null, true], "a": "\u0008\u20ac\"", "": {}}, "http://x/k": {"@value": [2], "@type": "@json"}})",
         R"(x:s x:j "{\"\":{},\"a\":\"\\b€\\\"\",\"b\":[1,1e+21,0.000001,1e-7,0,null,true]}"^^rdf:JSON; x:k "[2]"^^rdf:JSON .)");
}

TEST(JsonLd, DirectionAndBase) {
  Expect(R"({"@context": {"@language": "he", "@direction": "rtl", "@base": "http://c/", "l": {"@id": "http://x/l", "@direction": null}},
            "@id": "s", "http://x/p": "a", "l": "b"})",
         R"(<http://c/s> x:p "a"@he--rtl; x:l "b"@he .)");
}

TEST(JsonLd, WhatIsNotUnderstoodIsRefused) {
  EXPECT_THAT(ErrorOf(R"({"@context": "https://schema.org/"})"), HasSubstr("contexts are not fetched"));
  EXPECT_THAT(ErrorOf(R"({"@context": {"@import": "https://schema.org/"}})"), HasSubstr("contexts are not fetched"));
  EXPECT_THAT(ErrorOf(R"({"@context": {"a": "b:c", "b": "a:d"}, "a": 1})"), HasSubstr("is defined by itself"));
  EXPECT_THAT(ErrorOf(R"({"@context": {"a": {"@id": "http://x/", "@container": "@bag"}}})"), HasSubstr("\"a\": @container is one of"));
  EXPECT_THAT(ErrorOf(R"({"@context": {"a": {}}})"), HasSubstr("which IRI it stands for"));
  EXPECT_THAT(ErrorOf(R"({"@id": 5})"), HasSubstr("@id is not a text"));
  EXPECT_THAT(ErrorOf(R"({"http://x/p": {"@value": "a", "@language": "e n"}})"), HasSubstr("no language tag"));
  EXPECT_THAT(ErrorOf(R"({"http://x/p": {"@value": {}}})"), HasSubstr("\"http://x/p\": @value is a text"));
  EXPECT_THAT(ErrorOf(R"({"http://x/p": {"@value": "a", "@type": "http://x/t", "@language": "en"}})"), HasSubstr("exclude each other"));
  EXPECT_THAT(ErrorOf(R"({"http://x/p": {"@value": "a", "http://x/q": 1}})"), HasSubstr("may not stand beside @value"));
  EXPECT_THAT(ErrorOf(R"({"@id": "_:a b", "http://x/p": 1})"), HasSubstr("no blank node label"));
}

TEST(JsonLd, MalformedJsonHasPlaces) {
  const auto check = [](std::string_view json, uint32_t line, uint32_t column) {
    const absl::Status status = ReadQuads(json, RdfFormat::kJsonLd).status();
    ASSERT_TRUE(PositionOf(status)) << status << json;
    EXPECT_EQ(PositionOf(status)->line, line) << json;
    EXPECT_EQ(PositionOf(status)->column, column) << json;
  };
  check("", 1, 1);
  check("{\n  \"é\": ]", 2, 8);
  check("{} {}", 1, 4);
  check("[\"a\",\n", 2, 1);
}

TEST(JsonLd, Bounds) {
  EXPECT_THAT(ErrorOf(std::string(100000, '[')), HasSubstr("malformed JSON"));
  std::string deep;
  for (int i = 0; i < 490; ++i) deep += "{\"http://x/p\":";
  deep += "1" + std::string(490, '}');
  EXPECT_TRUE(ReadQuads(deep, RdfFormat::kJsonLd).ok());
  EXPECT_THAT(ErrorOf(Cat("[\"", std::string(size_t{33} << 20, 'x'), "\"]")), HasSubstr("may have 32 MiB"));
  // A context that every node reads again.
  std::string context = "{", nodes;
  for (int i = 0; i < 20000; ++i) Append(context, i > 0 ? "," : "", "\"t", i, "\":\"http://x/", i, "\"");
  context += "}";
  for (int i = 0; i < 20000; ++i) Append(nodes, i > 0 ? "," : "", "{\"@context\":{},\"p\":{}}");
  const auto start = std::chrono::steady_clock::now();
  EXPECT_THAT(ErrorOf(Cat("{\"@context\":{\"p\":{\"@id\":\"http://x/p\",\"@context\":", context, "}},\"@graph\":[", nodes, "]}")), HasSubstr("too many terms"));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30));
}

TEST(JsonLd, NumbersAsEcmaScriptWritesThem) {
  const auto text = [](double number) {
    std::string out;
    AppendJsonNumber(number, out);
    return out;
  };
  EXPECT_EQ(text(-0.0), "0");
  EXPECT_EQ(text(333333333.33333329), "333333333.3333333");
  EXPECT_EQ(text(1e30), "1e+30");
  EXPECT_EQ(text(4.50), "4.5");
  EXPECT_EQ(text(2e-3), "0.002");
  EXPECT_EQ(text(1e-27), "1e-27");
  EXPECT_EQ(text(-1.5e-9), "-1.5e-9");
  EXPECT_EQ(text(123456789012345680000.0), "123456789012345680000");
  EXPECT_EQ(text(9007199254740991), "9007199254740991");
}

}  // namespace
}  // namespace dossier::graph
