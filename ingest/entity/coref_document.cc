#include "ingest/entity/coref_document.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "ingest/models/feature_table.h"
#include "ingest/text/characters.h"

namespace dossier::ingest {
namespace {

MentionRole RoleOf(const ParsedSentence& view, TokenIndex head) {
  const std::string_view relation = view.Rel(head), full = view.FullRel(head);
  if (view.Child(head, "cop") != kNoToken) return MentionRole::kPredicate;
  if (relation == "nsubj") return full == "nsubj:pass" ? MentionRole::kPassiveSubject : MentionRole::kSubject;
  if (relation == "obj") return MentionRole::kObject;
  if (relation == "iobj") return MentionRole::kIndirect;
  if (relation == "obl") return MentionRole::kOblique;
  if (full == "nmod:poss") return MentionRole::kPossessor;
  if (relation == "nmod") return MentionRole::kModifier;
  if (relation == "appos") return MentionRole::kApposition;
  if (relation == "xcomp") return MentionRole::kPredicate;
  if (relation == "conj") return MentionRole::kConjunct;
  if (relation == "compound") return MentionRole::kCompound;
  if (relation == "root") return MentionRole::kRoot;
  if (relation == "vocative") return MentionRole::kVocative;
  return MentionRole::kOther;
}

Animacy AnimacyOf(EntityType type) {
  switch (type) {
    case EntityType::kPerson:
      return Animacy::kPerson;
    case EntityType::kOrganization:
    case EntityType::kCountry:
    case EntityType::kNationality:
    case EntityType::kGroup:
      return Animacy::kBody;
    default:
      return Animacy::kThing;
  }
}

bool IsContent(const ParsedSentence& view, TokenIndex i) {
  const std::string_view upos = view.Upos(i);
  return upos == "NOUN" || upos == "PROPN" || upos == "ADJ" || upos == "NUM" || upos == "VERB" || upos == "X" || upos == "ADV";
}

TokenIndex ClauseOf(const ParsedSentence& view, TokenIndex i) {
  for (int depth = 0; depth < 12 && view.Head(i) != kNoToken; ++depth) {
    i = view.Head(i);
    if (view.Upos(i) == "VERB" || view.Upos(i) == "AUX" || view.Child(i, "cop") != kNoToken) return i;
  }
  return i;
}

// Quotations, which may run over several sentences of a paragraph.
class QuoteTracker {
 public:
  // Number of the quotation of each token, or -1.
  std::vector<int> Read(const ParsedSentence& view) {
    const uint32_t paragraph = view.sentence().paragraph;
    if (paragraph != paragraph_) open_ = false;
    paragraph_ = paragraph;
    std::vector<int> quotes(static_cast<size_t>(view.size()), -1);
    for (TokenIndex i = 0; i < view.size(); ++i) {
      const std::string_view form = view.Form(i);
      const bool opening = form == "“" || form == "``" || (form == "\"" && !open_);
      const bool closing = form == "”" || form == "''" || (form == "\"" && open_);
      if (opening) {
        ++number_;
        open_ = true;
      }
      if (open_) quotes[static_cast<size_t>(i)] = number_;
      if (closing) open_ = false;
    }
    return quotes;
  }

 private:
  bool open_ = false;
  int number_ = -1;
  uint32_t paragraph_ = 0;
};

// The subject of a verb of saying outside the quotations of its sentence.
TokenIndex SayerIn(const ParsedSentence& view, const std::vector<int>& quotes, const Lexicon& lexicon) {
  for (TokenIndex i = 0; i < view.size(); ++i) {
    if (quotes[static_cast<size_t>(i)] >= 0 || view.Rel(i) != "nsubj") continue;
    const TokenIndex verb = view.Head(i);
    if (verb != kNoToken && quotes[static_cast<size_t>(verb)] < 0 && lexicon.IsSpeechVerb(view.At(verb).lemma)) return i;
  }
  return kNoToken;
}

class TraitsMaker {
 public:
  TraitsMaker(const ParsedSentence& view, const EntityTable& table, const Lexicon& lexicon, const WordTable& words)
      : view_(view), table_(table), lexicon_(lexicon), words_(words) {}

  void Fill(MentionTraits& m) const {
    const PronounTraits pronoun = m.form == MentionForm::kPersonal ? TraitsOfPronoun(view_.Lower(m.head)) : PronounTraits();
    m.reflexive = pronoun.reflexive;
    m.possessive = pronoun.possessive || view_.FullRel(m.head) == "nmod:poss";
    m.role = RoleOf(view_, m.form == MentionForm::kPersonal ? m.head : view_.FirstConjunct(m.head));
    m.clause = ClauseOf(view_, m.head);
    m.heading = view_.sentence().heading;
    m.paragraph = view_.sentence().paragraph;
    FillWords(m);
    FillKind(m, pronoun);
  }

 private:
  uint64_t Word(TokenIndex i) const { return view_.Has(i) ? HashString(view_.Lower(i)) : 0; }

  void FillWords(MentionTraits& m) const {
    const TokenIndex head = m.head, up = view_.Head(head);
    const std::string& lemma = view_.At(head).lemma;
    m.head_word = Word(head);
    m.head_lemma = HashString(lemma.empty() ? view_.Lower(head) : ToLower(lemma));
    m.determiner_word = m.determiner == kNoToken ? 0 : view_.Upos(m.determiner) == "DET" || view_.Upos(m.determiner) == "PRON" ? Word(m.determiner) : 1;
    m.governor = up == kNoToken ? 0 : HashString(view_.At(up).lemma);
    m.preposition = HashString(view_.CaseOf(head));
    m.first_word = Word(m.begin);
    m.last_word = Word(m.end - 1);
    m.before = m.begin > 0 ? Word(m.begin - 1) : 0;
    m.after = Word(m.end);
    const WordTable::Entry entry = words_.Find(HashString(ToLower(NormalizeForm(view_.Form(head)))));
    m.cluster = entry.cluster;
    m.coarse = words_.Coarse(entry.cluster);
    m.embedded = view_.Upos(up) == "NOUN" || view_.Upos(up) == "PROPN";
    if (m.doubtful != kNoToken) {
      const TokenIndex first = m.variant == 1 ? m.doubtful : m.end;
      const std::string_view mark = view_.Upos(first) == "PUNCT" ? view_.Form(first) : std::string_view();
      m.doubt = HashFeature(0, HashString(view_.FullRel(m.doubtful)), HashString(view_.CaseOf(m.doubtful)), HashString(mark));
    }
    FillText(m);
  }

  void FillText(MentionTraits& m) const {
    std::string text, initials;
    TokenIndex begin = m.begin, end = m.end;
    const auto skipped = [&](TokenIndex i) { return view_.Upos(i) == "DET" || view_.At(i).xpos == "PRP$"; };
    while (begin + 1 < end && skipped(begin)) ++begin;
    while (end - 1 > begin && (view_.Upos(end - 1) == "PART" || view_.Upos(end - 1) == "PUNCT")) --end;
    TokenIndex core = m.head + 1;  // the name's last word: "Angela Merkel"
    while (core < end && (view_.Rel(core) == "flat" || view_.Rel(core) == "compound") && view_.Head(core) >= begin && view_.Head(core) < core) ++core;
    if (m.form == MentionForm::kCoordination) core = end;
    for (TokenIndex i = begin; i < end; ++i) {
      text += view_.Lower(i);
      text += ' ';
      if (i < core && view_.IsNameTag(i) && view_.IsCapitalized(i)) initials += view_.Form(i)[0];
      if (i < core && i > m.begin && view_.Upos(i) == "NUM") initials += view_.Form(i);  // "IE6"
      if (i < core && IsContent(view_, i)) m.words.push_back(Word(i));
      if (i < m.head && IsContent(view_, i)) m.modifiers.push_back(Word(i));
    }
    m.text = HashString(text);
    m.initials = initials.size() > 1 ? HashString(ToLower(initials) + ' ') : 0;
    std::sort(m.words.begin(), m.words.end());
    std::sort(m.modifiers.begin(), m.modifiers.end());
  }

  void FillKind(MentionTraits& m, const PronounTraits& pronoun) const {
    if (m.form == MentionForm::kPersonal) {
      m.animacy = pronoun.person < 3 || pronoun.gender != Gender::kUnknown ? Animacy::kPerson : pronoun.neuter ? Animacy::kThing : Animacy::kUnknown;
      return;
    }
    if (m.form == MentionForm::kDemonstrative || m.form == MentionForm::kIndefinite) {
      const std::string& word = view_.Lower(m.head);
      if (word.ends_with("one") || word.ends_with("body")) m.animacy = Animacy::kPerson;
      if (word.ends_with("thing")) m.animacy = Animacy::kThing;
      return;
    }
    const std::string& lemma = view_.At(m.head).lemma.empty() || m.form == MentionForm::kName ? view_.Lower(m.head) : view_.At(m.head).lemma;
    m.noun_class = lexicon_.ClassOf(lemma);
    const Mention* const mention = table_.MentionAt(m.sentence, m.head);
    if (mention != nullptr && mention->entity >= 0 && m.form != MentionForm::kCoordination) {
      const Entity& entity = table_.entities[static_cast<size_t>(mention->entity)];
      m.sieve = entity.shared_concept ? -1 : mention->entity;
      m.named = entity.named;
      m.type = static_cast<uint8_t>(1 + static_cast<int>(entity.type));
      m.animacy = AnimacyOf(entity.type);
      if (m.number != Number::kPlural) m.gender = entity.gender == "male" ? Gender::kMale : entity.gender == "female" ? Gender::kFemale : Gender::kUnknown;
      if (!entity.named && m.animacy == Animacy::kThing && lexicon_.IsAnimate(lemma)) m.animacy = Animacy::kBody;
      if (!entity.named && lexicon_.IsPerson(lemma)) m.animacy = Animacy::kPerson;
      return;
    }
    m.animacy = lexicon_.IsPerson(lemma) ? Animacy::kPerson : lexicon_.IsAnimate(lemma) ? Animacy::kBody : m.form == MentionForm::kCoordination || m.form == MentionForm::kName ? Animacy::kUnknown : Animacy::kThing;
    if (m.number == Number::kSingular) m.gender = lexicon_.GenderOfNoun(lemma);
  }

  const ParsedSentence& view_;
  const EntityTable& table_;
  const Lexicon& lexicon_;
  const WordTable& words_;
};

}  // namespace

CorefDocument::CorefDocument(const std::vector<ParsedSentence>& views, const EntityTable& table, const Lexicon& lexicon, const WordTable& words)
    : views_(views) {
  absl::flat_hash_map<std::string, int> speaker_numbers;
  QuoteTracker quotes;
  const std::vector<CorefMention> found = FindCorefMentions(views);
  mentions_.reserve(found.size());
  size_t next = 0;
  int position = 0, turn = 0, last_speaker = -1;
  for (size_t s = 0; s < views.size(); ++s) {
    const ParsedSentence& view = views[s];
    int speaker = -1;
    if (const std::string& name = view.sentence().speaker; !name.empty()) {
      const auto [it, fresh] = speaker_numbers.try_emplace(ToLower(name), static_cast<int>(speakers_.size()));
      if (fresh) speakers_.push_back(it->first);
      speaker = it->second;
    }
    if (speaker != last_speaker) ++turn;
    last_speaker = speaker;
    const std::vector<int> quoted = quotes.Read(view);
    const TokenIndex sayer = SayerIn(view, quoted, lexicon);
    const TraitsMaker maker(view, table, lexicon, words);
    for (; next < found.size() && found[next].sentence == s; ++next) {
      MentionTraits& m = mentions_.emplace_back();
      static_cast<CorefMention&>(m) = found[next];
      maker.Fill(m);
      m.position = position + m.head;
      m.speaker = speaker;
      m.turn = turn;
      m.quote = quoted[static_cast<size_t>(m.head)];
      if (m.quote >= 0) m.sayer = sayer;
    }
    position += view.size();
  }
}

bool CorefDocument::SpeakerIsCalled(int speaker, std::string_view lower_word) const {
  return speaker >= 0 && lower_word.size() > 2 && speakers_[static_cast<size_t>(speaker)].find(lower_word) != std::string::npos;
}

}  // namespace dossier::ingest
