#include "shell/question/answer.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "graph/base/strings.h"
#include "shell/question/graph_knowledge.h"
#include "shell/render/display_width.h"

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
  for (const Term& answer : answers) row.answers.push_back(labels.Of(answer));
  for (const Evidence& evidence : row.evidence) row.sentences.push_back(MarkSpans(evidence, labels));
  if (!row.evidence.empty()) row.details = Details(row.evidence.front(), labels);
}

double ConfidenceOf(const AnswerRow& row) { return row.evidence.empty() ? 1.0 : row.evidence.front().confidence; }

void AddNotes(Answer& answer) {
  const bool circumstance = answer.question.ask == Question::Ask::kTime || answer.question.ask == Question::Ask::kPlace ||
                            answer.question.ask == Question::Ask::kReason || answer.question.ask == Question::Ask::kManner;
  const bool answered =
      std::any_of(answer.rows.begin(), answer.rows.end(), [](const AnswerRow& row) { return !row.answers.empty(); });
  if (circumstance && !answer.rows.empty() && !answered) {
    answer.notes.push_back(Cat("The articles do not say ", answer.translation.answer_title, "; this is what they say:"));
  }
}

}  // namespace

std::vector<std::string> Details(const Evidence& evidence, const Labels& labels) {
  std::vector<std::string> details;
  for (const Qualifier& qualifier : evidence.qualifiers) {
    details.push_back(Cat(RoleLabel(qualifier.role), ": ", labels.Of(qualifier.value)));
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
  Answer answer;
  ASSIGN_OR_RETURN(answer.question, ParseQuestion(text, knowledge));
  ASSIGN_OR_RETURN(answer.translation, Translate(answer.question, knowledge));
  return answer;
}

absl::StatusOr<Answer> AnswerQuestion(const graph::Store& store, const query::Engine& engine, std::string_view text,
                                      const query::QueryOptions& options) {
  const std::shared_ptr<const graph::Snapshot> snapshot = store.GetSnapshot();
  ASSIGN_OR_RETURN(Answer answer, TranslateQuestion(*snapshot, text));
  auto groups = RunQuery(engine, answer.translation.sparql, options);
  if (!groups.ok()) return Annotate(groups.status(), "the question's query failed");

  std::vector<std::pair<const Key*, const Group*>> ordered;
  for (const auto& [key, group] : *groups) ordered.emplace_back(&key, &group);
  std::sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return a.second->rank < b.second->rank; });

  std::vector<std::pair<AnswerRow, std::vector<Term>>> found;
  for (const auto& [key, group] : ordered) {
    AnswerRow row;
    std::tie(row.who, row.relation, row.whom, row.asserted) = *key;
    ASSIGN_OR_RETURN(row.evidence, LoadEvidence(*snapshot, group->facts));
    std::sort(row.evidence.begin(), row.evidence.end(), IsBetter);
    found.emplace_back(std::move(row), group->answers);
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return std::tuple(!a.first.asserted, a.first.evidence.empty() ? 0 : 1, -ConfidenceOf(a.first)) <
           std::tuple(!b.first.asserted, b.first.evidence.empty() ? 0 : 1, -ConfidenceOf(b.first));
  });
  std::vector<std::vector<Term>> answers;
  for (auto& [row, terms] : found) {
    answer.rows.push_back(std::move(row));
    answers.push_back(std::move(terms));
  }
  Labels labels(*snapshot);
  RETURN_IF_ERROR(LoadLabels(answer.rows, answers, labels));
  for (size_t i = 0; i < answer.rows.size(); ++i) Describe(answer.rows[i], answers[i], labels);
  AddNotes(answer);
  return answer;
}

}  // namespace dossier::shell
