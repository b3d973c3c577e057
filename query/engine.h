// SPARQL queries over a store: the one header that shell and server need.
//
//   Engine engine(*store);
//   QueryOptions options;  options.timeout = std::chrono::seconds(10);
//   ASSIGN_OR_RETURN(auto result, engine.Run("SELECT ?who { ?who rel:dismiss ?whom }", options));
//   for (ResultRows rows; ; ) { RETURN_IF_ERROR(result->Next(rows)); if (rows.rows.empty()) break; ... }
//
// Thread-safe: queries may run at the same time. Each reads one snapshot, taken when it starts. Query text errors are SyntaxErrorAt()
// statuses (RenderError() shows them with a caret); DeadlineExceeded, Cancelled and ResourceExhausted name the limit. A result may be
// dropped before its end.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/store/store.h"

namespace dossier::query {

class Remote;

struct QueryOptions {
  std::optional<std::chrono::nanoseconds> timeout;
  std::optional<uint64_t> memory_limit;               // bytes; default 1 GiB
  const std::atomic<bool>* cancelled = nullptr;       // borrowed
  std::string base;                                   // base IRI of the query text
  bool default_prefixes = true;                       // prefixes of graph/model/vocabulary.h are known without PREFIX
  bool analyze = false;                               // count rows and time per operator for Explain()
  bool optimize = true;                               // false: no optimizer rules (tests compare both)
  // Of the protocol: default-graph-uri and named-graph-uri. When either is given, FROM and FROM NAMED of the text do not count.
  std::vector<std::string> default_graphs, named_graphs;
  Remote* remote = nullptr;                           // borrowed; how SERVICE reaches the network (remote.h), nullptr: it is refused
};

enum class ResultForm { kSelect, kAsk, kGraph };

// Some rows of a SELECT, decoded. row[i] belongs to columns()[i]; nothing = unbound.
struct ResultRows {
  std::vector<std::vector<std::optional<graph::Term>>> rows;
};

class QueryResult {
 public:
  virtual ~QueryResult() = default;
  virtual ResultForm form() const = 0;
  // kSelect: variable names without '?'.
  virtual const std::vector<std::string>& columns() const = 0;
  // kSelect: the next rows, none at the end.
  virtual absl::Status Next(ResultRows& rows) = 0;
  // kAsk.
  virtual absl::StatusOr<bool> Boolean() = 0;
  // kGraph (CONSTRUCT, DESCRIBE): the next triples (a set: no triple twice), none at the end.
  virtual absl::Status NextTriples(std::vector<graph::Triple>& triples) = 0;
  // The plan with estimates, and after the end of an analyzed query with actual rows and times.
  virtual std::string Explain() const = 0;
};

class Engine {
 public:
  explicit Engine(const graph::Store& store) : store_(store) {}  // borrowed

  absl::StatusOr<std::unique_ptr<QueryResult>> Run(std::string_view text, const QueryOptions& options) const;

  // The text forms of the first two trees, for tests and the curious.
  static absl::StatusOr<std::string> PrintAst(std::string_view text, const QueryOptions& options);
  absl::StatusOr<std::string> PrintAlgebra(std::string_view text, const QueryOptions& options) const;

 private:
  const graph::Store& store_;
};

}  // namespace dossier::query
