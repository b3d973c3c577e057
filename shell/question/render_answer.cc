#include "shell/question/render_answer.h"

#include <algorithm>
#include <cstdio>

#include "graph/base/strings.h"
#include "shell/render/display_width.h"
#include "shell/render/json.h"

namespace dossier::shell {
namespace {

std::string Joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) Append(out, out.empty() ? "" : separator, part);
  return out;
}

constexpr size_t kMaxHeadline = 8;   // more answers than that are read in the table

std::string TwoDecimals(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.2f", value);
  return buffer;
}

// What stands behind the relation: "(inferred)", "(not asserted: denied)".
std::string Marks(const AnswerRow& row) {
  if (row.evidence.empty()) return "";
  std::string marks;
  if (row.evidence.front().inferred) marks = "inferred";
  if (!row.asserted) Append(marks, marks.empty() ? "" : "; ", "not asserted: ", WhyNotAsserted(row.evidence.front()));
  return marks;
}

StyledText RelationCell(const AnswerRow& row) {
  // An inferred relation has no words of its own in the text.
  const bool has_phrase = !row.evidence.empty() && !row.evidence.front().phrase.empty() && !row.evidence.front().inferred;
  StyledText cell = Plain(has_phrase ? Printable(row.evidence.front().phrase) : row.relation_label);
  if (const std::string marks = Marks(row); !marks.empty()) cell.push_back({Cat(" (", marks, ")"), Style::kWarning});
  return cell;
}

class AnswerTable {
 public:
  AnswerTable(const Answer& answer, const AnswerOptions& options) : answer_(answer), options_(options) {
    for (const AnswerRow& row : answer.rows) {
      has_answer_ = has_answer_ || !row.answers.empty();
      has_details_ = has_details_ || !row.details.empty();
      has_evidence_ = has_evidence_ || !row.evidence.empty();
    }
  }

  std::string Run() {
    const bool entity = answer_.question.form == Question::Form::kEntity;
    Table table;
    table.columns = {{"#", Align::kRight}};
    if (has_answer_) table.columns.push_back({answer_.translation.answer_title, Align::kLeft});
    table.columns.push_back({"who", Align::kLeft});
    table.columns.push_back({entity ? "property" : "relation", Align::kLeft});
    table.columns.push_back({entity ? "value" : "whom / what", Align::kLeft});
    if (has_details_) table.columns.push_back({"details", Align::kLeft});
    if (has_evidence_) table.columns.push_back({"conf.", Align::kRight});
    for (size_t i = 0; i < answer_.rows.size(); ++i) table.rows.push_back(Row(i));
    return RenderTable(table, options_.table);
  }

 private:
  TableRow Row(size_t i) const {
    const AnswerRow& row = answer_.rows[i];
    TableRow out;
    out.cells.push_back(Plain(Cat(i + 1)));
    if (has_answer_) out.cells.push_back(Plain(Joined(row.answers, "; "), Style::kBold));
    out.cells.push_back(Plain(row.who_label, row.unspecified_who ? Style::kDim : Style::kPlain));
    out.cells.push_back(RelationCell(row));
    out.cells.push_back(Plain(row.whom_label));
    if (has_details_) out.cells.push_back(Plain(Joined(row.details, "; ")));
    if (has_evidence_) out.cells.push_back(Plain(row.evidence.empty() ? "" : TwoDecimals(row.evidence.front().confidence)));
    if (options_.sentences && !row.evidence.empty()) {
      StyledText note = row.sentences.front();
      std::string cite = Cat("  (", Citation(row.evidence.front()), ")");
      if (const size_t more = row.evidence.size() - 1; more > 0) {
        Append(cite, "  and ", more, more == 1 ? " more mention" : " more mentions");
      }
      note.push_back({std::move(cite), Style::kDim});
      out.notes.push_back(std::move(note));
    }
    return out;
  }

  const Answer& answer_;
  const AnswerOptions& options_;
  bool has_answer_ = false, has_details_ = false, has_evidence_ = false;
};

// The line above the table for questions that ask for a number or a yes.
std::string Headline(const Answer& answer) {
  const Question& question = answer.question;
  if (question.ask == Question::Ask::kTimes) return Cat(answer.answers.front(), answer.answers.front() == "1" ? " mention:\n" : " mentions:\n");
  if (question.ask == Question::Ask::kCount) {
    return Cat(answer.answers.front(), " ", question.noun, " (counting only what is asserted):\n");
  }
  if (question.ask == Question::Ask::kWhether) {
    const bool yes = std::any_of(answer.rows.begin(), answer.rows.end(), [](const AnswerRow& row) { return row.asserted; });
    return yes ? "Yes, it is said:\n" : "It is not asserted anywhere; this is what is said:\n";
  }
  if (answer.answers.empty() || answer.answers.size() > kMaxHeadline) return "";
  return Cat("Answer: ", Joined(answer.answers, "; "), "\n");
}

void AppendField(std::string_view name, std::string_view value, const TableOptions& options, std::string& out) {
  if (value.empty()) return;
  const std::string head = Cat("   ", name, std::string(14 - std::min<size_t>(name.size(), 13), ' '));
  const size_t width = options.width > head.size() + 10 ? options.width - head.size() : 10;
  bool first = true;
  for (const StyledText& line : Wrap(Plain(value), width, options.ansi)) {
    Append(out, first ? head : std::string(head.size(), ' '), Render(line, options.ansi), "\n");
    first = false;
  }
}

void WriteTerm(JsonWriter& json, std::string_view key, const graph::Term& term, std::string_view label) {
  json.Key(key);
  json.BeginObject();
  if (term.is_literal()) {
    json.Field("text", term.value());
    if (!term.language().empty()) json.Field("language", term.language());
    else json.Field("datatype", term.datatype());
  } else {
    json.Field("id", term.is_blank() ? Cat("_:", term.value()) : term.value());
    json.Field("label", label);
  }
  json.EndObject();
}

void WriteSpan(JsonWriter& json, std::string_view key, const std::optional<SourceSpan>& span) {
  if (!span) return;
  json.Key(key);
  json.BeginArray();
  json.Number(span->begin);
  json.Number(span->end);
  json.EndArray();
}

void WriteEvidence(JsonWriter& json, const Evidence& evidence) {
  json.BeginObject();
  json.Field("id", evidence.reifier.value());
  json.Field("sentence", evidence.sentence);
  json.Field("begin", evidence.sentence_span.begin);
  json.Field("end", evidence.sentence_span.end);
  WriteSpan(json, "subject_span", evidence.subject_span);
  WriteSpan(json, "predicate_span", evidence.predicate_span);
  WriteSpan(json, "object_span", evidence.object_span);
  json.Field("document", evidence.document_iri);
  json.Field("title", evidence.title);
  json.Field("date", evidence.date);
  json.Field("confidence", evidence.confidence);
  json.Field("phrase", evidence.phrase);
  json.Field("rule", evidence.rule);
  json.Field("inferred", evidence.inferred);
  json.Field("polarity", evidence.polarity.empty() ? "positive" : evidence.polarity);
  json.Field("modality", evidence.modality);
  json.Key("qualifiers");
  json.BeginArray();
  for (const Qualifier& qualifier : evidence.qualifiers) {
    json.BeginObject();
    json.Field("role", qualifier.role);
    json.Field(qualifier.value.is_literal() ? "text" : "id", qualifier.value.value());
    json.EndObject();
  }
  json.EndArray();
  json.Key("attribution");
  json.BeginArray();
  for (const graph::Term& source : evidence.attributed_to) {
    json.BeginObject();
    json.Field(source.is_literal() ? "text" : "id", source.value());
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
}

}  // namespace

std::string RenderAnswer(const Answer& answer, const AnswerOptions& options) {
  std::string out = answer.rows.empty() ? "Nothing in the database answers this.\n" : Headline(answer);
  for (const std::string& note : answer.notes) Append(out, note, "\n");
  return answer.rows.empty() ? out : out + AnswerTable(answer, options).Run();
}

std::string RenderEvidence(const Evidence& evidence, const Labels& labels, size_t number, const TableOptions& options) {
  std::string out;
  const size_t width = options.width > 13 ? options.width - 3 : 10;
  StyledText sentence = MarkSpans(evidence, labels);
  if (sentence.empty()) sentence = Plain("(the sentence is not in the database)");
  const std::string head = Cat(number, ".");
  bool first = true;
  for (const StyledText& line : Wrap(sentence, width, options.ansi)) {
    Append(out, first ? head + std::string(3 - std::min<size_t>(head.size(), 2), ' ') : "   ", Render(line, options.ansi), "\n");
    first = false;
  }
  const auto field = [&](std::string_view name, std::string_view value) { AppendField(name, value, options, out); };
  field("document", Cat(Citation(evidence), evidence.sentence_span.end > 0
                                               ? Cat(", bytes ", evidence.sentence_span.begin, "-", evidence.sentence_span.end)
                                               : std::string()));
  field("fact", Cat(labels.Of(evidence.fact.subject), " — ", labels.Of(evidence.fact.predicate), " — ",
                    labels.Of(evidence.fact.object)));
  field("status", evidence.asserted ? (evidence.inferred ? "asserted, inferred" : "asserted")
                                    : Cat("not asserted: ", WhyNotAsserted(evidence)));
  if (evidence.asserted && !evidence.modality.empty()) field("modality", evidence.modality);
  field("confidence", TwoDecimals(evidence.confidence));
  for (const std::string& detail : Details(evidence, labels)) {
    const size_t colon = detail.find(": ");
    field(detail.substr(0, colon), detail.substr(colon + 2));
  }
  field("rule", Printable(evidence.rule));
  field("evidence", Printable(evidence.reifier.value()));
  return out;
}

std::string AnswerToJson(std::string_view question, const Answer& answer) {
  JsonWriter json;
  json.BeginObject();
  json.Field("question", question);
  json.Field("read_as", ToString(answer.question));
  json.Field("sparql", answer.translation.sparql);
  json.Key("answers");
  json.BeginArray();
  for (const std::string& text : answer.answers) json.String(text);
  json.EndArray();
  json.Key("notes");
  json.BeginArray();
  for (const std::string& note : answer.notes) json.String(note);
  json.EndArray();
  json.Key("rows");
  json.BeginArray();
  for (const AnswerRow& row : answer.rows) {
    json.BeginObject();
    WriteTerm(json, "subject", row.who, row.who_label);
    WriteTerm(json, "relation", row.relation, row.relation_label);
    WriteTerm(json, "object", row.whom, row.whom_label);
    if (!row.answers.empty()) {
      json.Key("answer");
      json.BeginArray();
      for (const std::string& text : row.answers) json.String(text);
      json.EndArray();
    }
    json.Field("asserted", row.asserted);
    json.Field("inferred", !row.evidence.empty() && row.evidence.front().inferred);
    if (!row.evidence.empty()) json.Field("confidence", row.evidence.front().confidence);
    json.Key("evidence");
    json.BeginArray();
    for (const Evidence& evidence : row.evidence) WriteEvidence(json, evidence);
    json.EndArray();
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return json.text() + "\n";
}

}  // namespace dossier::shell
