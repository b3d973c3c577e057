// From a question in words to rows with their evidence.
//
//   ASSIGN_OR_RETURN(Answer answer, AnswerQuestion(session.store(), session.engine(), "who dismissed whom", options));
//   for (const AnswerRow& row : answer.rows) row.evidence[0].sentence;
//
// A row is one triple; its evidence are all mentions found, the best first. Asserted rows come first, then by confidence, then in text
// order. Errors: those of the question (InvalidArgument, NotFound with near names) and of the query. Answer keeps no reference to the
// store.
//
// A question that finds nothing is asked more loosely (Translation::fallbacks), and a note says so.
#pragma once

#include <string>
#include <vector>

#include "query/engine.h"
#include "shell/evidence/evidence.h"
#include "shell/question/question.h"
#include "shell/question/translate.h"

namespace dossier::shell {

struct AnswerRow {
  graph::Term who, relation, whom;
  std::string who_label, relation_label, whom_label;
  bool asserted = false;
  bool unspecified_who = false;              // the text does not say who
  std::vector<std::string> answers;          // labels of the circumstance asked for
  std::vector<Evidence> evidence;            // may be empty: properties without a mention
  std::vector<StyledText> sentences;         // of `evidence`, with the spans marked
  std::vector<std::string> details;          // of the best evidence: "requested by: Turkey"
};

struct Answer {
  Question question;
  Translation translation;
  std::vector<AnswerRow> rows;
  // The answer in short, best first, without repeats: names, times, reasons, a number, "yes" or "no"; of what is asserted, else of what is
  // said. Empty where the rows are the answer ("who dismissed whom", "tell me about NAME").
  std::vector<std::string> answers;
  std::vector<std::string> notes;            // what the reader should know: "the text does not say when"
};

// The question as SPARQL, without running it.
absl::StatusOr<Answer> TranslateQuestion(const graph::Snapshot& snapshot, std::string_view text);
// Fills `answers` from the rows (short_answers.cc).
void AddShortAnswers(Answer& answer);
absl::StatusOr<Answer> AnswerQuestion(const graph::Store& store, const query::Engine& engine, std::string_view text,
                                      const query::QueryOptions& options);

// "requested by: Turkey", ...: qualifiers, attribution, and whether it is inferred.
std::vector<std::string> Details(const Evidence& evidence, const Labels& labels);

}  // namespace dossier::shell
