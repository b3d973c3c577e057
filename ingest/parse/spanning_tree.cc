#include "ingest/parse/spanning_tree.h"

#include <algorithm>

namespace dossier::ingest {
namespace {

constexpr double kNever = -1e18;
// More than all arcs of a tree together can differ: a tree with one root always beats one with two.
constexpr double kRootPenalty = 1e9;

using Heads = std::vector<uint32_t>;

// Scores of arcs among nodes, node 0 the root: at(head, dependent).
struct Graph {
  explicit Graph(size_t n) : size(n), scores(n * n, kNever) {}
  double& at(size_t head, size_t dependent) { return scores[dependent * size + head]; }
  double at(size_t head, size_t dependent) const { return scores[dependent * size + head]; }
  size_t size;
  std::vector<double> scores;
};

Heads BestHeads(const Graph& graph) {
  Heads heads(graph.size, 0);
  for (size_t v = 1; v < graph.size; ++v) {
    const double* row = &graph.scores[v * graph.size];
    heads[v] = static_cast<uint32_t>(std::max_element(row, row + graph.size) - row);
  }
  return heads;
}

// The nodes of some cycle, or none.
std::vector<uint32_t> FindCycle(const Heads& heads) {
  std::vector<uint32_t> seen(heads.size(), 0);  // 0: not yet; else the walk that met it first
  for (uint32_t start = 1; start < heads.size(); ++start) {
    uint32_t v = start;
    for (; v != 0 && seen[v] == 0; v = heads[v]) seen[v] = start;
    if (v == 0 || seen[v] != start) continue;
    std::vector<uint32_t> cycle = {v};
    for (uint32_t u = heads[v]; u != v; u = heads[u]) cycle.push_back(u);
    return cycle;
  }
  return {};
}

// A graph with the cycle as its last node, and how its arcs read in the old one.
struct Contraction {
  Contraction(const Graph& graph, const Heads& heads, const std::vector<uint32_t>& cycle);

  std::vector<bool> in_cycle;
  std::vector<uint32_t> old_of;     // of a new node other than the last
  std::vector<uint32_t> leaves_by;  // for a new dependent: which node of the cycle would be its head
  std::vector<uint32_t> enters_at;  // for a new head: which node of the cycle it would take
  Graph inner;
};

Contraction::Contraction(const Graph& graph, const Heads& heads, const std::vector<uint32_t>& cycle)
    : in_cycle(graph.size), inner(graph.size - cycle.size() + 1) {
  for (const uint32_t v : cycle) in_cycle[v] = true;
  for (uint32_t v = 0; v < graph.size; ++v) {
    if (!in_cycle[v]) old_of.push_back(v);
  }
  const size_t c = old_of.size();
  leaves_by.resize(c);
  enters_at.resize(c);
  for (size_t v = 0; v < c; ++v) {
    for (size_t u = 0; u < c; ++u) inner.at(u, v) = graph.at(old_of[u], old_of[v]);
    double best_out = 2 * kNever, best_in = 2 * kNever;
    for (const uint32_t w : cycle) {
      if (const double out = graph.at(w, old_of[v]); out > best_out) best_out = out, leaves_by[v] = w;
      if (const double in = graph.at(old_of[v], w) - graph.at(heads[w], w); in > best_in) best_in = in, enters_at[v] = w;
    }
    inner.at(c, v) = v == 0 ? kNever : best_out;
    inner.at(v, c) = best_in;
  }
}

// Contracts cycles until the best heads are a tree, then takes them apart again.
Heads Solve(Graph graph) {
  std::vector<std::pair<Heads, Contraction>> levels;
  Heads heads = BestHeads(graph);
  for (std::vector<uint32_t> cycle = FindCycle(heads); !cycle.empty(); cycle = FindCycle(heads)) {
    Contraction contraction(graph, heads, cycle);
    graph = contraction.inner;
    levels.emplace_back(std::move(heads), std::move(contraction));
    heads = BestHeads(graph);
  }
  while (!levels.empty()) {
    auto& [old_heads, contraction] = levels.back();
    const size_t c = contraction.old_of.size();
    Heads out = old_heads;
    for (size_t v = 1; v < c; ++v)
      out[contraction.old_of[v]] = heads[v] == c ? contraction.leaves_by[v] : contraction.old_of[heads[v]];
    out[contraction.enters_at[heads[c]]] = contraction.old_of[heads[c]];
    heads = std::move(out);
    levels.pop_back();
  }
  return heads;
}

}  // namespace

std::vector<uint32_t> BestTree(const float* scores, size_t words) {
  if (words == 0) return {};
  Graph graph(words + 1);
  for (size_t i = 0; i < words; ++i) {
    for (size_t h = 0; h <= words; ++h) {
      if (h != i + 1) graph.at(h, i + 1) = static_cast<double>(scores[i * (words + 1) + h]);
    }
  }
  Heads heads = BestHeads(graph);
  if (std::count(heads.begin() + 1, heads.end(), 0u) != 1 || !FindCycle(heads).empty()) {
    for (size_t v = 1; v <= words; ++v) graph.at(0, v) -= kRootPenalty;
    heads = Solve(std::move(graph));
  }
  return {heads.begin() + 1, heads.end()};
}

}  // namespace dossier::ingest
