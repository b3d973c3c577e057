#include "query/algebra/translator.h"

namespace dossier::query::algebra {

using AstKind = ast::Expression::Kind;

// An aggregate written twice is computed once; looked for among so many only, to stay linear.
constexpr size_t kMaxShared = 64;

graph::Term TermOf(const ast::Node& node) {
  return node.kind == ast::Node::Kind::kLiteral ? *node.literal : graph::Term::Iri(node.name);
}

namespace {

// How many operators the translation of `e` itself puts on top of one another.
size_t LevelsOf(const ast::Expression& e) {
  switch (e.kind) {
    case AstKind::kOr:
    case AstKind::kAnd:
      return static_cast<size_t>(std::bit_width(e.operands.size()));
    case AstKind::kAdditive:
    case AstKind::kMultiplicative:
      return e.operators.size();
    default:
      return 1;
  }
}

}  // namespace

std::vector<Expression> Translator::TranslateAll(const std::vector<ast::Expression>& list) {
  std::vector<Expression> out;
  out.reserve(list.size());
  for (const ast::Expression& e : list) out.push_back(TranslateExpression(e));
  return out;
}

Expression Translator::TranslateVariable(const std::string& name, const SourceSpan& span) {
  if (grouping_ == nullptr || grouping_->keys.contains(name)) return {Lookup(name), span};
  const bool below = grouping_->visible.Has(name);
  if (grouping_->aliases.contains(name) && !(grouping_->in_having && below)) {
    grouping_->having_uses_alias |= grouping_->in_having;
    return {Lookup(name), span};
  }
  if (!below) return {Lookup(name), span};
  // A variable that is no key stands for one of its values (SPARQL 1.1 §18.2.4.1).
  const auto [it, inserted] = grouping_->samples.try_emplace(name, 0);
  if (inserted) {
    it->second = Hidden('a');
    AggregateCall call{.function = Aggregate::kSample, .argument = {}, .result = it->second};
    call.argument = Expression{(*grouping_->pattern_scope)[name], span};
    grouping_->calls.push_back(std::move(call));
  }
  return {it->second, span};
}

Expression Translator::TranslateTerm(const ast::Node& node, const SourceSpan& span) {
  if (node.kind == ast::Node::Kind::kVariable) return TranslateVariable(node.name, span);
  if (node.kind != ast::Node::Kind::kTripleTerm) return {TermOf(node), span};
  Call call{Function::kTriple, {}, {}};
  bool ground = true;
  for (const ast::Node& child : node.children) {
    call.args.push_back(TranslateTerm(child, child.span));
    ground = ground && std::holds_alternative<graph::Term>(call.args.back().value);
  }
  if (!ground) return {std::move(call), span};
  const auto part = [&](size_t i) { return std::get<graph::Term>(call.args[i].value); };
  return {graph::Term::TripleTerm(part(0), part(1), part(2)), span};
}

Expression Translator::LeftDeep(const ast::Expression& e) {
  Expression left = TranslateExpression(e.operands[0]);
  for (size_t i = 0; i < e.operators.size(); ++i) {
    Call call{e.operators[i], {}, {}};
    call.args.push_back(std::move(left));
    call.args.push_back(TranslateExpression(e.operands[i + 1]));
    left = {std::move(call), SourceSpan{e.span.begin, e.operands[i + 1].span.end}};
  }
  return left;
}

Expression Translator::Balanced(absl::Span<const ast::Expression* const> operands, Function function) {
  if (operands.size() == 1) return TranslateExpression(*operands[0]);
  const size_t middle = (operands.size() + 1) / 2;
  Call call{function, {}, {}};
  call.args.push_back(Balanced(operands.subspan(0, middle), function));
  call.args.push_back(Balanced(operands.subspan(middle), function));
  return {std::move(call), SourceSpan{operands.front()->span.begin, operands.back()->span.end}};
}

Expression Translator::Balanced(const ast::Expression& e, Function function) {
  std::vector<const ast::Expression*> operands;
  for (const ast::Expression& operand : e.operands) operands.push_back(&operand);
  return Balanced(operands, function);
}

Expression Translator::TranslateAggregate(const ast::Expression& e) {
  for (const auto& [seen, variable] : grouping_->seen) {
    if (*seen == e) return {variable, e.span};
  }
  AggregateCall call{.function = e.aggregate->function,
                     .distinct = e.aggregate->distinct,
                     .argument = {},
                     .result = Hidden('a')};
  if (e.aggregate->separator) call.separator = *e.aggregate->separator;
  if (!e.operands.empty()) {
    Scope* const scope = std::exchange(scope_, grouping_->pattern_scope);
    Grouping* const grouping = std::exchange(grouping_, nullptr);
    call.argument = TranslateExpression(e.operands[0]);
    scope_ = scope;
    grouping_ = grouping;
  }
  const VarId result = call.result;
  grouping_->calls.push_back(std::move(call));
  if (grouping_->seen.size() < kMaxShared) grouping_->seen.emplace_back(&e, result);
  return {result, e.span};
}

Expression Translator::TranslateExpression(const ast::Expression& e) {
  const Deeper deeper(*this, LevelsOf(e));
  if (!deeper.ok()) return {graph::Term(), e.span};
  switch (e.kind) {
    case AstKind::kTerm:
      return TranslateTerm(*e.node, e.span);
    case AstKind::kOr:
      return Balanced(e, Function::kOr);
    case AstKind::kAnd:
      return Balanced(e, Function::kAnd);
    case AstKind::kAdditive:
    case AstKind::kMultiplicative:
      return LeftDeep(e);
    case AstKind::kCompare:
    case AstKind::kIn:
    case AstKind::kUnary:
    case AstKind::kBuiltin:
      return {Call{e.operators[0], {}, TranslateAll(e.operands)}, e.span};
    case AstKind::kNamed:
      return {Call{Function::kNamed, e.name, TranslateAll(e.operands)}, e.span};
    case AstKind::kAggregate:
      return TranslateAggregate(e);
    case AstKind::kExists:
    case AstKind::kNotExists:
      break;
  }
  Grouping* const grouping = std::exchange(grouping_, nullptr);
  Exists exists{TranslateGroup(*e.pattern), e.kind == AstKind::kNotExists};
  grouping_ = grouping;
  return {std::move(exists), e.span};
}

}  // namespace dossier::query::algebra
