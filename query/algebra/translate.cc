#include "query/algebra/translate.h"

#include <algorithm>
#include <utility>

#include "graph/base/strings.h"
#include "query/algebra/translator.h"

namespace dossier::query::algebra {
namespace {

using AstKind = ast::Expression::Kind;

bool HasAggregate(const ast::Expression& e) {
  return e.kind == AstKind::kAggregate || std::ranges::any_of(e.operands, HasAggregate);
}

bool IsGrouped(const ast::Query& query) {
  const auto projected = [](const ast::Projection& item) {
    return item.expression && HasAggregate(*item.expression);
  };
  const auto ordered = [](const ast::OrderCondition& condition) {
    return HasAggregate(condition.expression);
  };
  return !query.modifier.group_by.empty() || std::ranges::any_of(query.select.projection, projected) ||
         std::ranges::any_of(query.modifier.having, HasAggregate) ||
         std::ranges::any_of(query.modifier.order_by, ordered);
}

const ast::Node* VariableOf(const ast::Expression& e) {
  return e.kind == AstKind::kTerm && e.node->kind == ast::Node::Kind::kVariable ? &*e.node : nullptr;
}

}  // namespace

Translator::Deeper::Deeper(Translator& t, size_t levels) : t_(t), levels_(levels) {
  t_.depth_ += levels;
  ok_ = t_.depth_ <= static_cast<size_t>(kMaxDepth);
  if (!ok_ && t_.error_.ok()) {
    t_.error_ = InvalidArgument(Cat("the query is too complex: operators nest more than ", kMaxDepth,
                                    " deep (long chains of OPTIONAL, BIND or arithmetic count)"));
  }
}

VarId Translator::NewVariable(std::string name, bool hidden) {
  out_.variables.push_back({std::move(name), hidden});
  return static_cast<VarId>(out_.variables.size()) - 1;
}

VarId Translator::Hidden(char kind) { return NewVariable(Cat(".", kind, hidden_count_++), true); }

VarId Translator::Lookup(std::string_view name) {
  const auto it = scope_->find(name);
  if (it != scope_->end()) return it->second;
  const VarId variable = NewVariable(std::string(name), false);
  scope_->emplace(name, variable);
  return variable;
}

VarId Translator::BlankVariable(const std::string& label) {
  if (const auto it = blanks_.find(label); it != blanks_.end()) return it->second;
  const VarId variable = Hidden('b');
  if (!label.empty()) blanks_.emplace(label, variable);
  if (template_blanks_ != nullptr) template_blanks_->push_back(variable);
  return variable;
}

NodePtr Translator::AddKeys(const ast::Query& query, NodePtr node, Grouping& grouping,
                            std::vector<VarId>& keys) {
  for (const ast::GroupCondition& condition : query.modifier.group_by) {
    const ast::Node* const variable = VariableOf(condition.expression);
    if (variable != nullptr && !condition.alias) {
      grouping.keys.insert(variable->name);
      keys.push_back(Lookup(variable->name));
      continue;
    }
    Expression expression = TranslateExpression(condition.expression);
    const VarId key = condition.alias ? Lookup(condition.alias->name) : Hidden('k');
    if (condition.alias) grouping.keys.insert(condition.alias->name);
    node = Make(Extend{std::move(node), key, std::move(expression)});
    keys.push_back(key);
  }
  return node;
}

// ORDER BY's keys are translated by the caller; here come the columns and DISTINCT (SPARQL 1.1 §18.2.5).
NodePtr Translator::AddProjection(const ast::Query& query, NodePtr node, std::vector<VarId>* columns) {
  if (columns != nullptr) {
    ast::NameList names;
    AddProjected(query, names);
    for (const std::string& name : names.names()) columns->push_back(Lookup(name));
    node = Make(Project{std::move(node), *columns});
    if (query.select.distinct) node = Make(Distinct{std::move(node)});
    if (query.select.reduced) node = Make(Reduced{std::move(node)});
  }
  if (query.modifier.limit || query.modifier.offset) {
    node = Make(Slice{std::move(node), query.modifier.offset.value_or(0), query.modifier.limit});
  }
  return node;
}

// `scope` maps the names that the surroundings see, and afterwards all that the projection and templates see.
// A variable of the pattern that SELECT reuses as an alias under GROUP BY is another variable, known below
// the Group only.
NodePtr Translator::TranslateBody(const ast::Query& query, Scope& scope, std::vector<VarId>* columns) {
  const auto computed =
      std::ranges::count_if(query.select.projection, [](const auto& item) { return bool{item.expression}; });
  constexpr size_t kOthers = 6;  // Project, Distinct, Slice, OrderBy, Group, Join with VALUES
  const ast::SolutionModifier& modifier = query.modifier;
  const Deeper deeper(
      *this, kOthers + static_cast<size_t>(computed) + modifier.group_by.size() + modifier.having.size());
  if (!deeper.ok()) return Make(Bgp{});
  const bool grouped = IsGrouped(query);
  Grouping grouping;
  Scope pattern_scope = scope;
  if (grouped) {
    AddVisible(query.where, grouping.visible);
    for (const ast::Projection& item : query.select.projection) {
      if (!item.expression) continue;
      grouping.aliases.insert(item.variable.name);
      if (grouping.visible.Has(item.variable.name))
        pattern_scope[item.variable.name] = NewVariable(item.variable.name, true);
    }
  }
  scope_ = &pattern_scope;
  NodePtr node = TranslateGroup(query.where);
  std::vector<VarId> keys;
  if (grouped) node = AddKeys(query, std::move(node), grouping, keys);
  for (const auto& [name, variable] : pattern_scope) {
    if (!grouping.aliases.contains(name)) scope.emplace(name, variable);
  }
  scope_ = &scope;
  grouping.pattern_scope = &pattern_scope;
  if (grouped) grouping_ = &grouping;
  std::vector<Extend> extends;
  for (const ast::Projection& item : query.select.projection) {
    if (!item.expression) continue;
    Expression expression = TranslateExpression(*item.expression);
    extends.push_back({nullptr, Lookup(item.variable.name), std::move(expression)});
  }
  std::vector<SortKey> sort_keys;
  for (const ast::OrderCondition& condition : query.modifier.order_by) {
    sort_keys.push_back({TranslateExpression(condition.expression), condition.descending});
  }
  grouping.in_having = true;
  std::optional<Expression> having;
  for (const ast::Expression& condition : query.modifier.having) {
    Expression expression = TranslateExpression(condition);
    if (having)
      expression =
          Expression{Call{Function::kAnd, {}, {std::move(*having), std::move(expression)}}, condition.span};
    having = std::move(expression);
  }
  grouping_ = nullptr;
  if (grouped) {
    node = Make(
        Group{std::move(node), std::move(keys), std::move(grouping.calls), query.modifier.group_by.empty()});
  }
  // HAVING comes before SELECT (SPARQL 1.1 §18.2.4.2), but many queries name an alias there, which would be
  // unbound: they get its value.
  const auto extend = [&] {
    for (Extend& e : extends) node = Make(Extend{std::move(node), e.variable, std::move(e.expression)});
    extends.clear();
  };
  if (having && (!grouped || grouping.having_uses_alias)) extend();
  if (having) node = Make(Filter{std::move(node), std::move(*having)});
  if (query.values) {
    Values values;
    for (const ast::Variable& variable : query.values->variables)
      values.variables.push_back(Lookup(variable.name));
    values.rows = query.values->rows;
    node = JoinOf(std::move(node), Make(std::move(values)));
  }
  extend();
  if (!sort_keys.empty()) node = Make(OrderBy{std::move(node), std::move(sort_keys)});
  return AddProjection(query, std::move(node), columns);
}

// Variables a subselect does not project are its own, whatever their names (SPARQL 1.1 §12).
NodePtr Translator::TranslateSubSelect(const ast::Query& query) {
  ast::NameList names;
  AddProjected(query, names);
  Scope scope;
  for (const std::string& name : names.names()) scope.emplace(name, Lookup(name));
  Scope* const outer = scope_;
  Grouping* const grouping = std::exchange(grouping_, nullptr);
  std::vector<VarId> columns;
  NodePtr node = TranslateBody(query, scope, &columns);
  scope_ = outer;
  grouping_ = grouping;
  return node;
}

void Translator::TranslateForm() {
  const bool is_select = tree_.form == ast::Query::Form::kSelect;
  Scope scope;
  out_.root = TranslateBody(tree_, scope, is_select ? &out_.projection : nullptr);
  scope_ = &scope;
  if (tree_.form == ast::Query::Form::kConstruct) {
    blanks_.clear();
    template_blanks_ = &out_.construct_blanks;
    if (!tree_.construct_where) {
      out_.construct = TranslateTemplate(tree_.construct);
    } else if (!tree_.where.elements.empty()) {
      out_.construct = TranslateTemplate(tree_.where.elements[0].triples);
    }
  }
  if (tree_.form == ast::Query::Form::kDescribe) {
    for (const ast::Node& node : tree_.describe) {
      if (node.kind == ast::Node::Kind::kVariable) {
        out_.projection.push_back(Lookup(node.name));
      } else {
        out_.describe.push_back(TermOf(node));
      }
    }
    if (tree_.describe.empty()) {
      for (const std::string& name : ast::VisibleVariables(tree_.where))
        out_.projection.push_back(Lookup(name));
    }
  }
}

absl::StatusOr<Query> Translator::Run() {
  out_.form = static_cast<QueryForm>(tree_.form);
  out_.base = tree_.base;
  out_.has_dataset = !tree_.dataset.empty();
  for (const ast::DatasetClause& clause : tree_.dataset)
    (clause.named ? out_.from_named : out_.from).push_back(clause.iri);
  TranslateForm();
  if (!error_.ok()) return error_;
  return std::move(out_);
}

}  // namespace dossier::query::algebra

namespace dossier::query {

absl::StatusOr<algebra::Query> Translate(const ast::Query& tree) { return algebra::Translator(tree).Run(); }

}  // namespace dossier::query
