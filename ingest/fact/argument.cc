// The arguments of one clause with their roles.
#include <algorithm>
#include <optional>

#include "ingest/entity/lexicon.h"
#include "ingest/fact/clause.h"
#include "ingest/fact/words.h"

namespace dossier::ingest {
namespace {

class ArgumentBuilder {
 public:
  ArgumentBuilder(const Tree& tree, const std::vector<Clause>& clauses, size_t index)
      : tree_(tree), clauses_(clauses), clause_(clauses[index]), index_(static_cast<int>(index)) {}

  std::vector<Argument> Build() {
    AddSubject();
    AddObjects();
    AddComplement();
    for (TokenIndex child : tree_.children(clause_.head)) AddDependent(child);
    AddRequester();
    for (TokenIndex nominal : {clause_.object, clause_.explicit_subject}) AddMisattached(nominal);
    AddParenthesized();
    std::stable_sort(out_.begin(), out_.end(),
                     [](const Argument& a, const Argument& b) { return a.head < b.head; });
    return std::move(out_);
  }

 private:
  bool Has(Role role) const {
    return std::any_of(out_.begin(), out_.end(), [&](const Argument& a) { return a.role == role; });
  }

  void Add(Role role, TokenIndex head, std::string preposition, std::vector<TokenIndex> tokens,
           bool inferred = false) {
    if (head == kNoToken || tokens.empty()) return;
    Argument argument;
    argument.role = role;
    argument.preposition = std::move(preposition);
    argument.head = head;
    argument.tokens = std::move(tokens);
    argument.inferred = inferred;
    if (role != Role::kClause) argument.conjuncts = Conjuncts(head);
    out_.push_back(std::move(argument));
  }

  // Nominal argument; relative pronouns stand for their antecedent.
  void AddNominal(Role role, TokenIndex head, std::string preposition, bool inferred = false) {
    if (head == kNoToken) return;
    if (IsRelativePronoun(tree_, head)) {
      const TokenIndex antecedent = AntecedentOf(tree_, head);
      if (antecedent != kNoToken) head = antecedent, inferred = true;
    }
    std::vector<TokenIndex> tokens = NominalPhrase(tree_, head);
    for (TokenIndex child : tree_.children(head)) {
      if (tree_.rel(child) != Rel::kConj || !HasOtherCase(head, child) || preposition.empty()) continue;
      std::erase_if(tokens, [&](TokenIndex t) { return tree_.Dominates(child, t); });
    }
    // The noun that a clause modifies is named without that clause.
    if (inferred && tree_.Dominates(head, clause_.head) && clause_.first != head) {
      std::erase_if(tokens, [&](TokenIndex t) { return tree_.Dominates(clause_.first, t); });
      while (!tokens.empty() && tree_.pos(tokens.back()) == Pos::kPunct) tokens.pop_back();
    }
    Add(role, head, std::move(preposition), std::move(tokens), inferred);
  }

  std::vector<TokenIndex> Conjuncts(TokenIndex head) const {
    std::vector<TokenIndex> conjuncts;
    for (TokenIndex child : tree_.children(head)) {
      if (tree_.rel(child) == Rel::kConj && !IsClauseHead(child) && !HasOtherCase(head, child))
        conjuncts.push_back(child);
    }
    return conjuncts;
  }

  // "in Baku and since July": two arguments.
  bool HasOtherCase(TokenIndex head, TokenIndex conjunct) const {
    const std::string marker = MarkerOf(tree_, conjunct, Rel::kCase);
    return !marker.empty() && marker != MarkerOf(tree_, head, Rel::kCase);
  }
  void AddConjunctsWithOtherCase(TokenIndex head) {
    for (TokenIndex child : tree_.children(head)) {
      if (tree_.rel(child) == Rel::kConj && !IsClauseHead(child) && tree_.IsNominal(child) &&
          HasOtherCase(head, child))
        AddOblique(child);
    }
  }

  bool IsClauseHead(TokenIndex t) const {
    return std::any_of(clauses_.begin(), clauses_.end(), [&](const Clause& c) { return c.head == t; });
  }

  void AddSubject() {
    const Filler& subject = clause_.subject;
    if (clause_.existential) return;  // its subject is what exists
    const bool clausal =
        subject.token != kNoToken && tree_.rel(subject.token) == Rel::kCsubj && !subject.inferred;
    if (clause_.passive && !clause_.copular) {
      if (clause_.agent != kNoToken) AddNominal(Role::kSubject, clause_.agent, "");
      const bool recipient = clause_.object != kNoToken;
      if (clausal)
        Add(Role::kObject, subject.token, "", ClausePhrase(subject.token));
      else
        AddNominal(recipient ? Role::kRecipient : Role::kObject, subject.token, "", subject.inferred);
      return;
    }
    if (clausal)
      Add(Role::kSubject, subject.token, "", ClausePhrase(subject.token));
    else
      AddNominal(Role::kSubject, subject.token, "", subject.inferred);
  }

  void AddObjects() {
    if (clause_.existential) {
      AddNominal(Role::kSubject, clause_.explicit_subject, "");
      return;
    }
    if (clause_.object != kNoToken)
      AddNominal(Role::kObject, clause_.object, "");
    else if (const TokenIndex shared = SharedObject(); shared != kNoToken)
      AddNominal(Role::kObject, shared, "", true);
    if (clause_.recipient != kNoToken)
      AddNominal(Has(Role::kObject) || clause_.passive || clause_.ccomp != kNoToken ? Role::kRecipient
                                                                                    : Role::kObject,
                 clause_.recipient, "");
    if (clause_.gap.token != kNoToken) {
      if (clause_.gap_preposition.empty())
        AddNominal(Has(Role::kObject) ? Role::kOblique : Role::kObject, clause_.gap.token, "", true);
      else
        AddNominal(Role::kOblique, clause_.gap.token, clause_.gap_preposition, true);
    }
  }

  // "imports and sells cars": the object behind a later verb is both's, whichever the parser hung it on.
  TokenIndex SharedObject() const {
    if (clause_.passive || clause_.copular || clause_.ccomp != kNoToken || clause_.xcomp != kNoToken)
      return kNoToken;
    if (clause_.sibling >= 0) {
      const Clause& first = clauses_[static_cast<size_t>(clause_.sibling)];
      return first.object > clause_.head && !first.passive ? first.object : kNoToken;
    }
    for (const Clause& later : clauses_) {
      if (later.sibling == index_ && later.head == clause_.head + 2 && later.object > later.head &&
          !later.passive && later.explicit_subject == kNoToken) {
        return later.object;
      }
    }
    return kNoToken;
  }

  void AddComplement() {
    if (!clause_.copular) return;
    const std::string preposition = MarkerOf(tree_, clause_.head, Rel::kCase);
    std::vector<TokenIndex> phrase = ComplementPhrase();
    if (preposition.empty())
      Add(Role::kComplement, clause_.head, "", std::move(phrase));
    else
      Add(RoleOfOblique(clause_.head, preposition), clause_.head, preposition, std::move(phrase));
    if (!preposition.empty()) AddConjunctsWithOtherCase(clause_.head);
  }

  // The predicate nominal or adjective without the clause's other parts.
  std::vector<TokenIndex> ComplementPhrase() const {
    const bool adjective = !tree_.IsNominal(clause_.head);
    return tree_.Phrase(clause_.head, [&](TokenIndex t) {
      const bool top = tree_.head(t) == clause_.head;
      switch (tree_.rel(t)) {
        case Rel::kRelcl:
        case Rel::kParataxis:
        case Rel::kAppos:
        case Rel::kDiscourse:
        case Rel::kAdvclRelcl:
          return true;
        case Rel::kNsubj:
        case Rel::kNsubjPass:
        case Rel::kCsubj:
        case Rel::kCop:
        case Rel::kAux:
        case Rel::kAuxPass:
        case Rel::kExpl:
        case Rel::kMark:
        case Rel::kAdvcl:
        case Rel::kCcomp:
        case Rel::kObl:
        case Rel::kVocative:
        case Rel::kOblBare:
        case Rel::kXcomp:
        case Rel::kOther:
          return top;
        case Rel::kCase:
          return top && tree_.lower(t) != "'s" && tree_.lower(t) != "’s";
        case Rel::kCc:
          return top && t < clause_.head;
        case Rel::kConj:
          return top && (IsClauseHead(t) || HasOtherCase(clause_.head, t));
        case Rel::kAdvmod:
          return top &&
                 (t < clause_.cop || words::Has(words::kNegators, tree_.lower(t)) ||
                  (!adjective && t > clause_.head) || words::Has(words::kTimeAdverbs, tree_.lower(t)) ||
                  words::Has(words::kModalAdverbs, tree_.lower(t)));
        default:
          return false;
      }
    });
  }

  // Without its subordinator and what only comments on it.
  std::vector<TokenIndex> ClausePhrase(TokenIndex head, TokenIndex marker = kNoToken) const {
    return tree_.Phrase(head, [&](TokenIndex t) {
      if (tree_.head(t) != head) return false;
      const Rel rel = tree_.rel(t);
      return rel == Rel::kMark || t == marker || (rel == Rel::kCc && t < head) || rel == Rel::kDiscourse ||
             (rel == Rel::kParataxis && words::Has(words::kSpeechVerbs, tree_.lemma(t)));
    });
  }

  // The content of a verb of saying; of `P: "Q," said X` only the quotation.
  std::vector<TokenIndex> ContentPhrase(TokenIndex child) const {
    std::vector<TokenIndex> tokens = ClausePhrase(child);
    if (child > clause_.head || !words::Has(words::kSpeechVerbs, tree_.lemma(clause_.head))) return tokens;
    const auto opening = std::find_if(tokens.begin(), tokens.end(), [&](TokenIndex t) {
      return tree_.lower(t) == "“" || tree_.lower(t) == "``" || tree_.lower(t) == "\"";
    });
    if (opening != tokens.end() && *opening > child && opening + 1 != tokens.end()) {
      tokens.erase(tokens.begin(), opening + 1);
      return tokens;
    }
    // The quotation may hang beside the clause before it.
    std::vector<TokenIndex> quotation;
    bool open = false;
    for (TokenIndex t = 0; t < clause_.head; ++t) {
      const std::string_view word = tree_.lower(t);
      const bool opens = word == "“" || word == "``" || (word == "\"" && !open);
      if (opens && t < child) return tokens;
      if (opens)
        open = true;
      else if (word == "”" || word == "''" || word == "\"")
        open = false;
      else if (open)
        quotation.push_back(t);
    }
    while (!quotation.empty() && tree_.lower(quotation.back()) == ",") quotation.pop_back();
    return quotation.empty() ? tokens : quotation;
  }

  void AddDependent(TokenIndex child) {
    switch (tree_.rel(child)) {
      case Rel::kObl:
        AddOblique(child);
        break;
      case Rel::kOblAgent:
        if (child != clause_.agent) AddOblique(child);
        break;
      case Rel::kOblBare:
        Add(IsTimeNoun(tree_, child) ? Role::kTime : Role::kQuantity, child, "", NominalPhrase(tree_, child));
        break;
      case Rel::kAdvmod:
        AddAdverb(child);
        break;
      case Rel::kCcomp:
        if (child == clause_.ccomp)
          Add(Role::kClause, child, MarkerOf(tree_, child, Rel::kMark), ContentPhrase(child));
        break;
      case Rel::kXcomp:
        AddXcomp(child);
        break;
      case Rel::kAdvcl:
        AddAdverbial(child);
        break;
      case Rel::kParataxis:
        AddQuoted(child);
        break;
      case Rel::kNmod:  // of a copula's nominal: part of its phrase; of a verb: a parser's slip for an
                        // oblique
        if (!clause_.copular) AddOblique(child);
        break;
      default:
        break;
    }
  }

  void AddXcomp(TokenIndex child) {
    if (child != clause_.xcomp) return;
    const Pos pos = tree_.pos(child);
    const bool clause = IsClauseHead(child) || pos == Pos::kVerb;
    if (clause) {
      if (!Has(Role::kClause))
        Add(Role::kClause, child, MarkerOf(tree_, child, Rel::kMark), ClausePhrase(child));
      return;
    }
    const std::string preposition = MarkerOf(tree_, child, Rel::kCase);
    Add(preposition.empty() ? Role::kComplement : Role::kOblique, child, preposition,
        NominalPhrase(tree_, child));
  }

  void AddOblique(TokenIndex child) {
    if (child == clause_.agent || child == clause_.subject.token) return;
    const std::string preposition = MarkerOf(tree_, child, Rel::kCase);
    if (preposition.starts_with("according")) return;
    if (preposition == "at" && words::Has(words::kRequestNouns, tree_.lemma(child)) &&
        PossessorOf(tree_, child) != kNoToken)
      return;
    if (preposition == "with" && IsAbsolute(child)) return;
    if (tree_.pos(child) == Pos::kAdp && tree_.children(child).empty()) return;  // stranded
    if (preposition.empty() && !IsTimeNoun(tree_, child)) return;  // an apposition or the like gone astray
    AddNominal(RoleOfOblique(child, preposition), child, preposition);
    AddConjunctsWithOtherCase(child);
  }

  // "with Baku dismissing X": a clause, no companion.
  bool IsAbsolute(TokenIndex nominal) const {
    for (const Clause& c : clauses_) {
      if (c.participle && c.subject.token == nominal && c.head > nominal &&
          (c.governor == nominal || c.governor == clause_.head) &&
          ((nominal > 0 && tree_.lower(nominal - 1) == "with") || c.governor == nominal)) {
        return tree_.head(nominal) == clause_.head && c.link != Rel::kRelcl && CommaBefore(nominal);
      }
    }
    return false;
  }

  bool CommaBefore(TokenIndex nominal) const {
    for (TokenIndex child : tree_.children(nominal)) {
      if (tree_.rel(child) == Rel::kPunct && child < nominal) return true;
    }
    const TokenIndex cased = tree_.Child(nominal, Rel::kCase);
    return cased > 0 && tree_.pos(cased - 1) == Pos::kPunct;
  }

  Role RoleOfOblique(TokenIndex head, std::string_view preposition) const {
    if (IsTimeNoun(tree_, head) || IsTimePhrase(head))
      return preposition == "of" ? Role::kOblique : Role::kTime;
    if (preposition == "during" || preposition == "until" || preposition == "since") return Role::kTime;
    if (words::Has(words::kReasonPrepositions, preposition)) return Role::kReason;
    if ((preposition == "over" || preposition == "for") &&
        words::Has(words::kReasonVerbs, tree_.lemma(clause_.head)) &&
        tree_.Child(head, Rel::kNummod) == kNoToken && tree_.pos(head) == Pos::kNoun) {
      return Role::kReason;
    }
    if (preposition == "via" || preposition == "by_means_of") return Role::kInstrument;
    return Role::kOblique;
  }

  // "in the course of the summer", "at the end of July", "in weeks following the truce"
  bool IsTimePhrase(TokenIndex head) const {
    const TokenIndex of = tree_.Child(head, Rel::kNmod);
    return of != kNoToken && tree_.pos(head) == Pos::kNoun && MarkerOf(tree_, of, Rel::kCase) == "of" &&
           IsTimeNoun(tree_, of) &&
           (tree_.lemma(head) == "part" || tree_.lemma(head) == "course" || tree_.lemma(head) == "half" ||
            tree_.lemma(head) == "rest");
  }

  void AddAdverb(TokenIndex child) {
    const std::string_view word = tree_.lower(child);
    const bool relative = clause_.link == Rel::kRelcl && (word == "where" || word == "when" || word == "why");
    if (relative) {
      const TokenIndex antecedent = AntecedentOf(tree_, child);
      if (antecedent != kNoToken)
        AddNominal(word == "when"    ? Role::kTime
                   : word == "where" ? Role::kPlace
                                     : Role::kReason,
                   antecedent, "in", true);
      return;
    }
    if (words::Has(words::kNegators, word) || words::Has(words::kModalAdverbs, word)) return;
    const TokenIndex last = tree_.children(child).empty() ? child : tree_.children(child).back();
    if (words::Has(words::kTimeAdverbs, word) &&
        (word != "then" && word != "still" && word != "already" && word != "again" && word != "ever")) {
      Add(Role::kTime, child, "", NominalPhrase(tree_, child));
    } else if (words::Has(words::kPlaceAdverbs, word)) {
      Add(Role::kPlace, child, "", NominalPhrase(tree_, child));
    } else if (word.ends_with("ly") && !words::Has(words::kFocusAdverbs, word) &&
               tree_.pos(child) == Pos::kAdv && last >= child) {
      Add(Role::kManner, child, "", NominalPhrase(tree_, child));
    }
  }

  void AddAdverbial(TokenIndex child) {
    std::string marker = MarkerOf(tree_, child, Rel::kMark);
    TokenIndex adverb = kNoToken;
    if (marker.empty()) {
      adverb = tree_.Child(child, Rel::kAdvmod);
      if (adverb != kNoToken && (tree_.lower(adverb) == "when" || tree_.lower(adverb) == "while" ||
                                 tree_.lower(adverb) == "where")) {
        marker = tree_.lower(adverb);
      } else {
        adverb = kNoToken;
      }
    }
    if (marker.empty() || marker == "from") return;
    Role role = Role::kOblique;
    if (marker == "to" || marker == "in_order_to" || marker.starts_with("so_") || marker == "in_order" ||
        marker.ends_with("_to"))
      role = Role::kPurpose;
    else if (marker.starts_with("for_") || marker == "for")
      role = Role::kReason;
    else if (words::Has(words::kReasonMarks, marker) && marker != "as")
      role = Role::kReason;
    else if (words::Has(words::kTimeMarks, marker) &&
             ((marker != "on" && marker != "upon") || child < clause_.head))
      role = Role::kTime;
    Add(role, child, std::move(marker), ClausePhrase(child, adverb));
  }

  // Direct speech that hangs beside its verb of saying.
  void AddQuoted(TokenIndex child) {
    if (Has(Role::kClause) || clause_.ccomp != kNoToken || clause_.copular) return;
    for (const Clause& c : clauses_) {
      if (c.head != child || c.attribution.empty() || c.attribution.back().verb != clause_.head) continue;
      Add(Role::kClause, child, "", ClausePhrase(child));
      return;
    }
  }

  // `P, X said`: P is what this clause of saying governs.
  void AddParenthesized() {
    if (clause_.link != Rel::kParataxis || Has(Role::kClause) || Has(Role::kObject) ||
        clause_.governor == kNoToken)
      return;
    for (const Clause& c : clauses_) {
      if (c.head != clause_.governor || c.attribution.empty() || c.attribution.back().verb != clause_.head)
        continue;
      std::vector<TokenIndex> content = tree_.Phrase(c.head, [&](TokenIndex t) { return t == clause_.head; });
      Add(Role::kClause, c.head, "", std::move(content));
      return;
    }
  }

  // "at X's request", "at the request of X", wherever it hangs below this clause.
  void AddRequester() {
    std::vector<TokenIndex> open{clause_.head};
    for (size_t i = 0; i < open.size(); ++i) {
      for (TokenIndex child : tree_.children(open[i])) {
        if (IsClauseHead(child)) continue;
        open.push_back(child);
        const std::string_view lemma = tree_.lemma(child);
        if (!words::Has(words::kRequestNouns, lemma) || MarkerOf(tree_, child, Rel::kCase) != "at") continue;
        const TokenIndex who = PossessorOf(tree_, child);
        if (who == kNoToken || Has(Role::kRequester)) continue;
        std::string preposition = "at_";
        preposition.append(lemma);
        Add(Role::kRequester, who, std::move(preposition), NominalPhrase(tree_, who));
        for (TokenIndex more : tree_.children(child)) {
          if (tree_.rel(more) == Rel::kNmod && more != who) AddOblique(more);
        }
      }
    }
  }

  void AddMisattached(TokenIndex nominal) {
    if (nominal == kNoToken) return;
    for (TokenIndex child : tree_.children(nominal)) {
      if (IsMisattached(tree_, child) && MarkerOf(tree_, child, Rel::kCase) != "with") AddOblique(child);
    }
  }

  const Tree& tree_;
  const std::vector<Clause>& clauses_;
  const Clause& clause_;
  int index_;
  std::vector<Argument> out_;
};

}  // namespace

namespace {

bool IsPersonName(const Tree& tree, TokenIndex name) {
  return Lexicon::Default().IsGivenName(tree.sentence().tokens[static_cast<size_t>(name)].form) &&
         tree.Child(name, Rel::kFlat) != kNoToken;
}

// ", with X doing Y": a clause however X is attached.
bool IsAbsoluteNominal(const Tree& tree, TokenIndex t) {
  const TokenIndex with = tree.Child(t, Rel::kCase);
  if (with < 1 || tree.lower(with) != "with" || tree.pos(with - 1) != Pos::kPunct) return false;
  TokenIndex next = t + 1;
  while (next < tree.size() && (tree.pos(next) == Pos::kAdv || tree.Dominates(t, next)) &&
         tree.xpos(next) != "VBG")
    ++next;
  return next < tree.size() && tree.xpos(next) == "VBG" && tree.pos(next) == Pos::kVerb;
}

}  // namespace

bool IsMisattached(const Tree& tree, TokenIndex t) {
  if ((tree.rel(t) != Rel::kNmod && tree.rel(t) != Rel::kConj) || tree.head(t) == kNoToken ||
      t < tree.head(t))
    return false;
  if (IsAbsoluteNominal(tree, t)) return true;
  if (tree.rel(t) != Rel::kNmod) return false;
  const bool name = tree.pos(tree.head(t)) == Pos::kPropn && tree.rel(tree.head(t)) != Rel::kRoot;
  const bool request = words::Has(words::kRequestNouns, tree.lemma(t));
  if (!name && !request) return false;
  const std::string preposition = MarkerOf(tree, t, Rel::kCase);
  if (name && IsPersonName(tree, tree.head(t)) && preposition != "of" && preposition != "from" &&
      !preposition.empty())
    return true;
  if (request) return preposition == "at" && PossessorOf(tree, t) != kNoToken;
  return preposition == "over" || preposition == "after" || preposition == "before" ||
         preposition == "during" || preposition == "because_of" || preposition == "despite" ||
         preposition == "amid" || preposition == "until" || preposition == "since" || preposition == "due_to";
}

std::vector<Argument> BuildArguments(const Tree& tree, const std::vector<Clause>& clauses, size_t index) {
  return ArgumentBuilder(tree, clauses, index).Build();
}

}  // namespace dossier::ingest
