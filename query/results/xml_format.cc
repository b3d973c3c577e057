#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "query/results/row_format.h"

namespace dossier::query {
namespace {

using graph::Direction;
using graph::Term;

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// XML 1.0 has no way to write most control characters, U+FFFE and U+FFFF: they become U+FFFD. Carriage
// returns, and in attributes other white space, would be normalised by readers and are written as references.
void AppendEscaped(std::string_view s, bool attribute, std::string& out) {
  for (size_t i = 0; i < s.size(); ++i) {
    const char c = s[i];
    switch (c) {
      case '&':
        out += "&amp;";
        continue;
      case '<':
        out += "&lt;";
        continue;
      case '>':
        out += "&gt;";
        continue;
      case '\r':
        out += "&#13;";
        continue;
      case '"':
        out += attribute ? "&quot;" : "\"";
        continue;
      case '\n':
        out += attribute ? "&#10;" : "\n";
        continue;
      case '\t':
        out += attribute ? "&#9;" : "\t";
        continue;
      default:
        break;
    }
    if (static_cast<unsigned char>(c) < 0x20) {
      out += kReplacement;
    } else if (s.substr(i).starts_with("\xEF\xBF\xBE") || s.substr(i).starts_with("\xEF\xBF\xBF")) {
      out += kReplacement;
      i += 2;
    } else {
      out.push_back(c);
    }
  }
}

void AppendElement(std::string_view name, std::string_view text, std::string& out) {
  Append(out, '<', name, '>');
  AppendEscaped(text, false, out);
  Append(out, "</", name, '>');
}

void AppendAttribute(std::string_view name, std::string_view value, std::string& out) {
  Append(out, ' ', name, "=\"");
  AppendEscaped(value, true, out);
  out.push_back('"');
}

void AppendTerm(const Term& term, std::string& out) {
  if (term.is_iri()) return AppendElement("uri", term.value(), out);
  if (term.is_blank()) return AppendElement("bnode", term.value(), out);
  if (term.is_triple()) {
    out += "<triple><subject>";
    AppendTerm(term.triple().subject, out);
    out += "</subject><predicate>";
    AppendTerm(term.triple().predicate, out);
    out += "</predicate><object>";
    AppendTerm(term.triple().object, out);
    out += "</object></triple>";
    return;
  }
  out += "<literal";
  if (!term.language().empty()) {
    AppendAttribute("xml:lang", term.language(), out);
    if (term.direction() != Direction::kNone) {
      AppendAttribute("its:dir", term.direction() == Direction::kLtr ? "ltr" : "rtl", out);
    }
  } else if (term.datatype() != graph::xsd::kString) {
    AppendAttribute("datatype", term.datatype(), out);
  }
  out.push_back('>');
  AppendEscaped(term.value(), false, out);
  out += "</literal>";
}

constexpr std::string_view kOpening =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\" xmlns:its=\"http://www.w3.org/2005/11/its\" "
    "its:version=\"2.0\">\n";

void Head(const std::vector<std::string>& columns, std::string& out) {
  Append(out, kOpening, "<head>");
  for (const std::string& column : columns) {
    out += "<variable";
    AppendAttribute("name", column, out);
    out += "/>";
  }
  out += "</head>\n<results>\n";
}

void Row(const std::vector<std::string>& columns, const ResultRow& row, bool, std::string& out) {
  out += "<result>";
  for (size_t i = 0; i < columns.size() && i < row.size(); ++i) {
    if (!row[i].has_value()) continue;
    out += "<binding";
    AppendAttribute("name", columns[i], out);
    out.push_back('>');
    AppendTerm(*row[i], out);
    out += "</binding>";
  }
  out += "</result>\n";
}

void End(std::string& out) { out += "</results>\n</sparql>\n"; }

void Boolean(bool value, std::string& out) {
  Append(out, kOpening, "<head/>\n<boolean>", value ? "true" : "false", "</boolean>\n</sparql>\n");
}

}  // namespace

const RowFormat kXmlFormat = {Head, Row, End, Boolean};

}  // namespace dossier::query
