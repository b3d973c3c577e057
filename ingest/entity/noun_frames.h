// What an event noun says: the verb it stands for, and what its possessor, prepositions and compounds are to that verb.
//
//   std::optional<NounFrame> frame = FrameOf("sale");
//   frame->verb                     // "sell"
//   frame->RoleOf("to")             // "to": `S sell_to X`;  RoleOf("of") is "O": its direct object;  RoleOf("'s") is "S": its subject
//
// The table is ingest/models/lexicon_frames.tsv (PropBank examples, tools/make_frames.py), overridden by the rows `frame` of
// lexicon_hand.tsv; nouns that only WordNet derives from a verb have the usual roles. Thread-safe; views live as long as the program.
#pragma once

#include <optional>
#include <string_view>

namespace dossier::ingest {

class Lexicon;

struct NounFrame {
  std::string_view verb;
  std::string_view items;   // "key=role" separated by blanks
  bool from_examples = false;
  // "S", "O", a preposition, or "" when the noun takes no such thing. Keys: prepositions, "'s", "-" (a noun right before it).
  std::string_view RoleOf(std::string_view key) const;
  // No argument is a direct object: "arrival", "cooperation".
  bool Intransitive() const;
};

std::optional<NounFrame> FrameOf(const Lexicon& lexicon, std::string_view noun);

}  // namespace dossier::ingest
