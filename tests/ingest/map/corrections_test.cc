#include "ingest/map/corrections.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "graph/model/vocabulary.h"
#include "ingest/map/forget.h"
#include "ingest/map/same_candidates.h"
#include "ingest/map/scan.h"
#include "ingest/map/vocabulary.h"
#include "ingest/pipeline.h"
#include "ingest/read/reader.h"
#include "tests/graph/store/temp_dir.h"

namespace dossier::ingest {
namespace {

using graph::Quad;
using graph::Store;
using graph::Term;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kFirst = "President Anna Berg dismissed Karl Holm. Anna Berg praised Norway.\n";
constexpr const char* kSecond = "President Annika Berg-Lund praised Karl Holm. Annika Berg-Lund visited Norway.\n";
constexpr const char* kThird = "President Annika Berg-Lund accused Karl Holm of fraud.\n";

std::string Ent(std::string_view name) { return Cat(graph::kEntityNs, name); }

const Pipeline& ThePipeline() {
  static const Pipeline* const pipeline = Pipeline::Create(ModelKind::kFast).value().release();
  return *pipeline;
}

class CorrectionsTest : public testing::Test {
 protected:
  CorrectionsTest() : store_(Store::Open(directory_.path(), {}).value()) {}

  std::string Ingest(const std::string& text) {
    const auto document = ReadArticle(text, "article.txt");
    EXPECT_TRUE(document.ok());
    const auto report = ThePipeline().Ingest(*document, *store_, {});
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? report->document_iri : "";
  }

  // The statements of the default graph, or of a named one, as N-Triples lines without the dot.
  std::set<std::string> Dump(std::string_view graph = "") const {
    std::set<std::string> lines;
    const auto add = [&](const Quad& q) {
      lines.insert(Cat(q.subject.ToNTriples(), " ", q.predicate.ToNTriples(), " ", q.object.ToNTriples()));
    };
    const auto snapshot = store_->GetSnapshot();
    EXPECT_TRUE((graph.empty() ? ForEachQuad(*snapshot, {}, add) : ForEachQuadIn(*snapshot, graph, add)).ok());
    return lines;
  }

  static std::string Fact(std::string_view s, std::string_view relation, std::string_view o) {
    return Cat("<", Ent(s), "> <", graph::kRelationNs, relation, "> <", Ent(o), ">");
  }

  static size_t CountWith(const std::set<std::string>& lines, std::string_view text) {
    size_t count = 0;
    for (const std::string& line : lines) count += line.find(text) != std::string::npos ? 1 : 0;
    return count;
  }

  graph::TempDir directory_;
  std::unique_ptr<Store> store_;
};

TEST_F(CorrectionsTest, AMergeMakesTwoEntitiesOneWithTheirEvidence) {
  Ingest(kFirst);
  Ingest(kSecond);
  ASSERT_THAT(Dump(), Contains(Fact("Annika_Berg-Lund", "praise", "Karl_Holm")));
  const auto report = MergeEntities(*store_, Ent("Anna_Berg"), Ent("Annika_Berg-Lund"));
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->entity, Ent("Anna_Berg"));
  const auto after = Dump();
  EXPECT_THAT(after, Contains(Fact("Anna_Berg", "praise", "Karl_Holm")));
  EXPECT_THAT(after, Contains(Fact("Anna_Berg", "dismiss", "Karl_Holm")));
  EXPECT_EQ(CountWith(after, Cat("<", Ent("Annika_Berg-Lund"), ">")), 0u);   // nothing speaks of it any more, triple terms included
  EXPECT_EQ(CountWith(after, "altLabel> \"Annika Berg-Lund\""), 1u);
  // One label, one name.
  EXPECT_EQ(CountWith(after, Cat("<", Ent("Anna_Berg"), "> <http://www.w3.org/2000/01/rdf-schema#label>")), 1u);
}

TEST_F(CorrectionsTest, AMergeHoldsForArticlesToComeAndForThoseReadAgain) {
  Ingest(kFirst);
  const std::string second = Ingest(kSecond);
  ASSERT_TRUE(MergeEntities(*store_, Ent("Anna_Berg"), Ent("Annika_Berg-Lund")).ok());
  Ingest(kThird);
  EXPECT_THAT(Dump(), Contains(Fact("Anna_Berg", "accuse", "Karl_Holm")));
  ASSERT_TRUE(ForgetDocument(*store_, second).ok());
  EXPECT_THAT(Dump(), Not(Contains(Fact("Anna_Berg", "praise", "Karl_Holm"))));
  EXPECT_EQ(CountWith(Dump(vocab::kCorrections), second), 0u);   // nothing of the document is left
  Ingest(kSecond);
  EXPECT_THAT(Dump(), Contains(Fact("Anna_Berg", "praise", "Karl_Holm")));
  EXPECT_EQ(CountWith(Dump(), Cat("<", Ent("Annika_Berg-Lund"), ">")), 0u);
}

TEST_F(CorrectionsTest, ASplitUndoesAMergeExactly) {
  Ingest(kFirst);
  Ingest(kSecond);
  const auto before = Dump();
  ASSERT_TRUE(MergeEntities(*store_, Ent("Anna_Berg"), Ent("Annika_Berg-Lund")).ok());
  ASSERT_NE(Dump(), before);
  const auto split = SplitEntities(*store_, Ent("Anna_Berg"), Ent("Annika_Berg-Lund"));
  ASSERT_TRUE(split.ok()) << split.status();
  const auto after = Dump();
  for (const std::string& line : before) EXPECT_TRUE(after.contains(line)) << "lost: " << line;
  for (const std::string& line : after) {
    // A document may go on mentioning the one that was kept.
    EXPECT_TRUE(line.find(vocab::kMentions) != std::string::npos || before.contains(line)) << "left behind: " << line;
  }
  EXPECT_EQ(CountWith(Dump(vocab::kCorrections), vocab::kMergedInto), 0u);
  EXPECT_EQ(CountWith(Dump(vocab::kCorrections), vocab::kDifferentFrom), 1u);
  Ingest(kThird);
  EXPECT_THAT(Dump(), Contains(Fact("Annika_Berg-Lund", "accuse", "Karl_Holm")));
}

TEST_F(CorrectionsTest, WhatAMergedEntitySaidInLaterArticlesComesBackToo) {
  Ingest(kFirst);
  Ingest(kSecond);
  ASSERT_TRUE(MergeEntities(*store_, Ent("Anna_Berg"), Ent("Annika_Berg-Lund")).ok());
  Ingest(kThird);
  ASSERT_TRUE(SplitEntities(*store_, Ent("Annika_Berg-Lund"), Ent("Anna_Berg")).ok());
  EXPECT_THAT(Dump(), Contains(Fact("Annika_Berg-Lund", "accuse", "Karl_Holm")));
  EXPECT_THAT(Dump(), Not(Contains(Fact("Anna_Berg", "accuse", "Karl_Holm"))));
  EXPECT_THAT(Dump(), Contains(Fact("Anna_Berg", "dismiss", "Karl_Holm")));
}

TEST_F(CorrectionsTest, DocumentsThatSpeakOfAnotherAreSplitOffAndStaySo) {
  const std::string first = Ingest(kFirst);
  const std::string other = Ingest("Karl Holm won the race. Karl Holm thanked Norway.\n");
  const auto report = SplitDocuments(*store_, Ent("Karl_Holm"), {other});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->entity, Ent("Karl_Holm-2"));
  EXPECT_THAT(Dump(), Contains(Fact("Karl_Holm-2", "thank", "Norway")));
  EXPECT_THAT(Dump(), Not(Contains(Fact("Karl_Holm", "thank", "Norway"))));
  EXPECT_THAT(Dump(), Contains(Fact("Anna_Berg", "dismiss", "Karl_Holm")));
  ASSERT_TRUE(ForgetDocument(*store_, other).ok());
  Ingest("Karl Holm won the race. Karl Holm thanked Norway.\n");
  EXPECT_THAT(Dump(), Contains(Fact("Karl_Holm-2", "thank", "Norway")));
  EXPECT_THAT(Dump(), Not(Contains(Fact("Karl_Holm", "thank", "Norway"))));
}

TEST_F(CorrectionsTest, AliasesLeadToTheirEntity) {
  const auto aliases = ParseAliases("# who is who\nThe Iron Lady\tAnna Berg\r\nAnnika Berg-Lund\tent:Anna_Berg\n");
  ASSERT_TRUE(aliases.ok()) << aliases.status();
  ASSERT_EQ(aliases->size(), 2u);
  Ingest(kFirst);
  Ingest(kSecond);
  ASSERT_TRUE(AddAliases(*store_, *aliases).ok());
  EXPECT_THAT(Dump(), Contains(Fact("Anna_Berg", "praise", "Karl_Holm")));   // what is there already
  Ingest(kThird);
  EXPECT_THAT(Dump(), Contains(Fact("Anna_Berg", "accuse", "Karl_Holm")));   // what comes
}

TEST_F(CorrectionsTest, AnAliasOfSomebodyNewNamesTheNode) {
  ASSERT_TRUE(AddAliases(*store_, {{"Annika Berg-Lund", Ent("Anna_Berg")}}).ok());
  Ingest(kThird);
  EXPECT_THAT(Dump(), Contains(Fact("Anna_Berg", "accuse", "Karl_Holm")));
  EXPECT_EQ(CountWith(Dump(), Cat("<", Ent("Anna_Berg"), "> <http://www.w3.org/2000/01/rdf-schema#label> \"Anna Berg\"@en")), 1u);
}

TEST_F(CorrectionsTest, BadCorrectionsSayWhyAndChangeNothing) {
  Ingest(kFirst);
  const auto before = Dump();
  EXPECT_EQ(MergeEntities(*store_, Ent("Anna_Berg"), Ent("Nobody")).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(MergeEntities(*store_, Ent("Anna_Berg"), Ent("Anna_Berg")).status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(SplitEntities(*store_, Ent("Anna_Berg"), Ent("Anna_Berg")).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(SplitDocuments(*store_, Ent("Anna_Berg"), {"urn:dossier:document/none"}).status().code(), absl::StatusCode::kNotFound);
  for (const char* text : {"no tab", "\tent:A", "name\t", "a\tb\nbroken"}) {
    const auto parsed = ParseAliases(text);
    ASSERT_FALSE(parsed.ok()) << text;
    EXPECT_THAT(std::string(parsed.status().message()), HasSubstr("line"));
  }
  EXPECT_EQ(Dump(), before);
  EXPECT_TRUE(Dump(vocab::kCorrections).empty());
}

TEST_F(CorrectionsTest, WhatMayBeOneIsListedUntilItIsDecided) {
  Ingest("Anna Berg praised Karl Holm. Anna Berg visited Norway.\n");
  Ingest("Anna Bergh praised Karl Holm. Anna Bergh visited Norway.\n");
  const auto listed = [&] {
    const auto pairs = FindSameCandidates(*store_->GetSnapshot(), 100);
    EXPECT_TRUE(pairs.ok());
    std::set<std::string> out;
    for (const SameCandidate& pair : *pairs) out.insert(Cat(pair.a, " ", pair.b, " ", pair.reason));
    return out;
  };
  const std::string pair = Cat(Ent("Anna_Berg"), " ", Ent("Anna_Bergh"), " spelt alike");
  EXPECT_THAT(listed(), Contains(pair));
  ASSERT_TRUE(SplitEntities(*store_, Ent("Anna_Berg"), Ent("Anna_Bergh")).ok());
  EXPECT_THAT(listed(), Not(Contains(pair)));
  ASSERT_TRUE(MergeEntities(*store_, Ent("Anna_Berg"), Ent("Anna_Bergh")).ok());
  EXPECT_THAT(listed(), Not(Contains(pair)));
}

TEST_F(CorrectionsTest, OfTwoWithASurnameTheOneWithTheTitleIsMeant) {
  Ingest("Judge Adam Smith met Karl Holm. Smith thanked Norway.\n");
  Ingest("Senator Maggie Smith met Karl Holm. Smith thanked Sweden.\n");
  Ingest("Senator Smith visited Norway. Senator Smith thanked Norway.\n");
  EXPECT_THAT(Dump(), Contains(Fact("Maggie_Smith", "visit", "Norway")));
}

}  // namespace
}  // namespace dossier::ingest
