#include "ingest/pipeline.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

#include "graph/base/strings.h"
#include "ingest/map/iris.h"

namespace dossier::ingest {
namespace {

using graph::Store;
using graph::Term;

constexpr char kFirst[] =
    "French president Emmanuel Macron met Angela Merkel in Berlin on 18 May 2020.\n\n"
    "Macron praised the German chancellor. Merkel dismissed the criticism. \"We must act together,\" she "
    "said.\n";
constexpr char kSecond[] =
    "Merkel visited Paris in June. Emmanuel Macron thanked Angela Merkel.\n\nGermany supported the French "
    "proposal.\n";

const Pipeline& ThePipeline() {
  static const Pipeline* const pipeline = [] {
    auto created = Pipeline::Create(ModelKind::kFast);
    EXPECT_TRUE(created.ok()) << created.status();
    return created.ok() ? created->release() : nullptr;
  }();
  return *pipeline;
}

Document Doc(std::string text) {
  Document document;
  document.text = std::move(text);
  return document;
}

class PipelineTest : public ::testing::Test {
 protected:
  PipelineTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "dossier-pipeline-XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
    auto store = Store::Open(directory_ + "/db", {});
    EXPECT_TRUE(store.ok()) << store.status();
    store_ = std::move(store).value();
  }
  ~PipelineTest() override {
    store_.reset();
    std::filesystem::remove_all(directory_);
  }

  IngestReport Ingest(const std::string& text) {
    auto report = ThePipeline().Ingest(Doc(text), *store_, {});
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *report : IngestReport();
  }
  uint64_t Count(const std::string& subject, const std::string& predicate, const Term& object) const {
    const auto snapshot = store_->GetSnapshot();
    graph::IdPattern pattern;
    if (!subject.empty()) pattern.subject = snapshot->Find(Term::Iri(subject)).value();
    if (!predicate.empty()) pattern.predicate = snapshot->Find(Term::Iri(predicate)).value();
    pattern.object = snapshot->Find(object).value();
    if ((!subject.empty() && pattern.subject.is_unbound()) || pattern.object.is_unbound()) return 0;
    return snapshot->Count(pattern).value();
  }

  std::string directory_;
  std::unique_ptr<Store> store_;
};

TEST_F(PipelineTest, SamePeopleInTwoArticlesAreOneNodeWithEvidenceFromBoth) {
  const IngestReport first = Ingest(kFirst), second = Ingest(kSecond);
  EXPECT_GT(first.facts, 0u);
  EXPECT_GT(second.facts, 0u);
  EXPECT_NE(first.document_iri, second.document_iri);
  const std::string mentions = "http://schema.org/mentions";
  for (const std::string name : {"Angela_Merkel", "Emmanuel_Macron", "Germany", "France"}) {
    const Term node = Term::Iri(Cat("urn:dossier:entity/", name));
    EXPECT_EQ(Count(first.document_iri, mentions, node), 1u) << name;
    EXPECT_EQ(Count(second.document_iri, mentions, node), 1u) << name;
  }
  const auto snapshot = store_->GetSnapshot();
  EXPECT_TRUE(snapshot->Find(Term::Iri("urn:dossier:entity/Merkel"))->is_unbound());
  EXPECT_EQ(Count("urn:dossier:entity/Emmanuel_Macron", "urn:dossier:relation/thank",
                  Term::Iri("urn:dossier:entity/Angela_Merkel")),
            1u);
}

TEST_F(PipelineTest, SurnameAloneFindsThePersonOfAnEarlierArticle) {
  Ingest(kFirst);
  const IngestReport later = Ingest("Merkel resigned. Merkel thanked the voters.\n");
  EXPECT_EQ(
      Count(later.document_iri, "http://schema.org/mentions", Term::Iri("urn:dossier:entity/Angela_Merkel")),
      1u);
}

TEST_F(PipelineTest, ANodeHasOneLabel) {
  Ingest(kFirst);
  Ingest("Merkel resigned. Merkel thanked the voters.\n");
  const auto snapshot = store_->GetSnapshot();
  graph::IdPattern pattern;
  pattern.subject = snapshot->Find(Term::Iri("urn:dossier:entity/Angela_Merkel")).value();
  pattern.predicate = snapshot->Find(Term::Iri("http://www.w3.org/2000/01/rdf-schema#label")).value();
  EXPECT_EQ(snapshot->Count(pattern).value(), 1u);
}

TEST_F(PipelineTest, AmbiguousSurnameStaysANodeOfItsOwn) {
  Ingest("Adam Smith wrote a book. Maggie Smith met Adam Smith.\n");
  const IngestReport later = Ingest("Smith resigned. Smith thanked the voters.\n");
  EXPECT_EQ(Count(later.document_iri, "http://schema.org/mentions", Term::Iri("urn:dossier:entity/Smith")),
            1u);
}

TEST_F(PipelineTest, SameTextTwiceChangesNothing) {
  const IngestReport first = Ingest(kFirst);
  EXPECT_FALSE(first.already_present);
  EXPECT_EQ(first.quads_added, store_->GetSnapshot()->size());
  const IngestReport again = Ingest(kFirst);
  EXPECT_TRUE(again.already_present);
  EXPECT_EQ(again.quads_added, 0u);
  EXPECT_EQ(again.document_iri, first.document_iri);
  EXPECT_EQ(first.quads_added, store_->GetSnapshot()->size());
}

TEST_F(PipelineTest, WhatIsStoredIsWhatToQuadsGives) {
  const Document document = Doc(kFirst);
  const auto analysis = ThePipeline().Analyze(document);
  ASSERT_TRUE(analysis.ok());
  const auto quads = ThePipeline().ToQuads(document, *analysis, {});
  ASSERT_TRUE(quads.ok());
  EXPECT_EQ(Ingest(kFirst).quads_added, quads->size());
}

TEST_F(PipelineTest, SameTextGivesTheSameQuads) {
  const Document document = Doc(kFirst);
  const auto once = ThePipeline().ToQuads(document, *ThePipeline().Analyze(document), {});
  const auto other = Pipeline::Create(ModelKind::kFast);
  ASSERT_TRUE(once.ok() && other.ok());
  const auto twice = (*other)->ToQuads(document, *(*other)->Analyze(document), {});
  ASSERT_TRUE(twice.ok());
  EXPECT_EQ(*once, *twice);
}

TEST_F(PipelineTest, TextsWithoutAnythingToSayAreStoredAsDocuments) {
  for (const char* text :
       {"", " \n ", "!!!", "\xF0\x9F\x98\x80 \xF0\x9F\x98\x80", "\xFF\xFE\x01", "of of of of"}) {
    const IngestReport report = Ingest(text);
    EXPECT_EQ(Count(report.document_iri, "", Term::Iri("http://schema.org/Article")), 1u) << text;
  }
}

TEST(Pipeline, AccurateModelReadsFacts) {
  const auto pipeline = Pipeline::Create(ModelKind::kAccurate);
  ASSERT_TRUE(pipeline.ok()) << MessageOf(pipeline.status());
  Document document;
  document.text = "Angela Merkel dismissed Thomas Weber in Berlin.";
  const auto analysis = (*pipeline)->Analyze(document);
  ASSERT_TRUE(analysis.ok()) << MessageOf(analysis.status());
  ASSERT_FALSE(analysis->facts.empty());
  EXPECT_GE(analysis->entities.entities.size(), 3u);
  EXPECT_TRUE((*pipeline)->parser().Name().starts_with("accurate"));
}

}  // namespace
}  // namespace dossier::ingest
