#include "ingest/entity/metonymy.h"

#include <algorithm>
#include <array>

namespace dossier::ingest {
namespace {

constexpr std::array<std::string_view, 15> kPlacePrepositions = {
    "in",     "at",    "near",    "outside", "around", "inside", "through",   "across",
    "within", "above", "beneath", "into",    "via",    "off",    "throughout"};
constexpr std::array<std::string_view, 30> kMotionVerbs = {
    "go",    "travel", "fly",  "move",    "return", "come", "arrive", "visit", "leave", "reach",
    "enter", "drive",  "walk", "head",    "depart", "flee", "sail",   "march", "send",  "take",
    "bring", "deport", "bomb", "capture", "live",   "bear", "hold",   "meet",  "land",  "locate"};
constexpr std::array<std::string_view, 12> kMotionNouns = {"trip",      "visit",      "flight",  "journey",
                                                           "return",    "tour",       "arrival", "airport",
                                                           "departure", "delegation", "embassy", "route"};

template <size_t N>
bool In(const std::array<std::string_view, N>& set, std::string_view word) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

}  // namespace

bool ActsForSure(const ParsedSentence& view, const Lexicon& lexicon, const NameSpan& span) {
  static constexpr std::array<std::string_view, 24> kStateVerbs = {
      "accuse", "ally",   "ban",    "condemn", "demand", "expel",   "impose",   "negotiate", "offer",  "oppose", "pledge", "ratify",
      "recall", "refuse", "reject", "retaliate", "sanction", "sign", "summon", "support",   "urge",   "vow",    "warn",   "withdraw"};
  const TokenIndex token = view.FirstConjunct(span.head), head = view.Head(token);
  if (view.Rel(token) != "nsubj" || head == kNoToken || view.Upos(head) != "VERB" || !view.CaseOf(span.head).empty()) return false;
  const std::string_view verb = view.At(head).lemma;
  return In(kStateVerbs, verb) || lexicon.IsSpeechVerb(verb);
}

bool ActsAsState(const ParsedSentence& view, const Lexicon& lexicon, const NameSpan& span) {
  TokenIndex token = view.FirstConjunct(span.head);
  std::string_view preposition = view.CaseOf(span.head);
  if (preposition.empty()) preposition = view.CaseOf(token);
  const std::string_view relation = view.Rel(token), full = view.FullRel(token);
  const TokenIndex head = view.Head(token);
  if (In(kPlacePrepositions, preposition)) return false;
  const bool motion =
      head != kNoToken && (In(kMotionVerbs, view.At(head).lemma) || In(kMotionNouns, view.At(head).lemma));
  if (preposition == "to" || preposition == "from") return !motion && relation != "root";
  if (full == "nmod:poss") {
    // "Baku's decision", not "Baku's streets".
    const NounClass possessed = head == kNoToken ? NounClass::kUnknown : lexicon.ClassOf(view.At(head).lemma);
    return possessed != NounClass::kLocation && possessed != NounClass::kArtifact &&
           possessed != NounClass::kObject;
  }
  if (relation == "nsubj") {
    if (head == kNoToken) return false;
    if (view.Child(head, "cop") != kNoToken && view.Upos(head) == "NOUN") {
      const std::string_view lemma = view.At(head).lemma;
      return lexicon.ClassOf(lemma) != NounClass::kLocation && lemma != "capital" && lemma != "city" && lemma != "town" &&
             lemma != "port" && lemma != "seat" && lemma != "home" && lemma != "center" && lemma != "centre";  // "Paris is a city"
    }
    return view.Upos(head) == "VERB" || view.Upos(head) == "ADJ" || view.Upos(head) == "AUX" ||
           view.Upos(head) == "NOUN";
  }
  if (relation == "obj" || relation == "iobj") return !motion;
  if (relation == "obl" || relation == "nmod")
    return !preposition.empty();  // by, with, between, over, against, for ...
  return false;                   // compounds ("a Moscow suburb"), datelines, lists
}

void ChooseSeats(const Lexicon& lexicon, std::vector<NameSpan>& spans) {
  for (NameSpan& span : spans) {
    if (span.link != CountryLink::kCapital) continue;
    const Country* seat = lexicon.CountryBySeat(span.text);
    if (seat == nullptr || seat == span.country) continue;
    bool body = false, state = false;
    for (const NameSpan& other : spans) {
      state |= other.country == span.country && other.link != CountryLink::kCapital;
      body |= other.country == seat || (other.text.starts_with(seat->adjective) && other.text.size() > seat->adjective.size() && !seat->adjective.empty());
    }
    if (body && !state) span.country = seat, span.link = CountryLink::kSeat;
  }
}

}  // namespace dossier::ingest
