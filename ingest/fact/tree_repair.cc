#include "ingest/fact/tree_repair.h"

#include <algorithm>

#include "ingest/entity/lexicon.h"
#include "ingest/fact/clause.h"
#include "ingest/fact/tree.h"
#include "ingest/fact/words.h"

namespace dossier::ingest {

class TreeRepair {
 public:
  explicit TreeRepair(Tree& tree) : tree_(tree) {}

  void Run() {
    VerbLemmas();
    VerbNouns();
    Save();
    Pass([&](TokenIndex t) { return ParticipleCopula(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && BeParticiple(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && PassiveWithoutBe(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && SubordinateLost(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && QuotedSubject(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && AuxiliaryConjunct(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && NameApposition(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && CompoundOfVerb(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && DoubleSubject(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && CopulaSubject(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && ThatClause(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && OfObject(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && DashApposition(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && ParenthesisPassive(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && TitleBeforeName(t); });
    Pass([&](TokenIndex t) { return FrontedAdjective(t); });
    Pass([&](TokenIndex t) { return InfinitiveRoot(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && MainVerbLost(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && FrontedSubordinate(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && ArgumentOfVerb(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && ParticipleBeforeNoun(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && FiniteAcl(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && FiniteConjunct(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && AgreementConjunct(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && WithAbsolute(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && CommaParticiple(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && MarkedAcl(t); });
    Pass([&](TokenIndex t) { return tree_.head(t) != kNoToken && FrontedParticiple(t); });
  }

 private:
  void Save() { head_ = tree_.head_, rel_ = tree_.rel_, pos_ = tree_.pos_; }

  // Applies the rule to each token in turn; what would leave tokens unreachable is undone.
  template <typename Rule>
  void Pass(Rule rule) {
    for (TokenIndex t = 0; t < tree_.size(); ++t) {
      if (!tree_.Reachable(t)) continue;
      if (!rule(t)) continue;
      const size_t reached = tree_.top_down_.size();
      tree_.Index();
      if (tree_.top_down_.size() == reached) {
        Save();
      } else {  // a parse so odd that the rule would have made a cycle
        tree_.head_ = head_, tree_.rel_ = rel_, tree_.pos_ = pos_;
        tree_.Index();
      }
    }
  }

  void Attach(TokenIndex t, TokenIndex head, Rel rel) {
    tree_.head_[Tree::At(t)] = head;
    tree_.rel_[Tree::At(t)] = rel;
  }
  // `t` takes the place of `other` in the tree, which is attached to it.
  void Swap(TokenIndex t, TokenIndex other, Rel rel_of_other) {
    Attach(t, tree_.head(other), tree_.rel(other));
    Attach(other, t, rel_of_other);
  }
  bool IsVerb(TokenIndex t) const { return tree_.pos(t) == Pos::kVerb || tree_.pos(t) == Pos::kAux; }
  bool HasSubject(TokenIndex t) const {
    return tree_.Child(t, Rel::kNsubj) != kNoToken || tree_.Child(t, Rel::kNsubjPass) != kNoToken;
  }
  bool HasAuxiliary(TokenIndex t) const {
    return tree_.Child(t, Rel::kAux) != kNoToken || tree_.Child(t, Rel::kAuxPass) != kNoToken ||
           tree_.Child(t, Rel::kCop) != kNoToken;
  }
  bool IsFiniteForm(TokenIndex t) const {
    const std::string_view xpos = tree_.xpos(t);
    return xpos == "VBD" || xpos == "VBZ" || xpos == "VBP";
  }
  // Tensed by itself or by its auxiliary.
  bool IsFinite(TokenIndex t) const {
    if (IsVerb(t) && IsFiniteForm(t)) return true;
    for (TokenIndex child : tree_.children(t)) {
      const Rel rel = tree_.rel(child);
      if ((rel == Rel::kAux || rel == Rel::kAuxPass || rel == Rel::kCop) &&
          (IsFiniteForm(child) || tree_.xpos(child) == "MD"))
        return true;
    }
    return false;
  }
  TokenIndex LeftEdge(TokenIndex t) const {
    const auto phrase = tree_.Phrase(t, [](TokenIndex) { return false; });
    return phrase.empty() ? t : phrase.front();
  }
  TokenIndex RightEdge(TokenIndex t) const {
    const auto phrase = tree_.Phrase(t, [](TokenIndex) { return false; });
    return phrase.empty() ? t : phrase.back();
  }
  // The nearest predicate above `t`.
  TokenIndex ClauseAbove(TokenIndex t) const {
    for (TokenIndex steps = 0, up = tree_.head(t); up != kNoToken && steps < tree_.size();
         ++steps, up = tree_.head(up)) {
      if (IsVerb(up) || tree_.Child(up, Rel::kCop) != kNoToken) return up;
    }
    return kNoToken;
  }
  bool HasRelativePronoun(TokenIndex t) const {
    const auto children = tree_.children(t);
    return std::any_of(children.begin(), children.end(), [&](TokenIndex child) {
      const std::string_view word = tree_.lower(child);
      return word == "who" || word == "which" || word == "that" || word == "whom" || word == "where" ||
             word == "when" || word == "whose";
    });
  }

  void VerbLemmas() {
    const Lexicon& lexicon = Lexicon::Default();
    for (TokenIndex t = 0; t < tree_.size(); ++t) {
      if (tree_.pos(t) != Pos::kVerb || lexicon.IsVerb(tree_.lemma(t))) continue;
      std::string& lemma = tree_.lemma_[Tree::At(t)];
      if (lexicon.IsVerb(lemma + "e")) {
        lemma += 'e';
      } else if (lemma.size() > 3 && lexicon.IsVerb(lemma.substr(0, lemma.size() - 1))) {
        lemma.pop_back();
      } else if (lexicon.IsVerb(tree_.lower(t))) {
        lemma = tree_.lower(t);
      } else if (!HasAuxiliary(t) && !HasSubject(t) && lexicon.ClassOf(lemma) != NounClass::kUnknown) {
        tree_.pos_[Tree::At(t)] = Pos::kNoun;
      }
    }
  }

  // "do" and the modals ask for a base form.
  TokenIndex BareAuxiliary(TokenIndex t) const {
    for (TokenIndex child : tree_.children(t)) {
      if (tree_.rel(child) == Rel::kAux && (tree_.lemma(child) == "do" || tree_.xpos(child) == "MD"))
        return child;
    }
    return kNoToken;
  }

  void VerbNouns() {
    for (TokenIndex t = 0; t < tree_.size(); ++t) {
      if (tree_.pos(t) != Pos::kNoun || BareAuxiliary(t) == kNoToken || tree_.Child(t, Rel::kCop) != kNoToken)
        continue;
      if (!Lexicon::Default().IsVerb(tree_.lower(t))) continue;
      tree_.pos_[Tree::At(t)] = Pos::kVerb;
      ObjectOfVerbNoun(t);
    }
  }

  // What seemed to stand beside the noun is what the verb does something to.
  void ObjectOfVerbNoun(TokenIndex verb) {
    const TokenIndex beside = tree_.Child(verb, Rel::kAppos);
    if (beside < verb || tree_.Child(verb, Rel::kObj) != kNoToken || tree_.Child(beside, Rel::kCase) != kNoToken) return;
    tree_.rel_[Tree::At(beside)] = Rel::kObj;
    const TokenIndex name = tree_.Child(beside, Rel::kNsubj);
    if (name != kNoToken && name < beside && tree_.IsNominal(beside) && tree_.Child(beside, Rel::kCop) == kNoToken)
      tree_.rel_[Tree::At(name)] = Rel::kCompound;
  }

  bool ParticipleCopula(TokenIndex t) {
    if (tree_.pos(t) == Pos::kAdj && tree_.Child(t, Rel::kDet) != kNoToken) {
      const Rel rel = tree_.rel(t);
      if (rel == Rel::kNsubj || rel == Rel::kObj || rel == Rel::kNsubjPass || rel == Rel::kOblAgent)
        tree_.pos_[Tree::At(t)] = Pos::kNoun;
    }
    const TokenIndex cop = tree_.Child(t, Rel::kCop);
    if (cop == kNoToken || cop > t || tree_.pos(t) != Pos::kVerb || tree_.lemma(cop) != "be") return false;
    const bool passive = tree_.xpos(t) == "VBN";
    if (!passive && tree_.xpos(t) != "VBG") return false;
    tree_.rel_[Tree::At(cop)] = passive ? Rel::kAuxPass : Rel::kAux;
    const TokenIndex subject = tree_.Child(t, Rel::kNsubj);
    if (passive && subject != kNoToken) tree_.rel_[Tree::At(subject)] = Rel::kNsubjPass;
    return true;
  }

  bool BeParticiple(TokenIndex t) {
    const TokenIndex be = tree_.head(t);
    if (tree_.rel(t) != Rel::kConj || tree_.xpos(t) != "VBN" || tree_.lemma(be) != "be" || t < be || HasSubject(t) ||
        HasAuxiliary(t) || tree_.Child(t, Rel::kCc) != kNoToken)
      return false;
    for (TokenIndex child : tree_.children(be)) {
      if (child > be && child < t && tree_.pos(child) != Pos::kPunct && tree_.pos(child) != Pos::kAdv) return false;
    }
    const std::vector<TokenIndex> parts(tree_.children(be).begin(), tree_.children(be).end());
    Swap(t, be, Rel::kAuxPass);
    for (TokenIndex part : parts) {
      if (part != t) Attach(part, t, tree_.rel(part) == Rel::kNsubj ? Rel::kNsubjPass : tree_.rel(part));
    }
    return true;
  }

  bool PassiveWithoutBe(TokenIndex t) {
    const TokenIndex verb = tree_.head(t);
    if (tree_.rel(t) != Rel::kNsubjPass || !IsVerb(verb) || HasAuxiliary(verb)) return false;
    const Rel rel = tree_.rel(verb);
    if (rel != Rel::kRoot && rel != Rel::kCcomp && rel != Rel::kParataxis) return false;
    tree_.rel_[Tree::At(t)] = Rel::kNsubj;
    return true;
  }

  bool SubordinateLost(TokenIndex t) {
    const TokenIndex verb = tree_.head(t);
    if (tree_.rel(t) != Rel::kConj || !IsVerb(t) || !IsVerb(verb) || !IsFinite(t) || t < verb || HasSubject(t) ||
        tree_.Child(t, Rel::kCc) != kNoToken)
      return false;
    for (TokenIndex noun : tree_.children(verb)) {
      const TokenIndex marker = tree_.Child(noun, Rel::kCase);
      if (tree_.rel(noun) != Rel::kObl || noun < verb || marker == kNoToken || RightEdge(noun) + 1 != LeftEdge(t)) continue;
      const std::string_view word = tree_.lower(marker);
      if (word != "after" && word != "before" && word != "since" && word != "until" && word != "as" && word != "because")
        continue;
      Attach(noun, t, Rel::kNsubj);
      Attach(marker, t, Rel::kMark);
      tree_.rel_[Tree::At(t)] = Rel::kAdvcl;
      return true;
    }
    return false;
  }

  // The quoted clause taken for an argument of the participle that opens the speaker's description.
  bool QuotedSubject(TokenIndex t) {
    const TokenIndex participle = tree_.head(t);
    const TokenIndex said = tree_.head(participle);
    const TokenIndex object = tree_.Child(participle, Rel::kObj);
    if (!IsVerb(t) || t > participle || said < participle || object < participle || HasAuxiliary(participle) ||
        (tree_.rel(t) != Rel::kNsubj && tree_.rel(t) != Rel::kCcomp) || !Lexicon::Default().IsSpeechVerb(tree_.lemma(said)))
      return false;
    const std::string_view quote = tree_.lower(participle - 1);
    if ((quote != "”" && quote != "''" && quote != "\"") || LeftEdge(object) != participle + 1) return false;
    TokenIndex speaker = tree_.Child(said, Rel::kNsubj);
    if (speaker != kNoToken && LeftEdge(speaker) != RightEdge(object) + 1) return false;
    Attach(t, said, Rel::kCcomp);
    if (speaker == kNoToken) {
      speaker = object;
      Attach(object, said, Rel::kNsubj);
    } else {
      Attach(object, speaker, Rel::kDesc);
    }
    Attach(participle, speaker, Rel::kAmod);
    tree_.pos_[Tree::At(participle)] = Pos::kAdj;
    return true;
  }

  bool AuxiliaryConjunct(TokenIndex t) {
    const TokenIndex verb = tree_.head(t);
    const TokenIndex object = tree_.Child(t, Rel::kObj);
    const bool past = tree_.xpos(t) == "VBN" || tree_.xpos(t) == "VBD";
    if (tree_.rel(t) != Rel::kConj || !past || object == kNoToken || !IsVerb(verb) ||
        BareAuxiliary(verb) == kNoToken)
      return false;
    if (HasSubject(t) || HasAuxiliary(t) || LeftEdge(object) != t + 1) return false;
    const TokenIndex cc = tree_.Child(t, Rel::kCc);
    TokenIndex last = cc - 1;
    while (last > verb && tree_.pos(last) == Pos::kPunct) --last;
    if (cc == kNoToken || last <= verb || !tree_.IsNominal(last)) return false;
    if (!tree_.Reachable(last)) return false;
    while (tree_.head(last) != verb && tree_.head(last) != kNoToken && tree_.head(last) > verb &&
           tree_.rel(last) != Rel::kNmod)
      last = tree_.head(last);
    Attach(object, last, Rel::kConj);
    Attach(t, object, Rel::kAmod);
    Attach(cc, object, Rel::kCc);
    tree_.pos_[Tree::At(t)] = Pos::kAdj;
    return true;
  }

  bool NameApposition(TokenIndex t) {
    const TokenIndex name = tree_.head(t);
    if (tree_.rel(t) != Rel::kAppos || tree_.pos(t) != Pos::kPropn || tree_.pos(name) != Pos::kPropn ||
        t < name)
      return false;
    for (TokenIndex between = name + 1; between < t; ++between) {
      if (tree_.pos(between) != Pos::kPropn) return false;
    }
    if (HasTitleWord(name, t))
      Swap(t, name, Rel::kDesc);
    else
      Attach(t, name, Rel::kFlat);
    return true;
  }

  // Whether the words from `name`'s first to `end` hold a title or a demonym.
  bool HasTitleWord(TokenIndex name, TokenIndex end) const {
    const Lexicon& lexicon = Lexicon::Default();
    for (TokenIndex t = LeftEdge(name); t < end; ++t) {
      if (lexicon.IsTitle(tree_.lower(t)) ||
          lexicon.CountryByDemonym(tree_.sentence().tokens[Tree::At(t)].form) != nullptr)
        return true;
    }
    return false;
  }

  bool DoubleSubject(TokenIndex t) {
    const TokenIndex verb = tree_.head(t);
    if (tree_.rel(t) != Rel::kNsubj && tree_.rel(t) != Rel::kNsubjPass) return false;
    TokenIndex next = kNoToken;
    for (TokenIndex child : tree_.children(verb)) {
      if (child > t && child < verb &&
          (tree_.rel(child) == Rel::kNsubj || tree_.rel(child) == Rel::kNsubjPass))
        next = child;
    }
    if (next == kNoToken || !tree_.IsNominal(t) || tree_.pos(t) == Pos::kPron) return false;
    if (tree_.lower(next) == "who" || tree_.lower(next) == "which") return RelativeSubject(t, verb);
    if (tree_.pos(next) == Pos::kPron) return false;
    const TokenIndex right = RightEdge(t), left = LeftEdge(next);
    if (tree_.lower(left) == "whose") return WhoseSubject(t, verb);
    if (left == right + 2 && tree_.lower(right + 1) == ",") {
      if (tree_.pos(t) == Pos::kPropn && tree_.pos(next) == Pos::kPropn) return ListOfSubjects(t, next);
      Attach(t, verb, Rel::kAdvcl);
      return true;
    }
    if (left != right + 1 || tree_.pos(left) != Pos::kPropn || tree_.xpos(right) != "NN") return false;
    // `right` is the title of the name that begins at `left`.
    TokenIndex name = left;
    while (name != next && tree_.pos(tree_.head(name)) == Pos::kPropn && tree_.rel(name) != Rel::kNmodPoss)
      name = tree_.head(name);
    if (right == t) {
      Attach(t, name, Rel::kDesc);
      return true;
    }
    if (name != next) return false;
    for (TokenIndex child :
         std::vector<TokenIndex>(tree_.children(right).begin(), tree_.children(right).end())) {
      if (tree_.rel(child) == Rel::kCase) Attach(child, name, Rel::kCase);
    }
    Swap(name, right, Rel::kDesc);
    return true;
  }

  // "X, Y and Z signed": the first name begins the list.
  bool ListOfSubjects(TokenIndex first, TokenIndex next) {
    for (TokenIndex child : std::vector<TokenIndex>(tree_.children(next).begin(), tree_.children(next).end())) {
      if (tree_.rel(child) == Rel::kConj) Attach(child, first, Rel::kConj);
    }
    Attach(next, first, Rel::kConj);
    return true;
  }

  // "X, which makes engines, left": the first verb is in the relative clause, the later one without subject is the main one.
  bool RelativeSubject(TokenIndex noun, TokenIndex verb) {
    for (TokenIndex later : tree_.children(verb)) {
      const Rel rel = tree_.rel(later);
      if (later < verb || !IsVerb(later) || !IsFinite(later) || HasSubject(later) || tree_.Child(later, Rel::kCc) != kNoToken ||
          tree_.Child(later, Rel::kMark) != kNoToken || tree_.lower(LeftEdge(later) - 1) != ",")
        continue;
      if (rel != Rel::kConj && rel != Rel::kXcomp && rel != Rel::kCcomp && rel != Rel::kParataxis && rel != Rel::kAdvcl) continue;
      Attach(later, tree_.head(verb), tree_.rel(verb));
      Attach(noun, later, Rel::kNsubj);
      Attach(verb, noun, Rel::kRelcl);
      return true;
    }
    return false;
  }

  // "X, whose lawyer denied it, left": the first verb is about X's lawyer, the one coordinated with it about
  // X.
  bool WhoseSubject(TokenIndex noun, TokenIndex verb) {
    for (TokenIndex later : tree_.children(verb)) {
      if (tree_.rel(later) != Rel::kConj || later < verb || !IsFinite(later) || HasSubject(later) ||
          tree_.Child(later, Rel::kCc) != kNoToken)
        continue;
      Attach(later, tree_.head(verb), tree_.rel(verb));
      Attach(noun, later, Rel::kNsubj);
      Attach(verb, noun, Rel::kRelcl);
      return true;
    }
    return false;
  }

  bool CopulaSubject(TokenIndex t) {
    const TokenIndex cop = tree_.Child(t, Rel::kCop);
    const TokenIndex noun = tree_.head(t);
    const Rel rel = tree_.rel(t);
    if (cop == kNoToken || HasSubject(t) || t < noun || !tree_.IsNominal(noun) ||
        tree_.Child(t, Rel::kCc) != kNoToken)
      return false;
    if (rel != Rel::kConj && rel != Rel::kAppos && rel != Rel::kNmod && rel != Rel::kAcl && rel != Rel::kDep)
      return false;
    TokenIndex before = cop - 1;
    while (before > noun && (tree_.pos(before) == Pos::kAdv || tree_.pos(before) == Pos::kAux)) --before;
    if (!tree_.Dominates(noun, before) || tree_.Dominates(t, before) || tree_.pos(before) == Pos::kPunct)
      return false;
    for (TokenIndex child :
         std::vector<TokenIndex>(tree_.children(noun).begin(), tree_.children(noun).end())) {
      if (child > t) Attach(child, t, tree_.rel(child));
    }
    Swap(t, noun, Rel::kNsubj);
    return true;
  }

  bool CompoundOfVerb(TokenIndex t) {
    const TokenIndex verb = tree_.head(t);
    if (tree_.rel(t) != Rel::kCompound || !tree_.IsNominal(t) || t > verb || tree_.pos(verb) != Pos::kVerb ||
        !IsFinite(verb))
      return false;
    if (tree_.Child(t, Rel::kCase) == kNoToken) {
      if (HasSubject(verb)) return false;
      Attach(t, verb, Rel::kNsubj);
      return true;
    }
    for (TokenIndex left = t - 1; left >= 0; --left) {
      if (tree_.pos(left) != Pos::kVerb || !tree_.Reachable(left)) continue;
      Attach(t, left, Rel::kObl);
      return true;
    }
    return false;
  }

  bool ThatClause(TokenIndex t) {
    const TokenIndex verb = tree_.head(t);
    if (tree_.rel(t) != Rel::kAdvcl || t < verb || !Lexicon::Default().IsSpeechVerb(tree_.lemma(verb)))
      return false;
    const TokenIndex mark = tree_.Child(t, Rel::kMark);
    if (mark < 1 || tree_.lower(mark) != "that" || tree_.lower(mark - 1) == "so" ||
        tree_.Child(verb, Rel::kCcomp) != kNoToken)
      return false;
    Attach(t, verb, Rel::kCcomp);
    return true;
  }

  bool OfObject(TokenIndex t) {
    const TokenIndex verb = tree_.head(t);
    if (tree_.rel(t) != Rel::kObl || t < verb || words::Has(words::kOfVerbs, tree_.lemma(verb))) return false;
    const TokenIndex of = tree_.Child(t, Rel::kCase);
    const TokenIndex object = tree_.Child(verb, Rel::kObj);
    if (of == kNoToken || tree_.lower(of) != "of" || object == kNoToken || tree_.pos(object) == Pos::kPron ||
        RightEdge(object) != of - 1)
      return false;
    if (tree_.pos(object) == Pos::kPropn) return false;
    Attach(t, object, Rel::kNmod);
    return true;
  }

  bool DashApposition(TokenIndex t) {
    const Rel rel = tree_.rel(t);
    if ((rel != Rel::kObl && rel != Rel::kParataxis && rel != Rel::kDep && rel != Rel::kNmod) ||
        !tree_.IsNominal(t))
      return false;
    if (tree_.Child(t, Rel::kCase) != kNoToken || HasSubject(t) || tree_.Child(t, Rel::kCop) != kNoToken)
      return false;
    TokenIndex dash = LeftEdge(t) - 1;
    if (dash < 1 || (tree_.lower(dash) != "—" && tree_.lower(dash) != "–" && tree_.lower(dash) != "--"))
      return false;
    const TokenIndex after = RightEdge(t) + 1;
    if (after >= tree_.size() || tree_.pos(after) != Pos::kPunct) return false;
    TokenIndex noun = dash - 1;
    if (!tree_.IsNominal(noun) || !tree_.Reachable(noun)) return false;
    while (tree_.head(noun) != kNoToken && tree_.IsNominal(tree_.head(noun)) &&
           !tree_.Dominates(t, tree_.head(noun)) && tree_.rel(noun) != Rel::kNmod) {
      noun = tree_.head(noun);
    }
    if (tree_.Dominates(t, noun)) return false;
    Attach(t, noun, Rel::kAppos);
    return true;
  }

  // -1 singular ("has", "runs"), 1 not singular ("have", "run"), 0 unknown.
  int NumberOf(TokenIndex t) const {
    for (TokenIndex child : tree_.children(t)) {
      const Rel rel = tree_.rel(child);
      if (rel != Rel::kAux && rel != Rel::kAuxPass && rel != Rel::kCop) continue;
      if (tree_.xpos(child) == "VBZ") return -1;
      if (tree_.xpos(child) == "VBP") return 1;
      if (tree_.xpos(child) == "MD") return 0;
    }
    return tree_.xpos(t) == "VBZ" ? -1 : tree_.xpos(t) == "VBP" ? 1 : 0;
  }

  bool AgreementConjunct(TokenIndex t) {
    const TokenIndex first = tree_.head(t);
    if (tree_.rel(t) != Rel::kConj || !IsVerb(t) || !IsVerb(first) || HasSubject(t) || t < first)
      return false;
    if (NumberOf(t) * NumberOf(first) >= 0) return false;
    for (TokenIndex between = t - 1; between > first; --between) {
      if (tree_.rel(between) != Rel::kRelcl || !tree_.Dominates(first, between) ||
          tree_.Dominates(t, between))
        continue;
      if (NumberOf(between) * NumberOf(t) < 0) continue;
      Attach(t, between, Rel::kConj);
      return true;
    }
    return false;
  }

  bool ParenthesisPassive(TokenIndex t) {
    const TokenIndex noun = tree_.head(t);
    const TokenIndex cop = tree_.Child(noun, Rel::kCop);
    if (tree_.rel(t) != Rel::kAcl || tree_.xpos(t) != "VBN" || cop == kNoToken ||
        tree_.Child(noun, Rel::kCase) == kNoToken)
      return false;
    if (t < noun || cop + 1 >= tree_.size() || tree_.lower(cop + 1) != "," || tree_.lower(t - 1) != ",")
      return false;
    const std::vector<TokenIndex> parts(tree_.children(noun).begin(), tree_.children(noun).end());
    Swap(t, noun, Rel::kObl);
    for (TokenIndex part : parts) {
      const Rel rel = tree_.rel(part);
      if (rel == Rel::kNsubj)
        Attach(part, t, Rel::kNsubjPass);
      else if (rel == Rel::kCop)
        Attach(part, t, Rel::kAuxPass);
      else if (rel == Rel::kAux || rel == Rel::kMark || (rel == Rel::kPunct && part > t))
        Attach(part, t, rel);
    }
    return true;
  }

  // A zero relative on a bare singular noun whose subject is a name: "lawmaker [Anna Nagy called on X]".
  bool TitleBeforeName(TokenIndex t) {
    if (tree_.rel(t) != Rel::kRelcl || !IsFinite(t) || HasRelativePronoun(t)) return false;
    const TokenIndex noun = tree_.head(t);
    const TokenIndex name = tree_.Child(t, Rel::kNsubj);
    if (name == kNoToken || tree_.pos(name) != Pos::kPropn || LeftEdge(name) != noun + 1 ||
        tree_.xpos(noun) != "NN")
      return false;
    if (tree_.Child(noun, Rel::kDet) != kNoToken || tree_.Child(noun, Rel::kNmodPoss) != kNoToken)
      return false;
    // The verb takes the noun's place; an apposition or object that swallowed a whole clause becomes a clause
    // beside it.
    const TokenIndex above = tree_.head(noun);
    const Rel rel = tree_.rel(noun);
    Attach(t, above, rel == Rel::kRoot || above == kNoToken ? Rel::kRoot : Rel::kParataxis);
    Attach(noun, name, Rel::kDesc);
    return true;
  }

  // The object of a would-be verb that opens the clause is in truth the subject of the next verb, which has
  // none.
  bool FrontedAdjective(TokenIndex t) {
    if (!IsVerb(t) || !IsFinite(t) || HasSubject(t) || tree_.rel(t) == Rel::kConj ||
        tree_.rel(t) == Rel::kRelcl || tree_.rel(t) == Rel::kAcl)
      return false;
    TokenIndex before = t - 1;
    while (before >= 0 && (tree_.pos(before) == Pos::kAdv || tree_.pos(before) == Pos::kAux)) --before;
    if (before < 0 || !tree_.IsNominal(before) || !tree_.Reachable(before)) return false;
    TokenIndex object = before;
    while (tree_.head(object) != kNoToken && tree_.rel(object) != Rel::kObj &&
           tree_.IsNominal(tree_.head(object)))
      object = tree_.head(object);
    const TokenIndex participle = tree_.head(object);
    if (tree_.rel(object) != Rel::kObj || participle == kNoToken || !IsVerb(participle) ||
        participle > object || participle == t)
      return false;
    const bool past = tree_.xpos(participle) == "VBD" || tree_.xpos(participle) == "VBN";
    if (!past || HasSubject(participle) || HasAuxiliary(participle) || tree_.Dominates(object, t))
      return false;
    if (RightEdge(object) != before || LeftEdge(object) != participle + 1) return false;
    if (tree_.Dominates(participle, t)) Attach(t, tree_.head(participle), tree_.rel(participle));
    Attach(object, t, Rel::kNsubj);
    Attach(participle, object, Rel::kAmod);
    tree_.pos_[Tree::At(participle)] = Pos::kAdj;
    return true;
  }

  bool FiniteAcl(TokenIndex t) {
    TokenIndex noun = tree_.head(t);
    if (tree_.rel(t) != Rel::kAcl || tree_.xpos(t) != "VBD" || HasSubject(t) || HasRelativePronoun(t) ||
        t < noun)
      return false;
    while (tree_.rel(noun) == Rel::kNmod && tree_.head(noun) != kNoToken && tree_.head(noun) < noun)
      noun = tree_.head(noun);
    const Rel rel = tree_.rel(noun);
    if (tree_.Child(noun, Rel::kCop) != kNoToken) return false;
    if (rel == Rel::kRoot) {
      for (TokenIndex child :
           std::vector<TokenIndex>(tree_.children(noun).begin(), tree_.children(noun).end())) {
        if (child > t) Attach(child, t, tree_.rel(child));
      }
      Swap(t, noun, Rel::kNsubj);
      return true;
    }
    const TokenIndex clause = ClauseAbove(noun);
    const TokenIndex cc = tree_.Child(noun, Rel::kCc);
    if (rel != Rel::kConj || clause == kNoToken || cc == kNoToken) return false;
    Attach(t, MainClause(clause), Rel::kConj);
    Attach(noun, t, Rel::kNsubj);
    Attach(cc, t, Rel::kCc);
    return true;
  }

  // The finite clause at or above a clause: conjuncts with subjects of their own join main clauses, not
  // infinitives.
  TokenIndex MainClause(TokenIndex clause) const {
    for (TokenIndex steps = 0; steps < tree_.size(); ++steps) {
      if (IsFinite(clause)) return clause;
      const TokenIndex above = ClauseAbove(clause);
      if (above == kNoToken) return clause;
      clause = above;
    }
    return clause;
  }

  bool FiniteConjunct(TokenIndex t) {
    if (tree_.rel(t) != Rel::kConj || !IsVerb(t) || !IsFinite(t) || t < tree_.head(t)) return false;
    const TokenIndex first = tree_.head(t);
    if (IsVerb(first) || !tree_.IsNominal(first) || tree_.Child(first, Rel::kCop) != kNoToken ||
        HasSubject(first))
      return false;
    const TokenIndex clause = ClauseAbove(first);
    if (clause == kNoToken) return false;
    Attach(t, MainClause(clause), Rel::kConj);
    return true;
  }

  bool WithAbsolute(TokenIndex t) {
    if (tree_.xpos(t) != "VBG" || HasSubject(t) || HasAuxiliary(t) || tree_.Child(t, Rel::kMark) != kNoToken)
      return false;
    TokenIndex before = t - 1;
    while (before > 0 && tree_.pos(before) == Pos::kAdv) --before;
    if (before < 0 || !tree_.IsNominal(before) || !tree_.Reachable(before)) return false;
    // The noun whose phrase ends there, and the "with" that opens it.
    TokenIndex noun = before;
    while (tree_.Child(noun, Rel::kCase) == kNoToken && tree_.head(noun) != kNoToken && tree_.IsNominal(tree_.head(noun)) &&
           tree_.head(noun) <= before)
      noun = tree_.head(noun);
    const TokenIndex with = tree_.Child(noun, Rel::kCase);
    if (with == kNoToken || tree_.lower(with) != "with" || with > noun || tree_.head(t) == noun || tree_.Dominates(t, noun))
      return false;
    if (with == 0 || tree_.lower(with - 1) != ",") return false;
    Attach(t, noun, Rel::kAcl);
    return true;
  }

  bool CommaParticiple(TokenIndex t) {
    const TokenIndex noun = tree_.head(t);
    if (tree_.rel(t) != Rel::kAcl || tree_.xpos(t) != "VBG" || !tree_.IsNominal(noun) || HasSubject(t) ||
        HasAuxiliary(t))
      return false;
    TokenIndex before = t - 1;
    while (before > 0 && (tree_.pos(before) == Pos::kAdv || tree_.lower(before) == "”" ||
                          tree_.lower(before) == "''" || tree_.lower(before) == "\""))
      --before;
    if (before < 1 || tree_.lower(before) != ",") return false;
    const TokenIndex clause = ClauseAbove(noun);
    if (clause == kNoToken || clause > noun || tree_.rel(noun) == Rel::kNsubj ||
        tree_.rel(noun) == Rel::kNsubjPass)
      return false;
    Attach(t, MainClause(clause), Rel::kAdvcl);
    return true;
  }

  // "accused of fraud after leaving": a gerund with a subordinator says when or how the clause happens, not
  // which fraud.
  bool MarkedAcl(TokenIndex t) {
    const TokenIndex noun = tree_.head(t);
    const TokenIndex mark = tree_.Child(t, Rel::kMark);
    if (tree_.rel(t) != Rel::kAcl || tree_.xpos(t) != "VBG" || mark == kNoToken || HasSubject(t) ||
        t < noun || !IsVerb(t))
      return false;
    const std::string_view word = tree_.lower(mark);
    if (word != "after" && word != "before" && word != "while" && word != "when" && word != "since" &&
        word != "without" && word != "despite" && word != "by")
      return false;
    const TokenIndex clause = ClauseAbove(noun);
    if (clause == kNoToken || tree_.rel(noun) == Rel::kNsubj) return false;
    Attach(t, clause, Rel::kAdvcl);
    return true;
  }

  bool FrontedSubordinate(TokenIndex t) {
    const TokenIndex first = tree_.head(t);
    const Rel rel = tree_.rel(t);
    if ((rel != Rel::kParataxis && rel != Rel::kCcomp && rel != Rel::kConj) ||
        tree_.rel(first) != Rel::kRoot || t < first)
      return false;
    const TokenIndex mark = tree_.Child(first, Rel::kMark);
    if (mark == kNoToken || mark > first || tree_.lower(mark) == "that" || tree_.lower(mark) == "to")
      return false;
    const TokenIndex left = LeftEdge(t);
    if (!HasSubject(t) || !IsFinite(t) || tree_.Child(t, Rel::kMark) != kNoToken || left < 1 ||
        tree_.lower(left - 1) != ",")
      return false;
    if (tree_.Child(t, Rel::kCc) != kNoToken) return false;
    Attach(t, kNoToken, Rel::kRoot);
    Attach(first, t, Rel::kAdvcl);
    return true;
  }

  bool InfinitiveRoot(TokenIndex t) {
    const TokenIndex mark = tree_.Child(t, Rel::kMark);
    const TokenIndex noun = tree_.Child(t, Rel::kNsubj);
    if (tree_.rel(t) != Rel::kRoot || mark == kNoToken || tree_.lower(mark) != "to" || noun == kNoToken ||
        noun > mark)
      return false;
    const TokenIndex verb = tree_.Child(noun, Rel::kAcl);
    if (verb == kNoToken || !IsVerb(verb) || (tree_.xpos(verb) != "VBN" && tree_.xpos(verb) != "VBD") ||
        HasAuxiliary(verb))
      return false;
    Attach(verb, kNoToken, Rel::kRoot);
    Attach(noun, verb, Rel::kNsubj);
    Attach(t, verb, Rel::kXcomp);
    return true;
  }

  bool MainVerbLost(TokenIndex t) {
    const TokenIndex clause = tree_.head(t);
    const TokenIndex noun = tree_.head(clause);
    const bool past = tree_.xpos(t) == "VBD" || tree_.xpos(t) == "VBN";
    if (!past || !IsVerb(t) || noun == kNoToken || tree_.rel(noun) != Rel::kRoot || !tree_.IsNominal(noun) ||
        t < clause || clause < noun)
      return false;
    if (HasSubject(t) || HasAuxiliary(t) || tree_.Child(t, Rel::kMark) != kNoToken ||
        tree_.Child(t, Rel::kCc) != kNoToken)
      return false;
    const Rel rel = tree_.rel(t), outer = tree_.rel(clause);
    const bool in_relative = outer == Rel::kRelcl && rel == Rel::kObj;
    const bool in_reduced =
        outer == Rel::kAcl && tree_.xpos(t) == "VBD" &&
        (rel == Rel::kXcomp || rel == Rel::kCcomp || rel == Rel::kAdvcl || rel == Rel::kParataxis);
    if (!in_relative && !in_reduced) return false;
    Attach(t, kNoToken, Rel::kRoot);
    Attach(noun, t, Rel::kNsubj);
    return true;
  }

  bool ArgumentOfVerb(TokenIndex t) {
    const TokenIndex above = tree_.head(t);
    const TokenIndex marker = tree_.Child(t, Rel::kCase);
    if (marker == kNoToken || t < above) return false;
    const TokenIndex over = tree_.head(above);
    // "appointed minister by X", "approved by X in June"
    const bool in_passive = tree_.rel(t) == Rel::kNmod && over != kNoToken && IsVerb(over) && t > over;
    const bool by = in_passive && tree_.lower(marker) == "by" && tree_.xpos(over) == "VBN" &&
                    tree_.Child(over, Rel::kOblAgent) == kNoToken &&
                    (tree_.rel(above) == Rel::kObj || tree_.rel(above) == Rel::kXcomp);
    const bool dated = in_passive && tree_.rel(above) == Rel::kOblAgent && IsTimeNoun(tree_, t);
    if (by || dated) {
      Attach(t, over, by ? Rel::kOblAgent : Rel::kObl);
      return true;
    }
    if (tree_.rel(t) == Rel::kNmod && tree_.rel(above) == Rel::kObj) {
      const TokenIndex verb = tree_.head(above);
      std::string key(tree_.lemma(verb));
      key.append(" ").append(tree_.lower(marker));
      if (!words::Has(words::kVerbPrepositions, key)) return false;
      Attach(t, verb, Rel::kObl);
      return true;
    }
    if (tree_.rel(t) != Rel::kObl || !IsVerb(above)) return false;
    for (TokenIndex child : tree_.children(above)) {
      if (tree_.rel(child) != Rel::kConj || child > t || child < above || !IsVerb(child)) continue;
      if (RightEdge(child) > t) continue;
      Attach(t, child, Rel::kObl);
      return true;
    }
    return false;
  }

  // "Noting X, she left the meeting": before its noun a participle is none of the noun's.
  bool ParticipleBeforeNoun(TokenIndex t) {
    const TokenIndex noun = tree_.head(t);
    const Rel rel = tree_.rel(t);
    if ((rel != Rel::kAdvcl && rel != Rel::kAcl) || t > noun || !tree_.IsNominal(noun) ||
        tree_.xpos(t) != "VBG")
      return false;
    const TokenIndex clause = ClauseAbove(noun);
    if (clause == kNoToken || clause < t || RightEdge(t) + 1 >= tree_.size() ||
        tree_.lower(RightEdge(t) + 1) != ",")
      return false;
    Attach(t, clause, Rel::kAdvcl);
    return true;
  }

  bool FrontedParticiple(TokenIndex t) {
    if (tree_.rel(t) != Rel::kParataxis && tree_.rel(t) != Rel::kCcomp && tree_.rel(t) != Rel::kConj &&
        tree_.rel(t) != Rel::kDep)
      return false;
    const TokenIndex participle = tree_.top_down().front();
    if (tree_.xpos(participle) != "VBG" || HasSubject(participle) || HasAuxiliary(participle) ||
        !IsFinite(t) || !HasSubject(t))
      return false;
    if (LeftEdge(participle) != participle && tree_.pos(LeftEdge(participle)) != Pos::kPunct) return false;
    const TokenIndex left = LeftEdge(t);
    if (left <= participle || tree_.lower(left - 1) != ",") return false;
    for (TokenIndex child :
         std::vector<TokenIndex>(tree_.children(participle).begin(), tree_.children(participle).end())) {
      if (child > t) Attach(child, t, tree_.rel(child));
    }
    Attach(t, kNoToken, Rel::kRoot);
    Attach(participle, t, Rel::kAdvcl);
    return true;
  }

  Tree& tree_;
  std::vector<TokenIndex> head_;  // the tree before the rule at work
  std::vector<Rel> rel_;
  std::vector<Pos> pos_;
};

void RepairTree(Tree& tree) { TreeRepair(tree).Run(); }

void RepairSentence(Sentence& sentence) {
  const Tree before(sentence, false);
  Tree after(sentence, false);
  RepairTree(after);
  for (TokenIndex t = 0; t < after.size(); ++t) {
    Token& token = sentence.tokens[static_cast<size_t>(t)];
    if (after.head(t) != before.head(t)) token.head = after.head(t);
    if (after.rel(t) != before.rel(t)) token.deprel = NameOf(after.rel(t));
  }
}

}  // namespace dossier::ingest
