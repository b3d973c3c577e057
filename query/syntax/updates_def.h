// Update requests (SPARQL 1.2 Update §19.8, productions UpdateUnit to QuadsNotTriples). Data and templates are parsed as patterns; check.cc
// refuses what may not stand in them. Included by updates.cc only.
#pragma once

#include "query/syntax/grammar.h"
#include "query/syntax/updates.h"

namespace dossier::query::syntax::rules {

using QuadBlocks = std::vector<ast::QuadBlock>;

DOSSIER_RULE(quad_block, ast::QuadBlock)
DOSSIER_RULE(quads, QuadBlocks)
DOSSIER_RULE(using_clause, ast::DatasetClause)
DOSSIER_RULE(graph_iri, ast::GraphRef)
DOSSIER_RULE(graph_or_default, ast::GraphRef)
DOSSIER_RULE(graph_ref_all, ast::GraphRef)
DOSSIER_RULE(modify, ast::UpdateOperation)
DOSSIER_RULE(manage, ast::UpdateOperation)
DOSSIER_RULE(operation, ast::UpdateOperation)

using ast::GraphRef;
using Operation = ast::UpdateOperation;
using OpKind = Operation::Kind;

const auto quad_block_def = mark(Tok::kGraph) >> var_or_iri[Do(&SetGraphName)] >> mark(Tok::kOpenBrace) >>
                            -triples_block[Set(&ast::QuadBlock::triples)] >> mark(Tok::kCloseBrace);

const auto kAddBlock = Do([](QuadBlocks& value, ast::QuadBlock& block) { value.push_back(std::move(block)); });

const auto quads_def = mark(Tok::kOpenBrace) >> -triples_block[Do(&AddDefaultQuads)] >>
                       *(quad_block[kAddBlock] >> -mark(Tok::kDot) >> -triples_block[Do(&AddDefaultQuads)]) >>
                       mark(Tok::kCloseBrace);

const auto using_clause_def = spanned(
    mark(Tok::kUsing) >> -mark(Tok::kNamed)[Do([](ast::DatasetClause& value) { value.named = true; })] >>
    iri[Set(&ast::DatasetClause::iri)]);

const auto graph_iri_def = iri[Do(&SetGraphIri)];

const auto graph_or_default_def =
    mark(Tok::kDefault) | (-mark(Tok::kGraph) >> iri[Do(&SetGraphIri)]);

const auto graph_ref_all_def =
    mark(Tok::kDefault) |
    mark(Tok::kNamed)[Do([](GraphRef& value) { value.kind = GraphRef::Kind::kNamed; })] |
    mark(Tok::kAll)[Do([](GraphRef& value) { value.kind = GraphRef::Kind::kAll; })] |
    (mark(Tok::kGraph) >> iri[Do(&SetGraphIri)]);

const auto kSilent = -mark(Tok::kSilent)[Do([](Operation& value) { value.silent = true; })];
const auto kTarget = Set(&Operation::target);
const auto kHasDelete = Do([](Operation& value) { value.has_delete = true; });
const auto kHasInsert = Do([](Operation& value) { value.has_insert = true; });
const auto kInsertClause = mark(Tok::kInsert)[kHasInsert] >> quads[Set(&Operation::insert)];
const auto kDeleteClause = mark(Tok::kDelete)[kHasDelete] >> quads[Set(&Operation::remove)];
const auto kUsingWhere = *using_clause[Push(&Operation::dataset)] >> mark(Tok::kWhere) >>
                         group_pattern[Set(&Operation::where)];

// Modify, and the forms that begin with the same words.
const auto modify_def =
    (mark(Tok::kInsert) >>
     ((mark(Tok::kData)[Do(&SetOperation<OpKind::kInsertData>)] >> quads[Set(&Operation::insert)]) |
      (x3::eps[Do(&SetOperation<OpKind::kModify>)] >> x3::eps[kHasInsert] >> quads[Set(&Operation::insert)] >>
       kUsingWhere))) |
    (mark(Tok::kDelete) >>
     ((mark(Tok::kData)[Do(&SetOperation<OpKind::kDeleteData>)] >> quads[Set(&Operation::remove)]) |
      (mark(Tok::kWhere)[Do(&SetOperation<OpKind::kDeleteWhere>)] >> quads[Set(&Operation::remove)]) |
      (x3::eps[Do(&SetOperation<OpKind::kModify>)] >> x3::eps[kHasDelete] >> quads[Set(&Operation::remove)] >>
       -kInsertClause >> kUsingWhere))) |
    (mark(Tok::kWith)[Do(&SetOperation<OpKind::kModify>)] >> iri[Set(&Operation::with)] >>
     ((kDeleteClause >> -kInsertClause) | kInsertClause) >> kUsingWhere);

const auto kFromTo = kSilent >> graph_or_default[Set(&Operation::source)] >> mark(Tok::kTo) >> graph_or_default[kTarget];

const auto manage_def =
    (mark(Tok::kLoad)[Do(&SetOperation<OpKind::kLoad>)] >> kSilent >> iri[Set(&Operation::document)] >>
     -(mark(Tok::kInto) >> mark(Tok::kGraph) >> graph_iri[kTarget])) |
    (mark(Tok::kClear)[Do(&SetOperation<OpKind::kClear>)] >> kSilent >> graph_ref_all[kTarget]) |
    (mark(Tok::kDrop)[Do(&SetOperation<OpKind::kDrop>)] >> kSilent >> graph_ref_all[kTarget]) |
    (mark(Tok::kCreate)[Do(&SetOperation<OpKind::kCreate>)] >> kSilent >> mark(Tok::kGraph) >> graph_iri[kTarget]) |
    (mark(Tok::kAdd)[Do(&SetOperation<OpKind::kAdd>)] >> kFromTo) |
    (mark(Tok::kMove)[Do(&SetOperation<OpKind::kMove>)] >> kFromTo) |
    (mark(Tok::kCopy)[Do(&SetOperation<OpKind::kCopy>)] >> kFromTo);

const auto operation_def = spanned(modify[kAssign] | manage[kAssign]);

// ';' stands between operations and may close the last; a prologue may stand in front of each, and alone at the end.
const auto kPrologue = prologue[Do([](ast::Update&, ast::Query&) {})];
const auto kOperation = operation[Do([](State& state, ast::Update& value, Operation& one) {
  one.base = state.base();
  value.operations.push_back(std::move(one));
})];
const auto update_def = kPrologue >> -(kOperation >> *(mark(Tok::kSemicolon) >> kPrologue >>
                                                       (kOperation | &mark(Tok::kEnd)))) >> mark(Tok::kEnd);

BOOST_SPIRIT_DEFINE(quad_block, quads, using_clause, graph_iri, graph_or_default, graph_ref_all, modify, manage,
                    operation, update)

}  // namespace dossier::query::syntax::rules
