// The bulk loader against the general reader and a transaction: same quads, same terms, same errors; parts, cancellation, filled stores.
#include "graph/store/bulk_load.h"

#include <algorithm>
#include <fstream>
#include <random>

#include "graph/base/strings.h"
#include "graph/store/maintenance.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/graph/store/temp_dir.h"

namespace dossier::graph {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> Dump(const Snapshot& snapshot) {
  IdPattern pattern;
  pattern.graphs = IdPattern::Graphs::kAny;
  auto cursor = snapshot.Scan(pattern, Order::kSpo);
  EXPECT_TRUE(cursor.ok()) << cursor.status();
  std::vector<std::string> lines;
  std::vector<Term> s, p, o, g;
  for (IdBatch batch;;) {
    EXPECT_TRUE((*cursor)->Next(batch).ok());
    if (batch.size == 0) break;
    EXPECT_TRUE(snapshot.Decode({batch.subject.data(), batch.size}, s).ok());
    EXPECT_TRUE(snapshot.Decode({batch.predicate.data(), batch.size}, p).ok());
    EXPECT_TRUE(snapshot.Decode({batch.object.data(), batch.size}, o).ok());
    for (size_t i = 0; i < batch.size; ++i) {
      std::string line = Cat(s[i].ToNTriples(), " ", p[i].ToNTriples(), " ");
      o[i].AppendNTriples(line, /*lower_language=*/true);
      if (batch.graph[i] != TermId::DefaultGraph()) {
        EXPECT_TRUE(snapshot.Decode({&batch.graph[i], 1}, g).ok());
        Append(line, " ", g[0].ToNTriples());
      }
      lines.push_back(std::move(line));
    }
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::unique_ptr<Store> OpenOrDie(const std::string& directory) {
  auto store = Store::Open(directory, {});
  EXPECT_TRUE(store.ok()) << store.status();
  return store.ok() ? *std::move(store) : nullptr;
}

// Statements with everything N-Quads has, in odd spellings too.
std::string RandomNQuads(unsigned seed, size_t quads) {
  std::mt19937 random(seed);
  const auto pick = [&](size_t n) { return random() % n; };
  const auto iri = [&](size_t n) -> std::string {
    switch (pick(12)) {
      case 0: return Cat("<http://x.org/\\u0061", pick(n), ">");  // the same as "a"
      case 1: return Cat("<http://x.org/a", pick(n), ">");
      case 2: return Cat("<urn:\xC3\xA9", pick(n), ">");
      default: return Cat("<http://x.org/item/", pick(n), ">");
    }
  };
  const auto blank = [&] { return pick(3) == 0 ? Cat("_:b.", pick(50), "x") : Cat("_:b", pick(50)); };
  std::function<std::string(int)> object = [&](int depth) -> std::string {
    switch (pick(12)) {
      case 0: return Cat("\"", pick(2000), "\"^^<http://www.w3.org/2001/XMLSchema#integer>");
      case 1: return Cat("\"0", pick(200), "\"^^<http://www.w3.org/2001/XMLSchema#integer>");
      case 2: return Cat("\"text ", pick(3000), "\"@", pick(2) == 0 ? "en-GB" : "EN-gb");
      case 3: return Cat("\"text\\n\\\"", pick(300), "\\\\\"");
      case 4: return Cat("\"rtl ", pick(30), "\"@ar--rtl");
      case 5: return Cat("\"", pick(3), "\"");
      case 6: return Cat("\"", std::string(pick(20) == 0 ? 5000 + pick(3) : 70 + pick(3), 'x'), "\"");
      case 7: return depth < 3 ? Cat("<<( ", iri(300), " ", iri(5), " ", object(depth + 1), " )>>") : iri(10);
      case 8: return Cat("\"", pick(30), ".5\"  ^^ <http://www.w3.org/2001/XMLSchema#decimal>");
      case 9: return blank();
      default: return iri(3000);
    }
  };
  std::string text = "# a comment\nVERSION \"1.2\"\n";
  for (size_t i = 0; i < quads; ++i) {
    const char* space = pick(20) == 0 ? "\t " : " ";
    Append(text, pick(4) == 0 ? blank() : iri(2000), space, iri(20), space, object(0));
    if (pick(5) == 0) Append(text, " ", pick(2) == 0 ? "<http://x.org/graph>" : "_:g");
    Append(text, pick(10) == 0 ? "." : " .", pick(10) == 0 ? " # end\r\n" : pick(10) == 0 ? "\n\n" : "\n");
  }
  return text;
}

void Write(const std::string& path, std::string_view text) { std::ofstream(path, std::ios::binary) << text; }

std::vector<std::string> Insert(const std::string& directory, const std::string& text, const RdfReadOptions& options) {
  const auto store = OpenOrDie(directory);
  const auto tx = store->Begin();
  const absl::Status status = ReadRdf(text, options, [&](const Quad& quad) { return tx->Insert(quad); });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_TRUE(tx->Commit().ok());
  return Dump(*store->GetSnapshot());
}

void ExpectVerifies(const std::string& directory) {
  const auto report = VerifyDatabase(directory, {});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(report->problems, IsEmpty());
}

TEST(BulkLoad, GivesWhatTheGeneralReaderGives) {
  const TempDir dir;
  const std::string text = RandomNQuads(1, 40000);
  Write(dir.path("x.nq"), text);
  const std::vector<std::string> expected = Insert(dir.path("slow"), text, {RdfFormat::kNQuads, "", "f."});
  {
    const auto store = OpenOrDie(dir.path("fast"));
    const BulkLoadFile file{dir.path("x.nq"), RdfFormat::kNQuads, "", "f.", ""};
    const auto result = BulkLoad(*store, {&file, 1}, {});
    ASSERT_TRUE(result.ok()) << result.status();
    EXPECT_EQ(result->read, 40000u);
    EXPECT_EQ(result->inserted, expected.size());
    EXPECT_EQ(result->parts, 1u);
    EXPECT_GT(store->Layout().vocabularies, 2u);
    EXPECT_TRUE(Dump(*store->GetSnapshot()) == expected);
    // A second time it is no news.
    const auto again = BulkLoad(*store, {&file, 1}, {});
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_EQ(again->inserted, 0u);
    EXPECT_EQ(again->terms, 0u);
    EXPECT_EQ(store->GetSnapshot()->size(), expected.size());
  }
  ExpectVerifies(dir.path("fast"));
  EXPECT_TRUE(Dump(*OpenOrDie(dir.path("fast"))->GetSnapshot()) == expected) << "after opening again";
}

TEST(BulkLoad, IdsOfOneLoadAscendWithTheirTerms) {
  const TempDir dir;
  std::string text;
  for (size_t i = 0; i < 30000; ++i) Append(text, "<urn:s", i * 7919 % 30000, "> <urn:p> \"a longer value ", i * 104729 % 30000, "\" .\n");
  Write(dir.path("x.nt"), text);
  const auto store = OpenOrDie(dir.path());
  const BulkLoadFile file{dir.path("x.nt"), RdfFormat::kNTriples, "", "", ""};
  ASSERT_TRUE(BulkLoad(*store, {&file, 1}, {}).ok());
  const auto snapshot = store->GetSnapshot();
  auto cursor = snapshot->Scan({}, Order::kOps);
  std::string last;
  for (IdBatch batch; (*cursor)->Next(batch).ok() && batch.size > 0;) {
    std::vector<Term> terms;
    ASSERT_TRUE(snapshot->Decode({batch.object.data(), batch.size}, terms).ok());
    for (const Term& term : terms) {
      EXPECT_LT(last, term.value());
      last = term.value();
    }
  }
}

TEST(BulkLoad, FilledStoreAndPartsAndUpdates) {
  const TempDir dir;
  const std::string first = RandomNQuads(2, 30000), second = RandomNQuads(3, 60000);
  Write(dir.path("1.nq"), first);
  Write(dir.path("2.nq"), second);
  const RdfReadOptions options{RdfFormat::kNQuads, "", "f."};
  const std::vector<std::string> expected = Insert(dir.path("slow"), first + second, options);
  {
    const auto store = OpenOrDie(dir.path("fast"));
    BulkLoadFile file{dir.path("1.nq"), RdfFormat::kNQuads, "", "f.", ""};
    ASSERT_TRUE(BulkLoad(*store, {&file, 1}, {}).ok());
    const auto held = store->GetSnapshot();
    const std::vector<std::string> before = Dump(*held);
    const Quad extra(Term::Iri("urn:extra"), Term::Iri("urn:p"), Term::Literal("a new literal"));
    const auto tx = store->Begin();
    ASSERT_TRUE(tx->Insert(extra).ok());
    ASSERT_TRUE(tx->Commit().ok());
    file.path = dir.path("2.nq");
    BulkLoadOptions little;
    little.memory_bytes = 1;  // a part for each chunk
    const auto result = BulkLoad(*store, {&file, 1}, little);
    ASSERT_TRUE(result.ok()) << result.status();
    EXPECT_GT(result->parts, 1u);
    EXPECT_EQ(result->read, 60000u);
    EXPECT_TRUE(Dump(*held) == before) << "a snapshot from before";
    EXPECT_TRUE(held->Find(extra.subject)->is_unbound());
    const auto remove = store->Begin();
    ASSERT_TRUE(remove->Remove(extra).ok());
    ASSERT_TRUE(remove->Commit().ok());
    EXPECT_TRUE(Dump(*store->GetSnapshot()) == expected);
  }
  ExpectVerifies(dir.path("fast"));
}

TEST(BulkLoad, TurtleAndGraphOption) {
  const TempDir dir;
  std::string text = "@prefix : <http://x.org/> .\n";
  for (int i = 0; i < 25000; ++i) Append(text, ":s", i, " :p [ :q ", i % 100, " ], \"v", i, "\"@en .\n");
  Write(dir.path("x.ttl"), text);
  const auto store = OpenOrDie(dir.path());
  const BulkLoadFile file{dir.path("x.ttl"), RdfFormat::kTurtle, "", "f.", "urn:graph"};
  const auto result = BulkLoad(*store, {&file, 1}, {});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->inserted, 75000u);
  const auto graphs = store->GetSnapshot()->NamedGraphs();
  ASSERT_TRUE(graphs.ok());
  ASSERT_EQ(graphs->size(), 1u);
  IdPattern in_graph;
  in_graph.graph = graphs->front();
  EXPECT_EQ(*store->GetSnapshot()->Count(in_graph), 75000u);
  EXPECT_EQ(*store->GetSnapshot()->Count({}), 0u);
}

TEST(BulkLoad, ErrorsHaveThePlaceThatTheGeneralReaderGives) {
  const TempDir dir;
  std::string good;
  for (int i = 0; i < 40000; ++i) Append(good, "<urn:s", i, "> <urn:p> \"value\" .\n");
  for (const std::string bad : {"<urn:s> <urn:p> \"x .\n", "<urn:s> <urn:p> <relative> .\n", "<urn:s> \"p\" <urn:o> .\n", "\xEF\xBB\xBF<urn:s> <urn:p> <urn:o> .\n",
                                "<urn:s> <urn:p> \"\xFF\" .\n", "<urn:s> <urn:p> \"x\"^^<urn: > .\n", "<urn:s> <urn:p> <urn:o> <urn:g> .\n"}) {
    const std::string text = good + bad + good;
    Write(dir.path("x.nt"), text);
    const absl::Status expected = ReadRdf(text, {RdfFormat::kNTriples, "", ""}, [](const Quad&) { return absl::OkStatus(); });
    const auto store = OpenOrDie(dir.path());
    const BulkLoadFile file{dir.path("x.nt"), RdfFormat::kNTriples, "", "", ""};
    const absl::Status status = BulkLoad(*store, {&file, 1}, {}).status();
    ASSERT_FALSE(expected.ok());
    EXPECT_EQ(status.code(), expected.code()) << bad;
    EXPECT_EQ(MessageOf(status), MessageOf(expected)) << bad;
    ASSERT_TRUE(PositionOf(status).has_value()) << bad;
    EXPECT_EQ(PositionOf(status)->line, PositionOf(expected)->line) << bad;
    EXPECT_EQ(PositionOf(status)->column, PositionOf(expected)->column) << bad;
    EXPECT_EQ(PositionOf(status)->offset, PositionOf(expected)->offset) << bad;
    EXPECT_EQ(store->GetSnapshot()->size(), 0u) << "nothing of a file with an error";
  }
}

TEST(BulkLoad, CancelledOrMissingLeavesNothing) {
  const TempDir dir;
  Write(dir.path("x.nt"), RandomNQuads(4, 30000));
  const auto store = OpenOrDie(dir.path());
  const std::atomic<bool> cancelled = true;
  BulkLoadOptions options;
  options.cancelled = &cancelled;
  BulkLoadFile file{dir.path("x.nt"), RdfFormat::kNQuads, "", "", ""};
  EXPECT_EQ(BulkLoad(*store, {&file, 1}, options).status().code(), absl::StatusCode::kCancelled);
  file.path = dir.path("missing.nt");
  EXPECT_EQ(BulkLoad(*store, {&file, 1}, {}).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(store->GetSnapshot()->size(), 0u);
}

TEST(BulkLoad, SmallFilesGoThroughATransaction) {
  const TempDir dir;
  const std::string text = RandomNQuads(5, 500);
  Write(dir.path("x.nq"), text);
  const std::vector<std::string> expected = Insert(dir.path("slow"), text, {RdfFormat::kNQuads, "", ""});
  const auto store = OpenOrDie(dir.path("fast"));
  const BulkLoadFile file{dir.path("x.nq"), RdfFormat::kNQuads, "", "", ""};
  const auto result = BulkLoad(*store, {&file, 1}, {});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(store->Layout().vocabularies, 0u);
  EXPECT_TRUE(Dump(*store->GetSnapshot()) == expected);
}

}  // namespace
}  // namespace dossier::graph
