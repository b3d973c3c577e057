// Random queries over random data: the optimised plan must give the same rows as the unoptimised one.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "graph/base/strings.h"
#include "query/algebra/translate.h"
#include "query/syntax/parser.h"
#include "tests/query/support/fake_store.h"
#include "tests/query/support/naive_evaluator.h"
#include "tests/query/support/result_set.h"

namespace dossier::query {
namespace {

using graph::Quad;
using graph::Term;

constexpr std::string_view kNs = "http://example/";

class Generator {
 public:
  explicit Generator(uint32_t seed) : random_(seed) {}

  std::vector<Quad> Data(int count = 60) {
    std::vector<Quad> quads;
    for (int i = 0; i < count; ++i) {
      Quad quad(Node(8), Term::Iri(Cat(kNs, "p", Pick(3))), Pick(4) == 0 ? Number() : Node(8));
      if (Pick(3) == 0) {
        quad.in_default_graph = false;
        quad.graph = Term::Iri(Cat(kNs, "g", Pick(2)));
      }
      quads.push_back(quad);
      if (Pick(6) == 0) {
        quads.emplace_back(Term::Iri(Cat(kNs, "r", Pick(4))),
                           Term::Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies"),
                           Term::TripleTerm(quad.subject, quad.predicate, quad.object));
      }
    }
    return quads;
  }

  std::string Query() {
    next_ = 0;
    const std::string distinct = Pick(4) == 0 ? "DISTINCT " : "";
    return Cat("PREFIX : <", kNs, "> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\nSELECT ",
               distinct, "* ", Group(3));
  }

 private:
  unsigned Pick(unsigned n) { return static_cast<unsigned>(random_() % n); }
  Term Node(unsigned n) { return Term::Iri(Cat(kNs, "n", Pick(n))); }
  Term Number() { return Term::Literal(std::to_string(Pick(4)), "http://www.w3.org/2001/XMLSchema#integer"); }
  std::string Var() { return Cat("?", std::string(1, static_cast<char>('a' + Pick(5)))); }
  std::string Subject() { return Pick(5) == 0 ? Cat(":n", Pick(8)) : Var(); }
  std::string Object() {
    const unsigned kind = Pick(8);
    return kind == 0 ? Cat(":n", Pick(8)) : kind == 1 ? std::to_string(Pick(4)) : Var();
  }
  std::string Predicate() { return Pick(6) == 0 ? Var() : Cat(":p", Pick(3)); }

  std::string Path() {
    static const char* kPaths[] = {":p0/:p1", ":p0+", ":p1*",        ":p2?",       "(:p0|:p1)",
                                   "^:p0",    "!:p0", "!(:p0|^:p1)", "(:p0/:p1)+", "(^:p0|:p2)*"};
    return kPaths[Pick(10)];
  }

  std::string Triple() {
    const unsigned kind = Pick(10);
    if (kind == 0) return Cat(Subject(), " ", Path(), " ", Object(), " . ");
    if (kind == 1) return Cat(Var(), " rdf:reifies <<( ", Var(), " ", Predicate(), " ", Object(), " )>> . ");
    return Cat(Subject(), " ", Predicate(), " ", Object(), " . ");
  }

  std::string Condition(int depth) {
    switch (Pick(9)) {
      case 0:
        return Cat(Var(), " = ", Var());
      case 1:
        return Cat(Var(), " != :n", Pick(8));
      case 2:
        return Cat(Var(), " = :n", Pick(8));
      case 3:
        return Cat("BOUND(", Var(), ")");
      case 4:
        return Cat("!BOUND(", Var(), ")");
      case 5:
        return Cat(Var(), " < ", Pick(4));
      case 6:
        return Cat("isIRI(", Var(), ") && ", Var(), " != ", Var());
      case 7:
        return depth > 0 ? Cat("EXISTS ", Group(depth - 1)) : "true";
      default:
        return depth > 0 ? Cat("NOT EXISTS ", Group(depth - 1)) : "1 = 1";
    }
  }

  std::string Element(int depth) {
    if (depth <= 0) return Triple();
    switch (Pick(14)) {
      case 0:
      case 1:
        return Cat("OPTIONAL ", Group(depth - 1), " ");
      case 2:
        return Cat(Group(depth - 1), " UNION ", Group(depth - 1), " ");
      case 3:
        return Cat("MINUS ", Group(depth - 1), " ");
      case 4:
      case 5:
        return Cat("FILTER(", Condition(depth), ") ");
      case 6:
        return Cat("VALUES (", Var2(), ") { (:n1 UNDEF) (:n2 :n3) (UNDEF 1) } ");
      case 7:
        return Cat("GRAPH ", Pick(2) == 0 ? Var() : Cat(":g", Pick(3)), " ", Group(depth - 1), " ");
      case 8:
        return Cat("{ SELECT ", Pick(2) == 0 ? "DISTINCT " : "", "?a ?b ", Group(depth - 1), " } ");
      case 9:
        return Cat("BIND(COALESCE(", Var(), ", 0) AS ?x", next_++, ") ");
      case 10:
        return Cat("{ SELECT ?a (COUNT(*) AS ?x", next_++, ") ", Group(depth - 1), " GROUP BY ?a } ");
      default:
        return Triple();
    }
  }
  std::string Var2() { return Pick(2) == 0 ? "?a ?b" : "?c ?a"; }

  std::string Group(int depth) {
    std::string out = "{ " + Triple();
    for (unsigned n = Pick(3); n > 0; --n) out += Element(depth);
    if (Pick(3) == 0) out += Cat("FILTER(", Condition(depth - 1), ") ");
    return out + "}";
  }

  std::mt19937 random_;
  int next_ = 0;
};

void SortRows(ResultSet& result) {
  // SELECT * may give the columns in any order.
  std::vector<size_t> order(result.variables.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](size_t a, size_t b) { return result.variables[a] < result.variables[b]; });
  for (auto& row : result.rows) {
    std::vector<std::optional<Term>> sorted;
    for (size_t i : order) sorted.push_back(row[i]);
    row = std::move(sorted);
  }
  std::sort(result.variables.begin(), result.variables.end());
  std::sort(result.rows.begin(), result.rows.end());
}

TEST(RandomQueries, OptimisedAndUnoptimisedAgree) {
  const char* chosen = std::getenv("DOSSIER_SEED");
  const uint32_t first = chosen != nullptr ? static_cast<uint32_t>(std::atoi(chosen)) : 1;
  const char* rounds = std::getenv("DOSSIER_ROUNDS");  // more for a longer search
  const uint32_t count = rounds != nullptr   ? static_cast<uint32_t>(std::atoi(rounds))
                         : chosen != nullptr ? 1
                                             : 600;
  size_t with_rows = 0, invalid = 0, too_big = 0;
  for (uint32_t seed = first; seed < first + count; ++seed) {
    Generator generator(seed);
    const FakeStore store(generator.Data());
    const Engine engine(store);
    const std::string query = generator.Query();
    SCOPED_TRACE(Cat("DOSSIER_SEED=", seed, "\n", query));
    QueryOptions options;
    options.timeout = std::chrono::seconds(10);
    options.memory_limit = 200 << 20;
    auto optimised = RunQuery(engine, query, options);
    options.optimize = false;
    auto plain = RunQuery(engine, query, options);
    if (!plain.ok() && absl::IsInvalidArgument(plain.status())) {
      EXPECT_EQ(optimised.status().code(), plain.status().code());
      ++invalid;
      continue;
    }
    if (!plain.ok() &&
        (absl::IsResourceExhausted(plain.status()) || absl::IsDeadlineExceeded(plain.status()))) {
      ++too_big;
      continue;
    }
    ASSERT_TRUE(plain.ok()) << plain.status();
    ASSERT_TRUE(optimised.ok()) << optimised.status();
    SortRows(*optimised);
    SortRows(*plain);
    with_rows += plain->rows.empty() ? 0 : 1;
    ASSERT_EQ(optimised->rows.size(), plain->rows.size());
    ASSERT_TRUE(optimised->rows == plain->rows);
  }
  std::cout << count << " queries: " << with_rows << " with rows, " << invalid << " invalid, " << too_big
            << " over a limit\n";
  if (chosen == nullptr) {
    EXPECT_GT(with_rows, count / 4) << "the generator makes too many empty results to test anything";
  }
}

// The engine against the definitions of the specification, evaluated word by word.
TEST(RandomQueries, EngineAndSpecificationAgree) {
  const char* chosen = std::getenv("DOSSIER_SEED");
  const char* rounds = std::getenv("DOSSIER_ROUNDS");
  const uint32_t first = chosen != nullptr ? static_cast<uint32_t>(std::atoi(chosen)) : 100000;
  const uint32_t count = rounds != nullptr   ? static_cast<uint32_t>(std::atoi(rounds))
                         : chosen != nullptr ? 1
                                             : 150;
  for (uint32_t seed = first; seed < first + count; ++seed) {
    Generator generator(seed);
    const std::vector<Quad> quads = generator.Data(20);
    const FakeStore store(quads);
    const std::string text = generator.Query();
    SCOPED_TRACE(Cat("DOSSIER_SEED=", seed, "\n", text));
    QueryOptions options;
    options.timeout = std::chrono::seconds(10);
    auto actual = RunQuery(Engine(store), text, options);
    ASSERT_TRUE(actual.ok()) << actual.status();
    if (actual->rows.size() > 2000) continue;  // too slow for the naive way
    const auto tree = ParseQuery(text, {});
    ASSERT_TRUE(tree.ok());
    const auto query = Translate(*tree);
    ASSERT_TRUE(query.ok());
    const auto snapshot = store.GetSnapshot();
    QueryContext context;
    Vocabulary vocabulary(*snapshot, context);
    ResultSet expected;
    for (algebra::VarId v : query->projection) {
      expected.variables.push_back(query->variables[static_cast<size_t>(v)].name);
    }
    for (const Solution& solution : NaiveEvaluator(quads, vocabulary).Evaluate(*query->root, nullptr)) {
      std::vector<std::optional<Term>> row;
      for (algebra::VarId v : query->projection) {
        const auto at = solution.find(v);
        row.push_back(at == solution.end() ? std::nullopt : std::optional(at->second));
      }
      expected.rows.push_back(std::move(row));
    }
    SortRows(expected);
    SortRows(*actual);
    ASSERT_TRUE(expected.rows == actual->rows) << "expected\n"
                                               << Describe(expected) << "actual\n"
                                               << Describe(*actual);
  }
}

// The same queries on the store on disk and on the model in memory.
TEST(RandomQueries, StoreAndModelAgree) {
  const std::string directory =
      (std::filesystem::temp_directory_path() / Cat("dossier_random_queries_", ::getpid())).string();
  std::filesystem::remove_all(directory);
  {
    Generator generator(7);
    const std::vector<Quad> quads = generator.Data();
    auto store = graph::Store::Open(directory, {});
    ASSERT_TRUE(store.ok()) << store.status();
    const auto transaction = (*store)->Begin();
    for (const Quad& quad : quads) ASSERT_TRUE(transaction->Insert(quad).ok());
    ASSERT_TRUE(transaction->Commit().ok());
    const FakeStore model(quads);
    for (int i = 0; i < 300; ++i) {
      const std::string query = generator.Query();
      SCOPED_TRACE(query);
      QueryOptions options;
      options.timeout = std::chrono::seconds(10);
      auto expected = RunQuery(Engine(model), query, options);
      auto actual = RunQuery(Engine(**store), query, options);
      if (!expected.ok()) continue;
      ASSERT_TRUE(actual.ok()) << actual.status();
      SortRows(*expected);
      SortRows(*actual);
      ASSERT_TRUE(expected->rows == actual->rows) << Describe(*expected) << Describe(*actual);
    }
  }
  std::filesystem::remove_all(directory);
}

}  // namespace
}  // namespace dossier::query
