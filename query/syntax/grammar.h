// The Spirit X3 grammar of SPARQL 1.2 queries and updates over tokens: the rules that cross translation units, and what
// all of them are made of.
//
//   Iterator first = tokens.data();
//   bool ok = rules::query.parse(first, last, context, x3::unused, tree);      // parser.cc
//
// terms.cc, expressions.cc, paths.cc, patterns.cc, queries.cc and updates.cc define and instantiate the rules for
// Iterator and Context. Rules build their attribute in actions (Do()); the grammar decides on the next token,
// so an action never runs for nothing on a valid query. The token vector ends with kEnd, which no rule but
// the last takes: no parser looks at `last`.
#pragma once

#include <boost/spirit/home/x3.hpp>
#include <type_traits>
#include <utility>

#include "query/syntax/ast.h"
#include "query/syntax/state.h"
#include "query/syntax/update_ast.h"

namespace dossier::query::syntax {

namespace x3 = boost::spirit::x3;

struct StateTag;
using Context = x3::context<StateTag, State>;

// Takes a token of one of some kinds; its attribute is the place of the token.
struct TokenParser : x3::parser<TokenParser> {
  using attribute_type = Iterator;
  static constexpr bool has_attribute = true;
  constexpr explicit TokenParser(const TokSet& set) : kinds(set) {}

  template <typename It, typename Ctx, typename RuleCtx, typename Attribute>
  bool parse(It& first, const It&, const Ctx& context, RuleCtx&, Attribute& attribute) const {
    if (!kinds.Has(first->kind)) {
      x3::get<StateTag>(context).Expect(first, kinds);
      return false;
    }
    if constexpr (!std::is_same_v<std::remove_const_t<Attribute>, x3::unused_type>) attribute = first;
    ++first;
    return true;
  }
  TokSet kinds;
};

// Takes a token of one kind and has no attribute.
struct MarkParser : x3::parser<MarkParser> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  constexpr explicit MarkParser(Tok k) : kind(k) {}

  template <typename It, typename Ctx, typename RuleCtx, typename Attribute>
  bool parse(It& first, const It&, const Ctx& context, RuleCtx&, Attribute&) const {
    if (first->kind != kind) {
      x3::get<StateTag>(context).Expect(first, TokSet{kind});
      return false;
    }
    ++first;
    return true;
  }
  Tok kind;
};

// Runs its subject and writes the span of what it took into the value of the rule.
template <typename Subject>
struct SpannedParser : x3::unary_parser<Subject, SpannedParser<Subject>> {
  using x3::unary_parser<Subject, SpannedParser<Subject>>::unary_parser;
  constexpr explicit SpannedParser(const Subject& s) : x3::unary_parser<Subject, SpannedParser<Subject>>(s) {}

  template <typename It, typename Ctx, typename RuleCtx, typename Attribute>
  bool parse(It& first, const It& last, const Ctx& context, RuleCtx& value, Attribute& attribute) const {
    const It start = first;
    if (!this->subject.parse(first, last, context, value, attribute)) return false;
    value.span = ast::Span{{start->begin, first == start ? start->begin : (first - 1)->end}};
    return true;
  }
};

constexpr TokenParser tok(Tok kind) { return TokenParser(TokSet{kind}); }
constexpr TokenParser one_of(std::initializer_list<Tok> kinds) { return TokenParser(TokSet(kinds)); }
constexpr MarkParser mark(Tok kind) { return MarkParser(kind); }
template <typename Subject>
constexpr auto spanned(const Subject& subject) {
  using Parser = typename x3::extension::as_parser<Subject>::value_type;
  return SpannedParser<Parser>(x3::as_parser(subject));
}

// An action from a function of (value), (value, attribute) or (state, value, attribute). When it returns
// bool, false fails the parse.
template <typename F>
constexpr auto Do(F f) {
  return [f](auto& context) {
    auto& value = x3::_val(context);
    auto& attribute = x3::_attr(context);
    const auto call = [&]() -> decltype(auto) {
      if constexpr (std::is_invocable_v<F, State&, decltype(value), decltype(attribute)>) {
        return f(x3::get<StateTag>(context), value, attribute);
      } else if constexpr (std::is_invocable_v<F, decltype(value), decltype(attribute)>) {
        return f(value, attribute);
      } else {
        return f(value);
      }
    };
    if constexpr (std::is_same_v<decltype(call()), bool>) {
      if (!call()) x3::_pass(context) = false;
    } else {
      call();
    }
  };
}

// value.*member = attribute; value.*member.push_back(attribute); value = attribute.
template <typename Member>
constexpr auto Set(Member member) {
  return Do([member](auto& value, auto& attribute) { value.*member = std::move(attribute); });
}
template <typename Member>
constexpr auto Push(Member member) {
  return Do([member](auto& value, auto& attribute) { (value.*member).push_back(std::move(attribute)); });
}
inline constexpr auto kAssign = Do([](auto& value, auto& attribute) { value = std::move(attribute); });

#define DOSSIER_RULE(name, attribute)                        \
  using name##_type = x3::rule<struct name##_id, attribute>; \
  inline constexpr name##_type name{#name};                  \
  BOOST_SPIRIT_DECLARE(name##_type)

using PropertyList = std::vector<ast::PropertyObjects>;
using TriplesList = std::vector<ast::Triples>;
using Arguments = std::vector<ast::Expression>;
using Datum = std::optional<graph::Term>;

namespace rules {

// terms.cc
DOSSIER_RULE(iri, std::string)  // IRIREF or prefixed name, absolute
DOSSIER_RULE(variable, ast::Variable)
DOSSIER_RULE(literal, graph::Term)  // RDFLiteral, NumericLiteral, BooleanLiteral
DOSSIER_RULE(var_or_iri, ast::Node)
DOSSIER_RULE(var_or_term, ast::Node)
DOSSIER_RULE(simple_verb, ast::Path)  // Verb
DOSSIER_RULE(reified_triple, ast::Node)
DOSSIER_RULE(var_or_reifier_id, ast::Node)
DOSSIER_RULE(expression_triple_term, ast::Node)
DOSSIER_RULE(data_value, Datum)  // DataBlockValue
// paths.cc
DOSSIER_RULE(verb, ast::Path)  // VerbPath | VerbSimple
// expressions.cc
DOSSIER_RULE(expression, ast::Expression)
DOSSIER_RULE(bracketted_expression, ast::Expression)
DOSSIER_RULE(call, ast::Expression)  // BuiltInCall | FunctionCall
DOSSIER_RULE(constraint, ast::Expression)
// patterns.cc
DOSSIER_RULE(triples_block, TriplesList)
DOSSIER_RULE(group_pattern, ast::GroupPattern)
DOSSIER_RULE(data_block, ast::Values)
// queries.cc
DOSSIER_RULE(prologue, ast::Query)
DOSSIER_RULE(sub_select, ast::Query)
DOSSIER_RULE(query, ast::Query)
// updates.cc
DOSSIER_RULE(update, ast::Update)

}  // namespace rules

}  // namespace dossier::query::syntax
