// The grammar of plain questions: words to a Question.
//
//   ASSIGN_OR_RETURN(Question question, ParseQuestion("whom did Azerbaijan dismiss?", verbs));
//
// Forms (Boost Spirit X3 over words; grammar.cc lists them in the order they are tried):
//   who V-ed whom            who V-ed NAME            who V-ed NAME of what         who met with NAME
//   whom did NAME V          what did NAME say about NAME                           whom did NAME report to
//   who was V-ed (by NAME)   who was NAME V-ed by     what was NAME accused of      by whom was NAME V-ed
//   when|where|why|how did NAME V (NAME)              when|where|why was NAME V-ed
//   who|what is NAME         what happened to NAME    what happened in PLACE|TIME   tell me about NAME            NAME
//   which NOUN V-ed NAME     how many NOUN V-ed NAME  how many times did NAME V     did NAME V NAME
// Auxiliaries, adverbs (-ly), "not" and the question mark are optional everywhere.
//
// Errors: InvalidArgument naming the forms, when none fits. Thread-safe; time is quadratic in the number of words, which is bounded.
#pragma once

#include <string_view>

#include "graph/base/status.h"
#include "shell/question/question.h"

namespace dossier::shell {

// Which verbs exist: relations of the graph and the lexicon.
class VerbKnowledge {
 public:
  virtual ~VerbKnowledge() = default;
  virtual bool IsVerb(std::string_view lemma) const = 0;
};

inline constexpr size_t kMaxQuestionWords = 64;

// `verbs` decides where a name ends and the verb begins. When no known verb fits, any word in the place of one is taken.
absl::StatusOr<Question> ParseQuestion(std::string_view text, const VerbKnowledge& verbs);

}  // namespace dossier::shell
