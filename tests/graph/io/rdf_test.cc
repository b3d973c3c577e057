#include "graph/io/rdf.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <fstream>
#include <random>

#include "graph/base/strings.h"
#include "graph/io/readers.h"
#include "graph/model/vocabulary.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/graph/io/isomorphism.h"
#include "tests/graph/io/quad_generator.h"
#include "tests/graph/store/temp_dir.h"

namespace dossier::graph {
namespace {

using ::testing::HasSubstr;

absl::StatusOr<std::string> ToNQuads(std::string_view text, RdfFormat format, std::string base = "http://b/") {
  std::string out;
  const absl::Status status = ReadRdf(text, {.format = format, .base = std::move(base), .blank_node_prefix = ""}, [&](Quad quad) {
    AppendNQuad(quad, out);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return out;
}

TEST(Rdf, NQuadsAreReadAndWrittenCanonically) {
  const std::string text =
      "<urn:s> <urn:p> \"a\\tb\\u00E9\\n\"@en--ltr <urn:g> .\n"
      "_:b <urn:p> <<( <urn:s> <urn:p> \"x\"^^<urn:t> )>> .  # comment\n";
  const auto out = ToNQuads(text, RdfFormat::kNQuads);
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(*out,
            "<urn:s> <urn:p> \"a\\tbé\\n\"@en--ltr <urn:g> .\n"
            "_:b <urn:p> <<( <urn:s> <urn:p> \"x\"^^<urn:t> )>> .\n");
}

TEST(Rdf, TurtleAnnotationsBecomeReifiers) {
  const auto out = ToNQuads("PREFIX : <urn:x:> :s :p :o ~ :r {| :q 1, 2.5 , true |} .", RdfFormat::kTurtle);
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(*out,
            "<urn:x:s> <urn:x:p> <urn:x:o> .\n"
            "<urn:x:r> <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( <urn:x:s> <urn:x:p> <urn:x:o> )>> .\n"
            "<urn:x:r> <urn:x:q> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n"
            "<urn:x:r> <urn:x:q> \"2.5\"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n"
            "<urn:x:r> <urn:x:q> \"true\"^^<http://www.w3.org/2001/XMLSchema#boolean> .\n");
}

TEST(Rdf, AnnotationsOfOneTripleMayBeMany) {
  const auto out = ToNQuads("PREFIX : <urn:x:> :s :p :o ~ {| :a 1 |} {| :a 2 |} ~ :r ~ [] , << :s :p :o ~ :q >> .", RdfFormat::kTurtle);
  ASSERT_TRUE(out.ok()) << out.status();
  const auto expected = ToNQuads(
      "PREFIX : <urn:x:> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
      ":s :p :o, :q . _:a rdf:reifies <<( :s :p :o )>> ; :a 1 . _:b rdf:reifies <<( :s :p :o )>> ; :a 2 . "
      ":r rdf:reifies <<( :s :p :o )>> . _:d rdf:reifies <<( :s :p :o )>> . :q rdf:reifies <<( :s :p :o )>> .",
      RdfFormat::kTurtle);
  ASSERT_TRUE(expected.ok()) << expected.status();
  const auto quads = [](const std::string& text) {
    std::vector<Quad> list;
    EXPECT_TRUE(ReadRdf(text, {}, [&](Quad quad) {
                  list.push_back(std::move(quad));
                  return absl::OkStatus();
                }).ok());
    return list;
  };
  EXPECT_TRUE(Isomorphic(quads(*out), quads(*expected))) << *out << *expected;
}

TEST(Rdf, LabelsOfTheAuthorAndOursNeverMeet) {
  const auto out = ToNQuads("PREFIX : <urn:x:> _:anon1 :p [] . _:anonu1 :p _:anon .", RdfFormat::kTurtle);
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(*out, "_:anonu1 <urn:x:p> _:anon1 .\n_:anonuu1 <urn:x:p> _:anon .\n");
}

struct Mistake {
  RdfFormat format;
  std::string text;
  uint32_t line, column;
  std::string message;
};

TEST(Rdf, ErrorsTellWhereAndWhat) {
  const std::vector<Mistake> mistakes = {
      {RdfFormat::kTurtle, "PREFIX : <urn:x:>\n:s :p :o\n:t :p :o .", 3, 1, "expected '.'"},
      {RdfFormat::kTurtle, "<urn:s> <urn:p> foo:x .", 1, 17, "'foo:' is not declared"},
      {RdfFormat::kTurtle, "<urn:s> <urn:p> <x> .", 1, 17, "relative"},
      {RdfFormat::kTurtle, "<urn:s> <urn:p> \"é\\q\" .", 1, 20, "expected one of"},
      {RdfFormat::kTurtle, "<urn:s> <urn:p> \"abc", 1, 21, "found the end of the input"},
      {RdfFormat::kTurtle, "<urn:s> <urn:p> \"\\uD800\" .", 1, 24, "no Unicode character"},
      {RdfFormat::kTurtle, "<urn:s> <urn:p> \"x\"@en--up .", 1, 25, "ltr or rtl"},
      {RdfFormat::kTurtle, "<urn:s> \"p\" 1 .", 1, 9, "expected a predicate"},
      {RdfFormat::kTurtle, "<<( <urn:s> <urn:p> 1 )>> <urn:p> 1 .", 1, 1, "may only be an object"},
      {RdfFormat::kTurtle, "<urn:s> <urn:p> 1 ; # comment\n  <urn:q> .", 2, 11, "expected an IRI, a blank node or a literal"},
      {RdfFormat::kNTriples, "<urn:s> <urn:p> <urn:o> <urn:g> .", 1, 25, "expected '.'"},
      {RdfFormat::kNTriples, "<urn:s> <urn:p> <urn:o> . <urn:s>", 1, 27, "expected the end of the line"},
      {RdfFormat::kNTriples, "# ok\n<urn:s> <urn p> <urn:o> .", 2, 13, "expected '>'"},
      {RdfFormat::kNQuads, "<urn:s> <urn:p> \"o\" \"g\" .", 1, 21, "graph name"},
      {RdfFormat::kTriG, "<urn:g> { <urn:s> <urn:p> 1 ", 1, 29, "expected '.' or '}'"},
      {RdfFormat::kTurtle, "# \xFF", 1, 3, "UTF-8"},
  };
  for (const Mistake& mistake : mistakes) {
    const absl::Status status = ToNQuads(mistake.text, mistake.format, "").status();
    ASSERT_FALSE(status.ok()) << mistake.text;
    ASSERT_TRUE(PositionOf(status).has_value()) << status;
    EXPECT_EQ(PositionOf(status)->line, mistake.line) << mistake.text << status;
    EXPECT_EQ(PositionOf(status)->column, mistake.column) << mistake.text << status;
    EXPECT_THAT(MessageOf(status), HasSubstr(mistake.message));
  }
}

std::string Repeat(std::string_view s, size_t n) {
  std::string out;
  for (size_t i = 0; i < n; ++i) out += s;
  return out;
}

TEST(Rdf, NestingIsBounded) {
  const std::string p = "<urn:s> <urn:p> ";
  EXPECT_TRUE(ToNQuads(Cat(p, Repeat("(", 400), Repeat(")", 400), " ."), RdfFormat::kTurtle).ok());
  for (const std::string& text :
       {Cat(p, Repeat("(", 100000)), Cat(p, Repeat("[ <urn:p> ", 100000)), Cat(p, Repeat("<<( <urn:s> <urn:p> ", 100000)),
        Repeat("<< ", 100000), Cat(p, "1 ", Repeat("{| <urn:p> 1 ", 100000))}) {
    const absl::Status status = ToNQuads(text, RdfFormat::kTurtle).status();
    EXPECT_THAT(MessageOf(status), HasSubstr("deeper than 500"));
  }
  EXPECT_THAT(MessageOf(ToNQuads(Cat(p, Repeat("<<( <urn:s> <urn:p> ", 100000)), RdfFormat::kNTriples).status()),
              HasSubstr("deeper than 500"));
}

TEST(Rdf, SinkErrorsEndTheReading) {
  int seen = 0;
  const absl::Status status = ReadRdf("<urn:s> <urn:p> 1, 2, 3 .", {.format = RdfFormat::kTurtle}, [&](Quad) {
    return ++seen == 2 ? ResourceExhausted("full") : absl::OkStatus();
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(seen, 2);
}

constexpr std::string_view kDocument =
    "VERSION \"1.2\"\nPREFIX ex: <http://example.org/>\n# ünïcode comment\n"
    "ex:a%20b\\,c a ex:T.x ; ex:p -1.5e3 , .5 , \"\"\"long \"quoted\"\né\"\"\"@de-AT--rtl , true .\n"
    "<http://example.org/s> ex:q ( 1 [ ex:r _:b.1 ] <<( ex:s ex:p 'x'^^ex:d )>> ) ~ ex:m {| ex:n \"\\U0001F600\" |} .\n"
    "ex:g { ex:s ex:p ex:o . << ex:s ex:p ex:o >> ex:x 1 }\n";

// However the text is cut into chunks, the quads and errors are the same.
TEST(Rdf, ChunksDoNotMatter) {
  const auto read = [](std::string_view text, size_t chunk) {
    size_t at = 0;
    Input in([&](std::string& buffer) {
      const size_t n = std::min(chunk, text.size() - at);
      buffer.append(text.substr(at, n));
      at += n;
      return n > 0;
    });
    std::string out;
    const RdfReadOptions options{.format = RdfFormat::kTriG, .base = "", .blank_node_prefix = "f1"};
    const absl::Status status = ReadDocument(in, options, [&](Quad quad) {
      AppendNQuad(quad, out);
      return absl::OkStatus();
    });
    const auto position = PositionOf(status).value_or(SourcePosition{});
    return Cat(out, MessageOf(status), " ", position.offset, " ", position.line, " ", position.column);
  };
  for (size_t cut = 0; cut <= kDocument.size(); ++cut) {
    const std::string text = Cat(kDocument.substr(0, cut), cut % 2 == 0 ? "" : "}");
    const std::string whole = read(text, text.size() + 1);
    for (const size_t chunk : {1, 2, 3, 7, 64}) EXPECT_EQ(read(text, chunk), whole) << "cut at " << cut << ", chunks of " << chunk;
  }
}

// Whatever is accepted can be written and read again; whatever is refused has a place inside the text.
TEST(Rdf, MutatedTextsAreReadOrRefused) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(Cat("seed ", seed));
  std::mt19937 random(seed);
  constexpr std::string_view kAlphabet = "<>[](){}|~\"'\\.,;:@^#_-+ae0 \n\xC3\xA9\xFF\xED\xA0\x80";
  int accepted = 0;
  for (int round = 0; round < 20000 && !::testing::Test::HasFailure(); ++round) {
    std::string text(kDocument);
    for (size_t n = 1 + random() % 3; n > 0; --n) {
      const size_t at = random() % text.size();
      switch (random() % 4) {
        case 0: text[at] = kAlphabet[random() % kAlphabet.size()]; break;
        case 1: text.insert(at, 1, kAlphabet[random() % kAlphabet.size()]); break;
        case 2: text.erase(at, 1 + random() % 4); break;
        default: text.insert(at, text.substr(random() % text.size(), random() % 20));
      }
    }
    const RdfFormat format = round % 2 == 0 ? RdfFormat::kTriG : RdfFormat::kTurtle;
    const auto lines = ToNQuads(text, format);
    if (lines.ok()) {
      ++accepted;
      const auto again = ToNQuads(*lines, RdfFormat::kNQuads);
      ASSERT_TRUE(again.ok()) << again.status() << text;
      EXPECT_EQ(*again, *lines);
    } else {
      ASSERT_TRUE(PositionOf(lines.status()).has_value()) << lines.status();
      EXPECT_LE(PositionOf(lines.status())->offset, text.size());
    }
    ToNQuads(text, RdfFormat::kNQuads).status().IgnoreError();
  }
  EXPECT_GT(accepted, 100);
}

TEST(Rdf, FormatsHaveNamesEndingsAndMediaTypes) {
  EXPECT_EQ(FormatOfPath("a.b/x.owl.zst"), RdfFormat::kRdfXml);
  EXPECT_EQ(FormatOfPath("x"), std::nullopt);
  EXPECT_EQ(FormatOfMediaType("text/turtle"), RdfFormat::kTurtle);
  EXPECT_EQ(FormatOfMediaType(" Application/TriG ; charset=\"utf-8\""), RdfFormat::kTriG);
  EXPECT_EQ(FormatOfMediaType("application/rdf+xml;charset=utf-8"), RdfFormat::kRdfXml);
  EXPECT_EQ(FormatOfMediaType("text/plain"), std::nullopt);
  EXPECT_EQ(FormatOfMediaType(""), std::nullopt);
  for (const RdfFormat format : {RdfFormat::kNTriples, RdfFormat::kNQuads, RdfFormat::kTurtle, RdfFormat::kTriG, RdfFormat::kRdfXml}) {
    EXPECT_EQ(FormatOfMediaType(MediaTypeOf(format)), format);
  }
  EXPECT_TRUE(HoldsGraphs(RdfFormat::kTriG));
  EXPECT_FALSE(HoldsGraphs(RdfFormat::kRdfXml));
}

TEST(Rdf, PackedFilesAreRead) {
  const TempDir dir;
  std::string text;
  for (int i = 0; i < 50000; ++i) Append(text, "<urn:s", i, "> <urn:p> \"value ", i, "\" .\n");
  std::ofstream(dir.path("x.nt"), std::ios::binary) << text;
  const gzFile gz = gzopen(dir.path("x.nt.gz").c_str(), "wb");
  gzwrite(gz, text.data(), static_cast<unsigned>(text.size()));
  gzclose(gz);
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
  std::ofstream(dir.path("x.nt.zst"), std::ios::binary) << packed;
  std::ofstream(dir.path("cut.nt.zst"), std::ios::binary) << packed.substr(0, packed.size() / 2);
  for (const char* name : {"x.nt", "x.nt.gz", "x.nt.zst"}) {
    EXPECT_EQ(FormatOfPath(name), RdfFormat::kNTriples);
    int quads = 0;
    const absl::Status status = ReadRdfFile(dir.path(name), {.format = RdfFormat::kNTriples}, [&](Quad) {
      ++quads;
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    EXPECT_EQ(quads, 50000);
  }
  const auto ignore = [](Quad) { return absl::OkStatus(); };
  const absl::Status cut = ReadRdfFile(dir.path("cut.nt.zst"), {.format = RdfFormat::kNTriples}, ignore);
  EXPECT_THAT(MessageOf(cut), HasSubstr("ends too early"));
  EXPECT_EQ(ReadRdfFile(dir.path("none"), {}, ignore).code(), absl::StatusCode::kNotFound);
  EXPECT_FALSE(ReadRdfFile(dir.path("."), {}, ignore).ok());
}

// --- writer ---

std::string Write(const std::vector<Quad>& quads, bool trig) {
  TurtleWriter writer({{"ex", "http://example.org/"}, {"rdf", std::string(rdf::kNs)}, {"", "urn:x:"}}, trig);
  std::string out;
  for (const Quad& quad : quads) writer.Add(quad, out);
  writer.Finish(out);
  return out;
}

TEST(TurtleWriter, GroupsAndAnnotates) {
  const Term s = Term::Iri("urn:x:s"), p = Term::Iri("urn:x:p"), o = Term::Iri("urn:x:o"), m = Term::BlankNode("m1");
  const Term reifies = Term::Iri(std::string(rdf::kReifies)), q = Term::Iri("urn:x:q");
  const std::string text = Write({Quad(s, Term::Iri(std::string(rdf::kType)), o), Quad(s, p, o), Quad(m, reifies, Term::TripleTerm(s, p, o)),
                                  Quad(m, p, Term::Literal("0.91", std::string(xsd::kDecimal))), Quad(m, p, Term::Literal("x")),
                                  Quad(m, q, Term::Literal("y")), Quad(s, p, q)},
                                 false);
  EXPECT_THAT(text, HasSubstr(":s a :o ;\n    :p :o ~ _:m1 {|\n        :p 0.91 , \"x\" ;\n        :q \"y\" |} , :q .\n"));
}

TEST(TurtleWriter, WhatIsWrittenIsReadBack) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(Cat("seed ", seed));
  QuadGenerator generator(seed);
  for (int round = 0; round < 1500 && !::testing::Test::HasFailure(); ++round) {
    const bool trig = round % 2 == 0;
    std::vector<Quad> quads = generator.Quads();
    if (!trig) {
      for (Quad& quad : quads) quad.in_default_graph = true;
    }
    std::string lines;
    for (const Quad& quad : quads) AppendNQuad(quad, lines);
    // Labels are kept, so the lines must be the same, in order.
    const auto from_lines = ToNQuads(lines, RdfFormat::kNQuads, "");
    ASSERT_TRUE(from_lines.ok()) << from_lines.status() << lines;
    EXPECT_EQ(*from_lines, lines);
    const std::string text = Write(quads, trig);
    const auto from_text = ToNQuads(text, trig ? RdfFormat::kTriG : RdfFormat::kTurtle, "");
    ASSERT_TRUE(from_text.ok()) << from_text.status() << text;
    EXPECT_EQ(*from_text, lines) << text;
  }
}

}  // namespace
}  // namespace dossier::graph
