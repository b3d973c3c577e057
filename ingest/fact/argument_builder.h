// The arguments of one clause, collected: the class behind BuildArguments() of clause.h. Only its two files include this header.
//
//   argument.cc           subject, objects, complement, content clauses
//   argument_adjuncts.cc  prepositional phrases, adverbs, adverbial clauses and their roles
//
// Thread-compatible; borrows tree and clauses.
#pragma once

#include <string>
#include <vector>

#include "ingest/fact/clause.h"

namespace dossier::ingest {

class ArgumentBuilder {
 public:
  ArgumentBuilder(const Tree& tree, const std::vector<Clause>& clauses, size_t index)
      : tree_(tree), clauses_(clauses), clause_(clauses[index]), index_(static_cast<int>(index)) {}
  std::vector<Argument> Build();

 private:
  // --- argument.cc
  bool Has(Role role) const;
  void Add(Role role, TokenIndex head, std::string preposition, std::vector<TokenIndex> tokens, bool inferred = false);
  // Nominal argument; relative pronouns stand for their antecedent.
  void AddNominal(Role role, TokenIndex head, std::string preposition, bool inferred = false);
  std::vector<TokenIndex> Conjuncts(TokenIndex head) const;
  // "in Baku and since July": two arguments.
  bool HasOtherCase(TokenIndex head, TokenIndex conjunct) const;
  void AddConjunctsWithOtherCase(TokenIndex head);
  bool IsClauseHead(TokenIndex t) const;
  void AddSubject();
  void AddObjects();
  // "imports and sells cars": the object behind a later verb is both's, whichever the parser hung it on.
  TokenIndex SharedObject() const;
  void AddComplement();
  // The predicate nominal or adjective without the clause's other parts.
  std::vector<TokenIndex> ComplementPhrase() const;
  // Without its subordinator and what only comments on it.
  std::vector<TokenIndex> ClausePhrase(TokenIndex head, TokenIndex marker = kNoToken) const;
  // The content of a verb of saying; of `P: "Q," said X` only the quotation.
  std::vector<TokenIndex> ContentPhrase(TokenIndex child) const;
  // Direct speech that hangs beside its verb of saying.
  void AddQuoted(TokenIndex child);
  // `P, X said`: P is what this clause of saying governs.
  void AddParenthesized();
  // --- argument_adjuncts.cc
  void AddDependent(TokenIndex child);
  void AddXcomp(TokenIndex child);
  void AddOblique(TokenIndex child);
  // "on the basis of X": X, with `preposition` made "on_basis_of"; 0 where there is none.
  TokenIndex ComplexPreposition(TokenIndex noun, std::string& preposition) const;
  // "with Baku dismissing X": a clause, no companion.
  bool IsAbsolute(TokenIndex nominal) const;
  bool CommaBefore(TokenIndex nominal) const;
  Role RoleOfOblique(TokenIndex head, std::string_view preposition) const;
  // "in the course of the summer", "at the end of July", "in weeks following the truce"
  bool IsTimePhrase(TokenIndex head) const;
  void AddAdverb(TokenIndex child);
  void AddAdverbial(TokenIndex child);
  // "at X's request", "at the request of X", wherever it hangs below this clause.
  void AddRequester();
  void AddMisattached(TokenIndex nominal);

  const Tree& tree_;
  const std::vector<Clause>& clauses_;
  const Clause& clause_;
  int index_;
  std::vector<Argument> out_;
};

}  // namespace dossier::ingest
