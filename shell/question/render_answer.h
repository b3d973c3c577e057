// Answers for people (a table with the sentences under each row) and for scripts (JSON).
//
//   std::string text = RenderAnswer(answer, {.width = 80});
//   std::string json = AnswerToJson("who dismissed whom", answer);     // one line
//
// Pure, thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "shell/question/answer.h"
#include "shell/render/table.h"

namespace dossier::shell {

struct AnswerOptions {
  TableOptions table;
  bool sentences = true;        // the best sentence under each row
};

std::string RenderAnswer(const Answer& answer, const AnswerOptions& options);

// Everything known about one mention, with its sentence: what `.why` prints.
std::string RenderEvidence(const Evidence& evidence, const Labels& labels, size_t number, const TableOptions& options);

// {"question", "sparql", "rows": [{"subject": {"id", "label"}, "relation": {...}, "object": {...}, "asserted", "inferred", "confidence",
// "evidence": [{"sentence", "begin", "end", "subject_span", ...}]}]}; spans are byte offsets into "sentence", begin and end into the document.
std::string AnswerToJson(std::string_view question, const Answer& answer);

}  // namespace dossier::shell
