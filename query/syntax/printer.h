// The working state of Print(): queries and patterns (print.cc), updates (print_updates.cc), terms, paths and expressions
// (print_terms.cc). Private to this folder.
//
//   Printer printer;  printer.QueryText(query);  std::string text = printer.Take();
//
// One object per text; not thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/strings.h"
#include "query/syntax/ast.h"
#include "query/syntax/update_ast.h"

namespace dossier::query::ast {

class Printer {
 public:
  std::string Take() { return std::move(out_); }
  void QueryText(const Query& query);
  void UpdateText(const Update& update);
  void GroupAsQuery(const GroupPattern& group);
  void ExpressionText(const Expression& e, int level = 1);
  void PathText(const Path& path, int level = 1);

 private:
  template <typename... Pieces>
  void Put(const Pieces&... pieces) {
    Append(out_, pieces...);
  }
  void NewLine() { Put("\n", std::string(static_cast<size_t>(indent_) * 2, ' ')); }
  void Operation(const UpdateOperation& operation);
  void Modify(const UpdateOperation& operation);
  void Quads(const std::vector<QuadBlock>& blocks);
  void Target(const GraphRef& ref);
  void Form(const Query& query);
  void Select(const SelectClause& select);
  // Calls stand without parentheses; so do variables, but not in FILTER and HAVING.
  void Constraint(const Expression& e, bool variable_allowed = true);
  void Modifier(const SolutionModifier& modifier);
  void Group(const GroupPattern& group);
  void Element(const GroupElement& element);
  void TriplesBlock(const std::vector<Triples>& list);
  void Properties(const std::vector<PropertyObjects>& properties);
  void AnnotationText(const Annotation& annotation);
  void NodeText(const Node& node);
  void Spaced(const std::vector<Node>& nodes, size_t count);
  void Literal(const graph::Term& term);
  void ValuesText(const Values& values);
  void Datum(const std::optional<graph::Term>& datum);
  void List(const std::vector<Expression>& list, size_t begin);
  // Operands that bind at least as `level`, with operators between them.
  void Operands(const Expression& e, std::string_view fixed, int level);
  void Bare(const Expression& e);
  void AggregateText(const Expression& e);
  void Members(const Path& path, std::string_view between, int level);
  void NegatedSet(const Path& path);
  void Bare(const Path& path);

  std::string out_;
  int indent_ = 0;
};

}  // namespace dossier::query::ast
