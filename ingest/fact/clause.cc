#include "ingest/fact/clause.h"

#include <algorithm>

#include "ingest/fact/words.h"

namespace dossier::ingest {
namespace {

// Relations by which a clause hangs on its governor.
bool IsClauseLink(Rel rel) {
  switch (rel) {
    case Rel::kRoot:
    case Rel::kCcomp:
    case Rel::kXcomp:
    case Rel::kAdvcl:
    case Rel::kAdvclRelcl:
    case Rel::kAcl:
    case Rel::kRelcl:
    case Rel::kCsubj:
    case Rel::kParataxis:
    case Rel::kDep:
    case Rel::kList:
    case Rel::kOther:
      return true;
    default:
      return false;
  }
}

// True for verbs used as words of another kind: "the *imported* goods", "*according* to".
bool IsFunctionVerb(Rel rel) {
  switch (rel) {
    case Rel::kAux:
    case Rel::kAuxPass:
    case Rel::kCop:
    case Rel::kCase:
    case Rel::kMark:
    case Rel::kFixed:
    case Rel::kCompound:
    case Rel::kFlat:
    case Rel::kDet:
    case Rel::kNummod:
    case Rel::kDiscourse:
    case Rel::kPunct:
    case Rel::kCc:
    case Rel::kAdvmod:
    case Rel::kPrt:
      return true;
    default:
      return false;
  }
}

bool HasSubject(const Tree& tree, TokenIndex t) {
  return tree.Child(t, Rel::kNsubj) != kNoToken || tree.Child(t, Rel::kNsubjPass) != kNoToken ||
         tree.Child(t, Rel::kCsubj) != kNoToken;
}

Rel FirstLink(const Tree& tree, TokenIndex t) {
  for (TokenIndex steps = 0; tree.rel(t) == Rel::kConj && tree.head(t) != kNoToken && steps < tree.size();
       ++steps)
    t = tree.head(t);
  return tree.rel(t);
}

bool IsPastParticiple(const Tree& tree, TokenIndex t) {
  return tree.xpos(t) == "VBN" || tree.HasFeature(t, "Tense=Past|VerbForm=Part");
}

bool IsPredicate(const Tree& tree, TokenIndex t) {
  const Rel rel = tree.rel(t);
  if (IsFunctionVerb(rel)) return false;
  // "state-sponsored"
  if (t > 0 && tree.lower(t - 1) == "-" && IsPastParticiple(tree, t) &&
      tree.Child(t, Rel::kAux) == kNoToken && tree.Child(t, Rel::kAuxPass) == kNoToken)
    return false;
  if (tree.Child(t, Rel::kCop) != kNoToken) return true;
  const Rel link = rel == Rel::kConj ? FirstLink(tree, t) : rel;
  const Pos pos = tree.pos(t);
  if (pos == Pos::kVerb || pos == Pos::kAux) {
    if (IsClauseLink(link) || HasSubject(tree, t)) return true;
    // A gerund in a noun's place, or an attributive participle: a clause only with an object of its own.
    return rel != Rel::kAmod && tree.Child(t, Rel::kObj) != kNoToken;
  }
  if (HasSubject(tree, t) && (pos == Pos::kAdj || tree.IsNominal(t)) && rel != Rel::kXcomp) return true;
  // "once a Soviet republic, X is ..."; "[being] furious at Y, X left"
  return rel == Rel::kAdvcl && (pos == Pos::kAdj || tree.IsNominal(t)) &&
         tree.Child(t, Rel::kCase) == kNoToken;
}

void FillDependents(const Tree& tree, Clause& clause) {
  for (TokenIndex child : tree.children(clause.head)) {
    switch (tree.rel(child)) {
      case Rel::kNsubj:
      case Rel::kNsubjPass:
      case Rel::kCsubj:
        if (clause.explicit_subject == kNoToken) clause.explicit_subject = child;
        if (tree.rel(child) == Rel::kNsubjPass) clause.passive = true;
        break;
      case Rel::kObj:
        if (clause.object == kNoToken) clause.object = child;
        break;
      case Rel::kIobj:
        clause.recipient = child;
        break;
      case Rel::kOblAgent:
        clause.agent = child;
        break;
      case Rel::kCcomp:
        if (clause.ccomp == kNoToken) clause.ccomp = child;
        break;
      case Rel::kXcomp:
        if (clause.xcomp == kNoToken) clause.xcomp = child;
        break;
      case Rel::kPrt:
        clause.particle = child;
        break;
      case Rel::kExpl:
        clause.expl = child;
        break;
      case Rel::kCop:
        clause.cop = child;
        break;
      case Rel::kAux:
        clause.auxiliaries.push_back(child);
        break;
      case Rel::kAuxPass:
        clause.auxiliaries.push_back(child);
        clause.passive = true;
        break;
      case Rel::kMark:
        if (tree.lower(child) == "to") clause.infinitive = true;
        break;
      default:
        break;
    }
  }
}

// Voice and form, which for participles depend on where the clause hangs.
void Classify(const Tree& tree, const std::vector<Clause>& clauses, Clause& clause) {
  const Pos pos = tree.pos(clause.head);
  const bool verb = pos == Pos::kVerb || pos == Pos::kAux;
  clause.copular = clause.cop != kNoToken || !verb;
  clause.existential =
      clause.expl != kNoToken && tree.lower(clause.expl) == "there" && tree.lemma(clause.head) == "be";
  const bool finite_aux = !clause.auxiliaries.empty();
  const bool past =
      IsPastParticiple(tree, clause.head) || (clause.link == Rel::kAcl && tree.xpos(clause.head) == "VBD");
  if (verb && !finite_aux && !clause.infinitive) {
    const bool reduced = clause.link == Rel::kAcl || clause.link == Rel::kAdvcl || clause.link == Rel::kXcomp;
    if (past && reduced && clause.explicit_subject == kNoToken) clause.passive = true;
    if (past && clause.sibling >= 0 && clauses[static_cast<size_t>(clause.sibling)].passive &&
        clause.explicit_subject == kNoToken && !words::Has(words::kNeverPassive, tree.lemma(clause.head))) {
      clause.passive = true;
    }
    clause.participle = tree.xpos(clause.head) == "VBG" || clause.passive;
  }
  // A by-phrase that the parser did not mark as the agent.
  if (!clause.passive || clause.agent != kNoToken) return;
  for (TokenIndex child : tree.children(clause.head)) {
    if (tree.rel(child) == Rel::kObl && MarkerOf(tree, child, Rel::kCase) == "by" &&
        !IsTimeNoun(tree, child) && child > clause.head) {
      clause.agent = child;
      return;
    }
  }
}

// The object gap of a relative clause: "the man whom he saw", "the house he lived in".
void FillGap(const Tree& tree, Clause& clause) {
  if (clause.link != Rel::kRelcl) return;
  for (TokenIndex child : tree.children(clause.head)) {
    const Rel rel = tree.rel(child);
    if (rel == Rel::kObl && tree.pos(child) == Pos::kAdp && tree.children(child).empty()) {
      clause.gap = {clause.governor, true};
      clause.gap_preposition = tree.lemma(child);
      return;
    }
  }
  const bool has_relative = std::any_of(
      tree.children(clause.head).begin(), tree.children(clause.head).end(), [&](TokenIndex child) {
        return IsRelativePronoun(tree, child) ||
               (tree.rel(child) == Rel::kAdvmod && tree.lower(child).starts_with("wh"));
      });
  if (!has_relative && clause.explicit_subject != kNoToken && clause.object == kNoToken && !clause.copular &&
      !clause.passive && clause.ccomp == kNoToken && clause.xcomp == kNoToken && clause.sibling < 0) {
    clause.gap = {clause.governor, true};
  }
}

bool IsGenitive(const Tree& tree, TokenIndex t) {
  const std::string_view word = tree.lower(t);
  return word == "'s" || word == "’s" || word == "'" || word == "’";
}

}  // namespace

std::string MarkerOf(const Tree& tree, TokenIndex head, Rel marker) {
  std::string out;
  for (TokenIndex child : tree.children(head)) {
    if (tree.rel(child) != marker) continue;
    if (IsGenitive(tree, child)) continue;
    if (!out.empty()) out += '_';
    out += tree.lower(child);
    for (TokenIndex more : tree.children(child)) {
      if (tree.rel(more) == Rel::kFixed) out.append("_").append(tree.lower(more));
    }
  }
  return out;
}

std::vector<TokenIndex> NominalPhrase(const Tree& tree, TokenIndex head, bool with_conjuncts) {
  std::vector<TokenIndex> tokens = tree.Phrase(head, [&](TokenIndex t) {
    const TokenIndex above = tree.head(t);
    switch (tree.rel(t)) {
      case Rel::kRelcl:
      case Rel::kParataxis:
      case Rel::kAppos:
      case Rel::kDiscourse:
      case Rel::kAdvclRelcl:
        return true;
      case Rel::kCase:
      case Rel::kMark:
        return above == head && !IsGenitive(tree, t);
      case Rel::kCop:
      case Rel::kNsubj:
      case Rel::kNsubjPass:
      case Rel::kCsubj:
      case Rel::kAux:
      case Rel::kAdvcl:
      case Rel::kExpl:
      case Rel::kCcomp:
        return above == head;
      case Rel::kCc:
      case Rel::kPreconj:
        return above == head && t < head;
      case Rel::kConj:
        return (!with_conjuncts && above == head) || IsMisattached(tree, t);
      case Rel::kNmod:
        return IsMisattached(tree, t);
      default:
        return false;
    }
  });
  while (!tokens.empty() && IsGenitive(tree, tokens.back())) tokens.pop_back();
  return tokens;
}

bool IsRelativePronoun(const Tree& tree, TokenIndex t) {
  const std::string_view word = tree.lower(t);
  if (word == "who" || word == "whom" || word == "which" || word == "whose") return true;
  if (word != "that") return false;
  const Rel rel = tree.rel(t);
  const bool argument = rel == Rel::kNsubj || rel == Rel::kNsubjPass || rel == Rel::kObj;
  return tree.HasFeature(t, "PronType=Rel") ||
         (argument && tree.head(t) != kNoToken && tree.rel(tree.head(t)) == Rel::kRelcl);
}

TokenIndex AntecedentOf(const Tree& tree, TokenIndex t) {
  for (TokenIndex steps = 0; t != kNoToken && steps < tree.size(); ++steps, t = tree.head(t)) {
    if (tree.rel(t) == Rel::kRelcl) return tree.head(t);
    if (tree.rel(t) == Rel::kAdvclRelcl || tree.rel(t) == Rel::kRoot || tree.rel(t) == Rel::kCcomp)
      return kNoToken;
  }
  return kNoToken;
}

bool IsTimeNoun(const Tree& tree, TokenIndex t) {
  const std::string_view word = tree.lower(t);
  if (word.size() == 4 && (word[0] == '1' || word[0] == '2') &&
      std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return true;
  }
  if (tree.pos(t) == Pos::kVerb || tree.pos(t) == Pos::kAux) return false;
  if (words::Has(words::kTimeNouns, word)) return true;
  const std::string_view lemma = tree.lemma(t);
  return words::Has(words::kTimeNouns, lemma);
}

TokenIndex PossessorOf(const Tree& tree, TokenIndex noun) {
  if (const TokenIndex poss = tree.Child(noun, Rel::kNmodPoss); poss != kNoToken) return poss;
  for (TokenIndex child : tree.children(noun)) {
    if (tree.rel(child) != Rel::kNmod) continue;
    const std::string marker = MarkerOf(tree, child, Rel::kCase);
    if (marker == "of" || marker == "by") return child;
  }
  return kNoToken;
}

TokenIndex ContentHead(const Tree& tree, TokenIndex head) {
  for (int steps = 0; steps < 3; ++steps) {
    if (!words::Has(words::kPartitives, tree.lemma(head)) &&
        !words::Has(words::kPartitives, tree.lower(head)))
      return head;
    TokenIndex content = kNoToken;
    for (TokenIndex child : tree.children(head)) {
      if (tree.rel(child) == Rel::kNmod && child > head && MarkerOf(tree, child, Rel::kCase) == "of")
        content = child;
    }
    if (content == kNoToken) return head;
    head = content;
  }
  return head;
}

int ClauseOf(const Tree& tree, const std::vector<Clause>& clauses, TokenIndex token) {
  for (TokenIndex steps = 0; token != kNoToken && steps <= tree.size(); ++steps, token = tree.head(token)) {
    for (size_t i = 0; i < clauses.size(); ++i) {
      if (clauses[i].head == token) return static_cast<int>(i);
    }
  }
  return -1;
}

std::vector<Clause> FindClauses(const Tree& tree) {
  std::vector<Clause> clauses;
  std::vector<int> clause_at(static_cast<size_t>(tree.size()), -1);     // of a predicate
  std::vector<int> clause_above(static_cast<size_t>(tree.size()), -1);  // nearest clause at or above a token
  for (TokenIndex t : tree.top_down()) {
    const TokenIndex head = tree.head(t);
    const int above = head == kNoToken ? -1 : clause_above[static_cast<size_t>(head)];
    clause_above[static_cast<size_t>(t)] = above;
    if (!IsPredicate(tree, t)) continue;
    Clause clause;
    clause.head = clause.first = t;
    clause.link = tree.rel(t);
    clause.governor = head;
    clause.parent = above;
    if (tree.rel(t) == Rel::kConj && head != kNoToken && clause_at[static_cast<size_t>(head)] >= 0) {
      const int sibling = clause_at[static_cast<size_t>(head)];
      const Clause& other = clauses[static_cast<size_t>(sibling)];
      clause.first = other.first;
      clause.link = other.link;
      clause.governor = other.governor;
      clause.parent = other.parent;
      clause.sibling = sibling;
    }
    FillDependents(tree, clause);
    if (clause.sibling >= 0 && clause.explicit_subject == kNoToken && clause.auxiliaries.empty() &&
        tree.xpos(t) == "VB") {
      clause.infinitive |= clauses[static_cast<size_t>(clause.sibling)].infinitive;
    }
    Classify(tree, clauses, clause);
    FillGap(tree, clause);
    clause_at[static_cast<size_t>(t)] = clause_above[static_cast<size_t>(t)] =
        static_cast<int>(clauses.size());
    clauses.push_back(std::move(clause));
  }
  return clauses;
}

}  // namespace dossier::ingest
