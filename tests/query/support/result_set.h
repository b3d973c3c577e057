// Query results as values, for comparing what the engine gives with what a test expects.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/model/term.h"
#include "query/engine.h"

namespace dossier::query {

struct ResultSet {
  enum class Kind { kRows, kBoolean, kGraph };
  Kind kind = Kind::kRows;
  bool boolean = false;
  std::vector<std::string> variables;
  std::vector<std::vector<std::optional<graph::Term>>> rows;
  std::vector<graph::Triple> triples;
};

// Runs a result to its end.
absl::StatusOr<ResultSet> Drain(QueryResult& result);
absl::StatusOr<ResultSet> RunQuery(const Engine& engine, std::string_view text, const QueryOptions& options);

struct CompareOptions {
  bool ordered = false;  // row order matters
  bool lax = false;      // REDUCED: each row at least once, at most as often as expected
  bool by_text = false;  // CSV: only the text of terms is known
};
// Empty when equal under one bijection of blank nodes (numbers by value within one datatype), else what
// differs.
std::string Difference(const ResultSet& expected, const ResultSet& actual, const CompareOptions& options);

std::string Describe(const ResultSet& result);

}  // namespace dossier::query
