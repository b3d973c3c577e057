// Property paths (SPARQL 1.1 §19.8, productions Path to PathOneInPropertySet). Included by paths.cc only.
#pragma once

#include "query/syntax/grammar.h"
#include "query/syntax/paths.h"

namespace dossier::query::syntax::rules {

DOSSIER_RULE(path, ast::Path)
DOSSIER_RULE(path_sequence, ast::Path)
DOSSIER_RULE(path_step, ast::Path)     // PathEltOrInverse
DOSSIER_RULE(path_element, ast::Path)  // PathElt
DOSSIER_RULE(path_primary, ast::Path)
DOSSIER_RULE(path_iri, ast::Path)
DOSSIER_RULE(path_negated_one, ast::Path)  // PathOneInPropertySet

inline constexpr auto kAddPath = Push(&ast::Path::children);
using PathKind = ast::Path::Kind;

const auto path_iri_def =
    spanned(iri[Do([](ast::Path& value, std::string& name) { value.name = std::move(name); })] |
            mark(Tok::kA)[Do(&SetTypePath)]);

const auto verb_def = spanned(variable[Do([](ast::Path& value, ast::Variable& v) {
                                value.kind = PathKind::kVariable;
                                value.name = std::move(v.name);
                              })] |
                              path[kAssign]);

const auto path_def = spanned(path_sequence[kAssign] >>
                              *(mark(Tok::kPipe) >> path_sequence[Do(&AddPath<PathKind::kAlternative>)]));

const auto path_sequence_def =
    spanned(path_step[kAssign] >> *(mark(Tok::kSlash) >> path_step[Do(&AddPath<PathKind::kSequence>)]));

const auto path_step_def =
    spanned((mark(Tok::kCaret) >> path_element[Do(&SetInverse)]) | path_element[kAssign]);

const auto path_element_def =
    spanned(path_primary[kAssign] >> -one_of({Tok::kQuestion, Tok::kStar, Tok::kPlus})[Do(&SetModifier)]);

const auto path_negated_one_def =
    spanned((mark(Tok::kCaret) >> path_iri[Do(&SetInverse)]) | path_iri[kAssign]);

const auto path_primary_def =
    spanned(path_iri[kAssign] | (mark(Tok::kOpenParen) >> path[kAssign] >> mark(Tok::kCloseParen)) |
            (mark(Tok::kBang)[Do([](ast::Path& value) { value.kind = PathKind::kNegatedSet; })] >>
             (path_negated_one[kAddPath] |
              (mark(Tok::kOpenParen) >> -(path_negated_one[kAddPath] % mark(Tok::kPipe)) >>
               mark(Tok::kCloseParen)))));

BOOST_SPIRIT_DEFINE(verb, path, path_sequence, path_step, path_element, path_primary, path_iri,
                    path_negated_one)

}  // namespace dossier::query::syntax::rules
