// Expressions (SPARQL 1.1 §19.8, productions Expression to Aggregate; SPARQL 1.2 lets `!` repeat). Included
// by expressions.cc only.
#pragma once

#include "query/syntax/expressions.h"
#include "query/syntax/grammar.h"

namespace dossier::query::syntax::rules {

DOSSIER_RULE(conjunction, ast::Expression)
DOSSIER_RULE(relation, ast::Expression)
DOSSIER_RULE(sum, ast::Expression)
DOSSIER_RULE(product, ast::Expression)
DOSSIER_RULE(signed_product, ast::Expression)
DOSSIER_RULE(unary, ast::Expression)
DOSSIER_RULE(primary, ast::Expression)
DOSSIER_RULE(aggregate, ast::Expression)
DOSSIER_RULE(exists, ast::Expression)
DOSSIER_RULE(function_call, ast::Expression)
DOSSIER_RULE(arguments, Arguments)
DOSSIER_RULE(signed_literal, graph::Term)

using Kind = ast::Expression::Kind;
inline constexpr auto kAddOperand = Push(&ast::Expression::operands);

const auto expression_def =
    spanned(conjunction[kAssign] >> *(mark(Tok::kOrOr) >> conjunction[Do(&AddChained<Kind::kOr>)]));

const auto conjunction_def =
    spanned(relation[kAssign] >> *(mark(Tok::kAndAnd) >> relation[Do(&AddChained<Kind::kAnd>)]));

const auto relation_def =
    spanned(sum[kAssign] >>
            -((one_of({Tok::kEqual, Tok::kNotEqual, Tok::kLess, Tok::kGreater, Tok::kLessEqual,
                       Tok::kGreaterEqual})[Do(&StartComparison)] >>
               sum[kAddOperand]) |
              (mark(Tok::kIn) >> arguments[Do(&SetIn<algebra::Function::kIn>)]) |
              (mark(Tok::kNot) >> mark(Tok::kIn) >> arguments[Do(&SetIn<algebra::Function::kNotIn>)])));

// "?x -1" is a variable and a signed number: the number's sign is the operator (production
// AdditiveExpression).
const auto sum_def = spanned(
    product[kAssign] >>
    *((one_of({Tok::kPlus, Tok::kMinus})[Do(&StartOperator<Kind::kAdditive>)] >> product[kAddOperand]) |
      signed_product[Do(&AddSigned)]));

const auto kFactors =
    one_of({Tok::kStar, Tok::kSlash})[Do(&StartOperator<Kind::kMultiplicative>)] >> unary[kAddOperand];

const auto product_def = spanned(unary[kAssign] >> *kFactors);

const auto signed_literal_def =
    &one_of({Tok::kSignedInteger, Tok::kSignedDecimal, Tok::kSignedDouble}) >> literal;

const auto signed_product_def = spanned(signed_literal[Do(&SetLiteralTerm)] >> *kFactors);

const auto unary_def =
    spanned((mark(Tok::kBang) >> unary[Do(&SetUnary<algebra::Function::kNot>)]) |
            (mark(Tok::kPlus) >> primary[Do(&SetUnary<algebra::Function::kUnaryPlus>)]) |
            (mark(Tok::kMinus) >> primary[Do(&SetUnary<algebra::Function::kUnaryMinus>)]) | primary[kAssign]);

const auto primary_def = spanned(bracketted_expression[kAssign] | call[kAssign] | iri[Do(&SetIriTerm)] |
                                 literal[Do(&SetLiteralTerm)] | variable[Do(&SetVariableTerm)] |
                                 expression_triple_term[Do(&SetNodeTerm)]);

const auto bracketted_expression_def = mark(Tok::kOpenParen) >> expression >> mark(Tok::kCloseParen);

const auto arguments_def = mark(Tok::kOpenParen) >>
                           -(expression[Do([](Arguments& value, ast::Expression& argument) {
                               value.push_back(std::move(argument));
                             })] %
                             mark(Tok::kComma)) >>
                           mark(Tok::kCloseParen)[Do([](Arguments&) {})];

const auto call_def =
    spanned((tok(Tok::kFunction)[Do(&StartBuiltin)] >> arguments[Do(&SetBuiltinArguments)]) |
            aggregate[kAssign] | exists[kAssign] | function_call[kAssign]);

const auto function_call_def = spanned(iri[Do(&SetFunctionName)] >> arguments[Do(&SetArguments)]);

const auto aggregate_def =
    spanned(one_of({Tok::kCount, Tok::kSum, Tok::kMin, Tok::kMax, Tok::kAvg, Tok::kSample,
                    Tok::kGroupConcat})[Do(&StartAggregate)] >>
            mark(Tok::kOpenParen) >>
            -mark(Tok::kDistinct)[Do([](ast::Expression& value) { value.aggregate->distinct = true; })] >>
            (tok(Tok::kStar)[Do(&CheckStar)] | expression[kAddOperand]) >>
            -(tok(Tok::kSemicolon)[Do(&CheckSeparator)] >> mark(Tok::kSeparator) >> mark(Tok::kEqual) >>
              one_of({Tok::kString, Tok::kLongString})[Do(&SetSeparator)]) >>
            mark(Tok::kCloseParen));

const auto exists_def =
    spanned((mark(Tok::kExists) >> group_pattern[Do(&SetExists<Kind::kExists>)]) |
            (mark(Tok::kNot) >> mark(Tok::kExists) >> group_pattern[Do(&SetExists<Kind::kNotExists>)]));

const auto constraint_def = bracketted_expression | call;

BOOST_SPIRIT_DEFINE(expression, conjunction, relation, sum, product, signed_literal, signed_product, unary,
                    primary, bracketted_expression, arguments, call, function_call, aggregate, exists,
                    constraint)

}  // namespace dossier::query::syntax::rules
