// The noun phrases that may corefer, with the spans that OntoNotes gives them, and what their words say about them.
//
//   std::vector<CorefMention> mentions = FindCorefMentions(views);      // by sentence and begin, the longer first
//
// A mention is a pronoun, or the largest phrase under a nominal head: determiners, modifiers, complements, relative clauses, appositions
// and the "'s" of a possessor are in it; prepositions, conjuncts, parentheses and what belongs to the clause of a predicate nominal are
// not. Where the parser may have hung a phrase or clause on the wrong noun, the phrase without it is a mention, too; at most one of the two
// can be linked (coref_search.h). A coordination ("Ann and Ben") is a mention beside its members; so is a name in front of a noun ("[Turkey] policy"). Relative and
// interrogative pronouns, expletives and verbs are none. Pure; linear but for very deep trees (extents are made bottom-up); thread-safe.
#pragma once

#include <vector>

#include "ingest/entity/lexicon.h"
#include "ingest/entity/parsed_sentence.h"

namespace dossier::ingest {

enum class MentionForm : uint8_t {
  kName,
  kPersonal,       // personal, possessive and reflexive pronouns
  kDemonstrative,  // "this", "those" alone
  kIndefinite,     // "everyone", "some" alone
  kDefiniteNoun,   // "the vote"
  kThisNoun,       // "this vote"
  kPossessedNoun,  // "his vote", "Ann's vote"
  kANoun,          // "a vote"
  kQuantifiedNoun, // "two votes", "every vote"
  kBareNoun,
  kCoordination,
};

enum class Number : uint8_t { kUnknown, kSingular, kPlural };

struct CorefMention {
  uint32_t sentence = 0;
  TokenIndex begin = 0, end = 0, head = kNoToken;
  MentionForm form = MentionForm::kBareNoun;
  uint8_t person = 0;  // of personal pronouns; else 0
  Number number = Number::kUnknown;
  Gender gender = Gender::kUnknown;
  TokenIndex determiner = kNoToken;  // article, demonstrative or possessor
  // Of a phrase whose end is in doubt: 1 the longer, 2 the shorter of its two readings; `doubtful` is the first token in question's head.
  uint8_t variant = 0;
  TokenIndex doubtful = kNoToken;
  bool relative_clause = false, apposition = false, complement = false;  // what follows the head
};

std::vector<CorefMention> FindCorefMentions(const std::vector<ParsedSentence>& views);

// What a personal, possessive or reflexive pronoun in lower case says; person 0 for other words.
struct PronounTraits {
  uint8_t person = 0;
  Number number = Number::kUnknown;
  Gender gender = Gender::kUnknown;
  bool possessive = false, reflexive = false, neuter = false;
};
PronounTraits TraitsOfPronoun(std::string_view lower);

}  // namespace dossier::ingest
