#include "graph/io/rdf_writer.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/graph/io/isomorphism.h"
#include "tests/graph/io/quad_generator.h"

namespace dossier::graph {
namespace {

using ::testing::HasSubstr;

constexpr RdfFormat kFormats[] = {RdfFormat::kNTriples, RdfFormat::kNQuads, RdfFormat::kTurtle, RdfFormat::kTriG, RdfFormat::kRdfXml};

// What could be written of `quads`, as text; the others are taken out.
std::string Write(std::vector<Quad>& quads, RdfFormat format) {
  const auto writer = RdfWriter::Create(format, {{"ex", "http://example.org/"}, {"x", "urn:x:"}, {"xml", "urn:no:"}, {"1", "urn:y:"}, {"", "urn:z:"}});
  std::string out;
  std::erase_if(quads, [&](const Quad& quad) {
    const absl::Status status = writer->Add(quad, out);
    EXPECT_TRUE(status.ok() || format == RdfFormat::kRdfXml) << status;
    return !status.ok();
  });
  writer->Finish(out);
  return out;
}

std::vector<Quad> ReadBack(const std::string& text, RdfFormat format) {
  std::vector<Quad> quads;
  const absl::Status status = ReadRdf(text, {.format = format}, [&](Quad quad) {
    quads.push_back(std::move(quad));
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status << text;
  return quads;
}

TEST(RdfWriter, WhatIsWrittenIsReadBackInEveryFormat) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(Cat("seed ", seed));
  QuadGenerator generator(seed);
  size_t refused = 0, written = 0;
  for (int round = 0; round < 1000 && !::testing::Test::HasFailure(); ++round) {
    for (const RdfFormat format : kFormats) {
      std::vector<Quad> quads = generator.Quads();
      for (Quad& quad : quads) {
        quad.in_default_graph |= !HoldsGraphs(format);
        if (quad.in_default_graph) quad.graph = Term();
      }
      const size_t all = quads.size();
      const std::string text = Write(quads, format);
      written += quads.size();
      refused += all - quads.size();
      const std::vector<Quad> back = ReadBack(text, format);
      if (format == RdfFormat::kRdfXml) {
        EXPECT_TRUE(Isomorphic(back, quads)) << text;  // labels may change
      } else {
        EXPECT_EQ(back, quads) << text;
      }
    }
  }
  EXPECT_LT(refused * 5, written);  // RDF/XML refuses control characters only
}

TEST(RdfWriter, TermsKeepTheirSpelling) {
  std::vector<Quad> quads = {Quad(Term::Iri("urn:x:s"), Term::Iri("urn:x:p"), Term::LangLiteral("a", "en-GB"))};
  for (const RdfFormat format : kFormats) {
    std::vector<Quad> copy = quads;
    EXPECT_THAT(Write(copy, format), HasSubstr("en-GB"));
  }
}

TEST(RdfWriter, RdfXmlRefusesWhatItCannotExpress) {
  const auto add = [](const char* predicate, const std::string& text) {
    std::string out;
    return MessageOf(RdfWriter::Create(RdfFormat::kRdfXml, {})->Add(Quad(Term::Iri("urn:s"), Term::Iri(predicate), Term::Literal(text)), out));
  };
  EXPECT_THAT(add("urn:x:1", ""), HasSubstr("ends in no XML name"));
  EXPECT_THAT(add("http://www.w3.org/1999/02/22-rdf-syntax-ns#li", ""), HasSubstr("another meaning"));
  EXPECT_THAT(add("http://www.w3.org/1999/02/22-rdf-syntax-ns#about", ""), HasSubstr("another meaning"));
  EXPECT_THAT(add("http://www.w3.org/2000/xmlns/a", ""), HasSubstr("another meaning"));
  EXPECT_THAT(add("urn:x:p", "a\x01"), HasSubstr("XML cannot hold the character at byte 2"));
  EXPECT_EQ(add("urn:x:p", "a\r\n\t<>&\"é"), "");
}

TEST(RdfWriter, NoQuadsMakeADocumentToo) {
  for (const RdfFormat format : kFormats) {
    std::vector<Quad> none;
    EXPECT_TRUE(ReadBack(Write(none, format), format).empty());
  }
}

}  // namespace
}  // namespace dossier::graph
