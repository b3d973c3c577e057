// The answer in short: which column of the rows the question asks for.
#include <algorithm>
#include <cctype>
#include <set>

#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "ingest/map/vocabulary.h"
#include "shell/question/answer.h"
#include "shell/question/words.h"

namespace dossier::shell {
namespace {

using Ask = Question::Ask;

bool IsCircumstance(Ask ask) {
  return ask == Ask::kTime || ask == Ask::kPlace || ask == Ask::kReason || ask == Ask::kManner || ask == Ask::kSource;
}

// The number that stands before the words at `span` of the sentence ("roughly 200 [military advisors]"), or "".
std::string NumberBefore(std::string_view sentence, size_t begin) {
  if (begin > sentence.size()) return "";
  std::string_view before = sentence.substr(0, begin);
  while (!before.empty() && before.back() == ' ') before.remove_suffix(1);
  const std::string word = Lower(before.substr(before.find_last_of(" \n(") + 1));
  constexpr std::string_view kNumbers[] = {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
                                           "dozens", "hundreds", "thousands", "millions"};
  if (std::find(std::begin(kNumbers), std::end(kNumbers), word) != std::end(kNumbers)) return word;
  const bool number = !word.empty() && std::isdigit(static_cast<unsigned char>(word[0])) != 0 &&
                      std::all_of(word.begin(), word.end(), [](char c) { return (c >= '0' && c <= '9') || c == ',' || c == '.'; });
  return number ? word : "";
}

// A count that the text gives: before the words of the end that is counted, or in its label.
std::string SaidNumber(const AnswerRow& row, bool subject) {
  const std::string& label = subject ? row.who_label : row.whom_label;
  if (const std::string first = NumberBefore(label, label.find(' ')); !first.empty()) return first;
  for (const Evidence& evidence : row.evidence) {
    const auto& span = subject ? evidence.subject_span : evidence.object_span;
    if (!span) continue;
    if (std::string number = NumberBefore(evidence.sentence, span->begin); !number.empty()) return number;
  }
  return "";
}

class ShortAnswers {
 public:
  explicit ShortAnswers(const Answer& answer) : answer_(answer) {
    any_asserted_ = std::any_of(answer.rows.begin(), answer.rows.end(), [](const AnswerRow& row) { return row.asserted; });
  }

  std::vector<std::string> Run() {
    const Question& question = answer_.question;
    switch (question.ask) {
      case Ask::kWhether: return {any_asserted_ ? "yes" : "no"};
      case Ask::kTimes: return {Cat(Mentions())};
      case Ask::kCount: return {Count()};
      default: break;
    }
    for (const AnswerRow& row : answer_.rows) {
      if (row.asserted == any_asserted_) AddRow(row);
    }
    return std::move(out_);
  }

 private:
  size_t Mentions() const {
    size_t mentions = 0;
    for (const AnswerRow& row : answer_.rows) mentions += row.evidence.size();
    return mentions;
  }

  std::string Count() const {
    const bool subject = answer_.question.subject.asked();
    std::set<std::string> distinct;
    std::string said;
    for (const AnswerRow& row : answer_.rows) {
      if (!row.asserted || !distinct.insert((subject ? row.who : row.whom).ToNTriples()).second) continue;
      said = SaidNumber(row, subject);
    }
    return distinct.size() == 1 && !said.empty() ? said : Cat(distinct.size());
  }

  void Add(const std::string& text) {
    if (!text.empty() && std::find(out_.begin(), out_.end(), text) == out_.end()) out_.push_back(text);
  }

  void AddRow(const AnswerRow& row) {
    const Question& question = answer_.question;
    if (!row.answers.empty()) {
      for (const std::string& text : row.answers) Add(text);
      return;
    }
    if (IsCircumstance(question.ask)) return;
    if (answer_.translation.role) return Add(row.who_label);
    if (question.form == Question::Form::kEntity) {
      if (row.relation.value() != graph::rdf::kType && row.relation.value() != ingest::vocab::kAltLabel) Add(row.whom_label);
      return;
    }
    if (question.form != Question::Form::kClause) return;
    const bool who = question.subject.asked() && !row.unspecified_who;
    const bool oblique = std::any_of(question.obliques.begin(), question.obliques.end(),
                                     [](const QuestionOblique& o) { return o.argument.asked(); });
    const bool whom = question.object.asked() || (oblique && !question.subject.asked());
    if (question.subject.asked() && (question.object.asked() || oblique)) return;   // both ends: the rows are the answer
    if (who) Add(row.who_label);
    if (whom) Add(row.whom_label);
  }

  const Answer& answer_;
  bool any_asserted_ = false;
  std::vector<std::string> out_;
};

}  // namespace

void AddShortAnswers(Answer& answer) { answer.answers = ShortAnswers(answer).Run(); }

}  // namespace dossier::shell
