// The working state of Translate() and its parts: expressions (translate_expression.cc), patterns
// (translate_pattern.cc), queries with grouping (translate.cc) and updates (translate_update.cc). Private to this folder.
//
//   Translator t(tree);
//   return t.Run();
//
// One object per translation; not thread-safe. Errors stick: the first one is kept, the rest of the tree is
// translated into unit patterns.
#pragma once

#include <bit>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "graph/base/strings.h"
#include "query/algebra/translate.h"
#include "query/algebra/update.h"
#include "query/syntax/scope.h"

namespace dossier::query::algebra {

using Scope = StringMap<VarId>;

class Translator {
 public:
  explicit Translator(const ast::Query& tree) : tree_(tree) {}
  absl::StatusOr<Query> Run();
  // `tree` has the pattern of the operation.
  absl::StatusOr<Modify> RunModify(const ast::UpdateOperation& operation);

 private:
  // What the expressions above a Group see: keys, aggregates and the aliases of SELECT.
  struct Grouping {
    Scope* pattern_scope;  // the scope of aggregate arguments
    StringSet keys;
    StringSet aliases;
    ast::NameList visible;  // in the pattern below
    std::vector<AggregateCall> calls;
    std::vector<std::pair<const ast::Expression*, VarId>> seen;
    StringMap<VarId> samples;
    bool in_having = false;
    bool having_uses_alias = false;
  };

  // Adds `levels` to the depth of the algebra while it lives; an error beyond kMaxDepth.
  class Deeper {
   public:
    Deeper(Translator& t, size_t levels);
    ~Deeper() { t_.depth_ -= levels_; }
    Deeper(const Deeper&) = delete;
    bool ok() const { return ok_; }

   private:
    Translator& t_;
    size_t levels_;
    bool ok_;
  };

  // Variables.
  VarId NewVariable(std::string name, bool hidden);
  VarId Hidden(char kind);  // ".b3"
  VarId Lookup(std::string_view name);
  VarId BlankVariable(const std::string& label);

  // Expressions.
  Expression TranslateExpression(const ast::Expression& e);
  Expression TranslateTerm(const ast::Node& node, const SourceSpan& span);
  Expression TranslateVariable(const std::string& name, const SourceSpan& span);
  Expression TranslateAggregate(const ast::Expression& e);
  Expression LeftDeep(const ast::Expression& e);
  Expression Balanced(absl::Span<const ast::Expression* const> operands, Function function);  // at least one
  Expression Balanced(const ast::Expression& e, Function function);
  std::vector<Expression> TranslateAll(const std::vector<ast::Expression>& list);

  // Patterns.
  struct Triples {
    std::vector<TriplePattern> triples;
    std::vector<NodePtr> paths;
  };
  NodePtr TranslateGroup(const ast::GroupPattern& group);
  NodePtr TranslateGroupPart(const ast::GroupPattern& group, std::optional<Expression>& filter);
  void AddElement(const ast::GroupElement& element, NodePtr& left);
  NodePtr TranslateElement(const ast::GroupElement& element);
  NodePtr TranslateGraph(const ast::GroupElement& element);
  NodePtr BalancedUnion(const std::vector<ast::GroupPattern>& groups, size_t begin, size_t end);
  NodePtr TranslateTriples(const std::vector<const ast::GroupElement*>& blocks);
  PatternTerm TranslateNode(const ast::Node& node, Triples& out);
  PatternTerm TranslateCollection(const ast::Node& node, Triples& out);
  PatternTerm Reify(PatternTerm triple_term, std::optional<PatternTerm> reifier, Triples& out);
  void AddProperties(const PatternTerm& subject, const std::vector<ast::PropertyObjects>& properties,
                     Triples& out);
  void AddAnnotations(const PatternTerm& triple_term, const std::vector<ast::Annotation>& annotations,
                      Triples& out);
  void AddVerb(const PatternTerm& subject, const ast::Path& verb, const PatternTerm& object, Triples& out);
  std::vector<TriplePattern> TranslateTemplate(const std::vector<ast::Triples>& list);

  // Queries.
  NodePtr TranslateBody(const ast::Query& query, Scope& scope, std::vector<VarId>* columns);
  NodePtr AddKeys(const ast::Query& query, NodePtr node, Grouping& grouping, std::vector<VarId>& keys);
  NodePtr AddProjection(const ast::Query& query, NodePtr node, std::vector<VarId>* columns);
  NodePtr TranslateSubSelect(const ast::Query& query);
  void TranslateForm();
  void AddQuads(const std::vector<ast::QuadBlock>& blocks, const std::optional<std::string>& with,
                std::vector<QuadTemplate>& out);

  const ast::Query& tree_;
  Query out_;
  Scope* scope_ = nullptr;
  Grouping* grouping_ = nullptr;
  StringMap<VarId> blanks_;  // of the pattern or, while it is translated, the template
  std::vector<VarId>* template_blanks_ = nullptr;
  size_t depth_ = 0;
  int hidden_count_ = 0;
  absl::Status error_;
};

PatternTerm ConstantTerm(graph::Term term);
// The term of an AST node of kind kIri or kLiteral.
graph::Term TermOf(const ast::Node& node);
NodePtr JoinOf(NodePtr left, NodePtr right);  // without joins with the unit pattern
bool IsUnit(const Node& node);

}  // namespace dossier::query::algebra
