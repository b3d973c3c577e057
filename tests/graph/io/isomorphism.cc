#include "tests/graph/io/isomorphism.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "graph/io/rdf.h"

namespace dossier::graph {
namespace {

using Colours = std::map<std::string, size_t>;  // label -> colour

// `term` with each blank node's label replaced by `rename(label)`.
template <typename Rename>
Term Renamed(const Term& term, const Rename& rename) {
  if (term.is_blank()) return Term::BlankNode(rename(term.value()));
  if (!term.is_triple()) return term;
  return Term::TripleTerm(Renamed(term.triple().subject, rename), Renamed(term.triple().predicate, rename),
                          Renamed(term.triple().object, rename));
}

template <typename Rename>
std::string Line(const Quad& quad, const Rename& rename) {
  Quad renamed = quad;
  renamed.subject = Renamed(quad.subject, rename);
  renamed.predicate = Renamed(quad.predicate, rename);
  renamed.object = Renamed(quad.object, rename);
  if (!quad.in_default_graph) renamed.graph = Renamed(quad.graph, rename);
  std::string line;
  AppendNQuad(renamed, line);
  return line;
}

void CollectBlanks(const Term& term, std::set<std::string>& labels) {
  if (term.is_blank()) labels.insert(term.value());
  if (!term.is_triple()) return;
  CollectBlanks(term.triple().subject, labels);
  CollectBlanks(term.triple().predicate, labels);
  CollectBlanks(term.triple().object, labels);
}

std::set<std::string> BlanksOf(const Quad& quad) {
  std::set<std::string> labels;
  for (const Term* term : {&quad.subject, &quad.predicate, &quad.object, &quad.graph}) {
    if (term != &quad.graph || !quad.in_default_graph) CollectBlanks(*term, labels);
  }
  return labels;
}

Colours ColourOnce(const std::vector<Quad>& quads, const Colours& old) {
  std::map<std::string, std::vector<std::string>> seen;
  for (const Quad& quad : quads) {
    for (const std::string& label : BlanksOf(quad)) {
      seen[label].push_back(Line(quad, [&](const std::string& l) { return (l == label ? "me" : "c") + std::to_string(old.at(l)); }));
    }
  }
  Colours colours;
  for (auto& [label, lines] : seen) {
    std::sort(lines.begin(), lines.end());
    std::string all;
    for (const std::string& line : lines) all += line;
    colours[label] = std::hash<std::string>{}(all);
  }
  return colours;
}

Colours Colour(const std::vector<Quad>& quads) {
  Colours colours;
  for (const Quad& quad : quads) {
    for (const std::string& label : BlanksOf(quad)) colours[label] = 0;
  }
  for (int round = 0; round < 6; ++round) colours = ColourOnce(quads, colours);
  return colours;
}

bool Match(std::vector<std::string>& labels, size_t next, const Colours& a, const Colours& b, std::set<std::string>& used,
           std::map<std::string, std::string>& mapping, const std::vector<Quad>& quads, const std::set<std::string>& target) {
  if (next == labels.size()) {
    std::set<std::string> lines;
    for (const Quad& quad : quads) lines.insert(Line(quad, [&](const std::string& l) { return mapping.at(l); }));
    return lines == target;
  }
  for (const auto& [candidate, colour] : b) {
    if (colour != a.at(labels[next]) || !used.insert(candidate).second) continue;
    mapping[labels[next]] = candidate;
    if (Match(labels, next + 1, a, b, used, mapping, quads, target)) return true;
    used.erase(candidate);
  }
  return false;
}

}  // namespace

bool Isomorphic(const std::vector<Quad>& a, const std::vector<Quad>& b) {
  const Colours ca = Colour(a), cb = Colour(b);
  if (ca.size() != cb.size()) return false;
  std::set<std::string> target;
  for (const Quad& quad : b) target.insert(Line(quad, [](const std::string& l) { return l; }));
  std::vector<std::string> labels;
  for (const auto& [label, colour] : ca) labels.push_back(label);
  std::set<std::string> used;
  std::map<std::string, std::string> mapping;
  return Match(labels, 0, ca, cb, used, mapping, a, target);
}

}  // namespace dossier::graph
