#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "query/results/row_format.h"

namespace dossier::query {
namespace {

using graph::Direction;
using graph::Term;

void AppendString(std::string_view s, std::string& out) {
  static constexpr char kHex[] = "0123456789abcdef";
  out.push_back('"');
  for (const char c : s) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          Append(out, "\\u00", kHex[c >> 4], kHex[c & 15]);
        } else {
          out.push_back(c);
        }
    }
  }
  out.push_back('"');
}

void AppendMember(std::string_view name, std::string_view value, std::string& out) {
  Append(out, ",\"", name, "\":");
  AppendString(value, out);
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
    AppendString(columns[i], out);
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
    AppendString(columns[i], out);
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
