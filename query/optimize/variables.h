// Which variables an algebra node mentions, may bind and certainly binds: what every rewriting and the
// planner ask first.
//
//   VarSet certain = CertainVariables(*node);        // bound in every solution of the node
//   if (certain.Contains(VariablesOf(condition))) ...
//
// Pure functions over immutable trees; thread-safe. Cost is linear in the tree.
#pragma once

#include <cstdint>
#include <vector>

#include "query/algebra/algebra.h"

namespace dossier::query::algebra {

// A set of variable numbers as bits.
class VarSet {
 public:
  VarSet() = default;
  VarSet(std::initializer_list<VarId> variables) {
    for (VarId v : variables) Add(v);
  }
  bool Has(VarId v) const {
    const size_t word = static_cast<size_t>(v) / 64;
    return v >= 0 && word < words_.size() && ((words_[word] >> (static_cast<size_t>(v) % 64)) & 1) != 0;
  }
  void Add(VarId v);
  void Remove(VarId v);
  void AddAll(const VarSet& other);
  void RemoveAll(const VarSet& other);
  bool Contains(const VarSet& other) const;
  bool Intersects(const VarSet& other) const;
  VarSet Intersection(const VarSet& other) const;
  bool empty() const;
  std::vector<VarId> ToVector() const;  // ascending
  friend bool operator==(const VarSet& a, const VarSet& b) { return a.Contains(b) && b.Contains(a); }

 private:
  std::vector<uint64_t> words_;
};

// Variables some solution of `node` may bind, and those every solution binds.
VarSet PossibleVariables(const Node& node);
VarSet CertainVariables(const Node& node);
void AddVariables(const PatternTerm& term, VarSet& out);
void AddVariables(const TriplePattern& triple, VarSet& out);
// Everything mentioned, also inside EXISTS patterns.
VarSet VariablesOf(const Expression& expression);
// Everything mentioned anywhere below, filters and EXISTS included.
VarSet MentionedVariables(const Node& node);
bool HasExists(const Expression& expression);
// True when evaluating twice may give two values or counts calls (RAND, UUID, BNODE...): such expressions
// must not move.
bool IsVolatile(const Expression& expression);
// True when a path may match without going along any link (SPARQL 1.1 §9.1): a node then matches itself.
bool MatchesZeroLength(const PathExpression& path);

}  // namespace dossier::query::algebra
