// Expressions for tests, written as C++ calls, over a fake snapshot.
//
//   EXPECT_EQ(Eval(Call(Function::kAdd, Int("1"), Int("2"))), "\"3\"^^xsd:integer");
//
// Eval() gives the value in N-Triples, with the XSD namespace shortened to xsd:, and "error" for an error or
// nothing bound.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "query/expr/evaluator.h"
#include "tests/query/fake_snapshot.h"

namespace dossier::query {

using algebra::Aggregate;
using algebra::Expression;
using algebra::Function;
using graph::Direction;
using graph::Term;
using graph::TermId;

inline Term Xsd(std::string lexical, std::string_view type) {
  return Term::Literal(std::move(lexical), Cat(graph::xsd::kNs, type));
}
inline Expression Constant(Term term) { return Expression{std::move(term), {}}; }
inline Expression Var(algebra::VarId id) { return Expression{id, {}}; }
inline Expression Int(std::string lexical) { return Constant(Xsd(std::move(lexical), "integer")); }
inline Expression Dec(std::string lexical) { return Constant(Xsd(std::move(lexical), "decimal")); }
inline Expression Dbl(std::string lexical) { return Constant(Xsd(std::move(lexical), "double")); }
inline Expression Flt(std::string lexical) { return Constant(Xsd(std::move(lexical), "float")); }
inline Expression Bool(bool b) { return Constant(Xsd(b ? "true" : "false", "boolean")); }
inline Expression Date(std::string lexical) { return Constant(Xsd(std::move(lexical), "dateTime")); }
inline Expression Typed(std::string lexical, std::string_view type) {
  return Constant(Xsd(std::move(lexical), type));
}
inline Expression Str(std::string text) { return Constant(Term::Literal(std::move(text))); }
inline Expression Lang(std::string text, std::string language, Direction direction = Direction::kNone) {
  return Constant(Term::LangLiteral(std::move(text), std::move(language), direction));
}
inline Expression Iri(std::string iri) { return Constant(Term::Iri(std::move(iri))); }
inline Expression Error() { return Var(99); }  // an unbound variable

template <typename... Operands>
Expression Call(Function function, Operands... args) {
  algebra::Call call{function, "", {}};
  (call.args.push_back(std::move(args)), ...);
  return Expression{std::move(call), {}};
}
template <typename... Operands>
Expression Named(std::string iri, Operands... args) {
  algebra::Call call{Function::kNamed, std::move(iri), {}};
  (call.args.push_back(std::move(args)), ...);
  return Expression{std::move(call), {}};
}
inline Expression CastTo(std::string_view type, Expression x) {
  return Named(Cat(graph::xsd::kNs, type), std::move(x));
}

class ExpressionTest : public ::testing::Test {
 protected:
  ExpressionTest() { services_.vocabulary = &vocabulary_; }

  // Variable n is in column n of the batch.
  ColumnOf Columns() const {
    return [](algebra::VarId id) { return id < 4 ? id : -1; };
  }

  absl::StatusOr<std::unique_ptr<Evaluator>> Compile(const Expression& expression) {
    return Evaluator::Compile(expression, Columns(), services_);
  }

  static std::string Shown(const Term& term) {
    std::string text = term.ToNTriples();
    const std::string ns = Cat("<", graph::xsd::kNs);
    for (size_t at; (at = text.find(ns)) != std::string::npos;) {
      text.replace(at, ns.size(), "xsd:");
      text.erase(text.find('>', at), 1);
    }
    return text;
  }

  std::string ShownId(TermId id) {
    if (id.is_unbound()) return "error";
    const absl::StatusOr<Term> term = vocabulary_.Lookup(id);
    return term.ok() ? Shown(*term) : MessageOf(term.status());
  }

  std::string Eval(const Expression& expression) {
    Batch batch;
    batch.Reset(4);
    batch.rows = 1;
    for (auto& column : batch.columns) column.push_back(TermId::Unbound());
    return EvalRows(expression, batch)[0];
  }

  std::vector<std::string> EvalRows(const Expression& expression, const Batch& batch) {
    auto evaluator = Compile(expression);
    if (!evaluator.ok()) return std::vector<std::string>(batch.rows, MessageOf(evaluator.status()));
    std::vector<TermId> out;
    const absl::Status status = (*evaluator)->Evaluate(batch, out);
    if (!status.ok()) return std::vector<std::string>(batch.rows, MessageOf(status));
    std::vector<std::string> shown;
    for (const TermId id : out) shown.push_back(ShownId(id));
    return shown;
  }

  TermId Id(const Term& term) { return vocabulary_.Intern(term).value(); }

  // Columns of terms side by side, Unbound for nothing.
  Batch Rows(const std::vector<std::vector<std::optional<Term>>>& columns) {
    Batch batch;
    batch.Reset(4);
    batch.rows = columns[0].size();
    for (size_t c = 0; c < 4; ++c) {
      for (size_t r = 0; r < batch.rows; ++r) {
        const bool bound = c < columns.size() && columns[c][r].has_value();
        batch.columns[c].push_back(bound ? Id(*columns[c][r]) : TermId::Unbound());
      }
    }
    return batch;
  }

  static inline const std::string kTrue = "\"true\"^^xsd:boolean";
  static inline const std::string kFalse = "\"false\"^^xsd:boolean";

  FakeSnapshot snapshot_{
      {graph::Quad(Term::Iri("urn:s"), Term::Iri("urn:p"), Term::Literal("a string of the store"))}};
  QueryContext context_;
  Vocabulary vocabulary_{snapshot_, context_};
  EvaluatorServices services_;
};

}  // namespace dossier::query
