#include "shell/question/answer.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <tuple>

#include "graph/base/strings.h"
#include "shell/question/graph_knowledge.h"
#include "shell/question/verb_forms.h"
#include "shell/question/word_match.h"

namespace dossier::shell {
namespace {

using graph::Term;

enum Column : size_t { kFact, kWho, kRelation, kWhom, kAnswer, kAsserted, kColumns };

// Solutions of one triple.
struct Group {
  std::vector<Term> facts;
  std::vector<Term> answers;
  size_t rank = 0;   // of the first solution: the query's order
};

using Key = std::tuple<Term, Term, Term, bool>;

void AddUnique(const std::optional<Term>& term, std::vector<Term>& terms) {
  if (term && std::find(terms.begin(), terms.end(), *term) == terms.end()) terms.push_back(*term);
}

absl::StatusOr<std::map<Key, Group>> RunQuery(const query::Engine& engine, std::string_view sparql,
                                              const query::QueryOptions& options) {
  ASSIGN_OR_RETURN(const std::unique_ptr<query::QueryResult> result, engine.Run(sparql, options));
  if (result->columns().size() != kColumns) return Internal("the question's query has other columns than it should");
  std::map<Key, Group> groups;
  size_t rank = 0;
  for (query::ResultRows rows;;) {
    RETURN_IF_ERROR(result->Next(rows));
    if (rows.rows.empty()) return groups;
    for (const auto& row : rows.rows) {
      if (!row[kWho] || !row[kRelation] || !row[kWhom]) continue;
      const bool asserted = row[kAsserted] && row[kAsserted]->value() == "true";
      Group& group = groups.try_emplace(Key(*row[kWho], *row[kRelation], *row[kWhom], asserted)).first->second;
      if (group.facts.empty() && group.rank == 0) group.rank = ++rank;
      AddUnique(row[kFact], group.facts);
      AddUnique(row[kAnswer], group.answers);
    }
  }
}

bool HasAnswers(const std::map<Key, Group>& groups) {
  return std::any_of(groups.begin(), groups.end(), [](const auto& entry) { return !entry.second.answers.empty(); });
}

// Better evidence first; ties in text order.
bool IsBetter(const Evidence& a, const Evidence& b) {
  return std::tuple(-a.confidence, a.document_iri, a.sentence_span.begin) <
         std::tuple(-b.confidence, b.document_iri, b.sentence_span.begin);
}

absl::Status LoadLabels(const std::vector<AnswerRow>& rows, const std::vector<std::vector<Term>>& answers, Labels& labels) {
  std::vector<Term> terms;
  for (size_t i = 0; i < rows.size(); ++i) {
    terms.insert(terms.end(), {rows[i].who, rows[i].relation, rows[i].whom});
    terms.insert(terms.end(), answers[i].begin(), answers[i].end());
    for (const Evidence& evidence : rows[i].evidence) {
      terms.insert(terms.end(), evidence.attributed_to.begin(), evidence.attributed_to.end());
      for (const Qualifier& qualifier : evidence.qualifiers) terms.push_back(qualifier.value);
    }
  }
  return labels.Load(terms);
}

void Describe(AnswerRow& row, const std::vector<Term>& answers, const Labels& labels) {
  row.who_label = labels.Of(row.who);
  row.unspecified_who = labels.IsUnspecified(row.who);
  row.relation_label = labels.Of(row.relation);
  row.whom_label = labels.Of(row.whom);
  for (const Term& answer : answers) {
    row.answers.push_back(labels.IsUnspecified(answer) ? "(someone)" : labels.Of(answer));
    for (const Evidence& evidence : row.evidence) {
      const bool its_time = std::any_of(evidence.qualifiers.begin(), evidence.qualifiers.end(),
                                        [&](const Qualifier& q) { return q.role == "time" && q.value == answer; });
      if (!its_time) continue;
      if (const std::string interval = TimeInterval(evidence); !interval.empty()) Append(row.answers.back(), " (", interval, ")");
      break;
    }
  }
  for (const Evidence& evidence : row.evidence) row.sentences.push_back(MarkSpans(evidence, labels));
  if (!row.evidence.empty()) row.details = Details(row.evidence.front(), labels);
}

double ConfidenceOf(const AnswerRow& row) { return row.evidence.empty() ? 1.0 : row.evidence.front().confidence; }

// Why nothing was found, and what there is instead.
absl::Status AddHints(const GraphKnowledge& knowledge, Answer& answer) {
  for (const std::string& name : answer.translation.unknown_names) {
    ASSIGN_OR_RETURN(const std::vector<std::string> near, knowledge.NamesNear(name));
    std::string hint = Cat("Nothing is called \"", name, "\"");
    for (size_t i = 0; i < near.size(); ++i) Append(hint, i == 0 ? "; there is: " : ", ", near[i]);
    answer.notes.push_back(Cat(hint, "."));
  }
  if (answer.question.form != Question::Form::kClause) return absl::OkStatus();
  for (const QuestionArgument* argument : {&answer.question.subject, &answer.question.object}) {
    if (!argument->named() || argument->clause) continue;
    ASSIGN_OR_RETURN(const std::vector<std::string> known, knowledge.RelationsAbout(WithoutDeterminer(argument->text)));
    std::string about;
    for (const std::string& relation : known) Append(about, about.empty() ? "" : ", ", "rel:", relation);
    if (!about.empty()) answer.notes.push_back(Cat("Of ", argument->text, " there is: ", about, "."));
  }
  std::string hint;
  for (const std::string& lemma : LemmaCandidates(answer.question.verb)) {
    for (const std::string& relation : knowledge.RelationsNear(lemma)) Append(hint, hint.empty() ? "" : ", ", "rel:", relation);
    if (!hint.empty()) break;
  }
  if (!hint.empty()) answer.notes.push_back(Cat("Relations that may help: ", hint, "."));
  return absl::OkStatus();
}

void AddNotes(Answer& answer) {
  const bool circumstance = answer.question.ask == Question::Ask::kTime || answer.question.ask == Question::Ask::kPlace ||
                            answer.question.ask == Question::Ask::kReason || answer.question.ask == Question::Ask::kManner;
  const bool answered =
      std::any_of(answer.rows.begin(), answer.rows.end(), [](const AnswerRow& row) { return !row.answers.empty(); });
  if (circumstance && !answer.rows.empty() && !answered) {
    answer.notes.push_back(Cat("The articles do not say ", answer.translation.answer_title, "; this is what they say:"));
  }
}

// What "last week" in a question counts from.
std::string Today() {
  const auto day = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const std::chrono::year_month_day date(day);
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()));
  return buffer;
}

absl::StatusOr<Answer> TranslateWith(const GraphKnowledge& knowledge, std::string_view text) {
  Answer answer;
  ASSIGN_OR_RETURN(answer.question, ParseQuestion(text, knowledge));
  ASSIGN_OR_RETURN(answer.translation, Translate(answer.question, knowledge, Today()));
  return answer;
}

// Rows with their evidence, asserted and sure ones first; `answers` are the circumstances of each.
absl::StatusOr<std::vector<AnswerRow>> MakeRows(const graph::Snapshot& snapshot, const std::map<Key, Group>& groups,
                                                std::vector<std::vector<Term>>& answers) {
  struct Found {
    AnswerRow row;
    const Group* group = nullptr;
  };
  std::vector<Found> found;
  for (const auto& [key, group] : groups) {
    Found& next = found.emplace_back();
    next.group = &group;
    std::tie(next.row.who, next.row.relation, next.row.whom, next.row.asserted) = key;
    ASSIGN_OR_RETURN(next.row.evidence, LoadEvidence(snapshot, group.facts));
    std::sort(next.row.evidence.begin(), next.row.evidence.end(), IsBetter);
  }
  const auto place = [](const Found& f) {
    return std::tuple(!f.row.asserted, !f.row.evidence.empty(), -ConfidenceOf(f.row), f.group->rank);
  };
  std::sort(found.begin(), found.end(), [&](const Found& a, const Found& b) { return place(a) < place(b); });
  std::vector<AnswerRow> rows;
  for (Found& next : found) {
    rows.push_back(std::move(next.row));
    answers.push_back(next.group->answers);
  }
  return rows;
}

}  // namespace

std::vector<std::string> Details(const Evidence& evidence, const Labels& labels) {
  std::vector<std::string> details;
  for (const Qualifier& qualifier : evidence.qualifiers) {
    // An adverb that stands in the predicate is seen there.
    if (qualifier.value.is_literal() && evidence.phrase.find(qualifier.value.value()) != std::string::npos) continue;
    std::string value = labels.Of(qualifier.value);
    if (const std::string interval = qualifier.role == "time" ? TimeInterval(evidence) : ""; !interval.empty()) {
      Append(value, " (", interval, ")");
    }
    details.push_back(Cat(RoleLabel(qualifier.role), ": ", value));
  }
  if (!evidence.attributed_to.empty()) {
    std::string chain = "according to: ";
    for (size_t i = 0; i < evidence.attributed_to.size(); ++i) {
      Append(chain, i == 0 ? "" : ", ", labels.Of(evidence.attributed_to[i]));
    }
    details.push_back(std::move(chain));
  }
  return details;
}

absl::StatusOr<Answer> TranslateQuestion(const graph::Snapshot& snapshot, std::string_view text) {
  ASSIGN_OR_RETURN(const GraphKnowledge knowledge, GraphKnowledge::Load(snapshot));
  ASSIGN_OR_RETURN(Answer answer, TranslateWith(knowledge, text));
  if (!answer.translation.error.empty()) return NotFound(answer.translation.error);
  return answer;
}

absl::StatusOr<Answer> AnswerQuestion(const graph::Store& store, const query::Engine& engine, std::string_view text,
                                      const query::QueryOptions& options) {
  const std::shared_ptr<const graph::Snapshot> snapshot = store.GetSnapshot();
  ASSIGN_OR_RETURN(const GraphKnowledge knowledge, GraphKnowledge::Load(*snapshot));
  ASSIGN_OR_RETURN(Answer answer, TranslateWith(knowledge, text));
  absl::StatusOr<std::map<Key, Group>> groups = std::map<Key, Group>();
  if (answer.translation.error.empty()) groups = RunQuery(engine, answer.translation.sparql, options);
  bool claims = false;
  for (const Translation::Fallback& fallback : answer.translation.fallbacks) {
    // Who says so is what "according to whom" is about: facts that do not tell are no answer.
    if (!groups.ok() || (!groups->empty() && (!fallback.claims || answer.question.ask != Question::Ask::kSource || HasAnswers(*groups)))) {
      continue;
    }
    auto looser = RunQuery(engine, fallback.sparql, options);
    if (!looser.ok() || looser->empty()) continue;
    groups = std::move(looser);
    claims = fallback.claims;
    answer.translation.sparql = fallback.sparql;
    answer.notes = {fallback.note};
  }
  if (!groups.ok()) return Annotate(groups.status(), "the question's query failed");

  std::vector<std::vector<Term>> answers;
  ASSIGN_OR_RETURN(answer.rows, MakeRows(*snapshot, *groups, answers));
  Labels labels(*snapshot);
  RETURN_IF_ERROR(LoadLabels(answer.rows, answers, labels));
  for (size_t i = 0; i < answer.rows.size(); ++i) Describe(answer.rows[i], answers[i], labels);
  if (answer.rows.empty() && !answer.translation.error.empty()) return NotFound(answer.translation.error);
  if (answer.rows.empty()) RETURN_IF_ERROR(AddHints(knowledge, answer));
  AddNotes(answer);
  if (!claims || answer.question.ask == Question::Ask::kSource) AddShortAnswers(answer);
  return answer;
}

}  // namespace dossier::shell
