// The phrases of the question grammar: names, arguments, and the inner part of questions with an auxiliary in front. For grammar.cc alone.
#pragma once

#include <string>

#include "graph/base/strings.h"
#include "shell/question/grammar_words.h"
#include "shell/question/question.h"

namespace dossier::shell::words_of_grammar {

// --- Actions: each fills in its part of the Question that the form is making ------------------------------------------------------

inline std::string Join(const Range& words) {
  std::string out;
  for (const Word& word : words) Append(out, out.empty() ? "" : " ", word.text);
  return out;
}

inline QuestionArgument Named(const Range& words) {
  return {QuestionArgument::Kind::kNamed, Join(words), words.size() == 1 && words.front().quoted};
}

inline const auto set_verb = [](auto& ctx) { x3::_val(ctx).verb = x3::_attr(ctx).front().lower; };
inline const auto set_noun = [](auto& ctx) { x3::_val(ctx).noun = Lower(Join(x3::_attr(ctx))); };
inline const auto set_subject = [](auto& ctx) { x3::_val(ctx).subject = Named(x3::_attr(ctx)); };
inline const auto set_object = [](auto& ctx) { x3::_val(ctx).object = Named(x3::_attr(ctx)); };
inline const auto set_negated = [](auto& ctx) { x3::_val(ctx).negated = true; };
inline const auto take_subject = [](auto& ctx) { x3::_val(ctx).subject = x3::_attr(ctx); };
inline const auto take_object = [](auto& ctx) { x3::_val(ctx).object = x3::_attr(ctx); };
inline const auto take_oblique = [](auto& ctx) { x3::_val(ctx).obliques.push_back(x3::_attr(ctx)); };
inline auto SetAsk(Question::Ask ask) {
  return x3::eps[([ask](auto& ctx) { x3::_val(ctx).ask = ask; })];
}
inline auto SetForm(Question::Form form) {
  return x3::eps[([form](auto& ctx) { x3::_val(ctx).form = form; })];
}
inline const auto ask_subject = x3::eps[([](auto& ctx) { x3::_val(ctx).subject.kind = QuestionArgument::Kind::kAskedThing; })];
inline const auto ask_object = x3::eps[([](auto& ctx) { x3::_val(ctx).object.kind = QuestionArgument::Kind::kAskedThing; })];

// --- Phrases ----------------------------------------------------------------------------------------------------------------------

// A name goes on until `stop` matches; its first word (after an article) is never a stop.
template <typename Stop>
auto NameUntil(Stop stop) {
  return x3::raw[(x3::eps >> -determiner >> any_word) >> *(any_word - stop)];
}
inline const auto name = NameUntil(preposition >> x3::omit[any_word | person | thing]);

inline const auto asked = x3::rule<struct asked_rule, QuestionArgument>{"who or what"} =
    person[([](auto& ctx) { x3::_val(ctx).kind = QuestionArgument::Kind::kAskedPerson; })] |
    thing[([](auto& ctx) { x3::_val(ctx).kind = QuestionArgument::Kind::kAskedThing; })];

// "that the minister resigned": matched by its words.
inline const auto set_clause = [](auto& ctx) {
  x3::_val(ctx) = Named(x3::_attr(ctx));
  x3::_val(ctx).clause = true;
};

inline const auto argument = x3::rule<struct argument_rule, QuestionArgument>{"name"} =
    (Is("that") >> x3::raw[any_word >> any_word >> *any_word][set_clause] >> x3::eoi) |
    asked[([](auto& ctx) { x3::_val(ctx) = x3::_attr(ctx); })] |
    Among(kOpenWords)[([](auto& ctx) { x3::_val(ctx).kind = QuestionArgument::Kind::kOpen; })] |
    name[([](auto& ctx) { x3::_val(ctx) = Named(x3::_attr(ctx)); })];

inline const auto set_preposition = [](auto& ctx) { x3::_val(ctx).preposition = x3::_attr(ctx).front().lower; };

inline const auto oblique = x3::rule<struct oblique_rule, QuestionOblique>{"preposition and name"} =
    x3::raw[preposition][set_preposition] >> argument[([](auto& ctx) { x3::_val(ctx).argument = x3::_attr(ctx); })];

// "... report to?": the preposition left behind by the question word.
inline const auto stranded = x3::rule<struct stranded_rule, QuestionOblique>{"preposition"} =
    x3::raw[preposition][set_preposition] >> x3::eoi >> x3::eps[([](auto& ctx) {
      x3::_val(ctx).argument.kind = QuestionArgument::Kind::kAskedThing;
    })];

inline const auto obliques = *(*x3::omit[adverb] >> oblique[take_oblique]) >> *x3::omit[adverb];
inline const auto obliques_or_stranded = *(oblique[take_oblique]) >> -stranded[take_oblique];
inline const auto negation = -(Among(kNegations)[set_negated]);
inline const auto adverbs = *x3::omit[adverb];

// Lookahead versions, without actions: where a subject's name must end.
inline const auto plain_tail = x3::omit[adverbs >> *(preposition >> (any_word | person | thing) >> *(any_word - preposition)) >>
                                 -preposition >> x3::eoi];
inline const auto before_base = x3::omit[-Among(kNegations) >> *adverb >> base >> plain_tail];
inline const auto before_participle = x3::omit[-Among(kNegations) >> *adverb >> participle >> plain_tail];
inline const auto before_base_object = x3::omit[-Among(kNegations) >> *adverb >> base];
inline const auto before_participle_object = x3::omit[-Among(kNegations) >> *adverb >> participle];

inline const auto before_gerund = x3::omit[*adverb >> gerund >> plain_tail];
inline const auto before_gerund_object = x3::omit[*adverb >> gerund];

// "did NAME V", "has NAME V-ed", "is NAME V-ing": subject and verb, the object left out.
inline const auto subject_and_verb =
    (be >> negation >> NameUntil(before_gerund)[set_subject] >> negation >> adverbs >> gerund[set_verb]) |
    (have >> negation >> NameUntil(Is("been"))[set_subject] >> negation >> Is("been") >> adverbs >> gerund[set_verb]) |
    (do_or_modal >> negation >> NameUntil(before_base)[set_subject] >> negation >> adverbs >> base[set_verb]) |
    (have >> negation >> NameUntil(before_participle)[set_subject] >> negation >> adverbs >> participle[set_verb]);
// The same where an object may follow.
inline const auto subject_verb_object =
    ((be >> negation >> NameUntil(before_gerund_object)[set_subject] >> negation >> adverbs >> gerund[set_verb]) |
     (have >> negation >> NameUntil(Is("been"))[set_subject] >> negation >> Is("been") >> adverbs >> gerund[set_verb]) |
     (do_or_modal >> negation >> NameUntil(before_base_object)[set_subject] >> negation >> adverbs >> base[set_verb]) |
     (have >> negation >> NameUntil(before_participle_object)[set_subject] >> negation >> adverbs >> participle[set_verb])) >>
    adverbs >> -((argument - preposition)[take_object]) >> obliques_or_stranded;
// "was NAME V-ed".
inline const auto passive_named = be >> negation >> adverbs >> !x3::omit[participle] >>
                           NameUntil(before_participle)[set_object] >> negation >> adverbs >> participle[set_verb] >> adverbs >>
                           obliques_or_stranded;
// "was NAME in NAME", "has NAME been in NAME": the copula; what it is asked with must say the rest.
inline const auto set_be = x3::eps[([](auto& ctx) { x3::_val(ctx).verb = "be"; })];
inline const auto copula_named =
    ((Among(kBeWords) >> negation >> name[set_subject]) |
     (have >> negation >> NameUntil(Is("been") | (preposition >> any_word))[set_subject] >> negation >> Is("been"))) >>
    set_be >> obliques;

}  // namespace dossier::shell::words_of_grammar
