// Small closed tables of general English that the extraction rules look words up in: no names, nothing of any
// one text.
//
//   if (words::Has(words::kWishVerbs, lemma)) ...
//
// Classes follow the semantics literature: implicatives (Karttunen 1971), factives (Kiparsky 1970), control
// verbs (Rosenbaum 1967), modal adverbs (Saurí & Pustejovsky 2009). All tables hold lemmas in lower case,
// sorted. Thread-safe: constants.
#pragma once

#include <string_view>

#include "absl/types/span.h"

namespace dossier::ingest::words {

using Table = absl::Span<const std::string_view>;

// True when the sorted `table` holds `word`.
bool Has(Table table, std::string_view word);

// Verbs whose clause is a content that somebody says or thinks, so that their subject is its source.
extern const Table kSpeechVerbs;
// Of these, the ones that hold their content in doubt ("allege", "suspect") and the ones that deny it
// ("deny", "refute").
extern const Table kDoubtVerbs, kDenyVerbs;
// Verbs whose complement event is wanted, tried, asked for or promised, but not said to happen.
extern const Table kWishVerbs;
// Verbs that say that their complement did not happen ("fail", "refuse"), and those whose "from"-clause did
// not ("prevent").
extern const Table kNegativeVerbs, kPreventVerbs;
// Verbs that only make their complement possible ("allow", "seem", "tend"), and those that make it necessary
// ("need", "have").
extern const Table kPossibleVerbs, kNecessaryVerbs;
// Object-taking verbs whose infinitive is nevertheless the subject's ("promise").
extern const Table kSubjectControlVerbs;
// Verbs with which an infinitive after an object is the object's ("lead X to do").
extern const Table kObjectInfinitiveVerbs;
// "verb preposition": the oblique with that preposition is the subject of the verb's infinitive ("call on X
// to go").
extern const Table kObliqueControl;
// Verbs with which "of", "for", "into" + gerund is about the object ("accuse X of doing").
extern const Table kObjectGerundVerbs;
// Adverbs that hold the clause possible ("seemingly", "allegedly").
extern const Table kModalAdverbs;
// Negating words, and quantifiers and pronouns that negate the clause they are an argument of.
extern const Table kNegators, kNegativeArguments;
// Words that make a "not" before them no negation ("not only", "not just").
extern const Table kNotOnly;
// Nouns and adverbs of time (units, parts of the day and year, weekdays, months).
extern const Table kTimeNouns, kTimeAdverbs, kPlaceAdverbs;
// Prepositions that bring in a reason; verbs with which "over" or "for" does.
extern const Table kReasonPrepositions, kReasonVerbs;
// "in response to", "on [the] behalf of": prepositions of several words, joined by "_".
extern const Table kComplexPrepositions;
// Subordinators of reason, time and condition.
extern const Table kReasonMarks, kTimeMarks, kConditionMarks;
// Nouns of asking: "at X's request".
extern const Table kRequestNouns;
// Nouns whose infinitive says what they do ("evidence to suggest"); nouns whose clause is a content ("claim
// that").
extern const Table kEvidenceNouns, kContentNouns;
// Verbs that add little to the noun they take ("take a stand", "play a role").
extern const Table kLightVerbs;
// Copula-like verbs whose complement says what the subject is or becomes.
extern const Table kCopularVerbs;
// Adjectives that hold their clause in doubt ("unclear", "unlikely").
extern const Table kDoubtAdjectives;
// Nouns for kin, office and membership that relate their possessor to somebody ("wife", "ally", "capital").
extern const Table kRelationalNouns;
// Nouns and numerals of "a number of X", "one of the X": the phrase is about the X.
extern const Table kPartitives;
// Verbs that are done to people ("advise", "train"): only their agent nouns imply a deed; and verbs that tie
// their participants together so that they do ("subordinate", "assign", "work with").
extern const Table kServingVerbs, kSubordinatingVerbs;
// Verbs whose agent nouns relate their holder to a thing or body ("owner of the bank": own the bank).
extern const Table kOwningVerbs;
// Verbs whose object, when it names an event, is not said to happen ("demand", "deny", "prevent"); nouns above an event noun that leave
// it open ("request for extradition").
extern const Table kUnrealObjectVerbs, kUnrealHeads;
// Prepositions of second objects ("sell X to Y", "accuse X of Y") rather than of settings.
extern const Table kArgumentPrepositions;
// Verbs of trade and making, before whose event nouns stands what is dealt in ("arms sales").
extern const Table kTradeVerbs;
// Verbs that take a gerund right behind them ("stop doing").
extern const Table kGerundVerbs;
// Verbs that give somebody an office or a name ("appoint", "elect", "call").
extern const Table kNamingVerbs;
// Verbs that take an of-phrase beside their object ("accuse", "rob").
extern const Table kOfVerbs;
// "verb preposition": phrases with it are the verb's even right behind its object ("sell X to Y").
extern const Table kVerbPrepositions;
// Adverbs that single something out or join clauses; they do not say how something is done.
extern const Table kFocusAdverbs;
// Modifiers that leave open whether their noun is so ("alleged").
extern const Table kDoubtfulModifiers;
// "verb preposition": with its event noun, the preposition's phrase is the verb's direct object ("support for
// X": support X).
extern const Table kNounPrepositionObjects;
// Verbs that have no passive: coordinated with one they stay active ("were sold or belonged to X").
extern const Table kNeverPassive;
// Verbs whose subject, when it names an event, is said to happen by them ("talks will begin").
extern const Table kHappenVerbs;
// Verbs that are done to what is there ("contest X's presence", "criticise").
extern const Table kContestVerbs;
// Verbs of giving and taking office ("dismiss").
extern const Table kOfficeVerbs;
// "verb noun": light though the noun may name a thing ("take stand", "draw line").
extern const Table kLightPairs;
// Verbs with which "as" says what somebody is in deed ("act as"), and those with which it says what somebody is taken for ("regard as").
extern const Table kRoleVerbs, kRegardVerbs;
// Nouns of striving whose infinitive or gerund is about their possessor ("efforts", "decision").
extern const Table kEffortNouns;
// Nouns of what a state or firm has somewhere ("base", "mission", "troops").
extern const Table kInstallationNouns;
// Nouns of statements: said "by X" they are X's ("an investigation by X found").
extern const Table kStatementNouns;

}  // namespace dossier::ingest::words
