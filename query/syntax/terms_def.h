// Terms: IRIs, variables, literals, blank nodes, triple terms and reified triples (SPARQL 1.2 §19.8,
// productions around VarOrTerm). Included by terms.cc only.
#pragma once

#include "query/syntax/grammar.h"
#include "query/syntax/terms.h"

namespace dossier::query::syntax::rules {

DOSSIER_RULE(blank_node, ast::Node)
DOSSIER_RULE(triple_term, ast::Node)
DOSSIER_RULE(reified_triple_part, ast::Node)
DOSSIER_RULE(verb_node, ast::Node)
DOSSIER_RULE(embeddable_term, ast::Node)  // VarOrTerm without (): what a triple term may hold

inline constexpr auto kIriTokens = one_of({Tok::kIriRef, Tok::kPrefixedName, Tok::kPrefixNamespace});
inline constexpr auto kNumberTokens = one_of({Tok::kInteger, Tok::kDecimal, Tok::kDouble, Tok::kSignedInteger,
                                              Tok::kSignedDecimal, Tok::kSignedDouble});
inline constexpr auto kAddChild = Push(&ast::Node::children);

const auto iri_def =
    kIriTokens[Do([](State& state, std::string& value, Iterator at) { return state.ExpandIri(*at, value); })];

const auto variable_def = spanned(tok(Tok::kVariable)[Do(
    [](State& state, ast::Variable& value, Iterator at) { value.name = state.Text(*at).substr(1); })]);

const auto literal_def = one_of({Tok::kString, Tok::kLongString})[Do(&StartString)] >>
                             -(tok(Tok::kLanguageTag)[Do(&SetLanguage)] |
                               (mark(Tok::kCaretCaret) >> iri[Do(&SetDatatype)])) |
                         kNumberTokens[Do(&SetNumber)] | one_of({Tok::kTrue, Tok::kFalse})[Do(&SetBoolean)];

const auto blank_node_def = spanned(
    tok(Tok::kBlankNodeLabel)[Do([](State& state, ast::Node& value, Iterator at) {
      value.kind = ast::Node::Kind::kBlankNode;
      value.name = state.Text(*at).substr(2);
    })] |
    (mark(Tok::kOpenBracket) >>
     mark(Tok::kCloseBracket)[Do([](ast::Node& value) { value.kind = ast::Node::Kind::kBlankNode; })]));

const auto var_or_iri_def = spanned(variable[Do(&SetVariable)] | iri[Do(&SetIri)]);

const auto verb_node_def =
    spanned(variable[Do(&SetVariable)] | iri[Do(&SetIri)] | mark(Tok::kA)[Do(&SetRdfType)]);

const auto simple_verb_def =
    spanned(variable[Do(&SetVariablePath)] | iri[Do(&SetIriPath)] | mark(Tok::kA)[Do(&SetRdfTypePath)]);

const auto var_or_reifier_id_def = var_or_iri | blank_node;

const auto triple_term_def = spanned(
    mark(Tok::kOpenTripleTerm)[Do([](ast::Node& value) { value.kind = ast::Node::Kind::kTripleTerm; })] >>
    embeddable_term[kAddChild] >> verb_node[kAddChild] >> embeddable_term[kAddChild] >>
    mark(Tok::kCloseTripleTerm));

const auto reified_triple_part_def = reified_triple | embeddable_term;

const auto reified_triple_def = spanned(
    mark(Tok::kOpenReified)[Do([](ast::Node& value) { value.kind = ast::Node::Kind::kReifiedTriple; })] >>
    reified_triple_part[kAddChild] >> verb_node[kAddChild] >> reified_triple_part[kAddChild] >>
    -(mark(Tok::kTilde) >> -var_or_reifier_id[kAddChild]) >> mark(Tok::kCloseReified));

const auto embeddable_term_def =
    spanned(variable[Do(&SetVariable)] | iri[Do(&SetIri)] | literal[Do(&SetLiteral)] | blank_node[kAssign] |
            triple_term[kAssign]);

const auto var_or_term_def =
    spanned(embeddable_term[kAssign] | (mark(Tok::kOpenParen) >> mark(Tok::kCloseParen)[Do(&SetNil)]));

const auto expression_triple_term_def = triple_term[Do(&CheckExpressionTripleTerm)];

const auto data_value_def =
    iri[Do([](Datum& value, std::string& name) { value = graph::Term::Iri(std::move(name)); })] |
    literal[kAssign] | mark(Tok::kUndef)[Do([](Datum& value) { value.reset(); })] |
    triple_term[Do(&SetTripleTermData)];

BOOST_SPIRIT_DEFINE(iri, variable, literal, blank_node, var_or_iri, verb_node, simple_verb, var_or_reifier_id,
                    triple_term, reified_triple_part, reified_triple, embeddable_term, var_or_term,
                    expression_triple_term, data_value)

}  // namespace dossier::query::syntax::rules
