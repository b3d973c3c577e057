#include "tests/query/support/result_set.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "graph/base/strings.h"

namespace dossier::query {
namespace {

using graph::Term;
using Row = std::vector<std::optional<Term>>;

bool IsNumeric(const std::string& datatype) {
  static constexpr std::string_view kXsd = "http://www.w3.org/2001/XMLSchema#";
  if (!datatype.starts_with(kXsd)) return false;
  const std::string_view name = std::string_view(datatype).substr(kXsd.size());
  return name == "integer" || name == "decimal" || name == "double" || name == "float";
}

bool SameNumber(const Term& a, const Term& b) {
  if (!a.is_literal() || !b.is_literal() || a.datatype() != b.datatype() || !IsNumeric(a.datatype()))
    return false;
  char* end_a = nullptr;
  char* end_b = nullptr;
  const double x = std::strtod(a.value().c_str(), &end_a), y = std::strtod(b.value().c_str(), &end_b);
  return *end_a == 0 && *end_b == 0 && !a.value().empty() && !b.value().empty() &&
         (x == y || (x != x && y != y));
}

// Matches rows with backtracking over the assignment of blank nodes.
class Matcher {
 public:
  Matcher(std::vector<Row> expected, std::vector<Row> actual, const CompareOptions& options)
      : expected_(std::move(expected)),
        actual_(std::move(actual)),
        options_(options),
        used_(expected_.size(), false) {}

  bool Match() { return MatchFrom(0); }

 private:
  bool MatchFrom(size_t i) {
    if (i == actual_.size()) return true;
    if (++steps_ > 2000000) return false;
    for (size_t e = 0; e < expected_.size(); ++e) {
      if (used_[e] || (options_.ordered && e != i)) continue;
      const auto forward = forward_;
      const auto backward = backward_;
      if (MatchRow(expected_[e], actual_[i])) {
        used_[e] = true;
        if (MatchFrom(i + 1)) return true;
        used_[e] = false;
      }
      forward_ = forward;
      backward_ = backward;
      // Without blank nodes one matching row is as good as another.
      if (Ground(actual_[i]) && MatchRow(expected_[e], actual_[i])) return false;
    }
    return false;
  }

  static bool Ground(const Row& row) {
    return std::none_of(row.begin(), row.end(),
                        [](const auto& t) { return t && (t->is_blank() || t->is_triple()); });
  }

  bool MatchRow(const Row& e, const Row& a) {
    for (size_t c = 0; c < e.size(); ++c) {
      if (options_.by_text) {
        const std::string x = e[c] ? e[c]->value() : "", y = a[c] ? a[c]->value() : "";
        const bool blank = e[c] && a[c] && a[c]->is_blank() && x.starts_with("_:");
        if (blank ? !MatchTerm(Term::BlankNode(x.substr(2)), *a[c])
                  : x != y && !(a[c] && SameNumber(Term::Literal(x, a[c]->datatype()), *a[c])))
          return false;
        continue;
      }
      if (e[c].has_value() != a[c].has_value()) return false;
      if (e[c] && !MatchTerm(*e[c], *a[c])) return false;
    }
    return true;
  }

  bool MatchTerm(const Term& e, const Term& a) {
    if (e.is_blank() && a.is_blank()) {
      const auto [f, new_f] = forward_.emplace(e.value(), a.value());
      const auto [b, new_b] = backward_.emplace(a.value(), e.value());
      return f->second == a.value() && b->second == e.value();
    }
    if (e.is_triple() && a.is_triple()) {
      return MatchTerm(e.triple().subject, a.triple().subject) &&
             MatchTerm(e.triple().predicate, a.triple().predicate) &&
             MatchTerm(e.triple().object, a.triple().object);
    }
    return e == a || SameNumber(e, a);
  }

  std::vector<Row> expected_, actual_;
  const CompareOptions& options_;
  std::vector<bool> used_;
  std::map<std::string, std::string> forward_, backward_;
  size_t steps_ = 0;
};

std::vector<Row> AsRows(const std::vector<graph::Triple>& triples) {
  std::vector<Row> rows;
  for (const graph::Triple& t : triples) rows.push_back({t.subject, t.predicate, t.object});
  return rows;
}

// Rows with the fewest blank nodes first, so that the search decides early.
void GroundFirst(std::vector<Row>& rows) {
  const auto blanks = [](const Row& row) {
    return std::count_if(row.begin(), row.end(),
                         [](const auto& t) { return t && (t->is_blank() || t->is_triple()); });
  };
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const Row& a, const Row& b) { return blanks(a) < blanks(b); });
}

}  // namespace

absl::StatusOr<ResultSet> Drain(QueryResult& result) {
  ResultSet out;
  switch (result.form()) {
    case ResultForm::kAsk: {
      out.kind = ResultSet::Kind::kBoolean;
      ASSIGN_OR_RETURN(out.boolean, result.Boolean());
      return out;
    }
    case ResultForm::kGraph:
      out.kind = ResultSet::Kind::kGraph;
      for (std::vector<graph::Triple> some;;) {
        RETURN_IF_ERROR(result.NextTriples(some));
        if (some.empty()) return out;
        out.triples.insert(out.triples.end(), some.begin(), some.end());
      }
    case ResultForm::kSelect:
      out.variables = result.columns();
      for (ResultRows some;;) {
        RETURN_IF_ERROR(result.Next(some));
        if (some.rows.empty()) return out;
        out.rows.insert(out.rows.end(), some.rows.begin(), some.rows.end());
      }
  }
  return out;
}

absl::StatusOr<ResultSet> RunQuery(const Engine& engine, std::string_view text, const QueryOptions& options) {
  ASSIGN_OR_RETURN(const std::unique_ptr<QueryResult> result, engine.Run(text, options));
  return Drain(*result);
}

std::string Difference(const ResultSet& expected, const ResultSet& actual, const CompareOptions& options) {
  if (expected.kind != actual.kind) return "another form of result";
  if (expected.kind == ResultSet::Kind::kBoolean) {
    return expected.boolean == actual.boolean ? "" : Cat("expected ", expected.boolean ? "true" : "false");
  }
  std::vector<Row> e, a;
  if (expected.kind == ResultSet::Kind::kGraph) {
    e = AsRows(expected.triples);
    a = AsRows(actual.triples);
    std::sort(e.begin(), e.end());
    e.erase(std::unique(e.begin(), e.end()), e.end());
  } else {
    std::vector<std::string> left = expected.variables, right = actual.variables;
    std::sort(left.begin(), left.end());
    std::sort(right.begin(), right.end());
    if (left != right) return "other variables";
    a = actual.rows;
    for (const Row& row : expected.rows) {
      Row ordered;
      for (const std::string& v : actual.variables) {
        ordered.push_back(
            row[static_cast<size_t>(std::find(expected.variables.begin(), expected.variables.end(), v) -
                                    expected.variables.begin())]);
      }
      e.push_back(std::move(ordered));
    }
  }
  if (options.lax) {
    std::sort(e.begin(), e.end());
    e.erase(std::unique(e.begin(), e.end()), e.end());
    std::sort(a.begin(), a.end());
    a.erase(std::unique(a.begin(), a.end()), a.end());
  }
  if (e.size() != a.size()) return Cat("expected ", e.size(), " rows, got ", a.size());
  if (!options.ordered) {
    GroundFirst(e);
    GroundFirst(a);
  }
  return Matcher(std::move(e), std::move(a), options).Match() ? "" : "other rows";
}

std::string Describe(const ResultSet& result) {
  if (result.kind == ResultSet::Kind::kBoolean) return result.boolean ? "true\n" : "false\n";
  std::vector<std::string> lines;
  for (const Row& row : result.kind == ResultSet::Kind::kGraph ? AsRows(result.triples) : result.rows) {
    std::string line;
    for (const auto& term : row) Append(line, line.empty() ? "" : " | ", term ? term->ToNTriples() : "UNDEF");
    lines.push_back(line + "\n");
  }
  std::string out;
  for (const std::string& v : result.variables) Append(out, out.empty() ? "" : " | ", "?", v);
  out += "\n";
  for (const std::string& line : lines) out += line;
  return out;
}

}  // namespace dossier::query
