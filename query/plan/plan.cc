#include "query/plan/plan.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "graph/base/strings.h"

namespace dossier::query::plan {
namespace {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

constexpr std::array<std::string_view, std::variant_size_v<decltype(PlanNode::op)>> kNames = {
    "values",    "keys",       "scan",      "path",       "count", "index join", "path join",
    "hash join", "merge join", "left join", "semi join",  "minus", "union",      "filter",
    "extend",    "unnest",     "nest",      "graph loop", "group", "sort",       "top-k",
    "distinct",  "reduced",    "slice",     "service",    "project"};

class Printer {
 public:
  explicit Printer(const PlanPrinter& printer) : printer_(printer) {}

  void Print(const PlanNode& node, int depth, std::string& out) const {
    out.append(static_cast<size_t>(depth) * 2, ' ');
    Append(out, NameOf(node), Details(node), " [");
    for (size_t i = 0; i < node.columns.size(); ++i) {
      Append(out, i == 0 ? "" : " ", Name(node.columns[i].variable),
             node.columns[i].maybe_unbound ? "?" : "");
    }
    Append(out, "]");
    if (!node.sorted.empty()) {
      Append(out, " sorted");
      for (VarId v : node.sorted) Append(out, " ", Name(v));
    }
    Append(out, " ~", std::llround(std::min(node.rows, 1e15)), " rows, cost ",
           std::llround(std::min(node.cost, 1e15)));
    if (printer_.counters) Append(out, printer_.counters(node));
    out += '\n';
    for (const PlanPtr& child : node.children) Print(*child, depth + 1, out);
  }

 private:
  std::string Name(VarId v) const {
    const auto i = static_cast<size_t>(v);
    return i < printer_.variables.size() ? Cat("?", printer_.variables[i]) : Cat("?.p", v);
  }
  std::string Text(const Slot& slot) const {
    return slot.is_variable() ? Name(slot.variable) : printer_.term(slot.constant);
  }
  std::string Text(const GraphSlot& graph) const {
    switch (graph.kind) {
      case GraphSlot::Kind::kDefault:
        return "";
      case GraphSlot::Kind::kConstant:
        return Cat(" in ", printer_.term(graph.constant));
      case GraphSlot::Kind::kVariable:
        return Cat(" in ", Name(graph.variable));
      case GraphSlot::Kind::kCurrent:
        return " in the current graph";
    }
    return "";
  }
  std::string Text(const Scan& scan) const {
    return Cat(" ", Text(scan.subject), " ", Text(scan.predicate), " ", Text(scan.object), Text(scan.graph));
  }
  std::string Text(const PathScan& scan) const {
    return Cat(" ", Text(scan.subject), " path ", Text(scan.object), Text(scan.graph));
  }
  std::string Names(const std::vector<VarId>& variables) const {
    std::string out;
    for (VarId v : variables) Append(out, " ", Name(v));
    return out;
  }
  std::string Keys(const std::vector<algebra::SortKey>& keys) const {
    std::string out;
    for (const algebra::SortKey& key : keys) {
      Append(out, key.descending ? " desc " : " ", printer_.expression(key.expression));
    }
    return out;
  }

  std::string Details(const PlanNode& node) const {
    static constexpr std::array<std::string_view, 7> kOrders = {"spo", "sop", "pso", "pos",
                                                                "osp", "ops", "gspo"};
    return std::visit(
        Overloaded{
            [&](const Rows& op) { return Cat(" ", op.count); },
            [&](const Scan& op) { return Cat(Text(op), " by ", kOrders[static_cast<size_t>(op.order)]); },
            [&](const PathScan& op) { return Text(op); },
            [&](const CountScan& op) { return Text(op.scan); },
            [&](const IndexJoin& op) { return Cat(Text(op.scan), " by ", op.probe); },
            [&](const PathJoin& op) { return Cat(Text(op.scan), op.forward ? " forward" : " backward"); },
            [&](const MergeJoin& op) { return Cat(" on ", Name(op.variable)); },
            [&](const LeftJoin& op) {
              std::string out = op.keyed ? Cat(" keyed by", Names(op.keys)) : "";
              if (op.condition) Append(out, " if ", printer_.expression(*op.condition));
              return out;
            },
            [&](const SemiJoin& op) {
              return Cat(op.anti ? " not" : "", op.keyed ? Cat(" keyed by", Names(op.keys)) : "");
            },
            [&](const Filter& op) {
              std::string out;
              for (const auto& c : op.conditions) Append(out, " ", printer_.expression(c));
              return out;
            },
            [&](const Extend& op) {
              return Cat(" ", Name(op.variable), " = ", printer_.expression(op.expression));
            },
            [&](const Unnest& op) {
              return Cat(" ", Name(op.triple), " = <<( ", Text(op.subject), " ", Text(op.predicate), " ",
                         Text(op.object), " )>>");
            },
            [&](const Nest& op) {
              return Cat(" ", Name(op.triple), " = <<( ", Text(op.subject), " ", Text(op.predicate), " ",
                         Text(op.object), " )>>");
            },
            [&](const GraphLoop& op) { return Cat(" ", Name(op.variable)); },
            [&](const Group& op) {
              std::string out = Names(op.keys);
              for (const auto& a : op.aggregates) Append(out, " ", Name(a.result));
              return out;
            },
            [&](const Sort& op) { return Keys(op.keys); },
            [&](const TopK& op) { return Cat(" ", op.limit, Keys(op.keys)); },
            [&](const Slice& op) {
              return Cat(" offset ", op.offset, op.limit ? Cat(" limit ", *op.limit) : "");
            },
            [&](const Service& op) { return Cat(" ", Text(op.endpoint), op.silent ? " silent" : "", op.optional ? " optional" : ""); },
            [&](const auto&) { return std::string(); },
        },
        node.op);
  }

  const PlanPrinter& printer_;
};

}  // namespace

int PlanNode::ColumnOf(VarId variable) const {
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].variable == variable) return static_cast<int>(i);
  }
  return -1;
}

bool PlanNode::IsCertain(VarId variable) const {
  const int i = ColumnOf(variable);
  return i >= 0 && !columns[static_cast<size_t>(i)].maybe_unbound;
}

std::string_view NameOf(const PlanNode& node) { return kNames[node.op.index()]; }

std::string PrintPlan(const PlanNode& root, const PlanPrinter& printer) {
  std::string out;
  Printer(printer).Print(root, 0, out);
  return out;
}

}  // namespace dossier::query::plan
