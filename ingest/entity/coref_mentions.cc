#include "ingest/entity/coref_mentions.h"

#include <algorithm>
#include <array>

namespace dossier::ingest {
namespace {

struct PronounEntry {
  std::string_view word;
  PronounTraits traits;
};
constexpr Number kOne = Number::kSingular, kMany = Number::kPlural, kAny = Number::kUnknown;
constexpr Gender kNeither = Gender::kUnknown, kHe = Gender::kMale, kShe = Gender::kFemale;
constexpr PronounEntry kPronouns[] = {
    {"'em", {3, kMany, kNeither}},
    {"'s", {1, kMany, kNeither}},  // "let's"
    {"em", {3, kMany, kNeither}},
    {"he", {3, kOne, kHe}},
    {"her", {3, kOne, kShe, true}},
    {"hers", {3, kOne, kShe, true}},
    {"herself", {3, kOne, kShe, false, true}},
    {"him", {3, kOne, kHe}},
    {"himself", {3, kOne, kHe, false, true}},
    {"his", {3, kOne, kHe, true}},
    {"i", {1, kOne, kNeither}},
    {"it", {3, kOne, kNeither, false, false, true}},
    {"its", {3, kOne, kNeither, true, false, true}},
    {"itself", {3, kOne, kNeither, false, true, true}},
    {"me", {1, kOne, kNeither}},
    {"mine", {1, kOne, kNeither, true}},
    {"my", {1, kOne, kNeither, true}},
    {"myself", {1, kOne, kNeither, false, true}},
    {"our", {1, kMany, kNeither, true}},
    {"ours", {1, kMany, kNeither, true}},
    {"ourselves", {1, kMany, kNeither, false, true}},
    {"she", {3, kOne, kShe}},
    {"their", {3, kMany, kNeither, true}},
    {"theirs", {3, kMany, kNeither, true}},
    {"them", {3, kMany, kNeither}},
    {"themselves", {3, kMany, kNeither, false, true}},
    {"they", {3, kMany, kNeither}},
    {"us", {1, kMany, kNeither}},
    {"we", {1, kMany, kNeither}},
    {"ya", {2, kAny, kNeither}},
    {"ye", {2, kAny, kNeither}},
    {"you", {2, kAny, kNeither}},
    {"your", {2, kAny, kNeither, true}},
    {"yours", {2, kAny, kNeither, true}},
    {"yourself", {2, kOne, kNeither, false, true}},
    {"yourselves", {2, kMany, kNeither, false, true}},
};

bool IsThis(std::string_view word) { return word == "this" || word == "that" || word == "these" || word == "those"; }

bool IsArgument(std::string_view relation) {
  return relation == "nsubj" || relation == "obj" || relation == "iobj" || relation == "obl" || relation == "nmod" || relation == "root" ||
         relation == "dislocated" || relation == "vocative" || relation == "xcomp" || relation == "parataxis";
}

// How a child takes part in its noun's phrase: within it, no matter, or as a border that nothing behind it crosses.
enum class Side { kIn, kSkip, kBorder };

Side SideOf(const ParsedSentence& view, TokenIndex head, TokenIndex child) {
  const std::string_view relation = view.Rel(child);
  if (relation == "punct") return Side::kSkip;
  if (relation == "nmod" || relation == "amod" || relation == "compound" || relation == "flat" || relation == "nummod" || relation == "det" ||
      relation == "fixed" || relation == "goeswith" || relation == "acl")
    return Side::kIn;
  if (child < head) return Side::kBorder;
  if (relation == "appos") return Side::kIn;
  if (relation == "case") return child == head + 1 || view.Upos(child) == "PART" ? Side::kIn : Side::kBorder;
  if (relation == "advmod") {
    const std::string& word = view.Lower(child);
    return word == "here" || word == "there" || word == "else" ? Side::kIn : Side::kBorder;
  }
  return Side::kBorder;
}

// What parsers often hang on the wrong noun: all that follows but phrases with "of" and parts of names.
bool IsDoubtful(const ParsedSentence& view, TokenIndex child) {
  const std::string_view relation = view.Rel(child);
  return (relation == "nmod" && view.CaseOf(child) != "of") || relation == "acl" || relation == "appos" || relation == "advmod";
}

class MentionFinder {
 public:
  MentionFinder(const ParsedSentence& view, uint32_t sentence) : view_(view), sentence_(sentence) { FindExtents(); }

  void Find(std::vector<CorefMention>& mentions) const {
    const size_t first = mentions.size();
    for (TokenIndex i = 0; i < view_.size(); ++i) {
      if (AddPronoun(i, mentions)) continue;
      if (IsNominalHead(i)) AddNominal(i, mentions);
    }
    std::stable_sort(mentions.begin() + static_cast<std::ptrdiff_t>(first), mentions.end(), [](const CorefMention& a, const CorefMention& b) {
      return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
    const auto same = [](const CorefMention& a, const CorefMention& b) { return a.begin == b.begin && a.end == b.end; };
    mentions.erase(std::unique(mentions.begin() + static_cast<std::ptrdiff_t>(first), mentions.end(), same), mentions.end());
  }

 private:
  // First and last token of the subtree of each token, bottom-up; tokens on a cycle keep to themselves.
  void FindExtents() {
    const TokenIndex count = view_.size();
    std::vector<TokenIndex> order;
    order.reserve(static_cast<size_t>(count));
    for (TokenIndex i = 0; i < count; ++i) {
      extents_.push_back({i, i});
      if (view_.Head(i) == kNoToken) order.push_back(i);
    }
    for (size_t k = 0; k < order.size(); ++k) {
      for (const TokenIndex child : view_.Children(order[k])) order.push_back(child);
    }
    for (size_t k = order.size(); k-- > 0;) {
      const TokenIndex head = view_.Head(order[k]);
      if (head == kNoToken) continue;
      Extent& up = extents_[static_cast<size_t>(head)];
      const Extent& own = extents_[static_cast<size_t>(order[k])];
      up = {std::min(up.first, own.first), std::max(up.last, own.last)};
    }
  }

  bool AddPronoun(TokenIndex i, std::vector<CorefMention>& mentions) const {
    const std::string_view upos = view_.Upos(i), xpos = view_.At(i).xpos;
    const std::string& word = view_.Lower(i);
    CorefMention m{sentence_, i, i + 1, i};
    if (const PronounTraits traits = TraitsOfPronoun(word); traits.person > 0 && (upos == "PRON" || xpos.starts_with("PRP"))) {
      if (view_.Rel(i) == "expl") return true;
      m.form = MentionForm::kPersonal;
      m.person = traits.person;
      m.number = traits.number;
      m.gender = traits.gender;
      if (view_.Has(i + 1) && view_.Head(i + 1) == i && view_.Rel(i + 1) == "det") m.end = i + 2;  // "you all"
      mentions.push_back(m);
      return true;
    }
    if (upos != "PRON") return false;
    if (xpos == "WP" || xpos == "WDT" || xpos == "WP$" || xpos == "EX" || view_.Rel(i) == "expl" || view_.Rel(i) == "fixed" || view_.Rel(i) == "mark") return true;
    if (IsThis(word)) {
      if (xpos == "IN") return true;
      m.form = MentionForm::kDemonstrative;
      m.number = word == "this" || word == "that" ? Number::kSingular : Number::kPlural;
    } else {
      m.form = MentionForm::kIndefinite;
    }
    const Extent span = PhraseOf(i);
    m.begin = span.first;
    m.end = span.last + 1;
    Describe(m);
    mentions.push_back(m);
    return true;
  }

  bool IsNominalHead(TokenIndex i) const {
    const std::string_view upos = view_.Upos(i), relation = view_.Rel(i);
    if (relation == "flat" || relation == "fixed" || relation == "goeswith" || relation == "case" || relation == "mark" || relation == "cc" ||
        relation == "discourse" || relation == "punct")
      return false;
    if (upos == "PROPN") return true;
    if (upos == "NOUN") return relation != "compound" && relation != "amod";
    if (upos == "NUM") return IsArgument(relation) && view_.FullRel(i) != "nmod:unmarked";
    if (upos == "DET" || upos == "ADJ") {
      const bool argument = relation == "nsubj" || relation == "obj" || relation == "iobj" || relation == "obl" || relation == "nmod";
      return argument && (upos == "DET" || view_.Child(i, "det") != kNoToken);
    }
    return upos == "X" && IsArgument(relation);
  }

  void AddNominal(TokenIndex head, std::vector<CorefMention>& mentions) const {
    CorefMention m{sentence_, 0, 0, head};
    const Extent span = PhraseOf(head);
    m.begin = span.first;
    m.end = span.last + 1;
    Describe(m);
    const TokenIndex cut = FirstDoubtful(m);
    m.variant = cut == kNoToken ? 0 : 1;
    m.doubtful = cut;
    mentions.push_back(m);
    AddCoordination(m, mentions);
    if (cut == kNoToken) return;
    CorefMention shorter{sentence_, m.begin, m.end, head};
    Extent up_to{m.begin, std::max(head, extents_[static_cast<size_t>(cut)].first - 1)};
    Trim(head, up_to);
    shorter.end = up_to.last + 1;
    shorter.variant = 2;
    shorter.doubtful = cut;
    Describe(shorter);
    mentions.push_back(shorter);
  }

  TokenIndex FirstDoubtful(const CorefMention& m) const {
    for (const TokenIndex child : view_.Children(m.head)) {
      if (child > m.head && child < m.end && SideOf(view_, m.head, child) == Side::kIn && IsDoubtful(view_, child)) return child;
    }
    return kNoToken;
  }

  // "Ann and Ben" beside "Ann": up to the end of the last conjunct's phrase.
  void AddCoordination(const CorefMention& first, std::vector<CorefMention>& mentions) const {
    TokenIndex last = kNoToken;
    for (const TokenIndex child : view_.Children(first.head)) {
      if (child < first.head || view_.Rel(child) != "conj") continue;
      const std::string_view upos = view_.Upos(child);
      if (upos != "NOUN" && upos != "PROPN" && upos != "PRON" && upos != "NUM") return;
      last = child;
    }
    if (last == kNoToken) return;
    CorefMention m = first;
    m.variant = 0;
    m.doubtful = kNoToken;
    m.end = PhraseOf(last).last + 1;
    m.form = MentionForm::kCoordination;
    m.number = Number::kPlural;
    m.gender = Gender::kUnknown;
    mentions.push_back(m);
  }

  struct Extent {
    TokenIndex first, last;
  };

  Extent PhraseOf(TokenIndex head) const {
    Extent span{head, head};
    const auto& children = view_.Children(head);
    for (size_t k = children.size(); k-- > 0;) {
      const TokenIndex child = children[k];
      if (child > head) continue;
      const Side side = SideOf(view_, head, child);
      if (side == Side::kBorder) break;
      if (side == Side::kIn) span.first = std::min(span.first, extents_[static_cast<size_t>(child)].first);
    }
    for (const TokenIndex child : children) {
      if (child < head) continue;
      const Side side = SideOf(view_, head, child);
      if (side == Side::kBorder) break;
      if (side == Side::kIn) span.last = std::max(span.last, extents_[static_cast<size_t>(child)].last);
    }
    Trim(head, span);
    return span;
  }

  // Punctuation at the edges goes, unless it closes or opens a bracket or quotation of the phrase.
  void Trim(TokenIndex head, Extent& span) const {
    while (span.first < head && view_.Upos(span.first) == "PUNCT" && !Matched(span, span.first)) ++span.first;
    while (span.last > head && view_.Upos(span.last) == "PUNCT" && !Matched(span, span.last)) --span.last;
  }
  bool Matched(const Extent& span, TokenIndex i) const {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kPairs = {
        {{"(", ")"}, {"[", "]"}, {"“", "”"}, {"‘", "’"}, {"\"", "\""}, {"-LRB-", "-RRB-"}}};
    for (const auto& [open, close] : kPairs) {
      if (view_.Form(i) != open && view_.Form(i) != close) continue;
      for (TokenIndex k = span.first; k <= span.last; ++k) {
        if (k != i && ((view_.Form(i) == close && k < i && view_.Form(k) == open) || (view_.Form(i) == open && k > i && view_.Form(k) == close))) return true;
      }
    }
    return false;
  }

  void Describe(CorefMention& m) const {
    if (m.form == MentionForm::kBareNoun && view_.IsNameTag(m.head)) m.form = MentionForm::kName;
    if (m.number == Number::kUnknown && view_.Upos(m.head) != "PRON") m.number = view_.IsPlural(m.head) ? Number::kPlural : Number::kSingular;
    for (const TokenIndex child : view_.Children(m.head)) {
      const std::string_view relation = view_.Rel(child);
      if (child < m.begin || child >= m.end) continue;
      if (child > m.head) {
        m.relative_clause |= relation == "acl";
        m.apposition |= relation == "appos";
        m.complement |= relation == "nmod";
      } else if (relation == "det" && m.determiner == kNoToken) {
        m.determiner = child;
      } else if (view_.FullRel(child) == "nmod:poss") {
        m.determiner = child;
        if (m.form == MentionForm::kBareNoun) m.form = MentionForm::kPossessedNoun;
      } else if (relation == "nummod" && m.form == MentionForm::kBareNoun) {
        m.form = MentionForm::kQuantifiedNoun;
      }
    }
    if (m.determiner == kNoToken || (m.form != MentionForm::kBareNoun && m.form != MentionForm::kQuantifiedNoun)) return;
    const std::string& word = view_.Lower(m.determiner);
    m.form = word == "the"                   ? MentionForm::kDefiniteNoun
             : IsThis(word)                  ? MentionForm::kThisNoun
             : word == "a" || word == "an"   ? MentionForm::kANoun
                                             : MentionForm::kQuantifiedNoun;
  }

  const ParsedSentence& view_;
  const uint32_t sentence_;
  std::vector<Extent> extents_;
};

}  // namespace

PronounTraits TraitsOfPronoun(std::string_view lower) {
  constexpr std::string_view kCurly = "\u2019";
  std::string straight;
  if (lower.starts_with(kCurly)) {
    straight = "'" + std::string(lower.substr(kCurly.size()));
    lower = straight;
  }
  const auto* const it =
      std::lower_bound(std::begin(kPronouns), std::end(kPronouns), lower, [](const PronounEntry& e, std::string_view w) { return e.word < w; });
  return it != std::end(kPronouns) && it->word == lower ? it->traits : PronounTraits();
}

std::vector<CorefMention> FindCorefMentions(const std::vector<ParsedSentence>& views) {
  std::vector<CorefMention> mentions;
  for (size_t s = 0; s < views.size(); ++s) MentionFinder(views[s], static_cast<uint32_t>(s)).Find(mentions);
  return mentions;
}

}  // namespace dossier::ingest
