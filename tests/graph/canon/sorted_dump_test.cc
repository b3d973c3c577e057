// Canonical dumps: the same bytes for isomorphic content, other bytes for other content, and what they say is what is there. (On
// random graphs without triple terms the output was compared with pyoxigraph's RDFC-1.0: see docs/testing.md.)
#include "graph/canon/sorted_dump.h"

#include <algorithm>
#include <random>

#include "graph/base/strings.h"
#include "graph/io/rdf.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/graph/io/isomorphism.h"
#include "tests/graph/store/temp_dir.h"

namespace dossier::graph {
namespace {

absl::StatusOr<std::string> DumpOf(const std::vector<Quad>& quads, const CanonicalOptions& options = {}) {
  const TempDir dir;
  ASSIGN_OR_RETURN(const auto store, Store::Open(dir.path(), {}));
  const auto tx = store->Begin();
  for (const Quad& quad : quads) RETURN_IF_ERROR(tx->Insert(quad));
  RETURN_IF_ERROR(tx->Commit());
  std::string text;
  const auto append = [&](std::string_view lines) {
    text += lines;
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(SortedDump(*store->GetSnapshot(), options, append));
  return text;
}

std::vector<Quad> Read(const std::string& text) {
  std::vector<Quad> quads;
  const absl::Status status = ReadRdf(text, {.format = RdfFormat::kNQuads}, [&](Quad quad) {
    quads.push_back(std::move(quad));
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  return quads;
}

class RandomGraph {
 public:
  explicit RandomGraph(unsigned seed) : random_(seed), nodes_(1 + random_() % 6) {}

  std::vector<Quad> Make() {
    std::vector<Quad> quads;
    for (size_t n = 1 + random_() % 12; n > 0; --n) {
      Quad quad(Node(), Term::Iri(Cat("urn:p", random_() % 2)), Object(0));
      if (random_() % 4 == 0) {
        quad.in_default_graph = false;
        quad.graph = Node();
      }
      quads.push_back(quad);
    }
    return quads;
  }
  // The same with other labels in another order.
  std::vector<Quad> Disguise(std::vector<Quad> quads) {
    std::vector<size_t> other(nodes_);
    for (size_t i = 0; i < nodes_; ++i) other[i] = i;
    std::shuffle(other.begin(), other.end(), random_);
    const auto name = [&](const std::string& label) { return Cat("z", other[static_cast<size_t>(std::atoi(label.c_str() + 1))]); };
    for (Quad& quad : quads) {
      quad.subject = WithBlankNodes(quad.subject, name);
      quad.object = WithBlankNodes(quad.object, name);
      if (!quad.in_default_graph) quad.graph = WithBlankNodes(quad.graph, name);
    }
    std::shuffle(quads.begin(), quads.end(), random_);
    return quads;
  }

 private:
  Term Node() { return random_() % 5 == 0 ? Term::Iri("urn:n") : Term::BlankNode(Cat("x", random_() % nodes_)); }
  Term Object(int depth) {
    if (depth < 2 && random_() % 4 == 0) return Term::TripleTerm(Node(), Term::Iri(Cat("urn:q", random_() % 2)), Object(depth + 1));
    return random_() % 6 == 0 ? Term::Literal("l") : Node();
  }
  std::mt19937 random_;
  size_t nodes_;
};

TEST(SortedDump, IsTheSameForIsomorphicGraphsAndSaysWhatIsThere) {
  for (unsigned seed = 0; seed < 25; ++seed) {
    RandomGraph graph(seed);
    const std::vector<Quad> quads = graph.Make();
    const auto one = DumpOf(quads);
    const auto two = DumpOf(graph.Disguise(quads));
    ASSERT_TRUE(one.ok() && two.ok()) << one.status() << two.status();
    EXPECT_EQ(*one, *two) << "seed " << seed;
    std::vector<Quad> unique;
    for (const Quad& quad : quads) {
      if (std::find(unique.begin(), unique.end(), quad) == unique.end()) unique.push_back(quad);
    }
    EXPECT_TRUE(Isomorphic(Read(*one), unique)) << "seed " << seed << "\n" << *one;
  }
}

TEST(SortedDump, SmallMemoryGivesTheSameBytes) {
  std::vector<Quad> quads;
  for (int i = 0; i < 3000; ++i) {
    quads.emplace_back(Term::BlankNode(Cat("b", i)), Term::Iri("urn:p"), Term::Literal(Cat("value ", i)));
    quads.emplace_back(Term::Iri("urn:s"), Term::Iri("urn:q"), Term::BlankNode(Cat("b", i)));
  }
  CanonicalOptions small;
  small.sort_memory_bytes = 10'000;
  const auto one = DumpOf(quads), two = DumpOf(quads, small);
  ASSERT_TRUE(one.ok() && two.ok()) << one.status() << two.status();
  EXPECT_EQ(*one, *two);
  EXPECT_EQ(std::count(one->begin(), one->end(), '\n'), 6000);
}

// Two triangles are no hexagon, though every node has two neighbours like itself.
TEST(SortedDump, TellsGraphsApartThatLookAlikeFromNearby) {
  const auto ring = [](std::vector<Quad>& quads, int first, int size) {
    for (int i = 0; i < size; ++i) {
      quads.emplace_back(Term::BlankNode(Cat("r", first + i)), Term::Iri("urn:next"), Term::BlankNode(Cat("r", first + (i + 1) % size)));
    }
  };
  std::vector<Quad> hexagon, triangles;
  ring(hexagon, 0, 6);
  ring(triangles, 0, 3);
  ring(triangles, 3, 3);
  const auto one = DumpOf(hexagon), two = DumpOf(triangles);
  ASSERT_TRUE(one.ok() && two.ok());
  EXPECT_NE(*one, *two);
}

// The complete graph on 12 like nodes has 12! orders: an answer in bounded time, and that it was not found.
TEST(SortedDump, HardGraphsEndInAnError) {
  std::vector<Quad> quads;
  for (int i = 0; i < 12; ++i) {
    for (int k = 0; k < 12; ++k) {
      if (i != k) quads.emplace_back(Term::BlankNode(Cat("k", i)), Term::Iri("urn:p"), Term::BlankNode(Cat("k", k)));
    }
  }
  CanonicalOptions options;
  options.max_work = 20'000;
  EXPECT_EQ(DumpOf(quads, options).status().code(), absl::StatusCode::kResourceExhausted);
  std::vector<Quad> chain;
  for (int i = 0; i < 5000; ++i) chain.emplace_back(Term::BlankNode(Cat("c", i)), Term::Iri("urn:next"), Term::BlankNode(Cat("c", (i + 1) % 5000)));
  EXPECT_EQ(DumpOf(chain, options).status().code(), absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace dossier::graph
