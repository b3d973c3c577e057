#include "tests/query/support/result_reader.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "graph/base/strings.h"
#include "graph/io/rdf.h"
#include "graph/model/iri.h"
#include "graph/model/vocabulary.h"
#include "query/results/reader.h"
#include "tests/query/support/xml_tree.h"

namespace dossier::query {
namespace {

using graph::Direction;
using graph::Quad;
using graph::Term;

constexpr std::string_view kRs = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#";

Term LiteralOf(const std::string& text, const std::string& datatype, const std::string& language,
               const std::string& direction) {
  const Direction d = direction == "ltr"   ? Direction::kLtr
                      : direction == "rtl" ? Direction::kRtl
                                           : Direction::kNone;
  if (!language.empty()) return Term::LangLiteral(text, language, d);
  return datatype.empty() ? Term::Literal(text) : Term::Literal(text, datatype);
}

const XmlNode* FirstElement(const XmlNode& node) {
  for (const XmlNode& child : node.children) {
    if (!child.name.empty()) return &child;
  }
  return nullptr;
}

Term Resolved(const Term& term, const std::string& base) {
  if (term.is_iri()) return Term::Iri(graph::ResolveIri(base, term.value()).value_or(term.value()));
  if (!term.is_triple()) return term;
  return Term::TripleTerm(Resolved(term.triple().subject, base), Resolved(term.triple().predicate, base),
                          Resolved(term.triple().object, base));
}

// Expected results have relative IRIs now and then.
absl::StatusOr<ResultSet> FromResults(absl::StatusOr<ReadResults> results, const std::string& base) {
  if (!results.ok()) return results.status();
  ResultSet out;
  if (results->boolean) {
    out.kind = ResultSet::Kind::kBoolean;
    out.boolean = *results->boolean;
    return out;
  }
  out.variables = std::move(results->variables);
  out.rows = std::move(results->rows);
  for (auto& row : out.rows) {
    for (std::optional<Term>& term : row) {
      if (term) term = Resolved(*term, base);
    }
  }
  return out;
}

std::vector<std::string> SplitLines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    lines.push_back(line);
  }
  return lines;
}

// Fields by separator; quoted CSV fields are unquoted, TSV fields are left as written.
std::vector<std::string> SplitFields(const std::string& line, char separator) {
  std::vector<std::string> out(1);
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (separator == ',' && c == '"') {
      if (quoted && i + 1 < line.size() && line[i + 1] == '"') {
        out.back() += '"';
        ++i;
      } else {
        quoted = !quoted;
      }
    } else if (c == separator && !quoted) {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

absl::StatusOr<std::optional<Term>> TurtleTerm(const std::string& text) {
  if (text.empty()) return std::optional<Term>();
  std::optional<Term> term;
  RETURN_IF_ERROR(graph::ReadRdf(
      Cat("<urn:s> <urn:p> ", text, " ."),
      {.format = graph::RdfFormat::kTurtle, .base = "urn:x", .blank_node_prefix = ""}, [&](Quad quad) {
        term = quad.object;
        return absl::OkStatus();
      }));
  return term;
}

absl::StatusOr<ResultSet> ReadTable(const std::string& text, char separator) {
  ResultSet out;
  const std::vector<std::string> lines = SplitLines(text);
  if (lines.empty()) return InvalidArgument("empty table");
  for (std::string name : SplitFields(lines[0], separator)) {
    if (name.starts_with("?")) name.erase(0, 1);
    out.variables.push_back(name);
  }
  for (size_t i = 1; i < lines.size(); ++i) {
    std::vector<std::optional<Term>> row;
    for (const std::string& field : SplitFields(lines[i], separator)) {
      if (separator == ',') {
        row.push_back(Term::Literal(field));
      } else {
        ASSIGN_OR_RETURN(std::optional<Term> term, TurtleTerm(field));
        row.push_back(std::move(term));
      }
    }
    row.resize(out.variables.size());
    out.rows.push_back(std::move(row));
  }
  return out;
}

// The objects of a subject and predicate.
std::vector<Term> Objects(const std::vector<Quad>& quads, const Term& subject, std::string_view predicate) {
  std::vector<Term> out;
  for (const Quad& quad : quads) {
    if (quad.subject == subject && quad.predicate.value() == predicate) out.push_back(quad.object);
  }
  return out;
}

// A result in the result-set vocabulary, or the triples themselves as a graph.
ResultSet FromGraph(const std::vector<Quad>& quads, bool* ordered) {
  ResultSet out;
  const Quad* set = nullptr;
  for (const Quad& quad : quads) {
    if (quad.object.value() == Cat(kRs, "ResultSet")) set = &quad;
  }
  if (set == nullptr) {
    out.kind = ResultSet::Kind::kGraph;
    for (const Quad& quad : quads) out.triples.push_back({quad.subject, quad.predicate, quad.object});
    return out;
  }
  if (const auto boolean = Objects(quads, set->subject, Cat(kRs, "boolean")); !boolean.empty()) {
    out.kind = ResultSet::Kind::kBoolean;
    out.boolean = boolean[0].value() == "true";
    return out;
  }
  for (const Term& v : Objects(quads, set->subject, Cat(kRs, "resultVariable")))
    out.variables.push_back(v.value());
  std::vector<std::pair<int, std::vector<std::optional<Term>>>> rows;
  for (const Term& solution : Objects(quads, set->subject, Cat(kRs, "solution"))) {
    std::vector<std::optional<Term>> row(out.variables.size());
    for (const Term& binding : Objects(quads, solution, Cat(kRs, "binding"))) {
      const auto variable = Objects(quads, binding, Cat(kRs, "variable"));
      const auto value = Objects(quads, binding, Cat(kRs, "value"));
      if (variable.empty() || value.empty()) continue;
      const auto at = std::find(out.variables.begin(), out.variables.end(), variable[0].value());
      if (at != out.variables.end()) row[static_cast<size_t>(at - out.variables.begin())] = value[0];
    }
    const auto index = Objects(quads, solution, Cat(kRs, "index"));
    if (!index.empty()) *ordered = true;
    rows.emplace_back(index.empty() ? 0 : std::stoi(index[0].value()), std::move(row));
  }
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [index, row] : rows) out.rows.push_back(std::move(row));
  return out;
}

// RDF/XML of the simple kind the tests use: typed nodes, rdf:about/ID/nodeID/resource, parseType Resource,
// literals.
class RdfXml {
 public:
  RdfXml(std::string base, std::string prefix) : base_(std::move(base)), prefix_(std::move(prefix)) {}

  std::vector<Quad> Read(const XmlNode& root) {
    for (const XmlNode& child : root.children) {
      if (!child.name.empty()) NodeElement(child);
    }
    return std::move(quads_);
  }

 private:
  std::string Rdf(std::string_view name) const { return Cat(graph::rdf::kNs, name); }
  std::string Resolve(const std::string& iri) const { return graph::ResolveIri(base_, iri).value_or(iri); }
  Term Fresh() { return Term::BlankNode(Cat(prefix_, "x", next_++)); }

  Term NodeElement(const XmlNode& node) {
    Term subject = Fresh();
    for (const auto& [key, value] : node.attributes) {
      if (key == Rdf("about")) subject = Term::Iri(Resolve(value));
      if (key == Rdf("ID")) subject = Term::Iri(Resolve("#" + value));
      if (key == Rdf("nodeID")) subject = Term::BlankNode(prefix_ + value);
    }
    if (node.name != Rdf("Description"))
      quads_.emplace_back(subject, Term::Iri(Rdf("type")), Term::Iri(node.name));
    Properties(node, subject);
    return subject;
  }

  void Properties(const XmlNode& node, const Term& subject) {
    for (const auto& [key, value] : node.attributes) {
      if (key.starts_with(graph::rdf::kNs) || key.find(':') == std::string::npos ||
          key.starts_with("http://www.w3.org/XML/"))
        continue;
      quads_.emplace_back(subject, Term::Iri(key), Term::Literal(value));
    }
    for (const XmlNode& property : node.children) {
      if (property.name.empty()) continue;
      quads_.emplace_back(subject, Term::Iri(property.name), Value(property));
    }
  }

  Term Value(const XmlNode& property) {
    const auto at = [&](std::string_view name) {
      const auto found = property.attributes.find(Rdf(name));
      return found == property.attributes.end() ? std::optional<std::string>() : found->second;
    };
    if (const auto iri = at("resource")) return Term::Iri(Resolve(*iri));
    if (const auto id = at("nodeID")) return Term::BlankNode(prefix_ + *id);
    if (at("parseType") == "Resource") {
      const Term node = Fresh();
      Properties(property, node);
      return node;
    }
    if (const XmlNode* element = FirstElement(property)) return NodeElement(*element);
    return LiteralOf(property.Text(), at("datatype").value_or(""), property.Attribute("lang"), "");
  }

  std::string base_, prefix_;
  int next_ = 0;
  std::vector<Quad> quads_;
};

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return NotFound(Cat("cannot read ", path));
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

absl::StatusOr<std::vector<Quad>> ReadGraphFile(const std::string& path, const std::string& base,
                                                const std::string& prefix) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  if (path.ends_with(".rdf")) return RdfXml(base, prefix).Read(ParseXml(text));
  std::vector<Quad> quads;
  graph::RdfReadOptions options{.format = graph::FormatOfPath(path).value_or(graph::RdfFormat::kTurtle),
                                .base = base,
                                .blank_node_prefix = prefix};
  RETURN_IF_ERROR(graph::ReadRdf(text, options, [&](Quad quad) {
    quads.push_back(std::move(quad));
    return absl::OkStatus();
  }));
  return quads;
}

absl::StatusOr<ResultSet> ReadResultFile(const std::string& path, const std::string& base, bool* ordered) {
  if (path.ends_with(".srx") || path.ends_with(".srj") || path.ends_with(".csv") || path.ends_with(".tsv")) {
    ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
    if (path.ends_with(".srx")) return FromResults(ReadXmlResults(text), base);
    if (path.ends_with(".srj")) return FromResults(ReadJsonResults(text), base);
    return ReadTable(text, path.ends_with(".csv") ? ',' : '\t');
  }
  ASSIGN_OR_RETURN(const std::vector<Quad> quads, ReadGraphFile(path, base, ""));
  return FromGraph(quads, ordered);
}

}  // namespace dossier::query
