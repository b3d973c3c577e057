// A plain question, understood: the small tree between the grammar (grammar.h) and SPARQL (translate.h).
//
//   "who accused Sadikhov of treason"  ->  clause accused, subject asked, object "Sadikhov", oblique of "treason"
//
// Plain values.
#pragma once

#include <string>
#include <vector>

namespace dossier::shell {

// An end of the clause: left open, asked for, or given by name.
struct QuestionArgument {
  enum class Kind { kOpen, kAskedPerson, kAskedThing, kNamed };   // kAskedPerson: who, whom; kAskedThing: what
  Kind kind = Kind::kOpen;
  std::string text;         // kNamed: as written
  bool quoted = false;      // kNamed: written in quotes
  bool clause = false;      // kNamed: a content clause ("that ..."), matched by its words
  bool asked() const { return kind == Kind::kAskedPerson || kind == Kind::kAskedThing; }
  bool named() const { return kind == Kind::kNamed; }
  bool operator==(const QuestionArgument&) const = default;
};

struct QuestionOblique {
  std::string preposition;  // lower case
  QuestionArgument argument;
  bool operator==(const QuestionOblique&) const = default;
};

struct Question {
  enum class Form {
    kClause,    // somebody did something
    kEntity,    // who is NAME
    kEvents,    // what happened to NAME; without an object: what happened (in NAME)
    kAbout,     // tell me about NAME
    kList,      // list NOUN (of NAME)
  };
  // kTimes: "how many times"; kSource: "according to whom".
  enum class Ask { kEnds, kTime, kPlace, kReason, kManner, kWhether, kCount, kTimes, kSource };
  Form form = Form::kClause;
  Ask ask = Ask::kEnds;
  std::string verb;                 // as written, lower case
  bool negated = false;             // "who did not ..."
  QuestionArgument subject;         // logical: the agent also of a passive
  QuestionArgument object;          // for kEntity, kEvents and kAbout: the name; for kList: of whom
  std::vector<QuestionOblique> obliques;
  std::string noun;                 // "which countries", "how many people": the noun, lower case
  bool operator==(const Question&) const = default;
};

// One line, for tests and `.explain`: `clause verb=accused subject=who? object="Sadikhov" of="treason"`.
std::string ToString(const Question& question);

}  // namespace dossier::shell
