#include <cstdio>

#include "graph/base/json_text.h"
#include "graph/base/strings.h"
#include "ingest/fact/fact.h"

namespace dossier::ingest {
namespace {

class JsonWriter {
 public:
  JsonWriter(const EntityIris& iris, const EntityTable& entities) : iris_(iris), entities_(entities) {}

  void Field(std::string_view name) {
    if (out.back() != '{') out += ',';
    AppendJsonString(name, out);
    out += ':';
  }
  void Text(std::string_view name, std::string_view value) {
    Field(name);
    AppendJsonString(value, out);
  }
  void Bool(std::string_view name, bool value) {
    Field(name);
    out += value ? "true" : "false";
  }
  void Number(std::string_view name, size_t value) {
    Field(name);
    Append(out, value);
  }
  void Span(const SourceSpan& span) {
    if (span.begin == span.end) return;
    Number("begin", span.begin);
    Number("end", span.end);
  }
  // `full` adds type and offsets.
  void Term(const FactTerm& term, bool full, std::string_view role = "") {
    out += '{';
    if (!role.empty()) Text("role", role);
    Text("text", term.text);
    const auto entity = static_cast<size_t>(term.entity);
    if (term.entity >= 0) {
      if (entity < iris_.iri.size()) Text("id", iris_.iri[entity]);
      if (full && entity < entities_.entities.size()) Text("type", NameOf(entities_.entities[entity].type));
    }
    if (full) Span(term.span);
    if (term.inferred) Bool("inferred", true);
    out += '}';
  }
  void OptionalTerm(std::string_view name, const std::optional<FactTerm>& term) {
    Field(name);
    if (term)
      Term(*term, true);
    else
      out += "null";
  }

  std::string out = "{";

 private:
  const EntityIris& iris_;
  const EntityTable& entities_;
};

}  // namespace

std::string FactToJson(const Fact& fact, const Sentence& sentence, const EntityIris& iris,
                       const EntityTable& entities) {
  JsonWriter json(iris, entities);
  json.Number("begin", sentence.span.begin);
  json.Number("end", sentence.span.end);
  json.OptionalTerm("subject", fact.subject);
  json.Field("predicate");
  json.out += '{';
  json.Text("lemma", fact.relation);
  json.Text("text", fact.phrase);
  json.Span(fact.phrase_span);
  json.out += '}';
  json.OptionalTerm("object", fact.object);
  json.Field("qualifiers");
  json.out += '[';
  for (const FactQualifier& qualifier : fact.qualifiers) {
    if (json.out.back() != '[') json.out += ',';
    json.Term(qualifier.value, false, qualifier.role);
  }
  json.out += ']';
  json.Text("polarity", fact.polarity == Polarity::kNegative ? "negative" : "positive");
  json.Text("modality", NameOf(fact.modality));
  json.Field("attribution");
  json.out += '[';
  for (const FactTerm& source : fact.attribution) {
    if (json.out.back() != '[') json.out += ',';
    json.Term(source, false);
  }
  json.out += ']';
  json.Bool("asserted", fact.asserted);
  if (fact.inferred) json.Bool("inferred", true);
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.2f", fact.confidence);
  json.Field("confidence");
  json.out += buffer;
  json.Text("rule", fact.rule);
  json.out += "}\n";
  return std::move(json.out);
}

}  // namespace dossier::ingest
