// Two long terms with one 128-bit hash: made by planting an entry of the ids family, since nobody can find such a pair.
#include "graph/store/dictionary.h"

#include "graph/store/database.h"
#include "graph/store/store.h"
#include "gtest/gtest.h"
#include "tests/graph/store/temp_dir.h"

namespace dossier::graph {
namespace {

TEST(Dictionary, TermsWithOneHashAreToldApart) {
  const TempDir dir;
  const Term a = Term::Literal(std::string(100, 'a')), b = Term::Literal(std::string(100, 'b'));
  const Term s = Term::Iri("urn:s"), p = Term::Iri("urn:p");
  const auto insert = [&](const Term& object) {
    const auto store = Store::Open(dir.path(), {});
    ASSERT_TRUE(store.ok()) << store.status();
    const auto tx = (*store)->Begin();
    ASSERT_TRUE(tx->Insert(Quad(s, p, object)).ok());
    ASSERT_TRUE(tx->Commit().ok());
  };
  insert(a);
  {
    const auto database = OpenDatabase(dir.path(), {});
    ASSERT_TRUE(database.ok()) << database.status();
    const Dictionary dictionary(**database, 1 << 20);
    const auto id = dictionary.Find(a, nullptr);
    ASSERT_TRUE(id.ok() && id->is_bound());
    const std::string planted = IdsKey(KeyBytes(EncodeTerm(b)), 0);
    const std::string value = TermsKey(*id);
    ASSERT_TRUE((*database)->db->Put({}, (*database)->family(Family::kIds), planted, value).ok());
    EXPECT_TRUE(dictionary.Find(b, nullptr)->is_unbound()) << "another term has this hash";
  }
  insert(b);
  const auto store = Store::Open(dir.path(), {});
  ASSERT_TRUE(store.ok()) << store.status();
  const auto snapshot = (*store)->GetSnapshot();
  const auto id_a = snapshot->Find(a), id_b = snapshot->Find(b);
  ASSERT_TRUE(id_a.ok() && id_b.ok());
  EXPECT_TRUE(id_b->is_bound());
  EXPECT_NE(*id_a, *id_b);
  std::vector<Term> terms;
  ASSERT_TRUE(snapshot->Decode({*id_b, *id_a}, terms).ok());
  EXPECT_EQ(terms, (std::vector<Term>{b, a}));
}

TEST(TermCodec, StoredTermsComeBack) {
  for (const Term& term : {Term::Iri("urn:x"), Term::BlankNode("b"), Term::Literal("x"), Term::Literal("x", "urn:t"),
                           Term::LangLiteral("x", "en-GB"), Term::LangLiteral("", "ar", Direction::kRtl),
                           Term::LangLiteral(std::string(300, 'x'), "de", Direction::kLtr), Term::Literal("", std::string(200, 't'))}) {
    const auto back = DecodeTerm(EncodeTerm(term));
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(*back, term);
    EXPECT_EQ(back->language(), term.language());
  }
  EXPECT_EQ(KeyBytes(EncodeTerm(Term::LangLiteral("X", "EN"))), KeyBytes(EncodeTerm(Term::LangLiteral("X", "en"))));
  EXPECT_NE(KeyBytes(EncodeTerm(Term::LangLiteral("X", "EN"))), KeyBytes(EncodeTerm(Term::LangLiteral("x", "en"))));
  for (const char* bad : {"", "x", "t\xFF", "t\x05" "ab", "l\xFF\xFF\xFF\xFF\xFF\xFF", "3abc"}) EXPECT_FALSE(DecodeTerm(bad).has_value());
}

TEST(TermCache, StaysWithinItsBytesAndKeepsWhatIsUsed) {
  TermCache cache(1 << 20);
  const TermId used(TermId::Tag::kIri, 7);
  cache.Put(used, Term::Iri("used"));
  Term term;
  uint64_t kept = 0;
  for (uint64_t i = 100; i < 100000; ++i) {
    cache.Put(TermId(TermId::Tag::kIri, i), Term::Iri(std::string(100, 'x')));
    ASSERT_TRUE(cache.Get(used, term)) << i;
  }
  EXPECT_EQ(term, Term::Iri("used"));
  for (uint64_t i = 100; i < 100000; ++i) kept += cache.Get(TermId(TermId::Tag::kIri, i), term) ? 1 : 0;
  EXPECT_GT(kept, 100u);
  EXPECT_LT(kept * 200, uint64_t{1} << 20);
}

}  // namespace
}  // namespace dossier::graph
