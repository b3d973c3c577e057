// Corrections of parses by what the words and tags themselves say.
//
//   Tree tree(sentence);                 // repairs on the way
//   RepairSentence(sentence);            // the same, written back, so that every later stage sees one tree
//
// Each rule is about a construction that a fast parser attaches wrongly in a way that no reading of English allows or that is far
// rarer than the right one; none looks at particular words but function words and verb frames:
//
//   verb-lemma            a lemma that is no verb, while it is with an -e more or less, or names a noun only
//   verb-noun             a noun with "did" or "will" as its auxiliary is a verb; the bare noun behind it its object
//   participle-copula     a form of be before a participle is its auxiliary; an adjective with an article that is an argument is a noun
//   be-participle         "was, in part, built by": be has a participle, not a conjunct without conjunction
//   passive-without-be    "the union called on X": a main verb without auxiliary is no passive
//   subordinate-lost      "resigned after the newspaper published it": the noun of "after" is the subject of the finite verb behind it
//   relative-subject      "X, which makes engines, hired Y": the later finite verb without subject is the main one
//   quoted-subject        "“X is Y,” retired general Nagy told Z": what ends at the quotation mark is what was said
//   auxiliary-conjunct    "did wage A, B and imported C": what "did" cannot govern is no verb but belongs to the last noun
//   name-apposition       two names side by side without a comma are one name, or a title and a name
//   double-subject        "president Nagy's party won": of two subjects side by side the first is the title of the second's first name;
//                         of two with a comma between ("once a port, Odda is...") the first says what the second is, unless both are
//                         names: then they are a list
//   copula-subject        "X is within its rights": the noun right before a copula without subject is its subject
//   compound-of-verb      a noun is no compound of a finite verb but its subject, or an oblique of the verb before
//   that-clause           "agree that ..." is a content clause, not an adverbial one
//   of-object             "play the role of a broker": the of-phrase after an object is the object's, but for a few verbs
//   dash-apposition       a bare noun between dashes after a noun is its apposition
//   agreement-conjunct    "is run by people who sell it and own it": a verb that does not agree with the main verb continues the relative
//   title                 "Hungarian lawmaker Anna Nagy left": the bare noun before the name is its title
//   finite-acl            a finite verb cannot modify a noun without a relative pronoun: the noun is its subject
//   finite-conjunct       a finite verb is not coordinated with a noun but with the verb above it
//   with-absolute         "..., with X now leaving Y": the participle right behind the noun of "with" is that noun's
//   comma-participle      ", scoring twice" after an object belongs to the clause, not to the object
//   marked-acl            a gerund with "after", "while" ... belongs to the clause, not to the noun before it
//   fronted-participle    "Noting X, she left": the finite verb with the subject after the comma is the main one
//   fronted-participle-subject   the same with the main verb under its own subject
//   cased-parataxis       "dismissed X - at Y's request - over Z": a phrase with a preposition behind a dash is the verb's
//   adverbial-mark        a clause with "because", "although", "until" ... is no content clause
//   prevented-from        "prevent X from leaving": the gerund belongs to the verb that keeps somebody from something
//   fronted-adjective     "..., retired general Nagy told X": the noun before a verb without subject is its subject
//   fronted-subordinate   "Unless X, Y will resign": the clause without the subordinator is the main one
//   infinitive-root       "the union called on X to act": a to-infinitive has no subject; the verb that hangs on the noun is the main one
//   main-verb-lost        "a report issued by X shook Y", "the bridge that they built fell": the finite verb is the noun's
//   argument-of-verb      "sold ferries to Iceland": phrases that the verb asks for are the verb's, not its object's; those behind the
//                         second of two coordinated verbs are the second's
//   parenthesis-passive   "was, in part, built by": the participle is the predicate
#pragma once

#include <string>
#include <vector>

#include "ingest/text/sentence.h"

namespace dossier::ingest {

class Tree;

// Changes heads and relations of `tree` in place; a tree stays a tree. Thread-safe.
void RepairTree(Tree& tree);

// Repairs the tree of a parsed sentence: heads and relations of the tokens whose attachment changed. `fired` (may be null) gets the names
// of the rules that changed something. Thread-safe.
void RepairSentence(Sentence& sentence, std::vector<std::string>* fired = nullptr);

}  // namespace dossier::ingest
