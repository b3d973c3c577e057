#include "ingest/entity/name_spans.h"

#include <algorithm>

#include "graph/base/strings.h"
#include "ingest/entity/metonymy.h"
#include "ingest/entity/name_words.h"
#include "ingest/entity/titles.h"
#include "ingest/text/characters.h"

namespace dossier::ingest {
namespace {

constexpr TokenIndex kMaxSpan = 12;

class SpanFinder {
 public:
  SpanFinder(const std::vector<ParsedSentence>& views, const Lexicon& lexicon)
      : views_(views), lexicon_(lexicon) {}

  std::vector<NameSpan> Run() {
    CollectSureWords();
    for (uint32_t s = 0; s < views_.size(); ++s) FindIn(s);
    return std::move(spans_);
  }

 private:
  static bool IsLabelled(const ParsedSentence& view, TokenIndex i) {
    const std::string_view label = view.NameLabel(i);
    return label == "PER" || label == "ORG" || label == "LOC";
  }

  // Words tagged as names in sentences where capitals mean something.
  void CollectSureWords() {
    title_case_.resize(views_.size());
    for (size_t s = 0; s < views_.size(); ++s) {
      const ParsedSentence& view = views_[s];
      title_case_[s] = IsTitleCase(view);
      if (title_case_[s]) continue;
      for (TokenIndex i = 0; i < view.size(); ++i) {
        if (!view.IsNameTag(i)) continue;
        sure_words_.insert(view.At(i).form);
        const bool ends_name = i > 0 && view.IsNameTag(i - 1) && !view.IsNameTag(i + 1);
        const bool rare = lexicon_.ClassOf(view.Lower(i)) == NounClass::kUnknown &&
                          lexicon_.CueOf(view.Form(i)) == NameCue::kNone;
        if (ends_name && (rare || lexicon_.IsGivenName(view.Form(i - 1)))) surnames_.insert(view.At(i).form);
      }
    }
  }

  bool IsKnownName(std::string_view word) const {
    return lexicon_.CountryByName(word) != nullptr || lexicon_.CountryByCapital(word) != nullptr ||
           lexicon_.IsKnownPlace(word) || lexicon_.IsKnownOrganization(word) ||
           lexicon_.CountryBySeat(word) != nullptr || lexicon_.IsRegion(word);
  }

  bool IsNameLike(uint32_t s, TokenIndex i) const {
    const ParsedSentence& view = views_[s];
    if (!view.Has(i)) return false;
    const std::string_view form = view.Form(i);
    // The model's word, but for what it takes for other names: nationalities are among them.
    if (IsLabelled(view, i)) return true;
    if (view.IsUnnamed(i) && LooksLikeAddress(form)) return false;
    if (title_case_[s]) {
      return view.IsCapitalized(i) &&
             (sure_words_.contains(form) || (view.IsNameTag(i) && IsKnownName(form)));
    }
    if (!view.IsNameTag(i) || view.Upos(i) == "PUNCT" || view.Upos(i) == "SYM") {
      // A tagger's slip: on a name met elsewhere, an acronym, or a name that the gazetteer knows.
      if (surnames_.contains(form) || LooksLikeAcronym(view, i, lexicon_)) return true;
      return view.IsCapitalized(i) && lexicon_.CountryByName(form) != nullptr &&
             lexicon_.CountryByDemonym(form) == nullptr &&
             (i > 0 || lexicon_.ClassOf(view.Lower(i)) == NounClass::kUnknown);
    }
    const CharClass first = ClassOf(DecodeAt(form, 0).value);
    if (first == CharClass::kOther && form.size() == 1) return false;
    if (first == CharClass::kLower && !IsNameParticle(form) && lexicon_.ClassOf(form) != NounClass::kUnknown)
      return false;  // "poet"
    if (IsCalendarWord(form) && !(i > 0 && view.IsNameTag(i - 1) && lexicon_.IsGivenName(view.Form(i - 1))))
      return false;
    return form != "The" && form != "the" && form.find("://") == std::string_view::npos &&
           form.find('@') == std::string_view::npos;
  }

  // "Securities and Exchange Commission": a capitalised common word, and on the other side something that
  // ends like an institution.
  bool JoinsInstitution(uint32_t s, TokenIndex i) const {
    const ParsedSentence& view = views_[s];
    const std::string_view before = view.Form(i - 1);
    if ((lexicon_.ClassOf(view.Lower(i - 1)) == NounClass::kUnknown &&
         lexicon_.ClassOf(SingularOf(view.Lower(i - 1))) == NounClass::kUnknown) ||
        lexicon_.IsGivenName(before) || lexicon_.IsKnownPlace(before) ||
        lexicon_.IsUsualTitle(view.Lower(i - 1)) || lexicon_.CueOf(before) != NameCue::kNone) {
      return false;
    }
    TokenIndex end = i + 1;
    while (IsNameLike(s, end)) ++end;
    return end > i + 1 && lexicon_.CueOf(view.Form(end - 1)) == NameCue::kOrganization;
  }

  // "Department of Housing and Urban Development": common words on both sides of "and", behind the "of" of an
  // institution.
  bool JoinsDepartments(uint32_t s, TokenIndex begin, TokenIndex i) const {
    const ParsedSentence& view = views_[s];
    bool institution = false;
    for (TokenIndex k = begin + 1; k < i; ++k)
      institution |= view.Form(k) == "of" && lexicon_.CueOf(view.Form(k - 1)) == NameCue::kOrganization;
    const auto common = [&](TokenIndex k) {
      return lexicon_.ClassOf(view.Lower(k)) != NounClass::kUnknown ||
             lexicon_.ClassOf(SingularOf(view.Lower(k))) != NounClass::kUnknown;
    };
    TokenIndex end = i + 1;
    while (IsNameLike(s, end)) ++end;
    return institution && end > i + 1 && end - i <= 4 && common(i - 1) && common(end - 1) &&
           lexicon_.CueOf(view.Form(i + 1)) == NameCue::kNone;
  }

  // Tokens between two parts of a name, from `i`: how many, or 0 when the name ends before `i`.
  TokenIndex Connector(uint32_t s, TokenIndex begin, TokenIndex i) const {
    const ParsedSentence& view = views_[s];
    const std::string_view form = view.Form(i);
    if (view.ContinuesName(i) && view.ContinuesName(i + 1) && IsNameLike(s, i + 1)) return 1;
    if ((form == "-" || form == "–") && view.Glued(i - 1) && view.Glued(i) && view.Has(i + 1)) {
      const bool two_states = lexicon_.CountryByName(view.Form(i - 1)) != nullptr &&
                              lexicon_.CountryByName(view.Form(i + 1)) != nullptr;
      return IsNameLike(s, i + 1) && !two_states ? 1 : 0;
    }
    if (form == "," && IsCompanyEnding(view.Form(i + 1))) return 1;  // "Google, Inc."
    if (form == "and") return JoinsInstitution(s, i) || JoinsDepartments(s, begin, i) ? 1 : 0;
    if (form == "&") return IsNameLike(s, i + 1) || view.IsCapitalized(i + 1) ? 1 : 0;
    if (IsNameParticle(form)) {
      if (IsNameLike(s, i + 1)) return 1;
      return IsNameParticle(view.Form(i + 1)) && IsNameLike(s, i + 2) ? 2 : 0;
    }
    if (form == "of") {
      const TokenIndex skip = view.Form(i + 1) == "the" ? 2 : 1;
      if (!IsNameLike(s, i + skip)) return 0;
      const NameCue last = lexicon_.CueOf(view.Form(i - 1));
      const std::string joined = Cat(view.Text(begin, i), " of ", view.Form(i + skip));
      const bool title = lexicon_.IsUsualTitle(view.Lower(i - 1)) &&
                         view.IsCapitalized(i - 1);  // "Secretary of State Antony Blinken"
      if (title || (last != NameCue::kNone && !IsCompanyEnding(view.Form(i - 1))) ||
          lexicon_.IsKnownOrganization(joined) || lexicon_.IsKnownPlace(joined) ||
          lexicon_.CountryByName(joined) != nullptr) {
        return skip;
      }
    }
    return 0;
  }

  void FindIn(uint32_t s) {
    const ParsedSentence& view = views_[s];
    for (TokenIndex i = 0; i < view.size(); ++i) {
      if (AddLongDemonym(s, i)) {
        ++i;
        continue;
      }
      if (!IsNameLike(s, i)) {
        AddDemonym(s, i);
        continue;
      }
      TokenIndex end = i + 1;
      while (end < view.size() && end - i < kMaxSpan) {
        // One name of the model behind another: "Berlin Reuters". A title in front has no label.
        if (view.BeginsName(end) && !view.NameLabel(end - 1).empty() && !lexicon_.IsUsualTitle(view.Lower(end - 1))) break;
        if (IsNameLike(s, end)) {
          ++end;
        } else if (const TokenIndex gap = Connector(s, i, end); gap > 0) {
          end += gap + 1;
        } else if (view.Upos(end) == "NUM" && IsDesignation(view, i, end)) {
          ++end;
        } else {
          break;
        }
      }
      end = std::min(end, view.size());
      Add(s, i, end);
      i = end - 1;
    }
  }

  // "Turkish" before a noun, "the French".
  void AddDemonym(uint32_t s, TokenIndex i) {
    const ParsedSentence& view = views_[s];
    if (!view.IsCapitalized(i)) return;
    const Country* country = lexicon_.CountryByDemonym(view.Form(i));
    if (country == nullptr) return;
    if (MeansOnePerson(view, i)) return;
    AddCountry(s, i, i + 1, country, MeansPeople(view, i) ? CountryLink::kPeople : CountryLink::kAdjective);
  }

  // "South Korean", "New Zealanders".
  bool AddLongDemonym(uint32_t s, TokenIndex i) {
    const ParsedSentence& view = views_[s];
    if (!view.IsCapitalized(i) || !view.IsCapitalized(i + 1)) return false;
    const std::string text = view.Text(i, i + 2);
    const Country* country = lexicon_.CountryByDemonym(text);
    if (country == nullptr || lexicon_.CountryByName(text) != nullptr) return false;
    AddCountry(s, i, i + 2, country,
               MeansPeople(view, i + 1) ? CountryLink::kPeople : CountryLink::kAdjective);
    return true;
  }

  void AddCountry(uint32_t s, TokenIndex begin, TokenIndex end, const Country* country, CountryLink link) {
    NameSpan& span = Push(s, begin, end);
    span.country = country;
    span.link = link;
  }

  NameSpan& Push(uint32_t s, TokenIndex begin, TokenIndex end) {
    const ParsedSentence& view = views_[s];
    NameSpan& span = spans_.emplace_back();
    span.sentence = s;
    span.begin = begin;
    span.end = end;
    span.head = view.HeadOf(begin, end);
    span.text = view.Text(begin, end);
    return span;
  }

  bool IsWhole(const std::string& text) const {
    return lexicon_.CountryByName(text) != nullptr || lexicon_.IsKnownOrganization(text) ||
           lexicon_.IsKnownPlace(text);
  }

  // A run of name tokens: demonym and title in front are cut off; what is left is the name.
  void Add(uint32_t s, TokenIndex begin, TokenIndex end) {
    const ParsedSentence& view = views_[s];
    if (IsWhole(view.Text(begin, end))) {
      AddName(s, begin, end, {});
      return;
    }
    if (NamesNothing(view, begin, end, lexicon_)) {
      for (TokenIndex i = begin; i < end; ++i) AddDemonym(s, i);
      return;
    }
    const bool government_first =
        lexicon_.CountryByDemonym(view.Form(begin)) != nullptr ||
        (view.Form(begin) != view.Text(begin, end) && lexicon_.CountryByName(view.Form(begin)) != nullptr);
    const TitlePrefix prefix = FindTitlePrefix(view, begin, end, lexicon_);
    if (prefix.name_begin > begin) {
      if (prefix.title_begin > begin) {
        if (government_first) {
          AddCountrySpan(s, begin);
        } else {
          AddName(s, begin, prefix.title_begin, {});
        }
      }
      if (prefix.name_begin >= end) {
        // A title alone is a description; what it belongs to has a name: "President of France".
        AddAfterOf(s, prefix.title.noun + 1, end);
        return;
      }
      AddName(s, prefix.name_begin, end, prefix);
      return;
    }
    if (government_first && begin + 1 == end) {
      if (lexicon_.CountryByName(view.Form(begin)) != nullptr || !MeansOnePerson(view, begin))
        AddCountrySpan(s, begin);
      return;
    }
    if (IsNationalInstitution(view, begin, end, lexicon_)) --begin;
    AddName(s, begin, end, {});
    if (lexicon_.CountryByDemonym(view.Form(begin)) != nullptr && begin + 1 < end) AddCountrySpan(s, begin);
  }

  void AddAfterOf(uint32_t s, TokenIndex of, TokenIndex end) {
    TokenIndex begin = of;
    while (begin < end && (views_[s].Form(begin) == "of" || views_[s].Form(begin) == "the")) ++begin;
    if (begin == of || begin >= end) return;
    if (lexicon_.ClassOf(views_[s].Lower(begin)) == NounClass::kUnknown ||
        IsWhole(views_[s].Text(begin, end)))
      AddName(s, begin, end, {});
  }

  void AddCountrySpan(uint32_t s, TokenIndex i) {
    const ParsedSentence& view = views_[s];
    if (const Country* country = lexicon_.CountryByName(view.Form(i))) {
      AddCountry(s, i, i + 1, country, CountryLink::kName);
    } else {
      AddCountry(s, i, i + 1, lexicon_.CountryByDemonym(view.Form(i)),
                 MeansPeople(view, i) ? CountryLink::kPeople : CountryLink::kAdjective);
    }
  }

  // Where the model sees names inside, they end where it says; the title belongs to the first.
  void AddName(uint32_t s, TokenIndex begin, TokenIndex end, const TitlePrefix& prefix) {
    const ParsedSentence& view = views_[s];
    bool labelled = false;
    for (TokenIndex i = begin; i < end; ++i) {
      if (!IsLabelled(view, i)) continue;
      TokenIndex stop = i + 1;
      while (stop < end && view.ContinuesName(stop)) ++stop;
      AddSpan(s, i, stop, labelled ? TitlePrefix() : prefix);
      labelled = true;
      i = stop - 1;
    }
    if (!labelled) AddSpan(s, begin, end, prefix);
  }

  void AddSpan(uint32_t s, TokenIndex begin, TokenIndex end, const TitlePrefix& prefix) {
    const ParsedSentence& view = views_[s];
    NameSpan& span = Push(s, begin, end);
    if ((span.country = lexicon_.CountryByName(span.text)) != nullptr) {
      span.link = CountryLink::kName;
    } else if ((span.country = lexicon_.CountryByCapital(span.text)) != nullptr) {
      span.link = CountryLink::kCapital;
    } else if ((span.country = lexicon_.CountryBySeat(span.text)) != nullptr) {
      span.link = CountryLink::kSeat;
    }
    if (prefix.name_begin > prefix.title_begin) {
      TitleSpan title = prefix.title;
      span.honorific = prefix.honorific;
      span.gender = prefix.gender;
      if (!title.text.empty()) span.titles.push_back(std::move(title));
    }
    AddInner(s, begin, end, view);
  }

  // Countries inside a longer name: "Ministry of Defence of Ukraine", "Bank of Japan".
  void AddInner(uint32_t s, TokenIndex begin, TokenIndex end, const ParsedSentence& view) {
    for (TokenIndex i = begin + 1; i < end; ++i) {
      if (view.Form(i - 1) != "of" && view.Form(i - 1) != "the") continue;
      for (TokenIndex stop = end; stop > i; --stop) {
        const Country* country = lexicon_.CountryByName(view.Text(i, stop));
        if (country == nullptr) continue;
        AddCountry(s, i, stop, country, CountryLink::kName);
        return;
      }
    }
  }

  const std::vector<ParsedSentence>& views_;
  const Lexicon& lexicon_;
  std::vector<bool> title_case_;
  StringSet sure_words_, surnames_;
  std::vector<NameSpan> spans_;
};

}  // namespace

std::vector<NameSpan> FindNameSpans(const std::vector<ParsedSentence>& views, const Lexicon& lexicon) {
  std::vector<NameSpan> spans = SpanFinder(views, lexicon).Run();
  ChooseSeats(lexicon, spans);
  for (NameSpan& span : spans) {
    if (span.link == CountryLink::kNone || span.link == CountryLink::kName)
      FindTitlesAround(views[span.sentence], lexicon, span);
  }
  std::stable_sort(spans.begin(), spans.end(), [](const NameSpan& a, const NameSpan& b) {
    return a.sentence != b.sentence ? a.sentence < b.sentence
           : a.begin != b.begin     ? a.begin < b.begin
                                    : a.end > b.end;
  });
  return spans;
}

}  // namespace dossier::ingest
