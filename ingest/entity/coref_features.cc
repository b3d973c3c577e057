#include "ingest/entity/coref_features.h"

#include <algorithm>
#include <cstdlib>

namespace dossier::ingest {
namespace {

// First template of each group.
enum : uint32_t { kAnaphor = 0, kNew = 100, kAntecedent = 200, kPair = 300, kCluster = 400 };

constexpr size_t kClusterLooks = 8;  // mentions of a cluster that an anaphor is compared with

uint64_t Bucket(int distance) {
  if (distance <= 4) return static_cast<uint64_t>(std::max(distance, 0));
  if (distance <= 6) return 5;
  if (distance <= 10) return 6;
  if (distance <= 20) return 7;
  return distance <= 60 ? 8 : 9;
}

bool IsPronoun(const MentionTraits& m) {
  return m.form == MentionForm::kPersonal || m.form == MentionForm::kDemonstrative || m.form == MentionForm::kIndefinite;
}

// The pronoun, or the form of a noun phrase.
uint64_t KeyOf(const MentionTraits& m) { return IsPronoun(m) ? m.head_word : static_cast<uint64_t>(m.form); }

uint64_t Agreement(const MentionTraits& m, const MentionTraits& a) {
  const auto compare = [](auto x, auto y, auto unknown) -> uint64_t { return x == unknown || y == unknown ? 0 : x == y ? 1 : 2; };
  return compare(m.number, a.number, Number::kUnknown) + 3 * compare(m.gender, a.gender, Gender::kUnknown) +
         9 * compare(m.animacy, a.animacy, Animacy::kUnknown);
}

bool Contains(const std::vector<uint64_t>& all, const std::vector<uint64_t>& some) { return std::includes(all.begin(), all.end(), some.begin(), some.end()); }

// 0 nothing in common, 1 something, 2 the anaphor's words are all there, 3 the antecedent's, 4 the same.
uint64_t Overlap(const std::vector<uint64_t>& m, const std::vector<uint64_t>& a) {
  if (m.empty() || a.empty()) return 5;
  if (m == a) return 4;
  if (Contains(a, m)) return 2;
  if (Contains(m, a)) return 3;
  for (const uint64_t word : m) {
    if (std::binary_search(a.begin(), a.end(), word)) return 1;
  }
  return 0;
}

uint64_t SpeakerRelation(const MentionTraits& m, const MentionTraits& a) {
  if (m.quote != a.quote) return m.quote >= 0 && a.quote >= 0 ? 3 : 4;
  if (m.speaker < 0 || a.speaker < 0) return 0;
  return m.speaker == a.speaker ? 1 : 2;
}

uint64_t SieveRelation(const MentionTraits& m, const MentionTraits& a) {
  if (m.sieve < 0 || a.sieve < 0) return 0;
  if (m.sieve == a.sieve) return 1;
  return m.named && a.named ? 2 : 3;
}

uint64_t Nesting(const MentionTraits& m, const MentionTraits& a) {
  if (m.sentence != a.sentence) return 0;
  if (a.begin <= m.begin && m.end <= a.end) return 1;
  if (m.begin <= a.begin && a.end <= m.end) return 2;
  return 0;
}

uint64_t N(auto value) { return static_cast<uint64_t>(value); }

uint64_t Shape(const MentionTraits& m) { return N(m.relative_clause) + 2 * N(m.apposition) + 4 * N(m.complement) + 8 * N(m.embedded) + 16 * N(m.heading); }

// What both the anaphor and the mention without antecedent show.
void AddOwnFeatures(uint32_t t, const CorefDocument& document, const MentionTraits& m, const SeenBefore& seen, FeatureList& out) {
  const uint64_t key = KeyOf(m);
  out.Add(t + 0);
  out.Add(t + 1, key);
  out.Add(t + 2, key, m.role);
  out.Add(t + 3, m.head_lemma);
  out.Add(t + 4, m.form, m.noun_class, m.number);
  out.Add(t + 5, m.form, m.type);
  out.Add(t + 6, m.determiner_word, m.number);
  out.Add(t + 7, m.form, Bucket(m.end - m.begin));
  out.Add(t + 8, m.governor, m.role);
  out.Add(t + 9, m.preposition, m.form);
  out.Add(t + 10, m.first_word);
  out.Add(t + 11, m.last_word);
  out.Add(t + 12, m.before, IsPronoun(m));
  out.Add(t + 13, m.after, IsPronoun(m));
  out.Add(t + 14, m.cluster);
  out.Add(t + 15, m.coarse, m.form);
  out.Add(t + 16, m.form, Bucket(static_cast<int>(m.sentence)));
  out.Add(t + 17, m.form, Shape(m));
  out.Add(t + 18, key, m.quote >= 0, document.has_speakers());
  out.Add(t + 19, m.form, Bucket(seen.same_head));
  out.Add(t + 20, m.form, Bucket(seen.same_text));
  out.Add(t + 21, m.form, Bucket(seen.same_sieve), m.sieve >= 0);
  out.Add(t + 22, m.form, std::min<size_t>(m.modifiers.size(), 3), seen.same_head > 0);
  out.Add(t + 23, key, m.before);
  out.Add(t + 24, key, m.after);
  out.Add(t + 25, key, m.governor);
  if (m.variant > 0) {
    out.Add(t + 27, m.variant, m.doubt, m.form == MentionForm::kName);
    out.Add(t + 28, m.variant, Bucket(seen.same_text), m.form);
    out.Add(t + 29, m.variant, m.doubt);
  }
  if (m.form == MentionForm::kDefiniteNoun || m.form == MentionForm::kThisNoun) out.Add(t + 26, m.head_lemma, m.form);
}

void AddPlaceFeatures(const CorefDocument& document, const MentionTraits& m, const MentionTraits& a, const PairPlace& place, FeatureList& out) {
  const uint64_t mk = KeyOf(m), ak = KeyOf(a);
  const uint64_t sentences = Bucket(static_cast<int>(m.sentence - a.sentence)), between = Bucket(place.between), rank = Bucket(place.rank);
  const uint64_t near = std::min<uint64_t>(sentences, 2);
  out.Add(kPair + 0, mk, ak);
  out.Add(kPair + 1, mk, ak, sentences);
  out.Add(kPair + 2, m.form, a.form, between);
  out.Add(kPair + 3, m.form, a.form, sentences);
  out.Add(kPair + 4, mk, sentences, a.role);
  out.Add(kPair + 5, mk, m.role, a.role, near);
  out.Add(kPair + 6, mk, rank);
  out.Add(kPair + 7, mk, rank, near, a.role);
  out.Add(kPair + 8, m.form, m.paragraph == a.paragraph, sentences);
  out.Add(kPair + 9, m.form, a.heading, N(a.sentence == 0), near);
  out.Add(kPair + 10, sentences);
  out.Add(kPair + 11, between);
  const uint64_t nesting = Nesting(m, a);
  if (nesting > 0) {
    out.Add(kPair + 12, mk, nesting, a.form);
    out.Add(kPair + 13, m.role, nesting, a.role, m.form);
  }
  if (m.sentence == a.sentence) {
    const ParsedSentence& view = document.views()[m.sentence];
    const bool siblings = view.Head(m.head) == view.Head(a.head), clause = m.clause == a.clause;
    out.Add(kPair + 14, siblings, clause, m.reflexive, m.possessive, a.role);
    out.Add(kPair + 15, siblings, clause, m.reflexive, m.role, IsPronoun(m));
    out.Add(kPair + 16, view.Head(m.head) == a.head, m.role, a.form, m.form);
    out.Add(kPair + 17, view.Head(a.head) == m.head, a.role, a.form, m.form);
    out.Add(kPair + 18, mk, Bucket(m.begin - a.end), a.role);
  }
}

void AddAgreementFeatures(const MentionTraits& m, const MentionTraits& a, FeatureList& out) {
  const uint64_t mk = KeyOf(m), agreement = Agreement(m, a);
  out.Add(kPair + 20, agreement, m.form, a.form);
  out.Add(kPair + 21, agreement);
  out.Add(kPair + 22, mk, a.number, a.gender, a.animacy);
  out.Add(kPair + 23, mk, a.type, a.noun_class);
  out.Add(kPair + 24, mk, a.coarse);
  out.Add(kPair + 25, mk, a.form, a.determiner_word);
  out.Add(kPair + 26, m.role, m.governor, a.coarse);
  out.Add(kPair + 27, m.governor == a.governor && m.governor != 0, m.role, a.role, IsPronoun(m));
  if (IsPronoun(m)) out.Add(kPair + 28, mk, a.head_lemma);
  if (IsPronoun(m)) out.Add(kPair + 29, mk, Shape(a), a.form);
}

void AddSpeakerFeatures(const CorefDocument& document, const MentionTraits& m, const MentionTraits& a, FeatureList& out) {
  const uint64_t relation = SpeakerRelation(m, a), turns = Bucket(m.turn - a.turn);
  if (m.person > 0 || a.person > 0) {
    out.Add(kPair + 30, relation, m.person, a.person, m.number, a.number);
    out.Add(kPair + 31, relation, KeyOf(m), KeyOf(a), turns);
    out.Add(kPair + 32, relation, m.person, a.person, turns, a.form);
  } else {
    out.Add(kPair + 33, relation, m.form, a.form);
  }
  if (m.person > 0 && m.person < 3 && !IsPronoun(a)) {
    const bool sayer = m.quote >= 0 && m.sentence == a.sentence && m.sayer >= a.begin && m.sayer < a.end;
    const std::string& name = document.views()[a.sentence].Lower(a.head);
    out.Add(kPair + 34, m.person, m.number, sayer, document.SpeakerIsCalled(m.speaker, name), a.role == MentionRole::kVocative, relation);
  }
  if (a.person > 0 && a.person < 3 && !IsPronoun(m)) {
    const bool sayer = a.quote >= 0 && m.sentence == a.sentence && a.sayer >= m.begin && a.sayer < m.end;
    const std::string& name = document.views()[m.sentence].Lower(m.head);
    out.Add(kPair + 35, a.person, a.number, sayer, document.SpeakerIsCalled(a.speaker, name), m.role == MentionRole::kVocative, relation);
  }
}

// Of two noun phrases.
void AddStringFeatures(const CorefDocument& document, const MentionTraits& m, const MentionTraits& a, FeatureList& out) {
  const bool head = m.head_lemma == a.head_lemma, text = m.text == a.text;
  const uint64_t overlap = Overlap(m.words, a.words), modifiers = Overlap(m.modifiers, a.modifiers);
  const uint64_t forms = N(m.form) * 16 + N(a.form);
  const bool initials = (m.initials != 0 && m.initials == a.text) || (a.initials != 0 && a.initials == m.text);
  out.Add(kPair + 40, text, head, forms);
  out.Add(kPair + 41, text, head, m.head_word == a.head_word, SieveRelation(m, a));
  out.Add(kPair + 42, overlap, forms);
  out.Add(kPair + 43, head, modifiers, forms);
  out.Add(kPair + 44, head, overlap, SieveRelation(m, a));
  out.Add(kPair + 45, SieveRelation(m, a), forms);
  out.Add(kPair + 46, m.type, a.type, head, overlap > 0);
  out.Add(kPair + 47, initials, m.form == MentionForm::kName, a.form == MentionForm::kName);
  if (m.variant + a.variant > 0) {
    out.Add(kPair + 59, m.variant, a.variant, text, head);
    out.Add(kPair + 60, m.variant, a.variant, overlap, m.form == MentionForm::kName);
  }
  if (head) {
    out.Add(kPair + 48, m.determiner_word, a.determiner_word);
    out.Add(kPair + 49, m.determiner_word, modifiers, Bucket(static_cast<int>(m.sentence - a.sentence)));
    out.Add(kPair + 50, m.head_lemma, text);
    out.Add(kPair + 51, text, m.number == a.number, Shape(m) & 7, Shape(a) & 7);
    out.Add(kPair + 57, m.role, a.role, forms, text);
  } else {
    out.Add(kPair + 52, m.noun_class, a.noun_class, forms);
    out.Add(kPair + 53, m.coarse, a.coarse);
    out.Add(kPair + 54, m.head_lemma, a.head_lemma);
    out.Add(kPair + 55, m.cluster == a.cluster && m.cluster != 0, m.coarse == a.coarse && m.coarse != 0, forms);
    const bool in_a = std::binary_search(a.words.begin(), a.words.end(), m.head_word), in_m = std::binary_search(m.words.begin(), m.words.end(), a.head_word);
    out.Add(kPair + 56, in_a, in_m, forms);
  }
  if (m.sentence == a.sentence) {
    const ParsedSentence& view = document.views()[m.sentence];
    const bool beside = view.Head(m.head) == a.head && view.Rel(m.head) == "appos";
    const bool predicate = (m.role == MentionRole::kPredicate && view.Head(a.head) == m.head) || (a.role == MentionRole::kSubject && view.Head(m.head) == view.Head(a.head) && m.role == MentionRole::kPredicate);
    out.Add(kPair + 58, beside, predicate, forms);
  }
}

}  // namespace

bool AgreeInForm(const MentionTraits& anaphor, const MentionTraits& antecedent) {
  const bool number = anaphor.number == Number::kUnknown || antecedent.number == Number::kUnknown || anaphor.number == antecedent.number ||
                      (anaphor.form == MentionForm::kPersonal && antecedent.animacy == Animacy::kBody);
  const bool gender = anaphor.gender == Gender::kUnknown || antecedent.gender == Gender::kUnknown || anaphor.gender == antecedent.gender;
  const bool person = anaphor.animacy == Animacy::kUnknown || antecedent.animacy == Animacy::kUnknown ||
                      (anaphor.animacy == Animacy::kPerson) == (antecedent.animacy == Animacy::kPerson);
  return number && gender && person;
}

void AddAnaphorFeatures(const CorefDocument& document, size_t mention, const SeenBefore& seen, FeatureList& out) {
  AddOwnFeatures(kAnaphor, document, document.mentions()[mention], seen, out);
}

void AddNewFeatures(const CorefDocument& document, size_t mention, const SeenBefore& seen, FeatureList& out) {
  AddOwnFeatures(kNew, document, document.mentions()[mention], seen, out);
}

void AddAntecedentFeatures(const CorefDocument& document, size_t mention, FeatureList& out) {
  const MentionTraits& a = document.mentions()[mention];
  const uint64_t key = KeyOf(a);
  out.Add(kAntecedent + 1, key, a.role);
  out.Add(kAntecedent + 2, a.head_lemma);
  out.Add(kAntecedent + 3, a.form, a.noun_class, a.number);
  out.Add(kAntecedent + 4, a.form, a.type);
  out.Add(kAntecedent + 5, a.determiner_word, a.number);
  out.Add(kAntecedent + 6, a.form, Bucket(a.end - a.begin));
  out.Add(kAntecedent + 7, a.governor, a.role);
  out.Add(kAntecedent + 8, a.form, Shape(a));
  out.Add(kAntecedent + 9, a.coarse, a.form);
  out.Add(kAntecedent + 10, a.cluster);
  out.Add(kAntecedent + 11, a.preposition);
  if (a.variant > 0) out.Add(kAntecedent + 12, a.variant, a.doubt, a.form == MentionForm::kName);
}

void AddPairFeatures(const CorefDocument& document, size_t anaphor, size_t antecedent, const PairPlace& place, FeatureList& out) {
  const MentionTraits &m = document.mentions()[anaphor], &a = document.mentions()[antecedent];
  AddPlaceFeatures(document, m, a, place, out);
  AddAgreementFeatures(m, a, out);
  AddSpeakerFeatures(document, m, a, out);
  if (!IsPronoun(m) && !IsPronoun(a)) AddStringFeatures(document, m, a, out);
}

void AddClusterFeatures(const CorefDocument& document, size_t anaphor, size_t antecedent, const ClusterView& cluster, FeatureList& out) {
  const MentionTraits& m = document.mentions()[anaphor];
  const std::vector<int>& members = *cluster.mentions;
  bool text = false, head = false, named = false, other_name = false, same_sieve = false;
  bool number = false, gender = false, animacy = false, noun = false, speaker = false, words = false;
  const size_t looks = std::min(members.size(), kClusterLooks);
  for (size_t k = 0; k < looks; ++k) {
    // The first one and the last ones.
    const MentionTraits& a = document.mentions()[static_cast<size_t>(k == 0 ? members[0] : members[members.size() - k])];
    const bool pronoun = IsPronoun(a);
    text |= !pronoun && a.text == m.text;
    head |= !pronoun && a.head_lemma == m.head_lemma;
    words |= !pronoun && Overlap(m.words, a.words) % 5 > 0;
    noun |= !pronoun;
    named |= a.form == MentionForm::kName;
    same_sieve |= SieveRelation(m, a) == 1;
    other_name |= SieveRelation(m, a) == 2;
    number |= m.number != Number::kUnknown && a.number != Number::kUnknown && m.number != a.number;
    gender |= m.gender != Gender::kUnknown && a.gender != Gender::kUnknown && m.gender != a.gender;
    animacy |= m.animacy != Animacy::kUnknown && a.animacy != Animacy::kUnknown && m.animacy != a.animacy;
    // "I" of two speakers, "you" of the one who says "I"
    if (m.person > 0 && m.person < 3 && a.person > 0 && a.person < 3 && m.speaker >= 0 && a.speaker >= 0 && m.number != Number::kPlural && a.number != Number::kPlural)
      speaker |= (m.person == a.person) != (m.speaker == a.speaker);
  }
  const uint64_t key = KeyOf(m), size = Bucket(static_cast<int>(members.size()));
  const bool last = static_cast<size_t>(members.back()) == antecedent;
  const MentionTraits& latest = document.mentions()[static_cast<size_t>(members.back())];
  out.Add(kCluster + 0, m.form, size, last);
  out.Add(kCluster + 1, key, last, noun, named);
  out.Add(kCluster + 2, m.form, text, head, same_sieve, other_name);
  out.Add(kCluster + 3, key, number, gender, animacy);
  out.Add(kCluster + 4, m.form, speaker, m.person);
  out.Add(kCluster + 5, m.form, other_name, named, words);
  out.Add(kCluster + 6, m.form, Bucket(static_cast<int>(m.sentence - latest.sentence)), size);
  out.Add(kCluster + 7, number, gender, animacy, other_name, speaker);
}

}  // namespace dossier::ingest
