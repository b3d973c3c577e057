#include "ingest/fact/nominal.h"

#include <algorithm>

#include "ingest/fact/clause.h"
#include "ingest/fact/words.h"

namespace dossier::ingest {
namespace {

Argument MakeArgument(Role role, TokenIndex head, std::vector<TokenIndex> tokens) {
  Argument argument;
  argument.role = role;
  argument.head = head;
  argument.tokens = std::move(tokens);
  argument.inferred = true;
  return argument;
}

// Leaves out `part` and what is below it.
std::vector<TokenIndex> Without(const Tree& tree, std::vector<TokenIndex> tokens, TokenIndex part) {
  std::erase_if(tokens, [&](TokenIndex t) { return tree.Dominates(part, t); });
  return tokens;
}

Proposition Be(TriggerKind kind, TokenIndex trigger, std::string rule, double confidence) {
  Proposition p;
  p.kind = kind;
  p.trigger = trigger;
  p.inserted = "is";
  p.lemma = "be";
  p.rule = std::move(rule);
  p.confidence = confidence;
  return p;
}

void AppendApposition(const Tree& tree, TokenIndex t, std::vector<Proposition>& out) {
  const TokenIndex noun = tree.head(t);
  if (!tree.IsNominal(t) || !tree.IsNominal(noun) || tree.pos(t) == Pos::kNum || IsTimeNoun(tree, t) ||
      tree.Child(t, Rel::kCase) != kNoToken)
    return;
  // "Photo: X": a caption, no sentence.
  if (tree.rel(noun) == Rel::kRoot && noun + 1 < tree.size() && tree.lower(noun + 1) == ":") return;
  Proposition p = Be(TriggerKind::kApposition, t, "appos", 0.75);
  p.arguments.push_back(MakeArgument(Role::kSubject, noun, NominalPhrase(tree, noun, false)));
  p.arguments.push_back(MakeArgument(Role::kComplement, t, NominalPhrase(tree, t)));
  if (!p.arguments[0].tokens.empty() && !p.arguments[1].tokens.empty()) out.push_back(std::move(p));
}

void AppendTitle(const Tree& tree, TokenIndex t, std::vector<Proposition>& out) {
  const TokenIndex name = tree.head(t);
  if (tree.pos(name) != Pos::kPropn) return;
  std::vector<TokenIndex> holder = tree.Phrase(name, [&](TokenIndex c) {
    const Rel rel = tree.rel(c);
    return tree.head(c) == name && rel != Rel::kFlat && rel != Rel::kCompound;
  });
  // The words before the title belong to it: "former Soviet president".
  std::vector<TokenIndex> title = NominalPhrase(tree, t);
  for (TokenIndex c : tree.children(name)) {
    if (c < t && (tree.rel(c) == Rel::kAmod || tree.rel(c) == Rel::kCompound)) {
      title.push_back(c);
      std::erase(holder, c);
    }
  }
  std::sort(title.begin(), title.end());
  Proposition p = Be(TriggerKind::kTitle, t, "title", 0.7);
  p.arguments.push_back(MakeArgument(Role::kComplement, t, std::move(title)));
  p.arguments.push_back(MakeArgument(Role::kSubject, name, std::move(holder)));
  if (!p.arguments[0].tokens.empty() && !p.arguments[1].tokens.empty()) out.push_back(std::move(p));
}

void AppendPossessive(const Tree& tree, TokenIndex owner, std::vector<Proposition>& out) {
  const TokenIndex noun = tree.head(owner);
  if (tree.pos(owner) == Pos::kPron || tree.pos(noun) != Pos::kNoun || IsTimeNoun(tree, owner)) return;
  Proposition p = Be(TriggerKind::kPossessive, noun,
                     words::Has(words::kRelationalNouns, tree.lemma(noun)) ? "poss-title" : "poss", 0.4);
  p.inserted = "has";
  p.lemma = "have";
  p.arguments.push_back(MakeArgument(Role::kSubject, owner, NominalPhrase(tree, owner)));
  p.arguments.push_back(
      MakeArgument(Role::kObject, noun, Without(tree, NominalPhrase(tree, noun, false), owner)));
  if (!p.arguments[0].tokens.empty() && !p.arguments[1].tokens.empty()) out.push_back(std::move(p));
}

}  // namespace

void AppendNominalPropositions(const Tree& tree, std::vector<Proposition>& out) {
  for (TokenIndex t = 0; t < tree.size(); ++t) {
    if (tree.head(t) == kNoToken || !tree.Reachable(t)) continue;
    if (tree.rel(t) == Rel::kAppos) AppendApposition(tree, t, out);
    if (tree.rel(t) == Rel::kDesc) AppendTitle(tree, t, out);
    if (tree.rel(t) == Rel::kNmodPoss) AppendPossessive(tree, t, out);
  }
}

}  // namespace dossier::ingest
