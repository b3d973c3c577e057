// Which variables of a pattern are visible outside it (SPARQL 1.1 §18.2.1, "variable scope").
//
//   std::vector<std::string> names = VisibleVariables(query.where);   // what SELECT * projects, in order of
//   first appearance
//
// Thread-safe: pure functions. Recursion is as deep as the tree, which the parser bounds.
#pragma once

#include <string>
#include <vector>

#include "graph/base/strings.h"
#include "query/syntax/ast.h"

namespace dossier::query::ast {

// Names in order of first appearance, each once.
class NameList {
 public:
  void Add(const std::string& name) {
    if (seen_.insert(name).second) names_.push_back(name);
  }
  bool Has(const std::string& name) const { return seen_.contains(name); }
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
  StringSet seen_;
};

void AddVisible(const GroupPattern& group, NameList& names);
void AddVisible(const GroupElement& element, NameList& names);
// The columns of a (sub)select.
void AddProjected(const Query& query, NameList& names);
std::vector<std::string> VisibleVariables(const GroupPattern& group);

}  // namespace dossier::query::ast
