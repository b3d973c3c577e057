#include "shell/question/question.h"

#include "graph/base/strings.h"

namespace dossier::shell {
namespace {

std::string_view NameOf(Question::Form form) {
  switch (form) {
    case Question::Form::kClause: return "clause";
    case Question::Form::kEntity: return "entity";
    case Question::Form::kEvents: return "events";
    case Question::Form::kAbout: return "about";
    case Question::Form::kList: return "list";
  }
  return "";
}

std::string_view NameOf(Question::Ask ask) {
  switch (ask) {
    case Question::Ask::kEnds: return "";
    case Question::Ask::kTime: return "time";
    case Question::Ask::kPlace: return "place";
    case Question::Ask::kReason: return "reason";
    case Question::Ask::kManner: return "manner";
    case Question::Ask::kWhether: return "whether";
    case Question::Ask::kCount: return "count";
    case Question::Ask::kTimes: return "times";
    case Question::Ask::kSource: return "source";
  }
  return "";
}

void AppendArgument(std::string_view name, const QuestionArgument& argument, std::string& out) {
  switch (argument.kind) {
    case QuestionArgument::Kind::kOpen: return;
    case QuestionArgument::Kind::kAskedPerson: Append(out, " ", name, "=who?"); return;
    case QuestionArgument::Kind::kAskedThing: Append(out, " ", name, "=what?"); return;
    case QuestionArgument::Kind::kNamed: Append(out, " ", name, argument.clause ? "=that \"" : "=\"", argument.text, "\""); return;
  }
}

}  // namespace

std::string ToString(const Question& question) {
  std::string out(NameOf(question.form));
  if (question.ask != Question::Ask::kEnds) Append(out, " ask=", NameOf(question.ask));
  if (!question.verb.empty()) Append(out, " verb=", question.verb);
  if (question.negated) out += " negated";
  AppendArgument("subject", question.subject, out);
  AppendArgument("object", question.object, out);
  for (const QuestionOblique& oblique : question.obliques) AppendArgument(oblique.preposition, oblique.argument, out);
  if (!question.noun.empty()) Append(out, " noun=", question.noun);
  return out;
}

}  // namespace dossier::shell
