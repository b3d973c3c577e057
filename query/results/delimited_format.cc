// CSV (values only, RFC 4180) and TSV (terms in the syntax of Turtle).
#include "graph/base/strings.h"
#include "graph/model/vocabulary.h"
#include "query/results/row_format.h"

namespace dossier::query {
namespace {

using graph::Term;

void AppendCsvField(std::string_view field, std::string& out) {
  if (field.find_first_of("\",\r\n") == std::string_view::npos) {
    out += field;
    return;
  }
  out.push_back('"');
  for (const char c : field) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  out.push_back('"');
}

void AppendCsvTerm(const Term& term, std::string& out) {
  if (term.is_blank()) return AppendCsvField(Cat("_:", term.value()), out);
  if (term.is_triple()) return AppendCsvField(term.ToNTriples(), out);
  AppendCsvField(term.value(), out);
}

void CsvHead(const std::vector<std::string>& columns, std::string& out) {
  for (size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) out.push_back(',');
    AppendCsvField(columns[i], out);
  }
  out += "\r\n";
}

void CsvRow(const std::vector<std::string>& columns, const ResultRow& row, bool, std::string& out) {
  for (size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) out.push_back(',');
    if (i < row.size() && row[i].has_value()) AppendCsvTerm(*row[i], out);
  }
  out += "\r\n";
}

void CsvBoolean(bool value, std::string& out) { Append(out, value ? "true" : "false", "\r\n"); }

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Whether the bare lexical form reads back as a literal of its datatype in Turtle: INTEGER, DECIMAL and
// DOUBLE of its grammar.
bool IsTurtleNumber(const Term& term) {
  std::string_view s = term.value();
  if (!s.empty() && (s[0] == '+' || s[0] == '-')) s.remove_prefix(1);
  const size_t e = s.find_first_of("eE");
  const std::string_view mantissa = s.substr(0, e);
  const size_t point = mantissa.find('.');
  size_t digits = 0;
  for (size_t i = 0; i < mantissa.size(); ++i) {
    if (i == point) continue;
    if (!IsDigit(mantissa[i])) return false;
    ++digits;
  }
  if (digits == 0) return false;
  if (term.datatype() == graph::xsd::kInteger)
    return e == std::string_view::npos && point == std::string_view::npos;
  if (term.datatype() == graph::xsd::kDecimal) {
    return e == std::string_view::npos && point != std::string_view::npos && point + 1 < mantissa.size();
  }
  if (term.datatype() != graph::xsd::kDouble || e == std::string_view::npos) return false;
  std::string_view exponent = s.substr(e + 1);
  if (!exponent.empty() && (exponent[0] == '+' || exponent[0] == '-')) exponent.remove_prefix(1);
  return !exponent.empty() && exponent.find_first_not_of("0123456789") == std::string_view::npos;
}

void TsvHead(const std::vector<std::string>& columns, std::string& out) {
  for (size_t i = 0; i < columns.size(); ++i) Append(out, i > 0 ? "\t?" : "?", columns[i]);
  out.push_back('\n');
}

// N-Triples escapes tabs and line ends in literals, and IRIs and labels cannot hold any.
void TsvRow(const std::vector<std::string>& columns, const ResultRow& row, bool, std::string& out) {
  for (size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) out.push_back('\t');
    if (i >= row.size() || !row[i].has_value()) continue;
    if (row[i]->is_literal() && IsTurtleNumber(*row[i])) {
      out += row[i]->value();
    } else {
      row[i]->AppendNTriples(out);
    }
  }
  out.push_back('\n');
}

void TsvBoolean(bool value, std::string& out) { Append(out, value ? "true" : "false", '\n'); }

void NoEnd(std::string&) {}

}  // namespace

const RowFormat kCsvFormat = {CsvHead, CsvRow, NoEnd, CsvBoolean};
const RowFormat kTsvFormat = {TsvHead, TsvRow, NoEnd, TsvBoolean};

}  // namespace dossier::query
