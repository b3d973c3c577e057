#include <algorithm>
#include <array>

#include "graph/model/vocabulary.h"
#include "query/algebra/translator.h"
#include "query/syntax/print.h"

namespace dossier::query::algebra {

using ElementKind = ast::GroupElement::Kind;
using NodeKind = ast::Node::Kind;
using PathKind = ast::Path::Kind;

PatternTerm ConstantTerm(graph::Term term) { return {std::move(term)}; }

bool IsUnit(const Node& node) {
  const Bgp* const bgp = std::get_if<Bgp>(&node.op);
  return bgp != nullptr && bgp->triples.empty();
}

NodePtr JoinOf(NodePtr left, NodePtr right) {
  if (left == nullptr || IsUnit(*left)) return right;
  if (IsUnit(*right)) return left;
  return Make(Join{std::move(left), std::move(right)});
}

namespace {

PatternTerm IriTerm(std::string_view iri) { return ConstantTerm(graph::Term::Iri(std::string(iri))); }

PatternTerm TripleTermOf(PatternTerm s, PatternTerm p, PatternTerm o) {
  if (s.is_constant() && p.is_constant() && o.is_constant()) {
    return ConstantTerm(graph::Term::TripleTerm(s.constant(), p.constant(), o.constant()));
  }
  return {std::make_shared<const std::array<PatternTerm, 3>>(
      std::array<PatternTerm, 3>{std::move(s), std::move(p), std::move(o)})};
}

PathExpression PathOf(const ast::Path& path) {
  PathExpression out;
  switch (path.kind) {
    case PathKind::kVariable:  // never inside a path
    case PathKind::kIri:
      out.iri = graph::Term::Iri(path.name);
      return out;
    case PathKind::kInverse:
      out.kind = PathExpression::Kind::kInverse;
      break;
    case PathKind::kZeroOrMore:
      out.kind = PathExpression::Kind::kZeroOrMore;
      break;
    case PathKind::kOneOrMore:
      out.kind = PathExpression::Kind::kOneOrMore;
      break;
    case PathKind::kZeroOrOne:
      out.kind = PathExpression::Kind::kZeroOrOne;
      break;
    case PathKind::kSequence:
      out.kind = PathExpression::Kind::kSequence;
      break;
    case PathKind::kAlternative:
      out.kind = PathExpression::Kind::kAlternative;
      break;
    case PathKind::kNegatedSet:
      out.kind = PathExpression::Kind::kNegatedSet;
      for (const ast::Path& member : path.children) {
        const bool inverse = member.kind == PathKind::kInverse;
        (inverse ? out.forbidden_inverse : out.forbidden)
            .push_back(graph::Term::Iri(inverse ? member.children[0].name : member.name));
      }
      return out;
  }
  for (const ast::Path& child : path.children) out.children.push_back(PathOf(child));
  return out;
}

NodePtr BalancedJoin(std::vector<NodePtr>& nodes, size_t begin, size_t end) {
  if (end - begin == 1) return std::move(nodes[begin]);
  const size_t middle = begin + (end - begin + 1) / 2;
  return Make(Join{BalancedJoin(nodes, begin, middle), BalancedJoin(nodes, middle, end)});
}

}  // namespace

void Translator::AddVerb(const PatternTerm& subject, const ast::Path& verb, const PatternTerm& object,
                         Triples& out) {
  switch (verb.kind) {
    case PathKind::kVariable:
      out.triples.push_back({subject, PatternTerm{Lookup(verb.name)}, object});
      return;
    case PathKind::kIri:
      out.triples.push_back({subject, IriTerm(verb.name), object});
      return;
    case PathKind::kInverse:
      AddVerb(object, verb.children[0], subject, out);
      return;
    case PathKind::kSequence: {
      PatternTerm from = subject;
      for (size_t i = 0; i + 1 < verb.children.size(); ++i) {
        const PatternTerm to{Hidden('p')};
        AddVerb(from, verb.children[i], to, out);
        from = to;
      }
      AddVerb(from, verb.children.back(), object, out);
      return;
    }
    default:
      out.paths.push_back(Make(Path{subject, PathOf(verb), object}));
  }
}

PatternTerm Translator::Reify(PatternTerm triple_term, std::optional<PatternTerm> reifier, Triples& out) {
  const PatternTerm node = reifier ? std::move(*reifier) : PatternTerm{BlankVariable("")};
  out.triples.push_back({node, IriTerm(graph::rdf::kReifies), std::move(triple_term)});
  return node;
}

PatternTerm Translator::TranslateCollection(const ast::Node& node, Triples& out) {
  const PatternTerm head{BlankVariable("")};
  PatternTerm cell = head;
  for (size_t i = 0; i < node.children.size(); ++i) {
    out.triples.push_back({cell, IriTerm(graph::rdf::kFirst), TranslateNode(node.children[i], out)});
    const bool is_last = i + 1 == node.children.size();
    PatternTerm next = is_last ? IriTerm(graph::rdf::kNil) : PatternTerm{BlankVariable("")};
    out.triples.push_back({cell, IriTerm(graph::rdf::kRest), next});
    cell = std::move(next);
  }
  return head;
}

PatternTerm Translator::TranslateNode(const ast::Node& node, Triples& out) {
  switch (node.kind) {
    case NodeKind::kVariable:
      return {Lookup(node.name)};
    case NodeKind::kIri:
    case NodeKind::kLiteral:
      return ConstantTerm(TermOf(node));
    case NodeKind::kBlankNode:
      return {BlankVariable(node.name)};
    case NodeKind::kCollection:
      return TranslateCollection(node, out);
    case NodeKind::kPropertyList: {
      const PatternTerm subject{BlankVariable("")};
      AddProperties(subject, node.properties, out);
      return subject;
    }
    case NodeKind::kTripleTerm:
    case NodeKind::kReifiedTriple:
      break;
  }
  PatternTerm subject = TranslateNode(node.children[0], out);
  PatternTerm predicate = TranslateNode(node.children[1], out);
  PatternTerm object = TranslateNode(node.children[2], out);
  PatternTerm triple = TripleTermOf(std::move(subject), std::move(predicate), std::move(object));
  if (node.kind == NodeKind::kTripleTerm) return triple;
  std::optional<PatternTerm> reifier;
  if (node.children.size() == 4) reifier = TranslateNode(node.children[3], out);
  return Reify(std::move(triple), std::move(reifier), out);
}

// `~ r` names the reifier of a block behind it; a block without one has its own (SPARQL 1.2 §4.1.4).
void Translator::AddAnnotations(const PatternTerm& triple_term,
                                const std::vector<ast::Annotation>& annotations, Triples& out) {
  std::optional<PatternTerm> current;
  for (const ast::Annotation& annotation : annotations) {
    if (!annotation.is_block) {
      std::optional<PatternTerm> id;
      if (annotation.reifier) id = TranslateNode(*annotation.reifier, out);
      current = Reify(triple_term, std::move(id), out);
      continue;
    }
    if (!current) current = Reify(triple_term, std::nullopt, out);
    AddProperties(*current, annotation.block, out);
    current.reset();
  }
}

void Translator::AddProperties(const PatternTerm& subject,
                               const std::vector<ast::PropertyObjects>& properties, Triples& out) {
  for (const ast::PropertyObjects& property : properties) {
    for (const ast::Object& object : property.objects) {
      const PatternTerm value = TranslateNode(object.node, out);
      AddVerb(subject, property.verb, value, out);
      if (object.annotations.empty()) continue;
      const PatternTerm predicate = property.verb.kind == PathKind::kVariable
                                        ? PatternTerm{Lookup(property.verb.name)}
                                        : IriTerm(property.verb.name);
      AddAnnotations(TripleTermOf(subject, predicate, value), object.annotations, out);
    }
  }
}

NodePtr Translator::TranslateTriples(const std::vector<const ast::GroupElement*>& blocks) {
  Triples out;
  for (const ast::GroupElement* block : blocks) {
    for (const ast::Triples& triples : block->triples)
      AddProperties(TranslateNode(triples.subject, out), triples.properties, out);
  }
  std::vector<NodePtr> nodes;
  if (!out.triples.empty() || out.paths.empty()) nodes.push_back(Make(Bgp{std::move(out.triples)}));
  for (NodePtr& path : out.paths) nodes.push_back(std::move(path));
  return BalancedJoin(nodes, 0, nodes.size());
}

std::vector<TriplePattern> Translator::TranslateTemplate(const std::vector<ast::Triples>& list) {
  Triples out;
  for (const ast::Triples& triples : list)
    AddProperties(TranslateNode(triples.subject, out), triples.properties, out);
  return std::move(out.triples);
}

NodePtr Translator::BalancedUnion(const std::vector<ast::GroupPattern>& groups, size_t begin, size_t end) {
  if (end - begin == 1) return TranslateGroup(groups[begin]);
  const size_t middle = begin + (end - begin + 1) / 2;
  NodePtr left = BalancedUnion(groups, begin, middle);
  return Make(Union{std::move(left), BalancedUnion(groups, middle, end)});
}

// The graph's name is joined to the solutions of the block (SPARQL 1.1 §18.5, Graph): inside, a variable that
// the block itself does not bind is another, unbound one, whatever a FILTER there may hope for.
NodePtr Translator::TranslateGraph(const ast::GroupElement& element) {
  Triples none;
  PatternTerm name = TranslateNode(*element.name, none);
  ast::NameList visible;
  AddVisible(element.groups[0], visible);
  const bool apart = name.is_variable() && !visible.Has(element.name->name);
  if (apart) scope_->erase(element.name->name);
  NodePtr input = TranslateGroup(element.groups[0]);
  if (apart) scope_->insert_or_assign(element.name->name, name.variable());
  return Make(Graph{std::move(name), std::move(input)});
}

NodePtr Translator::TranslateElement(const ast::GroupElement& element) {
  switch (element.kind) {
    case ElementKind::kGroup:
      return TranslateGroup(element.groups[0]);
    case ElementKind::kUnion: {
      const Deeper deeper(*this, static_cast<size_t>(std::bit_width(element.groups.size())));
      return deeper.ok() ? BalancedUnion(element.groups, 0, element.groups.size()) : Make(Bgp{});
    }
    case ElementKind::kGraph:
      return TranslateGraph(element);
    case ElementKind::kService: {
      Triples none;
      PatternTerm name = TranslateNode(*element.name, none);
      NodePtr input = TranslateGroup(element.groups[0]);
      Service service{std::move(name), element.silent, std::move(input), Print(element.groups[0]), {}};
      for (const std::string& visible : ast::VisibleVariables(element.groups[0]))
        service.visible.emplace_back(visible, Lookup(visible));
      return Make(std::move(service));
    }
    case ElementKind::kValues: {
      Values values;
      for (const ast::Variable& variable : element.values->variables)
        values.variables.push_back(Lookup(variable.name));
      values.rows = element.values->rows;
      return Make(std::move(values));
    }
    case ElementKind::kSubSelect:
      return TranslateSubSelect(*element.query);
    default:
      return Make(Bgp{});
  }
}

void Translator::AddElement(const ast::GroupElement& element, NodePtr& left) {
  switch (element.kind) {
    case ElementKind::kOptional: {
      std::optional<Expression> condition;
      NodePtr right = TranslateGroupPart(element.groups[0], condition);
      left = Make(LeftJoin{std::move(left), std::move(right), std::move(condition)});
      return;
    }
    case ElementKind::kMinus:
      left = Make(Minus{std::move(left), TranslateGroup(element.groups[0])});
      return;
    case ElementKind::kBind: {
      Expression expression = TranslateExpression(*element.expression);
      left = Make(Extend{std::move(left), Lookup(element.variable.name), std::move(expression)});
      return;
    }
    default:
      left = JoinOf(std::move(left), TranslateElement(element));
  }
}

// SPARQL 1.1 §18.2.2.6: the filters of a group apply to all of it; triples that only filters separate are one
// basic graph pattern.
NodePtr Translator::TranslateGroupPart(const ast::GroupPattern& group, std::optional<Expression>& filter) {
  const auto is_link = [](const ast::GroupElement& e) {
    return e.kind != ElementKind::kFilter && e.kind != ElementKind::kTriples;
  };
  std::vector<const ast::GroupElement*> blocks;
  std::vector<const ast::Expression*> filters;
  for (const ast::GroupElement& element : group.elements) {
    if (element.kind == ElementKind::kFilter) filters.push_back(&*element.expression);
  }
  const auto links = static_cast<size_t>(std::ranges::count_if(group.elements, is_link));
  const Deeper deeper(
      *this, links + (filters.empty() ? 0 : 1 + static_cast<size_t>(std::bit_width(filters.size()))));
  NodePtr node = Make(Bgp{});
  if (!deeper.ok()) return node;
  const auto flush = [&] {
    if (!blocks.empty()) node = JoinOf(std::move(node), TranslateTriples(blocks));
    blocks.clear();
  };
  for (const ast::GroupElement& element : group.elements) {
    if (element.kind == ElementKind::kTriples) {
      blocks.push_back(&element);
    } else if (element.kind != ElementKind::kFilter) {
      flush();
      AddElement(element, node);
    }
  }
  flush();
  if (!filters.empty()) filter = Balanced(filters, Function::kAnd);
  return node;
}

NodePtr Translator::TranslateGroup(const ast::GroupPattern& group) {
  std::optional<Expression> filter;
  NodePtr node = TranslateGroupPart(group, filter);
  return filter ? Make(Filter{std::move(node), std::move(*filter)}) : std::move(node);
}

}  // namespace dossier::query::algebra
