#include "ingest/entity/pronoun_rules.h"

#include <algorithm>
#include <array>

#include "absl/types/span.h"

namespace dossier::ingest {
namespace {

using Words = absl::Span<const std::string_view>;

// Adjectives that say something of a doer or mover even when a clause follows: "it is ready to sell", "it is confident that".
constexpr std::string_view kOwnAdjectives[] = {
    "able",    "afraid",   "angry",    "anxious", "aware",    "bound",   "capable",   "careful",     "committed", "concerned", "confident",
    "content", "desperate", "determined", "due",  "eager",    "expected", "fit",      "free",        "glad",      "happy",     "inclined",
    "keen",    "known",    "liable",   "likely",  "optimistic", "pleased", "poised",  "powerless",   "prepared",  "prone",     "proud",
    "quick",   "ready",    "reluctant", "responsible", "said", "satisfied", "set",    "slow",        "sorry",     "supposed",  "sure",
    "unable",  "unaware",  "unlikely", "unwilling", "willing", "worried"};
// Adjectives whose "if" is a "whether".
constexpr std::string_view kOpenAdjectives[] = {"clear", "doubtful", "uncertain", "unclear", "unknown"};
// Predicates of weather, light, the clock and the calendar.
constexpr std::string_view kWeatherVerbs[] = {"drizzle", "hail", "pour", "rain", "sleet", "snow", "thunder"};
constexpr std::string_view kWeatherAdjectives[] = {"chilly", "cloudy", "dark",  "early", "foggy", "freezing", "humid",
                                                   "late",   "misty",  "rainy", "sunny", "windy"};
constexpr std::string_view kClockNouns[] = {"april",   "august", "autumn",   "dawn",  "december", "dusk",     "february",  "friday",  "january",
                                            "july",    "june",   "march",    "may",   "midnight", "monday",   "noon",      "november", "october",
                                            "saturday", "september", "spring", "summer", "sunday", "thursday", "tuesday", "wednesday", "winter"};
// Verbs that link to a predicate; those of them and others whose finite clause is extraposed.
constexpr std::string_view kLinkVerbs[] = {"be", "become", "get", "look", "prove", "remain", "seem", "sound", "stay"};
constexpr std::string_view kImpersonalVerbs[] = {"appear", "emerge", "follow", "happen", "look", "matter", "seem", "transpire"};
// Verbs whose passive subject is whom one tells: "it was told that".
constexpr std::string_view kToldVerbs[] = {"advise", "assure", "convince", "inform", "notify", "order", "persuade", "promise", "remind", "tell", "warn"};
// Verbs whose passive has an extraposed infinitive: "it was decided to close the mine".
constexpr std::string_view kResolvedVerbs[] = {"agree", "decide", "hope", "plan", "propose", "resolve", "suggest"};
// Verbs that judge an object: "finds it hard to sleep".
constexpr std::string_view kJudgingVerbs[] = {"believe", "call", "consider", "deem", "feel", "find", "hold", "judge", "keep", "leave", "make", "render", "think"};
// Beside the verbs of saying and thinking: deeds that only a mind does.
constexpr std::string_view kMindVerbs[] = {"aim",   "attempt", "decide", "decline", "demand", "fear",   "hope",    "intend", "negotiate",
                                           "plan",  "pledge",  "prefer", "refuse",  "resolve", "seek",  "urge",    "vow",    "want"};
// What is done to things and not to people or bodies of people.
constexpr std::string_view kThingVerbs[] = {"assemble", "bake",  "brew",   "build",   "cook",  "drink",    "eat",    "export",
                                            "grow",     "harvest", "import", "install", "invent", "manufacture", "mine", "operate",
                                            "paint",    "print", "produce", "publish", "repair", "sow",     "translate", "weld"};

bool In(Words words, std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); }

std::string_view MarkOf(const ParsedSentence& view, TokenIndex clause) {
  const TokenIndex mark = view.Child(clause, "mark");
  return mark == kNoToken ? std::string_view() : std::string_view(view.Lower(mark));
}

bool IsPassive(const ParsedSentence& view, TokenIndex verb) { return view.Child(verb, "aux:pass") != kNoToken; }

// A clause behind `head` that could be what "it" announces. `infinitive`: one with "to" counts, too; `open`: one with "if"; `marked`: none
// without a subordinator.
bool Announces(const ParsedSentence& view, TokenIndex head, bool infinitive, bool open, bool marked = false) {
  for (const TokenIndex child : view.Children(head)) {
    if (child < head) continue;
    const std::string_view relation = view.Rel(child), mark = MarkOf(view, child);
    const bool clause = relation == "csubj" || relation == "ccomp" || relation == "xcomp" || relation == "advcl" || relation == "acl";
    if (!clause || view.FullRel(child) == "acl:relcl") continue;
    if (mark == "to") {
      if (infinitive || relation == "csubj") return true;
    } else if (relation == "csubj" || relation == "ccomp") {
      if (!marked || !mark.empty()) return true;
    } else if (relation != "xcomp" && (mark == "that" || mark == "whether" || (open && mark == "if"))) {
      return true;
    }
  }
  return false;
}

// "It was Ann who left", "it was in May that": what is picked out is known, and the clause says of what.
bool IsCleft(const ParsedSentence& view, TokenIndex head) {
  const bool definite = view.IsNameTag(head) || view.Upos(head) == "PRON" || view.Upos(head) == "NUM" || !view.CaseOf(head).empty() ||
                        (view.Child(head, "det") != kNoToken && view.Lower(view.Child(head, "det")) == "the");
  if (!definite) return false;
  const auto& children = view.Children(head);
  return std::any_of(children.begin(), children.end(), [&](TokenIndex child) {
    const std::string_view relation = view.Rel(child);
    if (child < head || (relation != "acl" && relation != "advcl" && relation != "csubj" && relation != "ccomp")) return false;
    const auto& below = view.Children(child);
    return std::any_of(below.begin(), below.end(), [&](TokenIndex t) {
      return t > head && t < child && (view.Lower(t) == "who" || view.Lower(t) == "that" || view.Lower(t) == "whom");
    });
  });
}

bool IsClockOrWeather(const ParsedSentence& view, TokenIndex head, const Lexicon& lexicon) {
  if (!view.CaseOf(head).empty()) return false;
  if (view.Upos(head) == "ADJ") return In(kWeatherAdjectives, view.Lower(head));
  if (view.Upos(head) == "NOUN" || view.IsNameTag(head))
    return In(kClockNouns, view.Lower(head)) || lexicon.ClassOf(view.At(head).lemma) == NounClass::kTime;
  return view.Upos(head) == "NUM";
}

// The predicate `head` of "it is", "it remains", "it becomes".
bool IsExpletivePredicate(const ParsedSentence& view, TokenIndex head, const Lexicon& lexicon) {
  if (IsCleft(view, head) || IsClockOrWeather(view, head, lexicon)) return true;
  const std::string& word = view.Lower(head);
  const bool own = In(kOwnAdjectives, word);
  if (view.Upos(head) == "ADJ" || view.Upos(head) == "VERB") {
    // "it was likely that" is about the clause, "it was confident that" is not.
    if (own && word != "likely" && word != "unlikely" && word != "expected" && word != "known" && word != "said") return false;
    return Announces(view, head, !own, In(kOpenAdjectives, word));
  }
  // "It is a pity that", "it was his job to close": but "it is a plan to close", which the infinitive belongs to.
  const auto& children = view.Children(head);
  return std::any_of(children.begin(), children.end(), [&](TokenIndex c) { return c > head && view.Rel(c) == "csubj"; });
}

bool IsExpletiveVerb(const ParsedSentence& view, TokenIndex verb, const Lexicon& lexicon) {
  const std::string_view lemma = view.At(verb).lemma;
  if (In(kWeatherVerbs, lemma) && !IsPassive(view, verb) && view.Child(verb, "obj") == kNoToken) return true;
  const TokenIndex xcomp = view.Child(verb, "xcomp");
  if (In(kLinkVerbs, lemma) && xcomp != kNoToken && xcomp > verb) {
    // "it remains to be seen"; "it remains unclear whether"
    if (lemma == "remain" && MarkOf(view, xcomp) == "to" && IsPassive(view, xcomp)) return true;
    if (MarkOf(view, xcomp) != "to" &&
        (IsExpletivePredicate(view, xcomp, lexicon) || (view.Upos(xcomp) == "ADJ" && !In(kOwnAdjectives, view.Lower(xcomp)) &&
                                                        Announces(view, verb, false, In(kOpenAdjectives, view.Lower(xcomp))))))
      return true;
  }
  const auto& children = view.Children(verb);
  const bool subject_clause =
      std::any_of(children.begin(), children.end(), [&](TokenIndex c) { return c > verb && view.Rel(c) == "csubj"; });
  if (subject_clause) return true;
  if (IsPassive(view, verb)) return !In(kToldVerbs, lemma) && Announces(view, verb, In(kResolvedVerbs, lemma), false);
  if (In(kImpersonalVerbs, lemma)) return view.Child(verb, "obj") == kNoToken && Announces(view, verb, false, true);
  // "it took ten years to build the bridge"
  const TokenIndex object = view.Child(verb, "obj");
  return lemma == "take" && object != kNoToken && lexicon.ClassOf(view.At(object).lemma) == NounClass::kTime &&
         (Announces(view, verb, true, false) || Announces(view, object, true, false));
}

// "makes it clear that", "finds it hard to sleep"
bool IsAnnouncingObject(const ParsedSentence& view, TokenIndex i, TokenIndex verb) {
  if (!In(kJudgingVerbs, view.At(verb).lemma)) return false;
  for (const TokenIndex child : view.Children(verb)) {
    if (child < i || (view.Upos(child) != "ADJ" && view.Upos(child) != "NOUN")) continue;
    if (view.Upos(child) == "ADJ" && In(kOwnAdjectives, view.Lower(child))) continue;
    if (Announces(view, child, true, false) || Announces(view, verb, false, false, true)) return true;
  }
  return false;
}

}  // namespace

bool IsExpletive(const ParsedSentence& view, TokenIndex i, const Lexicon& lexicon) {
  if (view.Lower(i) != "it") return false;
  if (view.Rel(i) == "expl") return true;
  const TokenIndex head = view.Head(i);
  if (head == kNoToken) return false;
  if (view.Rel(i) == "obj") return IsAnnouncingObject(view, i, head);
  if (view.Rel(i) != "nsubj" || head < i) {
    // "makes [it clear that]", read as a small clause
    return view.Rel(i) == "nsubj" && view.Upos(head) == "ADJ" && IsExpletivePredicate(view, head, lexicon);
  }
  if (view.Child(head, "cop") != kNoToken || view.Upos(head) == "ADJ") return IsExpletivePredicate(view, head, lexicon);
  return IsExpletiveVerb(view, head, lexicon);
}

Wanted WantedBy(const ParsedSentence& view, TokenIndex i, const Lexicon& lexicon) {
  const TokenIndex verb = view.Head(i);
  if (verb == kNoToken || view.Upos(verb) != "VERB") return Wanted::kAnything;
  const std::string_view lemma = view.At(verb).lemma;
  const bool passive = view.FullRel(i) == "nsubj:pass" || IsPassive(view, verb);
  if (view.Rel(i) == "nsubj" && !passive)
    return lexicon.IsSpeechVerb(lemma) || In(kMindVerbs, lemma) ? Wanted::kMind : Wanted::kAnything;
  const bool undergoes = view.Rel(i) == "obj" || view.Rel(i) == "nsubj";
  return undergoes && In(kThingVerbs, lemma) ? Wanted::kThing : Wanted::kAnything;
}

}  // namespace dossier::ingest
