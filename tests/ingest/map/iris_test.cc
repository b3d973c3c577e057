#include "ingest/map/iris.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "graph/base/strings.h"
#include "graph/model/iri.h"

namespace dossier::ingest {
namespace {

TEST(Iris, NamesStayReadable) {
  EXPECT_EQ(NamedEntityIri("Recep Tayyip Erdoğan"), "urn:dossier:entity/Recep_Tayyip_Erdoğan");
  EXPECT_EQ(NamedEntityIri("Jean-Luc  Ponty"), "urn:dossier:entity/Jean-Luc_Ponty");
  EXPECT_EQ(RelationIri("report_to"), "urn:dossier:relation/report_to");
  EXPECT_EQ(SentenceIri("ab", {3, 17}), "urn:dossier:document/ab#char=3,17");
}

TEST(Iris, ComposedAndDecomposedSpellingsAreOneName) {
  EXPECT_EQ(NamedEntityIri("Erdog\xCC\x86"
                           "an"),
            NamedEntityIri("Erdo\xC4\x9F"
                           "an"));
}

TEST(Iris, NastyNamesGiveValidIris) {
  const std::string long_name(5000, 'x');
  for (const std::string& name : std::vector<std::string>{
           "<script>", "a\"b", "100% {x}|y^z`", "line\nbreak\ttab", "\x01\x02", "", " ", "\xFF\xFE broken",
           "a/b?c#d&e;f", "\xE2\x80\xAE rtl", "\xF0\x9F\x98\x80", long_name}) {
    const std::string iri = NamedEntityIri(name);
    EXPECT_EQ(graph::FindInvalidIriByte(iri), std::string::npos) << iri;
    EXPECT_GT(iri.size(), std::string_view("urn:dossier:entity/").size());
    EXPECT_LT(iri.size(), 500u);
  }
  EXPECT_NE(NamedEntityIri(long_name + "a"), NamedEntityIri(long_name + "b"));
  EXPECT_EQ(NamedEntityIri("O'Brien"), "urn:dossier:entity/O%27Brien");
}

TEST(Iris, NameKeyFoldsWhatSpellersVary) {
  EXPECT_EQ(NameKey("Recep Tayyip ERDOĞAN"), "recep tayyip erdogan");
  EXPECT_EQ(NameKey("J. R. R. Tolkien"), "j r r tolkien");
  EXPECT_EQ(NameKey("O’Brien"), NameKey("O'Brien"));
  EXPECT_EQ(NameKey("Jean-Luc"), "jean luc");
  EXPECT_EQ(NameKey("..."), "");
}

TEST(Iris, EveryEntityHasItsOwn) {
  EntityTable table;
  const auto add = [&](std::string name, EntityType type, bool named, bool shared) {
    Entity entity;
    entity.name = std::move(name);
    entity.type = type;
    entity.named = named;
    entity.shared_concept = shared;
    table.entities.push_back(std::move(entity));
  };
  add("man", EntityType::kPerson, false, false);
  add("man", EntityType::kPerson, false, false);
  add("Jordan", EntityType::kCountry, true, false);
  add("Jordan", EntityType::kPerson, true, false);
  add("treason", EntityType::kThing, false, true);
  const EntityIris iris = MintEntityIris(table, "0123456789abcdef");
  EXPECT_EQ(iris.iri[0], "urn:dossier:entity/man.01234567");
  EXPECT_EQ(iris.iri[1], "urn:dossier:entity/man.01234567-2");
  EXPECT_EQ(iris.iri[2], "urn:dossier:entity/Jordan");
  EXPECT_EQ(iris.iri[3], "urn:dossier:entity/Jordan.person");
  EXPECT_EQ(iris.iri[4], "urn:dossier:entity/treason");
  EXPECT_EQ(std::set<std::string>(iris.iri.begin(), iris.iri.end()).size(), iris.iri.size());
}

TEST(Iris, DocumentHashIsStable) {
  EXPECT_EQ(DocumentHash(""), "e3b0c44298fc1c149afbf4c8996fb924");  // SHA-256 of nothing
  EXPECT_NE(DocumentHash("a"), DocumentHash("b"));
}

TEST(CleanUtf8, KeepsGoodBytesAndReplacesBadOnes) {
  EXPECT_EQ(CleanUtf8("Erdoğan"), "Erdoğan");
  EXPECT_EQ(CleanUtf8("a\xFF"
                      "b"),
            "a\xEF\xBF\xBD"
            "b");
}

}  // namespace
}  // namespace dossier::ingest
