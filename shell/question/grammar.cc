#include "shell/question/grammar.h"

#include <boost/spirit/home/x3.hpp>

#include <algorithm>
#include <array>

#include "graph/base/strings.h"
#include "shell/question/verb_forms.h"
#include "shell/question/words.h"

namespace dossier::shell {
namespace {

namespace x3 = boost::spirit::x3;
using Iterator = std::vector<Word>::const_iterator;
using Range = boost::iterator_range<Iterator>;

// What the verb terminals look at.
struct VerbContext {
  const VerbKnowledge* verbs = nullptr;
  bool strict = true;  // only known verbs
};
struct verb_context_tag;

// --- Terminals -------------------------------------------------------------------------------------------------------------------

template <size_t N>
bool IsOneOf(const Word& word, const std::array<std::string_view, N>& list) {
  return !word.quoted && std::find(list.begin(), list.end(), word.lower) != list.end();
}

constexpr std::array<std::string_view, 2> kPersonWords = {"who", "whom"};
constexpr std::array<std::string_view, 1> kThingWords = {"what"};
constexpr std::array<std::string_view, 4> kOpenWords = {"someone", "somebody", "something", "anyone"};
constexpr std::array<std::string_view, 3> kDoWords = {"did", "does", "do"};
constexpr std::array<std::string_view, 3> kHaveWords = {"has", "have", "had"};
constexpr std::array<std::string_view, 9> kModalWords = {"will", "would", "can", "could", "may", "might", "must", "should", "shall"};
constexpr std::array<std::string_view, 5> kBeWords = {"is", "are", "was", "were", "got"};
constexpr std::array<std::string_view, 5> kDeterminers = {"the", "a", "an", "this", "that"};
constexpr std::array<std::string_view, 2> kNegations = {"not", "never"};
constexpr std::array<std::string_view, 14> kAdverbs = {"already", "also",  "first", "just", "now",  "once",    "often",
                                                       "soon",    "still", "then",  "ever", "even", "finally", "again"};
constexpr std::array<std::string_view, 43> kPrepositions = {
    "about",  "above",  "across", "after",  "against", "along",  "among",  "around",  "at",      "away", "back",
    "before", "behind", "below",  "beside", "between", "beyond", "by",     "down",    "during",  "for",  "from",
    "in",     "inside", "into",   "near",   "of",      "off",    "on",     "onto",    "out",     "over", "through",
    "to",     "toward", "towards", "under", "until",   "up",     "upon",   "via",     "with",    "without"};
constexpr std::array<std::string_view, 6> kOtherQuestionWords = {"which", "when", "where", "why", "how", "whose"};

bool IsAdverb(const Word& word) {
  if (IsOneOf(word, kAdverbs)) return true;
  return !word.quoted && !word.capital && word.lower.size() > 4 && word.lower.ends_with("ly") && word.lower != "apply" &&
         word.lower != "supply" && word.lower != "imply" && word.lower != "reply" && word.lower != "rely";
}

bool IsAskingWord(const Word& word) {
  return IsOneOf(word, kPersonWords) || IsOneOf(word, kThingWords) || IsOneOf(word, kOtherQuestionWords);
}

// Words that are never a verb of content: articles, auxiliaries, prepositions, question words.
bool IsFunctionWord(const Word& word) {
  return IsAskingWord(word) || IsOneOf(word, kDoWords) || IsOneOf(word, kHaveWords) || IsOneOf(word, kModalWords) ||
         IsOneOf(word, kBeWords) || IsOneOf(word, kDeterminers) || IsOneOf(word, kNegations) || IsOneOf(word, kPrepositions) ||
         word.lower == "be" || word.lower == "been" || word.lower == "being";
}

enum class VerbKind { kFinite, kBase, kParticiple, kGerund };

bool IsVerbWord(const Word& word, VerbKind kind, const VerbContext& context) {
  if (word.quoted || word.capital || IsFunctionWord(word)) return false;
  if (kind == VerbKind::kParticiple && !IsPastParticiple(word.lower)) return false;
  if (kind == VerbKind::kGerund && !IsGerund(word.lower)) return false;
  if (!context.strict) return true;
  if (kind == VerbKind::kBase) return context.verbs->IsVerb(word.lower);
  const std::vector<std::string> lemmas = LemmaCandidates(word.lower);
  return std::any_of(lemmas.begin(), lemmas.end(), [&](const std::string& lemma) { return context.verbs->IsVerb(lemma); });
}

// One word for which `test(word, context)` holds. No attribute: x3::raw gives the words where they matter.
template <typename Test>
struct WordIf : x3::parser<WordIf<Test>> {
  using attribute_type = x3::unused_type;
  static bool const has_attribute = false;
  explicit WordIf(Test t) : test(t) {}
  template <typename It, typename Context, typename RuleContext, typename Attribute>
  bool parse(It& first, const It& last, const Context& context, RuleContext&, Attribute&) const {
    if (first == last || !test(*first, x3::get<verb_context_tag>(context))) return false;
    ++first;
    return true;
  }
  Test test;
};

template <size_t N>
auto Among(const std::array<std::string_view, N>& list) {
  return WordIf([&list](const Word& w, const VerbContext&) { return IsOneOf(w, list); });
}
auto Is(std::string_view text) {
  return WordIf([text](const Word& w, const VerbContext&) { return !w.quoted && w.lower == text; });
}
auto Verb(VerbKind kind) {
  return x3::raw[WordIf([kind](const Word& w, const VerbContext& context) { return IsVerbWord(w, kind, context); })];
}

const auto any_word = WordIf([](const Word& w, const VerbContext&) { return w.quoted || (!IsAskingWord(w) && w.lower != "been" && w.lower != "be"); });
const auto adverb = WordIf([](const Word& w, const VerbContext&) { return IsAdverb(w); });
const auto person = Among(kPersonWords);
const auto thing = Among(kThingWords);
const auto preposition = Among(kPrepositions);
const auto determiner = Among(kDeterminers);
const auto be = Among(kBeWords) | (Among(kHaveWords) >> Is("been")) | ((Among(kModalWords)) >> Is("be"));
const auto do_or_modal = Among(kDoWords) | Among(kModalWords);
const auto have = Among(kHaveWords);
const auto finite = Verb(VerbKind::kFinite);
const auto base = Verb(VerbKind::kBase);
const auto participle = Verb(VerbKind::kParticiple);
const auto gerund = Verb(VerbKind::kGerund);

// --- Actions: each fills in its part of the Question that the form is making ------------------------------------------------------

std::string Join(const Range& words) {
  std::string out;
  for (const Word& word : words) Append(out, out.empty() ? "" : " ", word.text);
  return out;
}

QuestionArgument Named(const Range& words) {
  return {QuestionArgument::Kind::kNamed, Join(words), words.size() == 1 && words.front().quoted};
}

const auto set_verb = [](auto& ctx) { x3::_val(ctx).verb = x3::_attr(ctx).front().lower; };
const auto set_noun = [](auto& ctx) { x3::_val(ctx).noun = Lower(Join(x3::_attr(ctx))); };
const auto set_subject = [](auto& ctx) { x3::_val(ctx).subject = Named(x3::_attr(ctx)); };
const auto set_object = [](auto& ctx) { x3::_val(ctx).object = Named(x3::_attr(ctx)); };
const auto set_negated = [](auto& ctx) { x3::_val(ctx).negated = true; };
const auto take_subject = [](auto& ctx) { x3::_val(ctx).subject = x3::_attr(ctx); };
const auto take_object = [](auto& ctx) { x3::_val(ctx).object = x3::_attr(ctx); };
const auto take_oblique = [](auto& ctx) { x3::_val(ctx).obliques.push_back(x3::_attr(ctx)); };
auto SetAsk(Question::Ask ask) {
  return x3::eps[([ask](auto& ctx) { x3::_val(ctx).ask = ask; })];
}
auto SetForm(Question::Form form) {
  return x3::eps[([form](auto& ctx) { x3::_val(ctx).form = form; })];
}
const auto ask_subject = x3::eps[([](auto& ctx) { x3::_val(ctx).subject.kind = QuestionArgument::Kind::kAskedThing; })];
const auto ask_object = x3::eps[([](auto& ctx) { x3::_val(ctx).object.kind = QuestionArgument::Kind::kAskedThing; })];

// --- Phrases ----------------------------------------------------------------------------------------------------------------------

// A name goes on until `stop` matches; its first word (after an article) is never a stop.
template <typename Stop>
auto NameUntil(Stop stop) {
  return x3::raw[(x3::eps >> -determiner >> any_word) >> *(any_word - stop)];
}
const auto name = NameUntil(preposition >> x3::omit[any_word | person | thing]);

const auto asked = x3::rule<struct asked_rule, QuestionArgument>{"who or what"} =
    person[([](auto& ctx) { x3::_val(ctx).kind = QuestionArgument::Kind::kAskedPerson; })] |
    thing[([](auto& ctx) { x3::_val(ctx).kind = QuestionArgument::Kind::kAskedThing; })];

const auto argument = x3::rule<struct argument_rule, QuestionArgument>{"name"} =
    asked[([](auto& ctx) { x3::_val(ctx) = x3::_attr(ctx); })] |
    Among(kOpenWords)[([](auto& ctx) { x3::_val(ctx).kind = QuestionArgument::Kind::kOpen; })] |
    name[([](auto& ctx) { x3::_val(ctx) = Named(x3::_attr(ctx)); })];

const auto set_preposition = [](auto& ctx) { x3::_val(ctx).preposition = x3::_attr(ctx).front().lower; };

const auto oblique = x3::rule<struct oblique_rule, QuestionOblique>{"preposition and name"} =
    x3::raw[preposition][set_preposition] >> argument[([](auto& ctx) { x3::_val(ctx).argument = x3::_attr(ctx); })];

// "... report to?": the preposition left behind by the question word.
const auto stranded = x3::rule<struct stranded_rule, QuestionOblique>{"preposition"} =
    x3::raw[preposition][set_preposition] >> x3::eoi >> x3::eps[([](auto& ctx) {
      x3::_val(ctx).argument.kind = QuestionArgument::Kind::kAskedThing;
    })];

const auto obliques = *(*x3::omit[adverb] >> oblique[take_oblique]) >> *x3::omit[adverb];
const auto obliques_or_stranded = *(oblique[take_oblique]) >> -stranded[take_oblique];
const auto negation = -(Among(kNegations)[set_negated]);
const auto adverbs = *x3::omit[adverb];

// Lookahead versions, without actions: where a subject's name must end.
const auto plain_tail = x3::omit[adverbs >> *(preposition >> (any_word | person | thing) >> *(any_word - preposition)) >>
                                 -preposition >> x3::eoi];
const auto before_base = x3::omit[-Among(kNegations) >> *adverb >> base >> plain_tail];
const auto before_participle = x3::omit[-Among(kNegations) >> *adverb >> participle >> plain_tail];
const auto before_base_object = x3::omit[-Among(kNegations) >> *adverb >> base];
const auto before_participle_object = x3::omit[-Among(kNegations) >> *adverb >> participle];

// "did NAME V", "has NAME V-ed": subject and verb, the object left out.
const auto subject_and_verb =
    (do_or_modal >> negation >> NameUntil(before_base)[set_subject] >> negation >> adverbs >> base[set_verb]) |
    (have >> negation >> NameUntil(before_participle)[set_subject] >> negation >> adverbs >> participle[set_verb]);
// The same where an object may follow.
const auto subject_verb_object =
    ((do_or_modal >> negation >> NameUntil(before_base_object)[set_subject] >> negation >> adverbs >> base[set_verb]) |
     (have >> negation >> NameUntil(before_participle_object)[set_subject] >> negation >> adverbs >> participle[set_verb])) >>
    adverbs >> -((argument - preposition)[take_object]) >> obliques_or_stranded;
// "was NAME V-ed".
const auto passive_named = be >> negation >> adverbs >> !x3::omit[participle] >>
                           NameUntil(before_participle)[set_object] >> negation >> adverbs >> participle[set_verb] >> adverbs >>
                           obliques_or_stranded;

// --- Forms ------------------------------------------------------------------------------------------------------------------------

template <typename Definition>
auto Form(Definition definition) {
  return x3::rule<Definition, Question>{"question"} = definition >> x3::eoi;
}

const auto circumstance = (Is("when") >> SetAsk(Question::Ask::kTime)) | (Is("where") >> SetAsk(Question::Ask::kPlace)) |
                          (Is("why") >> SetAsk(Question::Ask::kReason)) | (Is("how") >> SetAsk(Question::Ask::kManner));
const auto how_many = Is("how") >> Is("many");
const auto counted = ((how_many >> SetAsk(Question::Ask::kCount)) | Is("which") | Is("what"));
const auto noun = x3::raw[any_word >> *(any_word - (finite | do_or_modal | have | be))][set_noun];

const auto happened = Form(thing >> -have >> (Is("happened") | Is("happens")) >> Is("to") >> x3::raw[+any_word][set_object] >>
                           SetForm(Question::Form::kEvents));
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
const auto by_whom = Form(x3::omit[Is("by")] >> asked[take_subject] >> passive_named);
const auto object_asked = Form(asked[take_object] >> subject_and_verb >> adverbs >> obliques_or_stranded);
const auto passive_stranded = Form(x3::omit[person | thing] >> passive_named);
const auto passive_asked = Form(asked[take_object] >> be >> negation >> adverbs >> participle[set_verb] >> adverbs >> obliques);
const auto progressive = Form(asked[take_subject] >> be >> negation >> adverbs >> gerund[set_verb] >> adverbs >>
                              -((argument - preposition)[take_object]) >> obliques);
const auto subject_asked = Form(asked[take_subject] >> -(do_or_modal | have) >> negation >> adverbs >> finite[set_verb] >>
                                adverbs >> -((argument - preposition)[take_object]) >> obliques);
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
  return attempt(happened) || attempt(about) || attempt(times_active) || attempt(times_passive) || attempt(by_whom) ||
         attempt(object_asked) || attempt(passive_stranded) || attempt(passive_asked) || attempt(progressive) ||
         attempt(subject_asked) || attempt(when_active) || attempt(when_passive) || attempt(noun_object) ||
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
      "what did NAME say about NAME; when did NAME meet NAME; who is NAME; what happened to NAME; or SPARQL");
}

}  // namespace dossier::shell
