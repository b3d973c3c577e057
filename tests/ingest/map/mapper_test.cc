#include "ingest/map/mapper.h"

#include <gmock/gmock.h>

#include <set>

#include "graph/base/strings.h"
#include "ingest/map/iris.h"
#include "tests/ingest/entity/tree_builder.h"

namespace dossier::ingest {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Line(const graph::Quad& quad) {
  return Cat(quad.subject.ToNTriples(), " ", quad.predicate.ToNTriples(), " ", quad.object.ToNTriples());
}

// "Ada sacked Bob over fraud."
struct Example {
  Document document;
  Analysis analysis;
  IngestOptions options;

  Example() {
    document.text = "Ada sacked Bob over fraud.";
    analysis.sentences = {
        Tree("Ada|PROPN|2|nsubj sacked|VERB|0|root|sack Bob|PROPN|2|obj over|ADP|5|case fraud.|NOUN|2|obl")};
    for (const char* name : {"Ada", "Bob"}) {
      Entity entity;
      entity.name = name;
      entity.type = EntityType::kPerson;
      entity.named = true;
      analysis.entities.entities.push_back(entity);
    }
    analysis.iris = MintEntityIris(analysis.entities, DocumentHash(document.text));
    Fact fact;
    fact.subject = FactTerm{"Ada", 0, {0, 3}, false};
    fact.relation = "sack";
    fact.phrase = "sacked";
    fact.phrase_span = {4, 10};
    fact.object = FactTerm{"Bob", 1, {11, 14}, false};
    fact.qualifiers = {{"reason", FactTerm{"fraud", -1, {20, 25}, false}}};
    fact.confidence = 0.9;
    fact.rule = "verb-dobj";
    analysis.facts = {fact};
  }

  std::vector<std::string> Lines() const {
    std::vector<std::string> lines;
    for (const graph::Quad& quad : MapToQuads({document, analysis, options, "fast-1"}))
      lines.push_back(Line(quad));
    return lines;
  }
};

TEST(Mapper, GoldenQuadsOfATinyArticle) {
  const Example example;
  const std::string doc = Cat("<urn:dossier:document/", DocumentHash(example.document.text));
  const std::string d = doc + ">", s = doc + "#char=0,26>", r = doc + "#fact=0>";
  const std::string type = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ", dos = "<urn:dossier:vocab#";
  const std::string nif = "<http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
                    label = "<http://www.w3.org/2000/01/rdf-schema#label> ";
  const std::string integer = "\"^^<http://www.w3.org/2001/XMLSchema#integer>",
                    match = "<http://www.w3.org/2004/02/skos/core#closeMatch> ";
  const std::string ada = "<urn:dossier:entity/Ada>", bob = "<urn:dossier:entity/Bob>",
                    sack = "<urn:dossier:relation/sack>";
  std::vector<std::string> lines = example.Lines();
  std::erase_if(lines, [&](const std::string& line) {
    return line.find(match) != std::string::npos;
  });  // the lexicon's business
  EXPECT_THAT(
      lines,
      ElementsAre(d + " " + type + "<http://schema.org/Article>", d + " " + type + nif + "Context>",
                  d + " <http://purl.org/dc/terms/language> \"en\"", d + " " + dos + "model> \"fast-1\"",
                  ada + " " + type + "<http://schema.org/Person>", ada + " " + label + "\"Ada\"@en",
                  ada + " " + dos + "nameKey> \"ada\"", d + " <http://schema.org/mentions> " + ada,
                  bob + " " + type + "<http://schema.org/Person>", bob + " " + label + "\"Bob\"@en",
                  bob + " " + dos + "nameKey> \"bob\"", d + " <http://schema.org/mentions> " + bob,
                  sack + " " + type + "<http://www.w3.org/1999/02/22-rdf-syntax-ns#Property>",
                  sack + " " + label + "\"sack\"@en", sack + " " + dos + "lemma> \"sack\"",
                  ada + " " + sack + " " + bob,
                  r + " <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( " + ada + " " + sack + " " +
                      bob + " )>>",
                  s + " " + type + nif + "Sentence>", s + " " + nif + "referenceContext> " + d,
                  s + " " + nif + "anchorOf> \"Ada sacked Bob over fraud.\"",
                  s + " " + nif + "beginIndex> \"0" + integer, s + " " + nif + "endIndex> \"26" + integer,
                  r + " <http://www.w3.org/ns/prov#wasDerivedFrom> " + s,
                  r + " " + dos + "confidence> \"0.9\"^^<http://www.w3.org/2001/XMLSchema#decimal>",
                  r + " " + dos + "rule> \"verb-dobj\"", r + " " + dos + "phrase> \"sacked\"",
                  r + " " + dos + "subjectSpan> \"0,3\"", r + " " + dos + "predicateSpan> \"4,10\"",
                  r + " " + dos + "objectSpan> \"11,14\"", r + " " + dos + "reason> \"fraud\""));
}

TEST(Mapper, SynonymsAreLinked) {
  EXPECT_THAT(Example().Lines(),
              Contains("<urn:dossier:relation/sack> <http://www.w3.org/2004/02/skos/core#closeMatch> "
                       "<urn:dossier:relation/dismiss>"));
}

TEST(Mapper, DeniedFactsAreNotAsserted) {
  Example example;
  example.analysis.facts[0].asserted = false;
  example.analysis.facts[0].polarity = Polarity::kNegative;
  const std::vector<std::string> lines = example.Lines();
  EXPECT_THAT(lines,
              Not(Contains("<urn:dossier:entity/Ada> <urn:dossier:relation/sack> <urn:dossier:entity/Bob>")));
  EXPECT_THAT(lines,
              Contains(HasSubstr(
                  "<<( <urn:dossier:entity/Ada> <urn:dossier:relation/sack> <urn:dossier:entity/Bob> )>>")));
  EXPECT_THAT(lines, Contains(HasSubstr("<urn:dossier:vocab#polarity> <urn:dossier:vocab#negative>")));
}

TEST(Mapper, AttributedFactsAreAssertedUnlessOnlyTheNarratorCounts) {
  Example example;
  example.analysis.facts[0].attribution = {FactTerm{"Bob", 1, {}, false}, FactTerm{}};
  const std::string triple = "<urn:dossier:entity/Ada> <urn:dossier:relation/sack> <urn:dossier:entity/Bob>";
  EXPECT_THAT(example.Lines(), Contains(triple));
  EXPECT_THAT(example.Lines(), Contains(HasSubstr("attributedTo> <urn:dossier:entity/Bob>")));
  EXPECT_THAT(example.Lines(), Contains(HasSubstr("attributedTo> <urn:dossier:vocab#Unspecified>")));
  example.options.assert_attributed = false;
  EXPECT_THAT(example.Lines(), Not(Contains(triple)));
}

TEST(Mapper, AgentlessAndObjectlessFactsHaveNodes) {
  Example example;
  example.analysis.facts[0].subject.reset();
  example.analysis.facts[0].object.reset();
  const std::vector<std::string> lines = example.Lines();
  EXPECT_THAT(lines, Contains(HasSubstr("#type> <urn:dossier:vocab#Unspecified>")));
  EXPECT_THAT(lines, Contains(HasSubstr("<urn:dossier:relation/sack> <urn:dossier:vocab#NoObject>")));
}

TEST(Mapper, ExactTimesAreTyped) {
  Example example;
  example.analysis.facts[0].qualifiers = {{"q_on", FactTerm{"18 May 2020", -1, {}, false}},
                                          {"q_in", FactTerm{"part", -1, {}, false}},
                                          {"time", FactTerm{"soon", -1, {}, false}}};
  const std::vector<std::string> lines = example.Lines();
  EXPECT_THAT(lines,
              Contains(HasSubstr(
                  "<urn:dossier:vocab#time> \"2020-05-18\"^^<http://www.w3.org/2001/XMLSchema#date>")));
  EXPECT_THAT(lines, Contains(HasSubstr("<urn:dossier:vocab#q_in> \"part\"")));
  EXPECT_THAT(lines, Contains(HasSubstr("<urn:dossier:vocab#time> \"soon\"")));
}

TEST(Mapper, LiteralSubjectIsADescribedNode) {
  Example example;
  example.analysis.facts[0].subject = FactTerm{"that he lied", -1, {0, 3}, false};
  example.analysis.facts.push_back(example.analysis.facts[0]);
  const std::vector<std::string> lines = example.Lines();
  EXPECT_THAT(lines, Contains(HasSubstr("#label> \"that he lied\"@en")));
  EXPECT_EQ(std::set<std::string>(lines.begin(), lines.end()).size(), lines.size());
}

TEST(Mapper, TwoMentionsOfAFactAreOneTripleAndTwoReifiers) {
  Example example;
  example.analysis.facts.push_back(example.analysis.facts[0]);
  const std::vector<std::string> lines = example.Lines();
  EXPECT_EQ(std::count(lines.begin(), lines.end(),
                       "<urn:dossier:entity/Ada> <urn:dossier:relation/sack> <urn:dossier:entity/Bob>"),
            1);
  EXPECT_THAT(lines, Contains(HasSubstr("#fact=0> <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies>")));
  EXPECT_THAT(lines, Contains(HasSubstr("#fact=1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies>")));
}

TEST(Mapper, TitlesHaveEvidence) {
  Example example;
  example.analysis.entities.entities[0].titles = {
      {"sacked", 1, 0, 1, 2}, {"out of range", 1, 7, 1, 2}, {"bad tokens", 77, 0, 5, 99}};
  const std::vector<std::string> lines = example.Lines();
  EXPECT_THAT(lines, Contains("<urn:dossier:entity/Ada> <http://schema.org/jobTitle> \"sacked\"@en"));
  EXPECT_THAT(lines,
              Contains("<urn:dossier:entity/Ada> <http://schema.org/affiliation> <urn:dossier:entity/Bob>"));
  EXPECT_THAT(lines, Contains(HasSubstr("#title=0> <urn:dossier:vocab#objectSpan> \"4,10\"")));
  EXPECT_THAT(lines, Not(Contains(HasSubstr("out of range"))));
}

TEST(Mapper, MetadataAndIngestionActivity) {
  Example example;
  example.document.title = "A \"title\"";
  example.document.date = "2020-11-29";
  example.document.source = "http://example.org/a";
  example.options.recorded_at = "2024-01-01T00:00:00Z";
  const std::vector<std::string> lines = example.Lines();
  EXPECT_THAT(lines, Contains(HasSubstr("/terms/title> \"A \\\"title\\\"\"")));
  EXPECT_THAT(lines,
              Contains(HasSubstr("/terms/date> \"2020-11-29\"^^<http://www.w3.org/2001/XMLSchema#date>")));
  EXPECT_THAT(lines, Contains(HasSubstr("/terms/source> <http://example.org/a>")));
  EXPECT_THAT(lines, Contains(HasSubstr("#ingestion> <http://www.w3.org/ns/prov#endedAtTime>")));
  example.options.source = "my <file> name.txt";
  EXPECT_THAT(example.Lines(), Contains(HasSubstr("/terms/source> \"my <file> name.txt\"")));
}

TEST(Mapper, NastyWordsStayInsideTheirTerms) {
  Example example;
  const std::string nasty = "x\"y\\z\n<>\xFF{}";
  example.analysis.entities.entities[0].name = nasty;
  example.analysis.entities.entities[0].aliases = {nasty, "\xFF"};
  example.analysis.facts[0].relation = nasty;
  example.analysis.facts[0].qualifiers = {{nasty, FactTerm{nasty, -1, {0, 999}, false}}};
  example.analysis.facts[0].phrase_span = {90, 10};
  example.analysis.iris = MintEntityIris(example.analysis.entities, "00");
  for (const std::string& line : example.Lines()) {
    EXPECT_EQ(line.find('\n'), std::string::npos) << line;
    EXPECT_EQ(CleanUtf8(line), line);
  }
}

TEST(Mapper, NoQuadTwice) {
  Example example;
  example.analysis.entities.entities[1].aliases = {"Bob", "bob", "Bobby", "Bobby"};
  example.analysis.iris.iri[1] =
      example.analysis.iris.iri[0];  // two entities that turned out to be one node of the store
  example.analysis.facts.push_back(example.analysis.facts[0]);
  const std::vector<std::string> lines = example.Lines();
  EXPECT_EQ(std::set<std::string>(lines.begin(), lines.end()).size(), lines.size());
}

TEST(TextSpanOf, GoesBackThroughMarkup) {
  Document document;
  document.text = "a&b";
  document.origin = {3, 4, 9, 10};  // "<p>a&amp;b"
  EXPECT_EQ(TextSpanOf(document, {4, 9}), (SourceSpan{1, 2}));
  EXPECT_EQ(TextSpanOf(document, {3, 10}), (SourceSpan{0, 3}));
  EXPECT_EQ(TextSpanOf(document, {0, 500}), (SourceSpan{0, 3}));
}

}  // namespace
}  // namespace dossier::ingest
