#include "ingest/map/relations.h"

#include <gmock/gmock.h>

#include "graph/base/strings.h"
#include "ingest/entity/lexicon.h"

namespace dossier::ingest {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

TEST(Relations, InversePairsGoBothWays) {
  EXPECT_EQ(InverseOf("employ"), "work_for");
  EXPECT_EQ(InverseOf("work_for"), "employ");
  EXPECT_EQ(InverseOf("dismiss"), "");
}

TEST(Relations, EverySymmetricRelationIsFound) {
  for (const char* relation : {"agree_with", "be_ally_of", "marry", "meet", "meet_with", "trade_with", "war_with"}) EXPECT_TRUE(IsSymmetric(relation)) << relation;
  EXPECT_FALSE(IsSymmetric("dismiss"));
}

TEST(Relations, AreDeclared) {
  std::vector<graph::Quad> quads;
  AppendRelation("sell_to", Lexicon::Default(), quads);
  AppendRelation("meet_with", Lexicon::Default(), quads);
  std::vector<std::string> lines;
  for (const graph::Quad& q : quads) lines.push_back(Cat(q.subject.value(), " ", q.predicate.value(), " ", q.object.value()));
  EXPECT_THAT(lines, Contains("urn:dossier:relation/sell_to http://www.w3.org/2002/07/owl#inverseOf urn:dossier:relation/buy_from"));
  EXPECT_THAT(lines, Contains("urn:dossier:relation/sell_to urn:dossier:vocab#lemma sell"));
  EXPECT_THAT(lines, Contains("urn:dossier:relation/meet_with http://www.w3.org/1999/02/22-rdf-syntax-ns#type http://www.w3.org/2002/07/owl#SymmetricProperty"));
}

}  // namespace
}  // namespace dossier::ingest
