#include "ingest/entity/titles.h"

#include <algorithm>
#include <array>

namespace dossier::ingest {
namespace {

constexpr TokenIndex kMaxTitle = 7;  // tokens
// Person nouns that say no more than how somebody stands to others, or what anybody may be.
constexpr std::array<std::string_view, 36> kNoRole = {
      "adversary", "ally", "critic", "enemy", "foe", "opponent", "rival", "shareholder", "supporter", "sympathizer",
      "adult",   "baby",  "boy",   "child",    "citizen", "fan",    "friend",   "girl",   "guest",  "hero",      "killer", "man",    "native",
      "neighbor", "neighbour", "passenger", "patient", "person", "resident", "suspect", "survivor", "teenager", "victim", "visitor", "witness", "woman"};
constexpr std::array<std::string_view, 14> kNoPartOfTitle = {"other", "another",  "new",    "own",  "same",
                                                             "first", "longtime", "fellow", "late", "young",
                                                             "older", "younger",  "late",   "only"};

template <size_t N>
bool In(const std::array<std::string_view, N>& set, std::string_view word) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

bool IsStrongTitle(const ParsedSentence& view, TokenIndex i, const Lexicon& lexicon) {
  return lexicon.IsUsualTitle(view.Lower(i)) || lexicon.IsTitleWord(view.Form(i)) ||
         lexicon.IsHonorific(view.Form(i));
}

bool IsCountryWord(const ParsedSentence& view, TokenIndex i, const Lexicon& lexicon) {
  return view.IsCapitalized(i) && (lexicon.CountryByDemonym(view.Form(i)) != nullptr ||
                                   lexicon.CountryByName(view.Form(i)) != nullptr);
}

// "Defense" of "Defense Minister": a common word that may stand inside a capitalised title.
bool IsCommonWord(const ParsedSentence& view, TokenIndex i, const Lexicon& lexicon) {
  return view.Upos(i) == "ADJ" || view.Form(i) == "-" ||
         lexicon.ClassOf(view.Lower(i)) != NounClass::kUnknown || view.Lower(i) == "foreign" ||
         view.Lower(i) == "prime";
}

Gender GenderOfTitle(const ParsedSentence& view, TokenIndex begin, TokenIndex end, const Lexicon& lexicon) {
  for (TokenIndex i = end - 1; i >= begin; --i) {
    for (const std::string_view word : {view.Form(i), std::string_view(view.Lower(i))}) {
      if (const Gender gender = lexicon.GenderOfNoun(word); gender != Gender::kUnknown) return gender;
    }
  }
  return Gender::kUnknown;
}

bool IsModifier(const ParsedSentence& view, TokenIndex i) {
  const std::string_view upos = view.Upos(i);
  // "has dismissed chief executive X": the verb of the clause.
  if (view.At(i).xpos == "VBN" && view.Upos(i - 1) == "AUX") return false;
  return upos == "NOUN" || upos == "ADJ" || upos == "PROPN" || view.At(i).xpos == "VBN" ||
         view.At(i).xpos == "NNP" || view.At(i).xpos == "HYPH" || (view.Form(i) == "-" && view.Glued(i));
}

// Adds the words left of `title.begin` to the title or, for a country or an organisation, as what it belongs
// to.
void ExtendLeft(const ParsedSentence& view, const Lexicon& lexicon, TitleSpan& title) {
  std::string words = title.text;
  TokenIndex begin = title.begin;
  for (TokenIndex i = title.begin - 1; i >= 0 && title.noun - i < kMaxTitle && IsModifier(view, i); --i) {
    if (i == title.of) continue;
    if (In(kNoPartOfTitle, view.Lower(i)) || lexicon.ClassOf(view.Lower(i)) == NounClass::kTime) break;
    if (IsCountryWord(view, i, lexicon) || (view.IsNameTag(i) && view.IsCapitalized(i))) {
      if (title.of != kNoToken) break;
      title.of = i;
      continue;
    }
    begin = i;
    words = view.Form(i) == "-" || view.Glued(i) ? std::string(view.Form(i)) + words
                                                 : std::string(view.Form(i)) + " " + words;
  }
  title.text = std::move(words);
  title.begin = begin;
}

// "of Y" behind the title's noun: a name is what it belongs to, a common noun goes into the title ("minister
// of defence").
void ExtendRight(const ParsedSentence& view, TitleSpan& title) {
  for (const TokenIndex child : view.Children(title.noun)) {
    if (child < title.noun || view.Rel(child) != "nmod") continue;
    const std::string_view preposition = view.CaseOf(child);
    if (preposition != "of" && preposition != "at" && preposition != "for" && preposition != "in") continue;
    if (view.IsNameTag(child)) {
      if (title.of == kNoToken) title.of = child;
    } else if (preposition == "of" && child - title.noun <= 4 && title.end == title.noun + 1) {
      title.text += " " + view.Text(title.noun + 1, child + 1);
      title.end = child + 1;
      for (const TokenIndex inner : view.Children(child)) {
        if (inner > child && view.Rel(inner) == "nmod" && view.IsNameTag(inner) && title.of == kNoToken)
          title.of = inner;
      }
    }
  }
}

TitleSpan TitleOfNoun(const ParsedSentence& view, const Lexicon& lexicon, TokenIndex noun) {
  TitleSpan title;
  title.noun = noun;
  title.begin = noun;
  title.end = noun + 1;
  title.text = view.Form(noun);
  if (view.IsPlural(noun) && !view.At(noun).lemma.empty()) title.text = view.At(noun).lemma;
  ExtendLeft(view, lexicon, title);
  const TokenIndex possessor = view.Child(noun, "nmod:poss");
  if (title.of == kNoToken && possessor != kNoToken && view.IsNameTag(possessor)) title.of = possessor;
  return title;
}

bool IsTitleNoun(const ParsedSentence& view, const Lexicon& lexicon, TokenIndex i) {
  if (!view.Has(i) || (view.IsNameTag(i) && view.IsCapitalized(i))) return false;
  if (view.Upos(i) != "NOUN" && view.Upos(i) != "PROPN" &&
      !(view.Upos(i) == "ADJ" && lexicon.IsUsualTitle(view.Lower(i))))
    return false;  // "executive"
  const std::string_view lemma =
      view.At(i).lemma.empty() ? std::string_view(view.Lower(i)) : std::string_view(view.At(i).lemma);
  return (lexicon.IsTitle(lemma) || lexicon.IsUsualTitle(view.Lower(i))) && !lexicon.IsKin(lemma);
}

// A person noun that says what somebody does, in apposition: "his former partner, Jane Doe".
bool IsRoleNoun(const ParsedSentence& view, const Lexicon& lexicon, TokenIndex i) {
  if (!view.Has(i) || view.Upos(i) != "NOUN" || view.IsPlural(i) || view.IsCapitalized(i)) return false;
  const std::string_view lemma = view.At(i).lemma;
  return lexicon.IsPerson(lemma) && !lexicon.IsKin(lemma) && !In(kNoRole, lemma);
}

// "Geochemist Anja Kroll": what the parser takes for a title and WordNet for a person.
bool IsPersonBefore(const ParsedSentence& view, const Lexicon& lexicon, TokenIndex i) {
  if (!view.Has(i) || view.FullRel(i) != "nmod:desc" || view.Upos(i) != "NOUN" || view.IsPlural(i)) return false;
  const std::string& lemma = view.Lower(i);
  return lexicon.IsPerson(lemma) && !lexicon.IsKin(lemma) && !In(kNoRole, lemma);
}

bool EndsApposition(const ParsedSentence& view, TokenIndex i) {
  return view.Form(i) == "," || view.Form(i) == "." || view.Form(i) == ";" || view.Form(i) == ")";
}

// "X is the mayor of Y": plainly said, neither denied nor supposed.
bool IsSaidToBe(const ParsedSentence& view, TokenIndex noun) {
  if (!view.Has(noun) || view.Child(noun, "cop") == kNoToken || view.IsPlural(noun) || view.Rel(noun) == "advcl") return false;
  for (const TokenIndex child : view.Children(noun)) {
    if (view.Rel(child) == "aux" && view.At(child).lemma != "have") return false;
    if (view.Rel(child) == "mark" || view.Lower(child) == "not" || view.Lower(child) == "n't" || view.Lower(child) == "never" ||
        view.Lower(child) == "no" || view.Form(child) == "?" || view.CaseOf(noun) != "")
      return false;
  }
  return true;
}

void AddTitle(const ParsedSentence& view, const Lexicon& lexicon, TitleSpan title, NameSpan& span) {
  if (span.gender == Gender::kUnknown) span.gender = GenderOfTitle(view, title.begin, title.end, lexicon);
  const auto same = [&](const TitleSpan& t) { return t.noun == title.noun; };
  if (std::none_of(span.titles.begin(), span.titles.end(), same)) span.titles.push_back(std::move(title));
}

}  // namespace

TitlePrefix FindTitlePrefix(const ParsedSentence& view, TokenIndex begin, TokenIndex end,
                            const Lexicon& lexicon) {
  TitlePrefix prefix;
  prefix.title_begin = prefix.name_begin = begin;
  // The last word of the title: the last strong one with nothing that looks like a name before it.
  TokenIndex last = kNoToken, first = begin;
  for (TokenIndex i = begin; i < end && i - begin < kMaxTitle; ++i) {
    const bool of = view.Form(i) == "of" || view.Form(i) == "the";
    if (IsStrongTitle(view, i, lexicon)) {
      last = i;
    } else if (last == kNoToken && i == begin && !of) {
      if (IsCountryWord(view, i, lexicon) || !IsCommonWord(view, i, lexicon))
        first = i + 1;  // "Turkish President", "Gazprom Chief"
    } else if (!of && !(last == kNoToken && IsCommonWord(view, i, lexicon))) {
      break;
    }
  }
  if (last == kNoToken) return prefix;
  TokenIndex name = last + 1;
  if (name < end && view.Form(name) == "of") {
    // "Secretary of State Antony Blinken": one word after "of", and then the name.
    name += 2;
    if (name > end) return prefix;
  }
  for (TokenIndex i = last + 1; i < end; ++i) {
    const NameCue cue = lexicon.CueOf(view.Form(i));
    if (cue != NameCue::kNone && i + 1 == end && i >= name)
      return prefix;  // "General Hospital", "King County"
  }
  if (first > last || lexicon.GenderOfGivenName(view.Form(last)) != Gender::kUnknown) return prefix;
  prefix.title_begin = first;
  prefix.name_begin = std::min(name, end);
  prefix.gender = GenderOfTitle(view, first, last + 1, lexicon);
  prefix.honorific = lexicon.IsHonorific(view.Form(last));
  const bool mere = first == last && prefix.honorific && !lexicon.IsUsualTitle(view.Lower(last)) &&
                    !lexicon.IsTitleWord(view.Form(last));
  TitleSpan& title = prefix.title;
  title.begin = first;
  title.end = std::max(prefix.name_begin, last + 1);
  title.noun = last;
  if (first > begin) title.of = begin;
  if (!mere) title.text = view.Text(title.begin, title.end);
  return prefix;
}

void FindTitlesAround(const ParsedSentence& view, const Lexicon& lexicon, NameSpan& span) {
  if (span.country != nullptr || span.end - span.begin > 5 ||
      lexicon.CueOf(view.Form(span.end - 1)) != NameCue::kNone)
    return;
  if (!span.titles.empty()) {
    ExtendLeft(view, lexicon, span.titles.front());
  } else if (!span.honorific && (IsTitleNoun(view, lexicon, span.begin - 1) || IsPersonBefore(view, lexicon, span.begin - 1))) {
    AddTitle(view, lexicon, TitleOfNoun(view, lexicon, span.begin - 1), span);
  }
  if (span.gender == Gender::kUnknown && view.Upos(span.begin - 1) == "NOUN") {
    span.gender = lexicon.GenderOfNoun(view.Lower(span.begin - 1));  // "his widow Jane Doe"
  }
  const auto add_apposition = [&](TokenIndex noun) {
    if (!IsTitleNoun(view, lexicon, noun) && !IsRoleNoun(view, lexicon, noun)) return;
    TitleSpan title = TitleOfNoun(view, lexicon, noun);
    ExtendRight(view, title);
    AddTitle(view, lexicon, std::move(title), span);
  };
  for (const TokenIndex child : view.Children(span.head)) {
    if (view.Rel(child) == "appos" && child >= span.end) add_apposition(child);
  }
  if (view.Rel(span.head) == "appos" && view.Has(view.Head(span.head)) && view.Head(span.head) < span.begin) {
    add_apposition(view.Head(span.head));
  }
  if (const TokenIndex noun = view.Head(span.head); view.Rel(span.head) == "nsubj" && IsSaidToBe(view, noun)) add_apposition(noun);
  if (!span.titles.empty()) return;
  // The commas alone: "a defence official, Jane Doe, said"; "Jane Doe, a defence official, said".
  if (view.Form(span.begin - 1) == "," && EndsApposition(view, span.end)) add_apposition(span.begin - 2);
  if (view.Form(span.end) == ",") {
    TokenIndex i = span.end + 1;
    if (view.Upos(i) == "DET") ++i;
    while (view.Has(i) && i - span.end < kMaxTitle && IsModifier(view, i)) ++i;
    if (i > span.end + 1 && (EndsApposition(view, i) || view.Form(i) == "of" || view.Form(i) == "at"))
      add_apposition(i - 1);
  }
}

}  // namespace dossier::ingest
