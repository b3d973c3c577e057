// Reading SPARQL results: what the writer writes comes back, and what is no result is refused.
#include "query/results/reader.h"

#include <gtest/gtest.h>

#include "graph/base/strings.h"
#include "query/results/writer.h"
#include "tests/query/support/fake_store.h"
#include "tests/query/support/result_set.h"

namespace dossier::query {
namespace {

using graph::Term;

TEST(ResultReader, ReadsWhatTheWriterWrites) {
  const std::string query = R"(SELECT ?a ?b ?none {
    VALUES (?a ?b) { (<http://x/é> "a \"quoted\" \\ <text> & more\n\t\u0001") ("tag"@en UNDEF) (1 2.50) ("x"@ar--rtl "\U0001F600")
                     (<<( <urn:s> <urn:p> <<( <urn:t> <urn:q> "deep"@de )>> )>> true) ("" "  spaces  ") } })";
  const FakeStore store({});
  const auto expected = RunQuery(Engine(store), query, {});
  ASSERT_TRUE(expected.ok()) << expected.status();
  for (const ResultFormat format : {ResultFormat::kJson, ResultFormat::kXml}) {
    const std::string text_of = format == ResultFormat::kXml ? "xml" : "json";
    SCOPED_TRACE(text_of);
    // XML 1.0 has no control characters.
    const std::string asked = format == ResultFormat::kXml ? query.substr(0, query.find("\\u0001")) + query.substr(query.find("\\u0001") + 6) : query;
    const auto wanted = RunQuery(Engine(store), asked, {});
    const auto result = Engine(store).Run(asked, {});
    ASSERT_TRUE(result.ok());
    std::string text;
    ASSERT_TRUE(WriteResult(**result, format, [&](std::string_view bytes) {
                  text += bytes;
                  return absl::OkStatus();
                }).ok());
    const auto read = format == ResultFormat::kXml ? ReadXmlResults(text) : ReadJsonResults(text);
    ASSERT_TRUE(read.ok()) << read.status() << "\n" << text;
    EXPECT_EQ(read->variables, (std::vector<std::string>{"a", "b", "none"}));
    EXPECT_EQ(read->rows, wanted->rows);
  }
}

TEST(ResultReader, BooleansAndForeignParts) {
  EXPECT_EQ(ReadJsonResults(R"({"head":{"link":["x"]},"boolean":false})")->boolean, false);
  EXPECT_EQ(ReadXmlResults("<sparql xmlns='http://www.w3.org/2005/sparql-results#'><head/><boolean> true </boolean></sparql>")->boolean, true);
  const auto early = ReadJsonResults(R"({"more":[1,{"a":null}],"results":{"bindings":[{"x":{"value":"v","type":"uri","odd":[true]}}]},"head":{"vars":["y","x"]}})");
  ASSERT_TRUE(early.ok()) << early.status();
  EXPECT_EQ(early->variables, (std::vector<std::string>{"x", "y"}));
  EXPECT_EQ(early->rows[0][0], Term::Iri("v"));
  EXPECT_FALSE(early->rows[0][1].has_value());
  const auto pair = ReadJsonResults(R"({"results":{"bindings":[{"x":{"type":"literal","value":"\ud83d\ude00"}}]}})");
  ASSERT_TRUE(pair.ok());
  EXPECT_EQ(pair->rows[0][0], Term::Literal("\xF0\x9F\x98\x80"));
}

TEST(ResultReader, WhatIsNoResultIsRefused) {
  for (const char* text : {"", "[]", "{}", "{\"results\":{}", "{\"results\":{}}", "{\"results\":{\"bindings\":[{\"x\":{}}]}}",
                           "{\"results\":{\"bindings\":[{\"x\":{\"type\":\"uri\",\"value\":\"a\nb\"}}]}}", "{\"boolean\":maybe}",
                           "{\"results\":{\"bindings\":[{\"x\":{\"type\":\"triple\",\"value\":{\"subject\":{\"type\":\"uri\",\"value\":\"s\"}}}}]}}",
                           "{\"results\":{\"bindings\":[]}} trailing", "{\"results\":{\"bindings\":[{\"x\":{\"type\":\"literal\",\"value\":\"\\ud800\"}}]}}", "\xff"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(ReadJsonResults(text).status())) << text << ReadJsonResults(text).status();
  }
  std::string deep = "{\"results\":{\"bindings\":[{\"x\":";
  for (int i = 0; i < 100'000; ++i) deep += "{\"type\":\"triple\",\"value\":{\"subject\":";
  EXPECT_TRUE(absl::IsInvalidArgument(ReadJsonResults(deep).status()));
  const std::string open = "<sparql xmlns='http://www.w3.org/2005/sparql-results#'>";
  for (const std::string& text : {std::string(""), std::string("<a/>"), open, open + "</sparql>", open + "<results><result><binding name='x'></binding></result></results></sparql>",
                                  open + "<results><result><binding name='x'><triple><subject><uri>s</uri></subject></triple></binding></result></results></sparql>",
                                  open + "<boolean>perhaps</boolean></sparql>",
                                  std::string("<!DOCTYPE x [<!ENTITY a 'aaaa'>]>") + open + "<results/></sparql>"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(ReadXmlResults(text).status())) << text << ReadXmlResults(text).status();
  }
}

}  // namespace
}  // namespace dossier::query
