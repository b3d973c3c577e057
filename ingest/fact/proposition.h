// Propositions: what a clause or a nominal says, read off one dependency tree, before entities are known.
//
//   std::vector<Proposition> propositions = ExtractPropositions(sentence);
//   RenderCarb(sentence, proposition)      // one n-ary tuple of words        (fact/carb.h)
//   BuildFacts(document, ...)              // edges of the graph, coordination distributed      (fact/fact.h)
//
// One structure, two renderings. A proposition has a trigger (verb, copula's predicate, noun, apposition),
// arguments in roles, and the circumstances that decide whether the text asserts it. Arguments refer to
// tokens of the sentence; nothing is copied or rewritten. Model: ClausIE (Del Corro & Gemulla 2013) clause
// types over UD; PredPatt (White et al. 2016) for argument resolution. Plain values; extraction is a pure
// function, linear in the sentence for bounded nesting; never fails.
#pragma once

#include <string>
#include <vector>

#include "ingest/text/sentence.h"

namespace dossier::ingest {

enum class Role : uint8_t {
  kSubject,     // logical subject: the agent also of a passive with by-phrase; empty list of subjects =
                // agentless
  kObject,      // logical direct object: the syntactic subject of a passive
  kRecipient,   // indirect object; syntactic subject of "was given X"
  kComplement,  // predicate nominal or adjective of a copula or of become/seem...; object complement of "call
                // X Y"
  kClause,      // content clause: ccomp, quoted speech, clausal xcomp that was not merged into the predicate
  kOblique,     // prepositional argument or adjunct not classified further; `preposition` says which
  kTime,
  kPlace,
  kManner,
  kReason,
  kPurpose,
  kInstrument,
  kRequester,
  kQuantity,
};
std::string_view NameOf(Role role);

struct Argument {
  Role role = Role::kOblique;
  std::string preposition;     // lemma of the case marker ("over", "because_of"); empty for bare arguments
  TokenIndex head = kNoToken;  // head of the phrase
  std::vector<TokenIndex>
      conjuncts;  // heads coordinated with it (without `head`), shared modifiers resolved to `head`'s
  std::vector<TokenIndex> tokens;  // the whole phrase in text order, conjuncts included, preposition
                                   // excluded; gaps where clauses were cut out
  bool inferred = false;  // not a syntactic argument of the trigger: supplied by control, raising, relative
                          // clause, coordination or a nominal rule
};

enum class Polarity : uint8_t { kPositive, kNegative };
// How the text holds the proposition. kNone: plainly stated.
enum class Modality : uint8_t {
  kNone,
  kPossible,     // may, might, could, possibly, seemingly, allegedly, "unclear whether"
  kNecessary,    // must, should, need to
  kFuture,       // will, is going to
  kConditional,  // in or under an if-clause; would
  kQuestion,     // interrogative, whether-clauses
  kWish,         // want, hope, plan, try, ask, call on ... to: the embedded event is not said to happen
  kImperative,
};
std::string_view NameOf(Modality modality);

// Who the text attributes the proposition to, innermost last ("A said that B maintains that P": A, B).
struct Attribution {
  TokenIndex source =
      kNoToken;  // head token of the source phrase; kNoToken for an unnamed one ("it is alleged that")
  TokenIndex verb = kNoToken;  // said, told, maintain, according (to)
};

enum class TriggerKind : uint8_t {
  kVerb,
  kCopula,
  kApposition,
  kPossessive,
  kTitle,
  kNominal,
  kAgentNoun,
  kDemonym
};

struct Proposition {
  TriggerKind kind = TriggerKind::kVerb;
  TokenIndex trigger = kNoToken;  // the verb; the predicate nominal's or adjective's head; the noun
  std::vector<TokenIndex>
      predicate;  // tokens of the predicate phrase in text order: auxiliaries, negation, verb, particle,
                  // merged xcomp chain; may be empty for inserted predicates (appositions)
  std::string inserted;  // words to put in front of `predicate` in a rendering ("is", "has"), or empty
  std::string lemma;     // relation lemma with particle: "dismiss", "carry_out", "be", "play_role"
  std::vector<Argument>
      arguments;  // at most one per kSubject, kObject, kRecipient, kComplement, kClause role; in text order
  Polarity polarity = Polarity::kPositive;
  Modality modality = Modality::kNone;
  bool conditional_consequent = false;  // main clause of an if-sentence
  bool passive = false;
  std::string tense;  // UD Tense/aspect: "past", "present", "future", "present-perfect", ... or empty
  std::vector<Attribution> attribution;
  int parent = -1;  // index of the proposition whose clause argument or adverbial clause this one is
  int merged_into =
      -1;  // index of the proposition of an infinitive or gerund with the same subject whose `predicate`
           // includes this one's ("tried to leave"): as a tuple of words that one says it all
  bool adverbial = false;   // from an adverbial or reduced clause: lower confidence as a tuple of its own
  std::string rule;         // stable name of the rule: "verb-dobj", "appos", "poss-title"
  double confidence = 0.5;  // 0..1

  const Argument* Find(Role role) const;
};

// All propositions of one parsed sentence, in order of their triggers. `sentence` has heads, deprels, tags
// and lemmas.
std::vector<Proposition> ExtractPropositions(const Sentence& sentence);

}  // namespace dossier::ingest
