// What a SPARQL update request says, as written; ast.h has what queries and updates share. Built by ParseUpdate() (parser.h), printed by
// Print() (print.h), run by RunUpdate() (../update/update.h).
//
//   ASSIGN_OR_RETURN(ast::Update update, ParseUpdate(text, {}));
//   update.operations[0].kind                                 // ast::UpdateOperation::Kind::kInsertData
//
// Plain values; equality compares what is said. Thread-compatible.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "query/syntax/ast.h"

namespace dossier::query::ast {

// Triples of a template or of data, in one graph.
struct QuadBlock {
  Box<Node> graph;  // variable or IRI; absent: outside of GRAPH
  std::vector<Triples> triples;
  bool operator==(const QuadBlock&) const = default;
};

// GraphRef, GraphRefAll, GraphOrDefault.
struct GraphRef {
  enum class Kind : uint8_t { kDefault, kNamed, kAll, kIri };
  Kind kind = Kind::kDefault;
  std::string iri;
  bool operator==(const GraphRef&) const = default;
};

struct UpdateOperation {
  enum class Kind : uint8_t {
    kInsertData,   // insert
    kDeleteData,   // remove
    kDeleteWhere,  // remove, which is also the pattern
    kModify,       // with, remove, insert, dataset, where
    kLoad,         // silent, document, target (kDefault or kIri)
    kClear, kDrop, kCreate,  // silent, target
    kAdd, kMove, kCopy,      // silent, source, target
  };
  Kind kind = Kind::kInsertData;
  Span span;
  std::string base;  // what relative IRIs in IRI() refer to
  bool silent = false;
  bool has_delete = false, has_insert = false;  // kModify: which of the clauses are there, empty ones too
  std::vector<QuadBlock> remove, insert;
  std::optional<std::string> with;
  std::vector<DatasetClause> dataset;  // USING
  GroupPattern where;
  std::string document;
  GraphRef source, target;
  bool operator==(const UpdateOperation&) const = default;
};

struct Update {
  std::vector<UpdateOperation> operations;
  bool operator==(const Update&) const = default;
};

}  // namespace dossier::query::ast
