// Forgetting a document: what goes, what stays, and that reading it again gives the same graph.
#include "ingest/map/forget.h"

#include <gmock/gmock.h>

#include <set>
#include <string>

#include "graph/base/strings.h"
#include "graph/io/rdf.h"
#include "ingest/pipeline.h"
#include "tests/graph/store/temp_dir.h"

namespace dossier::ingest {
namespace {

using graph::Store;
using graph::Term;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

constexpr char kPrefixes[] =
    "@prefix ent: <urn:dossier:entity/> . @prefix rel: <urn:dossier:relation/> . @prefix doc: <urn:dossier:document/> .\n"
    "@prefix dos: <urn:dossier:vocab#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix prov: <http://www.w3.org/ns/prov#> .\n"
    "@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> . @prefix schema: <http://schema.org/> .\n";

class ForgetTest : public testing::Test {
 protected:
  ForgetTest() {
    auto store = Store::Open(dir_.path(), {});
    EXPECT_TRUE(store.ok()) << store.status();
    store_ = *std::move(store);
  }

  void Load(const std::string& turtle) {
    const auto tx = store_->Begin();
    const absl::Status status = graph::ReadRdf(kPrefixes + turtle, {.format = graph::RdfFormat::kTriG},
                                               [&](const graph::Quad& quad) { return tx->Insert(quad); });
    ASSERT_TRUE(status.ok()) << status;
    ASSERT_TRUE(tx->Commit().ok());
  }

  std::string Ingest(const std::string& text) {
    static const auto* const pipeline = Pipeline::Create(ModelKind::kFast)->release();
    Document document;
    document.text = text;
    const auto report = pipeline->Ingest(document, *store_, {});
    EXPECT_TRUE(report.ok()) << report.status();
    EXPECT_FALSE(report->already_present);
    return report->document_iri;
  }

  ForgetReport Forget(const std::string& document) {
    const auto report = ForgetDocument(*store_, document);
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *report : ForgetReport();
  }

  std::set<std::string> Quads() const {
    const auto snapshot = store_->GetSnapshot();
    graph::IdPattern pattern;
    pattern.graphs = graph::IdPattern::Graphs::kAny;
    const auto cursor = snapshot->Scan(pattern, graph::Order::kSpo);
    std::set<std::string> lines;
    for (graph::IdBatch batch; (*cursor)->Next(batch).ok() && batch.size > 0;) {
      for (size_t i = 0; i < batch.size; ++i) {
        std::vector<graph::TermId> ids = {batch.subject[i], batch.predicate[i], batch.object[i]};
        if (batch.graph[i] != graph::TermId::DefaultGraph()) ids.push_back(batch.graph[i]);
        std::vector<Term> terms;
        EXPECT_TRUE(snapshot->Decode(ids, terms).ok());
        std::string line;
        for (const Term& term : terms) Append(line, term.ToNTriples(), " ");
        lines.insert(line);
      }
    }
    return lines;
  }

  const graph::TempDir dir_;
  std::unique_ptr<Store> store_;
};

constexpr char kFirst[] =
    "French president Emmanuel Macron met Angela Merkel in Berlin on 18 May 2020.\n\n"
    "Macron praised the German chancellor. Merkel dismissed the criticism. \"We must act together,\" she said. "
    "The minister was accused of treason.\n";
constexpr char kSecond[] =
    "Merkel visited Paris in June. Emmanuel Macron thanked Angela Merkel.\n\nGermany supported the French proposal. "
    "Macron did not praise the German chancellor.\n";
constexpr char kThird[] = "Finance minister Anna Berg dismissed Karl Holm. Karl Holm accused Anna Berg of fraud.\n";

TEST_F(ForgetTest, NothingOfTheOnlyDocumentIsLeft) {
  const std::string document = Ingest(kFirst);
  const uint64_t before = store_->GetSnapshot()->size();
  const ForgetReport report = Forget(document);
  EXPECT_EQ(report.quads, before);
  EXPECT_GT(report.facts, 2u);
  EXPECT_GE(report.reifiers, report.facts);
  EXPECT_EQ(Quads(), std::set<std::string>());
}

TEST_F(ForgetTest, TheLastOfStrangersLeavesNoTrace) {
  Ingest(kFirst);
  const std::set<std::string> before = Quads();
  const std::string third = Ingest(kThird);
  ASSERT_NE(Quads(), before);
  Forget(third);
  EXPECT_EQ(Quads(), before);
}

TEST_F(ForgetTest, ReadingItAgainGivesTheSameGraph) {
  const std::string texts[] = {kFirst, kSecond, kThird};
  std::vector<std::string> documents;
  for (const std::string& text : texts) documents.push_back(Ingest(text));
  const std::set<std::string> before = Quads();
  for (size_t i = 0; i < documents.size(); ++i) {
    Forget(documents[i]);
    EXPECT_NE(Quads(), before) << i;
    EXPECT_EQ(Ingest(texts[i]), documents[i]);
    EXPECT_EQ(Quads(), before) << i;
  }
}

TEST_F(ForgetTest, FactsOfTwoDocumentsGoWithTheSecond) {
  const std::string fact = "<urn:dossier:entity/Anna_Berg> <urn:dossier:relation/dismiss> <urn:dossier:entity/Karl_Holm> ";
  const std::string a = Ingest("Anna Berg dismissed Karl Holm.\n");
  const std::string b = Ingest("Anna Berg dismissed Karl Holm.\n\nThe police arrested him.\n");
  ASSERT_THAT(Quads(), Contains(fact));
  Forget(a);
  EXPECT_THAT(Quads(), Contains(fact));
  EXPECT_THAT(Quads(), Not(Contains(HasSubstr(a))));
  Forget(b);
  EXPECT_EQ(Quads(), std::set<std::string>());
}

// Two documents by hand: what the first asserts, the second asserts too, denies, supposes, or does not mention.
constexpr char kByHand[] =
    "doc:0001 a nif:Context . doc:0002 a nif:Context .\n"
    "<urn:dossier:document/0001#char=0,9> nif:referenceContext doc:0001 . <urn:dossier:document/0002#char=0,9> nif:referenceContext doc:0002 .\n"
    "ent:a rel:both ent:b ~ <urn:r1> {| prov:wasDerivedFrom <urn:dossier:document/0001#char=0,9> |} .\n"
    "<urn:r2> rdf:reifies <<( ent:a rel:both ent:b )>> ; prov:wasDerivedFrom <urn:dossier:document/0002#char=0,9> .\n"
    "ent:a rel:denied ent:b ~ <urn:r3> {| prov:wasDerivedFrom <urn:dossier:document/0001#char=0,9> |} .\n"
    "<urn:r4> rdf:reifies <<( ent:a rel:denied ent:b )>> ; dos:polarity dos:negative ; prov:wasDerivedFrom <urn:dossier:document/0002#char=0,9> .\n"
    "ent:a rel:one ent:c ~ <urn:r5> {| prov:wasDerivedFrom <urn:dossier:document/0001#char=0,9> |} .\n"
    "ent:a rel:stated ent:b . <urn:r6> rdf:reifies <<( ent:a rel:stated ent:b )>> ; dos:modality dos:possible ;"
    "  prov:wasDerivedFrom <urn:dossier:document/0001#char=0,9> .\n"
    "ent:a rel:shared ent:d ~ <urn:r7> {| prov:wasDerivedFrom <urn:dossier:document/0001#char=0,9>, <urn:dossier:document/0002#char=0,9> |} .\n"
    "<urn:note> prov:wasDerivedFrom <urn:dossier:document/0001#char=0,9> ; rdfs:label \"mine\" .\n"
    "ent:a rdfs:label \"A\" . ent:b rdfs:label \"B\" . ent:c rdfs:label \"C\" . ent:e rdfs:label \"E\" . doc:0001 schema:mentions ent:e .\n"
    "ent:f rdfs:label \"F\" . doc:0001 schema:mentions ent:f . <urn:g> { ent:x rel:other ent:f }\n"
    "rel:one rdfs:label \"one\" . rel:denied rdfs:label \"denied\" .\n";

TEST_F(ForgetTest, OnlyWhatNothingElseSupportsGoes) {
  Load(kByHand);
  const ForgetReport report = Forget("urn:dossier:document/0001");
  EXPECT_EQ(report.facts, 2u) << "denied and one";
  EXPECT_EQ(report.reifiers, 4u) << "r1 r3 r5 r6";
  const auto quads = Quads();
  const auto fact = [](const std::string& relation, const std::string& object) {
    return Cat("<urn:dossier:entity/a> <urn:dossier:relation/", relation, "> <urn:dossier:entity/", object, "> ");
  };
  EXPECT_THAT(quads, Contains(fact("both", "b")));
  EXPECT_THAT(quads, Not(Contains(fact("denied", "b")))) << "the other document only denies it";
  EXPECT_THAT(quads, Not(Contains(fact("one", "c"))));
  EXPECT_THAT(quads, Contains(fact("stated", "b"))) << "this document did not assert it";
  EXPECT_THAT(quads, Contains(fact("shared", "d")));
  EXPECT_THAT(quads, Contains("<urn:r7> <http://www.w3.org/ns/prov#wasDerivedFrom> <urn:dossier:document/0002#char=0,9> "));
  EXPECT_THAT(quads, Not(Contains("<urn:r7> <http://www.w3.org/ns/prov#wasDerivedFrom> <urn:dossier:document/0001#char=0,9> ")));
  EXPECT_THAT(quads, Contains(HasSubstr("<urn:note> <http://www.w3.org/ns/prov#wasDerivedFrom>")));
  for (const char* kept : {"\"A\"", "\"B\"", "\"F\"", "\"denied\"", "\"mine\""}) EXPECT_THAT(quads, Contains(HasSubstr(kept)));
  for (const char* gone : {"\"C\"", "\"E\"", "\"one\"", "<urn:r1>", "<urn:r3>"}) EXPECT_THAT(quads, Not(Contains(HasSubstr(gone))));
}

TEST_F(ForgetTest, UnknownDocumentsChangeNothing) {
  const std::string document = Ingest(kThird);
  const auto before = Quads();
  for (const char* name : {"urn:dossier:document/0123", "urn:dossier:entity/Anna_Berg", "", "no iri at all"}) {
    EXPECT_EQ(ForgetDocument(*store_, name).status().code(), absl::StatusCode::kNotFound) << name;
  }
  EXPECT_EQ(Quads(), before);
  Forget(document);
  EXPECT_EQ(ForgetDocument(*store_, document).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(ForgetTest, DocumentsAreFoundByTheirNames) {
  Load("doc:abcd01 a nif:Context . doc:abcd02 a nif:Context . doc:abcd a nif:Context . doc:ef01 a nif:Context .");
  const auto snapshot = store_->GetSnapshot();
  const auto find = [&](const char* name) { return FindDocument(*snapshot, name); };
  for (const char* name : {"ef01", "doc:ef01", "urn:dossier:document/ef01", "<urn:dossier:document/ef01>"}) {
    ASSERT_TRUE(find(name).ok()) << name;
    EXPECT_EQ(*find(name), "urn:dossier:document/ef01");
  }
  EXPECT_EQ(*find("abcd"), "urn:dossier:document/abcd") << "the whole hash is no beginning";
  EXPECT_EQ(*find("abcd02"), "urn:dossier:document/abcd02");
  EXPECT_EQ(find("abcd0").status().code(), absl::StatusCode::kInvalidArgument);
  for (const char* name : {"", "e", "ef02", "doc:", "urn:dossier:document/"}) {
    EXPECT_EQ(find(name).status().code(), absl::StatusCode::kNotFound) << name;
  }
}

}  // namespace
}  // namespace dossier::ingest
