// Joins against a naive nested loop, and the join methods against each other, on random rows.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "graph/base/strings.h"
#include "query/exec/operator.h"
#include "tests/query/fake_snapshot.h"

namespace dossier::query {
namespace {

using graph::Quad;
using graph::Term;
using graph::TermId;
using plan::PlanNode;
using plan::PlanPtr;
using Row = std::vector<TermId>;
using Table = std::vector<Row>;

constexpr uint32_t kSeed = 20260923;

struct Fixture {
  explicit Fixture(const std::vector<Quad>& quads)
      : snapshot(quads), vocabulary(snapshot, context), dataset(snapshot), execution(vocabulary, dataset) {}
  FakeSnapshot snapshot;
  QueryContext context;
  Vocabulary vocabulary;
  Dataset dataset;
  Execution execution;

  Table Run(const PlanNode& node) {
    Table out;
    auto root = BuildOperator(node, execution, {});
    EXPECT_TRUE(root.ok()) << root.status();
    for (Batch batch; root.ok();) {
      const absl::Status status = (*root)->Next(batch);
      EXPECT_TRUE(status.ok()) << status;
      if (!status.ok() || batch.rows == 0) break;
      for (size_t i = 0; i < batch.rows; ++i) {
        Row row;
        for (const auto& column : batch.columns) row.push_back(column[i]);
        out.push_back(std::move(row));
      }
    }
    std::sort(out.begin(), out.end());
    return out;
  }
};

TermId Number(int n) {
  return *graph::InlineId(Term::Literal(std::to_string(n), "http://www.w3.org/2001/XMLSchema#integer"));
}

// A table of small numbers; in the columns of `maybe` some are unbound.
std::shared_ptr<PlanNode> RandomRows(std::mt19937& random, const std::vector<plan::Column>& columns,
                                     size_t count, int range) {
  auto node = std::make_shared<PlanNode>();
  plan::Rows rows;
  rows.count = count;
  for (const plan::Column& column : columns) {
    std::vector<TermId> values;
    for (size_t i = 0; i < count; ++i) {
      const bool unbound = column.maybe_unbound && random() % 3 == 0;
      values.push_back(unbound ? TermId()
                               : Number(static_cast<int>(random() % static_cast<unsigned>(range))));
    }
    rows.columns.push_back(std::move(values));
  }
  node->op = std::move(rows);
  node->columns = columns;
  return node;
}

Table Contents(const PlanNode& node) {
  const auto& rows = std::get<plan::Rows>(node.op);
  Table out(rows.count);
  for (size_t i = 0; i < rows.count; ++i) {
    for (const auto& column : rows.columns) out[i].push_back(column[i]);
  }
  return out;
}

// SPARQL 1.1 §18.3: compatible when no variable is bound to different terms. Nothing when not; `overlap`:
// some variable bound in both.
std::optional<Row> Merge(const PlanNode& l, const Row& left, const PlanNode& r, const Row& right,
                         const PlanNode& out, bool* overlap) {
  *overlap = false;
  Row row(out.columns.size());
  for (size_t i = 0; i < l.columns.size(); ++i) {
    const int j = r.ColumnOf(l.columns[i].variable);
    if (j < 0) continue;
    const TermId a = left[i], b = right[static_cast<size_t>(j)];
    if (a.is_bound() && b.is_bound() && a != b) return std::nullopt;
    *overlap |= a.is_bound() && b.is_bound();
  }
  for (size_t c = 0; c < row.size(); ++c) {
    const int i = l.ColumnOf(out.columns[c].variable), j = r.ColumnOf(out.columns[c].variable);
    if (i >= 0) row[c] = left[static_cast<size_t>(i)];
    if (row[c].is_unbound() && j >= 0) row[c] = right[static_cast<size_t>(j)];
  }
  return row;
}

enum class Kind { kJoin, kLeft, kMinus };

Table Naive(const PlanNode& l, const PlanNode& r, const PlanNode& out, Kind kind) {
  Table result;
  for (const Row& left : Contents(l)) {
    bool matched = false, excluded = false, overlap = false;
    for (const Row& right : Contents(r)) {
      const std::optional<Row> row = Merge(l, left, r, right, out, &overlap);
      if (!row) continue;
      matched = true;
      excluded |= overlap;
      if (kind != Kind::kMinus) result.push_back(*row);
    }
    const Row nothing(r.columns.size());
    if ((kind == Kind::kLeft && !matched) || (kind == Kind::kMinus && !excluded))
      result.push_back(*Merge(l, left, r, nothing, out, &overlap));
  }
  std::sort(result.begin(), result.end());
  return result;
}

std::shared_ptr<PlanNode> JoinNode(decltype(PlanNode::op) op, PlanPtr left, PlanPtr right, bool left_only) {
  auto node = std::make_shared<PlanNode>();
  node->op = std::move(op);
  node->columns = left->columns;
  for (plan::Column column : right->columns) {
    column.maybe_unbound = true;
    if (!left_only && node->ColumnOf(column.variable) < 0) node->columns.push_back(column);
  }
  node->children = {std::move(left), std::move(right)};
  return node;
}

TEST(Joins, AgreeWithNestedLoopsWithUnboundVariables) {
  std::mt19937 random(kSeed);
  for (int round = 0; round < 200; ++round) {
    SCOPED_TRACE(Cat("seed ", kSeed, " round ", round));
    Fixture f({});
    const auto coin = [&] { return random() % 2 == 0; };
    const std::vector<plan::Column> left_columns = {{0, coin()}, {1, coin()}, {2, coin()}};
    const std::vector<plan::Column> right_columns = {{2, coin()}, {1, coin()}, {3, coin()}};
    const PlanPtr left = RandomRows(random, left_columns, random() % 30, 4);
    const PlanPtr right = RandomRows(random, right_columns, random() % 30, 4);
    const auto join = JoinNode(plan::HashJoin{}, left, right, false);
    EXPECT_EQ(f.Run(*join), Naive(*left, *right, *join, Kind::kJoin));
    const auto left_join = JoinNode(plan::LeftJoin{}, left, right, false);
    EXPECT_EQ(f.Run(*left_join), Naive(*left, *right, *left_join, Kind::kLeft));
    const auto minus = JoinNode(plan::Minus{}, left, right, true);
    EXPECT_EQ(f.Run(*minus), Naive(*left, *right, *minus, Kind::kMinus));
  }
}

TEST(Joins, ManyMatchesCrossBatches) {
  std::mt19937 random(kSeed);
  Fixture f({});
  const PlanPtr left = RandomRows(random, {{0}, {1}}, 3000, 2);
  const PlanPtr right = RandomRows(random, {{1}, {2}}, 300, 2);
  const auto join = JoinNode(plan::HashJoin{}, left, right, false);
  EXPECT_EQ(f.Run(*join), Naive(*left, *right, *join, Kind::kJoin));
  const auto left_join = JoinNode(plan::LeftJoin{}, left, right, false);
  EXPECT_EQ(f.Run(*left_join), Naive(*left, *right, *left_join, Kind::kLeft));
}

std::vector<Quad> RandomQuads(std::mt19937& random, int count, int nodes) {
  std::vector<Quad> quads;
  const auto node = [&] { return Term::Iri(Cat("urn:n", random() % static_cast<unsigned>(nodes))); };
  for (int i = 0; i < count; ++i) quads.emplace_back(node(), Term::Iri(Cat("urn:p", random() % 2)), node());
  return quads;
}

std::shared_ptr<PlanNode> ScanNode(plan::VarId s, TermId p, plan::VarId o, graph::Order order) {
  auto node = std::make_shared<PlanNode>();
  plan::Scan scan;
  scan.subject = {s, {}};
  scan.predicate = {-1, p};
  scan.object = {o, {}};
  scan.order = order;
  node->op = scan;
  node->columns = {{s}, {o}};
  return node;
}

TEST(Joins, HashMergeAndIndexJoinGiveTheSameRows) {
  std::mt19937 random(kSeed);
  for (int round = 0; round < 30; ++round) {
    SCOPED_TRACE(Cat("seed ", kSeed, " round ", round));
    const int nodes = round % 3 == 0 ? 4 : 40;
    Fixture f(RandomQuads(random, 400, nodes));
    const TermId p0 = *f.vocabulary.Intern(Term::Iri("urn:p0")),
                 p1 = *f.vocabulary.Intern(Term::Iri("urn:p1"));
    // ?0 p0 ?1 . ?1 p1 ?2, and with both ends shared: ?0 p0 ?1 . ?1 p1 ?0
    for (const plan::VarId last : {2, 0}) {
      const PlanPtr left = ScanNode(0, p0, 1, graph::Order::kPos);
      const PlanPtr right = ScanNode(1, p1, last, graph::Order::kPso);
      const auto hash = JoinNode(plan::HashJoin{}, left, right, false);
      auto merge = JoinNode(plan::MergeJoin{1}, left, right, false);
      auto index = JoinNode(plan::IndexJoin{std::get<plan::Scan>(right->op), 's'}, left, right, false);
      index->children.pop_back();
      const Table expected = f.Run(*hash);
      EXPECT_FALSE(expected.empty());
      EXPECT_EQ(f.Run(*merge), expected);
      EXPECT_EQ(f.Run(*index), expected);
    }
  }
}

TEST(Joins, MemoryLimitNamesTheOperator) {
  std::mt19937 random(kSeed);
  Fixture f({});
  f.context.SetMemoryLimit(1000);
  const PlanPtr left = RandomRows(random, {{0}, {1}}, 10, 4);
  const PlanPtr right = RandomRows(random, {{1}, {2}}, 500, 4);
  const auto join = JoinNode(plan::HashJoin{}, left, right, false);
  auto root = BuildOperator(*join, f.execution, {});
  Batch batch;
  const absl::Status status = (*root)->Next(batch);
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_NE(MessageOf(status).find("hash join"), std::string::npos) << status;
}

TEST(Joins, MemoryIsGivenBack) {
  std::mt19937 random(kSeed);
  Fixture f({});
  const PlanPtr left = RandomRows(random, {{0}, {1}}, 100, 4);
  const PlanPtr right = RandomRows(random, {{1}, {2}}, 100, 4);
  f.Run(*JoinNode(plan::HashJoin{}, left, right, false));
  EXPECT_EQ(f.context.memory_used(), 0u);
}

}  // namespace
}  // namespace dossier::query
