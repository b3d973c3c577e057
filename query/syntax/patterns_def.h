// Graph patterns: triples with their shorthands, groups and what stands in them, VALUES (SPARQL 1.2 §19.8,
// productions GroupGraphPattern to InlineData). Paths are parsed wherever a predicate may stand; check.cc
// refuses them in templates and under annotations. Included by patterns.cc only.
#pragma once

#include "query/syntax/grammar.h"
#include "query/syntax/patterns.h"

namespace dossier::query::syntax::rules {

using Row = std::vector<Datum>;

DOSSIER_RULE(graph_node, ast::Node)
DOSSIER_RULE(compound_node, ast::Node)  // TriplesNode | ReifiedTriple
DOSSIER_RULE(object, ast::Object)
DOSSIER_RULE(annotation, ast::Annotation)
DOSSIER_RULE(verb_objects, ast::PropertyObjects)
DOSSIER_RULE(property_list, PropertyList)
DOSSIER_RULE(triples_same_subject, ast::Triples)
DOSSIER_RULE(element, ast::GroupElement)
DOSSIER_RULE(data_row, Row)

using NodeKind = ast::Node::Kind;
using ElementKind = ast::GroupElement::Kind;
inline constexpr auto kAppend = Do([](auto& value, auto& member) { value.push_back(std::move(member)); });
inline constexpr auto kAddGroup = Push(&ast::GroupElement::groups);
inline constexpr auto kAddRowValue = kAppend;

const auto graph_node_def = var_or_term | compound_node;

const auto compound_node_def =
    spanned((mark(Tok::kOpenParen)[Do([](ast::Node& value) { value.kind = NodeKind::kCollection; })] >>
             +graph_node[Push(&ast::Node::children)] >> mark(Tok::kCloseParen)) |
            (mark(Tok::kOpenBracket)[Do([](ast::Node& value) { value.kind = NodeKind::kPropertyList; })] >>
             property_list[Set(&ast::Node::properties)] >> mark(Tok::kCloseBracket)) |
            reified_triple[kAssign]);

const auto annotation_def = spanned(
    (mark(Tok::kTilde) >>
     -var_or_reifier_id[Do([](ast::Annotation& value, ast::Node& id) { value.reifier = std::move(id); })] >>
     x3::eps[Do([](ast::Annotation&) {})]) |
    (mark(Tok::kOpenAnnotation)[Do([](ast::Annotation& value) { value.is_block = true; })] >>
     property_list[Set(&ast::Annotation::block)] >> mark(Tok::kCloseAnnotation)));

const auto object_def = graph_node[Set(&ast::Object::node)] >> *annotation[Push(&ast::Object::annotations)];

const auto verb_objects_def = verb[Set(&ast::PropertyObjects::verb)] >>
                              (object[Push(&ast::PropertyObjects::objects)] % mark(Tok::kComma));

const auto property_list_def = verb_objects[kAppend] >> *(mark(Tok::kSemicolon) >> -verb_objects[kAppend]);

const auto triples_same_subject_def =
    (var_or_term[Set(&ast::Triples::subject)] >> property_list[Set(&ast::Triples::properties)]) |
    (compound_node[Set(&ast::Triples::subject)] >> -property_list[Set(&ast::Triples::properties)]);

const auto triples_block_def = triples_same_subject[kAppend] >>
                               *(mark(Tok::kDot) >> triples_same_subject[kAppend]) >> -mark(Tok::kDot);

const auto group_pattern_def =
    spanned(mark(Tok::kOpenBrace) >>
            (sub_select[Do(&SetSubSelect)] |
             (-triples_block[Do(&AddTriples)] >> *(element[Push(&ast::GroupPattern::elements)] >>
                                                   -mark(Tok::kDot) >> -triples_block[Do(&AddTriples)]))) >>
            mark(Tok::kCloseBrace));

const auto element_def = spanned(
    (mark(Tok::kOptional) >> group_pattern[kAddGroup] >> x3::eps[Do(&SetKind<ElementKind::kOptional>)]) |
    (mark(Tok::kMinusKeyword) >> group_pattern[kAddGroup] >> x3::eps[Do(&SetKind<ElementKind::kMinus>)]) |
    (mark(Tok::kGraph) >> var_or_iri[Do(&SetName)] >> group_pattern[kAddGroup] >>
     x3::eps[Do(&SetKind<ElementKind::kGraph>)]) |
    (mark(Tok::kService) >> -mark(Tok::kSilent)[Do([](ast::GroupElement& value) { value.silent = true; })] >>
     var_or_iri[Do(&SetName)] >> group_pattern[kAddGroup] >> x3::eps[Do(&SetKind<ElementKind::kService>)]) |
    (mark(Tok::kFilter) >> constraint[Do(&SetFilter)]) |
    (mark(Tok::kBind) >> mark(Tok::kOpenParen) >> expression[Do(&SetBind)] >> mark(Tok::kAs) >>
     variable[Set(&ast::GroupElement::variable)] >> mark(Tok::kCloseParen)) |
    (mark(Tok::kValues) >> data_block[Do(&SetValues)]) |
    (group_pattern[kAddGroup] >> *(mark(Tok::kUnion) >> group_pattern[kAddGroup]) >>
     x3::eps[Do(&SetGroupOrUnion)]));

const auto data_row_def = mark(Tok::kOpenParen) >> *data_value[kAddRowValue] >> mark(Tok::kCloseParen);

const auto data_block_def = spanned(
    (variable[Push(&ast::Values::variables)] >> mark(Tok::kOpenBrace) >>
     *data_value[Do([](ast::Values& value, Datum& datum) { value.rows.push_back({std::move(datum)}); })] >>
     mark(Tok::kCloseBrace)) |
    (mark(Tok::kOpenParen) >> *variable[Push(&ast::Values::variables)] >> mark(Tok::kCloseParen) >>
     mark(Tok::kOpenBrace) >> *(&tok(Tok::kOpenParen)[Do(&StartRow)] >> data_row[Do(&AddRow)]) >>
     mark(Tok::kCloseBrace)));

BOOST_SPIRIT_DEFINE(graph_node, compound_node, annotation, object, verb_objects, property_list,
                    triples_same_subject, triples_block, group_pattern, element, data_row, data_block)

}  // namespace dossier::query::syntax::rules
