#include "graph/base/json_text.h"
#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "query/results/row_format.h"

namespace dossier::query {
namespace {

using graph::Direction;
using graph::Term;

void AppendMember(std::string_view name, std::string_view value, std::string& out) {
  Append(out, ",\"", name, "\":");
  AppendJsonString(value, out);
}

void AppendTerm(const Term& term, std::string& out) {
  if (term.is_triple()) {
    out += R"({"type":"triple","value":{"subject":)";
    AppendTerm(term.triple().subject, out);
    out += R"(,"predicate":)";
    AppendTerm(term.triple().predicate, out);
    out += R"(,"object":)";
    AppendTerm(term.triple().object, out);
    out += "}}";
    return;
  }
  Append(out, R"({"type":")", term.is_iri() ? "uri" : term.is_blank() ? "bnode" : "literal", '"');
  if (!term.language().empty()) {
    AppendMember("xml:lang", term.language(), out);
    if (term.direction() != Direction::kNone)
      AppendMember("its:dir", term.direction() == Direction::kLtr ? "ltr" : "rtl", out);
  } else if (term.is_literal() && term.datatype() != graph::xsd::kString) {
    AppendMember("datatype", term.datatype(), out);
  }
  AppendMember("value", term.value(), out);
  out.push_back('}');
}

void Head(const std::vector<std::string>& columns, std::string& out) {
  out += R"({"head":{"vars":[)";
  for (size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) out.push_back(',');
    AppendJsonString(columns[i], out);
  }
  out += R"(]},"results":{"bindings":[)";
}

void Row(const std::vector<std::string>& columns, const ResultRow& row, bool first, std::string& out) {
  out += first ? "\n{" : ",\n{";
  bool first_binding = true;
  for (size_t i = 0; i < columns.size() && i < row.size(); ++i) {
    if (!row[i].has_value()) continue;
    if (!first_binding) out.push_back(',');
    first_binding = false;
    AppendJsonString(columns[i], out);
    out.push_back(':');
    AppendTerm(*row[i], out);
  }
  out.push_back('}');
}

void End(std::string& out) { out += "\n]}}\n"; }

void Boolean(bool value, std::string& out) {
  Append(out, R"({"head":{},"boolean":)", value ? "true" : "false", "}\n");
}

}  // namespace

const RowFormat kJsonFormat = {Head, Row, End, Boolean};

}  // namespace dossier::query
