#include <algorithm>
#include <chrono>

#include "gmock/gmock.h"
#include "graph/base/strings.h"
#include "graph/io/rdf.h"
#include "graph/io/readers.h"
#include "gtest/gtest.h"

namespace dossier::graph {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kOpen =
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:x=\"urn:x:\" "
    "xmlns:its=\"http://www.w3.org/2005/11/its\" rdf:version=\"1.2\">";

absl::StatusOr<std::string> ReadXml(std::string_view text) {
  std::string out;
  const absl::Status status = ReadRdf(text, {.format = RdfFormat::kRdfXml, .base = "http://b/d", .blank_node_prefix = ""}, [&](Quad quad) {
    AppendNQuad(quad, out);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return out;
}

std::string ReadBody(std::string_view body) {
  const auto out = ReadXml(Cat(kOpen, body, "</rdf:RDF>"));
  return out.ok() ? *out : Cat("error: ", MessageOf(out.status()));
}

absl::Status StatusOf(std::string_view text) { return ReadXml(text).status(); }

TEST(RdfXml, NodesAndProperties) {
  EXPECT_EQ(ReadBody("<x:T rdf:about='s' x:p='v' xml:lang='de'><x:q its:dir='rtl'>a&amp;<![CDATA[<b>]]></x:q>"
                     "<x:r rdf:datatype='urn:t'>1</x:r><x:s> <rdf:Description rdf:nodeID='n.'/> </x:s></x:T>"),
            "<http://b/s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:x:T> .\n"
            "<http://b/s> <urn:x:p> \"v\"@de .\n"
            "<http://b/s> <urn:x:q> \"a&<b>\"@de--rtl .\n"
            "<http://b/s> <urn:x:r> \"1\"^^<urn:t> .\n"
            "<http://b/s> <urn:x:s> _:n.E .\n");
}

TEST(RdfXml, NodeIdsStayApart) {
  EXPECT_EQ(ReadBody("<rdf:Description rdf:nodeID='anon1'><x:p rdf:nodeID='a.'/><x:p rdf:nodeID='a.E'/><x:p rdf:parseType='Resource'/>"
                     "<x:p rdf:nodeID='E'/></rdf:Description>"),
            "_:anonu1 <urn:x:p> _:a.E .\n_:anonu1 <urn:x:p> _:a.EE .\n_:anonu1 <urn:x:p> _:anon1 .\n_:anonu1 <urn:x:p> _:E .\n");
}

TEST(RdfXml, XmlLiteralsAreCanonical) {
  EXPECT_EQ(ReadBody("<rdf:Description rdf:about='s'><x:p rdf:parseType='Literal' xmlns='urn:d:' xmlns:u='urn:unused:'>"
                     "<b z='1' x:a='&#10;' a=\"'\"><c xmlns=''>&gt;</c><!--k--><?t d?></b></x:p></rdf:Description>"),
            "<http://b/s> <urn:x:p> \"<b xmlns=\\\"urn:d:\\\" xmlns:x=\\\"urn:x:\\\" a=\\\"'\\\" z=\\\"1\\\" x:a=\\\"&#xA;\\\">"
            "<c xmlns=\\\"\\\">&gt;</c><!--k--><?t d?></b>\"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral> .\n");
}

TEST(RdfXml, TripleTermsHoldOneTriple) {
  EXPECT_EQ(ReadBody("<rdf:Description rdf:about='s'><x:p rdf:parseType='Triple' rdf:annotation='r'><x:T rdf:about='o'/></x:p>"
                     "</rdf:Description>"),
            "<http://b/s> <urn:x:p> <<( <http://b/o> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:x:T> )>> .\n"
            "<http://b/r> <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( <http://b/s> <urn:x:p> "
            "<<( <http://b/o> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:x:T> )>> )>> .\n");
  for (const char* body : {"<x:T/><x:T/>", "<x:T x:p='1'/>", "", "<rdf:Description/>", "<rdf:Description><x:p><x:T/></x:p></rdf:Description>"}) {
    EXPECT_THAT(ReadBody(Cat("<x:S><x:p rdf:parseType='Triple'>", body, "</x:p></x:S>")), HasSubstr("error: ")) << body;
  }
}

TEST(RdfXml, ErrorsHavePlaces) {
  const auto check = [](std::string_view text, std::string_view message, uint32_t line, uint32_t column) {
    const absl::Status status = StatusOf(text);
    EXPECT_THAT(MessageOf(status), HasSubstr(std::string(message))) << text;
    ASSERT_TRUE(PositionOf(status)) << status;
    EXPECT_EQ(PositionOf(status)->line, line) << text;
    EXPECT_EQ(PositionOf(status)->column, column) << text;
  };
  check("<T xmlns='urn:x:'>", "no element found", 1, 19);
  check("", "no element found", 1, 1);
  check(Cat(kOpen, "\n <x:é></b>"), "mismatched tag", 2, 9);
  check(Cat(kOpen, "\n  <x:é rdf:about='a b'/>"), "may not stand in an IRI", 2, 3);
  check(Cat(kOpen, "\n\n<rdf:li/>"), "rdf:li may not be a node element", 3, 1);
  check(Cat(kOpen, "\n<x:T>é text</x:T>"), "text may not stand here", 2, 6);
  check(Cat(kOpen, "\n<x:T><y/></x:T>"), "no namespace", 2, 6);
  check(Cat(kOpen, "<x:T z='1'/>"), "\"z\" has no namespace", 1, kOpen.size() + 1);
  check(Cat(kOpen, "\n<x:T xml:lang='en_US'/>"), "no language tag", 2, 1);
  check(Cat(kOpen, "\n<x:T><x:p>a<x:T/></x:p></x:T>"), "either text or a node element", 2, 12);
  check(Cat(kOpen, "\n<x:T><x:p><x:T/><x:T/></x:p></x:T>"), "one node element at most", 2, 17);
  check(Cat(kOpen, "\n<x:T><x:p><x:T/>a</x:p></x:T>"), "text may not stand here", 2, 17);
  check(Cat(kOpen, "\n<x:T><x:p rdf:resource='o'><x:T/></x:p></x:T>"), "no element inside", 2, 28);
  check(Cat(kOpen, "\n<x:T><x:p rdf:datatype='http://www.w3.org/1999/02/22-rdf-syntax-ns#langString'/></x:T>"), "needs a language", 2, 6);
  check(Cat(kOpen, "\n<x:T rdf:about='http://x/' about='b'/>"), "stands here twice", 2, 1);
}

TEST(RdfXml, EncodingsAreTold) {
  const std::string body = Cat(kOpen, "<x:T rdf:about='s' x:p='\xE9'/></rdf:RDF>");
  const auto latin1 = ReadXml(Cat("<?xml version='1.0' encoding='ISO-8859-1'?>", body));
  ASSERT_TRUE(latin1.ok()) << latin1.status();
  EXPECT_THAT(*latin1, HasSubstr("\"é\""));
  EXPECT_THAT(MessageOf(StatusOf(body)), HasSubstr("not well-formed"));
  EXPECT_THAT(MessageOf(StatusOf(Cat("<?xml version='1.0' encoding='EBCDIC'?>", body))), HasSubstr("unknown encoding"));
}

TEST(RdfXml, EntitiesOfTheDocumentAreKnownOthersNeverFetched) {
  const auto with = [](std::string_view dtd, std::string_view text) {
    const auto out = ReadXml(Cat("<!DOCTYPE rdf:RDF ", dtd, ">", kOpen, "<x:T rdf:about='s'><x:p>", text, "</x:p></x:T></rdf:RDF>"));
    return out.ok() ? *out : Cat("error: ", MessageOf(out.status()));
  };
  EXPECT_THAT(with("[<!ENTITY e 'value'>]", "&e;"), HasSubstr("<urn:x:p> \"value\""));
  EXPECT_THAT(with("[<!ENTITY e SYSTEM 'file:///etc/passwd'>]", "&e;"), HasSubstr("error: external entities are not read"));
  EXPECT_THAT(with("SYSTEM 'file:///etc/passwd'", "&e;"), HasSubstr("error: the entity \"e\" is not declared"));
  EXPECT_THAT(with("SYSTEM 'http://127.0.0.1:1/x.dtd' [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]", "v"), HasSubstr("<urn:x:p> \"v\""));
  EXPECT_THAT(with("[<!ENTITY e '&e;'>]", "&e;"), HasSubstr("recursive"));
}

TEST(RdfXml, ExpansionIsBounded) {
  std::string dtd = "<!ENTITY e0 'laughlaughlaughlaughlaughlaugh'>";
  for (int i = 1; i < 12; ++i) {
    Append(dtd, "<!ENTITY e", i, " '");
    for (int n = 0; n < 10; ++n) Append(dtd, "&e", i - 1, ";");
    dtd += "'>";
  }
  for (const char* body : {"<x:T><x:p>&e11;</x:p></x:T>", "<x:T x:p='&e11;'/>"}) {
    const absl::Status status = StatusOf(Cat("<!DOCTYPE r [", dtd, "]>", kOpen, body, "</rdf:RDF>"));
    EXPECT_THAT(MessageOf(status), HasSubstr("amplification")) << body;
  }
}

TEST(RdfXml, NestingIsBounded) {
  std::string deep(kOpen), literal = Cat(kOpen, "<x:T><x:p rdf:parseType='Literal'>");
  for (int i = 0; i < 300; ++i) deep += "<x:T><x:p>";
  for (int i = 0; i < 600; ++i) literal += "<a>";
  EXPECT_THAT(MessageOf(StatusOf(deep)), HasSubstr("nest deeper than 500"));
  EXPECT_THAT(MessageOf(StatusOf(literal)), HasSubstr("nest deeper than 500"));
}

// Expat 2.5 looks at an unfinished tag again with each piece it gets.
TEST(RdfXml, LongTagsAreReadInLinearTime) {
  const std::string text = Cat(kOpen, "<!--", std::string(size_t{24} << 20, 'c'), "--><x:T rdf:about='s' x:p='", std::string(size_t{24} << 20, 'v'),
                               "'/></rdf:RDF>");
  const auto start = std::chrono::steady_clock::now();
  const auto out = ReadXml(text);
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_GT(out->size(), size_t{24} << 20);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(RdfXml, TermsAreBounded) {
  const std::string text = Cat(kOpen, "<x:T><x:p>", std::string(size_t{65} << 20, 'v'), "</x:p></x:T></rdf:RDF>");
  EXPECT_THAT(MessageOf(StatusOf(text)), HasSubstr("longer than 64 MiB"));
}

TEST(RdfXml, ChunksDoNotMatter) {
  const std::string text = Cat("<!DOCTYPE r [<!ENTITY e 'é<b/>'>]>\n", kOpen, "\n<x:T rdf:ID='a'><x:p rdf:parseType='Literal'>t&e;</x:p><x:q>ä<!-- c -->b</x:q>",
                               "<rdf:li rdf:parseType='Collection'><x:T/><x:U/></rdf:li></x:T></rdf:RDF>");
  const auto read = [](std::string_view document, size_t chunk) {
    size_t at = 0;
    Input in([&](std::string& buffer) {
      const size_t n = std::min(chunk, document.size() - at);
      buffer.append(document.substr(at, n));
      at += n;
      return n > 0;
    });
    std::string out;
    const RdfReadOptions options{.format = RdfFormat::kRdfXml, .base = "http://b/", .blank_node_prefix = "f"};
    const absl::Status status = ReadRdfXml(in, options, [&](Quad quad) {
      AppendNQuad(quad, out);
      return absl::OkStatus();
    });
    const SourcePosition position = PositionOf(status).value_or(SourcePosition{});
    return Cat(out, MessageOf(status), " ", position.line, ":", position.column);
  };
  for (size_t cut = 0; cut <= text.size(); ++cut) {
    const std::string_view document = std::string_view(text).substr(0, cut);
    const std::string whole = read(document, document.size() + 1);
    for (const size_t chunk : {1, 3, 64}) EXPECT_EQ(read(document, chunk), whole) << "cut at " << cut << ", chunks of " << chunk;
  }
}

TEST(RdfXml, SinkErrorsEndTheReading) {
  int seen = 0;
  const absl::Status status = ReadRdf(Cat(kOpen, "<x:T rdf:about='s' x:p='1' x:q='2'/><x:T/></rdf:RDF>"), {.format = RdfFormat::kRdfXml, .base = "http://b/"},
                                      [&](Quad) { return ++seen == 2 ? ResourceExhausted("full") : absl::OkStatus(); });
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(seen, 2);
}

}  // namespace
}  // namespace dossier::graph
