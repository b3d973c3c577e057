// Expressions to programs.
#include "graph/base/strings.h"
#include "query/expr/casts.h"
#include "query/expr/program.h"

namespace dossier::query {
namespace {

using algebra::Function;
using Kind = ExpressionNode::Kind;

// Chains of && and || are flattened and do not count.
constexpr int kMaxDepth = 2000;

bool IsForm(Function function) {
  switch (function) {
    case Function::kOr:
    case Function::kAnd:
    case Function::kNot:
    case Function::kIn:
    case Function::kNotIn:
    case Function::kBound:
    case Function::kIf:
    case Function::kCoalesce:
      return true;
    default:
      return false;
  }
}

// The operands of a chain a && (b && c) && ..., in order. Iterative: machines write chains of thousands.
std::vector<const algebra::Expression*> Flatten(const algebra::Call& call) {
  std::vector<const algebra::Expression*> operands;
  std::vector<const algebra::Expression*> open;
  for (auto it = call.args.rbegin(); it != call.args.rend(); ++it) open.push_back(&*it);
  while (!open.empty()) {
    const algebra::Expression* next = open.back();
    open.pop_back();
    const auto* inner = std::get_if<algebra::Call>(&next->value);
    if (inner == nullptr || inner->function != call.function) {
      operands.push_back(next);
      continue;
    }
    for (auto it = inner->args.rbegin(); it != inner->args.rend(); ++it) open.push_back(&*it);
  }
  return operands;
}

absl::Status CheckArity(const algebra::Call& call) {
  const algebra::FunctionInfo& info = algebra::InfoOf(call.function);
  const auto count = static_cast<int>(call.args.size());
  if (count >= info.min_args && (info.max_args < 0 || count <= info.max_args)) return absl::OkStatus();
  return InvalidArgument(Cat(info.name, " does not take ", count, " arguments"));
}

}  // namespace

Builtin FindBuiltinImplementation(Function function) {
  for (const auto find : {FindOperator, FindStringBuiltin, FindRegexBuiltin, FindTermBuiltin,
                          FindNumberBuiltin, FindDateBuiltin, FindHashBuiltin, FindTripleBuiltin}) {
    if (const Builtin builtin = find(function)) return builtin;
  }
  return nullptr;
}

absl::Status Program::Compile(const algebra::Expression& expression, const ColumnOf& columns) {
  return Add(expression, columns, 0).status();
}

uint32_t Program::Push(ExpressionNode node) {
  nodes_.push_back(std::move(node));
  return static_cast<uint32_t>(nodes_.size() - 1);
}

absl::StatusOr<uint32_t> Program::Add(const algebra::Expression& expression, const ColumnOf& columns,
                                      int depth) {
  if (depth > kMaxDepth) return InvalidArgument(Cat("expressions nest deeper than ", kMaxDepth, " levels"));
  ExpressionNode node;
  if (const auto* variable = std::get_if<algebra::VarId>(&expression.value)) {
    node.column = columns(*variable);
    node.kind = node.column < 0 ? Kind::kUnbound : Kind::kColumn;
    return Push(std::move(node));
  }
  if (const auto* term = std::get_if<graph::Term>(&expression.value)) {
    node.kind = Kind::kConstant;
    ASSIGN_OR_RETURN(const graph::TermId id, state_.vocabulary.Intern(*term));
    node.result.SetTerm(id, *term);
    node.result.value();  // parsed now
    return Push(std::move(node));
  }
  if (const auto* exists = std::get_if<algebra::Exists>(&expression.value)) {
    if (!state_.services.make_exists) return InvalidArgument("EXISTS cannot be used in this place");
    node.kind = Kind::kExists;
    node.negated = exists->negated;
    ASSIGN_OR_RETURN(node.tester, state_.services.make_exists(*exists->pattern, columns));
    return Push(std::move(node));
  }
  return AddCall(std::get<algebra::Call>(expression.value), columns, depth);
}

absl::StatusOr<uint32_t> Program::AddCall(const algebra::Call& call, const ColumnOf& columns, int depth) {
  ExpressionNode node;
  node.kind = Kind::kCall;
  node.function = call.function;
  if (call.function == Function::kNamed) {
    // Functions nobody knows are errors of each row (§17.6); so are casts of several arguments.
    node.kind = IsCast(call.iri) && call.args.size() == 1 ? Kind::kCast : Kind::kUnknownFunction;
    node.datatype = call.iri;
  } else {
    RETURN_IF_ERROR(CheckArity(call));
    if (!IsForm(call.function)) node.builtin = FindBuiltinImplementation(call.function);
    if (!IsForm(call.function) && node.builtin == nullptr) {
      return Unimplemented(Cat("function ", algebra::InfoOf(call.function).name, " is not implemented"));
    }
  }
  if (call.function == Function::kAnd || call.function == Function::kOr) {
    for (const algebra::Expression* operand : Flatten(call)) {
      ASSIGN_OR_RETURN(const uint32_t arg, Add(*operand, columns, depth + 1));
      node.args.push_back(arg);
    }
  } else {
    for (const algebra::Expression& argument : call.args) {
      ASSIGN_OR_RETURN(const uint32_t arg, Add(argument, columns, depth + 1));
      node.args.push_back(arg);
    }
  }
  node.operands.resize(node.args.size());
  if (call.function == Function::kIn || call.function == Function::kNotIn)
    RETURN_IF_ERROR(PrepareMembers(node));
  return Push(std::move(node));
}

absl::Status Program::PrepareMembers(ExpressionNode& node) {
  auto members = std::make_shared<absl::flat_hash_set<graph::TermId>>();
  for (size_t i = 1; i < node.args.size(); ++i) {
    const ExpressionNode& member = nodes_[node.args[i]];
    if (member.kind != Kind::kConstant) return absl::OkStatus();
    members->insert(member.result.id());
  }
  node.members = std::move(members);
  return absl::OkStatus();
}

}  // namespace dossier::query
