#include "query/syntax/check.h"

#include <algorithm>

#include "graph/base/strings.h"
#include "query/syntax/scope.h"

namespace dossier::query::syntax {
namespace {

using ast::Expression;
using ast::GroupElement;
using ast::GroupPattern;
using ast::NameList;
using ast::Query;
using EKind = Expression::Kind;

const std::string* VariableName(const Expression& e) {
  return e.kind == EKind::kTerm && e.node->kind == ast::Node::Kind::kVariable ? &e.node->name : nullptr;
}

class Checker {
 public:
  explicit Checker(std::string_view text) : text_(text) {}

  absl::Status CheckWhole(const Query& query) {
    RETURN_IF_ERROR(CheckOne(query));
    if (query.form != Query::Form::kConstruct) return absl::OkStatus();
    if (!query.construct_where) return CheckTemplate(query.construct);
    return query.where.elements.empty() ? absl::OkStatus() : CheckTemplate(query.where.elements[0].triples);
  }

  absl::Status CheckWhole(const ast::Update& update) {
    for (const Operation& operation : update.operations) {
      RETURN_IF_ERROR(CheckOperation(operation));
      ++operation_;
    }
    return absl::OkStatus();
  }

 private:
  using Operation = ast::UpdateOperation;
  absl::Status Error(const SourceSpan& span, std::string_view message) const {
    return SyntaxErrorAt(LocatePosition(text_, span.begin), message);
  }

  absl::Status CheckOne(const Query& query) {
    RETURN_IF_ERROR(CheckGroup(query.where));
    if (query.values) RETURN_IF_ERROR(CheckValues(*query.values));
    RETURN_IF_ERROR(CheckAggregates(query));
    return CheckProjection(query);
  }

  // --- Aggregates: where they may stand, never inside one another
  // -----------------------------------------------------------------

  absl::Status CheckAggregates(const Query& query) {
    for (const ast::GroupCondition& condition : query.modifier.group_by) {
      RETURN_IF_ERROR(CheckExpression(condition.expression, "in GROUP BY"));
    }
    for (const ast::Projection& item : query.select.projection) {
      if (item.expression) RETURN_IF_ERROR(CheckExpression(*item.expression, nullptr));
    }
    for (const Expression& condition : query.modifier.having)
      RETURN_IF_ERROR(CheckExpression(condition, nullptr));
    for (const ast::OrderCondition& c : query.modifier.order_by)
      RETURN_IF_ERROR(CheckExpression(c.expression, nullptr));
    return absl::OkStatus();
  }

  // `forbidden`: where we are, when no aggregate may stand here.
  absl::Status CheckExpression(const Expression& e, const char* forbidden) {
    if (e.kind == EKind::kAggregate) {
      if (forbidden != nullptr) return Error(e.span, Cat("an aggregate cannot stand ", forbidden));
      forbidden = "inside another aggregate";
    }
    for (const Expression& operand : e.operands) RETURN_IF_ERROR(CheckExpression(operand, forbidden));
    return e.pattern ? CheckGroup(*e.pattern) : absl::OkStatus();
  }

  static bool HasAggregate(const Expression& e) {
    return e.kind == EKind::kAggregate || std::ranges::any_of(e.operands, HasAggregate);
  }

  // --- SELECT (SPARQL 1.1 §18.2.4.1, §19.8 notes 12 and 13)
  // -------------------------------------------------------------------------

  static bool IsGrouped(const Query& query) {
    const auto order = [](const ast::OrderCondition& c) { return HasAggregate(c.expression); };
    const auto item = [](const ast::Projection& p) { return p.expression && HasAggregate(*p.expression); };
    return !query.modifier.group_by.empty() || std::ranges::any_of(query.modifier.having, HasAggregate) ||
           std::ranges::any_of(query.modifier.order_by, order) ||
           std::ranges::any_of(query.select.projection, item);
  }

  absl::Status CheckProjection(const Query& query) {
    NameList visible;
    AddVisible(query.where, visible);
    StringSet known;  // what an expression above the grouping may name
    for (const ast::GroupCondition& condition : query.modifier.group_by) {
      if (const std::string* name = VariableName(condition.expression); name != nullptr && !condition.alias)
        known.insert(*name);
      if (!condition.alias) continue;
      const std::string& alias = condition.alias->name;
      if (visible.Has(alias))
        return Error(condition.alias->span, Cat("?", alias, " is already bound by the pattern of the query"));
      if (!known.insert(alias).second)
        return Error(condition.alias->span, Cat("?", alias, " is given twice in GROUP BY"));
    }
    const bool grouped = IsGrouped(query);
    if (grouped && query.form == Query::Form::kSelect && query.select.star) {
      return Error(query.span, "SELECT * cannot be used with GROUP BY or aggregates; name the columns");
    }
    if (query.values) {
      for (const ast::Variable& variable : query.values->variables) visible.Add(variable.name);
    }
    StringSet columns;
    for (const ast::Projection& item : query.select.projection) {
      const std::string& name = item.variable.name;
      if (!item.expression) {
        if (grouped && !known.contains(name)) return NotGrouped(item.variable.span, name);
        columns.insert(name);
        continue;
      }
      if (grouped) RETURN_IF_ERROR(CheckGroupedNames(*item.expression, known));
      if (columns.contains(name))
        return Error(item.variable.span, Cat("?", name, " is already a column of this SELECT"));
      if (grouped ? known.contains(name) : visible.Has(name)) {
        return Error(item.variable.span, Cat("?", name,
                                             grouped ? " is already a key of GROUP BY"
                                                     : " is already bound by the pattern of the query",
                                             "; choose another name behind AS"));
      }
      columns.insert(name);
      known.insert(name);
    }
    return absl::OkStatus();
  }

  absl::Status NotGrouped(const SourceSpan& span, const std::string& name) const {
    return Error(span, Cat("?", name, " is neither a key of GROUP BY nor inside an aggregate; use SAMPLE(?",
                           name, ") for any of its values"));
  }

  absl::Status CheckGroupedNames(const Expression& e, const StringSet& known) const {
    if (e.kind == EKind::kAggregate) return absl::OkStatus();
    if (e.kind == EKind::kTerm) return CheckGroupedNames(*e.node, known);
    for (const Expression& operand : e.operands) RETURN_IF_ERROR(CheckGroupedNames(operand, known));
    return absl::OkStatus();
  }

  absl::Status CheckGroupedNames(const ast::Node& node, const StringSet& known) const {
    if (node.kind == ast::Node::Kind::kVariable && !known.contains(node.name))
      return NotGrouped(node.span, node.name);
    for (const ast::Node& child : node.children) RETURN_IF_ERROR(CheckGroupedNames(child, known));
    return absl::OkStatus();
  }

  // --- Patterns
  // -------------------------------------------------------------------------------------------------------------------

  absl::Status CheckValues(const ast::Values& values) const {
    StringSet seen;
    for (const ast::Variable& variable : values.variables) {
      if (!seen.insert(variable.name).second)
        return Error(variable.span, Cat("?", variable.name, " is given twice in VALUES"));
    }
    return absl::OkStatus();
  }

  // Triples of a group that only filters separate are one basic graph pattern; a blank node label belongs to
  // one (§5.1.1).
  absl::Status CheckGroup(const GroupPattern& group) {
    int bgp = 0;  // none open
    const bool has_bind = std::ranges::any_of(
        group.elements, [](const auto& e) { return e.kind == GroupElement::Kind::kBind; });
    NameList before;  // what the elements so far bind; only BIND asks
    for (const GroupElement& element : group.elements) {
      if (element.kind == GroupElement::Kind::kTriples) {
        if (bgp == 0) bgp = ++bgp_count_;
        for (const ast::Triples& triples : element.triples) RETURN_IF_ERROR(CheckTriples(triples, bgp));
      } else if (element.kind != GroupElement::Kind::kFilter) {
        bgp = 0;
      }
      if (element.kind == GroupElement::Kind::kBind && before.Has(element.variable.name)) {
        return Error(
            element.variable.span,
            Cat("?", element.variable.name, " is already bound in this group; BIND needs a new variable"));
      }
      RETURN_IF_ERROR(CheckElement(element));
      if (has_bind) AddVisible(element, before);
    }
    return absl::OkStatus();
  }

  absl::Status CheckElement(const GroupElement& element) {
    if (element.values) RETURN_IF_ERROR(CheckValues(*element.values));
    if (element.query) RETURN_IF_ERROR(CheckOne(*element.query));
    if (element.expression) {
      RETURN_IF_ERROR(CheckExpression(*element.expression, element.kind == GroupElement::Kind::kBind
                                                               ? "in BIND"
                                                               : "in FILTER; use HAVING"));
    }
    for (const GroupPattern& group : element.groups) RETURN_IF_ERROR(CheckGroup(group));
    return absl::OkStatus();
  }

  absl::Status CheckTriples(const ast::Triples& triples, int bgp) {
    RETURN_IF_ERROR(CheckNode(triples.subject, bgp));
    return CheckProperties(triples.properties, bgp);
  }

  absl::Status CheckNode(const ast::Node& node, int bgp) {
    if (node.kind == ast::Node::Kind::kBlankNode && !node.name.empty() && bgp != kTemplate) {
      const auto [it, inserted] = labels_.try_emplace(node.name, bgp);
      if (!inserted && it->second != bgp) {
        return Error(node.span, Cat("the blank node _:", node.name,
                                    " was used in another basic graph pattern; use a variable"));
      }
    }
    for (const ast::Node& child : node.children) RETURN_IF_ERROR(CheckNode(child, bgp));
    return CheckProperties(node.properties, bgp);
  }

  absl::Status CheckProperties(const std::vector<ast::PropertyObjects>& properties, int bgp) {
    for (const ast::PropertyObjects& property : properties) {
      const bool is_path =
          property.verb.kind != ast::Path::Kind::kIri && property.verb.kind != ast::Path::Kind::kVariable;
      if (is_path && bgp == kTemplate)
        return Error(property.verb.span, "a property path cannot stand in a template");
      for (const ast::Object& object : property.objects) {
        RETURN_IF_ERROR(CheckNode(object.node, bgp));
        if (is_path && !object.annotations.empty()) {
          return Error(object.annotations[0].span,
                       "a property path states no triple, so nothing can reify or annotate it");
        }
        for (const ast::Annotation& annotation : object.annotations) {
          if (annotation.reifier) RETURN_IF_ERROR(CheckNode(*annotation.reifier, bgp));
          RETURN_IF_ERROR(CheckProperties(annotation.block, bgp));
        }
      }
    }
    return absl::OkStatus();
  }

  absl::Status CheckTemplate(const std::vector<ast::Triples>& list) {
    for (const ast::Triples& triples : list) RETURN_IF_ERROR(CheckTriples(triples, kTemplate));
    return absl::OkStatus();
  }

  // --- Updates (SPARQL 1.1 Update §3.1, Query §19.6 and §19.8 notes 5 to 9)
  // -----------------------------------------------------------------------------------------

  // What a template may not hold. Blank node labels of data belong to one INSERT DATA of the request; those of
  // templates are free.
  struct Forbidden {
    const char* variables = nullptr;  // where we are, when it is forbidden there
    const char* blanks = nullptr;
    bool labels_of_data = false;
  };

  absl::Status CheckOperation(const Operation& operation) {
    switch (operation.kind) {
      case Operation::Kind::kInsertData:
        return CheckQuads(operation.insert, {.variables = "INSERT DATA", .labels_of_data = true});
      case Operation::Kind::kDeleteData:
        return CheckQuads(operation.remove, {.variables = "DELETE DATA", .blanks = "DELETE DATA"});
      case Operation::Kind::kDeleteWhere:
        return CheckQuads(operation.remove, {.blanks = "DELETE WHERE"});
      case Operation::Kind::kModify:
        RETURN_IF_ERROR(CheckQuads(operation.remove, {.blanks = "DELETE"}));
        RETURN_IF_ERROR(CheckQuads(operation.insert, {}));
        return CheckGroup(operation.where);
      default:
        return absl::OkStatus();
    }
  }

  absl::Status CheckQuads(const std::vector<ast::QuadBlock>& blocks, const Forbidden& forbidden) {
    for (const ast::QuadBlock& block : blocks) {
      if (block.graph) RETURN_IF_ERROR(CheckQuadNode(*block.graph, forbidden));
      RETURN_IF_ERROR(CheckTemplate(block.triples));
      for (const ast::Triples& triples : block.triples) {
        RETURN_IF_ERROR(CheckQuadNode(triples.subject, forbidden));
        RETURN_IF_ERROR(CheckQuadProperties(triples.properties, forbidden));
      }
    }
    return absl::OkStatus();
  }

  absl::Status CheckQuadNode(const ast::Node& node, const Forbidden& forbidden) {
    using Kind = ast::Node::Kind;
    if (node.kind == Kind::kVariable && forbidden.variables != nullptr)
      return Error(node.span, Cat("a variable cannot stand in ", forbidden.variables));
    const bool makes_blank = node.kind == Kind::kBlankNode || node.kind == Kind::kCollection ||
                             node.kind == Kind::kPropertyList ||
                             (node.kind == Kind::kReifiedTriple && node.children.size() == 3);
    if (makes_blank && forbidden.blanks != nullptr) {
      return Error(node.span, Cat("a blank node cannot stand in ", forbidden.blanks,
                                  ": it would name no node of the store; use a variable"));
    }
    if (node.kind == Kind::kBlankNode && !node.name.empty() && forbidden.labels_of_data) {
      const auto [it, inserted] = data_labels_.try_emplace(node.name, operation_);
      if (!inserted && it->second != operation_) {
        return Error(node.span, Cat("the blank node _:", node.name,
                                    " was used in another INSERT DATA of this request; they would be two nodes"));
      }
    }
    for (const ast::Node& child : node.children) RETURN_IF_ERROR(CheckQuadNode(child, forbidden));
    return CheckQuadProperties(node.properties, forbidden);
  }

  absl::Status CheckQuadProperties(const std::vector<ast::PropertyObjects>& properties, const Forbidden& forbidden) {
    for (const ast::PropertyObjects& property : properties) {
      if (property.verb.kind == ast::Path::Kind::kVariable && forbidden.variables != nullptr)
        return Error(property.verb.span, Cat("a variable cannot stand in ", forbidden.variables));
      for (const ast::Object& object : property.objects) {
        RETURN_IF_ERROR(CheckQuadNode(object.node, forbidden));
        RETURN_IF_ERROR(CheckQuadAnnotations(object.annotations, forbidden));
      }
    }
    return absl::OkStatus();
  }

  absl::Status CheckQuadAnnotations(const std::vector<ast::Annotation>& annotations, const Forbidden& forbidden) {
    bool named = false;  // the block in hand has the reifier in front of it
    for (const ast::Annotation& annotation : annotations) {
      const bool makes_blank = annotation.is_block ? !named : !annotation.reifier;
      if (makes_blank && forbidden.blanks != nullptr) {
        return Error(annotation.span, Cat("an annotation in ", forbidden.blanks,
                                          " needs its reifier (`~ ?r` or `~ <iri>`): a new blank node would match nothing"));
      }
      named = !annotation.is_block;
      if (annotation.reifier) RETURN_IF_ERROR(CheckQuadNode(*annotation.reifier, forbidden));
      RETURN_IF_ERROR(CheckQuadProperties(annotation.block, forbidden));
    }
    return absl::OkStatus();
  }

  static constexpr int kTemplate = -1;
  std::string_view text_;
  StringMap<int> labels_;       // of basic graph patterns
  StringMap<int> data_labels_;  // of INSERT DATA, by operation
  int bgp_count_ = 0;
  int operation_ = 0;
};

}  // namespace

absl::Status CheckQuery(std::string_view text, const Query& query) { return Checker(text).CheckWhole(query); }
absl::Status CheckUpdate(std::string_view text, const ast::Update& update) { return Checker(text).CheckWhole(update); }

}  // namespace dossier::query::syntax
