// How the text holds each clause: denied, possible, wished, asked, supposed; and who says it.
#include <algorithm>

#include "ingest/fact/clause.h"
#include "ingest/fact/words.h"

namespace dossier::ingest {
namespace {

constexpr size_t kMaxAttributions = 4;

class ContextResolver {
 public:
  ContextResolver(const Tree& tree, std::vector<Clause>& clauses) : tree_(tree), clauses_(clauses) {}

  void Run() {
    for (Clause& clause : clauses_) {
      ReadOwnContext(tree_, clause);
      if (clause.sibling >= 0) FromSibling(clause);
      if (clause.parent >= 0) FromMatrix(clause, clauses_[static_cast<size_t>(clause.parent)]);
      ByParenthesis(clause);
      AccordingTo(clause);
      InTheView(clause);
      AsSaid(clause);
    }
    Consequents();
  }

 private:
  // --- what it inherits
  // --------------------------------------------------------------------------------------------------

  static void Hold(Clause& clause, Modality modality) {
    if (modality != Modality::kNone) clause.modality = modality;
  }
  static void Negate(Clause& clause) {
    clause.polarity = clause.polarity == Polarity::kNegative ? Polarity::kPositive : Polarity::kNegative;
  }

  // "may come and go", "did not eat or drink": a conjunct without auxiliaries and subject of its own shares
  // those of the first.
  void FromSibling(Clause& clause) const {
    const Clause& other = clauses_[static_cast<size_t>(clause.sibling)];
    if (clause.explicit_subject != kNoToken) return;
    const bool same_form =
        tree_.xpos(clause.head) == tree_.xpos(other.head) || tree_.xpos(clause.head) == "VB";
    if (clause.auxiliaries.empty() && same_form && clause.modality == Modality::kNone &&
        !other.adverb_modality) {
      if (ModalityOfAuxiliaries(tree_, other) != Modality::kNone || other.modality == Modality::kImperative ||
          other.modality == Modality::kQuestion) {
        clause.modality = other.modality;
      }
    }
    // "whether X was imported or belonged to Y": a question about both.
    if (other.modality == Modality::kQuestion && clause.modality == Modality::kNone && clause.auxiliaries.empty() &&
        MarkerOf(tree_, other.first, Rel::kMark).starts_with("whether"))
      clause.modality = other.modality;
    const TokenIndex cc = tree_.Child(clause.head, Rel::kCc);
    const bool alternative = cc != kNoToken && (tree_.lower(cc) == "or" || tree_.lower(cc) == "nor");
    const bool base_form = clause.auxiliaries.empty() && !other.auxiliaries.empty() && same_form &&
                           cc != kNoToken && tree_.lower(cc) == "and" && tree_.xpos(clause.head) == "VB";
    if ((alternative || base_form) && other.polarity == Polarity::kNegative && clause.auxiliaries.empty())
      clause.polarity = Polarity::kNegative;
  }

  void FromMatrix(Clause& clause, const Clause& matrix) const {
    clause.attribution = matrix.attribution;
    switch (clause.link) {
      case Rel::kXcomp:
        OfComplement(clause, matrix, /*finite=*/false);
        break;
      case Rel::kCcomp:
      case Rel::kCsubj:
        OfComplement(clause, matrix, /*finite=*/true);
        break;
      case Rel::kParataxis:
        OfParataxis(clause, matrix);
        break;
      case Rel::kAdvcl:
        OfAdverbial(clause, matrix);
        break;
      case Rel::kAcl:
        OfNounClause(clause, matrix);
        break;
      case Rel::kRelcl:
      case Rel::kAdvclRelcl:
        OfRelative(clause, matrix);
        break;
      default:
        break;
    }
  }

  void Attribute(Clause& clause, TokenIndex source, TokenIndex verb) const {
    if (clause.attribution.size() < kMaxAttributions) clause.attribution.push_back({source, verb});
  }

  // Complements of a verb or a predicative adjective.
  void OfComplement(Clause& clause, const Clause& matrix, bool finite) const {
    const std::string_view verb = tree_.lemma(matrix.head);
    const bool speech = words::Has(words::kSpeechVerbs, verb) && !matrix.copular;
    const std::string marker = MarkerOf(tree_, clause.first, Rel::kMark);
    if (marker.starts_with("whether") || marker == "if" || IsIndirectQuestion(clause))
      Hold(clause, Modality::kQuestion);
    const bool doubted = matrix.copular ? words::Has(words::kDoubtAdjectives, verb)
                                        : matrix.xcomp != kNoToken && words::Has(words::kDoubtAdjectives, tree_.lemma(matrix.xcomp));
    if (doubted) Hold(clause, Modality::kPossible);
    if (finite || matrix.passive) {
      if (speech && OnlyItsQuotation(clause, matrix)) {
        Inherit(clause, matrix, /*polarity=*/false);
        return;
      }
      if (speech) {
        // "it is said that", "X is alleged to": nobody is named.
        Attribute(clause, matrix.passive ? matrix.agent : matrix.subject.token, matrix.head);
        const bool hearsay = matrix.passive && clause.infinitive && words::Has(words::kPossibleVerbs, verb);
        if ((hearsay || words::Has(words::kDoubtVerbs, verb)) && clause.modality != Modality::kQuestion)
          Hold(clause, Modality::kPossible);
        if (words::Has(words::kDenyVerbs, verb)) Negate(clause);
        if (matrix.polarity == Polarity::kNegative) Hold(clause, Modality::kPossible);
        if (clause.infinitive && words::Has(words::kWishVerbs, verb)) Hold(clause, Modality::kWish);
        Inherit(clause, matrix, /*polarity=*/false);
        return;
      }
      if (finite && !clause.infinitive) {
        if (words::Has(words::kWishVerbs, verb)) Hold(clause, Modality::kWish);
        if (matrix.polarity == Polarity::kNegative) Hold(clause, Modality::kPossible);
        Inherit(clause, matrix, /*polarity=*/false);
        return;
      }
    }
    if (words::Has(words::kNegativeVerbs, verb) || YetTo(clause, matrix))
      Negate(clause);
    else if (words::Has(words::kWishVerbs, verb))
      Hold(clause, Modality::kWish);
    else if (verb == "go" && clause.infinitive && tree_.xpos(matrix.head) == "VBG")
      Hold(clause, Modality::kFuture);
    else if (words::Has(words::kNecessaryVerbs, verb) && clause.infinitive)
      Hold(clause, Modality::kNecessary);
    else if (words::Has(words::kPossibleVerbs, verb) && !matrix.copular && (verb != "report" || clause.infinitive))
      Hold(clause, Modality::kPossible);
    else if (matrix.copular && clause.infinitive)
      Hold(clause, Modality::kPossible);  // "is ready to", "the aim is to"
    if (words::Has(words::kPreventVerbs, verb) && marker == "from") Negate(clause);
    Inherit(clause, matrix, /*polarity=*/true);
  }

  // "has yet to sign": has not signed.
  bool YetTo(const Clause& clause, const Clause& matrix) const {
    if (!clause.infinitive || (tree_.lemma(matrix.head) != "have" && tree_.lemma(matrix.head) != "be")) return false;
    for (TokenIndex t = matrix.head; t < clause.head; ++t) {
      if (tree_.lower(t) == "yet") return true;
    }
    return false;
  }

  // `P: "Q," said X` parsed as said(P ... Q): only Q is X's. True for an unquoted clause before the verb of
  // saying with a quotation between.
  bool OnlyItsQuotation(const Clause& clause, const Clause& matrix) const {
    if (clause.head > matrix.head || !MarkerOf(tree_, clause.head, Rel::kMark).empty()) return false;
    bool opened = false;
    for (TokenIndex t = 0; t < matrix.head; ++t) {
      const std::string_view word = tree_.lower(t);
      if (word != "“" && word != "``" && word != "\"") continue;
      if (t < clause.head) return false;
      opened = true;
      break;
    }
    return opened;
  }

  // What holds of the matrix holds of what depends on its coming true.
  static void Inherit(Clause& clause, const Clause& matrix, bool polarity) {
    if (polarity && matrix.polarity == Polarity::kNegative) Negate(clause);
    if (matrix.modality != Modality::kNone &&
        (clause.modality == Modality::kNone || clause.modality == Modality::kFuture)) {
      clause.modality = matrix.modality;
    }
  }

  bool IsIndirectQuestion(const Clause& clause) const {
    for (TokenIndex child : tree_.children(clause.head)) {
      const std::string_view word = tree_.lower(child);
      if (child < clause.head &&
          (word == "who" || word == "whom" || word == "what" || word == "how" || word == "why" ||
           word == "where" || word == "when" || word == "which") &&
          tree_.rel(child) != Rel::kMark) {
        return true;
      }
    }
    return false;
  }

  // `content, X said` with the content as governor is ByParenthesis(); here the content hangs on the verb of
  // saying.
  void OfParataxis(Clause& clause, const Clause& matrix) const {
    const bool speech = !matrix.copular && words::Has(words::kSpeechVerbs, tree_.lemma(matrix.head)) &&
                        matrix.ccomp == kNoToken;
    if (speech && clause.governor == matrix.head && Quoted(clause))
      Attribute(clause, matrix.subject.token, matrix.head);
  }

  bool Quoted(const Clause& clause) const {
    for (TokenIndex t = clause.head; t >= 0; --t) {
      const std::string_view word = tree_.lower(t);
      if (word == "\"" || word == "“" || word == "``" || word == ":") return true;
      if (t < clause.head && tree_.head(clause.head) == t) return false;
    }
    return false;
  }

  void OfAdverbial(Clause& clause, const Clause& matrix) const {
    const std::string marker = MarkerOf(tree_, clause.first, Rel::kMark);
    const std::string_view verb = tree_.lemma(matrix.head);
    if (marker.starts_with("whether")) {
      Hold(clause, Modality::kQuestion);
    } else if (words::Has(words::kConditionMarks, marker) || marker.starts_with("if") ||
               InvertedCondition(clause)) {
      Hold(clause, Modality::kConditional);
    } else if (YetTo(clause, matrix)) {
      Negate(clause);
    } else if (clause.infinitive) {
      Hold(clause, Modality::kWish);
    } else if (marker == "without" || marker == "instead_of" || marker == "rather_than") {
      Negate(clause);
    } else if (marker == "than" || marker == "as_if" || marker == "as_though" || marker == "lest") {
      Hold(clause, Modality::kPossible);
    } else if (marker == "from" && words::Has(words::kPreventVerbs, verb)) {
      Negate(clause);
    } else if ((marker == "of" || marker == "for") &&
               (verb == "accuse" || verb == "suspect" || verb == "charge" || verb == "indict" ||
                verb == "sue")) {
      Hold(clause, Modality::kPossible);
    }
    // "efforts are centred on preserving Y"
    if (clause.modality == Modality::kNone && matrix.subject.token != kNoToken && clause.subject.token != matrix.subject.token &&
        words::Has(words::kEffortNouns, tree_.lemma(matrix.subject.token)) && tree_.Dominates(matrix.subject.token, clause.subject.token))
      Hold(clause, Modality::kWish);
    const bool participial = marker.empty() || marker == "by" || marker == "with" ||
                             (marker == "from" && words::Has(words::kPreventVerbs, verb));
    if (participial && clause.explicit_subject == kNoToken && clause.modality == Modality::kNone &&
        !matrix.adverb_modality && clause.subject.token == matrix.subject.token) {
      clause.modality = matrix.modality;
    }
    if (marker == "from" && words::Has(words::kPreventVerbs, verb)) {
      Inherit(clause, matrix, /*polarity=*/true);
      if (clause.modality == Modality::kNone && matrix.link == Rel::kAcl) clause.modality = matrix.modality;
    }
  }

  // "had he known", "should they fail"
  bool InvertedCondition(const Clause& clause) const {
    if (clause.auxiliaries.empty() || clause.explicit_subject == kNoToken) return false;
    const TokenIndex aux = clause.auxiliaries.front();
    const std::string_view word = tree_.lower(aux);
    return aux < clause.explicit_subject && (word == "had" || word == "should" || word == "were") &&
           MarkerOf(tree_, clause.head, Rel::kMark).empty();
  }

  // "X's claim that P", "evidence to suggest", "a plan to build"
  void OfNounClause(Clause& clause, const Clause& matrix) const {
    const std::string_view noun = tree_.lemma(ContentHead(tree_, clause.governor));
    const std::string marker = MarkerOf(tree_, clause.first, Rel::kMark);
    const bool content =
        words::Has(words::kContentNouns, noun) && (marker == "that" || clause.explicit_subject != kNoToken);
    if (content) {
      Attribute(clause, PossessorOf(tree_, clause.governor), clause.governor);
      if (noun != "fact" && noun != "news") Hold(clause, Modality::kPossible);
    } else if (clause.infinitive && IsDone(clause)) {
      return;
    } else if (clause.infinitive && !words::Has(words::kEvidenceNouns, noun)) {
      Hold(clause, Modality::kWish);
    } else if (clause.infinitive && matrix.modality != Modality::kNone) {
      Inherit(clause, matrix, false);
    }
    if (matrix.modality == Modality::kConditional || matrix.modality == Modality::kQuestion)
      Inherit(clause, matrix, false);
  }

  // "X's decision to launch the offensive": what is decided and known by name was done.
  bool IsDone(const Clause& clause) const {
    if (tree_.lemma(clause.governor) != "decision" || tree_.Child(clause.governor, Rel::kNmodPoss) == kNoToken || clause.object == kNoToken)
      return false;
    const TokenIndex det = tree_.Child(clause.object, Rel::kDet);
    return det != kNoToken && tree_.lower(det) == "the";
  }

  void OfRelative(Clause& clause, const Clause& matrix) const {
    if (matrix.modality == Modality::kConditional && matrix.conditional_consequent)
      Hold(clause, Modality::kConditional);
  }

  // `P, X said`: a clause of saying without content of its own, set into or after the content.
  void ByParenthesis(Clause& clause) const {
    for (const TokenIndex child : tree_.children(clause.head)) {
      if (tree_.rel(child) != Rel::kParataxis || !words::Has(words::kSpeechVerbs, tree_.lemma(child)))
        continue;
      if (tree_.pos(child) != Pos::kVerb || tree_.Child(child, Rel::kCcomp) != kNoToken || tree_.Child(child, Rel::kObj) != kNoToken) continue;
      TokenIndex source = tree_.Child(child, Rel::kNsubj);
      if (source == kNoToken) continue;
      Attribute(clause, source, child);
      if (words::Has(words::kDoubtVerbs, tree_.lemma(child))) Hold(clause, Modality::kPossible);
    }
  }

  void AccordingTo(Clause& clause) const {
    for (const TokenIndex child : tree_.children(clause.head)) {
      if (tree_.rel(child) == Rel::kObl && MarkerOf(tree_, child, Rel::kCase).starts_with("according")) {
        const TokenIndex cased = tree_.Child(child, Rel::kCase);
        Attribute(clause, child, cased);
      }
    }
  }

  // "In the view of X, P"
  void InTheView(Clause& clause) const {
    static constexpr std::string_view kViews[] = {"eyes", "judgement", "judgment", "opinion", "reckoning", "view", "words"};
    for (const TokenIndex child : tree_.children(clause.head)) {
      if (tree_.rel(child) != Rel::kObl || MarkerOf(tree_, child, Rel::kCase) != "in" ||
          std::find(std::begin(kViews), std::end(kViews), tree_.lower(child)) == std::end(kViews))
        continue;
      if (const TokenIndex source = PossessorOf(tree_, child); source != kNoToken) Attribute(clause, source, child);
    }
  }

  // "As X noted, P"
  void AsSaid(Clause& clause) const {
    for (const TokenIndex child : tree_.children(clause.head)) {
      if (tree_.rel(child) != Rel::kAdvcl || !IsAsSaid(tree_, child)) continue;
      const TokenIndex source = tree_.Child(child, Rel::kNsubj);
      Attribute(clause, source, child);
    }
  }

  // The main clause of an if-sentence is only said to follow.
  void Consequents() const {
    for (const Clause& clause : clauses_) {
      if (clause.link != Rel::kAdvcl || clause.modality != Modality::kConditional || clause.parent < 0)
        continue;
      Clause& matrix = clauses_[static_cast<size_t>(clause.parent)];
      if (clause.governor != matrix.head) continue;
      const std::string marker = MarkerOf(tree_, clause.first, Rel::kMark);
      if (marker != "if" && marker != "unless" && marker != "provided" && marker != "in_case" &&
          marker != "as_long_as")
        continue;
      const TokenIndex adverb = tree_.Child(clause.head, Rel::kAdvmod);
      if (adverb != kNoToken && tree_.lower(adverb) == "even") continue;  // "even if P, Q" says Q
      matrix.conditional_consequent = true;
      if (matrix.modality == Modality::kNone || matrix.modality == Modality::kFuture)
        matrix.modality = Modality::kConditional;
    }
    for (Clause& clause : clauses_) {  // "..., then P and Q"
      if (clause.sibling < 0 || !clauses_[static_cast<size_t>(clause.sibling)].conditional_consequent)
        continue;
      clause.conditional_consequent = true;
      if (clause.modality == Modality::kNone || clause.modality == Modality::kFuture)
        clause.modality = Modality::kConditional;
    }
  }

  const Tree& tree_;
  std::vector<Clause>& clauses_;
};

}  // namespace

bool IsAsSaid(const Tree& tree, TokenIndex t) {
  return MarkerOf(tree, t, Rel::kMark) == "as" && words::Has(words::kSpeechVerbs, tree.lemma(t)) && tree.pos(t) == Pos::kVerb &&
         tree.Child(t, Rel::kNsubj) != kNoToken && tree.Child(t, Rel::kObj) == kNoToken && tree.Child(t, Rel::kCcomp) == kNoToken &&
         tree.Child(t, Rel::kXcomp) == kNoToken;
}

void ResolveContexts(const Tree& tree, std::vector<Clause>& clauses) { ContextResolver(tree, clauses).Run(); }

}  // namespace dossier::ingest
