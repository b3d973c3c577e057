#include "ingest/entity/name_types.h"

#include <algorithm>
#include <array>

#include "graph/base/strings.h"
#include "ingest/entity/type_features.h"

namespace dossier::ingest {
namespace {

enum Kind : size_t { kPer, kOrg, kLoc, kEvt, kWrk, kPrd, kOth, kKinds };
using Scores = std::array<double, kKinds>;

constexpr std::array<EntityType, kKinds> kTypes = {
    EntityType::kPerson, EntityType::kOrganization, EntityType::kPlace, EntityType::kEvent,
    EntityType::kWork,   EntityType::kProduct,      EntityType::kThing};
constexpr std::array<std::string_view, 12> kPlacePrepositions = {
    "in",   "at",     "near",    "across", "outside", "around",
    "into", "inside", "through", "toward", "towards", "throughout"};

class Typer {
 public:
  Typer(const std::vector<ParsedSentence>& views, const Lexicon& lexicon)
      : views_(views), lexicon_(lexicon) {}

  Scores Score(const NameSpan& span) const {
    Scores scores = {};
    ScoreWords(span, scores);
    ScoreContext(span, scores);
    return scores;
  }

 private:
  void ScoreWords(const NameSpan& span, Scores& scores) const {
    const ParsedSentence& view = views_[span.sentence];
    const TypeScores learned = ScoreNameType(view, span.begin, span.end, lexicon_);
    scores[kPer] += learned.person;
    scores[kOrg] += learned.organization;
    scores[kLoc] += learned.place;
    ScoreLabels(view, span, scores);
    if (span.link == CountryLink::kCapital || lexicon_.IsRegion(span.text)) scores[kLoc] += 4;
    // "Other" is divided by what the words say; the head of "Battle of Hastings" is its first word.
    TokenIndex of = span.begin;
    while (of < span.end && view.Form(of) != "of") ++of;
    const NameCue cue = lexicon_.CueOf(view.Form(of > span.begin && of < span.end ? of - 1 : span.end - 1));
    if (lexicon_.IsKnownEvent(span.text)) scores[kEvt] += 2;
    if (cue == NameCue::kEvent) scores[kEvt] += 1.5;
    if (cue == NameCue::kWork) scores[kWrk] += 1.5;
    if (HasDigit(span.text)) scores[kPrd] += 1;
    for (const std::string_view ship : {"USS ", "HMS ", "RMS ", "INS "})
      scores[kPrd] += span.text.starts_with(ship) ? 6 : 0;
    scores[kOth] += 0.1;  // rather than an event, a work or a product without any sign of it
    for (const Kind kind : {kEvt, kWrk, kPrd, kOth}) scores[kind] += learned.other;
  }

  // What the model says of the name's words, where it names names.
  static void ScoreLabels(const ParsedSentence& view, const NameSpan& span, Scores& scores) {
    // Of the whole name. The model is right far more often than the other signs together: they count where it wavers between
    // the mentions of a name.
    constexpr double kLabelWeight = 12, kUnnamedWeight = 6;
    const double words = static_cast<double>(span.end - span.begin), share = kLabelWeight / words;
    for (TokenIndex i = span.begin; i < span.end; ++i) {
      const std::string_view label = view.NameLabel(i);
      if (label == "PER") scores[kPer] += share;
      if (label == "ORG") scores[kOrg] += share;
      if (label == "LOC") scores[kLoc] += share;
      const double other = label == "MISC" ? share : view.IsUnnamed(i) ? kUnnamedWeight / words : 0;
      for (const Kind kind : {kEvt, kWrk, kPrd, kOth}) scores[kind] += other;
    }
  }

  void ScoreContext(const NameSpan& span, Scores& scores) const {
    const ParsedSentence& view = views_[span.sentence];
    if (span.honorific) scores[kPer] += 5;
    if (!span.titles.empty()) scores[kPer] += 4;
    if (span.begin > 0 && (view.Lower(span.begin - 1) == "the")) {
      scores[kPer] -= 1.5;
      scores[kOrg] += 0.5;
    }
    ScoreNeighbours(view, span, scores);
    const std::string_view relation = view.Rel(span.head);
    const TokenIndex head = view.Head(span.head);
    const std::string_view preposition = view.CaseOf(span.head);
    if ((relation == "obl" || relation == "nmod") && In(kPlacePrepositions, preposition)) {
      scores[kLoc] += preposition == "in" ? 1.5 : 1;
    } else if (preposition == "by" || preposition == "with") {
      scores[kPer] += 0.3;
    }
    if (relation == "nsubj" && head != kNoToken) {
      const bool speech = lexicon_.IsSpeechVerb(view.At(head).lemma);
      scores[kPer] += speech ? 1.2 : 0.5;
      scores[kOrg] += speech ? 0.7 : 0.3;
    }
    if (relation == "vocative") scores[kPer] += 2;
    if (relation == "compound" || relation == "amod") scores[kPer] -= 0.5;
    for (const TokenIndex child : view.Children(span.head)) {
      if (view.FullRel(child) == "acl:relcl") {
        for (const TokenIndex inner : view.Children(child)) {
          if (view.Lower(inner) == "who" || view.Lower(inner) == "whom") scores[kPer] += 2;
        }
      } else if (view.Rel(child) == "appos" && child >= span.end) {
        ScoreApposition(view, child, scores);
      }
    }
    if (relation == "appos" && head != kNoToken && head < span.begin) ScoreApposition(view, head, scores);
  }

  // The kind of the noun beside it: "the company Foo", "Foo, a village near ...".
  void ScoreApposition(const ParsedSentence& view, TokenIndex noun, Scores& scores) const {
    if (view.Upos(noun) != "NOUN") return;
    const std::string& lemma = view.At(noun).lemma;
    switch (lexicon_.ClassOf(lemma)) {
      case NounClass::kPerson:
        scores[kPer] += 2.5;
        break;
      case NounClass::kGroup:
        scores[kOrg] += 2.5;
        break;
      case NounClass::kLocation:
        scores[kLoc] += 2.5;
        break;
      case NounClass::kEvent:
        scores[kEvt] += 1.5;
        break;
      case NounClass::kCommunication:
        scores[kWrk] += 1;
        break;
      default:
        break;
    }
  }

  void ScoreNeighbours(const ParsedSentence& view, const NameSpan& span, Scores& scores) const {
    if (span.begin > 0 && view.Upos(span.begin - 1) == "NOUN" && !view.IsPlural(span.begin - 1)) {
      const NounClass before = lexicon_.ClassOf(view.At(span.begin - 1).lemma);
      if (before == NounClass::kGroup || view.At(span.begin - 1).lemma == "publication") scores[kOrg] += 2;
      if (before == NounClass::kLocation) scores[kLoc] += 1.5;
    }
    // "Foo villagers", "Foo drones": the noun that the name modifies.
    if (view.Has(span.end) && view.Upos(span.end) == "NOUN" && view.Rel(span.head) == "compound") {
      const NounClass after = lexicon_.ClassOf(view.At(span.end).lemma);
      if (after == NounClass::kArtifact) scores[kPrd] += 1;
      if (after == NounClass::kEvent || after == NounClass::kAct) scores[kLoc] += 0.8;
      if (after == NounClass::kPerson) scores[kOrg] += 0.8;
    }
  }

  static bool HasDigit(std::string_view word) {
    return word.find_first_of("0123456789") != std::string_view::npos;
  }
  template <size_t N>
  static bool In(const std::array<std::string_view, N>& set, std::string_view word) {
    return std::find(set.begin(), set.end(), word) != set.end();
  }

  const std::vector<ParsedSentence>& views_;
  const Lexicon& lexicon_;
};

// "the chief executive of Tesla": what has a chief executive is an organisation.
void AddOfficeEvidence(const std::vector<ParsedSentence>& views, const std::vector<NameSpan>& spans,
                       StringMap<Scores>& by_text) {
  constexpr std::array<std::string_view, 14> kOffices = {
      "executive", "ceo",      "founder",   "co-founder", "chairman",    "chairwoman", "chair",
      "director",  "employee", "president", "spokesman",  "spokeswoman", "editor",     "analyst"};
  for (const NameSpan& owner : spans) {
    for (const TitleSpan& title : owner.titles) {
      if (title.of == kNoToken) continue;
      const ParsedSentence& view = views[owner.sentence];
      if (std::find(kOffices.begin(), kOffices.end(), view.Lower(title.noun)) == kOffices.end()) continue;
      // Spans come by sentence.
      auto span = std::lower_bound(spans.begin(), spans.end(), owner.sentence,
                                   [](const NameSpan& a, uint32_t s) { return a.sentence < s; });
      for (; span != spans.end() && span->sentence == owner.sentence; ++span) {
        if (span->begin <= title.of && title.of < span->end) by_text[span->text][kOrg] += 4;
      }
    }
  }
}

}  // namespace

void TypeNames(const std::vector<ParsedSentence>& views, const Lexicon& lexicon,
               std::vector<NameSpan>& spans) {
  const Typer typer(views, lexicon);
  StringMap<Scores> by_text;
  for (const NameSpan& span : spans) {
    const Scores scores = typer.Score(span);
    Scores& sum = by_text[span.text];
    for (size_t k = 0; k < kKinds; ++k) sum[k] += scores[k];
  }
  AddOfficeEvidence(views, spans, by_text);
  for (NameSpan& span : spans) {
    switch (span.link) {
      case CountryLink::kName:
      case CountryLink::kSeat:
      case CountryLink::kAdjective:
        span.type = EntityType::kCountry;
        span.certainty = 1;
        continue;
      case CountryLink::kPeople:
        span.type = EntityType::kNationality;
        span.certainty = 1;
        continue;
      default:
        break;
    }
    const Scores& scores = by_text[span.text];
    const size_t best = static_cast<size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
    span.type = kTypes[best];
    double second = -1e9;
    for (size_t k = 0; k < kKinds; ++k) {
      if (k != best) second = std::max(second, scores[k]);
    }
    // "the Zionists": people, unless the plural is known as a name of something, or the model sees one.
    const ParsedSentence& view = views[span.sentence];
    if (span.end - span.begin == 1 && view.NameLabel(span.begin).empty() && view.IsPlural(span.begin) && span.text.ends_with('s') &&
        !lexicon.IsKnownPlace(span.text) && !lexicon.IsKnownOrganization(span.text) &&
        span.link == CountryLink::kNone) {
      span.type = EntityType::kGroup;
    }
    span.certainty = std::clamp(0.5 + 0.15 * (scores[best] - second), 0.3, 0.95);
  }
}

}  // namespace dossier::ingest
