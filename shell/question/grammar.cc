#include "shell/question/grammar.h"

#include <algorithm>

#include "graph/base/strings.h"
#include "shell/question/grammar_phrases.h"

namespace dossier::shell {
namespace {

using namespace words_of_grammar;  // NOLINT: the grammar, cut in three files

// --- Forms ------------------------------------------------------------------------------------------------------------------------

template <typename Definition>
auto Form(Definition definition) {
  return x3::rule<Definition, Question>{"question"} = definition >> x3::eoi;
}

constexpr std::array<std::string_view, 5> kTimeNouns = {"year", "month", "day", "date", "week"};
constexpr std::array<std::string_view, 7> kPlaceNouns = {"country", "city", "place", "town", "region", "state", "village"};
const auto which = Is("which") | Is("what");
const auto when = Is("when") | (Is("how") >> Is("long")) | ((Is("since") | Is("until") | Is("till")) >> Is("when")) |
                  (-(Is("in") | Is("on") | Is("since")) >> which >> Among(kTimeNouns));
const auto where = Is("where") | (Is("in") >> which >> Among(kPlaceNouns));
const auto circumstance = (when >> SetAsk(Question::Ask::kTime)) | (where >> SetAsk(Question::Ask::kPlace)) |
                          (Is("why") >> SetAsk(Question::Ask::kReason)) | (Is("how") >> SetAsk(Question::Ask::kManner));
const auto sources = Is("source") | Is("sources") | Is("people") | Is("reports") | Is("officials");
const auto source = Is("according") >> Is("to") >> (person | thing | (which >> -sources)) >> SetAsk(Question::Ask::kSource);
const auto how_many = Is("how") >> Is("many");
const auto counted = ((how_many >> SetAsk(Question::Ask::kCount)) | Is("which") | Is("what"));
const auto noun = x3::raw[any_word >> *(any_word - (finite | do_or_modal | have | be))][set_noun];

const auto happened = Form(thing >> -have >> (Is("happened") | Is("happens")) >> Is("to") >> x3::raw[+any_word][set_object] >>
                           SetForm(Question::Form::kEvents));
const auto occurring = Is("happened") | Is("happens") | Is("occurred") | ((Is("took") | Is("taken")) >> Is("place"));
const auto occurred = Form(thing >> -have >> occurring >> obliques >> SetForm(Question::Form::kEvents));
const auto about = Form(-(Is("tell") >> Is("me") >> -Is("more") | Is("what") >> Is("do") >> (Is("you") | Is("we")) >> Is("know") |
                          Is("what") >> Is("is") >> Is("known") | Is("what") | Is("everything")) >>
                        Is("about") >> x3::raw[+any_word][set_object] >> SetForm(Question::Form::kAbout));
const auto times_active = Form(how_many >> Is("times") >> subject_verb_object >> SetAsk(Question::Ask::kTimes));
const auto times_passive = Form(how_many >> Is("times") >> passive_named >> SetAsk(Question::Ask::kTimes));
const auto noun_object = Form(counted >> noun >> subject_and_verb >> adverbs >> obliques_or_stranded >> ask_object);
const auto noun_passive = Form(counted >> noun >> be >> negation >> adverbs >> participle[set_verb] >> obliques >> ask_object);
const auto noun_subject = Form(counted >> noun >> -(do_or_modal | have) >> negation >> adverbs >> finite[set_verb] >> adverbs >>
                               -((argument - preposition)[take_object]) >> obliques >> ask_subject);
const auto when_active = Form(circumstance >> subject_verb_object);
const auto when_passive = Form(circumstance >> passive_named);
const auto copula_circumstance = Form(((when >> SetAsk(Question::Ask::kTime)) | (where >> SetAsk(Question::Ask::kPlace))) >> copula_named);
const auto source_active = Form(source >> subject_verb_object);
const auto source_passive = Form(source >> passive_named);
const auto source_copula = Form(source >> copula_named);
// "to whom does NAME report", "by whom was NAME dismissed".
const auto fronted = x3::rule<struct fronted_rule, QuestionOblique>{"preposition and question word"} =
    x3::raw[preposition][set_preposition] >> asked[([](auto& ctx) { x3::_val(ctx).argument = x3::_attr(ctx); })];
const auto fronted_active = Form(fronted[take_oblique] >> subject_verb_object);
const auto fronted_passive = Form(fronted[take_oblique] >> passive_named);
const auto object_asked = Form(asked[take_object] >> subject_and_verb >> adverbs >> obliques_or_stranded);
const auto passive_stranded = Form(x3::omit[person | thing] >> passive_named);
const auto passive_asked = Form(asked[take_object] >> be >> negation >> adverbs >> participle[set_verb] >> adverbs >> obliques);
const auto progressive = Form(asked[take_subject] >> be >> negation >> adverbs >> gerund[set_verb] >> adverbs >>
                              -((argument - preposition)[take_object]) >> obliques);
const auto subject_asked = Form(asked[take_subject] >> -(do_or_modal | have) >> negation >> adverbs >> finite[set_verb] >>
                                adverbs >> -((argument - preposition)[take_object]) >> obliques);
// "list the presidents of NAME", "which countries are mentioned".
const auto of_whom = -((Is("of") | Is("in") | Is("from") | Is("for")) >> x3::raw[+any_word][set_object]);
const auto list_noun = x3::raw[any_word >> *(any_word - (Is("of") | Is("in") | Is("from") | Is("for")))][set_noun];
const auto list = Form((Is("list") | Is("show") | Is("name") | (Is("give") >> Is("me"))) >> -Is("me") >> -Is("all") >>
                       -x3::omit[determiner] >> -Is("all") >> list_noun >> of_whom >> SetForm(Question::Form::kList));
const auto mentioned = Is("mentioned") | Is("named") | Is("there") | Is("known") | (Is("in") >> -x3::omit[determiner] >> (Is("database") | Is("graph") | Is("text") | Is("article") | Is("articles")));
const auto listed = Form(which >> x3::raw[any_word >> *(any_word - be)][set_noun] >> be >> mentioned >> SetForm(Question::Form::kList));
const auto entity = Form((person | thing) >> be >> x3::raw[+any_word][set_object] >> SetForm(Question::Form::kEntity));
const auto whether_active = Form(subject_verb_object >> SetAsk(Question::Ask::kWhether));
const auto whether_passive = Form(passive_named >> SetAsk(Question::Ask::kWhether));
const auto bare_name = Form(x3::raw[-determiner >> WordIf([](const Word& w, const VerbContext&) {
                                      return w.quoted || !IsFunctionWord(w);
                                    }) >> *any_word][set_object] >> SetForm(Question::Form::kAbout));

template <typename Definition>
bool Try(const Definition& form, const std::vector<Word>& words, VerbContext& context, Question& question) {
  Question attempt;
  Iterator first = words.begin();
  if (!x3::parse(first, words.end(), x3::with<verb_context_tag>(context)[form], attempt)) return false;
  question = std::move(attempt);
  return true;
}

bool TryForms(const std::vector<Word>& words, VerbContext& context, Question& question) {
  const auto attempt = [&](const auto& form) { return Try(form, words, context, question); };
  return attempt(list) || attempt(listed) || attempt(happened) || attempt(occurred) || attempt(about) || attempt(source_active) ||
         attempt(source_passive) || attempt(source_copula) || attempt(fronted_active) || attempt(fronted_passive) || attempt(times_active) || attempt(times_passive) ||
         attempt(object_asked) || attempt(passive_stranded) || attempt(passive_asked) || attempt(progressive) ||
         attempt(subject_asked) || attempt(when_active) || attempt(when_passive) || attempt(copula_circumstance) || attempt(noun_object) ||
         attempt(noun_passive) || attempt(noun_subject) || attempt(whether_active) || attempt(whether_passive);
}

// "dismissed by X" names the subject, "was X dismissed by" asks for it.
void MoveAgent(Question& question) {
  const auto by = std::find_if(question.obliques.begin(), question.obliques.end(),
                               [](const QuestionOblique& o) { return o.preposition == "by"; });
  if (by == question.obliques.end() || question.subject.kind != QuestionArgument::Kind::kOpen) return;
  question.subject = by->argument;
  question.obliques.erase(by);
}

// "whom did X report to": the question word belongs to the preposition left behind.
void MoveStranded(Question& question) {
  if (!question.object.asked() || question.subject.asked() || question.obliques.empty()) return;
  QuestionArgument& last = question.obliques.back().argument;
  if (!last.asked()) return;
  last = question.object;
  question.object = {};
}

}  // namespace

absl::StatusOr<Question> ParseQuestion(std::string_view text, const VerbKnowledge& verbs) {
  const std::vector<Word> words = SplitWords(text);
  if (words.empty()) return InvalidArgument("the question has no words");
  if (words.size() > kMaxQuestionWords) {
    return InvalidArgument(Cat("the question has ", words.size(), " words; at most ", kMaxQuestionWords, " are read"));
  }
  Question question;
  VerbContext strict{&verbs, true};
  VerbContext relaxed{&verbs, false};
  // A known verb wins over "who is NAME", which in turn wins over taking any word for a verb.
  if (TryForms(words, strict, question) || Try(entity, words, strict, question) || TryForms(words, relaxed, question)) {
    MoveAgent(question);
    MoveStranded(question);
    return question;
  }
  if (Try(bare_name, words, strict, question)) return question;
  return InvalidArgument(
      "this question is not understood. Try: who dismissed whom; who dismissed NAME; whom did NAME dismiss; who was dismissed by NAME; "
      "what did NAME say about NAME; when did NAME meet NAME; who is NAME; what happened to NAME; what happened in PLACE or TIME; or SPARQL");
}

}  // namespace dossier::shell
