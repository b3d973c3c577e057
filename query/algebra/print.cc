#include "query/algebra/print.h"

#include <string_view>
#include <utility>

#include "graph/base/strings.h"

namespace dossier::query::algebra {
namespace {

std::vector<std::string> NamesOf(const std::vector<Variable>& variables) {
  StringMap<int> count;
  std::vector<std::string> names;
  for (const Variable& variable : variables) {
    const int n = ++count[variable.name];
    names.push_back(n == 1 ? Cat("?", variable.name) : Cat("?", variable.name, ".", n));
  }
  return names;
}

class Printer {
 public:
  explicit Printer(const std::vector<Variable>& variables) : names_(NamesOf(variables)) {}
  std::string Take() { return std::move(out_); }

  template <typename... Pieces>
  void Put(const Pieces&... pieces) {
    Append(out_, pieces...);
  }

  void NewLine() { Put("\n", std::string(static_cast<size_t>(indent_) * 2, ' ')); }

  void Name(VarId v) { Put(names_[static_cast<size_t>(v)]); }

  void Names(const std::vector<VarId>& variables) {
    Put("(");
    for (size_t i = 0; i < variables.size(); ++i) Put(i == 0 ? "" : " "), Name(variables[i]);
    Put(")");
  }

  void Term(const PatternTerm& term) {
    if (term.is_variable()) return Name(term.variable());
    if (term.is_constant()) return term.constant().AppendNTriples(out_);
    Put("<<( ");
    for (const PatternTerm& part : term.triple()) Term(part), Put(" ");
    Put(")>>");
  }

  void Triples(const std::vector<TriplePattern>& triples) {
    for (const TriplePattern& t : triples) {
      NewLine();
      Put("(triple ");
      Term(t.subject);
      Put(" ");
      Term(t.predicate);
      Put(" ");
      Term(t.object);
      Put(")");
    }
  }

  void Terms(const std::vector<graph::Term>& terms, std::string_view before) {
    for (const graph::Term& term : terms) {
      Put(before);
      term.AppendNTriples(out_);
    }
  }

  void PathText(const PathExpression& path) {
    using Kind = PathExpression::Kind;
    switch (path.kind) {
      case Kind::kIri:
        return path.iri.AppendNTriples(out_);
      case Kind::kInverse:
        Put("(inverse");
        break;
      case Kind::kSequence:
        Put("(seq");
        break;
      case Kind::kAlternative:
        Put("(alt");
        break;
      case Kind::kZeroOrMore:
        Put("(path*");
        break;
      case Kind::kOneOrMore:
        Put("(path+");
        break;
      case Kind::kZeroOrOne:
        Put("(path?");
        break;
      case Kind::kNegatedSet:
        Put("(not");
        Terms(path.forbidden, " ");
        Terms(path.forbidden_inverse, " ^");
        return Put(")");
    }
    for (const PathExpression& child : path.children) Put(" "), PathText(child);
    Put(")");
  }

  void ExpressionText(const Expression& e) {
    if (const VarId* v = std::get_if<VarId>(&e.value)) return Name(*v);
    if (const graph::Term* term = std::get_if<graph::Term>(&e.value)) return term->AppendNTriples(out_);
    if (const Exists* exists = std::get_if<Exists>(&e.value)) {
      Put(exists->negated ? "(notexists" : "(exists");
      Child(*exists->pattern);
      return Put(")");
    }
    const Call& call = std::get<Call>(e.value);
    Put("(");
    if (call.function == Function::kNamed)
      Put("<", call.iri, ">");
    else
      Put(InfoOf(call.function).name);
    for (const Expression& argument : call.args) Put(" "), ExpressionText(argument);
    Put(")");
  }

  void Child(const Node& node) {
    ++indent_;
    NewLine();
    NodeText(node);
    --indent_;
  }

  void NodeText(const Node& node) {
    std::visit([this](const auto& op) { Operator(op); }, node.op);
    Put(")");
  }

  void Indented(const std::vector<TriplePattern>& triples) {
    ++indent_;
    Triples(triples);
    --indent_;
  }

 private:
  void Children(std::string_view name, const Node& left, const Node& right) {
    Put("(", name);
    Child(left);
    Child(right);
  }

  void Operator(const Bgp& op) {
    Put("(bgp");
    Indented(op.triples);
  }
  void Operator(const Path& op) {
    Put("(path ");
    Term(op.subject);
    Put(" ");
    PathText(op.path);
    Put(" ");
    Term(op.object);
  }
  void Operator(const Join& op) { Children("join", *op.left, *op.right); }
  void Operator(const Union& op) { Children("union", *op.left, *op.right); }
  void Operator(const Minus& op) { Children("minus", *op.left, *op.right); }
  void Operator(const LeftJoin& op) {
    Children("leftjoin", *op.left, *op.right);
    if (!op.condition) return;
    ++indent_;
    NewLine();
    ExpressionText(*op.condition);
    --indent_;
  }
  void Operator(const Filter& op) {
    Put("(filter ");
    ExpressionText(op.condition);
    Child(*op.input);
  }
  void Operator(const Graph& op) {
    Put("(graph ");
    Term(op.name);
    Child(*op.input);
  }
  void Operator(const Extend& op) {
    Put("(extend (");
    Name(op.variable);
    Put(" ");
    ExpressionText(op.expression);
    Put(")");
    Child(*op.input);
  }
  void Operator(const Values& op) {
    Put("(values ");
    Names(op.variables);
    ++indent_;
    for (const auto& row : op.rows) {
      NewLine();
      Put("(row");
      for (const auto& datum : row) {
        Put(" ");
        if (datum)
          datum->AppendNTriples(out_);
        else
          Put("UNDEF");
      }
      Put(")");
    }
    --indent_;
  }
  void Operator(const Group& op) {
    Put(op.implicit ? "(group implicit (" : "(group ");
    if (op.implicit)
      Put(")");
    else
      Names(op.keys);
    ++indent_;
    for (const AggregateCall& call : op.aggregates) {
      NewLine();
      Put("(aggregate ");
      Name(call.result);
      Put(" (", NameOf(call.function), call.distinct ? " DISTINCT " : " ");
      if (call.argument)
        ExpressionText(*call.argument);
      else
        Put("*");
      if (call.function == Aggregate::kGroupConcat) {
        Put(" ");
        graph::Term::Literal(call.separator).AppendNTriples(out_);
      }
      Put("))");
    }
    --indent_;
    Child(*op.input);
  }
  void Operator(const Project& op) {
    Put("(project ");
    Names(op.variables);
    Child(*op.input);
  }
  void Operator(const Distinct& op) {
    Put("(distinct");
    Child(*op.input);
  }
  void Operator(const Reduced& op) {
    Put("(reduced");
    Child(*op.input);
  }
  void Operator(const OrderBy& op) {
    Put("(order (");
    for (size_t i = 0; i < op.keys.size(); ++i) {
      Put(i == 0 ? "" : " ", op.keys[i].descending ? "(desc " : "(asc ");
      ExpressionText(op.keys[i].expression);
      Put(")");
    }
    Put(")");
    Child(*op.input);
  }
  void Operator(const Slice& op) {
    Put("(slice ", op.offset, " ");
    if (op.limit)
      Put(*op.limit);
    else
      Put("_");
    Child(*op.input);
  }
  void Operator(const Service& op) {
    Put(op.silent ? "(service silent " : "(service ");
    Term(op.endpoint);
    Child(*op.input);
  }

  std::vector<std::string> names_;
  std::string out_;
  int indent_ = 0;
};

}  // namespace

std::string Print(const Node& node, const std::vector<Variable>& variables) {
  Printer printer(variables);
  printer.NodeText(node);
  return printer.Take();
}

std::string Print(const Expression& expression, const std::vector<Variable>& variables) {
  Printer printer(variables);
  printer.ExpressionText(expression);
  return printer.Take();
}

std::string Print(const PathExpression& path) {
  Printer printer({});
  printer.PathText(path);
  return printer.Take();
}

std::string Print(const Query& query) {
  Printer printer(query.variables);
  switch (query.form) {
    case QueryForm::kSelect:
      printer.Put("(select ");
      printer.Names(query.projection);
      break;
    case QueryForm::kAsk:
      printer.Put("(ask");
      break;
    case QueryForm::kConstruct:
      printer.Put("(construct (");
      printer.Indented(query.construct);
      printer.Put(")");
      break;
    case QueryForm::kDescribe:
      printer.Put("(describe ");
      printer.Names(query.projection);
      printer.Terms(query.describe, " ");
      break;
  }
  if (query.has_dataset) {
    for (const std::string& iri : query.from) printer.Put(" (from <", iri, ">)");
    for (const std::string& iri : query.from_named) printer.Put(" (from-named <", iri, ">)");
  }
  printer.Child(*query.root);
  printer.Put(")");
  return printer.Take();
}

}  // namespace dossier::query::algebra
