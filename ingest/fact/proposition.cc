#include "ingest/fact/proposition.h"

#include <algorithm>

#include "ingest/fact/clause.h"
#include "ingest/fact/nominal.h"
#include "ingest/fact/words.h"

namespace dossier::ingest {
namespace {

// Longer runs are lists and tables, not sentences; the bound keeps the work per sentence small.
constexpr size_t kMaxTokens = 1000;

bool IsVerbal(const Tree& tree, TokenIndex t) {
  return tree.pos(t) == Pos::kVerb || tree.pos(t) == Pos::kAux;
}

// True when the clause continues its governor's predicate with the same subject: "tried to leave", "was able
// to see".
bool ContinuesMatrix(const std::vector<Clause>& clauses, const Clause& clause) {
  if (clause.link != Rel::kXcomp || clause.parent < 0 || clause.copular) return false;
  const Clause& matrix = clauses[static_cast<size_t>(clause.parent)];
  return clause.governor == matrix.head && clause.subject.token == matrix.subject.token &&
         clause.subject.token != kNoToken;
}

void AppendOwnPredicate(const Tree& tree, const Clause& clause, std::vector<TokenIndex>& out) {
  const bool verbal = IsVerbal(tree, clause.head) && clause.cop == kNoToken;
  if (verbal) out.push_back(clause.head);
  if (clause.cop != kNoToken) out.push_back(clause.cop);
  const TokenIndex anchor = verbal ? clause.head : clause.cop;
  for (TokenIndex child : tree.children(clause.head)) {
    switch (tree.rel(child)) {
      case Rel::kAux:
      case Rel::kAuxPass:
        out.push_back(child);
        break;
      case Rel::kPrt:
        out.push_back(child);
        break;
      case Rel::kAdvmod:
        // Negation, and adverbs between the auxiliary and the verb or right before the verb.
        if (words::Has(words::kNegators, tree.lower(child)) ||
            (verbal && child < anchor && anchor - child <= 3 && !tree.lower(child).starts_with("wh") &&
             tree.children(child).empty())) {
          bool adjacent = true;
          for (TokenIndex t = child + 1; t < anchor; ++t)
            adjacent &= tree.head(t) == clause.head && !tree.IsNominal(t) && tree.pos(t) != Pos::kPunct;
          if (adjacent ||
              (words::Has(words::kNegators, tree.lower(child)) && !tree.lower(child).starts_with("no")))
            out.push_back(child);
        }
        break;
      default:
        break;
    }
  }
}

std::vector<TokenIndex> PredicateOf(const Tree& tree, const std::vector<Clause>& clauses,
                                    const Clause& clause) {
  std::vector<TokenIndex> out;
  const Clause* c = &clause;
  for (size_t depth = 0;; ++depth) {
    AppendOwnPredicate(tree, *c, out);
    if (!ContinuesMatrix(clauses, *c) || depth > 8) break;
    if (const TokenIndex mark = tree.Child(c->head, Rel::kMark); mark != kNoToken) out.push_back(mark);
    c = &clauses[static_cast<size_t>(c->parent)];
    if (c->copular) out.push_back(c->head);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// "as they did in X": the verb is that of the clause compared with.
bool IsElided(const Tree& tree, const Clause& clause) {
  if (tree.lemma(clause.head) != "do" || clause.object != kNoToken || clause.parent < 0 || clause.link != Rel::kAdvcl) return false;
  const std::string mark = MarkerOf(tree, clause.first, Rel::kMark);
  return mark == "as" || mark == "than";
}

std::string LemmaOf(const Tree& tree, const std::vector<Clause>& clauses, const Clause& clause) {
  if (clause.existential) return "exist";
  if (clause.copular) return "be";
  if (IsElided(tree, clause)) {
    const Clause& full = clauses[static_cast<size_t>(clause.parent)];
    if (!full.copular && !full.existential) return std::string(tree.lemma(full.head));
  }
  std::string lemma(tree.lemma(clause.head));
  if (clause.particle != kNoToken) lemma.append("_").append(tree.lemma(clause.particle));
  return lemma;
}

std::string TenseOf(const Tree& tree, const Clause& clause) {
  bool perfect = false, past = false;
  for (TokenIndex aux : clause.auxiliaries) {
    const std::string_view word = tree.lower(aux);
    if (word == "will" || word == "'ll" || word == "’ll" || word == "wo" || word == "shall") return "future";
    if (tree.lemma(aux) == "have") perfect = true;
    past |= tree.xpos(aux) == "VBD";
  }
  const TokenIndex finite = clause.cop != kNoToken ? clause.cop : clause.head;
  past |= tree.xpos(finite) == "VBD";
  if (perfect) return past ? "past-perfect" : "present-perfect";
  if (past) return "past";
  const std::string_view xpos = tree.xpos(finite);
  if (clause.infinitive) return "";
  if (clause.auxiliaries.empty() && xpos != "VBZ" && xpos != "VBP") return "";
  return "present";
}

std::string RuleOf(const Clause& clause, const Proposition& p) {
  if (clause.existential) return "exist";
  if (clause.copular)
    return clause.cop == kNoToken                 ? "copula-bare"
           : p.Find(Role::kComplement) != nullptr ? "copula"
                                                  : "copula-obl";
  std::string rule = clause.passive                         ? "verb-passive"
                     : p.Find(Role::kObject) != nullptr     ? "verb-dobj"
                     : p.Find(Role::kClause) != nullptr     ? "verb-clause"
                     : p.Find(Role::kComplement) != nullptr ? "verb-compl"
                     : p.Find(Role::kOblique) != nullptr    ? "verb-obl"
                                                            : "verb";
  switch (clause.link) {
    case Rel::kRelcl:
      return rule + "-rel";
    case Rel::kAcl:
      return rule + "-acl";
    case Rel::kAdvcl:
      return rule + "-advcl";
    case Rel::kXcomp:
      return rule + "-xcomp";
    default:
      return clause.sibling >= 0 && clause.explicit_subject == kNoToken ? rule + "-conj" : rule;
  }
}

double ConfidenceOf(const Clause& clause) {
  double confidence = 0.9;
  if (clause.subject.token == kNoToken) confidence -= clause.passive ? 0.1 : 0.3;
  if (clause.subject.inferred) confidence -= 0.05;
  switch (clause.link) {
    case Rel::kRoot:
      break;
    case Rel::kAcl:
    case Rel::kRelcl:
    case Rel::kXcomp:
      confidence -= 0.05;
      break;
    case Rel::kAdvcl:
      confidence -= clause.explicit_subject == kNoToken ? 0.1 : 0.05;
      break;
    case Rel::kParataxis:
    case Rel::kCcomp:
      break;
    default:
      confidence -= 0.15;
      break;
  }
  if (clause.copular && clause.cop == kNoToken) confidence -= 0.2;
  return confidence;
}

Proposition FromClause(const Tree& tree, const std::vector<Clause>& clauses, size_t index) {
  const Clause& clause = clauses[index];
  Proposition p;
  p.kind = clause.copular && !clause.existential ? TriggerKind::kCopula : TriggerKind::kVerb;
  p.trigger = clause.head;
  p.predicate = PredicateOf(tree, clauses, clause);
  const bool finite = !clause.auxiliaries.empty() || clause.cop != kNoToken;
  if ((clause.copular && clause.cop == kNoToken) ||
      (clause.participle && !finite && clause.link != Rel::kXcomp))
    p.inserted = "is";
  p.lemma = LemmaOf(tree, clauses, clause);
  p.arguments = BuildArguments(tree, clauses, index);
  p.polarity = clause.polarity;
  p.modality = clause.modality;
  p.conditional_consequent = clause.conditional_consequent;
  p.passive = clause.passive && !clause.copular;
  p.tense = TenseOf(tree, clause);
  p.attribution = clause.attribution;
  p.adverbial = clause.link == Rel::kAdvcl || clause.link == Rel::kAcl || clause.link == Rel::kRelcl ||
                clause.link == Rel::kAdvclRelcl;
  p.rule = RuleOf(clause, p);
  p.confidence = ConfidenceOf(clause);
  return p;
}

}  // namespace

const Argument* Proposition::Find(Role role) const {
  const auto it =
      std::find_if(arguments.begin(), arguments.end(), [&](const Argument& a) { return a.role == role; });
  return it == arguments.end() ? nullptr : &*it;
}

std::string_view NameOf(Role role) {
  static constexpr std::string_view kNames[] = {"subject", "object",     "recipient", "complement", "clause",
                                                "oblique", "time",       "place",     "manner",     "reason",
                                                "purpose", "instrument", "requester", "quantity"};
  return kNames[static_cast<size_t>(role)];
}

std::string_view NameOf(Modality modality) {
  static constexpr std::string_view kNames[] = {"none",        "possible", "necessary", "future",
                                                "conditional", "question", "wish",      "imperative"};
  return kNames[static_cast<size_t>(modality)];
}

std::vector<Proposition> ExtractPropositions(const Sentence& sentence) {
  if (sentence.tokens.empty() || sentence.tokens.size() > kMaxTokens) return {};
  const Tree tree(sentence);
  std::vector<Clause> clauses = FindClauses(tree);
  ResolveSubjects(tree, clauses);
  ResolveContexts(tree, clauses);

  std::vector<Proposition> all;
  for (size_t i = 0; i < clauses.size(); ++i) all.push_back(FromClause(tree, clauses, i));
  for (size_t i = 0; i < clauses.size(); ++i) {
    all[i].parent = clauses[i].parent;
    if (ContinuesMatrix(clauses, clauses[i]) && clauses[i].sibling < 0)
      all[static_cast<size_t>(clauses[i].parent)].merged_into = static_cast<int>(i);
  }
  AppendNominalPropositions(tree, all);

  // Text order of the triggers; the indexes follow.
  std::vector<size_t> order(all.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return all[a].trigger < all[b].trigger; });
  std::vector<int> place(all.size());
  for (size_t i = 0; i < order.size(); ++i) place[order[i]] = static_cast<int>(i);
  std::vector<Proposition> sorted;
  sorted.reserve(all.size());
  for (size_t i : order) {
    Proposition& p = all[i];
    if (p.parent >= 0) p.parent = place[static_cast<size_t>(p.parent)];
    if (p.merged_into >= 0) p.merged_into = place[static_cast<size_t>(p.merged_into)];
    sorted.push_back(std::move(p));
  }
  return sorted;
}

}  // namespace dossier::ingest
