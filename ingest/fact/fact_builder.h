// The steps behind BuildFacts(): one FactBuilder a document. Only the files of ingest/fact include this
// header.
//
//   build_facts.cc    patterns of a proposition -> facts, coordination distributed
//   fact_circumstances.cc  ends, qualifiers, modality, attribution
//   fact_terms.cc     heads of phrases -> entities or literals
//   clause_inferences.cc   what a clause says besides its own fact
//   quotes.cc         who speaks in quotations, also those that run over several sentences
//   nominal_facts.cc  what an event noun says ("Swedish support for Finland")
//   relational_facts.cc  what nouns of office, kin and membership say ("a member of X")
//   agent_nouns.cc    what an agent noun implies ("military advisors of X" advise X)
//
// Thread-compatible; borrows everything it is given.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ingest/fact/fact.h"
#include "ingest/fact/tree.h"

namespace dossier::ingest {

// One sentence under work. `speaker` is who is quoted where `quoted` holds, when the sentence itself does not
// tell.
struct SentenceView {
  uint32_t index = 0;
  const Sentence* sentence = nullptr;
  const Tree* tree = nullptr;
  const std::vector<Proposition>* propositions = nullptr;
  std::vector<bool> quoted;  // by token: inside quotation marks
  std::optional<FactTerm> speaker;
};

// Looks phrases up in the entity table.
class TermResolver {
 public:
  explicit TermResolver(const EntityTable& entities) : entities_(entities) {}

  // The term of the phrase headed by `head`, conjuncts left out. "a number of officials" is about the
  // officials. Nothing for pronouns that are not resolved; `I` and `me` in a quotation are its speaker, `we`
  // and `our` the country or organisation that the speaker holds an office of.
  std::optional<FactTerm> Resolve(const SentenceView& view, TokenIndex head) const;
  // The words of `tokens` as a literal.
  FactTerm Literal(const SentenceView& view, const std::vector<TokenIndex>& tokens) const;
  const Entity* EntityOf(const FactTerm& term) const;

 private:
  std::optional<FactTerm> BodyOf(const FactTerm& speaker) const;
  const Mention* NameWithin(const SentenceView& view, TokenIndex head) const;

  const EntityTable& entities_;
};

// Reads the ends and the circumstances of propositions in the sentence that it is bound to.
class CircumstanceReader {
 public:
  using Terms = std::vector<FactTerm>;
  CircumstanceReader(const TermResolver& terms, const Lexicon& lexicon) : terms_(terms), lexicon_(lexicon) {}
  void Bind(const SentenceView& view) { view_ = &view; }

  Terms TermsOf(const Argument& argument) const;
  // What a copula says of its subject: a noun that names something is an entity, anything else its words.
  Terms ComplementTerms(const Argument& argument) const;
  std::vector<TokenIndex> ConjunctTokens(const Argument& argument, const std::vector<TokenIndex>& heads, TokenIndex head) const;
  bool IsPlace(const FactTerm& term) const;
  static bool IsLocative(std::string_view preposition);
  std::string QualifierRole(const Argument& argument, const FactTerm& term) const;
  void AddQualifier(const Argument& argument, Fact& fact) const;
  Fact Circumstances(const Proposition& p) const;
  // Of the clause that a noun stands in. What a noun says is mostly taken for granted, so denial of the
  // clause only leaves it open.
  Fact CircumstancesAround(TokenIndex noun) const;
  // An event that the clause `p` does not put in doubt though `p` itself is: what its subject or a setting names ("its control of X may
  // end", "play a role in the war with X").
  bool IsTakenForGranted(TokenIndex noun, const Proposition& p) const;
  // "demanded the extradition of X", "a request for the arrest of X": the event is not said to happen.
  bool IsUnreal(TokenIndex noun) const;
  void Attribute(const Proposition& p, Fact& fact) const;

 private:
  const TermResolver& terms_;
  const Lexicon& lexicon_;
  const SentenceView* view_ = nullptr;
};

// Marks quotations and keeps track of who speaks from sentence to sentence.
class QuoteTracker {
 public:
  explicit QuoteTracker(const TermResolver& terms) : terms_(terms) {}
  // Fills `quoted` and `speaker`; sentences must come in order. `next` may be null.
  void Visit(SentenceView& view);

 private:
  void MarkQuotes(SentenceView& view);
  std::optional<FactTerm> SpeakerIn(const SentenceView& view) const;

  const TermResolver& terms_;
  bool open_ = false;  // a quotation runs on from the sentence before
  bool previous_had_quote_ = false;
  uint32_t paragraph_ = 0;
  std::optional<FactTerm> speaker_;
};

// Appends what agent nouns among the participants of `p` imply. `participants` are the heads and terms of its
// arguments.
struct Participant {
  Role role = Role::kOblique;
  std::string_view preposition;
  TokenIndex head = kNoToken;
  FactTerm term;
};
void AppendAgentNounFacts(const SentenceView& view, const Proposition& p,
                          const std::vector<Participant>& participants, const TermResolver& terms,
                          const Lexicon& lexicon, const Fact& circumstances, std::vector<Fact>& out);

// "X dismissed minister Y": a state gives and takes its own offices. `holders` are what the office verb is done to.
void AppendOfficeFacts(const SentenceView& view, const Proposition& p, const std::vector<FactTerm>& holders,
                       const std::vector<FactTerm>& subjects, const Fact& base, const TermResolver& terms, const Lexicon& lexicon,
                       std::vector<Fact>& out);
// "S has not gone unnoticed by X": X noticed S. `participle` is the complement.
void AppendUnnoticed(const SentenceView& view, const Proposition& p, TokenIndex participle, const std::vector<FactTerm>& subjects,
                     const Fact& base, const TermResolver& terms, const Lexicon& lexicon, std::vector<Fact>& out);

// Appends what the event nouns of the sentence say of their owners. `circumstances(noun)` is a fact without
// ends that is held as the clause around the noun is.
using CircumstancesOf = std::function<Fact(TokenIndex noun)>;
void AppendNominalFacts(const SentenceView& view, const TermResolver& terms, const Lexicon& lexicon,
                        const CircumstancesOf& circumstances, std::vector<Fact>& out);

// Appends what nouns of office, kin and membership say ("X, a member of Y"), and hyphenated participles ("Y-backed X").
void AppendRelationalFacts(const SentenceView& view, const TermResolver& terms, const Lexicon& lexicon,
                           const CircumstancesOf& circumstances, const EntityTable& entities, std::vector<Fact>& out);
// The noun that heads a title.
TokenIndex TitleNoun(const Tree& tree, const Title& title);

}  // namespace dossier::ingest
