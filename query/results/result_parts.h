// What the readers of results share. Private to this folder.
#pragma once

#include <string>
#include <utility>

#include "graph/base/strings.h"
#include "query/results/reader.h"

namespace dossier::query {

inline constexpr int kMaxResultNesting = 500;

// The parts of one term as they come in; nothing when they make no term.
struct TermParts {
  enum class Kind { kNone, kIri, kBlankNode, kLiteral, kTriple };
  Kind kind = Kind::kNone;
  std::string value, datatype, language, direction;
  std::optional<graph::Term> subject, predicate, object;

  std::optional<graph::Term> Take() {
    using graph::Direction;
    using graph::Term;
    switch (kind) {
      case Kind::kNone:
        return std::nullopt;
      case Kind::kIri:
        return Term::Iri(std::move(value));
      case Kind::kBlankNode:
        return Term::BlankNode(std::move(value));
      case Kind::kLiteral:
        if (!language.empty()) {
          const Direction d = direction == "ltr" ? Direction::kLtr : direction == "rtl" ? Direction::kRtl : Direction::kNone;
          return Term::LangLiteral(std::move(value), std::move(language), d);
        }
        return datatype.empty() ? Term::Literal(std::move(value)) : Term::Literal(std::move(value), std::move(datatype));
      case Kind::kTriple:
        if (!subject || !predicate || !object) return std::nullopt;
        return Term::TripleTerm(*std::move(subject), *std::move(predicate), *std::move(object));
    }
    return std::nullopt;
  }
};

// Rows under construction: variables may be named by the head or first by a binding.
class RowBuilder {
 public:
  void Declare(const std::string& name) { ColumnOf(name); }
  void StartRow() { results_.rows.emplace_back(); }
  void Bind(const std::string& name, graph::Term term) {
    const size_t column = ColumnOf(name);
    auto& row = results_.rows.back();
    if (row.size() <= column) row.resize(column + 1);
    row[column] = std::move(term);
  }
  void SetBoolean(bool value) { results_.boolean = value; }
  ReadResults Take() {
    for (auto& row : results_.rows) row.resize(results_.variables.size());
    return std::move(results_);
  }

 private:
  size_t ColumnOf(const std::string& name) {
    const auto [it, inserted] = columns_.try_emplace(name, results_.variables.size());
    if (inserted) results_.variables.push_back(name);
    return it->second;
  }

  ReadResults results_;
  StringMap<size_t> columns_;
};

}  // namespace dossier::query
