// Result formats against the recommendations: SPARQL 1.1 Query Results CSV and TSV, JSON, XML, and their
// SPARQL 1.2 drafts.
#include "query/results/writer.h"

#include <gtest/gtest.h>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"

namespace dossier::query {
namespace {

using graph::Direction;
using graph::Term;
using graph::Triple;

class FakeResult : public QueryResult {
 public:
  ResultForm form_ = ResultForm::kSelect;
  std::vector<std::string> columns_;
  std::vector<std::vector<std::optional<Term>>> rows_;
  std::vector<Triple> triples_;
  bool boolean_ = false;
  size_t batch_ = 2;

  ResultForm form() const override { return form_; }
  const std::vector<std::string>& columns() const override { return columns_; }
  absl::Status Next(ResultRows& rows) override {
    rows.rows.clear();
    for (; next_ < rows_.size() && rows.rows.size() < batch_; ++next_) rows.rows.push_back(rows_[next_]);
    return absl::OkStatus();
  }
  absl::StatusOr<bool> Boolean() override { return boolean_; }
  absl::Status NextTriples(std::vector<Triple>& triples) override {
    triples.clear();
    triples.swap(triples_);
    return absl::OkStatus();
  }
  std::string Explain() const override { return ""; }

 private:
  size_t next_ = 0;
};

std::string Write(FakeResult& result, ResultFormat format) {
  std::string text;
  const absl::Status status = WriteResult(result, format, [&](std::string_view bytes) {
    text += bytes;
    return absl::OkStatus();
  });
  return status.ok() ? text : Cat("error: ", MessageOf(status));
}

FakeResult Sample() {
  FakeResult result;
  result.columns_ = {"x", "y"};
  const std::string integer(graph::xsd::kInteger);
  result.rows_ = {{Term::Iri("http://e/?a=1&b=<"), Term::Literal("q\"uote, comma")},
                  {Term::BlankNode("b0"), Term::LangLiteral("tab\there", "en")},
                  {std::nullopt, Term::Literal("01", integer)},
                  {Term::LangLiteral("r", "ar", Direction::kRtl), std::nullopt},
                  {Term::TripleTerm(Term::Iri("urn:s"), Term::Iri("urn:p"), Term::Literal("2", integer)),
                   Term::Literal("two\nlines")}};
  return result;
}

TEST(ResultWriter, Json) {
  FakeResult result = Sample();
  EXPECT_EQ(Write(result, ResultFormat::kJson),
            R"({"head":{"vars":["x","y"]},"results":{"bindings":[
{"x":{"type":"uri","value":"http://e/?a=1&b=<"},"y":{"type":"literal","value":"q\"uote, comma"}},
{"x":{"type":"bnode","value":"b0"},"y":{"type":"literal","xml:lang":"en","value":"tab\there"}},
{"y":{"type":"literal","datatype":"http://www.w3.org/2001/XMLSchema#integer","value":"01"}},
{"x":{"type":"literal","xml:lang":"ar","its:dir":"rtl","value":"r"}},
{"x":{"type":"triple","value":{"subject":{"type":"uri","value":"urn:s"},"predicate":{"type":"uri","value":"urn:p"},"object":{"type":"literal","datatype":"http://www.w3.org/2001/XMLSchema#integer","value":"2"}}},"y":{"type":"literal","value":"two\nlines"}}
]}}
)");
}

TEST(ResultWriter, JsonEscapesControlCharacters) {
  FakeResult result;
  result.columns_ = {"x"};
  result.rows_ = {{Term::Literal(std::string("\x01\x1f\\ \xC3\xA9", 6))}};
  EXPECT_NE(Write(result, ResultFormat::kJson)
                .find(R"("\u0001\u001f\\ )"
                      "\xC3\xA9\""),
            std::string::npos);
}

TEST(ResultWriter, Xml) {
  FakeResult result = Sample();
  EXPECT_EQ(Write(result, ResultFormat::kXml),
            R"(<?xml version="1.0" encoding="UTF-8"?>
<sparql xmlns="http://www.w3.org/2005/sparql-results#" xmlns:its="http://www.w3.org/2005/11/its" its:version="2.0">
<head><variable name="x"/><variable name="y"/></head>
<results>
<result><binding name="x"><uri>http://e/?a=1&amp;b=&lt;</uri></binding><binding name="y"><literal>q"uote, comma</literal></binding></result>
<result><binding name="x"><bnode>b0</bnode></binding><binding name="y"><literal xml:lang="en">tab	here</literal></binding></result>
<result><binding name="y"><literal datatype="http://www.w3.org/2001/XMLSchema#integer">01</literal></binding></result>
<result><binding name="x"><literal xml:lang="ar" its:dir="rtl">r</literal></binding></result>
<result><binding name="x"><triple><subject><uri>urn:s</uri></subject><predicate><uri>urn:p</uri></predicate><object><literal datatype="http://www.w3.org/2001/XMLSchema#integer">2</literal></object></triple></binding><binding name="y"><literal>two
lines</literal></binding></result>
</results>
</sparql>
)");
}

TEST(ResultWriter, XmlCannotHoldControlCharacters) {
  FakeResult result;
  result.columns_ = {"x"};
  result.rows_ = {{Term::Literal("a\x01\r\xEF\xBF\xBF")}};
  EXPECT_NE(Write(result, ResultFormat::kXml).find("<literal>a\xEF\xBF\xBD&#13;\xEF\xBF\xBD</literal>"),
            std::string::npos);
}

TEST(ResultWriter, Csv) {
  FakeResult result = Sample();
  EXPECT_EQ(
      Write(result, ResultFormat::kCsv),
      "x,y\r\n"
      "http://e/?a=1&b=<,\"q\"\"uote, comma\"\r\n"
      "_:b0,tab\there\r\n"
      ",01\r\n"
      "r,\r\n"
      "\"<<( <urn:s> <urn:p> \"\"2\"\"^^<http://www.w3.org/2001/XMLSchema#integer> )>>\",\"two\nlines\"\r\n");
}

TEST(ResultWriter, Tsv) {
  FakeResult result = Sample();
  EXPECT_EQ(Write(result, ResultFormat::kTsv),
            "?x\t?y\n"
            "<http://e/?a=1&b=\\u003C>\t\"q\\\"uote, comma\"\n"
            "_:b0\t\"tab\\there\"@en\n"
            "\t01\n"
            "\"r\"@ar--rtl\t\n"
            "<<( <urn:s> <urn:p> \"2\"^^<http://www.w3.org/2001/XMLSchema#integer> )>>\t\"two\\nlines\"\n");
}

// The numbers Turtle writes without quotes, and those that would come back as another type.
TEST(ResultWriter, TsvNumbers) {
  const auto cell = [](std::string lexical, std::string_view type) {
    FakeResult result;
    result.columns_ = {"x"};
    result.rows_ = {{Term::Literal(std::move(lexical), Cat(graph::xsd::kNs, type))}};
    std::string text = Write(result, ResultFormat::kTsv);
    return text.substr(3, text.size() - 4);
  };
  EXPECT_EQ(cell("-5", "integer"), "-5");
  EXPECT_EQ(cell("+05", "integer"), "+05");
  EXPECT_EQ(cell("1.50", "decimal"), "1.50");
  EXPECT_EQ(cell(".5", "decimal"), ".5");
  EXPECT_EQ(cell("2", "decimal"), "\"2\"^^<http://www.w3.org/2001/XMLSchema#decimal>");
  EXPECT_EQ(cell("2.", "decimal"), "\"2.\"^^<http://www.w3.org/2001/XMLSchema#decimal>");
  EXPECT_EQ(cell("1.0E3", "double"), "1.0E3");
  EXPECT_EQ(cell("1.e-3", "double"), "1.e-3");
  EXPECT_EQ(cell("1.0", "double"), "\"1.0\"^^<http://www.w3.org/2001/XMLSchema#double>");
  EXPECT_EQ(cell("INF", "double"), "\"INF\"^^<http://www.w3.org/2001/XMLSchema#double>");
  EXPECT_EQ(cell("5", "byte"), "\"5\"^^<http://www.w3.org/2001/XMLSchema#byte>");
  EXPECT_EQ(cell("", "integer"), "\"\"^^<http://www.w3.org/2001/XMLSchema#integer>");
}

TEST(ResultWriter, NoRowsAndNoColumns) {
  FakeResult empty;
  empty.columns_ = {"x"};
  EXPECT_EQ(Write(empty, ResultFormat::kJson),
            "{\"head\":{\"vars\":[\"x\"]},\"results\":{\"bindings\":[\n]}}\n");
  EXPECT_EQ(Write(empty, ResultFormat::kCsv), "x\r\n");
  FakeResult bare;
  bare.rows_ = {{}, {}};
  EXPECT_EQ(Write(bare, ResultFormat::kCsv), "\r\n\r\n\r\n");
  FakeResult bare_json;
  bare_json.rows_ = {{}};
  EXPECT_EQ(Write(bare_json, ResultFormat::kJson),
            "{\"head\":{\"vars\":[]},\"results\":{\"bindings\":[\n{}\n]}}\n");
}

TEST(ResultWriter, Boolean) {
  FakeResult ask;
  ask.form_ = ResultForm::kAsk;
  ask.boolean_ = true;
  EXPECT_EQ(Write(ask, ResultFormat::kJson), "{\"head\":{},\"boolean\":true}\n");
  EXPECT_NE(Write(ask, ResultFormat::kXml).find("<head/>\n<boolean>true</boolean>"), std::string::npos);
  EXPECT_EQ(Write(ask, ResultFormat::kNTriples),
            "error: the query does not make a graph, so nt does not fit; ask for json, xml, csv or tsv");
}

TEST(ResultWriter, Graphs) {
  FakeResult graph;
  graph.form_ = ResultForm::kGraph;
  graph.triples_ = {{Term::Iri("urn:s"), Term::Iri("urn:p"), Term::LangLiteral("o", "en")}};
  EXPECT_EQ(Write(graph, ResultFormat::kCsv),
            "error: the query makes a graph, which has no form as csv; ask for nt, ttl, nq, trig or rdf");
  EXPECT_EQ(Write(graph, ResultFormat::kNTriples), "<urn:s> <urn:p> \"o\"@en .\n");
  graph.triples_ = {{Term::Iri("urn:s"), Term::Iri("urn:p"), Term::LangLiteral("o", "en")}};
  EXPECT_NE(Write(graph, ResultFormat::kTurtle).find("<urn:s> <urn:p> \"o\"@en"), std::string::npos);
  graph.triples_ = {{Term::Iri("urn:s"), Term::Iri("urn:x:p"), Term::LangLiteral("o", "en-GB")}};
  EXPECT_NE(Write(graph, ResultFormat::kRdfXml).find("<p:p xmlns:p=\"urn:x:\" xml:lang=\"en-GB\">o</p:p>"), std::string::npos);
  graph.triples_ = {{Term::Iri("urn:s"), Term::Iri("urn:x:1"), Term::Literal("o")}};
  EXPECT_EQ(Write(graph, ResultFormat::kRdfXml), "error: RDF/XML cannot express the predicate <urn:x:1>: it ends in no XML name");
}

TEST(ResultWriter, StreamsInPieces) {
  FakeResult result;
  result.columns_ = {"x"};
  for (int i = 0; i < 3000; ++i) result.rows_.push_back({Term::Literal(std::string(100, 'x'))});
  result.batch_ = 1000;
  size_t pieces = 0, largest = 0, total = 0;
  ASSERT_TRUE(WriteResult(result, ResultFormat::kTsv, [&](std::string_view bytes) {
                ++pieces;
                largest = std::max(largest, bytes.size());
                total += bytes.size();
                return absl::OkStatus();
              }).ok());
  EXPECT_EQ(total, 3u + 3000u * 103u);
  EXPECT_GT(pieces, 5u);
  EXPECT_LT(largest, size_t{64} << 10);
}

TEST(ResultWriter, SinkErrorsStopTheWriting) {
  FakeResult result = Sample();
  const absl::Status status =
      WriteResult(result, ResultFormat::kJson, [](std::string_view) { return Cancelled("closed"); });
  EXPECT_EQ(MessageOf(status), "closed");
}

TEST(ResultWriter, Names) {
  EXPECT_EQ(ResultFormatOfName("xml"), ResultFormat::kXml);
  EXPECT_EQ(ResultFormatOfName("ttl"), ResultFormat::kTurtle);
  EXPECT_EQ(ResultFormatOfName("doc"), std::nullopt);
  EXPECT_EQ(MediaTypeOf(ResultFormat::kJson), "application/sparql-results+json");
  EXPECT_EQ(RdfFormatOf(ResultFormat::kTriG), graph::RdfFormat::kTriG);
  EXPECT_EQ(RdfFormatOf(ResultFormat::kCsv), std::nullopt);
}

}  // namespace
}  // namespace dossier::query
