#include "query/optimize/variables.h"

#include <algorithm>

namespace dossier::query::algebra {
namespace {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

void AddMentioned(const Node& node, VarSet& out);

void AddExpression(const Expression& expression, VarSet& out) {
  if (const auto* v = std::get_if<VarId>(&expression.value)) {
    out.Add(*v);
  } else if (const auto* call = std::get_if<Call>(&expression.value)) {
    for (const Expression& arg : call->args) AddExpression(arg, out);
  } else if (const auto* exists = std::get_if<Exists>(&expression.value)) {
    AddMentioned(*exists->pattern, out);
  }
}

void AddMentioned(const Node& node, VarSet& out) {
  std::visit(Overloaded{
                 [&](const Bgp& op) {
                   for (const TriplePattern& t : op.triples) AddVariables(t, out);
                 },
                 [&](const Path& op) {
                   AddVariables(op.subject, out);
                   AddVariables(op.object, out);
                 },
                 [&](const Join& op) {
                   AddMentioned(*op.left, out);
                   AddMentioned(*op.right, out);
                 },
                 [&](const LeftJoin& op) {
                   AddMentioned(*op.left, out);
                   AddMentioned(*op.right, out);
                   if (op.condition) AddExpression(*op.condition, out);
                 },
                 [&](const Filter& op) {
                   AddMentioned(*op.input, out);
                   AddExpression(op.condition, out);
                 },
                 [&](const Union& op) {
                   AddMentioned(*op.left, out);
                   AddMentioned(*op.right, out);
                 },
                 [&](const Graph& op) {
                   AddVariables(op.name, out);
                   AddMentioned(*op.input, out);
                 },
                 [&](const Extend& op) {
                   AddMentioned(*op.input, out);
                   AddExpression(op.expression, out);
                   out.Add(op.variable);
                 },
                 [&](const Minus& op) {
                   AddMentioned(*op.left, out);
                   AddMentioned(*op.right, out);
                 },
                 [&](const Values& op) {
                   for (VarId v : op.variables) out.Add(v);
                 },
                 [&](const Group& op) {
                   AddMentioned(*op.input, out);
                   for (VarId v : op.keys) out.Add(v);
                   for (const AggregateCall& a : op.aggregates) {
                     out.Add(a.result);
                     if (a.argument) AddExpression(*a.argument, out);
                   }
                 },
                 [&](const Project& op) {
                   AddMentioned(*op.input, out);
                   for (VarId v : op.variables) out.Add(v);
                 },
                 [&](const OrderBy& op) {
                   AddMentioned(*op.input, out);
                   for (const SortKey& key : op.keys) AddExpression(key.expression, out);
                 },
                 [&](const Service& op) {
                   AddVariables(op.endpoint, out);
                   for (const auto& [name, variable] : op.visible) out.Add(variable);
                 },
                 [&](const auto& op) { AddMentioned(*op.input, out); },
             },
             node.op);
}

// `certain`: only what every solution binds; otherwise whatever some solution may bind.
VarSet Bound(const Node& node, bool certain) {
  VarSet out;
  std::visit(Overloaded{
                 [&](const Bgp& op) {
                   for (const TriplePattern& t : op.triples) AddVariables(t, out);
                 },
                 [&](const Path& op) {
                   AddVariables(op.subject, out);
                   AddVariables(op.object, out);
                 },
                 [&](const Join& op) {
                   out = Bound(*op.left, certain);
                   out.AddAll(Bound(*op.right, certain));
                 },
                 [&](const LeftJoin& op) {
                   out = Bound(*op.left, certain);
                   if (!certain) out.AddAll(Bound(*op.right, certain));
                 },
                 [&](const Union& op) {
                   out = Bound(*op.left, certain);
                   const VarSet right = Bound(*op.right, certain);
                   if (certain) {
                     out = out.Intersection(right);
                   } else {
                     out.AddAll(right);
                   }
                 },
                 [&](const Graph& op) {
                   out = Bound(*op.input, certain);
                   AddVariables(op.name, out);
                 },
                 [&](const Extend& op) {
                   out = Bound(*op.input, certain);
                   const bool constant = std::holds_alternative<graph::Term>(op.expression.value);
                   if (!certain || constant) out.Add(op.variable);
                 },
                 [&](const Minus& op) { out = Bound(*op.left, certain); },
                 [&](const Values& op) {
                   for (size_t i = 0; i < op.variables.size(); ++i) {
                     const bool undef = std::any_of(op.rows.begin(), op.rows.end(),
                                                    [&](const auto& row) { return !row[i]; });
                     if (!certain || !undef) out.Add(op.variables[i]);
                   }
                 },
                 [&](const Group& op) {
                   const VarSet input = Bound(*op.input, certain);
                   for (VarId v : op.keys) {
                     if (input.Has(v)) out.Add(v);
                   }
                   for (const AggregateCall& a : op.aggregates) {
                     if (!certain || a.function == Aggregate::kCount) out.Add(a.result);
                   }
                 },
                 [&](const Project& op) {
                   const VarSet input = Bound(*op.input, certain);
                   for (VarId v : op.variables) {
                     if (input.Has(v)) out.Add(v);
                   }
                 },
                 [&](const Service& op) {
                   if (certain) return;
                   for (const auto& [name, variable] : op.visible) out.Add(variable);
                 },
                 [&](const auto& op) { out = Bound(*op.input, certain); },
             },
             node.op);
  return out;
}

}  // namespace

void VarSet::Add(VarId v) {
  const size_t word = static_cast<size_t>(v) / 64;
  if (word >= words_.size()) words_.resize(word + 1);
  words_[word] |= uint64_t{1} << (static_cast<size_t>(v) % 64);
}
void VarSet::Remove(VarId v) {
  if (Has(v)) words_[static_cast<size_t>(v) / 64] &= ~(uint64_t{1} << (static_cast<size_t>(v) % 64));
}
void VarSet::AddAll(const VarSet& other) {
  if (words_.size() < other.words_.size()) words_.resize(other.words_.size());
  for (size_t i = 0; i < other.words_.size(); ++i) words_[i] |= other.words_[i];
}
void VarSet::RemoveAll(const VarSet& other) {
  for (size_t i = 0; i < std::min(words_.size(), other.words_.size()); ++i) words_[i] &= ~other.words_[i];
}
bool VarSet::Contains(const VarSet& other) const {
  for (size_t i = 0; i < other.words_.size(); ++i) {
    if ((other.words_[i] & ~(i < words_.size() ? words_[i] : 0)) != 0) return false;
  }
  return true;
}
bool VarSet::Intersects(const VarSet& other) const {
  for (size_t i = 0; i < std::min(words_.size(), other.words_.size()); ++i) {
    if ((words_[i] & other.words_[i]) != 0) return true;
  }
  return false;
}
VarSet VarSet::Intersection(const VarSet& other) const {
  VarSet out = *this;
  for (size_t i = 0; i < out.words_.size(); ++i)
    out.words_[i] &= i < other.words_.size() ? other.words_[i] : 0;
  return out;
}
bool VarSet::empty() const {
  return std::all_of(words_.begin(), words_.end(), [](uint64_t w) { return w == 0; });
}
std::vector<VarId> VarSet::ToVector() const {
  std::vector<VarId> out;
  for (size_t i = 0; i < words_.size() * 64; ++i) {
    if (Has(static_cast<VarId>(i))) out.push_back(static_cast<VarId>(i));
  }
  return out;
}

void AddVariables(const PatternTerm& term, VarSet& out) {
  if (term.is_variable()) {
    out.Add(term.variable());
  } else if (term.is_triple()) {
    for (const PatternTerm& part : term.triple()) AddVariables(part, out);
  }
}

void AddVariables(const TriplePattern& triple, VarSet& out) {
  AddVariables(triple.subject, out);
  AddVariables(triple.predicate, out);
  AddVariables(triple.object, out);
}

VarSet PossibleVariables(const Node& node) { return Bound(node, false); }
VarSet CertainVariables(const Node& node) { return Bound(node, true); }

VarSet VariablesOf(const Expression& expression) {
  VarSet out;
  AddExpression(expression, out);
  return out;
}

VarSet MentionedVariables(const Node& node) {
  VarSet out;
  AddMentioned(node, out);
  return out;
}

bool HasExists(const Expression& expression) {
  if (std::holds_alternative<Exists>(expression.value)) return true;
  const auto* call = std::get_if<Call>(&expression.value);
  return call != nullptr && std::any_of(call->args.begin(), call->args.end(), HasExists);
}

bool IsVolatile(const Expression& expression) {
  const auto* call = std::get_if<Call>(&expression.value);
  if (call == nullptr) return false;
  switch (call->function) {
    case Function::kRand:
    case Function::kUuid:
    case Function::kStrUuid:
    case Function::kBnode:
      return true;
    default:
      return std::any_of(call->args.begin(), call->args.end(), IsVolatile);
  }
}

bool MatchesZeroLength(const PathExpression& path) {
  using Kind = PathExpression::Kind;
  switch (path.kind) {
    case Kind::kZeroOrMore:
    case Kind::kZeroOrOne:
      return true;
    case Kind::kSequence:
    case Kind::kInverse:
    case Kind::kOneOrMore:
      return std::all_of(path.children.begin(), path.children.end(), MatchesZeroLength);
    case Kind::kAlternative:
      return std::any_of(path.children.begin(), path.children.end(), MatchesZeroLength);
    case Kind::kIri:
    case Kind::kNegatedSet:
      return false;
  }
  return false;
}

}  // namespace dossier::query::algebra
