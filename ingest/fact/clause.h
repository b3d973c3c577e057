// The clauses of one tree: their predicates, who does what in them, and how the text holds them. The steps
// between a Tree and its propositions; only proposition.cc and the files of these functions include this
// header.
//
//   std::vector<Clause> clauses = FindClauses(tree);     // clause.cc: one per predicate, governors before
//   dependents ResolveSubjects(tree, clauses);                      // clause_subject.cc: control, raising,
//   relative clauses, coordination ResolveContexts(tree, clauses);                      // clause_context.cc:
//   polarity, modality, attribution std::vector<Argument> arguments = BuildArguments(tree, clauses, i); //
//   argument.cc
//
// Thread-safe: pure functions over values the caller owns.
#pragma once

#include <string>
#include <vector>

#include "ingest/fact/proposition.h"
#include "ingest/fact/tree.h"

namespace dossier::ingest {

struct Filler {
  TokenIndex token = kNoToken;  // head of the phrase; its antecedent's for a relative pronoun
  bool inferred = false;
};

struct Clause {
  TokenIndex head = kNoToken;  // the verb, or the predicate nominal or adjective of a copula
  TokenIndex first =
      kNoToken;           // the first conjunct of its coordination; `head` when it is that or there is none
  Rel link = Rel::kRoot;  // relation of `first` to `governor`
  TokenIndex governor = kNoToken;  // head of `first`
  int parent = -1;                 // index of the clause that `governor` belongs to
  int sibling = -1;                // for a later conjunct: index of the clause it is coordinated with

  TokenIndex cop = kNoToken;  // copula verb
  TokenIndex expl = kNoToken;
  TokenIndex explicit_subject = kNoToken;
  TokenIndex object = kNoToken, recipient = kNoToken, agent = kNoToken;
  TokenIndex ccomp = kNoToken, xcomp = kNoToken, particle = kNoToken;
  std::vector<TokenIndex> auxiliaries;
  bool copular = false;  // with or without `cop`
  bool existential = false;
  bool passive = false;
  bool infinitive = false;  // "to" + base form
  bool participle = false;  // -ing or past participle without a finite auxiliary

  Filler subject;               // syntactic subject, resolved
  Filler gap;                   // the antecedent that fills the object of a relative clause
  std::string gap_preposition;  // stranded: "the house he lived in"

  Polarity polarity = Polarity::kPositive;
  Modality modality = Modality::kNone;
  bool adverb_modality = false;  // `modality` comes from an adverb of the clause itself
  bool conditional_consequent = false;
  std::vector<Attribution> attribution;
};

std::vector<Clause> FindClauses(const Tree& tree);
void ResolveSubjects(const Tree& tree, std::vector<Clause>& clauses);
void ResolveContexts(const Tree& tree, std::vector<Clause>& clauses);
// Of these, what the clause says itself (clause_own_context.cc), and what its auxiliaries alone say.
void ReadOwnContext(const Tree& tree, Clause& clause);
Modality ModalityOfAuxiliaries(const Tree& tree, const Clause& clause);

// The arguments of clauses[index], in text order. The nominal of an absolute ("with X doing Y") and named
// sources ("according to X") are none.
std::vector<Argument> BuildArguments(const Tree& tree, const std::vector<Clause>& clauses, size_t index);

// Lemma of the preposition(s) or subordinator of a phrase, joined by "_"; empty without one.
std::string MarkerOf(const Tree& tree, TokenIndex head, Rel marker);
// The phrase of a nominal, with the clauses that modify it cut out.
std::vector<TokenIndex> NominalPhrase(const Tree& tree, TokenIndex head, bool with_conjuncts = true);
// A prepositional phrase that a parser hung on a proper name, though names take none of its kind ("dismissed
// X over Y").
bool IsMisattached(const Tree& tree, TokenIndex t);
// The head of the noun that a relative pronoun (or any token below the relative clause) refers to; kNoToken
// outside of one.
TokenIndex AntecedentOf(const Tree& tree, TokenIndex token);
bool IsRelativePronoun(const Tree& tree, TokenIndex token);
bool IsTimeNoun(const Tree& tree, TokenIndex token);
// Source (possessor, by-phrase) of a noun: "X's decision", "decision of X"; kNoToken without one.
TokenIndex PossessorOf(const Tree& tree, TokenIndex noun);
// The token a phrase is really about: the last noun of "a panoply of high-ranked officials".
TokenIndex ContentHead(const Tree& tree, TokenIndex head);
// "as X noted": an adverbial clause that only says who says the clause above it.
bool IsAsSaid(const Tree& tree, TokenIndex t);
// Index of the clause whose predicate `token` is or belongs to (nearest ancestor), or -1.
int ClauseOf(const Tree& tree, const std::vector<Clause>& clauses, TokenIndex token);

}  // namespace dossier::ingest
