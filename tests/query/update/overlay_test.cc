// The overlay against the truth: a snapshot of the store after the same changes were committed.
#include "query/update/overlay.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>

#include "tests/query/support/temp_store.h"

namespace dossier::query {
namespace {

using graph::IdPattern;
using graph::IdQuad;
using graph::Order;
using graph::Quad;
using graph::Term;
using graph::TermId;

class OverlayTest : public testing::Test {
 protected:
  size_t Below(size_t n) { return random_() % n; }

  Term Node() { return Below(4) == 0 ? Term::BlankNode(Cat("b", Below(3))) : Term::Iri(Cat("urn:n", Below(6))); }
  Quad RandomQuad() {
    Term object = Below(3) == 0 ? Term::Literal(Cat(Below(4)), std::string(graph_integer_)) : Node();
    if (Below(6) == 0) object = Term::TripleTerm(Node(), Term::Iri("urn:p0"), Term::Literal(Cat("long literal ", Below(3))));
    Quad quad(Node(), Term::Iri(Cat("urn:p", Below(3))), std::move(object));
    if (Below(2) == 0) {
      quad.in_default_graph = false;
      quad.graph = Term::Iri(Cat("urn:g", Below(3)));
    }
    return quad;
  }

  static constexpr std::string_view graph_integer_ = "http://www.w3.org/2001/XMLSchema#integer";
  std::mt19937 random_{20260131};
};

IdPattern AnyQuad() {
  IdPattern pattern;
  pattern.graphs = IdPattern::Graphs::kAny;
  return pattern;
}

std::vector<IdQuad> ScanAll(const graph::Snapshot& snapshot, const IdPattern& pattern, Order order) {
  std::vector<IdQuad> out;
  auto cursor = snapshot.Scan(pattern, order);
  EXPECT_TRUE(cursor.ok()) << cursor.status();
  for (graph::IdBatch batch; (*cursor)->Next(batch).ok() && batch.size > 0;) {
    for (size_t i = 0; i < batch.size; ++i)
      out.push_back({batch.subject[i], batch.predicate[i], batch.object[i], batch.graph[i]});
  }
  return out;
}

struct Found {
  std::vector<std::pair<uint32_t, IdQuad>> all;
  explicit Found(const graph::Snapshot& snapshot, const IdPattern& pattern, char column, const std::vector<TermId>& keys) {
    std::vector<IdQuad> quads;
    std::vector<uint32_t> origin;
    EXPECT_TRUE(snapshot.ScanMany(pattern, column, keys, quads, origin).ok());
    EXPECT_EQ(quads.size(), origin.size());
    EXPECT_TRUE(std::is_sorted(origin.begin(), origin.end()));
    for (size_t i = 0; i < quads.size(); ++i) all.emplace_back(origin[i], quads[i]);
    // The same triple in several graphs: neighbours, which merged default graphs rely on.
    for (size_t i = 2; i < all.size(); ++i) {
      const auto same = [&](size_t a, size_t b) {
        return all[a].first == all[b].first && all[a].second.subject == all[b].second.subject &&
               all[a].second.predicate == all[b].second.predicate && all[a].second.object == all[b].second.object;
      };
      if (same(i, i - 2)) {
        EXPECT_TRUE(same(i, i - 1));
      }
    }
    std::sort(all.begin(), all.end());
  }
};

void Compare(const graph::Snapshot& overlay, const graph::Snapshot& truth, const std::vector<TermId>& ids,
             const std::function<size_t(size_t)>& below) {
  ASSERT_EQ(overlay.size(), truth.size());
  ASSERT_EQ(*overlay.NamedGraphs(), *truth.NamedGraphs());
  for (int round = 0; round < 60; ++round) {
    IdPattern pattern;
    const auto any = [&] { return ids[below(ids.size())]; };
    if (below(3) == 0) pattern.subject = any();
    if (below(3) == 0) pattern.predicate = any();
    if (below(3) == 0) pattern.object = any();
    pattern.graphs = static_cast<IdPattern::Graphs>(below(3));
    if (below(2) == 0 && pattern.graphs == IdPattern::Graphs::kOne) pattern.graph = any();
    for (int order = 0; order < 7; ++order)
      ASSERT_EQ(ScanAll(overlay, pattern, static_cast<Order>(order)), ScanAll(truth, pattern, static_cast<Order>(order)));
    ASSERT_EQ(*overlay.Count(pattern), *truth.Count(pattern));
    const uint64_t limit = below(5);
    ASSERT_EQ(*overlay.Count(pattern, limit), *truth.Count(pattern, limit));
    std::vector<TermId> keys;
    for (size_t i = 0; i < 5; ++i) keys.push_back(any());
    std::sort(keys.begin(), keys.end());
    for (const char column : {'s', 'p', 'o', 'g'})
      ASSERT_EQ(Found(overlay, pattern, column, keys).all, Found(truth, pattern, column, keys).all) << column;
  }
}

TEST_F(OverlayTest, LooksAsTheStoreWillAfterTheCommit) {
  for (int round = 0; round < 25; ++round) {
    TempStore temp;
    std::vector<Quad> quads;
    for (size_t i = Below(60); i > 0; --i) quads.push_back(RandomQuad());
    temp.Add(quads);
    const auto base = temp.store().GetSnapshot();
    Overlay overlay(*base);
    const auto transaction = temp.store().Begin();
    for (size_t i = 0; i < 80; ++i) {
      const Quad quad = RandomQuad();
      std::array<TermId, 4> ids;
      const Term* terms[] = {&quad.subject, &quad.predicate, &quad.object, &quad.graph};
      for (size_t k = 0; k < (quad.in_default_graph ? 3u : 4u); ++k) {
        ids[k] = *transaction->Intern(*terms[k]);
        if (overlay.Find(*terms[k])->is_unbound()) overlay.AddTerm(ids[k], *terms[k]);
      }
      const IdQuad id_quad{ids[0], ids[1], ids[2], quad.in_default_graph ? TermId::DefaultGraph() : ids[3]};
      const bool insert = Below(2) == 0;
      ASSERT_TRUE((insert ? overlay.Insert(id_quad) : overlay.Remove(id_quad)).ok());
      ASSERT_TRUE((insert ? transaction->Insert(id_quad) : transaction->Remove(id_quad)).ok());
      if (i % 20 == 0) ScanAll(overlay, {}, static_cast<Order>(Below(7)));  // builds an index, which must be kept up
    }
    const std::vector<Quad> seen = TempStore::QuadsOf(overlay);
    ASSERT_TRUE(transaction->Commit().ok());
    const auto truth = temp.store().GetSnapshot();
    EXPECT_EQ(seen, TempStore::QuadsOf(*truth));
    std::vector<TermId> ids = {TermId::DefaultGraph()};
    for (const IdQuad& quad : ScanAll(*truth, AnyQuad(), Order::kSpo))
      ids.insert(ids.end(), {quad.subject, quad.predicate, quad.object, quad.graph});
    ids.erase(std::remove(ids.begin() + 1, ids.end(), TermId::DefaultGraph()), ids.end());
    for (size_t i = 0; i < 6; ++i) {
      const Term term = Term::Iri(Cat("urn:n", i));
      EXPECT_EQ(*overlay.Find(term), *truth->Find(term));
      if (truth->Find(term)->is_bound()) ids.push_back(*truth->Find(term));
    }
    if (ids.size() == 1) continue;
    ids.erase(ids.begin());
    Compare(overlay, *truth, ids, [this](size_t n) { return Below(n); });
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace dossier::query
