// What the ranker of coreference sees of a document: its mentions with everything about them that does not depend on another mention.
//
//   const CorefDocument document(views, table, lexicon, words);      // table: names and nominals grouped, no pronouns yet
//   document.mentions()[i].animacy
//
// Strings are kept as hashes (HashString). Quotations and speakers: a sentence with a speaker (a transcript) has that one; a quotation in
// running text has the subject of the verb of saying that it hangs on. Immutable once made; linear; borrows `views`.
#pragma once

#include <vector>

#include "ingest/entity/coref_mentions.h"
#include "ingest/entity/entities.h"
#include "ingest/parse/word_features.h"

namespace dossier::ingest {

enum class Animacy : uint8_t { kUnknown, kPerson, kBody, kThing };  // kBody: organisations, states, groups

enum class MentionRole : uint8_t { kOther, kSubject, kPassiveSubject, kObject, kIndirect, kOblique, kModifier, kPossessor, kApposition, kPredicate, kConjunct, kCompound, kRoot, kVocative };

struct MentionTraits : CorefMention {
  Animacy animacy = Animacy::kUnknown;
  uint8_t type = 0;  // 1 + EntityType of the name or noun; 0 for pronouns
  NounClass noun_class = NounClass::kUnknown;
  MentionRole role = MentionRole::kOther;
  uint16_t cluster = 0, coarse = 0;  // of the head
  uint64_t head_word = 0, head_lemma = 0, determiner_word = 0, governor = 0, preposition = 0;
  uint64_t first_word = 0, last_word = 0, before = 0, after = 0;
  uint64_t doubt = 0;           // what kind of phrase is in doubt
  uint64_t text = 0;            // in lower case, without article, possessor's pronoun and final "'s"
  uint64_t initials = 0;        // of a name of several words
  std::vector<uint64_t> words;  // content words up to the end of the name or the head, sorted
  std::vector<uint64_t> modifiers;  // content words in front of the head, sorted
  int sieve = -1;               // entity of the table
  bool named = false;           // that entity has a name
  int speaker = -1;             // who says it, where the text tells
  int turn = 0;                 // number of the speaker's turn
  int quote = -1;               // quotation that it stands in
  TokenIndex clause = kNoToken; // its verb
  TokenIndex sayer = kNoToken;  // of the quotation, a token of the same sentence
  bool heading = false, embedded = false, reflexive = false, possessive = false;
  uint32_t paragraph = 0;
  int position = 0;             // of the head, in tokens from the beginning
};

class CorefDocument {
 public:
  CorefDocument(const std::vector<ParsedSentence>& views, const EntityTable& table, const Lexicon& lexicon, const WordTable& words);

  const std::vector<ParsedSentence>& views() const { return views_; }
  const std::vector<MentionTraits>& mentions() const { return mentions_; }
  // Whether the name of a speaker has the word (a hash) in it.
  bool SpeakerIsCalled(int speaker, std::string_view lower_word) const;
  bool has_speakers() const { return !speakers_.empty(); }

 private:
  const std::vector<ParsedSentence>& views_;
  std::vector<MentionTraits> mentions_;
  std::vector<std::string> speakers_;  // in lower case
};

}  // namespace dossier::ingest
