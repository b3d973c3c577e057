// Queries: prologue, the four forms, subselects and solution modifiers (SPARQL 1.2 §19.8, productions
// QueryUnit to ValuesClause). Included by queries.cc only.
#pragma once

#include "query/syntax/grammar.h"
#include "query/syntax/queries.h"

namespace dossier::query::syntax::rules {

DOSSIER_RULE(select_query, ast::Query)
DOSSIER_RULE(construct_query, ast::Query)
DOSSIER_RULE(describe_query, ast::Query)
DOSSIER_RULE(ask_query, ast::Query)
DOSSIER_RULE(select_clause, ast::SelectClause)
DOSSIER_RULE(projection, ast::Projection)
DOSSIER_RULE(dataset_clause, ast::DatasetClause)
DOSSIER_RULE(solution_modifier, ast::SolutionModifier)
DOSSIER_RULE(group_condition, ast::GroupCondition)
DOSSIER_RULE(order_condition, ast::OrderCondition)
DOSSIER_RULE(variable_expression, ast::Expression)
DOSSIER_RULE(short_construct, ast::GroupPattern)

using ast::Query;

const auto variable_expression_def = spanned(variable[Do(&SetVariableExpression)]);

const auto projection_def = variable[Set(&ast::Projection::variable)] |
                            (mark(Tok::kOpenParen) >> expression[Do(&SetProjected)] >> mark(Tok::kAs) >>
                             variable[Set(&ast::Projection::variable)] >> mark(Tok::kCloseParen));

const auto select_clause_def =
    mark(Tok::kSelect) >>
    -(mark(Tok::kDistinct)[Do([](ast::SelectClause& value) { value.distinct = true; })] |
      mark(Tok::kReduced)[Do([](ast::SelectClause& value) { value.reduced = true; })]) >>
    (mark(Tok::kStar)[Do([](ast::SelectClause& value) { value.star = true; })] |
     +projection[Push(&ast::SelectClause::projection)]);

const auto dataset_clause_def = spanned(
    mark(Tok::kFrom) >> -mark(Tok::kNamed)[Do([](ast::DatasetClause& value) { value.named = true; })] >>
    iri[Set(&ast::DatasetClause::iri)]);

const auto group_condition_def =
    call[Set(&ast::GroupCondition::expression)] | variable_expression[Set(&ast::GroupCondition::expression)] |
    (mark(Tok::kOpenParen) >> expression[Set(&ast::GroupCondition::expression)] >>
     -(mark(Tok::kAs) >> variable[Set(&ast::GroupCondition::alias)]) >> mark(Tok::kCloseParen));

const auto order_condition_def =
    ((mark(Tok::kAsc) | mark(Tok::kDesc)[Do([](ast::OrderCondition& value) { value.descending = true; })]) >>
     bracketted_expression[Set(&ast::OrderCondition::expression)]) |
    constraint[Set(&ast::OrderCondition::expression)] |
    variable_expression[Set(&ast::OrderCondition::expression)];

const auto kLimit = mark(Tok::kLimit) >> tok(Tok::kInteger)[Do(&SetLimit)];
const auto kOffset = mark(Tok::kOffset) >> tok(Tok::kInteger)[Do(&SetOffset)];

const auto solution_modifier_def =
    -(mark(Tok::kGroup) >> mark(Tok::kBy) >> +group_condition[Push(&ast::SolutionModifier::group_by)]) >>
    -(mark(Tok::kHaving) >> +constraint[Push(&ast::SolutionModifier::having)]) >>
    -(mark(Tok::kOrder) >> mark(Tok::kBy) >> +order_condition[Push(&ast::SolutionModifier::order_by)]) >>
    -((kLimit >> -kOffset) | (kOffset >> -kLimit));

const auto kDataset = *dataset_clause[Push(&Query::dataset)];
const auto kModifier = solution_modifier[Set(&Query::modifier)];
const auto kWhereClause = -mark(Tok::kWhere) >> group_pattern[Set(&Query::where)];
const auto kValuesClause =
    -(mark(Tok::kValues) >>
      data_block[Do([](Query& value, ast::Values& values) { value.values = std::move(values); })]);

const auto sub_select_def =
    spanned(select_clause[Set(&Query::select)] >> kWhereClause >> kModifier >> kValuesClause);

const auto select_query_def = select_clause[Set(&Query::select)] >> kDataset >> kWhereClause >> kModifier;

const auto short_construct_def =
    spanned(mark(Tok::kOpenBrace) >> -triples_block[Do(&SetOnlyTriples)] >> mark(Tok::kCloseBrace));

const auto construct_query_def = mark(Tok::kConstruct)[Do(&SetForm<Query::Form::kConstruct>)] >>
                                 ((mark(Tok::kOpenBrace) >> -triples_block[Set(&Query::construct)] >>
                                   mark(Tok::kCloseBrace) >> kDataset >> kWhereClause >> kModifier) |
                                  (kDataset >> mark(Tok::kWhere) >> short_construct[Do(&SetShortConstruct)] >>
                                   kModifier));

const auto describe_query_def =
    mark(Tok::kDescribe)[Do(&SetForm<Query::Form::kDescribe>)] >>
    (mark(Tok::kStar) | +var_or_iri[Push(&Query::describe)]) >> kDataset >>
    (kWhereClause | x3::eps[Do([](Query& value) { value.has_where = false; })]) >> kModifier;

const auto ask_query_def =
    mark(Tok::kAsk)[Do(&SetForm<Query::Form::kAsk>)] >> kDataset >> kWhereClause >> kModifier;

const auto prologue_def =
    *((mark(Tok::kBase) >> tok(Tok::kIriRef)[Do(&DeclareBase)]) |
      (mark(Tok::kPrefix) >> tok(Tok::kPrefixNamespace) >> tok(Tok::kIriRef)[Do(&DeclarePrefix)]) |
      (mark(Tok::kVersion) >> tok(Tok::kString)));

const auto query_def = spanned(prologue[kAssign] >> (select_query[kAssign] | construct_query[kAssign] |
                                                     describe_query[kAssign] | ask_query[kAssign]) >>
                               kValuesClause >> tok(Tok::kEnd)[Do(&SetQueryBase)]);

BOOST_SPIRIT_DEFINE(variable_expression, projection, select_clause, dataset_clause, group_condition,
                    order_condition, solution_modifier, sub_select, select_query, short_construct,
                    construct_query, describe_query, ask_query, prologue, query)

}  // namespace dossier::query::syntax::rules
