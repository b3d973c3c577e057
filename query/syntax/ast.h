// What a SPARQL query says, as written: the first of the three trees (AST -> algebra -> plan). Built by ParseQuery() (parser.h), printed
// by Print() (print.h), turned into algebra by Translate() (../algebra/translate.h).
//
//   ASSIGN_OR_RETURN(ast::Query query, ParseQuery(text, {}));
//   query.where.elements[0].kind                              // ast::GroupElement::Kind::kTriples
//
// Plain values that own their parts. IRIs are absolute (prefixes and BASE are resolved by the parser), everything else is as written:
// collections, blank node property lists and annotations are not expanded, parentheses are gone (the printer puts back those that
// matter), chains such as a + b - c are one flat node. Equality compares what is said and ignores the spans. Thread-compatible.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/status.h"
#include "graph/model/term.h"
#include "query/algebra/function.h"

namespace dossier::query::ast {

// Where in the text; all spans are equal, so that trees compare by meaning.
struct Span : SourceSpan {
  bool operator==(const Span&) const { return true; }
};

// An owned value that may be absent and is copied deeply; breaks the recursion of types.
template <typename T>
class Box {
 public:
  Box() = default;
  Box(T value) : ptr_(std::make_unique<T>(std::move(value))) {}  // implicit, as std::optional
  Box(const Box& other) : ptr_(other.ptr_ ? std::make_unique<T>(*other.ptr_) : nullptr) {}
  Box(Box&&) noexcept = default;
  Box& operator=(Box other) noexcept {
    ptr_ = std::move(other.ptr_);
    return *this;
  }
  explicit operator bool() const { return ptr_ != nullptr; }
  T& operator*() { return *ptr_; }
  const T& operator*() const { return *ptr_; }
  T* operator->() { return ptr_.get(); }
  const T* operator->() const { return ptr_.get(); }
  friend bool operator==(const Box& a, const Box& b) { return a.ptr_ && b.ptr_ ? *a.ptr_ == *b.ptr_ : a.ptr_ == b.ptr_; }

 private:
  std::unique_ptr<T> ptr_;
};

struct Variable {
  std::string name;  // without '?'
  Span span;
  bool operator==(const Variable&) const = default;
};

struct PropertyObjects;

// Anything that can stand as subject or object: terms, triple terms, and the shorthands that stand for a node and some triples.
struct Node {
  enum class Kind : uint8_t {
    kVariable,       // name
    kIri,            // name
    kLiteral,        // literal
    kBlankNode,      // name = label, empty for []
    kTripleTerm,     // children = subject, predicate, object
    kReifiedTriple,  // children = subject, predicate, object and, when written, the reifier
    kCollection,     // children = members (never empty: () is rdf:nil)
    kPropertyList,   // [ properties ]
  };
  Kind kind = Kind::kIri;
  Span span;
  std::string name;
  Box<graph::Term> literal;
  std::vector<Node> children;
  std::vector<PropertyObjects> properties;
  bool operator==(const Node&) const;
};

// A property path, or the predicate of a plain triple pattern.
struct Path {
  enum class Kind : uint8_t {
    kVariable, kIri,                                // name
    kInverse, kZeroOrMore, kOneOrMore, kZeroOrOne,  // children[0]
    kSequence, kAlternative,                        // children, at least two
    kNegatedSet,                                    // children: kIri, or kInverse of kIri
  };
  Kind kind = Kind::kIri;
  Span span;
  std::string name;
  std::vector<Path> children;
  bool operator==(const Path&) const;
};

// `~ id` or `{| ... |}` behind an object, in the order written.
struct Annotation {
  bool is_block = false;
  Span span;
  Box<Node> reifier;                    // !is_block; absent for a bare `~`
  std::vector<PropertyObjects> block;   // is_block
  bool operator==(const Annotation&) const;
};

struct Object {
  Node node;
  std::vector<Annotation> annotations;
  bool operator==(const Object&) const;
};

struct PropertyObjects {
  Path verb;
  std::vector<Object> objects;
  bool operator==(const PropertyObjects&) const;
};

struct Triples {
  Node subject;
  std::vector<PropertyObjects> properties;  // may be empty for collections, property lists and reified triples
  bool operator==(const Triples&) const;
};

struct GroupPattern;

struct AggregateDetail {
  algebra::Aggregate function = algebra::Aggregate::kCount;
  bool distinct = false;
  std::optional<std::string> separator;
  bool operator==(const AggregateDetail&) const = default;
};

struct Expression {
  enum class Kind : uint8_t {
    kTerm,                       // node: variable, IRI, literal or triple term
    kOr, kAnd,                   // operands, at least two
    kCompare,                    // two operands, one operator
    kIn,                         // operands: what, then the list; operator kIn or kNotIn
    kAdditive, kMultiplicative,  // operands with one operator in front of each but the first
    kUnary,                      // one operand; operator kNot, kUnaryPlus or kUnaryMinus
    kBuiltin,                    // operator = the function, operands = arguments
    kNamed,                      // name = IRI, operands = arguments
    kAggregate,                  // aggregate, operands = argument (none: COUNT(*))
    kExists, kNotExists,         // pattern
  };
  Kind kind = Kind::kTerm;
  Span span;
  std::vector<algebra::Function> operators;
  std::vector<Expression> operands;
  std::string name;
  Box<Node> node;
  Box<AggregateDetail> aggregate;
  Box<GroupPattern> pattern;
  bool operator==(const Expression&) const;
};

struct Values {
  std::vector<Variable> variables;
  std::vector<std::vector<std::optional<graph::Term>>> rows;  // each as long as `variables`; nothing = UNDEF
  Span span;
  bool operator==(const Values&) const = default;
};

struct Query;

struct GroupElement {
  enum class Kind : uint8_t {
    kTriples,   // triples
    kFilter,    // expression
    kBind,      // expression, variable
    kOptional, kMinus,  // groups[0]
    kUnion,     // groups, at least two; one group alone is kGroup
    kGroup,     // groups[0]
    kGraph,     // name, groups[0]
    kService,   // name, silent, groups[0]
    kValues,    // values
    kSubSelect, // query; the only element of its group
  };
  Kind kind = Kind::kTriples;
  Span span;
  std::vector<Triples> triples;
  Box<Expression> expression;
  Variable variable;
  std::vector<GroupPattern> groups;
  Box<Node> name;
  bool silent = false;
  Box<Values> values;
  Box<Query> query;
  bool operator==(const GroupElement&) const;
};

struct GroupPattern {
  std::vector<GroupElement> elements;
  Span span;
  bool operator==(const GroupPattern&) const;
};

struct Projection {
  Variable variable;
  Box<Expression> expression;  // (expression AS ?variable)
  bool operator==(const Projection&) const = default;
};

struct GroupCondition {
  Expression expression;
  std::optional<Variable> alias;
  bool operator==(const GroupCondition&) const = default;
};

struct OrderCondition {
  Expression expression;
  bool descending = false;
  bool operator==(const OrderCondition&) const = default;
};

struct DatasetClause {
  std::string iri;
  bool named = false;
  Span span;
  bool operator==(const DatasetClause&) const = default;
};

struct SelectClause {
  bool distinct = false;
  bool reduced = false;
  bool star = false;
  std::vector<Projection> projection;  // empty with star
  bool operator==(const SelectClause&) const = default;
};

struct SolutionModifier {
  std::vector<GroupCondition> group_by;
  std::vector<Expression> having;
  std::vector<OrderCondition> order_by;
  std::optional<uint64_t> limit;
  std::optional<uint64_t> offset;
  bool operator==(const SolutionModifier&) const = default;
};

// A query, or (form kSelect) a subselect.
struct Query {
  enum class Form : uint8_t { kSelect, kAsk, kConstruct, kDescribe };
  Form form = Form::kSelect;
  Span span;
  std::string base;  // what relative IRIs in IRI() refer to: the last BASE, or the one of the options
  SelectClause select;                          // kSelect
  std::vector<Node> describe;                   // kDescribe: variables and IRIs; empty: DESCRIBE *
  std::vector<Triples> construct;               // kConstruct: the template
  bool construct_where = false;                 // CONSTRUCT WHERE { ... }: the template is the pattern
  std::vector<DatasetClause> dataset;
  bool has_where = true;                        // DESCRIBE can do without
  GroupPattern where;
  SolutionModifier modifier;
  Box<Values> values;                           // the clause behind everything else
  bool operator==(const Query&) const;
};

}  // namespace dossier::query::ast
