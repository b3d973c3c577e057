// Who a clause without a subject of its own is about: control, raising, relative clauses, participles,
// absolutes, coordination.
#include "ingest/fact/clause.h"
#include "ingest/fact/words.h"

namespace dossier::ingest {
namespace {

class SubjectResolver {
 public:
  SubjectResolver(const Tree& tree, std::vector<Clause>& clauses) : tree_(tree), clauses_(clauses) {}

  void Run() {
    for (Clause& clause : clauses_) {
      clause.subject = Resolve(clause);
      OwnerOfEffort(clause);
    }
  }

 private:
  const Clause* Parent(const Clause& clause) const {
    return clause.parent < 0 ? nullptr : &clauses_[static_cast<size_t>(clause.parent)];
  }

  // "X's efforts are centred on preserving Y": X preserves.
  void OwnerOfEffort(Clause& clause) const {
    const bool reduced = clause.infinitive || clause.participle || tree_.xpos(clause.head) == "VBG";
    if (!clause.subject.inferred || clause.subject.token == kNoToken || !reduced ||
        !words::Has(words::kEffortNouns, tree_.lemma(clause.subject.token)))
      return;
    if (const TokenIndex owner = PossessorOf(tree_, clause.subject.token); owner != kNoToken) clause.subject.token = owner;
  }

  Filler Resolve(const Clause& clause) const {
    if (clause.explicit_subject != kNoToken) return Explicit(clause);
    if (clause.expl != kNoToken && !clause.existential) return {};
    if (clause.sibling >= 0) {
      const Filler shared = clauses_[static_cast<size_t>(clause.sibling)].subject;
      return {shared.token, true};
    }
    const Clause* matrix = Parent(clause);
    switch (clause.link) {
      case Rel::kRelcl:
        return {clause.gap.token == kNoToken ? clause.governor : kNoToken, true};
      case Rel::kAcl:
        return {OfNounClause(clause, matrix), true};
      case Rel::kXcomp:
        return {matrix == nullptr ? kNoToken : Controller(*matrix, clause), true};
      case Rel::kCcomp:
        if (matrix == nullptr || !(clause.infinitive || clause.participle)) return {};
        return {Controller(*matrix, clause), true};
      case Rel::kAdvcl:
        return {OfAdverbial(clause, matrix), true};
      case Rel::kParataxis:
      case Rel::kDep:
      case Rel::kOther:
        // A participle that the parser could not place better.
        if (matrix != nullptr && clause.participle) return {OfAdverbial(clause, matrix), true};
        return {};
      default:
        return {};
    }
  }

  Filler Explicit(const Clause& clause) const {
    const TokenIndex subject = clause.explicit_subject;
    if (!IsRelativePronoun(tree_, subject)) return {subject, false};
    TokenIndex antecedent = AntecedentOf(tree_, subject);
    if (antecedent == kNoToken && clause.link != Rel::kCcomp && clause.link != Rel::kRoot)
      antecedent = NounBefore(subject, clause);
    return antecedent == kNoToken ? Filler{subject, false} : Filler{antecedent, true};
  }

  // A relative pronoun whose clause the parser did not hang on a noun refers to the noun phrase that ends
  // right before it.
  TokenIndex NounBefore(TokenIndex pronoun, const Clause& clause) const {
    TokenIndex t = pronoun - 1;
    while (t >= 0 && (tree_.pos(t) == Pos::kPunct || tree_.pos(t) == Pos::kAdp)) --t;
    if (t < 0 || !tree_.IsNominal(t) || !tree_.Reachable(t) || tree_.Dominates(clause.head, t))
      return kNoToken;
    while (tree_.head(t) != kNoToken && tree_.head(t) < t + 12 && tree_.IsNominal(tree_.head(t)) &&
           tree_.rel(t) != Rel::kNmod && tree_.rel(t) != Rel::kConj &&
           !tree_.Dominates(clause.head, tree_.head(t))) {
      t = tree_.head(t);
    }
    return t;
  }

  // The matrix participant that an infinitive or gerund complement is about.
  TokenIndex Controller(const Clause& matrix, const Clause& clause) const {
    const std::string_view verb = tree_.lemma(matrix.head);
    if (matrix.passive || matrix.copular) return matrix.subject.token;
    if (words::Has(words::kSubjectControlVerbs, verb)) return matrix.subject.token;
    if (matrix.recipient != kNoToken) return Antecedent(matrix.recipient);
    if (matrix.object != kNoToken && matrix.object != clause.head) return Antecedent(matrix.object);
    if (matrix.gap.token != kNoToken && matrix.gap_preposition.empty()) return matrix.gap.token;
    if (const TokenIndex oblique = ObliqueController(matrix); oblique != kNoToken) return oblique;
    return matrix.subject.token;
  }

  TokenIndex ObliqueController(const Clause& matrix) const {
    std::string key;
    for (TokenIndex child : tree_.children(matrix.head)) {
      if (tree_.rel(child) != Rel::kObl) continue;
      key.assign(tree_.lemma(matrix.head)).append(" ").append(MarkerOf(tree_, child, Rel::kCase));
      if (words::Has(words::kObliqueControl, key)) return Antecedent(child);
    }
    return kNoToken;
  }

  TokenIndex Antecedent(TokenIndex t) const {
    if (!IsRelativePronoun(tree_, t)) return t;
    const TokenIndex antecedent = AntecedentOf(tree_, t);
    return antecedent == kNoToken ? t : antecedent;
  }

  // "officials meeting with X", "evidence to suggest", "X's decision to go", "tools to prevent".
  TokenIndex OfNounClause(const Clause& clause, const Clause* matrix) const {
    const TokenIndex noun = clause.governor;
    const std::string marker = MarkerOf(tree_, clause.head, Rel::kMark);
    if (!clause.infinitive && (clause.participle || tree_.xpos(clause.head) == "VBG") && marker.empty())
      return noun;
    if (!clause.infinitive && marker.empty() && (clause.copular || tree_.pos(clause.head) == Pos::kAdj))
      return noun;
    if (const TokenIndex owner = PossessorOf(tree_, noun); owner != kNoToken) return owner;
    if (clause.infinitive && IsTimeNoun(tree_, noun)) return kNoToken;  // "the year to buy": no year buys
    if (clause.infinitive && words::Has(words::kEvidenceNouns, tree_.lemma(ContentHead(tree_, noun))))
      return noun;
    // "has tools to prevent": what the subject has is for the subject's deeds; otherwise the noun's ("a
    // ceasefire to end the war").
    if (matrix != nullptr && noun == matrix->object && !matrix->passive) {
      // "asked the council to close", parsed as if it were a council to close
      const bool controls =
          clause.infinitive && words::Has(words::kObjectInfinitiveVerbs, tree_.lemma(matrix->head));
      return controls ? noun : matrix->subject.token;
    }
    return clause.infinitive && tree_.rel(noun) != Rel::kNsubj ? noun : kNoToken;
  }

  TokenIndex OfAdverbial(const Clause& clause, const Clause* matrix) const {
    if (const TokenIndex absolute = AbsoluteSubject(clause, matrix); absolute != kNoToken) return absolute;
    if (matrix == nullptr || clause.governor != matrix->head) {
      // An adverbial clause under a noun: the participle speaks of that noun.
      return clause.participle && clause.governor != kNoToken && tree_.IsNominal(clause.governor)
                 ? clause.governor
                 : kNoToken;
    }
    const std::string marker = MarkerOf(tree_, clause.head, Rel::kMark);
    const std::string_view verb = tree_.lemma(matrix->head);
    if (marker == "from" && words::Has(words::kPreventVerbs, verb)) return ObjectOr(*matrix);
    if ((marker == "of" || marker == "for" || marker == "into" || marker == "with" || marker.empty()) &&
        tree_.xpos(clause.head) == "VBG" && words::Has(words::kObjectGerundVerbs, verb) &&
        clause.head > matrix->head && !CommaBefore(clause)) {
      return ObjectOr(*matrix);
    }
    if (clause.infinitive) {
      if (const TokenIndex oblique = ObliqueController(*matrix); oblique != kNoToken) return oblique;
      if (words::Has(words::kObjectInfinitiveVerbs, verb) && (matrix->object != kNoToken || matrix->passive))
        return ObjectOr(*matrix);
    }
    if (matrix->existential) return kNoToken;
    return matrix->subject.token;
  }

  TokenIndex ObjectOr(const Clause& matrix) const {
    if (!matrix.passive && matrix.object != kNoToken) return Antecedent(matrix.object);
    return matrix.subject.token;
  }

  bool CommaBefore(const Clause& clause) const {
    for (TokenIndex child : tree_.children(clause.head)) {
      if (child < clause.head && tree_.lower(child) == ",") return true;
    }
    return clause.head > 0 && tree_.lower(clause.head - 1) == ",";
  }

  // "with Baku dismissing ministers": the nominal right before the participle that "with" brings in, wherever
  // the parser hung it.
  TokenIndex AbsoluteSubject(const Clause& clause, const Clause* matrix) const {
    if (!clause.participle) return kNoToken;
    auto is_with = [&](TokenIndex t) {
      return tree_.IsNominal(t) && t < clause.head && MarkerOf(tree_, t, Rel::kCase) == "with";
    };
    for (TokenIndex child : tree_.children(clause.head)) {
      if (child < clause.head && tree_.rel(child) == Rel::kObl && is_with(child)) return child;
    }
    if (matrix == nullptr) return kNoToken;
    // The nominal that ends right before the participle and its adverbs.
    TokenIndex t = clause.head - 1;
    while (t >= 0 && tree_.pos(t) == Pos::kAdv) --t;
    for (TokenIndex steps = 0; t != kNoToken && t >= 0 && steps < 8; ++steps, t = tree_.head(t)) {
      if (!tree_.IsNominal(t) || t > clause.head) return kNoToken;
      if (is_with(t)) return t;
    }
    return kNoToken;
  }

  const Tree& tree_;
  std::vector<Clause>& clauses_;
};

}  // namespace

void ResolveSubjects(const Tree& tree, std::vector<Clause>& clauses) { SubjectResolver(tree, clauses).Run(); }

}  // namespace dossier::ingest
